"""exports: the corpus as tables, and the tables as CSV that a spreadsheet opens without harm."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.analyse import Results
from casebook.analyse.timeline import Event
from casebook.corpus import Corpus
from casebook.model.case import Formula
from casebook.points import Point


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of text; an empty cell says that there is nothing to say."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def csv(self) -> str:
        """Comma-separated, CRLF, with a byte-order mark; cells that a spreadsheet would run as formulas are defused."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.columns)
        writer.writerows([_defused(cell) for cell in row] for row in self.rows)
        return "\ufeff" + out.getvalue()


# Where a formula may begin: in the cell, and, as not every spreadsheet splits lines at commas alone, in its parts. In
# some languages the wider and the smaller signs are taken as well.
_FORMULA = re.compile(r"""(^|[;\t\r\n])(?=[\s"]*[=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺₌₊])""")


def _defused(cell: str) -> str:
    return _FORMULA.sub(r"\1'", cell)


def tables(corpus: Corpus, results: Results) -> dict[str, Table]:
    """File stem → table: cases, observations, findings, formulas, and everything that has a date."""
    return {
        "cases": _cases(corpus, results),
        "observations": _observations(corpus, results),
        "findings": _findings(corpus, results),
        "formulas": _formulas(corpus, results),
        "events": _events(corpus, results),
    }


def _cases(corpus: Corpus, results: Results) -> Table:
    ranks = tuple(rank.id for rank in corpus.site.ranks)
    rows = []
    for id in results.order:
        case = corpus.cases[id]
        place = [case.place[rank].name if rank in case.place else "" for rank in ranks]
        settlement = case.settlement.term if case.settlement else ""
        sources = " ".join(passage.source for passage in case.sources)
        head = (id, case.name, case.kind, case.parent or "", case.level.term)
        rows.append((*head, *place, settlement, case.status, case.started.date or "", sources))
    columns = ("id", "name", "kind", "parent", "level", *ranks, "settlement", "status", "started", "source")
    return Table(columns, tuple(rows))


OBSERVATION_COLUMNS = (
    *("case", "indicator", "value", "low", "high", "bound", "unit", "counted", "as_of", "status", "absent"),
    *("as_stated", "source", "locator"),
)


def _observations(corpus: Corpus, results: Results) -> Table:
    points = sorted(
        (point for series in results.series.values() for point in series.points),
        key=lambda point: (results.position[point.case], point.index),
    )
    return Table(OBSERVATION_COLUMNS, tuple(_observation(corpus, point) for point in points))


def _observation(corpus: Corpus, point: Point) -> tuple[str, ...]:
    """Values in the unit as stated (万 and 亿 multiplied out); `low` and `high` only for a range."""
    seen, quantity = point.observation, point.quantity
    value = low = high = ""
    if seen.value and quantity and quantity.number:
        ends = quantity.number.text().split("~")
        value, low, high = (ends[0], "", "") if len(ends) == 1 else ("", *ends)
    counted = seen.counted or corpus.indicator(seen.indicator).label
    source = corpus.source_of(corpus.cases[point.case], seen)
    bound = quantity.bound if quantity else ""
    return (
        *(point.case, seen.indicator, value, low, high, bound, seen.unit or "", counted),
        *(seen.as_of or "", seen.status, seen.absent or "", seen.as_stated, source, seen.locator),
    )


def _findings(corpus: Corpus, results: Results) -> Table:
    rows = tuple(
        (id, f.mechanism, f.verdict, f.as_stated, corpus.source_of(corpus.cases[id], f), f.locator)
        for id in results.order
        for f in corpus.cases[id].findings
    )
    return Table(("case", "mechanism", "verdict", "as_stated", "source", "locator"), rows)


def _formulas(corpus: Corpus, results: Results) -> Table:
    """A row a part; a formula without parts has one row whose part is empty."""
    rows = tuple(
        (entry.case, entry.formula.slogan, entry.formula.decoded, part, meaning, source, locator)
        for entry in results.formulas
        for part, meaning, source, locator in _parts(corpus, entry.case, entry.formula)
    )
    return Table(("case", "slogan", "decoded", "part", "meaning", "source", "locator"), rows)


def _events(corpus: Corpus, results: Results) -> Table:
    """By date; numbers by what their indicator is, everything else in its own words. An inferred date has no place."""
    return Table(
        ("case", "date", "kind", "event", "begins", "plan", "as_stated", "source", "locator"),
        tuple(_event(corpus, event) for event in results.timeline.events),
    )


def _event(corpus: Corpus, event: Event) -> tuple[str, ...]:
    claim = event.claim
    told = getattr(claim, "event", None) or getattr(claim, "title", None) or getattr(claim, "indicator", None) or ""
    source = corpus.source_of(corpus.cases[event.case], claim) if claim.locator else ""
    flags = (str(event.begins).lower(), str(event.plan).lower())
    return (event.case, event.period, event.kind, told, *flags, claim.as_stated or "", source, claim.locator or "")


def _parts(corpus: Corpus, case: str, formula: Formula) -> Iterator[tuple[str, str, str, str]]:
    default = corpus.source_of(corpus.cases[case], formula)
    if not formula.parts:
        yield "", "", default, formula.locator
    for part in formula.parts:
        meaning = ": ".join(text for text in (part.meaning or "", "; ".join(part.items)) if text)
        yield part.part, meaning, part.source or default, part.locator or formula.locator
