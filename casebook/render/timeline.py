"""The timeline: what its template and its figures are given."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from casebook.analyse import Results
from casebook.analyse.timeline import KINDS, Event
from casebook.charts.marks import ROWS, Bar, BarChart, Chart, Head, TimeChart, TimeRow
from casebook.corpus import Corpus
from casebook.points import Point
from casebook.render.spans import dates_address, span
from casebook.render.words import Words

SHOWN = 40
"""How many events, and how many numbers, of one year are listed; the table of data has all."""
YEARS = 40
"""How many years a figure shows one by one; what is earlier is one bar."""


@dataclass(frozen=True, slots=True)
class Year:
    """One year: what happened, what was meant to be, and the numbers that speak of it."""

    year: int
    events: tuple[Event, ...]
    plans: tuple[Event, ...]
    numbers: tuple[Event, ...]

    @property
    def tally(self) -> tuple[int, int, int]:
        """Events, numbers, plans."""
        return len(self.events), len(self.numbers), len(self.plans)


def answers(results: Results, corpus: Corpus, words: Words) -> dict[str, str]:
    """What the two figures say: when most is dated, and what is dated first."""
    events = results.timeline.events
    if not events:
        return {"years": "", "cases": ""}
    most = max(years(events), key=lambda one: sum(one.tally))
    undated = sum(results.timeline.undated.values())
    happened = [event for event in events if not event.number]
    first = (happened or events)[0]
    cases = len({event.case for event in happened})
    name, date = corpus.cases[first.case].name, words.period(first.period)
    return {
        "years": words.t("timeline.answer", year=words.period(str(most.year)), n=sum(most.tally), undated=undated),
        "cases": words.t("timeline.first", name=name, date=date, n=cases),
    }


def timeline_view(_: dict[str, Any], corpus: Corpus, results: Results, words: Words) -> dict[str, Any]:
    """Years with their entries, how much has a date by kind, and the cases without any."""
    found = results.timeline
    return {
        "timeline": found,
        "years": years(found.events),
        "kinds": [(kind, found.dated[kind], found.undated[kind]) for kind in KINDS],
        "shown": SHOWN,
        "answers": answers(results, corpus, words),
        "by_case": len({event.case for event in found.events if not event.number}),
        "dated_cases": len({event.case for event in found.events}),
        "point_of": lambda event: _point(corpus, event),
    }


def years(events: Sequence[Event]) -> list[Year]:
    """Events in order as years in order."""
    return [_year(year, list(of)) for year, of in groupby(events, key=lambda event: event.day.year)]


def _year(year: int, events: list[Event]) -> Year:
    return Year(
        year,
        events=tuple(e for e in events if not e.plan and not e.number),
        plans=tuple(e for e in events if e.plan),
        numbers=tuple(e for e in events if not e.plan and e.number),
    )


def _point(corpus: Corpus, event: Event) -> Point:
    return next(point for point in corpus.points[event.case] if point.index == event.index)


def timeline_charts(corpus: Corpus, results: Results, words: Words) -> dict[str, Chart | None]:
    """`years`: how much is dated in each year. `cases`: the dates of each case, where the cases are few enough."""
    events, told = results.timeline.events, answers(results, corpus, words)
    happened = [event for event in events if not event.number]
    few = len({event.case for event in happened}) <= ROWS
    return {
        "years": _by_year(told["years"], years(events), words) if events else None,
        "cases": _by_case(told["cases"], corpus, happened, words) if happened and few else None,
    }


def _by_year(title: str, listed: list[Year], words: Words) -> BarChart:
    t, found = words.t, {one.year: one for one in listed}
    last = max(found)
    first = max(min(found), last - YEARS + 1)
    before = [one for one in listed if one.year < first]
    bars = [_bar(words.period(str(first - 1)), before, words, t("timeline.until"))] if before else []
    shown = [(year, [found[year]] if year in found else []) for year in range(first, last + 1)]
    bars += [_bar(words.period(str(year)), of, words) for year, of in shown]
    key = (t("timeline.happened"), t("timeline.numbers"), t("timeline.plans"))
    return BarChart(title, t("timeline.years-description"), tuple(bars), key)


def _bar(label: str, of: list[Year], words: Words, form: str = "{year}") -> Bar:
    events, numbers, plans = (sum(column) for column in zip((0, 0, 0), *(one.tally for one in of), strict=True))
    label = form.replace("{year}", label)
    note = words.t("timeline.note", year=label, events=events, numbers=numbers, plans=plans)
    return Bar(label, (events, numbers, plans), f"timeline.html#y{of[-1].year}" if of else "", note)


def _by_case(title: str, corpus: Corpus, events: list[Event], words: Words) -> TimeChart:
    cases = dict.fromkeys(event.case for event in events)
    rows = tuple(_row(corpus, case, [e for e in events if e.case == case], words) for case in cases)
    return TimeChart(title, words.t("figure.timeline"), rows)


def _row(corpus: Corpus, case: str, events: list[Event], words: Words) -> TimeRow:
    name = corpus.cases[case].name
    spans = (span(words, name, e.period, _told(e, words), e.begins, e.plan) for e in events)
    return TimeRow(Head(name, dates_address(corpus, case)), tuple(spans))


def _told(event: Event, words: Words) -> str:
    told = {"started": "case.started", "milestones": "", "honours": "case.honour"}[event.kind]
    text = getattr(event.claim, "event", None) or getattr(event.claim, "title", None) or ""
    planned = words.t("observation-status.planned") if event.plan else ""
    return " ".join(part for part in (planned, words.t(told) if told else "", text) if part)
