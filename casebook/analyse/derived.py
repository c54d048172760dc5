"""Derived figures: computed from observations, with the way there, and never finer than what they are computed from.

A ratio needs both values in one case, reported, of the same part of the case, of times that may be the same, and each
of them stated once. What is shown says of which numbers it is made.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from casebook.corpus import Corpus
from casebook.model.case import Case, Milestone
from casebook.model.vocabulary import Ratio
from casebook.periods import first_day, meet, span
from casebook.points import Point
from casebook.precision import MOST_DIGITS, digits, rounded

DIGITS_OF_A_RANGE = 1


@dataclass(frozen=True, slots=True)
class DerivedRatio:
    """One value divided by another. `value` is rounded to what both bear; `approximate` if it is no exact result."""

    ratio: Ratio
    case: str
    numerator: Point
    denominator: Point
    value: Fraction
    approximate: bool


@dataclass(frozen=True, slots=True)
class Interval:
    """The time between two milestones of a case, in `unit` (`year`, `month`, `day`): the coarser date decides."""

    case: str
    first: Milestone
    last: Milestone
    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class DerivedFigures:
    """Everything derived of one case."""

    ratios: tuple[DerivedRatio, ...]
    intervals: tuple[Interval, ...]


def derived(corpus: Corpus, order: tuple[str, ...]) -> dict[str, DerivedFigures]:
    """Case → its derived figures: ratios in the order of `vocabulary/derived.yml`, intervals in that of time."""
    ratios = corpus.derived.ratios if corpus.derived else ()
    return {
        id: DerivedFigures(
            tuple(found for ratio in ratios for found in _ratios(corpus, id, ratio)),
            tuple(_intervals(id, corpus.cases[id])),
        )
        for id in order
    }


def _ratios(corpus: Corpus, id: str, ratio: Ratio) -> Iterator[DerivedRatio]:
    points = [p for p in corpus.points[id] if p.low is not None and p.observation.status == "reported"]
    if any(point.observation.indicator in ratio.unless for point in points):
        return
    tops = [point for point in points if point.observation.indicator == ratio.numerator]
    for top in tops:
        fellows = [other for other in tops if other.observation.scope == top.observation.scope]
        bases = [p for p in points if p.observation.indicator == ratio.denominator and _fits(top, p)]
        if bases and _one_value(bases) and bases[0].value and (ratio.each or _one_value(fellows)):
            yield _divided(corpus, ratio, top, bases[0])
            if not ratio.each:
                return


def _fits(top: Point, base: Point) -> bool:
    """Whether two numbers speak of the same part of a case, and may speak of the same time."""
    one, other = top.observation, base.observation
    return one.scope == other.scope and meet(one.as_of, other.as_of)


def _one_value(points: list[Point]) -> bool:
    return len({(point.low, point.high) for point in points}) == 1


def _divided(corpus: Corpus, ratio: Ratio, top: Point, base: Point) -> DerivedRatio:
    assert top.value is not None and base.value is not None
    borne = [figures for point in (top, base) if (figures := _borne(corpus, point)) is not None]
    value = top.value / base.value * (100 if ratio.percent else 1)
    shown = rounded(value, min([*borne, MOST_DIGITS]))
    exact = top.exact and base.exact and shown == value
    return DerivedRatio(ratio, top.case, top, base, shown, not exact)


def _borne(corpus: Corpus, point: Point) -> int | None:
    """To how many digits a number may be used; `None` for a plain count."""
    if point.low != point.high:
        return DIGITS_OF_A_RANGE
    assert point.quantity is not None
    units = {unit.canonical for unit in corpus.units.units if unit.canonical}
    return digits(point.quantity, measured=point.unit in units)


def _intervals(id: str, case: Case) -> Iterator[Interval]:
    """Between each milestone and the next one, where both are dates."""
    dated = sorted((m for m in case.milestones if "/" not in m.date), key=lambda m: first_day(m.date) or m.date)
    for first, last in pairwise(dated):
        number, unit = span(first.date, last.date)
        # Between two years there may be next to nothing: one year is not told from another.
        if number > (unit == "year"):
            yield Interval(id, first, last, number, unit)
