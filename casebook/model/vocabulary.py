"""The controlled vocabularies: one file each in `vocabulary/`."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.model.base import WHOLE, Flag, Id, Model, Refers, Text, Title

FACTOR_PATTERN = r"^([0-9]{1,15}(\.[0-9]{1,15})?|[1-9][0-9]{0,14}/[1-9][0-9]{0,14})$"
Direction = Literal["higher", "lower", "neutral"]


class Group(Model):
    """A heading under which terms are shown."""

    id: Id
    label: Title
    label_en: Title


class Term(Model):
    """A concept: label, definition and scope note (when to use it, when not)."""

    id: Id
    label: Title
    label_en: Title
    group: Text | None = None
    definition: Text
    use: Text
    avoid: Text | None = None


class Vocabulary(Model):
    """The terms of one kind, in the order in which they are shown."""

    label: Title
    label_en: Title
    groups: tuple[Group, ...] = ()
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]


class IndicatorGroup(Group):
    """A dimension. `comparable: false` says that no indicator in it is compared as a number (self-reported rates).

    `done: true` says that its indicators count what is there or was done: a plan does not belong there as if it were.
    `results: true` says that they measure what came of it: participation, output, outcome.
    """

    comparable: Flag = True
    done: Flag = False
    results: Flag = False


class Indicator(Term):
    """What an observation measures, and when two values of it may be compared.

    `comparable: false` says never (claims, rates without a denominator). `same` lists what must agree beside unit and
    status: the level of the case, the thing counted. Values further apart than `years` are not compared.
    `comparable_if` tells readers the rest.

    What can be recomputed: a `share` of a whole has a `denominator` and may have a `numerator` (the indicators of its
    terms); values of it lie `within` the one value of another indicator; a rule has its `practice`.
    """

    unit: Annotated[Text, Refers("units")] | None = None
    units: tuple[Annotated[Text, Refers("units")], ...] = ()
    direction: Direction
    comparable: Flag = True
    same: tuple[Literal["level", "counted"], ...] = ("level",)
    years: Annotated[int, Field(ge=0), WHOLE] = 5
    comparable_if: Text
    share: Flag = False
    numerator: tuple[Annotated[Text, Refers("indicators")], ...] = ()
    denominator: tuple[Annotated[Text, Refers("indicators")], ...] = ()
    within: Annotated[Text, Refers("indicators")] | None = None
    practice: tuple[Annotated[Text, Refers("indicators")], ...] = ()


class Indicators(Vocabulary):
    """All indicators; their groups are the dimensions (scale, input, output …)."""

    groups: tuple[IndicatorGroup, ...] = ()
    terms: Annotated[tuple[Indicator, ...], Field(min_length=1)]


def _factor(text: str) -> str:
    if not re.fullmatch(FACTOR_PATTERN, text, re.ASCII) or not text.strip("0./"):
        raise PydanticCustomError("not-a-factor", "a number or a fraction above nought")
    return text


class Unit(Model):
    """A unit as the sources write it: `symbol` × `factor` = `canonical`."""

    symbol: Text
    label_en: Text
    also: tuple[Text, ...] = ()
    canonical: Annotated[Text, Refers("units")] | None = None
    factor: Annotated[Text, AfterValidator(_factor), Field(json_schema_extra={"pattern": FACTOR_PATTERN})] | None = None

    @model_validator(mode="after")
    def _both_or_neither(self) -> Self:
        if (self.canonical is None) != (self.factor is None):
            at = "factor" if self.canonical is None else "canonical"
            raise PydanticCustomError("conversion-incomplete", "a unit and a factor", {"at": at})
        return self


class Units(Model):
    """All units and measure words; what is not listed is not read as one."""

    units: Annotated[tuple[Unit, ...], Field(min_length=1)]


class Ratio(Model):
    """One value divided by another of the same case: `numerator` ÷ `denominator`, both indicators.

    It is left out where the case has a value of one of the indicators `unless`. `each` says that every value of the
    numerator is divided; otherwise there must be one. `percent` shows it as a share.
    """

    id: Id
    label: Title
    label_en: Title
    numerator: Annotated[Text, Refers("indicators")]
    denominator: Annotated[Text, Refers("indicators")]
    unless: tuple[Annotated[Text, Refers("indicators")], ...] = ()
    each: Flag = False
    percent: Flag = False
    unit: Text | None = None
    unit_en: Text | None = None
    note: Text | None = None
    note_en: Text | None = None


class Derived(Model):
    """What is computed from observations and never typed."""

    ratios: Annotated[tuple[Ratio, ...], Field(min_length=1)]
