"""An indicator's observations, and those of them that may stand on one axis."""

from dataclasses import dataclass

from casebook.analyse.comparability import Group, Verdict, judge
from casebook.corpus import Corpus
from casebook.points import Point


@dataclass(frozen=True, slots=True)
class Series:
    """All observations of one indicator, each with a verdict. `missing` are counted cases that state none."""

    indicator: str
    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    verdicts: dict[tuple[str, int], Verdict]
    missing: tuple[str, ...]

    def peers(self, case: str, index: int) -> Group | None:
        """The group in which an observation may be compared with others, if there is one."""
        return next((g for g in self.groups if any((p.case, p.index) == (case, index) for p in g.points)), None)


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
    return Series(indicator, points, groups, verdicts, missing)
