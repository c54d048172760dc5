"""What the measurements share: the tools, the site over HTTP, its pages and one page of every kind."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.quality.serving import served

TOOLS = Path(__file__).parent / "node_modules"


def tool(name: str, needs: str) -> Path:
    """The folder of a tool from package.json; the test is skipped where it or what runs it is missing."""
    if not shutil.which(needs):
        pytest.skip(f"{name} needs {needs}, which is not installed here")
    if not (TOOLS / name).is_dir():
        pytest.skip(f"{name} is not here: `make test` fetches it where npm is installed")
    return TOOLS / name


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
    """One page of every kind: all that stand alone, and the largest of every folder beside its index."""
    folders = {page.partition("/")[0] for page in pages if "/" in page}
    alone = [page for page in pages if "/" not in page or page.endswith("/index.html")]
    return alone + [largest(site, folder) for folder in sorted(folders) if any(site.glob(f"{folder}/[!i]*.html"))]


def largest(site: Path, folder: str) -> str:
    """The largest page of a folder, its index left out: what is too much anywhere is too much there."""
    found = [path for path in site.glob(f"{folder}/*.html") if path.name != "index.html"]
    return max(found, key=lambda path: path.stat().st_size).relative_to(site).as_posix()
