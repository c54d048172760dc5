"""The source: one bibliographic record of `sources/`."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from casebook.model.address import Address
from casebook.model.base import WHOLE, DateText, Locator, Model, Sha256, Text, Title

Standpoint = Literal["self", "press", "independent"]


class Article(Model):
    """One of several articles that share an archived file."""

    title: Title
    lines: Locator
    author: Text | None = None
    published: DateText | None = None


class Source(Model):
    """A document the cases are drawn from. The archived text itself is not part of the corpus; its hash is.

    `standpoint`: who speaks. `line_characters`: how long each line is, so that it can be said how much text is behind a
    case; like `characters` without white space.
    """

    title: Title
    title_en: Title | None = None
    producer: Text
    author: Text | None = None
    published: DateText | None = None
    accessed: DateText | None = None
    url: Address | None = None
    licence: Text | None = None
    sha256: Sha256
    lines: Annotated[int, Field(ge=1), WHOLE]
    characters: Annotated[int, Field(ge=1), WHOLE]
    line_characters: tuple[Annotated[int, Field(ge=0), WHOLE], ...] = ()
    nature: Text
    standpoint: Standpoint | None = None
    note: Text | None = None
    articles: tuple[Article, ...] = ()

    @model_validator(mode="after")
    def _accessed_after_published(self) -> Self:
        published, accessed = self.published or "", self.accessed or ""
        shared = min(len(published), len(accessed))
        if accessed[:shared] < published[:shared]:
            raise PydanticCustomError("accessed-too-early", "nobody reads what is not out", {"at": "accessed"})
        return self

    @model_validator(mode="after")
    def _lines_add_up(self) -> Self:
        told = self.line_characters
        if told and (len(told), sum(told)) != (self.lines, self.characters):
            raise PydanticCustomError("lines-disagree", "the lines do not add up", {"at": "line_characters"})
        return self
