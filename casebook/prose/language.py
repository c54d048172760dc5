"""What prose needs to know of a language: `zh.yml` and `en.yml` beside this module, for every corpus alike."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Headings of the four parts of a comparison, by part; how numerals look; words that hold one but count nothing."""

    headings: dict[str, str]
    numeral: re.Pattern[str]
    allowed: tuple[str, ...]
    never_after: tuple[str, ...]
    place_endings: tuple[str, ...]


@cache
def language(id: str) -> Language:
    """The language an interface speaks. Raises `FileNotFoundError` for one that has no file."""
    told = yaml.safe_load((Path(__file__).parent / f"{id}.yml").read_text(encoding="utf-8"))
    numerals = (rf"\b{word}\b" if word.isascii() else word for word in told["numerals"])
    return Language(
        headings=told["headings"],
        numeral=re.compile(rf"(?:\d[\d.,]*|{'|'.join(numerals)})+", re.IGNORECASE),
        allowed=tuple(told["allowed"]),
        never_after=tuple(told["never_after"]),
        place_endings=tuple(told["place_endings"]),
    )
