"""The comparison: the head of one file of `comparisons/`, and the sections of prose that follow it."""

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.model.base import WHOLE, CaseId, Model, Refers, Text, Title
from casebook.model.case import Review

# One path into a case, or several whose statements stand together.
Paths = Annotated[tuple[Text, ...], BeforeValidator(lambda given: (given,) if isinstance(given, str) else given)]
FigureKind = Literal["steps", "tiers", "sets", "timeline", "peers"]


class Dimension(Model):
    """One column of the table: from the data at one path or several (`data`), or in our own words by case (`cells`)."""

    label: Title
    label_en: Title | None = None
    data: Paths = ()
    cells: dict[Text, Text] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if bool(self.data) == bool(self.cells):
            raise PydanticCustomError("data-or-cells", "one of the two")
        return self


class Figure(Model):
    """A figure, drawn from the data that its paths name.

    steps: `stages` and, by case, which of its own words (from one or several paths in `rows`) belongs to each stage.
    tiers: by case, the path of a list from the lowest tier up; with `stages` and `steps` as above they stand side by
    side. sets: by case, the path of a list; `alike` names elements that the cases word differently. timeline: the dates
    of all cases listed. peers: comparable values of `indicator`.
    """

    kind: FigureKind
    title: Title
    note: Text | None = None
    rows: dict[Text, Paths] = Field(default_factory=dict)
    stages: tuple[Text, ...] = ()
    steps: dict[Text, tuple[str, ...]] = Field(default_factory=dict)
    alike: dict[Text, tuple[Text, ...]] = Field(default_factory=dict)
    indicator: Annotated[Text, Refers("indicators")] | None = None

    @model_validator(mode="after")
    def _what_its_kind_needs(self) -> Self:
        needs: dict[str, bool] = {
            "steps": bool(self.rows and self.stages) and self.steps.keys() == self.rows.keys(),
            "tiers": bool(self.rows) and (not self.stages or self.steps.keys() == self.rows.keys()),
            "sets": bool(self.rows),
            "timeline": True,
            "peers": self.indicator is not None,
        }
        if not needs[self.kind] or any(len(words) != len(self.stages) for words in self.steps.values()):
            raise PydanticCustomError("figure-incomplete", "rows, stages and steps must fit")
        return self


class Comparison(Model):
    """A question put to several cases. `order` is its place among the comparisons; `title` is short, as in a list."""

    title: Title
    title_en: Title | None = None
    question: Text
    question_en: Text | None = None
    order: Annotated[int, Field(ge=1), WHOLE]
    cases: Annotated[tuple[CaseId, ...], Field(min_length=1)]
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    figures: tuple[Figure, ...] = ()
    review: Review


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one second-level heading; `line` is the heading's, and the lines of `text` follow it."""

    heading: str
    line: int
    text: str
