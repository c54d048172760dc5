"""Evidence: where a claim stands in a source, in which words."""

from typing import Literal, Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from casebook.model.base import Flag, Locator, Model, Phrase, SourceId, Text


class Citation(Model):
    """One place in one source.

    `locator` counts the physical lines of the archived text from 1 (`L6`, `L21-L23`). `as_stated` is the short phrase
    that carries the claim, verbatim. Without `source` the case's first source is meant.
    """

    source: SourceId | None = None
    locator: Locator
    as_stated: Phrase


class Passage(Model):
    """The lines of a source that speak of a case."""

    source: SourceId
    locator: Locator


class Coded(Model):
    """A term the editor assigned: either the text says it (then it is cited) or the editor inferred it."""

    inferred: Flag = False
    source: SourceId | None = None
    locator: Locator | None = None
    as_stated: Phrase | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _stated_or_inferred(self) -> Self:
        stated = (self.locator is not None, self.as_stated is not None)
        if any(stated) != all(stated) or all(stated) == self.inferred:
            raise PydanticCustomError("stated-or-inferred", "cite it or say that it is inferred")
        return self

    @property
    def basis(self) -> Literal["stated", "inferred"]:
        """Whether the text says it."""
        return "inferred" if self.inferred else "stated"

    @property
    def citation(self) -> Citation | None:
        """Where the text says it, or `None` if it was inferred."""
        if self.locator is None or self.as_stated is None:
            return None
        return Citation(source=self.source, locator=self.locator, as_stated=self.as_stated)
