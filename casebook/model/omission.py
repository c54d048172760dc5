"""The omission: a numeral of a source that no case codes, and why. One file of `omissions/` for each source."""

from typing import Annotated

from pydantic import Field

from casebook.model.base import Locator, Model, Phrase, Refers, Text


class Omission(Model):
    """One phrase whose numerals are left uncoded, at its place in the source: wherever it stands in these lines.

    `phrase` is verbatim, `reason` a term of the vocabulary `omissions`.
    """

    locator: Locator
    phrase: Phrase
    reason: Annotated[Text, Refers("omissions")]
    note: Text | None = None


class Omissions(Model):
    """All omissions of the source that has the file's name."""

    omissions: Annotated[tuple[Omission, ...], Field(min_length=1)]
