"""Figures: no label is merged, hidden or read as mathematics, and every mark says what it stands for."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from casebook.analyse import analyse
from casebook.charts.drawing import draw
from casebook.charts.marks import (
    DOTS,
    ROWS,
    Bar,
    BarChart,
    CellChart,
    Chart,
    Dot,
    DotChart,
    Head,
    ScatterChart,
    ScatterDot,
    Span,
    TimeChart,
    TimeRow,
    is_too_large,
)
from casebook.charts.svg import LONGEST, WIDTH, ems
from casebook.render import render
from casebook.render.environment import open_templates
from tests.conftest import ROOT, Tab
from tests.tiny import observations, seen, tiny

STYLE = ROOT / "templates" / "charts.mplstyle"
SVG = "{http://www.w3.org/2000/svg}"
ODD = (
    *("同名", "同名", "_first", "$x^2$", r"a_1 \alpha", "$", "<b>&", "'\"", "font: bold 9px a", "#0a0b01 #figure_1"),
    *('a id="b" c', 'xlink:href="#d"', 'a target="_blank" b', "<!-- -->", "]]>", "@root/x"),
)
"""Two that are equal, what matplotlib leaves out of a legend, reads as mathematics or writes itself, what is markup."""


def charts(labels: tuple[str, ...]) -> dict[str, Chart]:
    """Every kind of chart with these labels, and numbers that are all alike."""
    heads, url = tuple(Head(label, "x.html") for label in labels), "x.html"
    cells = tuple(tuple(labels[:3]) for _ in labels)
    return {
        "bars": BarChart("t", "d", tuple(Bar(label, (1, 1, 1), url, label) for label in labels), labels[1:4]),
        "dots": DotChart("t", "d", tuple(Dot(label, 1, 1, True, "1", url) for label in labels), "个"),
        "timeline": TimeChart("t", "d", tuple(TimeRow(h, (Span(2018, 2019, True, h.label),)) for h in heads)),
        "scatter": ScatterChart("t", "d", tuple(ScatterDot(100, 1, label, label, url) for label in labels), "个"),
        **{kind: CellChart(kind, "t", "d", heads, heads[:3], cells) for kind in ("steps", "tiers", "sets")},
    }


KINDS = sorted(set(charts(ODD)) - {"tiers"})  # the rows of tiers have no labels


def words(svg: str) -> list[str]:
    """The words that stand in a figure, one piece a label or a line of one."""
    return ["".join(each.itertext()) for each in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
def test_each_label_is_shown_as_it_is(kind: str) -> None:
    """Equal names stay two rows, a leading underscore hides nothing, and a dollar sign is a dollar sign."""
    shown = words(draw(charts(ODD)[kind], STYLE))
    for label in ODD:
        assert shown.count(label) >= ODD.count(label), (label, shown)


@pytest.mark.parametrize("kind", ["bars", "dots", "timeline", "scatter"])
def test_each_mark_is_told_as_it_is(kind: str) -> None:
    """The same on hover and for a screen reader; no word becomes an id, of which a page may have only one."""
    root = ElementTree.fromstring(draw(charts(ODD)[kind], STYLE))
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    names = [link.get("aria-label", "") for link in root.iter(f"{SVG}a")]
    for label in ODD:
        assert {label, f"{label} 1"} & set(titles) & set(names), (label, titles)
    assert all(re.fullmatch("[a-z]+[0-9a-f]{10}", each.get("id", "p0123456789")) for each in root.iter())


@pytest.mark.parametrize("kind", sorted(charts(ODD)))
def test_a_label_without_end_leaves_room_for_the_figure(kind: str) -> None:
    """It is cut, as the table beside the figure has it whole; one that just fits is not."""
    fits, longer = "长" * LONGEST, "长" * (LONGEST + 1)
    chart = charts((longer * 20, longer + " x" * 200, longer, fits))[kind]
    shown = words(draw(replace(chart, key=()) if isinstance(chart, BarChart) else chart, STYLE))
    assert all(ems(word) <= LONGEST for word in shown), shown
    assert sum(word.endswith("…") for word in shown) >= 3, shown
    if kind in {"bars", "dots", "timeline", "scatter"}:
        assert fits in shown and "长" * (LONGEST - 1) + "…" in shown


def test_values_of_many_sizes_stand_on_a_logarithmic_axis() -> None:
    """Dots and ranges lie inside the figure, the smallest leftmost, and the values are told."""
    dots = [Dot(str(high), high / 2, high, True, f"{high:,}") for high in (10, 1000, 10_000_000)]
    svg = draw(DotChart("t", "d", tuple(dots), "个", logarithmic=True), STYLE)
    places = [float(x) for x in re.findall(r'<use href="#\w+" x="([\d.]+)"', svg)]
    marks = [place for place in places if place in places[-3:]]
    assert marks == sorted(marks) and marks[0] > 0 and marks[-1] < WIDTH
    assert {"10", "1,000", "10,000,000"} <= set(words(svg))


def test_the_words_for_segments_are_shown_as_they_are() -> None:
    """The same in the key of bars, where matplotlib would leave out what begins with an underscore."""
    chart = BarChart("t", "d", (Bar("甲", (1, 1, 1)),), ("_one", "$x^2$", "_one"))
    assert [word for word in words(draw(chart, STYLE)) if word in chart.key] == list(chart.key)


def test_columns_with_one_name_stay_apart() -> None:
    """Two cases of the same name are two columns."""
    chart = CellChart("tiers", "t", "d", (Head(""),), (Head("同名"), Head("同名")), (("甲", "乙"),))
    shown = words(draw(chart, STYLE))
    assert shown.count("同名") == 2 and {"甲", "乙"} <= set(shown)


@pytest.mark.parametrize("kind", ["bars", "dots", "timeline", "scatter"])
def test_each_mark_is_one_named_link(kind: str) -> None:
    """Whoever goes through a figure with keys stops once at each mark and hears what it stands for."""
    labels = ("甲", "乙", "丙")
    root = ElementTree.fromstring(draw(charts(labels)[kind], STYLE))
    stops = [a.get("aria-label", "") for a in root.iter(f"{SVG}a") if a.get("tabindex") != "-1" and a.get("aria-label")]
    assert [stop.split(" ")[0] for stop in stops] == list(labels)


@pytest.mark.parametrize("kind", sorted(charts(ODD)))
def test_figures_take_their_colours_from_the_page(kind: str) -> None:
    """Light, dark and paper are the style sheet's business: a figure holds no colour of its own."""
    assert not re.findall(r"(?:fill|stroke): (?:#[0-9a-f]{3,6})", draw(charts(("甲", "乙", "丙"))[kind], STYLE))


FIGURES = (
    *("index.html", "timeline.html", "evidence.html", "indicators/area-km2.html", "mechanisms/points.html"),
    *("places/guangdongsheng.html", "comparisons/cross-boundary.html"),
)


@pytest.mark.parametrize("address", FIGURES)
def test_a_mark_says_its_value_on_hover_and_on_focus(tab: Tab, address: str) -> None:
    """By mouse and by keys alike, in the words that a screen reader speaks; Escape takes them away."""
    page, tip = tab.open(address), tab.page.locator(".tip")
    marks = page.locator(".figure svg a[aria-label]")
    assert page.locator(".figure svg [data-tip]:not(:has(a))").count() == 0
    for mark in (marks.first, marks.last):
        name = mark.get_attribute("aria-label")
        mark.focus()
        assert tip.inner_text() == name
        page.keyboard.press("Escape")
        assert not tip.is_visible()
        mark.dispatch_event("pointerover")
        assert tip.inner_text() == name
        box = tip.bounding_box()
        assert box and box["x"] >= 0 and box["x"] + box["width"] <= 1280
    page.locator("h1").dispatch_event("pointerover")
    assert not tip.is_visible()
    assert not tab.errors


def test_every_figure_is_told_in_words(tab: Tab) -> None:
    """Each has a title, a description, and a table on its page."""
    for address in FIGURES:
        page = tab.open(address)
        for figure in page.locator(".figure svg").all():
            assert figure.locator(":scope > title").text_content()
            assert figure.locator(":scope > desc").text_content()
        assert page.locator("article table").count()


@pytest.mark.parametrize(("cases", "drawn"), [(ROWS, True), (ROWS + 1, False)])
def test_what_is_too_large_for_a_figure_is_told_and_stays_in_the_table(cases: int, drawn: bool) -> None:
    """A figure stays readable however many cases there are; beyond that its page says so, and lists all."""
    values = (observations(seen("people", str(n), "人", "人", f"{n}人", 'as_of: "2020"')) for n in range(1, cases + 1))
    corpus, files = tiny(*values), {f"cases/case-{number}.yml": b"" for number in range(cases)}
    results, templates = analyse(corpus), open_templates(ROOT / "templates")
    (text,) = (f.text for f in render(corpus, results, templates, {}, files).files if f.path == "indicators/people.md")
    assert ("<svg" in text) == drawn
    assert ("无法辨认" in text) != drawn
    assert len(set(re.findall(r"cases/case-\d+\.html", text))) == cases


@pytest.mark.parametrize("kind", sorted(charts(ODD)))
@pytest.mark.parametrize("more", [0, 1])
def test_every_kind_of_figure_has_its_limit(kind: str, more: int) -> None:
    """Whatever is drawn, its page cannot be made to grow without end."""
    most = DOTS if kind == "scatter" else ROWS
    chart = charts(tuple(f"{number}" for number in range(most + more)))[kind]
    assert is_too_large(chart) == bool(more)
