"""Every kind of page at the widths of phones and tablets."""

import pytest
from playwright.sync_api import Browser


@pytest.mark.parametrize("width", [320, 360, 768])
def test_no_page_scrolls_sideways(browser: Browser, address: str, kinds: list[str], width: int) -> None:
    """Wide tables and figures scroll inside themselves."""
    context = browser.new_context(viewport={"width": width, "height": 740}, has_touch=True)
    tab = context.new_page()
    wide = []
    for page in kinds:
        tab.goto(address + page, wait_until="networkidle" if "#" in page else "load")
        if tab.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(page)
    context.close()
    assert not wide
