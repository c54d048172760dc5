"""Real builds of a small report, killed at any moment and many at once, while readers compare every page they get.

Two states of the report are published in turn. Since builds are reproducible, each file is known beforehand, byte for
byte: what a reader gets is a page of the one or of the other. `CASEBOOK_KILLS=100` kills oftener than the tests do.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebook.publish.manifest import MARKER, differences
from tests.conftest import ROOT
from tests.publishing import IsOneOf, readers

KILLS = int(os.environ.get("CASEBOOK_KILLS", "6"))
STATES = ("ponds", "pools")


@dataclass(frozen=True)
class Project:
    """A copy of the project with two states of a report; `manifests` has what each of them publishes."""

    folder: Path
    manifests: dict[str, str]

    @property
    def out(self) -> Path:
        """The published site."""
        return self.folder / "site"

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command of the project, as people give it."""
        command, quiet = (sys.executable, "build.py", *arguments), subprocess.DEVNULL
        return subprocess.Popen(command, cwd=self.folder, stdout=quiet, stderr=quiet)

    def build(self, state: str) -> subprocess.Popen[bytes]:
        """A build of one of the states."""
        return self.start("build", "--content", state)

    def state(self, site: Path) -> str | None:
        """Which state a folder holds, whole; nothing if it is neither."""
        now = (site / MARKER).read_text(encoding="utf-8")
        return next((s for s, known in self.manifests.items() if known == now and not differences(site)), None)

    def whole(self) -> IsOneOf:
        """What a page may be."""
        digests: dict[str, set[str]] = {}
        for manifest in self.manifests.values():
            for digest, page in (line.split("  ") for line in manifest.splitlines()):
                digests.setdefault(page, set()).add(digest)
        return IsOneOf(digests)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Both states were published, the second one last; all their pages differ."""
    folder = tmp_path_factory.mktemp("published")
    for name in ("casebook", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("build.py", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder / name)
    project = Project(folder, {})
    for state in STATES:
        shutil.copytree(ROOT / "tests" / "sites" / "ponds" / "content", folder / state)
        site = folder / state / "site.yml"
        site.write_text(site.read_text(encoding="utf-8").replace("Ponds compared", f"{state.title()} compared"))
        assert project.build(state).wait() == 0
        project.manifests[state] = (project.out / MARKER).read_text(encoding="utf-8")
    pages = {page: digests for page, digests in project.whole().digests.items() if page.endswith(".html")}
    assert pages and all(len(digests) == len(STATES) for digests in pages.values())
    return project


def test_killed_at_random_moments_readers_get_whole_pages(project: Project, tmp_path: Path) -> None:
    """From its first step to its last: the old site or the new one is there; the next run leaves nothing behind."""
    began = time.monotonic()
    assert project.build(STATES[0]).wait() == 0
    usual, chance, killed = time.monotonic() - began, random.Random(6), 0
    whole = project.whole()
    with readers(project.out, tmp_path, whole.digests, whole):
        for number in range(KILLS):
            process = project.build(STATES[(number + 1) % 2])
            time.sleep(chance.uniform(0, usual))
            process.kill()
            killed += process.wait() == -signal.SIGKILL
            assert project.state(project.out), f"after kill {number}"
        assert project.build(STATES[1]).wait() == 0 and project.state(project.out) == STATES[1]
    assert killed
    assert sorted(path.name for path in project.folder.glob(".site*")) == [".site.previous"]
    assert project.start("rollback").wait() == 0 and project.state(project.out) == STATES[0]


def test_six_builds_at_once_wait_for_each_other(project: Project, tmp_path: Path) -> None:
    """Each ends well, in whatever order, and both states are there at the end: published, and to go back to."""
    whole = project.whole()
    with readers(project.out, tmp_path, whole.digests, whole):
        processes = [project.build(state) for state in STATES * 3]
        assert [process.wait() for process in processes] == [0] * 6
    assert sorted(path.name for path in project.folder.glob(".site*")) == [".site.previous"]
    assert {project.state(project.out), project.state(project.folder / ".site.previous")} == set(STATES)
