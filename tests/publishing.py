"""Sites that cost nothing to build, the processes that publish them, and readers who never stop reading.

A process is forked from a server that has all modules loaded, so that a hundred of them can be killed in seconds.
"""

import itertools
import json
import os
import signal
import sys
import time
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from casebook.publish import exchange, publish, rollback
from casebook.publish.manifest import differences

PAGES = ("index.html", "cases/a.html", "cases/b.html")
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


def start_reader(out: Path, stop: Path, report: Path) -> ForkServerProcess:
    """Reads every page of `out` again and again until `stop` exists; then reports how often, and what was not whole."""
    process = _processes.Process(target=_read, args=(out, stop, report))
    process.start()
    return process


def _read(out: Path, stop: Path, report: Path) -> None:
    reads, wrong = 0, []
    while not stop.exists():
        for page in PAGES:
            try:
                if generation((out / page).read_text()) is None:
                    wrong.append(f"{page} is incomplete")
            except OSError as error:
                wrong.append(f"{page}: {error}")
            reads += 1
        time.sleep(0.001)  # lets those they watch get on
    report.write_text(json.dumps([reads, wrong]))
