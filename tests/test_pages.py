"""The built site in a real browser, from disk, with the network off."""

import re
from pathlib import Path

import pytest

from tests.conftest import Tab


def test_pages_say_their_language(site: Path) -> None:
    """Screen readers pronounce, and browsers choose fonts, by it."""
    for path in site.rglob("*.html"):
        assert '<html lang="zh-Hans"' in path.read_text(encoding="utf-8"), path


def test_every_page_opens_from_disk_without_an_error(tab: Tab) -> None:
    """Double-clicking any page of the folder works, with no network."""
    for path in sorted(tab.site.rglob("*.html")):
        if path.name == "404.html":
            continue  # only a server shows it, and its addresses begin at the server's root
        tab.open(str(path.relative_to(tab.site)))
        assert tab.page.title(), path
        assert not tab.errors, (path, tab.errors)
    assert not tab.outside


@pytest.mark.parametrize(
    "address",
    [
        *("index.html", "cases.html", "matrix.html", "search.html", "formulas.html", "coverage.html", "method.html"),
        *("cases/zhaoqing-xinghu.html", "mechanisms/points.html", "indicators/area-km2.html", "sources/index.html"),
        *("places/index.html", "timeline.html", "actors.html", "data/index.html", "sources/jiangsu-list.html"),
    ],
)
def test_no_page_is_wider_than_a_phone(phone: Tab, address: str) -> None:
    """Wide tables and figures scroll inside themselves; the page never scrolls sideways."""
    page = phone.open(address)
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_facets_combine_and_live_in_the_address(tab: Tab) -> None:
    """OR within a facet, AND between facets, counts that follow, and a link that restores it all."""
    page = tab.open("cases.html")
    page.wait_for_selector("[data-ready]")
    rows = page.locator("[data-rows] > li")
    everything = rows.count()
    page.evaluate("document.querySelectorAll('[data-facets] details').forEach(d => d.open = true)")

    def count(facet: str, value: str) -> int:
        return int(page.locator(f'input[data-facet="{facet}"][value="{value}"] ~ small').inner_text())

    both = count("level", "town") + count("level", "village")
    page.check('input[data-facet="level"][value="town"]')
    page.check('input[data-facet="level"][value="village"]')
    assert rows.count() == both < everything
    narrowed = count("mechanism", "points")
    page.check('input[data-facet="mechanism"][value="points"]')
    assert 0 < rows.count() == narrowed < both
    address = page.url
    assert "level=town,village" in address and "mechanism=points" in address
    page.goto("about:blank")
    page.goto(address)
    page.wait_for_selector("[data-ready]")
    assert rows.count() == narrowed
    page.click("[data-clear]")
    assert rows.count() == everything
    assert not tab.errors


def test_the_filter_finds_names_in_any_width(tab: Tab) -> None:
    """Typing narrows the list; full-width letters are the same letters."""
    page = tab.open("cases.html")
    page.wait_for_selector("[data-ready]")
    page.fill("[data-filter]", "３＋１＋Ｎ")
    names = page.locator("[data-rows] > li > a").all_inner_texts()
    assert names and all("3+1+N" in name.upper().replace(" ", "") for name in names)


def test_a_matrix_cell_leads_to_its_finding(tab: Tab) -> None:
    """Presence, plan and mention are told apart by shape, and each leads to its evidence."""
    page = tab.open("matrix.html")
    page.wait_for_selector("[data-ready]")
    page.select_option("[data-group]", "selfgov")
    shown = page.locator("thead tr:nth-child(2) th:visible").count()
    assert 0 < shown < page.locator("thead tr:nth-child(2) th").count()
    cell = page.locator('a.verdict[href$="shishan-langsha.html#m-points"]')
    assert "present" in (cell.get_attribute("class") or "")
    cell.click()
    assert page.url.endswith("cases/shishan-langsha.html#m-points")
    assert page.locator("#m-points").is_visible()


def test_a_number_shows_its_evidence_in_place(tab: Tab) -> None:
    """A click on the mark opens source, line and phrase without leaving the place; Escape goes back to the mark."""
    page = tab.open("cases/suqian-aiyuan.html")
    mark = page.locator("#figures ~ .table a.ev").last
    mark.click()
    card = page.locator("[data-card]")
    assert card.is_visible()
    assert re.search(r"第 46 行", card.inner_text())
    page.keyboard.press("Escape")
    assert not card.is_visible()
    assert page.evaluate("document.activeElement.className") == "ev"


def test_dark_and_light_can_be_chosen_and_are_kept(tab: Tab) -> None:
    """The choice outlives the page."""
    page = tab.open("index.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("[data-theme-toggle]")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    tab.open("cases.html")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
