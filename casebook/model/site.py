"""What one report says of itself: `site.yml`."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.model.base import Day, Id, Language, Model, Text, Title, Whole


class Rank(Model):
    """One rank of the place hierarchy, from the widest to the narrowest; `endings` of its places' names, if any."""

    id: Id
    label: Title
    label_en: Title
    endings: tuple[Text, ...] = ()


class Limits(Model):
    """Lengths in characters; what is right for Chinese is too short for English."""

    phrase: Annotated[Whole, Field(ge=1)]
    summary_least: Annotated[Whole, Field(ge=1)]
    summary_most: Annotated[Whole, Field(ge=1)]
    mention_least: Annotated[Whole, Field(ge=1)]


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
