"""One case as a column of the side-by-side view: what it says in each row, and the evidence behind it.

A row has a key (`level`, `mechanism-grid`, `indicator-households`). An item of its cell is `text` with, where there is
one, `more` (what qualifies it), `lines` (what stands below it), a `verdict`, the numbers of its `evidence`, and for a
figure whether it is `comparable`, in words, with which `group`, and whether without reserve (`firm`). `absent` marks
words that stand for nothing stated. `same` tells two items apart, where text and lines do not.
"""

from collections.abc import Iterable
from typing import Any

from casebook.analyse import Results
from casebook.analyse.derived import DerivedRatio
from casebook.analyse.places import place_path
from casebook.corpus import Corpus, citations
from casebook.model.case import Case, Formula, Part
from casebook.model.evidence import Citation, Coded
from casebook.points import Point
from casebook.render.readings import AuditRow, DerivedRow, audit_rows, comparability, derived_rows
from casebook.render.views import lines_of
from casebook.render.words import Words, amount

Item = dict[str, Any]

MIXED_COUNT, NO_COUNT = "formula+", "formula-"
"""The rows of formulas whose parts count different things, and of those that do not say what they count."""


class Columns:
    """Makes one column after another."""

    def __init__(self, corpus: Corpus, results: Results, words: Words) -> None:
        self._corpus, self._results, self._words = corpus, results, words
        self._group: dict[tuple[str, int], str] = {}
        for series in results.series.values():
            for number, group in enumerate(series.groups):
                self._group |= {(p.case, p.index): f"{series.indicator}/{number}" for p in group.points}
        self._audits: dict[str, list[AuditRow]] = {}
        for rows in audit_rows(corpus, results, words).values():
            for row in rows:
                self._audits.setdefault(row.case, []).append(row)

    def of(self, id: str) -> Item:
        """One case: its name, its cells by row, its evidence and the sources of it."""
        case = self._corpus.cases[id]
        column = _Column(self._corpus, case, self._words)
        for tell in (self._identity, self._formulas, self._findings, self._actors, self._dates, self._evidence):
            tell(column, case)
        for point in self._corpus.points[id]:
            self._figure(column, point)
        rows = derived_rows(self._corpus, self._results, id, self._words)
        for ratio, row in zip(self._results.derived[id].ratios, rows, strict=False):  # what follows are intervals
            self._derived(column, ratio, row)
        for audit in self._audits.get(id, ()):
            self._audit(column, audit)
        column.unless("audits", self._words.t("audits.nothing"))
        return {"name": case.name, "cells": column.cells, "evidence": column.evidence, "sources": column.sources}

    def _identity(self, column: "_Column", case: Case) -> None:
        t, label = self._words.t, self._words.label
        column.add("title", case.title)
        column.add("summary", case.summary)
        parent = [self._corpus.cases[case.parent].name] if case.parent else []
        column.add("kind", t(f"kind.{case.kind}"), more=[t("compare.part-of", name=name) for name in parent])
        for rank, _ in place_path(self._corpus, case):
            column.coded("place", case.place[rank].name, case.place[rank])
        column.coded("level", label("levels", case.level.term), case.level)
        if case.settlement:
            column.coded("settlement", label("settlements", case.settlement.term), case.settlement)
        column.add("status", t(f"status.{case.status}"), absent=case.status == "not-stated")
        for problem in case.problems:
            column.coded("problems", label("problems", problem.term), problem)
        column.unless("settlement", t("absent.not-stated"))
        column.unless("problems", t("absent.not-stated"))

    def _formulas(self, column: "_Column", case: Case) -> None:
        for formula in case.formulas:
            told = any(part.meaning or part.items for part in formula.parts)
            lines = [self._part(part) for part in formula.parts] if told else []
            more = [self._words.t(f"decoded.{formula.decoded}")]
            column.add(_row(formula), formula.slogan, formula, more=more, lines=lines)

    def _part(self, part: Part) -> str:
        t = self._words.t
        meaning = [text for text in (part.meaning, self._words.separator().join(part.items)) if text]
        return part.part + t("colon") + (t("colon").join(meaning) or t("formula.undecoded"))

    def _findings(self, column: "_Column", case: Case) -> None:
        for finding in case.findings:
            key = f"mechanism-{finding.mechanism}"
            column.add(key, finding.how, finding, verdict=finding.verdict, same=finding.verdict)

    def _figure(self, column: "_Column", point: Point) -> None:
        seen, words = point.observation, self._words
        period = words.period(seen.as_of) if seen.as_of else words.t("absent.no-date")
        status = words.t(f"observation-status.{seen.status}") if seen.status != "reported" else ""
        more = [text for text in (seen.counted, seen.scope, period, status) if text]
        text = words.t(f"absent.{seen.absent}") if seen.absent else amount(point, words).striptags()
        series = self._results.series[seen.indicator]
        column.add(
            f"indicator-{seen.indicator}",
            text,
            seen,
            same=" ".join([text, *more]),
            more=more,
            absent=bool(seen.absent),
            comparable=comparability(self._corpus, series, point, words),
            group=self._group.get((point.case, point.index)),
            firm=series.verdicts[point.case, point.index].verdict == "comparable",
        )

    def _derived(self, column: "_Column", found: DerivedRatio, row: DerivedRow) -> None:
        """Two ratios may be compared if their numerators may, and their denominators."""
        groups = [self._group.get((point.case, point.index)) for point in (found.numerator, found.denominator)]
        column.add(
            f"derived-{found.ratio.id}",
            row.value,
            *row.claims,
            same=f"{row.value} {row.formula}",
            more=[self._words.t("derived.mark"), row.formula],
            comparable=row.comparability,
            group=" ".join(group for group in groups if group) if all(groups) else None,
            firm=row.verdict == "comparable",
        )

    def _audit(self, column: "_Column", row: AuditRow) -> None:
        t = self._words.t
        readings = (("audits.stated", row.stated), ("audits.recomputed", row.recomputed))
        column.add("audits", row.about, *row.claims, lines=[t(key) + t("colon") + text for key, text in readings])

    def _actors(self, column: "_Column", case: Case) -> None:
        for name, items in (("actors", case.actors), ("platforms", case.platforms)):
            for item in items:
                role = [item.role] if item.role else []
                column.coded(f"{name}-{item.term}", item.name or self._words.label(name, item.term), item, role)

    def _dates(self, column: "_Column", case: Case) -> None:
        t, period = self._words.t, self._words.period
        if case.started.date:
            column.coded("started", period(case.started.date), case.started)
        for milestone in case.milestones:
            column.add("milestones", period(milestone.date) + t("colon") + milestone.event, milestone)
        for honour in case.honours:
            date = period(honour.date) if honour.date else t("absent.no-date")
            column.add("honours", honour.title, honour, more=[text for text in (honour.holder, date) if text])
        column.unless("started", t("absent.not-stated"))
        column.unless("milestones", t("verdict.silent"))
        column.unless("honours", t("verdict.silent"))

    def _evidence(self, column: "_Column", case: Case) -> None:
        t, words = self._words.t, self._words
        for passage in case.sources:
            id = passage.source
            more = [words.locator(passage.locator), self._corpus.sources[id].nature]
            column.add("sources", words.source_title(id), more=more, address=f"sources/{id}.html")
        column.add("lines", t("compare.lines-n", n=lines_of(case)))
        column.add("claims", t("compare.claims-n", n=sum(1 for _ in citations(case))))
        column.add("reviewed", t("case.reviewed", date=words.period(case.review.date), by=case.review.by))


class _Column:
    """What one case says, row by row, with its evidence numbered from 0 in the order in which it comes up."""

    def __init__(self, corpus: Corpus, case: Case, words: Words) -> None:
        self._corpus, self._case, self._words = corpus, case, words
        self._numbers: dict[tuple[str, str, str], int] = {}
        self.cells: dict[str, list[Item]] = {}
        self.sources: dict[str, str] = {}

    def add(self, key: str, text: str, *claims: Citation | Coded, **other: Any) -> None:
        """One more item in a cell; of `other`, what is empty or false is left out."""
        citations = [claim.citation if isinstance(claim, Coded) else claim for claim in claims]
        numbers = dict.fromkeys(self._number(citation) for citation in citations if citation)
        told = {"evidence": [*numbers], **other}
        self.cells.setdefault(key, []).append({"text": text} | {name: value for name, value in told.items() if value})

    def coded(self, key: str, text: str, claim: Coded, more: Iterable[str] = ()) -> None:
        """An item that the text states or the editor inferred."""
        inferred = [self._words.t("basis.inferred")] if claim.inferred else []
        self.add(key, text, claim, more=[*more, *inferred])

    def unless(self, key: str, text: str) -> None:
        """Says that there is nothing, in words, unless something stands there."""
        if key not in self.cells:
            self.add(key, text, absent=True)

    @property
    def evidence(self) -> list[tuple[str, str, str]]:
        """(source, place in it in words, phrase as stated)"""
        return [(source, self._words.locator(locator), stated) for source, locator, stated in self._numbers]

    def _number(self, citation: Citation) -> int:
        source = self._corpus.source_of(self._case, citation)
        self.sources[source] = self._words.source_title(source)
        return self._numbers.setdefault((source, citation.locator, citation.as_stated), len(self._numbers))


def _row(formula: Formula) -> str:
    """The row of what all parts count."""
    counted = {part.counts for part in formula.parts if part.counts}
    return MIXED_COUNT if len(counted) > 1 else f"formula-{counted.pop()}" if counted else NO_COUNT
