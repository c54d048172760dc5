"""The facets by which readers narrow the list of cases."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casebook.analyse.places import place_path
from casebook.corpus import Corpus
from casebook.model.case import Case


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One choice of a facet; `depth` indents a place inside a place; `count` is how many cases have it."""

    id: str
    label: str
    depth: int
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A way to narrow the list. `of_case` gives each case's values as positions in `values`.

    `several`: a case can have more than one of them, so that a reader may ask for all that were chosen.
    """

    id: str
    several: bool
    values: tuple[FacetValue, ...]
    of_case: dict[str, tuple[int, ...]]


# `label` is left empty where the vocabulary or the interface has the words.
Values = Callable[[Corpus, Case], Iterable[str]]

FACETS: dict[str, Values] = {
    "kind": lambda _, case: [case.kind],
    "level": lambda _, case: [case.level.term],
    "settlement": lambda _, case: [case.settlement.term] if case.settlement else [],
    "status": lambda _, case: [case.status],
    "mechanism": lambda _, case: [finding.mechanism for finding in case.findings],
    "problem": lambda _, case: [problem.term for problem in case.problems],
    "actor": lambda _, case: [actor.term for actor in case.actors],
    "source": lambda _, case: [passage.source for passage in case.sources],
}
VOCABULARY = {
    "level": "levels",
    "settlement": "settlements",
    "mechanism": "mechanisms",
    "problem": "problems",
    "actor": "actors",
}
"""The facets whose values are terms: they stand in the order of their vocabulary, under its labels."""
# A place is told by its names with strokes between them, and in an address with commas between it and others.
_SEPARATOR = re.compile("[/,]")


def facets(corpus: Corpus, order: tuple[str, ...]) -> tuple[Facet, ...]:
    """Place first (two ranks deep), then the facets above; only values that some case has."""
    return (_places(corpus, order), *(_facet(corpus, order, id, values) for id, values in FACETS.items()))


def _facet(corpus: Corpus, order: tuple[str, ...], id: str, values: Values) -> Facet:
    of = {case: list(dict.fromkeys(values(corpus, corpus.cases[case]))) for case in order}
    used = dict.fromkeys(value for case in order for value in of[case])
    if id in VOCABULARY:
        used = {term: None for term in corpus.terms[VOCABULARY[id]] if term in used}
    several = any(len(found) > 1 for found in of.values())
    return _built(id, several, [(value, "", 0) for value in used], of)


def _places(corpus: Corpus, order: tuple[str, ...]) -> Facet:
    of: dict[str, list[str]] = {}
    label: dict[str, str] = {}
    tree: dict[str, dict[str, None]] = {}
    for id in order:
        names = [name for _, name in place_path(corpus, corpus.cases[id])][:2]
        steps = [_SEPARATOR.sub("_", name) for name in names]
        of[id] = ["/".join(steps[: depth + 1]) for depth in range(len(steps))]
        label |= zip(of[id], names, strict=True)
        inside = tree.setdefault(of[id][0], {})
        for path in of[id][1:]:
            inside[path] = None
    flat = [row for top, inside in tree.items() for row in ((top, 0), *((path, 1) for path in inside))]
    return _built("place", False, [(path, label[path], depth) for path, depth in flat], of)


def _built(id: str, several: bool, values: list[tuple[str, str, int]], of: dict[str, list[str]]) -> Facet:
    position = {value: index for index, (value, _, _) in enumerate(values)}
    of_case = {case: tuple(position[value] for value in found) for case, found in of.items()}
    counts = [0] * len(values)
    for found in of_case.values():
        for index in found:
            counts[index] += 1
    return Facet(
        id, several, tuple(FacetValue(*value, count) for value, count in zip(values, counts, strict=True)), of_case
    )
