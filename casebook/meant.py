"""What somebody probably meant who typed something else: the guesses behind “did you mean …?”.

Each takes the text as typed and gives a well-formed one, or nothing where there is no telling.
"""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from urllib.parse import quote

from casebook.model.address import address_fault
from casebook.model.base import ID_PATTERN, RESERVED
from casebook.quantities import find_quantities

# How much alike two words must be (1: the same) to be taken for one, or almost for certain.
LIKE, VERY_LIKE = 0.6, 0.8
# Characters of what may be a word with a slip in it.
LONGEST = 80
# 2018年9月1日, 2018-9-1, 2018.9.1, 2018/9/1: the same sign twice.
_DATE = re.compile(r"(?<!\d)(\d{4})(?!\d)(?:\s*(?:年|([-./]))\s*(\d{1,2})(?!\d)(?:\s*(?(2)\2|月)\s*(\d{1,2})(?!\d))?)?")
_ENUMERATION = re.compile("[,，、;；和]")


def closest(text: str, candidates: Iterable[str], labels: Mapping[str, str] | None = None, cutoff: float = LIKE) -> str:
    """The candidate that `text` resembles, by itself or by its label (`labels`: label → candidate)."""
    if len(text) > LONGEST:
        return ""
    typed, named = _form(text), {_form(label): candidate for label, candidate in (labels or {}).items()}
    by_form = named | {_form(candidate): candidate for candidate in candidates}
    if found := difflib.get_close_matches(typed, list(by_form), n=1, cutoff=cutoff):
        return by_form[found[0]]
    containing = {candidate for label, candidate in named.items() if typed and typed in label}
    return containing.pop() if len(containing) == 1 else ""


def _form(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("_", "-").replace(" ", "-")


def id_meant(text: str) -> str:
    """`Party_Core` → `party-core`. What is reserved or too long is no id."""
    meant = re.sub("[^0-9a-z]+", "-", _form(text)).strip("-") if _form(text).isascii() else ""
    return meant if re.fullmatch(ID_PATTERN, meant) and meant not in RESERVED else ""


def locator_meant(text: str) -> str:
    """`第6行`, `L 6` → `L6`; `L6-8`, `6~8行` → `L6-L8`. Several places are not one."""
    lines = sorted({int(line) for line in re.findall(r"\d+", text)} - {0})
    return "" if _ENUMERATION.search(text) or len(lines) > 2 else "-".join(f"L{line}" for line in lines)


def date_meant(text: str) -> str:
    """`2018年9月`, `2018.9` → `2018-09`."""
    dates = _dates(text)
    return dates[0] if len(dates) == 1 else ""


def start_meant(text: str) -> str:
    """`not_stated` → `not-stated`; a date needs its evidence, so it is no answer."""
    return closest(text, ["not-stated"], cutoff=VERY_LIKE)


def period_meant(text: str) -> str:
    """The same, or from one date to the other: `2019年至2020年12月` → `2019/2020-12`."""
    dates = _dates(text)
    return "/".join(dates) if len(dates) <= 2 and dates == sorted(dates) else ""


def _dates(text: str) -> list[str]:
    """All dates, or none where one of them is no day or another number stands beside them."""
    found = _DATE.findall(unicodedata.normalize("NFKC", text))
    dates = [[part for part in (year, month, day) if part] for year, _, month, day in found]
    if len(re.findall(r"\d+", text)) != sum(map(len, dates)):
        return []
    try:
        for parts in dates:
            date.fromisoformat("-".join([*(part.zfill(2) for part in parts), "01", "01"][:3]))
    except ValueError:
        return []
    return ["-".join(part.zfill(2) for part in parts) for parts in dates]


def address_meant(text: str) -> str:
    """`HTTPS://Example.org/报` → `https://example.org/%E6%8A%A5`."""
    scheme, slashes, rest = text.strip().partition("://")
    host, slash, path = rest.partition("/")
    meant = f"{scheme}{slashes}{host}".lower() + slash + quote(path, safe="%/:?#[]@!$&'()*+,;=~")
    return meant if meant != text and address_fault(meant) is None else ""


def number_meant(text: str) -> str:
    """`11,725` → `11725`; `1.2万`, `近1.2万` → `12000`; `3。2` → `3.2`."""
    return quantity_meant(re.sub(r"(?<=\d)。(?=\d)", ".", text), ()).partition(" ")[0]


def quantity_meant(phrase: str, units: Collection[str]) -> str:
    """The only number that a phrase states, with its unit: `近2万人` → `20000 人`."""
    found = [quantity for quantity in find_quantities(phrase, units) if quantity.number]
    only = found[0] if len(found) == 1 else None
    return f"{only.number.text()} {only.unit or ''}".strip() if only and only.number else ""
