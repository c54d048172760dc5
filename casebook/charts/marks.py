"""What a figure shows, before it is drawn. Two equal values give the same figure, byte for byte."""

from dataclasses import dataclass
from typing import TypeAlias

ROWS = 60
"""How many rows, or columns, a figure may have."""
DOTS = 1000
"""How many cases a figure of two measures can show; each is a link."""


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


@dataclass(frozen=True, slots=True)
class Head:
    """The label of a row or a column; `url` is relative to the site's root."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class CellChart:
    """A table of words drawn as `steps`, `tiers` or `sets`; `cells` row by row, "" where there is nothing."""

    kind: str
    title: str
    description: str
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Span:
    """A date as exactly as it is known: from `low` to `high`, in years.

    `begins` marks the start of the case itself, `plan` what was meant to be and is not told as done.
    """

    low: float
    high: float
    begins: bool
    note: str
    plan: bool = False


@dataclass(frozen=True, slots=True)
class TimeRow:
    """The dates of one case."""

    head: Head
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Dates on one axis of years, a row a case."""

    title: str
    description: str
    rows: tuple[TimeRow, ...]


@dataclass(frozen=True, slots=True)
class ScatterDot:
    """One case by two measures; `label` is told on hover, `shown` stands beside it."""

    x: float
    y: float
    label: str
    shown: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ScatterChart:
    """Dots by two measures, the first on a logarithmic axis."""

    title: str
    description: str
    dots: tuple[ScatterDot, ...]
    x_label: str


Chart: TypeAlias = BarChart | DotChart | CellChart | TimeChart | ScatterChart


def is_too_large(chart: Chart) -> bool:
    """Whether nobody could read it, or its page would grow without end."""
    match chart:
        case BarChart():
            return len(chart.bars) > ROWS
        case DotChart():
            return len(chart.dots) > ROWS
        case ScatterChart():
            return len(chart.dots) > DOTS
        case TimeChart():
            return len(chart.rows) > ROWS
        case CellChart():
            return max(len(chart.rows), len(chart.columns)) > ROWS
