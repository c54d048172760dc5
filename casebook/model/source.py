"""The source: one bibliographic record of `sources/`."""

from typing import Annotated

from pydantic import Field

from casebook.model.base import DateText, Locator, Model, Sha256, Text


class Article(Model):
    """One of several articles that share an archived file."""

    title: Text
    lines: Locator
    author: Text | None = None
    published: DateText | None = None


class Source(Model):
    """A document the cases are drawn from. The archived text itself is not part of the corpus; its hash is."""

    title: Text
    title_en: Text | None = None
    producer: Text
    author: Text | None = None
    published: DateText | None = None
    accessed: DateText | None = None
    url: Annotated[Text, Field(json_schema_extra={"pattern": "^https?://"})] | None = None
    licence: Text | None = None
    sha256: Sha256
    lines: Annotated[int, Field(ge=1)]
    characters: Annotated[int, Field(ge=1)]
    nature: Text
    note: Text | None = None
    articles: tuple[Article, ...] = ()
