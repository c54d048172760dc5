"""load: the bytes of a content folder → a corpus and the problems found on the way."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from casebook.corpus import VOCABULARIES, Corpus, Document
from casebook.decode import decode
from casebook.model.base import ID_PATTERN
from casebook.model.case import Case, Tombstone
from casebook.model.site import Site
from casebook.model.source import Source
from casebook.model.vocabulary import Indicators, Units, Vocabulary
from casebook.problems import Problem
from casebook.yamlfile import Mapping as MappingNode
from casebook.yamlfile import Node, parse

M = TypeVar("M")
TOMBSTONE_KEYS = frozenset(Tombstone.model_fields)


def load(files: Mapping[str, bytes]) -> tuple[Corpus | None, list[Problem]]:
    """The corpus of these files, or `None` where what every page needs (site, vocabularies) cannot be read.

    A case or source that is refused is left out of the corpus and is among the problems.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    pages: dict[str, str] = {}
    for path, data in files.items():
        if path.endswith(".md"):
            text, found = _page(path, data)
            pages[path.removesuffix(".md")] = text
        else:
            document, found = _document(path, data)
            if document:
                documents[path] = document
        problems += found
    problems += [Problem(path, 0, 0, "file-missing") for path in _required() if path not in files]
    if any(path not in documents for path in _required()):
        return None, problems
    refused = frozenset(path for path in files if path.endswith(".yml") and path not in documents)
    return _corpus(documents, pages, refused), problems


def _required() -> list[str]:
    names = (*VOCABULARIES, "indicators", "units")
    return ["site.yml", *(f"vocabulary/{name}.yml" for name in names)]


def _page(path: str, data: bytes) -> tuple[str, list[Problem]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return "", [Problem(path, 0, 0, "page-not-utf-8")]


def _document(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    stem = PurePosixPath(path).stem
    if "/" in path and not re.fullmatch(ID_PATTERN, stem, re.ASCII):
        return None, [Problem(path, 0, 0, "file-name-not-an-id", {"text": stem})]
    node, problems = parse(data, path)
    model = _model(path, node)
    if problems or node is None:
        return None, problems
    if model is None:
        return None, [Problem(path, 0, 0, "file-unexpected")]
    decoded, problems = decode(node, model, path)
    return (Document(path, node, decoded) if decoded is not None else None), problems


def _model(path: str, node: Node | None) -> type[BaseModel] | None:
    """Which noun a file holds: its folder says so."""
    match path.split("/"):
        case ["site.yml"]:
            return Site
        case ["sources", _]:
            return Source
        case ["cases", _]:
            keys = {entry.key.text for entry in node.entries} if isinstance(node, MappingNode) else set()
            return Tombstone if keys & TOMBSTONE_KEYS else Case
        case ["vocabulary", "indicators.yml"]:
            return Indicators
        case ["vocabulary", "units.yml"]:
            return Units
        case ["vocabulary", name] if name.removesuffix(".yml") in VOCABULARIES:
            return Vocabulary
    return None


def _corpus(documents: Mapping[str, Document], pages: Mapping[str, str], refused: frozenset[str]) -> Corpus:
    def of(kind: type[M], folder: str) -> dict[str, M]:
        return {
            PurePosixPath(path).stem: document.model
            for path, document in documents.items()
            if path.startswith(folder) and isinstance(document.model, kind)
        }

    site, indicators, units = (
        documents[path].model for path in ("site.yml", "vocabulary/indicators.yml", "vocabulary/units.yml")
    )
    assert isinstance(site, Site) and isinstance(indicators, Indicators) and isinstance(units, Units)
    vocabularies = of(Vocabulary, "vocabulary/")
    return Corpus(
        site=site,
        cases=of(Case, "cases/"),
        tombstones=of(Tombstone, "cases/"),
        sources=of(Source, "sources/"),
        vocabularies={name: vocabularies[name] for name in VOCABULARIES},
        indicators=indicators,
        units=units,
        pages=pages,
        documents=documents,
        refused=refused,
    )
