"""What the tests share: the built site, a browser that is offline, the sources where they are."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import launch

ROOT = Path(__file__).parent.parent

# A slow machine is not a failing test, and every run tries the same examples.
hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
hypothesis.settings.load_profile("steady")


def run(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`python build.py …` as a person runs it, in the project's folder."""
    command = [sys.executable, "build.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **(env or {})}, capture_output=True, text=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real content, built once."""
    out = tmp_path_factory.mktemp("built") / "site"
    done = run("build", "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def sources() -> Path:
    """The folder of the archived documents; tests that read them are skipped where it is absent."""
    folder = Path(os.environ.get("CASEBOOK_SOURCES") or ROOT.parent / "shared" / "sources")
    if not folder.is_dir():
        pytest.skip("the source documents are not here: set CASEBOOK_SOURCES to their folder to run this test")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


class Tab:
    """A page without network that remembers what went wrong on it."""

    def __init__(self, page: Page, site: Path) -> None:
        self.page, self.site = page, site
        self.errors: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str) -> Page:
        """A page of the built site, by its address, from disk."""
        path, hash_, fragment = address.partition("#")
        self.page.goto((self.site / path).as_uri() + hash_ + fragment)
        return self.page

    @property
    def outside(self) -> list[str]:
        """Requests that left the site's folder."""
        return [url for url in self.requests if not url.startswith((self.site.as_uri(), "data:"))]


@pytest.fixture
def tab(browser: Browser, site: Path) -> Iterator[Tab]:
    """A fresh desktop-wide tab, network off, on the built site."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield Tab(context.new_page(), site)
    context.close()


@pytest.fixture
def phone(browser: Browser, site: Path) -> Iterator[Tab]:
    """The same at 360 px."""
    context = browser.new_context(offline=True, viewport={"width": 360, "height": 740}, has_touch=True)
    yield Tab(context.new_page(), site)
    context.close()


@pytest.fixture
def nothing_went_wrong(request: pytest.FixtureRequest) -> Iterator[None]:
    """No error in the console, no request that left the folder, in a test that asks for this."""
    tabs: list[Tab] = [request.getfixturevalue(name) for name in ("tab", "phone") if name in request.fixturenames]
    yield
    for used in tabs:
        assert not used.errors
        assert not used.outside
