"""Folding a text to what the search compares.

`search-engine.js` folds a query by the same steps; `tests/search/normalise.json` holds both to the same cases.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

BREAK = " "
"""Stands in a normalised text wherever nothing can match across."""

# The same two classes stand in `search-engine.js`.
_IGNORED = re.compile(
    "["
    "\\t-\\r\\x1c-\\x20\\x85\u1680\u2028\u2029"  # white space, as far as NFKC leaves any
    "\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # what has no width
    "\"'`\xab\xbb\u2018-\u201f\u2039\u203a\u300c-\u300f\u301d-\u301f"  # quotation marks
    "\xb7\u2022\u2027\u2219\u22c5\u30fb*_"  # dots inside a name, marks of emphasis
    "]+"
)
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SEPARATING = re.compile(f"[^0-9a-z+\xd7%.{_HAN}]+")

HAN_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF))
_han = re.compile(f"[{_HAN}]")


def normalise(text: str, variants: Mapping[int, str]) -> str:
    """`text` as it is compared: compatibility forms, case, variant characters and spacing make no difference.

    `variants` maps code points to the one character that stands for them (see `simplified_characters`).
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(variants)
    return _SEPARATING.sub(BREAK, _IGNORED.sub("", folded)).strip(BREAK)


def is_han(character: str) -> bool:
    """Whether `character` is a Chinese character."""
    return _han.match(character) is not None


@cache
def simplified_characters() -> Mapping[int, str]:
    """Every traditional character that has one simplified character, by code point, from OpenCC's data."""
    from opencc import OpenCC

    han = [chr(point) for first, last in HAN_RANGES for point in range(first, last + 1)]
    han = [character for character in han if unicodedata.normalize("NFKC", character) == character]
    # Twice, because a few simplified forms are themselves simplified further; one a line, so that no phrase is seen.
    converter = OpenCC("t2s")
    simplified = converter.convert(converter.convert("\n".join(han))).split("\n")
    return {ord(old): new for old, new in zip(han, simplified, strict=True) if old != new and len(new) == 1}


def occurring(variants: Mapping[int, str], alphabet: set[str]) -> dict[int, str]:
    """Only those variants whose one form is in `alphabet`, in order."""
    return {point: variants[point] for point in sorted(variants) if variants[point] in alphabet}
