"""load: the bytes of a content folder → a corpus and the problems found on the way."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import BaseModel

from casebook.characters import check
from casebook.characters import decode as decode_text
from casebook.corpus import OPTIONAL_VOCABULARIES, VOCABULARIES, Corpus, Document
from casebook.decode import decode
from casebook.meant import closest, id_meant
from casebook.model.base import ID_PATTERN, RESERVED
from casebook.model.case import Case, Tombstone
from casebook.model.comparison import Comparison, Section
from casebook.model.omission import Omissions
from casebook.model.site import Site
from casebook.model.source import Source
from casebook.model.tiles import TileMaps
from casebook.model.vocabulary import Derived, Indicators, Units, Vocabulary
from casebook.problems import Problem
from casebook.prose.files import read, too_long
from casebook.yamlfile import Mapping as MappingNode
from casebook.yamlfile import Node, parse

M = TypeVar("M")
KEPT = 16_384
"""How many files are remembered: a live preview reads again only what was saved."""
TOMBSTONE_KEYS = frozenset(Tombstone.model_fields)


def load(files: Mapping[str, bytes]) -> tuple[Corpus | None, list[Problem]]:
    """The corpus of these files, or `None` where what every page needs (site, vocabularies) cannot be read.

    A case or source that is refused is left out of the corpus and is among the problems.
    """
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    pages: dict[str, str] = {}
    sections: dict[str, tuple[Section, ...]] = {}
    for path, data in files.items():
        if path.startswith("comparisons/"):
            document, told, found = _comparison(path, data)
            if document:
                documents[path], sections[PurePosixPath(path).stem] = document, told
        elif path.endswith(".md"):
            text, found = _page(path, data)
            pages[path.removesuffix(".md")] = text
        else:
            document, found = read_document(path, data)
            if document:
                documents[path] = document
        problems += found
    problems += [Problem(path, 0, 0, "file-missing") for path in _required() if path not in files]
    if any(path not in documents for path in _required()):
        return None, problems
    refused = frozenset(path for path in files if path.endswith(".yml") and path not in documents)
    return _corpus(documents, pages, sections, refused), problems


def _required() -> list[str]:
    names = (*VOCABULARIES, "indicators", "units")
    return ["site.yml", *(f"vocabulary/{name}.yml" for name in names)]


def _page(path: str, data: bytes) -> tuple[str, list[Problem]]:
    text, problems = decode_text(data, path)
    return text or "", [*problems, *check(text or "", path)[1], *too_long(text or "", path, 1)]


@lru_cache(maxsize=KEPT)
def _comparison(path: str, data: bytes) -> tuple[Document | None, tuple[Section, ...], list[Problem]]:
    if problems := _misnamed(path):
        return None, (), problems
    node, sections, problems = read(data, path)
    if problems or node is None:
        return None, (), problems
    decoded, problems = decode(node, Comparison, path)
    return (Document(path, node, decoded) if decoded is not None else None), sections, problems


def _misnamed(path: str) -> list[Problem]:
    stem = PurePosixPath(path).stem
    if stem in RESERVED:
        return [Problem(path, 0, 0, "id-reserved", {"text": stem})]
    if re.fullmatch(ID_PATTERN, stem, re.ASCII):
        return []
    return [Problem(path, 0, 0, "file-name-not-an-id", {"text": stem, "suggestion": id_meant(stem)})]


@lru_cache(maxsize=KEPT)
def read_document(path: str, data: bytes) -> tuple[Document | None, list[Problem]]:
    """One YAML file of the content as the noun it holds, or what is wrong with it."""
    if problems := _misnamed(path):
        return None, problems
    node, problems = parse(data, path)
    model = _model(path, node)
    if problems or node is None:
        return None, problems
    if model is None:
        meant = closest(PurePosixPath(path).stem, [PurePosixPath(required).stem for required in _required()])
        return None, [Problem(path, 0, 0, "file-unexpected", {"suggestion": meant and f"{meant}.yml"})]
    decoded, problems = decode(node, model, path)
    return (Document(path, node, decoded) if decoded is not None else None), problems


def _model(path: str, node: Node | None) -> type[BaseModel] | None:
    """Which noun a file holds: its folder says so."""
    match path.split("/"):
        case ["site.yml"]:
            return Site
        case ["sources", _]:
            return Source
        case ["omissions", _]:
            return Omissions
        case ["cases", _]:
            return _case_or_tombstone(node)
        case ["vocabulary", "indicators.yml"]:
            return Indicators
        case ["vocabulary", "units.yml"]:
            return Units
        case ["vocabulary", "derived.yml"]:
            return Derived
        case ["vocabulary", "tiles.yml"]:
            return TileMaps
        case ["vocabulary", name] if name.removesuffix(".yml") in (*VOCABULARIES, *OPTIONAL_VOCABULARIES):
            return Vocabulary
    return None


def _case_or_tombstone(node: Node | None) -> type[BaseModel]:
    keys = {entry.key.text for entry in node.entries} if isinstance(node, MappingNode) else set()
    like_one = not keys & Case.model_fields.keys() and any(closest(key, TOMBSTONE_KEYS) for key in keys)
    return Tombstone if like_one or keys & TOMBSTONE_KEYS else Case


def _corpus(
    documents: Mapping[str, Document],
    pages: Mapping[str, str],
    sections: Mapping[str, tuple[Section, ...]],
    refused: frozenset[str],
) -> Corpus:
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
        vocabularies={n: vocabularies[n] for n in (*VOCABULARIES, *OPTIONAL_VOCABULARIES) if n in vocabularies},
        indicators=indicators,
        units=units,
        derived=next(iter(of(Derived, "vocabulary/").values()), None),
        tile_maps=next(iter(of(TileMaps, "vocabulary/").values()), None),
        omissions=of(Omissions, "omissions/"),
        pages=pages,
        comparisons=of(Comparison, "comparisons/"),
        sections=sections,
        documents=documents,
        refused=refused,
    )
