"""The figures of a comparison as tables: whose words stand at which stage, tier or element, and who says nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.model.comparison import Comparison, Figure
from casebook.prose.paths import Statement, items, statements


@dataclass(frozen=True, slots=True)
class Alignment:
    """`cells` by case in the order of `stages`, each a case's own words or ""; `missing` are cases without a row.

    `stages` are the steps, the tiers from the lowest up, or the elements, those that most cases name first.
    """

    kind: str
    stages: tuple[str, ...]
    cells: dict[str, tuple[str, ...]]
    said: dict[str, tuple[Statement, ...]]
    missing: tuple[str, ...]


def align(corpus: Corpus, comparison: Comparison, figure: Figure) -> Alignment:
    """Steps, tiers or sets of one figure. Its paths have been checked."""
    said = {
        case: tuple(statements(corpus, case, tuple(path.split("/")))[0] for path in paths)
        for case, paths in _in_order(comparison, figure.rows)
    }
    missing = tuple(case for case in comparison.cases if case not in said)
    if figure.kind == "sets":
        stages, cells = _sets(figure, _listed(said))
    elif figure.steps:
        stages, cells = figure.stages, dict(_in_order(comparison, figure.steps))
    else:
        listed = _listed(said)
        most = max(map(len, listed.values()))
        stages = ("",) * most
        cells = {case: (*words, *[""] * (most - len(words))) for case, words in listed.items()}
    return Alignment(figure.kind, stages, cells, said, missing)


def _in_order(comparison: Comparison, rows: Mapping[str, tuple[str, ...]]) -> list[tuple[str, tuple[str, ...]]]:
    return [(case, rows[case]) for case in comparison.cases if case in rows]


def _listed(said: dict[str, tuple[Statement, ...]]) -> dict[str, tuple[str, ...]]:
    return {case: tuple(word for statement in found for word in items(statement)) for case, found in said.items()}


def _sets(figure: Figure, listed: dict[str, tuple[str, ...]]) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    name = {word: element for element, words in figure.alike.items() for word in words}
    named = {case: {name.get(word, word): word for word in words} for case, words in listed.items()}
    every = dict.fromkeys(element for words in named.values() for element in words)
    elements = sorted(every, key=lambda element: -sum(element in words for words in named.values()))
    return tuple(elements), {case: tuple(words.get(e, "") for e in elements) for case, words in named.items()}


def dates(corpus: Corpus, comparison: Comparison) -> Iterator[tuple[str, list[Statement]]]:
    """(case, when it began and what happened, in order) of every listed case that has a date."""
    for case in comparison.cases:
        found = [s for key in ("started", "milestones") for s in statements(corpus, case, (key,)) if s.stated]
        if found:
            yield case, sorted(found, key=lambda s: (s.value.date.removeprefix("../"), s.key != "started"))
