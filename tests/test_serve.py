"""The live preview, as an editor and a designer live with it."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import ROOT

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
def preview(project: Path) -> Iterator[str]:
    """The address of a running `build.py serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "build.py", "serve", "--address", f"127.0.0.1:{port}"]
    with (project / "serve.log").open("w") as log:
        server = subprocess.Popen(command, cwd=project, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}/"
            _wait_for(address, server)
            yield address
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert server.poll() is None, "the preview ended by itself"
        try:
            urllib.request.urlopen(address + "index.html", timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the preview never answered")


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_an_edit_shows_by_itself_and_a_mistake_shows_as_a_page_of_problems(
    project: Path, preview: str, browser: Browser
) -> None:
    """A case, a term or a template is saved and the page follows; a broken case says what is wrong, then recovers."""
    case = project / "content" / "cases" / "mill-lane.yml"
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{preview}cases/{case.stem}.html")
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
    expect(page.locator(".problems")).to_contain_text(f"cases/{case.name}")

    _replace(case, "knid:", "kind:")
    expect(page.locator("h1")).to_have_text(f"{name} again", timeout=PATIENCE)
    context.close()
