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
