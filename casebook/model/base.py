"""What all models share: strictness, small text types, and references into other files."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError


class Model(BaseModel):
    """A noun of the corpus: unknown keys are refused, instances never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a field whose text is an id of `kind`: a vocabulary's name, `cases`, `sources` or `units`."""

    kind: str

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The mark as `schemas` finds it."""
        return {**handler(core), "x-refers": self.kind}


ID_PATTERN = r"^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$"
# What no page can be called: the page of a folder itself, and devices, whose names Windows gives to no file.
RESERVED = frozenset(
    ["index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
LOCATOR_PATTERN = r"^L[1-9][0-9]*(-L[1-9][0-9]*)?$"
# Nothing that we tell of lies beyond this century: such a year is a slip.
DATE_PATTERN = r"^([01][0-9]|20)[0-9]{2}(-[0-9]{2}(-[0-9]{2})?)?$"
PERIOD_PATTERN = r"^(\.\.|([01][0-9]|20)[0-9]{2}(-[0-9]{2}){0,2})(/(\.\.|([01][0-9]|20)[0-9]{2}(-[0-9]{2}){0,2}))?$"
DAY_PATTERN = r"^(19[7-9][0-9]|20[0-9]{2})-[0-9]{2}-[0-9]{2}$"
SHA256_PATTERN = r"^[0-9a-f]{64}$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
WHOLE_PATTERN = r"^(0|-?[1-9][0-9]{0,8})$"
LONGEST_TITLE = 200
LONGEST_PHRASE = 400
"""Characters of a text that is searched for numbers, which takes its time; `site.yml` may want shorter ones."""
# Themes, search results and feeds show titles in ways we do not know: beside letters, digits and the punctuation of any
# script they hold these signs only, and none that turns into another where widths are unified.
_SIGNS = frozenset(" !%'()+,-./:;?~×°")
_LETTERS = ("L", "N", "M", "P")


def _matching(pattern: str, rule: str) -> AfterValidator:
    """Text must match `pattern`; the problem is named `rule`."""
    compiled = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise PydanticCustomError(rule, "malformed")
        return text

    return AfterValidator(check)


def _schema(pattern: str) -> object:
    """The pattern as the JSON Schema tells it to an editor."""
    return Field(json_schema_extra={"pattern": pattern})


def _not_reserved(text: str) -> str:
    if text in RESERVED:
        raise PydanticCustomError("id-reserved", "the name of something else")
    return text


def _as_title(text: str) -> str:
    if len(text) > LONGEST_TITLE:
        raise PydanticCustomError("title-too-long", "long", {"length": str(len(text)), "most": str(LONGEST_TITLE)})
    if not any(unicodedata.category(sign)[0] in "LN" for sign in text):
        raise PydanticCustomError("title-without-letters", "says nothing")
    for sign in text.replace(" & ", " "):
        if not all(_in_title(plain) for plain in unicodedata.normalize("NFKC", sign)):
            raise PydanticCustomError("title-sign", "a sign that no title may hold", {"sign": sign})
    return text


def _as_phrase(text: str) -> str:
    if len(text) > LONGEST_PHRASE:
        raise PydanticCustomError("phrase-too-long", "long", {"length": str(len(text)), "most": str(LONGEST_PHRASE)})
    return text


def _in_title(sign: str) -> bool:
    return sign in _SIGNS if sign.isascii() and not sign.isalnum() else unicodedata.category(sign)[0] in _LETTERS


def _whole(text: object) -> object:
    # Python would take 4_0, +40 and 40.0 as well.
    if isinstance(text, str) and not re.fullmatch(WHOLE_PATTERN, text.strip(), re.ASCII):
        raise PydanticCustomError("not-a-whole-number", "digits only")
    return text


def _flag(text: object) -> object:
    # YAML editors show `true` as a boolean; `yes`, `on` and `1` are refused rather than guessed at.
    if text not in ("true", "false", True, False):
        raise PydanticCustomError("not-a-flag", "true or false")
    return text in ("true", True)


def _real_days(rule: Literal["not-a-date", "not-a-day", "not-a-period"]) -> AfterValidator:
    """Every date of the text is a day, month or year that exists."""

    def check(text: str) -> str:
        for part in text.split("/"):
            try:
                date.fromisoformat("2000-01-01" if part == ".." else part + "-01" * (2 - part.count("-")))
            except ValueError:
                raise PydanticCustomError(rule, "no such day") from None
        return text

    return AfterValidator(check)


def _in_order(text: str) -> str:
    first, _, last = text.partition("/")
    if not text.strip("./"):
        raise PydanticCustomError("not-a-period", "neither begins nor ends")
    if ".." not in text and last and last < first[: len(last)]:
        raise PydanticCustomError("not-a-period", "ends before it begins")
    return text


def locator_lines(locator: str) -> range:
    """The lines that a locator names, counted from 1: `L6`, `L21-L23`."""
    first, _, last = locator.replace("L", "").partition("-")
    return range(int(first), int(last or first) + 1)


def _locator_order(text: str) -> str:
    if not locator_lines(text):
        raise PydanticCustomError("not-a-locator", "ends before it begins")
    return text


Text = Annotated[str, StringConstraints(min_length=1)]
Title = Annotated[Text, AfterValidator(_as_title)]
Phrase = Annotated[Text, AfterValidator(_as_phrase)]
Id = Annotated[str, _matching(ID_PATTERN, "not-an-id"), AfterValidator(_not_reserved), _schema(ID_PATTERN)]
Locator = Annotated[
    str, _matching(LOCATOR_PATTERN, "not-a-locator"), AfterValidator(_locator_order), _schema(LOCATOR_PATTERN)
]
DateText = Annotated[str, _matching(DATE_PATTERN, "not-a-date"), _real_days("not-a-date"), _schema(DATE_PATTERN)]
Day = Annotated[str, _matching(DAY_PATTERN, "not-a-day"), _real_days("not-a-day"), _schema(DAY_PATTERN)]
Period = Annotated[
    str,
    _matching(PERIOD_PATTERN, "not-a-period"),
    _real_days("not-a-period"),
    AfterValidator(_in_order),
    _schema(PERIOD_PATTERN),
]
Sha256 = Annotated[str, _matching(SHA256_PATTERN, "not-a-sha256"), _schema(SHA256_PATTERN)]
Language = Annotated[str, _matching(LANGUAGE_PATTERN, "not-a-language"), _schema(LANGUAGE_PATTERN)]
WHOLE = BeforeValidator(_whole)
Flag = Annotated[bool, BeforeValidator(_flag)]

CaseId = Annotated[Text, Refers("cases")]
SourceId = Annotated[Text, Refers("sources")]
