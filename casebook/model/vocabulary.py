"""The controlled vocabularies: one file each in `vocabulary/`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.model.base import Flag, Id, Model, Refers, Text

Direction = Literal["higher", "lower", "neutral"]


class Group(Model):
    """A heading under which terms are shown."""

    id: Id
    label: Text
    label_en: Text


class Term(Model):
    """A concept: label, definition and scope note (when to use it, when not)."""

    id: Id
    label: Text
    label_en: Text
    group: Text | None = None
    definition: Text
    use: Text
    avoid: Text | None = None


class Vocabulary(Model):
    """The terms of one kind, in the order in which they are shown."""

    label: Text
    label_en: Text
    groups: tuple[Group, ...] = ()
    terms: Annotated[tuple[Term, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _groups_known(self) -> Self:
        known = {group.id for group in self.groups}
        if any((term.group in known) != bool(self.groups) for term in self.terms):
            raise PydanticCustomError("group-unknown", "every term stands in one of the groups")
        return self


class Indicator(Term):
    """What an observation measures, and when two values of it may be compared.

    `comparable: false` says never (claims, rates without a denominator). `same` lists what must agree beside unit and
    status: the level of the case, the thing counted. `comparable_if` tells readers the rest.
    """

    unit: Annotated[Text, Refers("units")] | None = None
    units: tuple[Annotated[Text, Refers("units")], ...] = ()
    direction: Direction
    comparable: Flag = True
    same: tuple[Literal["level", "counted"], ...] = ("level",)
    comparable_if: Text


class Indicators(Vocabulary):
    """All indicators; their groups are the dimensions (scale, input, output …)."""

    terms: Annotated[tuple[Indicator, ...], Field(min_length=1)]


class Unit(Model):
    """A unit as the sources write it: `symbol` × `factor` = `canonical`."""

    symbol: Text
    label_en: Text
    also: tuple[Text, ...] = ()
    canonical: Text | None = None
    factor: Text | None = None


class Units(Model):
    """All units and measure words; what is not listed is not read as one."""

    units: Annotated[tuple[Unit, ...], Field(min_length=1)]
