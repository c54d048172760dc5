"""An indicator's observations, and those of them that may stand on one axis."""

from dataclasses import dataclass
from fractions import Fraction

from casebook.analyse.comparability import Group, Verdict, judge
from casebook.corpus import Corpus
from casebook.points import Point


@dataclass(frozen=True, slots=True)
class Axis:
    """A group on a strip from 2 to 98: the place of each value, and where marks are seen apart at its size."""

    place: dict[tuple[str, int], float]
    marks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """All observations of one indicator, each with a verdict. `missing` are counted cases that state none.

    `axes` has a value's group as far as its values differ.
    """

    indicator: str
    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    verdicts: dict[tuple[str, int], Verdict]
    missing: tuple[str, ...]
    axes: dict[tuple[str, int], Axis]


def all_series(corpus: Corpus, order: tuple[str, ...]) -> dict[str, Series]:
    """Indicator → its series, for every indicator of the vocabulary; points in the order of the cases."""
    points: dict[str, list[Point]] = {id: [] for id in corpus.terms["indicators"]}
    for id in order:
        for point in corpus.points[id]:
            points[point.observation.indicator].append(point)
    return {id: _series(corpus, id, tuple(found)) for id, found in points.items()}


def _series(corpus: Corpus, indicator: str, points: tuple[Point, ...]) -> Series:
    stated = {point.case for point in points if point.low is not None}
    missing = tuple(id for id in corpus.counted if id not in stated)
    groups, verdicts = judge(corpus, indicator, points)
    axes = {key: axis for axis in map(_axis, groups) if axis for key in axis.place}
    return Series(indicator, points, groups, verdicts, missing, axes)


def _axis(group: Group) -> Axis | None:
    middle = {(point.case, point.index): _middle(point) for point in group.points}
    low, high = min(middle.values()), max(middle.values())
    if low == high:
        return None
    place = {key: round(2 + 96 * float((value - low) / (high - low)), 1) for key, value in middle.items()}
    return Axis(place, tuple(sorted({round(x) for x in place.values()})))


def _middle(point: Point) -> Fraction:
    assert point.low is not None and point.high is not None
    return (point.low + point.high) / 2
