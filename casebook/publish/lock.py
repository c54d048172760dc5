"""One build at a time: a second one waits, since it may have newer content than the first."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from casebook.publish.unpublished import Unpublished

if sys.platform != "win32":
    import fcntl

Waiting = Callable[[str], None]
"""Is told once, before the waiting begins, which process has the lock."""

PATIENCE = 600.0
"""Seconds after which the other build must hang."""
_PAUSE = 0.1


@contextmanager
def locked(path: Path, waiting: Waiting, patience: float = PATIENCE) -> Iterator[None]:
    """Holds the lock file `path`. Raises `Unpublished` if another process does not let go of it in time.

    The lock is the kernel's, so that it dies with its process; the file is removed at the end.
    """
    if sys.platform == "win32":  # nothing there dies with its process
        yield
        return
    descriptor = _acquire(path, waiting, time.monotonic() + patience, patience)
    try:
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _acquire(path: Path, waiting: Waiting, deadline: float, patience: float) -> int:
    told = False
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
        if _lock(descriptor):
            if _is_there(path, descriptor):
                return descriptor
            os.close(descriptor)
            continue
        process = os.read(descriptor, 20).decode(errors="replace") or "?"
        os.close(descriptor)
        if time.monotonic() > deadline:
            raise Unpublished("output-busy", path=str(path), process=process, seconds=f"{patience:g}")
        if not told:
            waiting(process)
            told = True
        time.sleep(_PAUSE)


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_there(path: Path, descriptor: int) -> bool:
    """Whether the locked file is still the one of that name: its holder removes it when it lets go."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False
