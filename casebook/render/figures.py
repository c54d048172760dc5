"""Which figure stands on which page: results → charts → SVG, remembered by content."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from casebook.analyse import Results
from casebook.analyse.comparability import Group
from casebook.charts.marks import Bar, BarChart, Chart, Dot, DotChart, is_too_large
from casebook.corpus import Corpus
from casebook.model.comparison import Comparison, Figure
from casebook.points import Point
from casebook.render.essay_figures import essay_charts
from casebook.render.pages import PageSpec
from casebook.render.strength import evidence_charts
from casebook.render.timeline import timeline_charts
from casebook.render.views import common_mechanisms, group_counts
from casebook.render.words import Words

VERDICTS = ("present", "planned", "mentioned")
LOG_FROM = 50
"""A range of values wider than this is drawn on a logarithmic axis."""


class Drawings:
    """Draws the figures of one page at a time. `drawn` maps a chart's description to its SVG across builds."""

    def __init__(self, corpus: Corpus, results: Results, words: Words, style: Path, drawn: dict[str, str]) -> None:
        self._corpus, self._results, self._words = corpus, results, words
        self._style, self._drawn = style, drawn

    def of(self, spec: PageSpec) -> dict[str, Any]:
        """Figure name → SVG (or a list of them), as the page's template expects; None where nothing is to be drawn."""
        make: dict[str, Callable[[PageSpec], dict[str, Any]]] = {
            "home": self._home,
            "mechanism": self._mechanism,
            "indicator": self._indicator,
            "place": self._place,
            "comparison": self._comparison,
            "evidence": self._evidence,
            "timeline": self._timeline,
        }
        return make[spec.template](spec) if spec.template in make else {}

    def _home(self, _: PageSpec) -> dict[str, Any]:
        t = self._words.t
        uses = common_mechanisms(self._results)
        if not uses:
            return {"common": None}
        bars = tuple(self._bar(use.id, tuple(use.tally[v] for v in VERDICTS)) for use in uses)
        first = self._words.label("mechanisms", uses[0].id)
        title = t("home.common-title", first=first, n=len(self._corpus.counted), count=uses[0].total)
        chart = BarChart(title, t("home.common-description"), bars, tuple(t(f"verdict.{v}") for v in VERDICTS))
        return {"common": self._draw(chart)}

    def _mechanism(self, spec: PageSpec) -> dict[str, Any]:
        t, use = self._words.t, spec.context["use"]
        together = use.together[:10]  # type: ignore[attr-defined]
        if not together:
            return {"together": None}
        first, count = together[0]
        name = self._words.label("mechanisms", first)
        title = t("mechanism.together-title", name=spec.title, first=name, count=count)
        bars = tuple(self._bar(id, (n,)) for id, n in together)
        return {"together": self._draw(BarChart(title, t("mechanism.together-description"), bars))}

    def _bar(self, mechanism: str, segments: tuple[int, ...]) -> Bar:
        label = self._words.label("mechanisms", mechanism)
        return Bar(label, segments, f"mechanisms/{mechanism}.html", self._told(label, segments))

    def _told(self, label: str, segments: tuple[int, ...]) -> str:
        if len(segments) == 1:
            return f"{label} {segments[0]}"
        told = (f"{self._words.t(f'verdict.{v}')} {n}" for v, n in zip(VERDICTS, segments, strict=True))
        return label + self._words.t("colon") + self._words.separator().join(told)

    def _place(self, spec: PageSpec) -> dict[str, Any]:
        t, node = self._words.t, spec.context["node"]
        here = [id for id in node.all_cases() if id in self._corpus.counted]  # type: ignore[attr-defined]
        rows = [row for row in group_counts(self._results, here, self._words) if row[2]]
        if not rows:
            return {"groups": None}
        title = t("place.title", name=spec.title, n=len(here), first=rows[0][1])
        bars = tuple(Bar(label, (n,), f"mechanisms/index.html#g-{id}", f"{label} {n}") for id, label, n, _ in rows)
        return {"groups": self._draw(BarChart(title, t("place.description"), bars))}

    def _indicator(self, spec: PageSpec) -> dict[str, Any]:
        groups = spec.context["series"].groups  # type: ignore[attr-defined]
        return {"groups": [(group, self._draw(self._dots(spec.title, group))) for group in groups]}

    def _dots(self, title: str, group: Group) -> DotChart:
        dots = tuple(self._dot(point) for point in group.points)
        smallest, largest = min(dot.low for dot in dots), max(dot.high for dot in dots)
        wide = smallest > 0 and largest / smallest > LOG_FROM
        return DotChart(title, self._words.t("indicator.description"), dots, group.unit or "", wide)

    def _dot(self, point: Point) -> Dot:
        assert point.low is not None and point.high is not None and point.quantity is not None
        return Dot(
            label=self._corpus.cases[point.case].name,
            low=float(point.low),
            high=float(point.high),
            firm=point.quantity.bound == "exact",
            shown=self._words.quantity(point.quantity),
            url=f"cases/{point.case}.html#figures",
        )

    def _comparison(self, spec: PageSpec) -> dict[str, Any]:
        """`figures`: for each figure of the comparison, its drawings."""
        comparison = self._corpus.comparisons[str(spec.context["id"])]
        return {"figures": [[self._draw(c) for c in self._charts(comparison, f)] for f in comparison.figures]}

    def _evidence(self, _: PageSpec) -> dict[str, Any]:
        return self._each(evidence_charts(self._corpus, self._results, self._words))

    def _timeline(self, _: PageSpec) -> dict[str, Any]:
        return self._each(timeline_charts(self._corpus, self._results, self._words))

    def _each(self, charts: dict[str, Chart | None]) -> dict[str, Any]:
        return {name: self._draw(chart) if chart else None for name, chart in charts.items()}

    def _charts(self, comparison: Comparison, figure: Figure) -> list[Chart]:
        if figure.kind == "peers":
            groups = self._results.series[figure.indicator or ""].groups
            return [self._dots(figure.title, group) for group in groups]
        return essay_charts(self._corpus, self._words, comparison, figure)

    def _draw(self, chart: Chart) -> str:
        """The figure; nothing where it would be too large to read: the page tells so, and its table has everything."""
        return "" if is_too_large(chart) else self._svg(chart)

    def _svg(self, chart: Chart) -> str:
        key = repr(chart)
        if key not in self._drawn:
            # matplotlib takes a third of a second to import: only where a figure is new.
            from casebook.charts.drawing import draw

            self._drawn[key] = draw(chart, self._style)
        return self._drawn[key]


class Undrawn(Drawings):
    """The same figures as charts: what each page shows, without drawing it."""

    def charts(self, spec: PageSpec) -> list[Chart]:
        """The charts of one page, in their order."""
        self._asked: list[Chart] = []
        self.of(spec)
        return self._asked

    def _svg(self, chart: Chart) -> str:
        self._asked.append(chart)
        return ""
