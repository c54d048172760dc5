"""The built site in a real browser, from disk, with the network off."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.conftest import Tab


class Document(HTMLParser):
    """The parts of a page that other pages rely on."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.scripts: list[str | None] = []
        self.handlers: list[str] = []
        self.language: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag in ("a", "link"):
            self.links.append(given.get("href") or "")
        if tag == "script":
            self.scripts.append(given.get("src"))
        if tag == "html":
            self.language = given.get("lang")
        self.handlers += [name for name in given if name.startswith("on")]


def pages(site: Path) -> Iterator[tuple[Path, Document]]:
    for path in sorted(site.rglob("*.html")):
        yield path, Document(path.read_text(encoding="utf-8"))


def test_every_link_and_fragment_leads_somewhere(site: Path) -> None:
    """A reader who follows a link on any page arrives, at the place on the page that was meant."""
    known = {path.resolve(): set(document.ids) for path, document in pages(site)}
    broken = []
    for path, document in pages(site):
        if path.name == "404.html":
            continue  # served at any address, so its links start at the root
        for link in document.links:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https") or "=" in parts.fragment:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            if not target.is_file() or (parts.fragment and parts.fragment not in known.get(target, {parts.fragment})):
                broken.append(f"{path.relative_to(site)} → {link}")
    assert not broken


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    """A permalink opens one place."""
    twice = {path.name: {i for i in d.ids if d.ids.count(i) > 1} for path, d in pages(site)}
    assert not {name: ids for name, ids in twice.items() if ids}


def test_pages_run_no_script_but_our_own_files(site: Path) -> None:
    """The content security policy of every page can be as strict as it says."""
    for path, document in pages(site):
        text = path.read_text(encoding="utf-8")
        assert "script-src 'self';" in text, path
        assert not document.handlers, path
        assert all(src and not urlsplit(src).scheme for src in document.scripts), path
        assert document.language == "zh-Hans", path


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
