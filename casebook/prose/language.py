"""What prose needs to know of a language: `zh.yml` and `en.yml` beside this module, for every corpus alike."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from casebook.model.site import Site

FOLDER = Path(__file__).parent
KNOWN = frozenset(path.stem for path in FOLDER.glob("*.yml"))


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """Headings of the four parts of a comparison, by part; how numerals look; words that hold one but count nothing."""

    headings: dict[str, str]
    numeral: re.Pattern[str]
    allowed: tuple[str, ...]
    never_after: tuple[str, ...]
    place_endings: tuple[str, ...]


def language(site: Site) -> Language:
    """The language in which a report is written, whatever its interface speaks, if there is a file of it."""
    tag = site.language.partition("-")[0].lower()
    return _language(tag if tag in KNOWN else site.interface)


@cache
def _language(id: str) -> Language:
    told = yaml.safe_load((FOLDER / f"{id}.yml").read_text(encoding="utf-8"))
    numerals = (rf"\b{word}\b" if word.isascii() else word for word in told["numerals"])
    return Language(
        headings=told["headings"],
        numeral=re.compile(rf"(?:\d[\d.,]*|{'|'.join(numerals)})+", re.IGNORECASE),
        allowed=tuple(told["allowed"]),
        never_after=tuple(told["never_after"]),
        place_endings=tuple(told["place_endings"]),
    )
