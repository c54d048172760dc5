"""Which pages and figures become others: both sides are rendered, without drawing, and compared as texts."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from casebook.analyse import Results
from casebook.changes.sides import Side
from casebook.charts.marks import Chart
from casebook.render import render
from casebook.render.environment import Templates
from casebook.render.figures import Undrawn
from casebook.render.pages import page_list
from casebook.render.words import Words

What = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class PageChange:
    """A page that is new, gone or different; `figures` are the titles of its figures that are, with what they are."""

    what: What
    address: str
    title: str
    figures: tuple[tuple[What, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    title: str
    text: str
    charts: tuple[Chart, ...]


def page_changes(
    sides: tuple[Side, Side], results: tuple[Results, Results], templates: Templates
) -> tuple[PageChange, ...]:
    """Every page that is not the same on both sides, by address."""
    old, new = (_pages(side, result, templates) for side, result in zip(sides, results, strict=True))
    found = []
    for address in sorted({*old, *new}):
        one, two = old.get(address), new.get(address)
        if one != two:
            what: What = "added" if one is None else "removed" if two is None else "changed"
            seen = two or one
            assert seen is not None
            found.append(PageChange(what, address, seen.title, _figures(one, two)))
    return tuple(found)


def _pages(side: Side, results: Results, templates: Templates) -> dict[str, _Seen]:
    words = Words(templates.interface[side.corpus.site.interface], side.corpus)
    undrawn = Undrawn(side.corpus, results, words, templates.folder / "charts.mplstyle", {})
    charts = {spec.path: tuple(undrawn.charts(spec)) for spec in page_list(side.corpus, results, words)}
    # Equal charts are equal figures, byte for byte: a chart's description stands for what would be drawn.
    drawn = {repr(chart): repr(chart) for each in charts.values() for chart in each}
    made = render(side.corpus, results, templates, drawn, side.files)
    return {
        file.address: _Seen(str(file.meta["title"]), f"{file.meta}\n{file.text}", charts[file.path])
        for file in made.files
        if file.is_page
    }


def _figures(one: _Seen | None, two: _Seen | None) -> tuple[tuple[What, str], ...]:
    """(what, title) of the figures that differ; those that are the same somewhere on both pages do not."""
    before = [chart for chart in (one.charts if one else ()) if two is None or chart not in two.charts]
    after = [chart for chart in (two.charts if two else ()) if one is None or chart not in one.charts]
    return tuple(
        ("changed" if old and new else "added" if new else "removed", (new or old).title)
        for old, new in zip_longest(before, after)
    )
