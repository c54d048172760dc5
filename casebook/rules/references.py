"""Rules about what points at something else: ids of cases, sources, terms and units."""

from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from pydantic import BaseModel

from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.model.base import Refers
from casebook.model.vocabulary import Indicator
from casebook.rules.complaint import Complaint, Loc, case_files

INDICATORS = "vocabulary/indicators.yml"


@lru_cache(maxsize=1)  # four rules ask
def _references(corpus: Corpus) -> list[tuple[str, Loc, str, str]]:
    """(file, place, kind, id) of every reference, found by the marks `Refers` of the models' fields."""
    files = corpus.documents.items()
    return [(path, *found) for path, document in files for found in _inside(document.model, ())]


def _inside(value: object, loc: Loc) -> Iterator[tuple[Loc, str, str]]:
    if isinstance(value, BaseModel):
        for name, kind in _kinds(type(value)):
            if kind:
                yield from ((place, kind, text) for place, text in _texts(getattr(value, name), (*loc, name)))
            else:
                yield from _inside(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _inside(inner, (*loc, key))


@cache
def _kinds(model: type[BaseModel]) -> tuple[tuple[str, str | None], ...]:
    """(field, what it refers to) of a model."""
    return tuple(
        (name, next((m.kind for m in field.metadata if isinstance(m, Refers)), _inner_kind(field.annotation)))
        for name, field in model.model_fields.items()
    )


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


def _labels(corpus: Corpus) -> dict[str, dict[str, str]]:
    """Kind → what people call a thing → its id."""
    labels = {
        kind: {label: id for id, term in terms.items() for label in (term.label, term.label_en)}
        for kind, terms in corpus.terms.items()
    }
    labels["cases"] = {name: id for id, case in corpus.cases.items() for name in (case.name, case.title)}
    labels["sources"] = {name: id for id, record in corpus.sources.items() for name in (record.title, record.producer)}
    return labels


def _words(value: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text that stands in a list."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _words(getattr(value, name), (*loc, name))
    elif isinstance(value, tuple | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _words(inner, (*loc, key))
    elif isinstance(value, str) and isinstance(loc[-1], int):
        yield loc, value


def unknown_id(corpus: Corpus) -> Iterator[Complaint]:
    """A case, source or term that a file names must exist."""
    # A file that was refused still exists, and so does a tombstone: what names them has no wrong id.
    other = {path.removesuffix(".yml") for path in corpus.refused} | {f"cases/{id}" for id in corpus.tombstones}
    known: dict[str, Collection[str]] = {**corpus.terms, "cases": corpus.cases, "sources": corpus.sources}
    labels = cache(lambda: _labels(corpus))
    for path, loc, kind, text in _references(corpus):
        if kind != "units" and text not in known[kind] and f"{kind}/{text}" not in other:
            where = f"{kind}/" if kind in ("cases", "sources") else f"vocabulary/{kind}.yml"
            meant = closest(text, known[kind], labels()[kind])
            yield Complaint(path, loc, {"text": text, "where": where, "suggestion": meant})


def unknown_unit(corpus: Corpus) -> Iterator[Complaint]:
    """A unit must be one of `vocabulary/units.yml`."""
    labels = {unit.label_en: symbol for symbol, unit in corpus.unit.items() if symbol == unit.symbol}
    for path, loc, kind, text in _references(corpus):
        if kind == "units" and text not in corpus.unit:
            yield Complaint(path, loc, {"text": text, "suggestion": closest(text, corpus.unit, labels)})


def omissions_without_source(corpus: Corpus) -> Iterator[Complaint]:
    """A file of omissions has the name of its source."""
    for id in corpus.omissions:
        if id not in corpus.sources and f"sources/{id}.yml" not in corpus.refused:
            values = {"text": id, "suggestion": closest(id, corpus.sources)}
            yield Complaint(f"omissions/{id}.yml", ("omissions",), values, key=True)


def named_twice(corpus: Corpus) -> Iterator[Complaint]:
    """A list of cases or terms names each of them once, and so does a case's list of words."""
    seen: set[tuple[str, Loc, str]] = set()
    named = [(path, loc, text) for path, loc, _, text in _references(corpus) if isinstance(loc[-1], int)]
    words = [(path, loc, text) for path, _, case in case_files(corpus) for loc, text in _words(case, ())]
    for path, loc, text in dict.fromkeys([*named, *words]):
        if (path, loc[:-1], text) in seen:
            yield Complaint(path, loc, {"text": text})
        seen.add((path, loc[:-1], text))


def self_reference(corpus: Corpus) -> Iterator[Complaint]:
    """A case is neither its own parent nor related to itself."""
    for path, id, case in case_files(corpus):
        if case.parent == id:
            yield Complaint(path, ("parent",), {"text": id})
        for index, other in enumerate(case.related):
            if other == id:
                yield Complaint(path, ("related", index), {"text": id})


def cyclic_parent(corpus: Corpus) -> Iterator[Complaint]:
    """Following parents must come to an end. A circle is told once."""
    for path, id, case in case_files(corpus):
        seen, at = [id], case.parent
        while at and at in corpus.cases and at not in seen:
            seen.append(at)
            at = corpus.cases[at].parent
        if at == id == min(seen) and len(seen) > 1:
            yield Complaint(path, ("parent",), {"chain": " → ".join([*seen, id])})


def cyclic_indicator(corpus: Corpus) -> Iterator[Complaint]:
    """What an indicator is computed from or held against leads away from it. A circle is told once."""
    leading = {term.id: _leading(term) for term in corpus.indicators.terms}
    for index, term in enumerate(corpus.indicators.terms):
        for key, other in leading[term.id]:
            chain = _way(leading, other, term.id)
            if chain and term.id == min(chain):
                yield Complaint(INDICATORS, ("terms", index, key), {"key": key, "chain": " → ".join([term.id, *chain])})


def _leading(term: Indicator) -> list[tuple[str, str]]:
    """(key, indicator) for each indicator that this one needs."""
    keys = ("numerator", "denominator", "practice")
    within = [("within", term.within)] if term.within else []
    return within + [(key, other) for key in keys for other in getattr(term, key)]


def _way(leading: Mapping[str, list[tuple[str, str]]], start: str, end: str) -> list[str]:
    """The indicators from `start` to `end`, or nothing where no way leads there."""
    ways = {start: [start]}
    pending = [start]
    while pending and end not in ways:
        here = pending.pop()
        for _, other in leading.get(here, ()):
            if other not in ways:
                ways[other] = [*ways[here], other]
                pending.append(other)
    return ways.get(end, [])


def points_at_tombstone(corpus: Corpus) -> Iterator[Complaint]:
    """What names a case names a living one: a tombstone, too, never points at a tombstone (itself included)."""
    for path, loc, kind, text in _references(corpus):
        if kind == "cases" and (stone := corpus.tombstones.get(text)):
            living = [id for id in (stone.moved or "", *stone.split) if id in corpus.cases]
            yield Complaint(path, loc, {"text": text, "suggestion": ", ".join(living)})
