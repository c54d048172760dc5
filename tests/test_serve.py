"""The live preview, as an editor and a designer live with it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT
from tests.previewing import preview

PONDS = ROOT / "tests" / "sites" / "ponds" / "content"
PATIENCE = 60_000  # ms; how long a page may take to reload before the test gives up


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project, with the small corpus as its content."""
    for name in ("casebook", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("build.py", "mkdocs.yml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(PONDS, tmp_path / "content")
    return tmp_path


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """The address of a running `build.py serve`."""
    with preview(project) as address:
        yield address


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_shows_by_itself_and_a_mistake_shows_as_a_page_of_problems(
    project: Path, address: str, browser: Browser
) -> None:
    """A case, a term or a template is saved and the page follows; a broken case says what is wrong, then recovers."""
    case = project / "content" / "cases" / "mill-lane.yml"
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}cases/{case.stem}.html")
    name = page.locator("h1").inner_text()

    _replace(case, f"name: {name}", f"name: {name} again")
    expect(page.locator("h1")).to_have_text(f"{name} again", timeout=PATIENCE)

    term = page.locator(".findings a").first
    label = term.inner_text()
    _replace(project / "content" / "vocabulary" / "mechanisms.yml", f"label_en: {label}", f"label_en: {label} renamed")
    expect(term).to_have_text(f"{label} renamed", timeout=PATIENCE)

    _replace(project / "templates" / "pages" / "case.md.jinja", '<p class="kicker">', '<p class="kicker">New ')
    expect(page.locator(".kicker")).to_contain_text("New", timeout=PATIENCE)

    _replace(case, "kind:", "knid:")
    expect(page.locator(".problems")).to_contain_text("unknown-key", timeout=PATIENCE)
    place = page.locator(".problems a").first
    expect(place).to_contain_text(f"cases/{case.name}")
    line = 1 + case.read_text(encoding="utf-8").partition("knid:")[0].count("\n")
    assert (place.get_attribute("href") or "").endswith(f"content/cases/{case.name}:{line}:1")

    _replace(case, "knid:", "kind:")
    expect(page.locator("h1")).to_have_text(f"{name} again", timeout=PATIENCE)
    context.close()


def test_the_case_that_was_saved_opens_and_search_knows_it(project: Path, address: str, browser: Browser) -> None:
    """An editor saves and sees the result, whichever page stood open; nobody is led away again after that."""
    case = project / "content" / "cases" / "mill-lane.yml"
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}sources/index.html")
    expect(page.locator("h1")).to_be_visible()

    text = case.read_text(encoding="utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    _replace(case, title, "title: Zebrafinch")
    page.wait_for_url(f"**/cases/{case.stem}.html", timeout=PATIENCE)
    expect(page.get_by_text("Zebrafinch").first).to_be_visible()

    page.goto(f"{address}search.html#q=Zebrafinch")
    expect(page.locator("[data-results] a").first).to_have_attribute("href", re.compile(rf"cases/{case.stem}\.html"))
    page.goto(f"{address}sources/index.html")
    expect(page.locator("h1")).to_be_visible()
    assert page.url == f"{address}sources/index.html"
    context.close()


def test_links_in_a_proposal_lead_the_preview_nowhere(project: Path, browser: Browser) -> None:
    """To the whole disk, or back to themselves: they are told, nobody walks through them, and deleting them shows."""
    links = [project / "content" / name for name in ("a", "b", "cases/c")]
    for link, target in zip(links, (".", "..", "/"), strict=True):
        link.symlink_to(target)
    with preview(project) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}index.html")
        expect(page.locator(".problems")).to_contain_text("file-not-regular")
        for link in links:
            link.unlink()
        expect(page.locator("h1")).to_contain_text("Ponds compared", timeout=PATIENCE)
        context.close()
