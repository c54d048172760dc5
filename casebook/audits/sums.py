"""Sums: parts against their total, and against the area they lie in."""

from collections.abc import Iterator
from fractions import Fraction

from casebook.audits.discrepancy import Amount, Discrepancy, Said, Sum, amount, discrepancy, measured, stated
from casebook.corpus import Corpus
from casebook.points import Point


def parts_and_total(corpus: Corpus) -> Iterator[Discrepancy]:
    """The parts into which a text divides a number add up to it."""
    for _, _, points in measured(corpus):
        wholes = {point.observation.counted: point for point in points}
        for name in dict.fromkeys(p.observation.part_of for p in points if p.observation.part_of):
            parts = [point for point in points if point.observation.part_of == name]
            if (whole := wholes.get(name)) and _apart(parts, whole):
                yield discrepancy(corpus, [whole, *parts], _values(parts, whole))


def parts_beyond_whole(corpus: Corpus) -> Iterator[Discrepancy]:
    """What lies within a whole is, taken together, not larger than it, in whatever units both are given."""
    for _, _, points in measured(corpus):
        for whole in points:
            parts = [point for point in points if _within(corpus, point, whole)]
            high = whole.spread[1]
            if parts and high is not None and sum((part.spread[0] for part in parts), Fraction(0)) > high:
                yield discrepancy(corpus, [whole, *parts], _values(parts, whole))


def _apart(parts: list[Point], whole: Point) -> bool:
    """Whether the sum and the whole cannot be the same, however both were rounded."""
    lows, highs = zip(*(part.spread for part in parts), strict=True)
    low, high = whole.spread
    below = high is not None and sum(lows) > high
    return below or (None not in highs and sum(highs) < low)


def _within(corpus: Corpus, point: Point, whole: Point) -> bool:
    seen, other = point.observation, whole.observation
    return (
        corpus.indicator(seen.indicator).within == other.indicator
        and point.unit == whole.unit
        and seen.scope == other.scope
        and seen.status == other.status
    )


def _values(parts: list[Point], whole: Point) -> dict[str, Said]:
    terms = tuple(amount(part) for part in parts)
    total = sum((term.value for term in terms), Fraction(0))
    return {"parts": Sum(terms), "sum": Amount(total, whole.unit or ""), "whole": stated(whole)}
