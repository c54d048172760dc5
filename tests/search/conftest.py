"""A browser, and a folder with the cases' own pages and index."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import launch
from tests.search.harness import case_documents, write_site


@pytest.fixture(scope="session")
def search_browser() -> Iterator[Browser]:
    """One browser for all tests of the search."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(search_browser: Browser) -> Iterator[Page]:
    """A fresh page in which an uncaught error fails the test."""
    page = search_browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors


@pytest.fixture(scope="session")
def searchable(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `search.html` that finds the cases: the one on which the gold queries are judged."""
    folder = tmp_path_factory.mktemp("search")
    write_site(folder, case_documents())
    return folder
