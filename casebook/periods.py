"""Dates and periods as content files write them, and the years that a phrase names only by when it was written.

A date is `2018`, `2018-09` or `2018-09-01`; a period `2019/2020-12`, open as `2019/..` or `../2022-12`.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Final

# Which year is meant, counted from the year of writing.
RELATIVE: Final = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "this year": 0, "last year": -1, "next year": 1}
_RELATIVE: Final = re.compile("|".join(RELATIVE), re.IGNORECASE)
OPEN: Final = ".."


def ends(period: str) -> tuple[str, str]:
    """Where a period begins and where it ends; a date is both."""
    first, slash, last = period.partition("/")
    return first, last if slash else first


def first_day(text: str) -> date | None:
    """The first day that a date or period may mean; `None` where its beginning is open."""
    begin, _ = ends(text)
    return None if begin == OPEN else date.fromisoformat(begin + "-01" * (2 - begin.count("-")))


def last_day(text: str) -> date | None:
    """The last day that a date or period may mean; `None` where its end is open."""
    _, end = ends(text)
    if end == OPEN:
        return None
    parts = [int(part) for part in end.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])


def is_open(text: str) -> bool:
    """Whether a period goes on (`2019/..`)."""
    return ends(text)[1] == OPEN


def meet(one: str | None, other: str | None) -> bool:
    """Whether two periods may have a day in common; an unknown one may be any."""
    if one is None or other is None:
        return True
    starts = [day for text in (one, other) if (day := first_day(text))]
    stops = [day for text in (one, other) if (day := last_day(text))]
    return not starts or not stops or max(starts) <= min(stops)


def relative_year(phrase: str) -> int | None:
    """How many years from the year of writing a phrase means (今年 0, 去年 -1); `None` where it says nothing so."""
    found = _RELATIVE.search(phrase)
    return RELATIVE[found[0].lower()] if found else None


def span(first: str, last: str) -> tuple[int, str]:
    """How long it is from one date to another, at the precision of the coarser: (number, `year`, `month` or `day`)."""
    parts = min(first.count("-"), last.count("-"))
    one, two = ([int(part) for part in text.split("-")] for text in (first, last))
    if parts == 0:
        return two[0] - one[0], "year"
    if parts == 1:
        return (two[0] - one[0]) * 12 + two[1] - one[1], "month"
    return (date(*two) - date(*one)).days, "day"
