"""Observations as numbers: each with its value in the canonical unit of its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from casebook.model.case import Case, Observation
from casebook.model.vocabulary import Unit
from casebook.precision import spread
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
    factor: Fraction = Fraction(1)

    @property
    def exact(self) -> bool:
        """Whether it is one number without a bound."""
        return self.quantity is not None and self.quantity.bound == "exact" and self.low == self.high

    @property
    def value(self) -> Fraction | None:
        """The number, or the middle of a range."""
        return None if self.low is None or self.high is None else (self.low + self.high) / 2

    @property
    def spread(self) -> tuple[Fraction, Fraction | None]:
        """What may be meant, in the canonical unit. Raises `ValueError` where there is no number."""
        if self.quantity is None:
            raise ValueError("no number")
        low, high = spread(self.quantity)
        return low * self.factor, None if high is None else high * self.factor


def points_of(id: str, case: Case, units: Mapping[str, Unit]) -> tuple[Point, ...]:
    """The observations of one case, in its order."""
    return tuple(_point(id, index, seen, units) for index, seen in enumerate(case.observations))


def _point(id: str, index: int, seen: Observation, units: Mapping[str, Unit]) -> Point:
    quantity = agrees(seen.value, seen.unit, seen.as_stated, units) if seen.value else None
    known = units.get(seen.unit or "")
    unit = known.symbol if known else seen.unit
    if quantity is None or quantity.number is None:
        return Point(id, index, seen, quantity, None, None, unit)
    factor = Fraction(1)
    if known and known.canonical and known.factor:
        factor, unit = Fraction(known.factor), known.canonical
    low, high = quantity.number.low * factor, quantity.number.high * factor
    return Point(id, index, seen, quantity, low, high, unit, factor)
