"""axe-core on the built site: names, roles, contrast, order and landmarks of every page, and of what opens on it."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.quality.conftest import largest, tool

TABS = 2
START = "() => { window.measured = axe.run(document, { resultTypes: ['violations'] }); }"
RESULT = """() => window.measured.then(({ violations }) => violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary}`)))"""

Open = Callable[..., BrowserContext]


@pytest.fixture
def with_axe(browser: Browser) -> Iterator[Open]:
    """Opens a context whose every page brings axe along, which the site's own policy would refuse."""
    script = (tool("axe-core") / "axe.min.js").read_text(encoding="utf-8")
    opened = []

    def open_context(**options: object) -> BrowserContext:
        context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900}, **options)  # type: ignore[arg-type]
        context.add_init_script(script)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()


def violations(context: BrowserContext, address: str, pages: Iterable[str]) -> list[str]:
    """What axe has against the pages. The tabs measure at once, each in a process of its own."""
    tabs, todo, found = [context.new_page() for _ in range(TABS)], list(pages), []
    while todo:
        busy = [(tab, todo.pop()) for tab in tabs if todo]
        for tab, page in busy:
            tab.goto(address + page, wait_until="networkidle" if "#" in page else "load")
            tab.evaluate(START)
        for tab, page in busy:
            found += [f"{page}: {violation}" for violation in tab.evaluate(RESULT)]
    return found


def test_no_page_has_a_barrier(with_axe: Open, address: str, pages: list[str]) -> None:
    """Whoever reads by ear, by keyboard or with little contrast can use every page."""
    assert violations(with_axe(color_scheme="light"), address, pages) == []


def test_no_kind_of_page_has_a_barrier_in_the_dark(with_axe: Open, address: str, kinds: list[str]) -> None:
    """The dark twins of the colours are as readable as the light ones."""
    assert violations(with_axe(color_scheme="dark"), address, kinds) == []


def choose_facets(page: Page) -> None:
    page.wait_for_selector("[data-ready]")
    page.evaluate("document.querySelectorAll('[data-facets] details').forEach((each) => { each.open = true; })")
    page.locator("[data-facets] input").first.check()


def search(page: Page) -> None:
    page.fill("[data-search-field]", "社区")
    page.wait_for_selector("[data-results] a")


def suggest(page: Page) -> None:
    page.fill("[data-search-input]", "社区")
    page.wait_for_selector("[data-suggest] [role=option]")


def fill_basket(page: Page) -> None:
    for button in page.locator("button.pick").all()[:2]:
        button.click()
    page.click("[data-basket] summary")
    page.wait_for_selector("[data-basket-list] a")


def open_cell(page: Page) -> None:
    page.wait_for_selector("main [data-ready]")
    page.locator("[data-column]:enabled").first.click()
    page.locator("tbody a.verdict").first.click()
    page.wait_for_selector("[data-card]:not([hidden])")


def open_evidence(page: Page) -> None:
    page.locator("a.ev").first.click()
    page.wait_for_selector("[data-card]:not([hidden])")


def fill_in(page: Page) -> None:
    page.wait_for_selector("[data-ready]")
    page.evaluate("location.hash = 'edit=' + document.querySelector('datalist option').value")
    page.wait_for_selector("[data-ready]:not([data-ready=new])")
    while page.locator("main details:not([open])").count():
        page.evaluate("document.querySelectorAll('main details:not([open])').forEach((each) => { each.open = true; })")
        page.wait_for_timeout(50)
    page.fill("#form-id", "")
    page.click("[data-do=check]")
    page.wait_for_selector("[data-problems] li")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("page", "act"),
    [
        ("cases.html", choose_facets),
        ("cases.html", fill_basket),
        ("matrix.html", choose_facets),
        ("matrix.html", open_cell),
        ("search.html", search),
        ("index.html", suggest),
        ("cases", open_evidence),
        ("form.html", fill_in),
    ],
)
def test_what_opens_on_a_page_has_no_barrier(
    with_axe: Open, address: str, site: Path, page: str, act: Callable[[Page], None], scheme: str
) -> None:
    """Facets, basket, results, suggestions and evidence cards are as accessible as the pages that they open on."""
    tab = with_axe(color_scheme=scheme).new_page()
    tab.goto(address + (page if page.endswith(".html") else largest(site, page)))
    act(tab)
    tab.evaluate(START)
    assert tab.evaluate(RESULT) == []
