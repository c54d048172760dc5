"""The only reader and writer of content: a folder's files as bytes, nothing outside it."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from casebook.characters import MAX_BYTES
from casebook.problems import Problem

# What a content folder may hold; anything else is named, so that a misplaced file is not silently ignored.
KNOWN = (
    "site.yml",
    "index.md",
    "method.md",
    "contributing.md",
    "cases/*.yml",
    "sources/*.yml",
    "omissions/*.yml",
    "vocabulary/*.yml",
    "comparisons/*.md",
)
FOLDERS = frozenset(pattern.partition("/")[0] for pattern in KNOWN if "/" in pattern)
IGNORED = (".DS_Store", "Thumbs.db", ".gitkeep")
# A link is not followed, a pipe not waited for, whatever takes a file's place between the look at it and the reading.
_SAFELY = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_content(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Relative POSIX path → bytes of every content file, in order; links and special files are never followed.

    Of a file that is larger than any may be, only enough is read to know that.
    """
    if folder.is_symlink() or not folder.is_dir():
        return {}, [Problem("", 0, 0, "content-folder-missing")]
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path, found in _walk(folder, ""):
        if isinstance(found, bytes):
            files[path] = found
        else:
            problems.append(found)
    return dict(sorted(files.items())), problems


def _walk(folder: Path, above: str) -> Iterator[tuple[str, bytes | Problem]]:
    """(path, bytes or what is wrong) of every entry of the content folder (`above` is "") or of one inside it."""
    try:
        entries = sorted(os.scandir(folder / above), key=lambda entry: entry.name)
    except OSError as error:
        yield above, _unreadable(above, error)
        return
    for entry in entries:
        path = above + entry.name
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISDIR(mode) and path in FOLDERS:
            yield from _walk(folder, f"{path}/")
        elif stat.S_ISDIR(mode):
            yield path, Problem(path, 0, 0, "folder-unexpected")
        elif not stat.S_ISREG(mode):
            yield path, Problem(path, 0, 0, "file-not-regular")
        elif not expected(path):
            if entry.name not in IGNORED:
                yield path, Problem(path, 0, 0, "file-unexpected")
        else:
            yield path, _read(folder / path, path)


def _read(file: Path, path: str) -> bytes | Problem:
    try:
        with open(os.open(file, _SAFELY), "rb") as opened:
            if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
                return Problem(path, 0, 0, "file-not-regular")
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        return _unreadable(path, error)


def _unreadable(path: str, error: OSError) -> Problem:
    return Problem(path.rstrip("/"), 0, 0, "file-unreadable", {"why": error.strerror or type(error).__name__})


def expected(path: str) -> bool:
    """Whether a content folder may hold a file at this relative path."""
    return any(PurePosixPath(path).match(pattern) and path.count("/") == pattern.count("/") for pattern in KNOWN)


def _claim(fresh: Path, path: Path, data: bytes) -> None:
    """Give a whole file its name; unlike a renaming this never replaces what is there."""
    try:
        os.link(fresh, path)
    except OSError:  # a file system without links, such as that of a memory stick
        with path.open("xb") as file:
            file.write(data)


def write_content(path: Path, data: bytes, *, new: bool = False) -> None:
    """Write a file whole or not at all. Raises `FileExistsError` where a `new` one is there already."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    fresh = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if new:
            fresh.chmod(0o644)
            _claim(fresh, path, data)
        else:
            shutil.copymode(path, fresh)
            os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)
