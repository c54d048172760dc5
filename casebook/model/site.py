"""What one report says of itself: `site.yml`."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.model.base import WHOLE, Day, Id, Language, Model, Text, Title


class Rank(Model):
    """One rank of the place hierarchy, from the widest to the narrowest; `endings` of its places' names, if any."""

    id: Id
    label: Title
    label_en: Title
    endings: tuple[Text, ...] = ()


class Limits(Model):
    """Lengths in characters; what is right for Chinese is too short for English."""

    phrase: Annotated[int, Field(ge=1), WHOLE]
    summary_least: Annotated[int, Field(ge=1), WHOLE]
    summary_most: Annotated[int, Field(ge=1), WHOLE]
    mention_least: Annotated[int, Field(ge=1), WHOLE]


class Site(Model):
    """The report: its name, its language, its place ranks, its limits."""

    title: Title
    subtitle: Text
    description: Text
    language: Language
    interface: Literal["zh", "en"]
    updated: Day
    licence: Text
    ranks: Annotated[tuple[Rank, ...], Field(min_length=1)]
    limits: Limits
