"""Plans and rules: what is to be, set against what is told as done."""

from collections.abc import Iterator
from datetime import date

from casebook.audits.discrepancy import (
    Amount,
    Discrepancy,
    Duration,
    Said,
    discrepancy,
    measured,
    stated,
)
from casebook.corpus import Corpus
from casebook.model.case import Recurrence
from casebook.periods import first_day, last_day
from casebook.points import Point

MONTHS: dict[Recurrence, int] = {"month": 1, "quarter": 3, "year": 12}


def plan_as_result(corpus: Corpus) -> Iterator[Discrepancy]:
    """A number that the text only plans does not stand among those that tell what is there or was done."""
    done = {group.id for group in corpus.indicators.groups if group.done}
    for _, case, points in measured(corpus):
        for point in points:
            group = corpus.indicator(point.observation.indicator).group
            if point.observation.status in ("planned", "target") and group in done and case.status != "planned":
                values: dict[str, Said] = {"planned": stated(point), "phrase": point.observation.as_stated}
                yield discrepancy(corpus, [point], values, point.observation.status)


def rule_and_practice(corpus: Corpus) -> Iterator[Discrepancy]:
    """A rule that asks for something every so often is kept by what is reported of the same time."""
    for id, _, points in measured(corpus):
        for rule in (point for point in points if point.observation.every):
            units, known = _units(corpus, id, rule)
            for practice in (point for point in points if _answers(corpus, point, rule)):
                values = _due(corpus, rule, practice, units)
                if values:
                    yield discrepancy(corpus, [practice, rule], values, "" if known else "several")


def _due(corpus: Corpus, rule: Point, practice: Point, units: int) -> dict[str, Said]:
    """What a rule asks for in the time of a report, if the report falls short of it."""
    span, every, most = _span(corpus, practice), rule.observation.every, practice.spread[1]
    if span is None or every is None or rule.value is None or most is None:
        return {}
    terms = rounds(every, *span)
    each = terms * rule.value
    if most >= each * units:
        return {}
    unit = practice.unit or ""
    return {
        "practice": stated(practice),
        "rule": stated(rule),
        "terms": Duration(terms, every),
        "each": Amount(each, unit),
        "units": str(units),
        "due": Amount(each * units, unit),
    }


def _answers(corpus: Corpus, practice: Point, rule: Point) -> bool:
    indicator = corpus.indicator(rule.observation.indicator)
    return (
        practice.observation.indicator in indicator.practice
        and practice.observation.status == "reported"
        and practice.observation.as_of is not None
    )


def _span(corpus: Corpus, practice: Point) -> tuple[date, date] | None:
    """The time that a report covers; an open one ends when its source was published."""
    period = practice.observation.as_of or ""
    source = corpus.sources[corpus.source_of(corpus.cases[practice.case], practice.observation)]
    first, last = first_day(period), last_day(period)
    if last is None and source.published:
        last = last_day(source.published)
    return (first, last) if first and last else None


def rounds(every: Recurrence, first: date, last: date) -> int:
    """How many whole weeks, months, quarters or years lie between two days, both included."""
    if every == "week":
        return ((last - first).days + 1) // 7
    following = last.toordinal() + 1
    after = date.fromordinal(following)
    months = (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)
    return max(0, months) // MONTHS[every]


def _units(corpus: Corpus, id: str, rule: Point) -> tuple[int, bool]:
    """For how many units a rule holds, and whether the text says so; where it says "each", two at the least."""
    if rule.observation.each is None:
        return 1, True
    stated = [p.value for p in corpus.points[id] if p.observation.indicator == rule.observation.each and p.value]
    return (int(max(stated)), True) if stated else (2, False)
