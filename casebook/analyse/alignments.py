"""The figures of a comparison as tables: whose words stand at which stage, tier or element, and who says nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.model.comparison import Comparison, Figure
from casebook.prose.paths import Statement, items, items_of, statements


@dataclass(frozen=True, slots=True)
class Alignment:
    """`cells` by case in the order of `stages`, each a case's own words or ""; `missing` are cases without a row.

    `intended` tells by case which of these words are a target, a plan, a rule or a claim: words → status.
    `stages` are the steps, the tiers from the lowest up, or the elements, those that most cases name first.
    """

    kind: str
    stages: tuple[str, ...]
    cells: dict[str, tuple[str, ...]]
    said: dict[str, tuple[Statement, ...]]
    missing: tuple[str, ...]
    intended: dict[str, dict[str, str]]


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
    return Alignment(
        figure.kind, stages, cells, said, missing, {case: _intended(corpus, case, said[case]) for case in said}
    )


def _intended(corpus: Corpus, case: str, found: tuple[Statement, ...]) -> dict[str, str]:
    """What is meant to be, not reported: words that stand in the phrase of a number which is a target, plan …"""
    numbers = {
        (corpus.source_of(corpus.cases[case], seen), seen.locator, seen.as_stated): seen.status
        for seen in corpus.cases[case].observations
        if seen.status != "reported"
    }
    told = (
        (word, Statement(case, said.key, said.index, said.value, part))
        for said in found
        for word, part in items_of(said)
    )
    phrases = ((word, said.citation) for word, said in told)
    return {
        word: numbers[key]
        for word, cited in phrases
        if cited and (key := (corpus.source_of(corpus.cases[case], cited), cited.locator, cited.as_stated)) in numbers
    }


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
