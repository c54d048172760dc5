"""Rules about what points at something else: ids of cases, sources, terms and units."""

from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel

from casebook.corpus import Corpus
from casebook.decode import closest
from casebook.model.base import Refers
from casebook.rules.complaint import Complaint, Loc, case_files


def _references(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str, str]]:
    """(place, kind, id) of every reference inside a model, found by its fields' `Refers` marks."""
    if isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            kind = next((m.kind for m in field.metadata if isinstance(m, Refers)), _inner_kind(field.annotation))
            for place, text in _texts(getattr(value, name), (*loc, name)) if kind else ():
                yield place, kind or "", text
            if not kind:
                yield from _references(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _references(inner, (*loc, key))


def _inner_kind(annotation: Any) -> str | None:
    # `SourceId | None` and `tuple[CaseId, ...]` carry the mark on their argument.
    for argument in getattr(annotation, "__args__", ()):
        for mark in getattr(argument, "__metadata__", ()):
            if isinstance(mark, Refers):
                return mark.kind
        if (found := _inner_kind(argument)) is not None:
            return found
    return None


def _texts(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*loc, index))


def _known(corpus: Corpus) -> dict[str, Collection[str]]:
    return {**corpus.terms, "cases": corpus.cases, "sources": corpus.sources}


def unknown_id(corpus: Corpus) -> Iterator[Complaint]:
    """A case, source or term that a file names must exist."""
    # A file that was refused still exists: what names it is not at fault.
    refused = {path.removesuffix(".yml") for path in corpus.refused}
    known = _known(corpus)
    for path, document in corpus.documents.items():
        for loc, kind, text in _references(document.model):
            if kind != "units" and text not in known[kind] and f"{kind}/{text}" not in refused:
                values = {"text": text, "kind": kind, "suggestion": closest(text, known[kind])}
                yield Complaint(path, loc, values)


def unknown_unit(corpus: Corpus) -> Iterator[Complaint]:
    """A unit must be one of `vocabulary/units.yml`."""
    for path, document in corpus.documents.items():
        for loc, kind, text in _references(document.model):
            if kind == "units" and text not in corpus.unit:
                yield Complaint(path, loc, {"text": text, "suggestion": closest(text, corpus.unit)})


def self_reference(corpus: Corpus) -> Iterator[Complaint]:
    """A case is neither its own parent nor related to itself."""
    for path, id, case in case_files(corpus):
        if case.parent == id:
            yield Complaint(path, ("parent",), {"text": id})
        for index, other in enumerate(case.related):
            if other == id:
                yield Complaint(path, ("related", index), {"text": id})


def cyclic_parent(corpus: Corpus) -> Iterator[Complaint]:
    """Following parents must come to an end."""
    for path, id, case in case_files(corpus):
        seen, at = [id], case.parent
        while at and at in corpus.cases and at not in seen:
            seen.append(at)
            at = corpus.cases[at].parent
        if at == id and len(seen) > 1:
            yield Complaint(path, ("parent",), {"chain": " → ".join([*seen, id])})


def tombstone_to_tombstone(corpus: Corpus) -> Iterator[Complaint]:
    """A renamed or divided case points at living cases, never at a tombstone (itself included)."""
    for id, stone in corpus.tombstones.items():
        targets = [(("moved",), stone.moved), *((("split", i), target) for i, target in enumerate(stone.split))]
        for loc, target in targets:
            if target in corpus.tombstones:
                yield Complaint(f"cases/{id}.yml", loc, {"text": target or ""})
