"""Dates as stretches of an axis of years."""

from datetime import date, timedelta

from casebook.charts.marks import Span
from casebook.corpus import Corpus
from casebook.periods import first_day, last_day
from casebook.render.words import Words


def dates_address(corpus: Corpus, case: str) -> str:
    """Where a case tells its dates: its own section, where it has more than its beginning."""
    here = corpus.cases[case]
    return f"cases/{case}.html" + ("#dates" if here.milestones or here.honours else "")


def span(words: Words, name: str, period: str, event: str, begins: bool = False, plan: bool = False) -> Span:
    """A dated event of the case `name`."""
    # An open end says that it goes on: what is dated is the other end.
    first = first_day(period) or last_day(period)
    last = last_day(period) or last_day(period.partition("/")[0])
    assert first is not None and last is not None
    note = f"{name} {words.period(period)} {event}"
    return Span(_year(first), _year(last + timedelta(days=1)), begins, note, plan)


def _year(day: date) -> float:
    start = date(day.year, 1, 1).toordinal()
    return round(day.year + (day.toordinal() - start) / (date(day.year + 1, 1, 1).toordinal() - start), 3)
