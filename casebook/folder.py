"""The only reader and writer of content: a folder's files as bytes, nothing outside it."""

import os
import shutil
import stat
import tempfile
from pathlib import Path, PurePosixPath

from casebook.problems import Problem

# What a content folder may hold; anything else is named, so that a misplaced file is not silently ignored.
KNOWN = (
    "site.yml",
    "*.md",
    "cases/*.yml",
    "sources/*.yml",
    "omissions/*.yml",
    "vocabulary/*.yml",
    "comparisons/*.md",
)
IGNORED = (".DS_Store", "Thumbs.db", ".gitkeep")


def read_content(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """Relative POSIX path → bytes of every content file, in order; links and special files are never followed."""
    if not folder.is_dir() or folder.is_symlink():
        return {}, [Problem("", 0, 0, "content-folder-missing")]
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    pending = [folder]
    while pending:
        for entry in sorted(pending.pop().iterdir()):
            path = entry.relative_to(folder).as_posix()
            mode = entry.lstat().st_mode
            if entry.name in IGNORED:
                continue
            if stat.S_ISDIR(mode):
                pending.append(entry)
            elif not stat.S_ISREG(mode):
                problems.append(Problem(path, 0, 0, "file-not-regular"))
            elif not expected(path):
                problems.append(Problem(path, 0, 0, "file-unexpected"))
            else:
                files[path] = entry.read_bytes()
    return dict(sorted(files.items())), problems


def expected(path: str) -> bool:
    """Whether a content folder may hold a file at this relative path."""
    return any(PurePosixPath(path).match(pattern) and path.count("/") == pattern.count("/") for pattern in KNOWN)


def _claim(fresh: Path, path: Path, data: bytes) -> None:
    """Give a whole file its name; unlike a renaming this never replaces what is there."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        raise
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
