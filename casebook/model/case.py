"""The case: one file of `cases/`."""

from typing import Annotated, Literal, Self

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from casebook.model.base import (
    WHOLE,
    CaseId,
    DateText,
    Flag,
    Locator,
    Model,
    Period,
    Phrase,
    Refers,
    SourceId,
    Text,
    Title,
)
from casebook.model.evidence import Citation, Coded, Passage
from casebook.quantities import NumberText

Kind = Literal["case", "subcase", "programme", "mention"]
Status = Literal["running", "pilot", "planned", "mixed", "ended", "not-stated"]
Verdict = Literal["present", "planned", "mentioned"]
ObservationStatus = Literal["reported", "planned", "target", "rule", "claim"]
Absence = Literal["not-stated", "not-applicable", "not-checked", "redacted"]
Decoded = Literal["full", "partial", "none"]
Recurrence = Literal["week", "month", "quarter", "year"]


class Place(Coded):
    """One rank of the place hierarchy (`site.yml` lists the ranks)."""

    name: Title
    former: tuple[Text, ...] = ()
    disputed: tuple[Text, ...] = ()


class Level(Coded):
    """The level that acts."""

    term: Annotated[Text, Refers("levels")]


class Settlement(Coded):
    """The kind of settlement."""

    term: Annotated[Text, Refers("settlements")]


class Addressed(Coded):
    """A problem the case addresses."""

    term: Annotated[Text, Refers("problems")]


class Actor(Coded):
    """Somebody who takes part, with what the text calls them."""

    term: Annotated[Text, Refers("actors")]
    name: Text | None = None
    role: Text | None = None


class Platform(Coded):
    """A venue, system or body through which the case works."""

    term: Annotated[Text, Refers("platforms")]
    name: Text | None = None
    role: Text | None = None


class Start(Coded):
    """When it began: stated, inferred, or (without a date) not stated."""

    date: DateText | None = None

    @model_validator(mode="before")
    @classmethod
    def _not_stated(cls, given: object) -> object:
        if isinstance(given, str) and given.strip() != "not-stated":
            raise PydanticCustomError("not-a-start", "a date with its basis, or not-stated")
        return {"inferred": True} if isinstance(given, str) else given

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """A mapping, or the one word that says there is none."""
        return {"anyOf": [handler(core), {"const": "not-stated"}]}

    @property
    def known(self) -> bool:
        """Whether there is a date at all."""
        return self.date is not None


class Part(Model):
    """One part of a formula: what the numeral stands for, as far as the text decodes it.

    `items` are the names of a list that the text gives; `reported` those that come back where it tells results.
    """

    part: Phrase
    number: Annotated[int, Field(ge=0), WHOLE] | None = None
    counts: Annotated[Text, Refers("numerals")] | None = None
    meaning: Text | None = None
    items: tuple[Text, ...] = ()
    reported: tuple[Text, ...] = ()
    source: SourceId | None = None
    locator: Locator | None = None
    as_stated: Phrase | None = None


class Formula(Citation):
    """A numeric slogan and its parts."""

    slogan: Phrase
    decoded: Decoded
    parts: tuple[Part, ...] = ()
    note: Text | None = None


class Finding(Citation):
    """The claim that the case shows a mechanism."""

    mechanism: Annotated[Text, Refers("mechanisms")]
    verdict: Verdict
    how: Text


class Observation(Citation):
    """One value of one indicator, or its typed absence.

    `value` is a number (`11725`, `99.49`), a range (`30~40`) or a fraction (`2/3`) in `unit`; it must agree with the
    quantity that is read from `as_stated`, which also gives the bound (近, 超过, 余 …).

    For recomputing: `part_of` names the whole that this and its fellows add up to (its `counted`), `items` the names
    that the text lists for the number; `members` says that the number counts the cases below this one. A rule holds
    once `every` so long, for `each` of what that indicator counts.
    """

    indicator: Annotated[Text, Refers("indicators")]
    value: NumberText | None = None
    absent: Absence | None = None
    unit: Annotated[Text, Refers("units")] | None = None
    counted: Text | None = None
    scope: Text | None = None
    as_of: Period | None = None
    status: ObservationStatus = "reported"
    part_of: Text | None = None
    items: tuple[Text, ...] = ()
    members: Flag = False
    every: Recurrence | None = None
    each: Annotated[Text, Refers("indicators")] | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _value_or_absence(self) -> Self:
        if (self.value is None) == (self.absent is None):
            raise PydanticCustomError("value-or-absent", "one of the two")
        return self


class Honour(Citation):
    """A title or award, and who holds it."""

    title: Text
    holder: Text | None = None
    by: Text | None = None
    date: DateText | None = None


class Milestone(Citation):
    """Something that happened at a time. `begins` says that the case itself began with it."""

    event: Text
    date: Period
    begins: Flag = False


class Audit(Model):
    """What the editor knows about a contradiction in the source: the audit rule it answers, and a note."""

    rule: Text
    about: Text
    note: Text


class Review(Model):
    """When the file was last read against its source, and by whom (initials)."""

    date: DateText
    by: Text


class Case(Model):
    """One system that the sources describe."""

    name: Title
    title: Title
    name_en: Title | None = None
    kind: Kind
    parent: CaseId | None = None
    related: tuple[CaseId, ...] = ()
    summary: Text
    summary_en: Text | None = None
    sources: Annotated[tuple[Passage, ...], Field(min_length=1)]
    place: Annotated[dict[str, Place], Field(json_schema_extra={"x-keys": "ranks"})]
    level: Level
    settlement: Settlement | None = None
    status: Status
    started: Start
    problems: tuple[Addressed, ...] = ()
    actors: tuple[Actor, ...] = ()
    platforms: tuple[Platform, ...] = ()
    formulas: tuple[Formula, ...] = ()
    findings: tuple[Finding, ...] = ()
    observations: tuple[Observation, ...] = ()
    honours: tuple[Honour, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    audits: tuple[Audit, ...] = ()
    review: Review


class Tombstone(Model):
    """What stays of a case that was renamed (`moved`), divided (`split`) or withdrawn: its address still works."""

    moved: CaseId | None = None
    split: tuple[CaseId, ...] = ()
    withdrawn: Text | None = None

    @model_validator(mode="before")
    @classmethod
    def _nothing_of_a_case(cls, given: object) -> object:
        if isinstance(given, dict) and given.keys() & Case.model_fields.keys():
            raise PydanticCustomError("one-tombstone", "a case or what is left of it")
        return given

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(map(bool, (self.moved, self.split, self.withdrawn))) != 1:
            raise PydanticCustomError("one-tombstone", "exactly one")
        return self
