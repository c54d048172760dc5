"""Exchanging two folders, and seeing to it that the disk knows."""

import ctypes
import os
import sys
from pathlib import Path

_FOLDER = -100  # AT_FDCWD: paths as they are
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_ON_DISK = hasattr(os, "O_DIRECTORY")  # elsewhere a folder cannot be flushed


def swap(one: Path, other: Path, aside: Path) -> None:
    """Exchange two folders in one step, or in three by way of `aside` where there is no such step."""
    if _exchanged(os.fsencode(one), os.fsencode(other)):
        return
    other.rename(aside)
    one.rename(other)
    aside.rename(one)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    if not _ON_DISK:
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _exchanged(one: bytes, other: bytes) -> bool:
    """Whether the system could do it at once: it may not know how, or not on this file system."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None)
    if hasattr(library, "renameat2"):
        done: int = library.renameat2(_FOLDER, one, _FOLDER, other, _EXCHANGE)
    elif hasattr(library, "renamex_np"):
        done = library.renamex_np(one, other, _EXCHANGE)
    else:
        return False
    return done == 0
