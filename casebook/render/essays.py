"""Comparisons on their pages: prose whose references have become links, values and evidence marks."""

import re
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from casebook.analyse import Results
from casebook.analyse.alignments import align, dates
from casebook.analyse.places import place_at
from casebook.corpus import Corpus
from casebook.model.case import Milestone, Start
from casebook.model.comparison import Comparison, Figure
from casebook.points import Point
from casebook.prose import targets
from casebook.prose.essays import parts
from casebook.prose.paths import Statement, items, statements
from casebook.prose.references import find_references
from casebook.render.escape import plain
from casebook.render.page import Page
from casebook.render.prose import prose
from casebook.render.words import Words, amount, nowrap

Context = dict[str, Any]

# A place kept for a reference while its text is turned into HTML: private-use characters, which no content may hold.
KEPT = "\ue000{}\ue001"
_KEPT = re.compile("\ue000([0-9]+)\ue001")
_MARK = re.compile(r'<a class="ev"[^>]*>[0-9]+</a>')
LINKED = ("mechanisms", "indicators")


class Told:
    """Shows the references of one comparison. What it prints on a page, it notes there as evidence."""

    def __init__(self, corpus: Corpus, results: Results, words: Words, here: tuple[str, ...]) -> None:
        self._corpus, self._results, self._words, self._here = corpus, results, words, here

    def prose(self, page: Page, text: str) -> Markup:
        """Markdown with references, as safe HTML."""
        return self._filled(page, text, lambda given: prose(given, page.address))

    def line(self, page: Page, text: str) -> Markup:
        """One line of plain text with references."""
        return self._filled(page, text, plain)

    def plain(self, text: str) -> str:
        """What the prose says, without evidence marks and tags: for the search index."""
        shown = self.prose(Page("", self._corpus), text)
        return Markup(_MARK.sub("", shown)).striptags()

    def _filled(self, page: Page, text: str, render: Callable[[str], Markup]) -> Markup:
        found = find_references(text)
        for number in reversed(range(len(found))):
            text = text[: found[number].start] + KEPT.format(number) + text[found[number].end :]
        shown = [self._target(page, targets.resolve(self._corpus, reference, self._here)) for reference in found]
        # Only in text: inside a tag (a link's address) there is nothing to show.
        pieces = re.split(r"(<[^>]*>)", str(render(text)))
        pieces[::2] = [_KEPT.sub(lambda kept: str(shown[int(kept[1])]), piece) for piece in pieces[::2]]
        return Markup("".join(pieces))

    def _target(self, page: Page, target: targets.Target | targets.Fault) -> Markup:
        match target:
            case targets.CaseTarget(id):
                return page.case(id)
            case targets.TermTarget(vocabulary, id):
                label = self._words.label(vocabulary, id)
                return page.link(f"{vocabulary}/{id}.html", label) if vocabulary in LINKED else plain(label)
            case targets.PlaceTarget(path, text):
                return page.link(f"places/{place_at(self._results.places, path[:2]).slug}.html", text)
            case targets.SourceTarget(id):
                return page.link(f"sources/{id}.html", self._words.source_title(id))
            case targets.NumberTarget(number):
                return nowrap(f"{number:,}")
            case targets.StatementTarget(statement, form):
                return self._statement(page, statement, form)
            case targets.Fault(rule):
                raise ValueError(f"a comparison was not checked: {rule}")

    def _statement(self, page: Page, said: Statement, form: str) -> Markup:
        mark = page.evidence(self._corpus.cases[said.case], said.citation) if said.citation else Markup("")
        if form == "evidence":
            return mark
        if form == "quote":
            return Markup("<q>{}</q>{}").format(plain(getattr(said.citation, "as_stated", "")), mark)
        return self._shown(page, said) + mark

    def _shown(self, page: Page, said: Statement) -> Markup:
        words, value = self._words, said.value
        if said.key == "observations":
            shown = page.link(f"cases/{said.case}.html#figures", amount(self.point(said), words), "value")
            state = words.t(f"observation-status.{value.status}")
            return shown if value.status == "reported" else shown + Markup(" ") + _small("state", state)
        if said.part:
            return plain(words.separator().join(items(said)))
        if said.key == "formulas":
            return page.link(f"cases/{said.case}.html#formula-{said.index + 1}", value.slogan, "value")
        if isinstance(value, Start | Milestone):
            shown = nowrap(words.period(value.date or ""))
            inferred = isinstance(value, Start) and value.inferred
            return shown + _small("inferred", words.t("basis.inferred")) if inferred else shown
        if said.key == "status":
            return plain(words.t(f"status.{value}"))
        if said.key == "source":
            return page.link(f"sources/{value.source}.html", words.source_title(value.source))
        named = next((text for key in ("how", "title", "name") if (text := getattr(value, key, None))), None)
        return plain(named or words.label(said.key if said.key.endswith("s") else f"{said.key}s", value.term))

    def point(self, said: Statement) -> Point:
        """An observation as the series of its indicator has it."""
        points = self._results.series[said.value.indicator].points
        return next(point for point in points if (point.case, point.index) == (said.case, said.index))


def _small(kind: str, text: str) -> Markup:
    return Markup('<span class="{}">{}</span>').format(kind, text)


def comparison_view(context: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    """A comparison's page: `rows` are (case, cells), each cell a list of statements or a line of text."""
    id: Any = context["id"]
    comparison = corpus.comparisons[id]
    told = Told(corpus, results, words, comparison.cases)

    def cell(case: str, index: int) -> object:
        dimension = comparison.dimensions[index]
        if not dimension.data:
            return dimension.cells.get(case, "")
        return [said for path in dimension.data for said in statements(corpus, case, tuple(path.split("/")))]

    rows = [(case, [cell(case, i) for i in range(len(comparison.dimensions))]) for case in comparison.cases]
    figures = [(figure, _figure(corpus, results, comparison, figure)) for figure in comparison.figures]
    return {"rows": rows, "parts": parts(corpus, id), "told": told, "figures": figures}


def _figure(corpus: Corpus, results: Results, comparison: Comparison, figure: Figure) -> object:
    """What the table beside a figure shows: dates by case, a series, or an alignment."""
    if figure.kind == "timeline":
        return list(dates(corpus, comparison))
    return results.series[figure.indicator] if figure.indicator else align(corpus, comparison, figure)


def ordered(corpus: Corpus) -> list[tuple[str, Any]]:
    """(id, comparison) of every comparison, by `order`."""
    return sorted(corpus.comparisons.items(), key=lambda item: (item[1].order, item[0]))
