"""An indicator's observations: which may be compared with which, and why not."""

from dataclasses import dataclass
from fractions import Fraction

from casebook.corpus import Corpus
from casebook.model.case import Case, Observation
from casebook.quantities import Quantity, agrees


@dataclass(frozen=True, slots=True)
class Point:
    """One observation with its number in the canonical unit of its kind.

    `low` and `high` are equal unless a range is stated; both are `None` where the value is absent or has no magnitude.
    """

    case: str
    index: int
    observation: Observation
    quantity: Quantity | None
    low: Fraction | None
    high: Fraction | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """Points that may stand on one axis: same unit, level, status and thing counted (as far as the indicator asks)."""

    unit: str | None
    level: str
    counted: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """All observations of one indicator. `missing` are counted cases that state none."""

    indicator: str
    points: tuple[Point, ...]
    groups: tuple[Group, ...]
    missing: tuple[str, ...]

    def peers(self, case: str, index: int) -> Group | None:
        """The group in which an observation may be compared with others, if there is one."""
        return next((g for g in self.groups if any((p.case, p.index) == (case, index) for p in g.points)), None)


def all_series(corpus: Corpus, order: tuple[str, ...]) -> dict[str, Series]:
    """Indicator → its series, for every indicator of the vocabulary."""
    points: dict[str, list[Point]] = {id: [] for id in corpus.terms["indicators"]}
    for id in order:
        for index, observation in enumerate(corpus.cases[id].observations):
            points[observation.indicator].append(_point(corpus, id, index, observation))
    return {id: _series(corpus, id, tuple(found)) for id, found in points.items()}


def _point(corpus: Corpus, case: str, index: int, seen: Observation) -> Point:
    quantity = agrees(seen.value, seen.unit, seen.as_stated, corpus.unit) if seen.value else None
    if quantity is None or quantity.number is None:
        return Point(case, index, seen, quantity, None, None, seen.unit)
    low, high, unit = quantity.number.low, quantity.number.high, seen.unit
    known = corpus.unit.get(unit or "")
    if known and known.canonical and known.factor:
        low, high, unit = low * Fraction(known.factor), high * Fraction(known.factor), known.canonical
    return Point(case, index, seen, quantity, low, high, unit)


def _series(corpus: Corpus, indicator: str, points: tuple[Point, ...]) -> Series:
    stated = {p.case for p in points if p.low is not None}
    missing = tuple(id for id in corpus.counted if id not in stated)
    return Series(indicator, points, _groups(corpus, indicator, points), missing)


def _groups(corpus: Corpus, indicator: str, points: tuple[Point, ...]) -> tuple[Group, ...]:
    """Only reported values of counted cases that speak of the whole case; one value a case; two cases at least."""
    term = corpus.indicator(indicator)
    if not term.comparable:
        return ()
    found: dict[tuple[str | None, str, str], list[Point]] = {}
    for point in points:
        seen, case = point.observation, corpus.cases[point.case]
        if point.low is None or seen.status != "reported" or seen.scope or point.case not in corpus.counted:
            continue
        found.setdefault((point.unit, _level(case, term.same), _counted(seen, term.same)), []).append(point)
    groups = []
    for (unit, level, counted), group in found.items():
        if len({p.case for p in group}) == len(group) >= 2:
            groups.append(Group(unit, level, counted, tuple(group)))
    return tuple(groups)


def _level(case: Case, same: tuple[str, ...]) -> str:
    return case.level.term if "level" in same else ""


def _counted(seen: Observation, same: tuple[str, ...]) -> str:
    return seen.counted or "" if "counted" in same else ""
