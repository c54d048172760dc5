"""What all commands that write a site share: waiting, being stopped, and saying why nothing was written."""

import argparse
import errno
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from casebook.commands.report import say
from casebook.publish import Unpublished

# What a machine may have against writing; any other error is ours and shows where it comes from.
_UNWRITABLE = frozenset(
    getattr(errno, name, 0)
    for name in (
        "EACCES",
        "EBUSY",
        "EDQUOT",
        "EFBIG",
        "EIO",
        "EISDIR",
        "ELOOP",
        "EMFILE",
        "ENOSPC",
        "ENOTDIR",
        "EPERM",
        "EROFS",
    )
)
_STOPPING = ("SIGHUP", "SIGINT", "SIGTERM")


class _Stopped(BaseException):
    """Somebody asked the process to end: what was begun is cleared away on the way out."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def declare_out(command: argparse.ArgumentParser) -> None:
    """The option that names the site's folder."""
    command.add_argument("--out", type=Path, metavar="DIR")


def wait(options: argparse.Namespace, out: Path) -> Callable[[str], None]:
    """Says that another process is writing `out`."""
    return lambda process: say("output-waiting", options.lang, path=os.path.relpath(out), process=process)


def publishing(act: Callable[[], None], out: Path, options: argparse.Namespace) -> int:
    """Do it; the exit code: 0, 1 with a reason that was printed, or 128 and the signal that stopped it."""
    try:
        with _stoppable():
            act()
    except Unpublished as reason:
        place = {"path": os.path.relpath(reason.values["path"])} if "path" in reason.values else {}
        say(reason.rule, options.lang, **reason.values | place)
        return 1
    except _Stopped as stopped:
        say("stopped", options.lang, path=os.path.relpath(out))
        return 128 + stopped.number
    except OSError as error:
        if error.errno not in _UNWRITABLE:
            raise
        why = f"{error.strerror} ({os.path.basename(error.filename or '')})"
        say("output-not-written", options.lang, path=os.path.relpath(out), why=why)
        return 1
    return 0


@contextmanager
def _stoppable() -> Iterator[None]:
    """Turns the signals that end a process into an exception, once; those that are ignored (`nohup`) stay so."""
    known = [number for name in _STOPPING if (number := getattr(signal, name, None)) is not None]
    heard = {number: was for number in known if (was := signal.getsignal(number)) is not signal.SIG_IGN}

    def stop(number: int, frame: FrameType | None) -> None:
        for each in heard:
            signal.signal(each, signal.SIG_IGN)  # clearing away is short, and is not to be stopped again
        raise _Stopped(number)

    for number in heard:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, was in heard.items():
            signal.signal(number, was)
