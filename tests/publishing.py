"""Sites that cost nothing to build, the processes that publish them, and readers who never stop reading.

A process is forked from a server that has all modules loaded, so that a hundred of them can be killed in seconds.
"""

import itertools
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from casebook.publish import exchange, publish, rollback
from casebook.publish.manifest import differences

PAGES = ("index.html", "cases/a.html", "cases/b.html")
READERS = 2
_LENGTH = 2000
_DEEDS = {"fcntl.flock", "os.chmod", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "ctypes.dlsym"}
_WRITING = os.O_WRONLY | os.O_RDWR
_processes = get_context("forkserver")
_processes.set_forkserver_preload(["tests.publishing"])


def silent(_process: str) -> None:
    """Waits for the other build without a word."""


def build(folder: Path, number: int) -> None:
    """The site of a generation: every page says its number, over and over, and ends."""
    for page in PAGES:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        with (folder / page).open("w") as file:
            for _ in range(_LENGTH):
                file.write(f"{number} ")
            file.write("end")


def generation(text: str) -> int | None:
    """The number of a page; nothing if it is not whole."""
    *numbers, end = text.split()
    return int(numbers[0]) if end == "end" and len(numbers) == _LENGTH and len(set(numbers)) == 1 else None


def published(out: Path) -> int | None:
    """The number of a site; nothing if it is not whole."""
    numbers = {generation((out / page).read_text()) for page in PAGES}
    return numbers.pop() if len(numbers) == 1 and not differences(out) else None


def start(out: Path, number: int, die_at: int | None = None, able: bool = True) -> ForkServerProcess:
    """Publishes a generation (0: rolls back) in another process, which kills itself at its `die_at`th deed.

    `able`: whether the file system can exchange two folders at once.
    """
    process = _processes.Process(target=_publish, args=(out, number, die_at, able))
    process.start()
    return process


def _publish(out: Path, number: int, die_at: int | None, able: bool) -> None:
    if not able:
        exchange._exchanged = lambda one, other: False
    if die_at is not None:
        _die(die_at)
    if number:
        publish(lambda fresh: build(fresh, number), out, out.parent, silent)
    else:
        rollback(out, out.parent, silent)


def _die(at: int) -> None:
    """Kills this process, as no `finally` can hinder, right before the `at`th time that it changes something."""
    deeds = itertools.count()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING
        if (writes or event in _DEEDS) and next(deeds) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)


Whole = Callable[[str, bytes], bool]
"""Whether a page of this name that reads so is whole."""


def is_a_page(page: str, data: bytes) -> bool:
    """Whether a page is whole, of whatever generation."""
    return generation(data.decode()) is not None


@dataclass(frozen=True)
class IsOneOf:
    """Whether a page is that of one of several sites, byte for byte."""

    digests: dict[str, set[str]]

    def __call__(self, page: str, data: bytes) -> bool:
        return sha256(data).hexdigest() in self.digests[page]


@contextmanager
def readers(out: Path, reports: Path, pages: Iterable[str] = PAGES, whole: Whole = is_a_page) -> Iterator[None]:
    """Readers who poll all pages of `out` all the time and must always find each of them there and whole."""
    stop, said = reports / "stop", [reports / f"report-{number}" for number in range(READERS)]
    processes = [_processes.Process(target=_read, args=(out, tuple(pages), whole, stop, report)) for report in said]
    for process in processes:
        process.start()
    try:
        yield
    finally:
        stop.touch()
        for process in processes:
            process.join()
    for report in said:
        reads, wrong = json.loads(report.read_text())
        assert reads and not wrong, (reads, wrong[:5])


def _read(out: Path, pages: tuple[str, ...], whole: Whole, stop: Path, report: Path) -> None:
    reads, wrong = 0, []
    while not stop.exists():
        for page in pages:
            try:
                if not whole(page, (out / page).read_bytes()):
                    wrong.append(f"{page} is incomplete")
            except OSError as error:
                wrong.append(f"{page}: {error}")
            reads += 1
            time.sleep(0.0003)  # lets those they watch get on
    report.write_text(json.dumps([reads, wrong]))
