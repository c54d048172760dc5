"""One zip to hand on: unpacked anywhere, without a network, it is the whole site."""

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from casebook.publish import pack
from tests.conftest import ROOT, Tab

FOLDER = "离线 资料 #1 100% ？ 真的?a=b&c"
"""What people call folders; an address must escape most of it."""


@pytest.fixture
def unpacked(site: Path, tmp_path: Path, browser: Browser) -> Iterator[Tab]:
    """A tab without network on what the zip holds."""
    packed = tmp_path / "casebook.zip"
    pack(site, ROOT, packed, date(2024, 6, 1), lambda process: None)
    with zipfile.ZipFile(packed) as zipped:
        assert zipped.testzip() is None
        zipped.extractall(tmp_path / FOLDER)
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield Tab(context.new_page(), tmp_path / FOLDER / "casebook")
    context.close()


def test_the_zip_is_the_whole_site_under_any_path(unpacked: Tab) -> None:
    """Home, search, list, matrix, a case, cases side by side: all work by double-clicking, with no error."""
    page = unpacked.open("index.html")
    field = page.locator("[data-search-input]").first
    field.fill("议事会")
    option = page.locator("[data-suggest] [role=option]").first
    expect(option).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("h1")).to_be_visible()
    assert page.url.startswith(unpacked.site.as_uri()) and "/index.html" not in page.url
    unpacked.open("search.html#q=小板凳")
    expect(page.locator("[data-results] a").first).to_be_visible()

    unpacked.open("cases.html")
    page.wait_for_selector("[data-ready]")
    rows = page.locator("[data-rows] > li")
    everything = rows.count()
    page.fill("[data-filter]", "爱园")
    expect(rows).not_to_have_count(everything)
    page.fill("[data-filter]", "")
    picks = page.locator("[data-basket-id] button.pick")
    chosen = page.locator("[data-basket-id]").evaluate_all("all => all.slice(0, 2).map(one => one.dataset.basketId)")
    for number in range(2):
        picks.nth(number).click()
    page.locator(".basket summary").click()
    page.locator("[data-basket-go]").click()
    page.locator(f".compare[data-ready='{','.join(chosen)}']").wait_for(state="attached")
    assert page.locator(".sides thead a").count() >= len(chosen)

    unpacked.open("matrix.html")
    page.wait_for_selector("[data-ready]")
    unpacked.open("cases/suqian-aiyuan.html").locator("#figures ~ .table a.ev").last.click()
    expect(page.locator("[data-card]")).to_be_visible()
    assert not unpacked.errors and not unpacked.outside
