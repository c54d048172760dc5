"""Times: dates that cannot both be right."""

from collections.abc import Iterator
from datetime import date

from casebook.audits.discrepancy import Discrepancy, Said, When
from casebook.corpus import Corpus
from casebook.model.base import locator_lines
from casebook.model.case import Case, Observation
from casebook.model.evidence import Citation
from casebook.periods import ends, first_day, is_open, relative_year

Dated = tuple[tuple[str | int, ...], Citation, str, str]
"""Place in the file, claim, date or period, what happened."""


def before_its_beginning(corpus: Corpus) -> Iterator[Discrepancy]:
    """Nothing that was done in a case has been going on since before the case itself began."""
    done = {group.id for group in corpus.indicators.groups if group.done}
    for id, case in corpus.cases.items():
        for beginning in (milestone for milestone in case.milestones if milestone.begins):
            for loc, claim, period, what in _dated(case):
                background = isinstance(claim, Observation) and corpus.indicator(claim.indicator).group not in done
                if is_open(period) and not background and _earlier(period, beginning.date):
                    values: dict[str, Said] = {
                        "since": When(ends(period)[0]),
                        "began": When(beginning.date),
                        "event": beginning.event,
                    }
                    yield Discrepancy(id, what, loc, (claim, beginning), values)


def year_of_writing(corpus: Corpus) -> Iterator[Discrepancy]:
    """A year that is named from the time of writing (this year, last year) is the one that this time makes it."""
    known: dict[str, list[tuple[int, date]]] = {}
    for case in corpus.cases.values():
        for source, line, day in _past(corpus, case):
            known.setdefault(source, []).append((line, day))
    for id, case in corpus.cases.items():
        for loc, claim, period, what in _dated(case):
            offset, coded = relative_year(claim.as_stated), first_day(period)
            written, published = _written(corpus, case, claim, known) if offset is not None else (None, False)
            if offset is None or coded is None or written is None:
                continue
            if coded.year != written + offset if published else coded.year < written + offset:
                values: dict[str, Said] = {
                    "phrase": claim.as_stated,
                    "year": When(str(written + offset)),
                    "written": When(str(written)),
                    "date": When(period),
                }
                yield Discrepancy(id, what, loc, (claim,), values, "" if published else "unpublished")


def _dated(case: Case) -> Iterator[Dated]:
    if case.started.date and case.started.citation:
        yield ("started",), case.started.citation, case.started.date, case.name
    for index, milestone in enumerate(case.milestones):
        yield ("milestones", index), milestone, milestone.date, milestone.event
    for index, honour in enumerate(case.honours):
        if honour.date:
            yield ("honours", index), honour, honour.date, honour.title
    for index, seen in enumerate(case.observations):
        if seen.as_of and seen.status in ("reported", "claim"):
            yield ("observations", index), seen, seen.as_of, seen.counted or seen.indicator


def _earlier(period: str, beginning: str) -> bool:
    first, began = first_day(period), first_day(beginning)
    return first is not None and began is not None and first < began


def _past(corpus: Corpus, case: Case) -> Iterator[tuple[str, int, date]]:
    """(source, line, day) of what a text tells as known: it was written on that day or later."""
    for _, claim, period, _ in _dated(case):
        day = first_day(period) or first_day(ends(period)[1])
        if day and relative_year(claim.as_stated) is None:
            yield corpus.source_of(case, claim), locator_lines(claim.locator)[0], day


def _written(
    corpus: Corpus, case: Case, claim: Citation, known: dict[str, list[tuple[int, date]]]
) -> tuple[int | None, bool]:
    """(the year in which the text around a claim was published, true), else (the last year it knows of, false)."""
    source = corpus.source_of(case, claim)
    record, here = corpus.sources[source], locator_lines(claim.locator)[0]
    article = next((article for article in record.articles if here in locator_lines(article.lines)), None)
    published = (article and article.published) or record.published
    if published:
        return int(published[:4]), True
    within = locator_lines(article.lines) if article else range(1, record.lines + 1)
    years = [day.year for line, day in known.get(source, ()) if line in within]
    return max(years, default=None), False
