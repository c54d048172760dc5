"""The figures of comparisons as charts: tables of words turned the way each kind is drawn, and dates as years."""

from casebook.analyse.alignments import Alignment, align, dates
from casebook.charts.marks import CellChart, Chart, Head, Span, TimeChart, TimeRow
from casebook.corpus import Corpus
from casebook.model.comparison import Comparison, Figure
from casebook.prose.paths import Statement
from casebook.render.spans import span
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
    return TimeRow(Head(name, f"cases/{case}.html#dates"), tuple(_span(words, name, said) for said in found))


def _span(words: Words, name: str, said: Statement) -> Span:
    begins = said.key == "started"
    return span(words, name, said.value.date, words.t("case.started") if begins else said.value.event, begins)
