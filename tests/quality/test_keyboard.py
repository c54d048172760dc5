"""The site without a mouse, and without motion."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.quality.conftest import largest

RINGED = """() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    const ringed = document.activeElement === document.body
      || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
    return [ringed, document.activeElement.outerHTML.slice(0, 120)];
}"""
STOPS = 30


@pytest.fixture
def keys(browser: Browser) -> Iterator[Page]:
    """A tab in which only keys are pressed."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def skip(page: Page) -> None:
    """Goes from the top of a page to its text."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is on `selector`."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not among the first {STOPS} stops")


def test_the_first_stop_skips_to_the_text(keys: Page, address: str, site: Path) -> None:
    """Nobody has to walk through the header of every page."""
    keys.goto(address + largest(site, "cases"))
    keys.keyboard.press("Tab")
    assert keys.evaluate("document.activeElement.matches('a.skip')")
    assert keys.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    keys.keyboard.press("Enter")
    keys.keyboard.press("Tab")
    assert keys.evaluate("document.activeElement.closest('main') !== null")


def test_every_stop_is_seen(keys: Page, address: str, kinds: list[str]) -> None:
    """The focus has a visible ring wherever it goes: in the header, which all pages share, and in every text."""
    for page in kinds:
        keys.goto(address + page)
        if page != "index.html":
            skip(keys)
        for _ in range(STOPS):
            keys.keyboard.press("Tab")
            ringed, where = keys.evaluate(RINGED)
            assert ringed, (page, where)


def test_facets_are_chosen_with_keys(keys: Page, address: str) -> None:
    """Space opens a facet and chooses a value; the focus stays on it although the list is drawn anew."""
    keys.goto(address + "cases.html")
    keys.wait_for_selector("[data-ready]")
    before = keys.locator("[data-rows] > li").count()
    skip(keys)
    tab_to(keys, "[data-facets] details:not([open]) summary")
    keys.keyboard.press("Space")
    keys.keyboard.press("Tab")
    chosen = keys.evaluate("document.activeElement.value")
    keys.keyboard.press("Space")
    assert 0 < keys.locator("[data-rows] > li").count() < before
    assert keys.evaluate("[document.activeElement.value, document.activeElement.checked]") == [chosen, True]


def test_evidence_opens_and_closes_with_keys(keys: Page, address: str, site: Path) -> None:
    """Enter opens the card of a number and goes into it, its source is one stop away, Escape goes back to the mark."""
    keys.goto(address + largest(site, "cases"))
    keys.locator("a.ev").first.focus()
    mark = keys.evaluate("document.activeElement.hash")
    keys.keyboard.press("Enter")
    assert keys.locator("[data-card]").is_visible()
    assert keys.evaluate("document.activeElement.closest('[data-card]') !== null")
    assert "sources/" in keys.evaluate("document.activeElement.href || ''")
    keys.keyboard.press("Escape")
    assert not keys.locator("[data-card]").is_visible()
    assert keys.evaluate("document.activeElement.hash") == mark


def test_a_link_to_a_piece_of_evidence_opens_at_it(keys: Page, address: str, site: Path) -> None:
    """The number of a claim is an address that can be passed on."""
    case = largest(site, "cases")
    keys.goto(address + case)
    last = keys.locator(".notes li").last.get_attribute("id")
    keys.goto("about:blank")
    keys.goto(f"{address}{case}#{last}")
    assert keys.evaluate("document.querySelector(':target').id") == last
    assert keys.locator(f"#{last}").bounding_box()["y"] < 900  # type: ignore[index]


def test_cases_lead_to_their_neighbours_and_can_be_cited(keys: Page, address: str, site: Path) -> None:
    """A reader walks the list from case to case, and takes each away with its address."""
    keys.goto(address + "cases.html")
    order = keys.locator("[data-rows] > li > a").evaluate_all("(links) => links.map((link) => link.href)")
    keys.goto(order[0])
    keys.locator("a[rel=next]").press("Enter")
    keys.wait_for_url(order[1])
    assert keys.locator("a[rel=prev]").evaluate("(link) => link.href") == order[0]
    assert order[1] in keys.locator("[data-cite-text]").inner_text()
    keys.goto((site / "cases" / order[1].rpartition("/")[2]).as_uri())
    assert str(site) not in keys.locator("[data-cite-text]").inner_text()


def test_nothing_moves_for_who_asks_for_rest(browser: Browser, address: str, kinds: list[str]) -> None:
    """Reduced motion means none."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    moving = """() => [...document.querySelectorAll("*")].filter((each) => {
        const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(each);
        return animationName !== "none" || transitionDuration !== "0s" || scrollBehavior === "smooth";
    }).map((each) => each.outerHTML.slice(0, 80))"""
    for kind in kinds:
        page.goto(address + kind)
        assert page.evaluate(moving) == []
    context.close()


def test_a_chosen_darkness_is_there_before_the_first_paint(browser: Browser, address: str) -> None:
    """Whoever reads in the dark is not blinded while a page loads: the choice is known before there is a body."""
    context = browser.new_context(color_scheme="light", bypass_csp=True)
    page = context.new_page()
    page.goto(address + "index.html")
    page.click("[data-theme-toggle]")
    page.add_init_script(
        "new MutationObserver((_, observer) => { if (document.body) { window.known = document.documentElement"
        ".dataset.theme; observer.disconnect(); } }).observe(document, { childList: true, subtree: true });"
    )
    page.goto(address + "cases.html")
    assert page.evaluate("window.known") == "dark"
    context.close()
