"""What the measurements share: the tools, the site over HTTP, its pages and one page of every kind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.quality.serving import served

TOOLS = ROOT / ".venv" / "quality"  # where `make test` puts what package.json names
COMPARED = 3  # cases side by side in what is measured


def tool(name: str, needs: str = "npm") -> Path:
    """The folder of a tool that package.json names; skips the test where something is missing."""
    if not shutil.which(needs):
        pytest.skip(f"{name} needs {needs}, which is not installed here")
    folder = TOOLS / "node_modules" / name
    if not folder.is_dir():
        pytest.skip(f"{name} is not here: `make test` fetches it where npm is installed")
    return folder


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served, with a slash at its end."""
    with served(site) as url:
        yield url


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """Every page, by its address in the site."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


@pytest.fixture(scope="session")
def kinds(site: Path, pages: list[str]) -> list[str]:
    """One page of every kind: all that stand alone, the largest of every folder, and cases side by side."""
    alone = [page for page in pages if "/" not in page or page.endswith("/index.html")]
    folders = sorted({page.partition("/")[0] for page in pages if page not in alone})
    return [*alone, *(largest(site, folder) for folder in folders), side_by_side(site)]


def largest(site: Path, folder: str) -> str:
    """The largest page of a folder, its index left out: what is too much anywhere is too much there."""
    found = [path for path in site.glob(f"{folder}/*.html") if path.name != "index.html"]
    return max(found, key=lambda path: path.stat().st_size).relative_to(site).as_posix()


def side_by_side(site: Path) -> str:
    """The compare view with the cases of which there is most to say."""
    by_size = sorted(site.glob("cases/*.html"), key=lambda path: -path.stat().st_size)
    return "compare.html#c=" + ",".join(path.stem for path in by_size[:COMPARED])
