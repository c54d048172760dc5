"""What a figure shows, before it is drawn. Two equal values give the same figure, byte for byte."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A labelled bar of one or more segments; `url` is relative to the site's root, `note` is shown on hover."""

    label: str
    segments: tuple[int, ...]
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars on one axis of counts. `key` names the segments, solid first."""

    title: str
    description: str
    bars: tuple[Bar, ...]
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """One value or range; `firm` is false for about, almost, more than and the like."""

    label: str
    low: float
    high: float
    firm: bool
    shown: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class DotChart:
    """Comparable values on one axis; `logarithmic` where the largest is many times the smallest."""

    title: str
    description: str
    dots: tuple[Dot, ...]
    unit: str = ""
    logarithmic: bool = False
