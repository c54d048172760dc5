"""Which values of an indicator may be compared with which, and if not, why not.

Comparable are reported values of counted cases that speak of the whole case, in one unit, at one level, of one thing
counted (as far as the indicator asks), not too many years apart. A case has one value among them: which of several
would speak for it is nothing that a program can know. Whatever is not comparable is on no axis, in no ranking, no sum
and no mean.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from casebook.corpus import Corpus
from casebook.periods import first_day, last_day
from casebook.points import Point

# What bars a value by itself; in what the others differ from it; what must be said with it although it is comparable.
Bar = Literal["absent", "never", "kind", "status", "scope", "denominator", "several"]
Distance = Literal["alone", "unit", "level", "counted", "years"]
Caution = Literal["approximate", "peers-approximate", "wording", "undated"]
Reason: TypeAlias = Bar | Distance | Caution


@dataclass(frozen=True, slots=True)
class Group:
    """Points that may stand on one axis: same unit, level, status and thing counted (as far as the indicator asks)."""

    unit: str | None
    level: str
    counted: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a value may be compared; with `care` or `not`, why. `peers` counts its group, itself included."""

    verdict: Literal["comparable", "care", "not"]
    reasons: tuple[Reason, ...]
    peers: int = 0


Key = tuple[str | None, str, str]
"""Unit, level, thing counted."""


def judge(
    corpus: Corpus, indicator: str, points: tuple[Point, ...]
) -> tuple[tuple[Group, ...], dict[tuple[str, int], Verdict]]:
    """The groups of one indicator's points, in their order, and a verdict on every point."""
    verdicts: dict[tuple[str, int], Verdict] = {}
    open_: dict[Key, list[Point]] = {}
    for point in points:
        if bar := _barred(corpus, point):
            verdicts[point.case, point.index] = Verdict("not", (bar,))
        else:
            open_.setdefault(_key(corpus, point), []).append(point)
    groups: list[Group] = []
    for key, found in open_.items():
        values = Counter(point.case for point in found)
        single = [point for point in found if values[point.case] == 1]
        near = _near(corpus, single, corpus.indicator(indicator).years)
        groups += [Group(*key, tuple(cluster)) for cluster in near if len(cluster) > 1]
        for point in found:
            lonely: Reason = "years" if len(single) > 1 else _lonely(key, open_)
            verdicts[point.case, point.index] = Verdict("not", (lonely if values[point.case] == 1 else "several",))
    for group in groups:
        verdicts |= _among(corpus, group)
    return tuple(groups), verdicts


def _barred(corpus: Corpus, point: Point) -> Bar | None:
    """Why a value is compared with none whatever."""
    seen = point.observation
    term = corpus.indicator(seen.indicator)
    group = next((group for group in corpus.indicators.groups if group.id == term.group), None)
    if point.low is None:
        return "absent"
    if not term.comparable or (group and not group.comparable):
        return "never"
    if point.case not in corpus.counted:
        return "kind"
    if seen.status != "reported":
        return "status"
    if seen.scope:
        return "scope"
    stated = {other.observation.indicator for other in corpus.points[point.case] if other.low is not None}
    return "denominator" if term.share and not stated & set(term.denominator) else None


def _key(corpus: Corpus, point: Point) -> Key:
    same = corpus.indicator(point.observation.indicator).same
    level = corpus.cases[point.case].level.term if "level" in same else ""
    return point.unit, level, (point.observation.counted or "") if "counted" in same else ""


def _lonely(key: Key, open_: dict[Key, list[Point]]) -> Distance:
    """What keeps a value from the nearest others: the last thing in which all of them differ."""
    others = [other for other in open_ if other != key]
    if not others:
        return "alone"
    apart = min(([one != two for one, two in zip(key, other, strict=True)] for other in others), key=sum)
    reasons: tuple[Distance, ...] = ("unit", "level", "counted")
    return next(reason for reason, differs in zip(reasons, apart, strict=True) if differs)


def _near(corpus: Corpus, points: list[Point], years: int) -> Iterator[list[Point]]:
    """`points` divided where more than so many years lie between two; those without any date stand with the latest."""
    dated = sorted({year for point in points if (year := _year(corpus, point))})
    gaps = [later for earlier, later in pairwise(dated) if later - earlier > years]
    clusters: list[list[Point]] = [[] for _ in range(len(gaps) + 1)]
    for point in points:
        year = _year(corpus, point)
        clusters[len(gaps) if year is None else sum(gap <= year for gap in gaps)].append(point)
    yield from clusters


def _year(corpus: Corpus, point: Point) -> int | None:
    """The year a value speaks of: its own, else that in which its source was published."""
    seen = point.observation
    source = corpus.sources.get(corpus.source_of(corpus.cases[point.case], seen))
    for period in (seen.as_of, source and source.published):
        if period and (day := last_day(period) or first_day(period)):
            return day.year
    return None


def _among(corpus: Corpus, group: Group) -> dict[tuple[str, int], Verdict]:
    """The verdicts on values that have peers."""
    approximate = any(not point.exact for point in group.points)
    wording = len({point.observation.counted for point in group.points if point.observation.counted}) > 1
    undated = any(_year(corpus, point) is None for point in group.points)
    verdicts = {}
    for point in group.points:
        found: dict[Caution, bool] = {
            "approximate": not point.exact,
            "peers-approximate": approximate and point.exact,
            "wording": wording,
            "undated": undated,
        }
        reasons: tuple[Reason, ...] = tuple(reason for reason, holds in found.items() if holds)
        verdicts[point.case, point.index] = Verdict("care" if reasons else "comparable", reasons, len(group.points))
    return verdicts
