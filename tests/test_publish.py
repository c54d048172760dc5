"""Publishing with real processes: killed, stopped, many at once, without room, without leave; and back again."""

import argparse
import errno
import fcntl
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from casebook.commands import main
from casebook.commands.publishing import publishing
from casebook.publish import Unpublished, exchange, lock, pack, publish, rollback
from casebook.publish.manifest import differences, seal
from tests.conftest import ROOT, run
from tests.publishing import PAGES, build, published, readers, silent, start

PONDS = ROOT / "tests" / "sites" / "ponds" / "content"
KILLS = 100


def put(out: Path, number: int) -> None:
    publish(lambda fresh: build(fresh, number), out, out.parent, silent)


def files_open() -> int:
    """How many files this process has open."""
    return len(os.listdir("/dev/fd"))


def fail(folder: Path) -> None:
    """A page that fails, when others were written."""
    (folder / "index.html").write_text("half")
    raise ZeroDivisionError


def beside(out: Path) -> list[str]:
    """All that stands where the site stands."""
    return sorted(path.name for path in out.parent.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A published site, alone in its folder."""
    (tmp_path / "place").mkdir()
    put(tmp_path / "place" / "site", 1)
    return tmp_path / "place" / "site"


# ---------------------------------------------------------------- good days


def test_a_site_is_published_with_its_manifest_and_modes(tmp_path: Path) -> None:
    """Whatever the umask, everybody may read it, and `sha256sum` can check it."""
    before = os.umask(0o077)
    try:
        put(tmp_path / "place" / "site", 1)
    finally:
        os.umask(before)
    site = tmp_path / "place" / "site"
    assert published(site) == 1
    assert beside(site) == ["site"]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in site.rglob("*") if path.is_file()}
    assert modes == {0o644}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (site, *site.rglob("*")) if path.is_dir()} == {0o755}
    lines = (site / ".casebook").read_text().splitlines()
    assert [line[66:] for line in lines] == sorted(PAGES)
    assert all(line[64:66] == "  " for line in lines)
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", ".casebook"], cwd=site, check=True)


def test_the_previous_version_is_kept_and_comes_back(out: Path) -> None:
    """Once back, twice forth; the version before the previous one is gone."""
    put(out, 2)
    put(out, 3)
    assert published(out) == 3 and beside(out) == [".site.previous", "site"]
    for wanted in (2, 3, 2):
        rollback(out, out.parent, silent)
        assert published(out) == wanted and beside(out) == [".site.previous", "site"]
    put(out, 4)
    rollback(out, out.parent, silent)
    assert published(out) == 2


def test_a_site_that_was_deleted_comes_back(out: Path) -> None:
    """Somebody removed the folder: the previous version takes its place."""
    put(out, 2)
    shutil.rmtree(out)
    rollback(out, out.parent, silent)
    assert published(out) == 1 and beside(out) == ["site"]


def test_publishing_the_same_again_changes_nothing(out: Path) -> None:
    """The previous version stays another one, however often the same content is built."""
    put(out, 2)
    was = out.stat().st_ino
    put(out, 2)
    assert out.stat().st_ino == was and beside(out) == [".site.previous", "site"]
    rollback(out, out.parent, silent)
    assert published(out) == 1


def test_a_damaged_site_is_replaced_by_a_whole_one_and_not_kept(out: Path) -> None:
    """The same content again mends what somebody changed by hand, and keeps the last good version."""
    put(out, 2)
    (out / "index.html").write_text("changed")
    put(out, 2)
    assert published(out) == 2
    rollback(out, out.parent, silent)
    assert published(out) == 1


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    """Somebody made the folder beforehand: it is no version to go back to."""
    (tmp_path / "place" / "site").mkdir(parents=True)
    put(tmp_path / "place" / "site", 1)
    assert published(tmp_path / "place" / "site") == 1 and beside(tmp_path / "place" / "site") == ["site"]


def test_the_folder_is_exchanged_in_one_step_where_the_system_can(out: Path) -> None:
    """On Linux nobody ever finds the place empty; on the systems of the tests this is not a matter of luck."""
    other, aside = out.parent / "other", out.parent / "aside"
    other.mkdir()
    able = exchange._exchanged(os.fsencode(out), os.fsencode(other))
    assert able == (other / "index.html").is_file()
    assert able or sys.platform != "linux"
    if able:
        aside.write_text("in the way of whoever needs more than one step")
        exchange.swap(out, other, aside / "nowhere")
        assert published(out) == 1


def test_two_renames_do_it_where_the_system_cannot(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in the end: published, kept, brought back, nothing left beside."""
    monkeypatch.setattr(exchange, "_exchanged", lambda one, other: False)
    put(out, 2)
    put(out, 3)
    rollback(out, out.parent, silent)
    assert published(out) == 2 and published(out.parent / ".site.previous") == 3
    assert beside(out) == [".site.previous", "site"]


@pytest.mark.parametrize(
    ("names", "result", "able"),
    [
        (("renamex_np",), 0, True),
        (("renameat2",), 0, True),
        (("renameat2", "renamex_np"), -1, False),
        ((), 0, False),
    ],
)
def test_other_systems_exchange_by_their_own_call(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, ...], result: int, able: bool
) -> None:
    """macOS has another name for it; where there is none, or the file system cannot, two renames do it."""
    calls: list[tuple[object, ...]] = []
    known = {name: staticmethod(lambda *given: calls.append(given) or result) for name in names}  # type: ignore[func-returns-value]
    monkeypatch.setattr("casebook.publish.exchange.ctypes.CDLL", lambda name: type("Library", (), known)())
    assert exchange._exchanged(b"a", b"b") == able
    assert calls == [(-100, b"a", -100, b"b", 2) if "renameat2" in names else (b"a", b"b", 2)][: len(names)]


def test_what_was_killed_between_two_renames_is_put_right(out: Path) -> None:
    """From the names alone: the old site is kept where the new one is in place, and else comes back."""
    put(out, 2)
    previous, aside = out.parent / ".site.previous", out.parent / ".site.aside"
    previous.rename(aside)
    rollback(out, out.parent, silent)
    assert published(out) == 1 and beside(out) == [".site.previous", "site"]
    out.rename(aside)
    rollback(out, out.parent, silent)
    assert (published(out), published(previous)) == (2, 1) and beside(out) == [".site.previous", "site"]


def test_what_is_half_removed_or_just_begun_is_still_ours(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The marker goes last; a folder that was made and not yet marked is empty, and so in nobody's use."""

    def unwilling(*_: object) -> None:
        raise PermissionError

    put(out, 2)
    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", unwilling)
        with pytest.raises(PermissionError):
            put(out, 3)
    assert (out.parent / ".site.previous" / ".casebook").is_file()
    (out.parent / ".site.new").mkdir(exist_ok=True)
    put(out, 4)
    assert published(out) == 4 and beside(out) == [".site.previous", "site"]


def test_windows_publishes_without_a_lock_and_by_renames(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing there dies with its process, and no step exchanges two folders: the same in the end."""

    def unlocked(folder: Path) -> None:
        build(folder, 2)
        assert not (out.parent / ".site.lock").exists()

    for module in (exchange, lock):
        monkeypatch.setattr(module, "sys", SimpleNamespace(platform="win32"))
    publish(unlocked, out, out.parent, silent)
    assert published(out) == 2 and beside(out) == [".site.previous", "site"]
    rollback(out, out.parent, lambda process: pytest.fail("there is no lock to wait for"))
    assert published(out) == 1 and not exchange._exchanged(os.fsencode(out), os.fsencode(out.parent / ".site.previous"))


# ---------------------------------------------------------------- what is not ours


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    """A folder, a file, a link: a slip in a path costs nobody anything."""
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "one.txt").write_text("years of work")
    (tmp_path / "file").write_text("work")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "empty")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / ".casebook").symlink_to(tmp_path / "file")
    before = sorted(tmp_path.rglob("*"))
    for name, rule in (
        *(("thesis", "output-not-ours"), ("file", "output-not-ours"), ("marked", "output-not-ours")),
        *(("link", "output-linked"), ("dangling", "output-linked")),
    ):
        with pytest.raises(Unpublished) as refused:
            put(tmp_path / name, 1)
        assert refused.value.rule == rule and refused.value.values["path"] == str(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_the_project_are_not_followed_but_those_of_the_machine_are(tmp_path: Path) -> None:
    """Who may add a link to the project may not choose where we write; who set up the machine may."""
    project, real = tmp_path / "project", tmp_path / "real"
    (project / "sub").mkdir(parents=True)
    real.mkdir()
    (project / "sub" / "public").symlink_to(real)
    (tmp_path / "alias").symlink_to(project)
    for path in (project / "sub" / "public" / "site", tmp_path / "alias" / "sub" / "public" / "x" / "site"):
        with pytest.raises(Unpublished, match="'output-linked'"):
            publish(lambda fresh: build(fresh, 1), path, project, silent)
    with pytest.raises(Unpublished, match="output-linked"):
        publish(lambda fresh: build(fresh, 1), tmp_path / "alias", tmp_path / "elsewhere", silent)
    assert not list(real.iterdir()) and not (project / "index.html").exists()
    publish(lambda fresh: build(fresh, 1), tmp_path / "alias" / "sub" / "site", project, silent)
    assert published(project / "sub" / "site") == 1


@pytest.mark.parametrize("name", ["new", "aside", "previous", "ready-1"])
@pytest.mark.parametrize("kind", ["folder", "link", "file"])
def test_foreign_things_beside_the_site_are_left_alone(out: Path, name: str, kind: str) -> None:
    """A name that we would use may be taken: nothing is deleted and nothing followed."""
    taken = out.parent / f".site.{name}"
    target = out.parent / "thesis"
    target.mkdir()
    (target / "one.txt").write_text("years of work")
    if kind == "folder":
        target.rename(taken)
    elif kind == "link":
        (target / ".casebook").touch()  # even to what looks like ours
        taken.symlink_to(target)
    else:
        taken.write_text("work")
    with pytest.raises(Unpublished) as refused:
        put(out, 2)
    assert refused.value.rule == "output-not-ours" and refused.value.values["path"] == str(taken)
    assert published(out) == 1
    assert kind == "file" or (taken / "one.txt").read_text() == "years of work"


def test_a_lock_that_is_a_link_is_not_followed(out: Path) -> None:
    """The lock is written to: it must not lead to somebody's file."""
    (out.parent / "thesis").write_text("years of work")
    (out.parent / ".site.lock").symlink_to(out.parent / "thesis")
    with pytest.raises(OSError, match="lock"):
        put(out, 2)
    assert (out.parent / "thesis").read_text() == "years of work" and published(out) == 1


@pytest.mark.parametrize("where", ["site", ".site.previous"])
def test_files_that_others_put_into_the_site_are_not_lost(out: Path, where: str) -> None:
    """They are named, so that they can be moved; what the operating system leaves in any folder does not count."""
    put(out, 2)
    (out.parent / where / "cases" / "notes.txt").write_text("mine")
    (out.parent / where / ".DS_Store").write_text("")
    with pytest.raises(Unpublished) as refused:
        put(out, 3)
    assert refused.value.rule == "output-holds-foreign"
    assert refused.value.values == {"path": str(out.parent / where), "files": "cases/notes.txt"}
    (out.parent / where / "cases" / "notes.txt").unlink()
    put(out, 3)
    assert published(out) == 3


def test_a_site_of_an_older_release_is_ours(tmp_path: Path) -> None:
    """Its marker was empty: it is replaced, but cannot be vouched for and so not brought back."""
    old = tmp_path / "site"
    build(old, 1)
    (old / ".casebook").touch()
    put(old, 2)
    assert published(old) == 2
    with pytest.raises(Unpublished, match="'output-damaged'"):
        rollback(old, tmp_path, silent)
    assert published(old) == 2


def test_there_must_be_a_whole_previous_version(out: Path, tmp_path: Path) -> None:
    """None, a damaged one, and no site at all are told apart."""
    with pytest.raises(Unpublished, match="'nothing-to-roll-back'") as none:
        rollback(out, out.parent, silent)
    assert none.value.values == {"path": str(out)}
    with pytest.raises(Unpublished, match="'output-missing'"):
        rollback(tmp_path / "no" / "site", tmp_path, silent)
    assert not (tmp_path / "no").exists()
    put(out, 2)
    for page in ("index.html", "cases/a.html"):
        (out.parent / ".site.previous" / page).write_text("changed")
    with pytest.raises(Unpublished) as refused:
        rollback(out, out.parent, silent)
    assert refused.value.rule == "output-damaged"
    assert refused.value.values == {"path": str(out.parent / ".site.previous"), "files": "cases/a.html, index.html"}
    assert published(out) == 2


@pytest.mark.parametrize("kind", ["link", "link to a folder", "pipe"])
def test_only_ordinary_files_are_published(out: Path, kind: str) -> None:
    """Whatever a theme or a tool leaves in the new site, a link in it would lead out of it."""

    def with_odd(folder: Path) -> None:
        build(folder, 2)
        if kind == "link":
            (folder / "cases" / "odd.html").symlink_to("/etc/hostname")
        elif kind == "link to a folder":
            (folder / "odd.html").symlink_to(out)
        else:
            os.mkfifo(folder / "cases" / "odd.html")

    with pytest.raises(Unpublished) as refused:
        publish(with_odd, out, out.parent, silent)
    assert refused.value.rule == "site-file-unexpected" and refused.value.values["page"].endswith("odd.html")
    assert published(out) == 1 and beside(out) == ["site"]


def test_publishing_leaves_no_file_open(out: Path) -> None:
    """Thousands of pages must not use up what a process may have open."""

    put(out, 2)
    before = files_open()
    put(out, 3)
    rollback(out, out.parent, silent)
    assert files_open() == before


def test_what_changes_while_it_is_sealed_is_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is read again after everything was flushed to it."""
    build(tmp_path, 1)
    (tmp_path / ".casebook").touch()

    def change_last(path: Path) -> None:
        if path == tmp_path:
            build(tmp_path, 2)

    monkeypatch.setattr("casebook.publish.manifest.sync", change_last)
    with pytest.raises(Unpublished, match="'output-damaged'"):
        seal(tmp_path)


def test_everything_is_flushed_before_it_is_published(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file, every folder, and at last the folder in which the names changed."""
    flushed: list[int] = []
    monkeypatch.setattr(
        "casebook.publish.exchange.os.fsync", lambda descriptor: flushed.append(os.fstat(descriptor).st_ino)
    )
    put(out, 2)
    assert {path.stat().st_ino for path in (out, *out.rglob("*"))} <= set(flushed)
    assert flushed[-1] == out.parent.stat().st_ino
    flushed.clear()
    rollback(out, out.parent, silent)
    assert flushed == [out.parent.stat().st_ino]
    monkeypatch.setattr(exchange, "_ON_DISK", False)
    flushed.clear()
    put(out, 3)
    assert not flushed and published(out) == 3


def test_what_cannot_be_flushed_is_not_published(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some disks say only now that they are full."""
    index = out.parent / ".site.new" / "index.html"

    def full(path: Path) -> None:
        if path == index:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("casebook.publish.manifest.sync", full)
    with pytest.raises(OSError, match="No space"):
        put(out, 2)
    assert published(out) == 1 and beside(out) == ["site"]


def test_a_folder_that_cannot_be_listed_is_not_left_out(tmp_path: Path) -> None:
    """An error of the disk is told and not taken for an empty folder."""
    with pytest.raises(OSError, match="nowhere"):
        differences(tmp_path / "nowhere")


# ---------------------------------------------------------------- bad days


def test_a_build_that_fails_leaves_everything_as_it_was(out: Path) -> None:
    """A failing page, half-way: the error is the caller's, the old site and the previous one stay."""
    put(out, 2)
    with pytest.raises(ZeroDivisionError):
        publish(fail, out, out.parent, silent)
    assert published(out) == 2 and beside(out) == [".site.previous", "site"]
    rollback(out, out.parent, silent)
    assert published(out) == 1


def test_a_hundred_kills_and_readers_never_notice(out: Path, tmp_path: Path) -> None:
    """Killed at any moment, one after the other: every page is always there and whole, and nothing piles up."""
    start(out, 2).join()  # the first one has to wait for the server
    began = time.monotonic()
    process = start(out, 3)
    process.join()
    usual, chance, killed = time.monotonic() - began, random.Random(6), 0
    with readers(out, tmp_path):
        for number in range(4, 4 + KILLS):
            process = start(out, number)
            time.sleep(chance.uniform(0, usual))
            process.kill()
            process.join()
            killed += process.exitcode == -signal.SIGKILL
            assert published(out), f"after {number}"
        put(out, 999)
    assert killed and published(out) == 999
    assert beside(out) == [".site.previous", "site"]
    assert published(out.parent / ".site.previous")


@pytest.mark.parametrize("able", [True, False], ids=["exchange", "renames"])
@pytest.mark.parametrize("number", [0, 3], ids=["rollback", "publish"])
def test_killed_at_any_step_the_next_run_puts_it_right(out: Path, number: int, able: bool) -> None:
    """Step by step through everything that it does to the disk: old or new is there, whole, and so is the way back.

    Without an exchange the place may be empty for a moment; then the next run fills it before it does anything else.
    """
    put(out, 2)
    outcomes, prepared = set(), out.parent.with_name("prepared")
    out.parent.rename(prepared)
    for step in range(10_000):
        shutil.copytree(prepared, out.parent)
        process = start(out, number, die_at=step, able=able)
        process.join()
        if process.exitcode == 0:
            break
        assert process.exitcode == -signal.SIGKILL
        assert not able or published(out)
        # The next run: one that finds nothing to do but to put it right.
        with pytest.raises(ZeroDivisionError):
            publish(fail, out, out.parent, silent)
        assert beside(out) == [".site.previous", "site"]
        outcomes.add((published(out), published(out.parent / ".site.previous")))
        shutil.rmtree(out.parent)
    assert outcomes == ({(2, 1), (3, 2)} if number else {(2, 1), (1, 2)})


def test_six_builds_at_once(out: Path, tmp_path: Path) -> None:
    """They wait for each other; each publishes a whole site, and the last one stays."""
    with readers(out, tmp_path):
        processes = [start(out, number) for number in range(2, 8)]
        for process in processes:
            process.join()
    assert [process.exitcode for process in processes] == [0] * 6
    now, before = published(out), published(out.parent / ".site.previous")
    assert now and before and now != before
    assert beside(out) == [".site.previous", "site"]


def test_a_second_build_waits_but_not_for_ever(out: Path) -> None:
    """It says for which process, once, and gives up if that hangs; a lock of the dead holds nobody."""
    told: list[str] = []
    path = out.parent / ".site.lock"
    path.write_text("4711" * 9)
    with lock.locked(path, told.append):
        assert path.read_text() == str(os.getpid()) and not told
        open_before = files_open()
        with pytest.raises(Unpublished) as busy, lock.locked(path, told.append, patience=0.5):
            pass
    assert busy.value.rule == "output-busy" and files_open() == open_before - 1
    assert busy.value.values == {"path": str(path), "process": str(os.getpid()), "seconds": "0.5"}
    assert told == [str(os.getpid())] and not path.exists()
    path.write_text("")
    with lock.locked(path, told.append), pytest.raises(Unpublished), lock.locked(path, told.append, patience=0):
        pass


@pytest.mark.parametrize("written", ["1234567890123", ""])
def test_a_lock_says_whose_it_is(tmp_path: Path, written: str) -> None:
    """Whoever waits is told once by whom, and why nothing came of it; whatever stood in the file before."""
    path = tmp_path / "lock"
    told: list[str] = []
    with path.open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        print(written, end="", file=other, flush=True)
        with pytest.raises(Unpublished) as refused, lock.locked(path, told.append, patience=0.3):
            pytest.fail("the lock is held")
    assert told == [written or "?"]
    assert refused.value.rule == "output-busy"
    assert refused.value.values == {"path": str(path), "process": written or "?", "seconds": "0.3"}
    with lock.locked(path, pytest.fail):
        assert path.read_text() == str(os.getpid()) and stat.S_IMODE(path.stat().st_mode) & 0o113 == 0
    assert not path.exists()


def test_whoever_has_to_wait_hears_of_it(out: Path, tmp_path: Path) -> None:
    """Building, going back and packing alike: they tell who is at work before they begin to wait."""

    def told(process: str) -> None:
        raise InterruptedError(process)

    acts: tuple[Callable[[], None], ...] = (
        lambda: publish(lambda fresh: build(fresh, 2), out, out.parent, told),
        lambda: rollback(out, out.parent, told),
        lambda: pack(out, out.parent, tmp_path / "x.zip", date(2024, 6, 1), told),
    )
    with lock.locked(out.parent / ".site.lock", silent):
        for act in acts:
            with pytest.raises(InterruptedError, match=str(os.getpid())):
                act()
    assert published(out) == 1


def test_a_lock_that_was_given_up_between_is_taken_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its holder removed the file after we opened it: the lock on what has no name any more counts for nothing."""
    path, real = tmp_path / "lock", os.open
    given_up: list[int] = []

    def open_late(name: str, *how: int) -> int:
        descriptor = real(name, *how)
        if len(given_up) < 2:
            path.unlink()
            if given_up:
                path.write_text("")
            given_up.append(descriptor)
        return descriptor

    monkeypatch.setattr("casebook.publish.lock.os.open", open_late)
    before = files_open()
    with lock.locked(path, pytest.fail):
        held = os.stat(path)
        assert files_open() == before + 1
        with path.open() as other, pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert len(given_up) == 2 and held and not path.exists()


# ---------------------------------------------------------------- the command itself


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project with the small corpus, and a published site of another generation."""
    folder = tmp_path / "project"
    for name in ("casebook", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("build.py", "mkdocs.yml"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(PONDS, folder / "content")
    put(folder / "site", 1)
    return folder


def call(project: Path, *arguments: str, prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    command = [*prefix, sys.executable, "build.py", *arguments, "--lang", "en"]
    return subprocess.run(command, cwd=project, capture_output=True, text=True)


def untouched(project: Path) -> bool:
    """The old site is whole and nothing was left beside it."""
    return published(project / "site") == 1 and not list(project.glob(".site.*"))


def test_a_failing_scan_stops_publishing(project: Path) -> None:
    """A template that loads a picture from elsewhere, a script in it: told with rule, page and source, exit 1."""
    template = project / "templates" / "pages" / "case.md.jinja"
    template.write_text(template.read_text(encoding="utf-8") + '\n<img src="https://example.org/x.png" alt="">\n')
    failed = call(project, "build")
    assert failed.returncode == 1, failed.stderr
    assert "content/cases/alder-green.yml:0:0: error[site-foreign]" in failed.stdout
    assert "cases/alder-green.html (+5)" in failed.stdout and "https://example.org/x.png" in failed.stdout
    assert "has 1 flaw(s) and was not published" in failed.stdout
    assert "Traceback" not in failed.stdout + failed.stderr
    assert untouched(project)


def test_a_failing_page_stops_publishing(project: Path) -> None:
    """A template with a slip: exit 1, and the old site stays."""
    template = project / "templates" / "pages" / "case.md.jinja"
    template.write_text(template.read_text(encoding="utf-8") + "\n{{ no_such_thing }}\n")
    failed = call(project, "build")
    assert failed.returncode == 1 and "no_such_thing" in failed.stderr
    assert untouched(project)


def unshared(script: str) -> tuple[str, ...]:
    """A command's prefix that gives it mounts of its own; skips the test where that is not allowed."""
    prefix = ("unshare", "--map-root-user", "--mount", "sh", "-c", f'{script} && exec "$@"', "sh")
    if not shutil.which("unshare") or subprocess.run([*prefix, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a file system of their own (unshare --map-root-user --mount)")
    return prefix


def test_a_full_disk_loses_nothing(project: Path, tmp_path: Path) -> None:
    """There is room for the old site and not for the new one: told, exit 1, the old one stays, nothing is left."""
    small, saved = tmp_path / "small", tmp_path / "saved"
    small.mkdir()
    mounts = f"mount -t tmpfs -o size=300k none {small} && cp -a {project}/site {small}/site"
    failed = call(
        project,
        *("build", "--out", str(small / "site")),
        prefix=(*unshared(mounts)[:-2], f'{mounts} && "$@"; code=$?; cp -a {small} {saved}; exit $code', "sh"),
    )
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "could not be written" in failed.stdout and "No space left" in failed.stdout
    assert "Traceback" not in failed.stderr
    assert published(saved / "site") == 1 and beside(saved / "site") == ["site"]


def test_a_read_only_output_is_told(project: Path) -> None:
    """Exit 1 and why, before anything was built."""
    mounts = f"mount --bind {project} {project} && mount -o remount,bind,ro {project}"
    failed = call(project, "build", "--out", str(project / "site"), prefix=unshared(mounts))
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "could not be written" in failed.stdout and "Read-only" in failed.stdout
    assert untouched(project)


def test_a_file_that_grows_too_large_is_told(project: Path) -> None:
    """The limit of a user's files is like a full disk."""
    failed = call(project, "build", prefix=("sh", "-c", 'ulimit -f 8 && exec "$@"', "sh"))
    assert failed.returncode == 1, failed.stdout + failed.stderr
    assert "could not be written" in failed.stdout and "Traceback" not in failed.stderr
    assert untouched(project)


@contextmanager
def building(project: Path) -> Iterator[subprocess.Popen[str]]:
    """A real build, from the moment at which it writes its first page."""
    command = [sys.executable, "build.py", "build", "--lang", "en"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list(project.glob(".site.new/*.html")):
        time.sleep(0.005)
    assert process.poll() is None
    yield process


def test_a_build_that_is_stopped_clears_away(project: Path) -> None:
    """The end of a service: said in words, with the exit code of that signal, nothing left behind."""
    with building(project) as process:
        process.send_signal(signal.SIGTERM)
        said, errors = process.communicate()
    assert process.returncode == 128 + signal.SIGTERM, said + errors
    assert "Stopped" in said and "Traceback" not in errors
    assert untouched(project)


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_every_signal_that_stops_clears_away_once(
    out: Path, number: signal.Signals, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C pressed twice stops the build and not the clearing away; afterwards signals mean what they meant."""
    options = argparse.Namespace(lang="en")
    usual = signal.default_int_handler
    before = signal.signal(number, usual)  # whoever runs the tests may have it ignored

    def pressed_twice(folder: Path) -> None:
        (folder / "index.html").write_text("half")
        try:
            signal.raise_signal(number)
        finally:
            signal.raise_signal(number)

    try:
        code = publishing(lambda: publish(pressed_twice, out, out.parent, silent), out, options)
        assert signal.getsignal(number) is usual
    finally:
        signal.signal(number, before)
    assert code == 128 + number and "Stopped" in capsys.readouterr().out
    assert published(out) == 1 and beside(out) == ["site"]


def test_a_signal_that_is_ignored_stays_ignored(out: Path) -> None:
    """`nohup` lets a build outlive its terminal."""
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        code = publishing(lambda: signal.raise_signal(signal.SIGHUP), out, argparse.Namespace(lang="en"))
    finally:
        signal.signal(signal.SIGHUP, before)
    assert code == 0


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EIO])
def test_what_the_machine_has_against_writing_is_told(out: Path, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Which file and why, in words; the old site stays."""

    def full(folder: Path) -> None:
        raise OSError(code, os.strerror(code), str(folder / "index.html"))

    options = argparse.Namespace(lang="en")
    assert publishing(lambda: publish(full, out, out.parent, silent), out, options) == 1
    said = capsys.readouterr().out
    assert os.strerror(code) in said and "index.html" in said and "The old site is as it was" in said
    assert published(out) == 1 and beside(out) == ["site"]


def test_commands_say_why_nothing_was_done(
    out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both languages, with exit code 1; an error of our own keeps its traceback."""
    put(out, 2)
    assert main(None, ROOT, ["rollback", "--out", str(out), "--lang", "en"]) == 0  # type: ignore[arg-type]
    assert "is the previous version again" in capsys.readouterr().out
    shutil.rmtree(out.parent / ".site.previous")
    for language, words in (("zh", "没有留下上一版"), ("en", "has no previous version")):
        assert main(None, ROOT, ["rollback", "--out", str(out), "--lang", language]) == 1  # type: ignore[arg-type]
        assert words in capsys.readouterr().out
    monkeypatch.setattr("casebook.commands.rollback.rollback", lambda *_: (tmp_path / "nowhere").read_bytes())
    with pytest.raises(FileNotFoundError):
        main(None, ROOT, ["rollback", "--out", str(out)])  # type: ignore[arg-type]


# ---------------------------------------------------------------- one file to hand on


def test_a_zip_is_whole_and_the_same_again(out: Path, tmp_path: Path) -> None:
    """One folder, dates of the data, modes, and the same bytes from another place and umask."""
    (out / ".DS_Store").write_text("")
    one, two = tmp_path / "not" / "yet" / "casebook-2024-06-01.zip", tmp_path / "again" / "casebook-2024-06-01.zip"
    pack(out, tmp_path, one, date(2024, 6, 1), silent)
    before = os.umask(0o077)
    try:
        pack(out, tmp_path, two, date(2024, 6, 1), silent)
        pack(out, tmp_path, two, date(2024, 6, 1), silent)
    finally:
        os.umask(before)
    assert one.read_bytes() == two.read_bytes()
    assert stat.S_IMODE(two.stat().st_mode) == 0o644
    assert beside(one) == [one.name] and beside(two) == [two.name]
    with zipfile.ZipFile(one) as packed:
        assert packed.namelist() == sorted(f"casebook-2024-06-01/{name}" for name in (*PAGES, ".casebook"))
        assert {entry.date_time for entry in packed.infolist()} == {(2024, 6, 1, 0, 0, 0)}
        assert {(entry.external_attr >> 16, entry.create_system) for entry in packed.infolist()} == {(0o100644, 3)}
        assert {entry.compress_type for entry in packed.infolist()} == {zipfile.ZIP_DEFLATED}
        packed.extractall(tmp_path)
    assert published(tmp_path / "casebook-2024-06-01") == 1


def test_only_a_whole_site_is_packed(out: Path, tmp_path: Path) -> None:
    """And a zip that cannot be finished does not replace the old one."""
    target = tmp_path / "x.zip"
    target.write_text("old")
    with pytest.raises(Unpublished, match="'output-missing'") as missing:
        pack(out.parent / "none", tmp_path, target, date(2024, 6, 1), silent)
    assert missing.value.values == {"path": str(out.parent / "none")}
    with pytest.raises(ValueError, match="1980"):
        pack(out, tmp_path, target, date(1970, 1, 1), silent)
    (out / "index.html").write_text("changed")
    with pytest.raises(Unpublished, match="'output-damaged'"):
        pack(out, tmp_path, target, date(2024, 6, 1), silent)
    assert target.read_text() == "old" and [path.name for path in tmp_path.glob("*x.zip*")] == ["x.zip"]


def test_a_zip_that_cannot_be_flushed_replaces_nothing(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some disks say only now that they are full."""
    target = tmp_path / "x.zip"
    target.write_text("old")

    def full(path: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr("casebook.publish.zipped.sync", full)
    with pytest.raises(OSError, match="No space"):
        pack(out, tmp_path, target, date(2024, 6, 1), silent)
    assert target.read_text() == "old" and [path.name for path in tmp_path.glob("*x.zip*")] == ["x.zip"]


def test_the_command_names_the_zip_by_the_date_of_the_content(tmp_path: Path) -> None:
    """`pack` names the zip by the date of the content; content that cannot be read is told instead."""
    put(tmp_path / "site", 1)
    given = ("--content", str(PONDS), "--out", str(tmp_path / "site"), "--lang", "en")
    done = run("pack", *given, "--to", str(tmp_path / "to"))
    assert done.returncode == 0 and "Packed as" in done.stdout
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["casebook-2024-06-01.zip"]
    assert run("pack", "--content", str(tmp_path / "none")).returncode == 1
