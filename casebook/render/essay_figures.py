"""The figures of comparisons as charts: tables of words turned the way each kind is drawn, and dates as years."""

from datetime import date, timedelta

from casebook.analyse.alignments import Alignment, align, dates
from casebook.charts.marks import CellChart, Chart, Head, Span, TimeChart, TimeRow
from casebook.corpus import Corpus
from casebook.model.comparison import Comparison, Figure
from casebook.periods import first_day, last_day
from casebook.prose.paths import Statement
from casebook.render.words import Words


def essay_charts(corpus: Corpus, words: Words, comparison: Comparison, figure: Figure) -> list[Chart]:
    """The chart of a figure of any kind but `peers`; none where no case has a date."""
    if figure.kind == "timeline":
        rows = tuple(_time_row(corpus, words, case, found) for case, found in dates(corpus, comparison))
        return [TimeChart(figure.title, words.t("figure.timeline"), rows)] if rows else []
    return [_cells(corpus, words, figure.title, align(corpus, comparison, figure))]


def _cells(corpus: Corpus, words: Words, title: str, alignment: Alignment) -> CellChart:
    cases = tuple(Head(corpus.cases[id].name, f"cases/{id}.html") for id in alignment.cells)
    stages, cells = tuple(map(Head, alignment.stages)), tuple(alignment.cells.values())
    description = words.t(f"figure.{alignment.kind}")
    if alignment.kind == "steps":
        return CellChart("steps", title, description, cases, stages, cells)
    turned = tuple(zip(*cells, strict=True))
    if alignment.kind == "tiers":
        return CellChart("tiers", title, description, stages[::-1], cases, turned[::-1])
    return CellChart("sets", title, description, stages, cases, turned)


def _time_row(corpus: Corpus, words: Words, case: str, found: list[Statement]) -> TimeRow:
    name = corpus.cases[case].name
    return TimeRow(Head(name, f"cases/{case}.html#dates"), tuple(_span(words, name, statement) for statement in found))


def _span(words: Words, name: str, statement: Statement) -> Span:
    period = statement.value.date
    begins = statement.key == "started"
    event = words.t("case.started") if begins else statement.value.event
    # An open end says that it goes on: what is dated is the other end.
    first = first_day(period) or last_day(period)
    last = last_day(period) or last_day(period.partition("/")[0])
    assert first is not None and last is not None
    return Span(_year(first), _year(last + timedelta(days=1)), begins, f"{name} {words.period(period)} {event}")


def _year(day: date) -> float:
    start = date(day.year, 1, 1).toordinal()
    return round(day.year + (day.toordinal() - start) / (date(day.year + 1, 1, 1).toordinal() - start), 3)
