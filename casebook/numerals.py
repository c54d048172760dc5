"""Numerals: every place where a text writes a number, whatever it counts.

`quantities` reads what a number says and passes over words that only look like one (统一, 第一); here nothing is passed
over, so that a reader can be told of every sign that might be a figure.
"""

import re
from collections.abc import Iterator
from typing import Final

from casebook.characters import halfwidth
from casebook.quantities import find_quantities

# 壹贰叁 are left out: 陆, 伍 and 参 are everyday words. 双 and 几 are no numerals.
CHINESE: Final = "零〇一二三四五六七八九十百千万亿两俩仨半廿卅"
ENCLOSED: Final = "①-⓿❶-➓㈠-㈩㊀-㊉Ⅰ-ↈ¼-¾⅐-⅞"
_ARABIC: Final = r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?"
PATTERN: Final = rf"(?:{_ARABIC}|[{CHINESE}{ENCLOSED}]○*)+"
_NUMERAL: Final = re.compile(PATTERN)
# Words that say a number without a numeral; a part of a slogan is often one (双中心, three steps).
WORDS: Final = {"双": 2} | {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}


def find_numerals(text: str) -> Iterator[re.Match[str]]:
    """Every numeral of a text, the longest that stands together (1.7万, 二〇二二, 3); full-width digits too."""
    return _NUMERAL.finditer(halfwidth(text))


def numerals(text: str) -> str:
    """The numerals of a text in their order, all else left out."""
    return "".join(match[0] for match in find_numerals(text))


def numbers(text: str) -> set[int]:
    """Every whole number that a text says, by a numeral or by a word."""
    said = {WORDS[word] for word in re.findall(r"[a-z]+|双", text.lower()) if word in WORDS}
    for match in find_numerals(text):
        for quantity in find_quantities(f"{match[0]}个", ("个",)):  # a lone 千 is read only before a measure word
            if quantity.number and quantity.number.value is not None and quantity.number.value.denominator == 1:
                said.add(int(quantity.number.value))
    return said
