"""The figures of comparisons as charts: tables of words turned the way each kind is drawn, and dates as years."""

from casebook.analyse.alignments import Alignment, align, dates
from casebook.charts.marks import CellChart, Chart, Head, Span, TimeChart, TimeRow
from casebook.corpus import Corpus
from casebook.model.comparison import Comparison, Figure
from casebook.prose.paths import Statement
from casebook.render.spans import dates_address, span
from casebook.render.words import Words


def essay_charts(corpus: Corpus, words: Words, comparison: Comparison, figure: Figure) -> list[Chart]:
    """The chart of a figure of any kind but `peers`; none where no case has a date."""
    if figure.kind == "timeline":
        rows = tuple(_time_row(corpus, words, case, found) for case, found in dates(corpus, comparison))
        return [TimeChart(figure.title, words.t("figure.timeline"), rows)] if rows else []
    return [_cells(corpus, words, figure.title, align(corpus, comparison, figure))]


def _cells(corpus: Corpus, words: Words, title: str, alignment: Alignment) -> CellChart:
    cases = tuple(Head(corpus.cases[id].name, f"cases/{id}.html") for id in alignment.cells)
    stages = tuple(map(Head, alignment.stages))
    cells = tuple(
        tuple(_with_status(words, text, alignment.intended[id].get(text)) for text in row)
        for id, row in alignment.cells.items()
    )
    description = words.t(f"figure.{alignment.kind}")
    if alignment.kind == "steps":
        return CellChart("steps", title, description, cases, stages, cells)
    turned = tuple(zip(*cells, strict=True))
    if alignment.kind == "tiers":
        return CellChart("tiers", title, description, stages[::-1], cases, turned[::-1])
    return CellChart("sets", title, description, stages, cases, turned)


def _with_status(words: Words, text: str, status: str | None) -> str:
    return words.t("figure.with-status", text=text, status=words.t(f"observation-status.{status}")) if status else text


def _time_row(corpus: Corpus, words: Words, case: str, found: list[Statement]) -> TimeRow:
    begun = [said.value.date for said in found if said.key == "milestones" and said.value.begins]
    # A milestone that tells how the case began says more than the bare date, and would lie on the same spot.
    told = [said for said in found if said.key != "started" or said.value.date not in begun]
    name = corpus.cases[case].name
    return TimeRow(Head(name, dates_address(corpus, case)), tuple(_span(corpus, words, name, said) for said in told))


def _span(corpus: Corpus, words: Words, name: str, said: Statement) -> Span:
    if said.key == "started":
        plan = corpus.cases[said.case].status == "planned"
        return span(words, name, said.value.date, words.t("case.started"), True, plan)
    return span(words, name, said.value.date, said.value.event, said.value.begins)
