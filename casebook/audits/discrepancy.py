"""What an audit rule yields, and the walks that most rules share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from casebook.corpus import Corpus
from casebook.model.base import locator_lines
from casebook.model.case import Case
from casebook.model.evidence import Citation
from casebook.points import Point
from casebook.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Amount:
    """A number that was computed, in a unit of the corpus ("" for none)."""

    value: Fraction
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers that are added."""

    terms: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Names in the order of the text; there may be none."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duration:
    """So many of a unit of time (`week`, `month`, `quarter`, `year`)."""

    number: int
    unit: str


@dataclass(frozen=True, slots=True)
class When:
    """A date or period."""

    period: str


Said: TypeAlias = str | Quantity | Amount | Sum | Names | Duration | When


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two readings of a source that do not agree.

    `rule` and `about` (what the source itself calls it) tell it apart within its case, also after a number is mended.
    `values` fill the rule's phrases for both readings and for the way from one to the other; `variant` chooses among
    several wordings. `loc` is where an editor looks first.
    """

    case: str
    about: str
    loc: tuple[str | int, ...]
    claims: tuple[Citation, ...]
    values: Mapping[str, Said] = field(default_factory=dict)
    variant: str = ""
    rule: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Case, rule, about."""
        return self.case, self.rule, self.about


def measured(corpus: Corpus) -> Iterator[tuple[str, Case, list[Point]]]:
    """(id, case, its points that have a number) of every case that has any."""
    for id, case in corpus.cases.items():
        if points := [point for point in corpus.points[id] if point.low is not None]:
            yield id, case, points


def beside(corpus: Corpus, point: Point, others: list[Point]) -> list[Point]:
    """Those of `others` that the same passage states: same source, lines in common."""
    case, here = corpus.cases[point.case], locator_lines(point.observation.locator)
    source = corpus.source_of(case, point.observation)
    return [
        other
        for other in others
        if other is not point
        and corpus.source_of(case, other.observation) == source
        and set(locator_lines(other.observation.locator)) & set(here)
    ]


def stated(point: Point) -> Quantity:
    """A number as the source words it."""
    assert point.quantity is not None
    return point.quantity


def amount(point: Point) -> Amount:
    """The number of a point in its canonical unit."""
    assert point.value is not None
    return Amount(point.value, point.unit or "")


def name_of(corpus: Corpus, point: Point) -> str:
    """What the source counts, else the indicator's id."""
    return point.observation.counted or point.observation.indicator


def discrepancy(
    corpus: Corpus, points: list[Point], values: Mapping[str, Said], variant: str = "", about: str = ""
) -> Discrepancy:
    """A discrepancy about the first of `points`; all of them are its claims."""
    first = points[0]
    return Discrepancy(
        case=first.case,
        about=about or name_of(corpus, first),
        loc=("observations", first.index),
        claims=tuple(point.observation for point in points),
        values=values,
        variant=variant,
    )
