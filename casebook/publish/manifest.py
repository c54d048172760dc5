"""The manifest: what a published folder holds, so that it can be checked, and told from what others put there.

Its lines are those of `sha256sum`: `sha256sum --check .casebook` in the folder says the same as we do.
"""

import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from casebook.folder import IGNORED
from casebook.publish.exchange import sync
from casebook.publish.unpublished import Unpublished

MARKER = ".casebook"
"""The manifest's name; a folder without it, or with an empty one, is not a finished site."""
SHOWN = 5
"""How many files a message names."""
_WRITERS = 16  # flushed at once: a file system writes its journal once for all that wait


def seal(folder: Path) -> str:
    """Set modes, write the manifest, flush all to the disk and read it again; the manifest's digest.

    Raises `Unpublished` for anything but ordinary files, and if the disk does not hold what was written.
    """
    folders = [folder]
    for path, mode in _entries(folder):
        if stat.S_ISDIR(mode):
            folders.append(folder / path)
        elif not stat.S_ISREG(mode):
            raise Unpublished("site-file-unexpected", page=path)
    (folder / MARKER).write_text(_manifest(folder), encoding="utf-8", newline="\n")
    files = [folder / path for path in (*files_of(folder), MARKER)]
    for file in files:
        file.chmod(0o644)
    with ThreadPoolExecutor(_WRITERS) as flushing:
        list(flushing.map(sync, files))
    for each in folders:
        each.chmod(0o755)
        sync(each)
    must_be_whole(folder)
    return seal_of(folder)


def must_be_whole(folder: Path) -> None:
    """Raises `Unpublished` if a folder is not what its manifest says."""
    if changed := differences(folder):
        raise Unpublished("output-damaged", path=str(folder), files=", ".join(changed[:SHOWN]))


def seal_of(folder: Path) -> str:
    """The digest of a folder's manifest; '' if it has none."""
    marker = folder / MARKER
    data = marker.read_bytes() if marker.is_file() and not marker.is_symlink() else b""
    return hashlib.sha256(data).hexdigest() if data else ""


def differences(folder: Path) -> list[str]:
    """Files that are not what the manifest says, or that it does not know, or that are missing."""
    said, found = _read(folder), dict(_hashes(folder))
    return sorted(path for path in said.keys() | found.keys() if said.get(path) != found.get(path))


def foreign(folder: Path) -> list[str]:
    """What others put into a finished site."""
    said = _read(folder)
    return sorted(
        path
        for path, mode in _entries(folder)
        if said and not stat.S_ISDIR(mode) and path not in said and Path(path).name not in (MARKER, *IGNORED)
    )


def is_ours(folder: Path) -> bool:
    """Whether we made this folder, or may: it is an ordinary one with our marker, or empty."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    marker = folder / MARKER
    return (marker.is_file() and not marker.is_symlink()) or not any(folder.iterdir())


def remove(folder: Path) -> None:
    """Delete a folder of ours, its marker last, so that what a killed run leaves of it is still ours."""
    for entry in sorted(folder.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != MARKER:
            entry.unlink()
    (folder / MARKER).unlink(missing_ok=True)
    folder.rmdir()


def files_of(folder: Path) -> list[str]:
    """All ordinary files but the manifest itself, and what operating systems leave in any folder."""
    known = (MARKER, *IGNORED)
    return sorted(path for path, mode in _entries(folder) if stat.S_ISREG(mode) and Path(path).name not in known)


def _manifest(folder: Path) -> str:
    return "".join(f"{digest}  {path}\n" for path, digest in _hashes(folder))


def _read(folder: Path) -> dict[str, str]:
    marker = folder / MARKER
    lines = marker.read_text(encoding="utf-8").splitlines() if marker.is_file() else []
    return {path: digest for digest, _, path in (line.partition("  ") for line in lines)}


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for path in files_of(folder):
        yield path, hashlib.sha256((folder / path).read_bytes()).hexdigest()


def _entries(folder: Path) -> Iterator[tuple[str, int]]:
    """Path and mode of everything below a folder; links are not followed."""
    for parent, folders, files in os.walk(folder, onerror=_raise):
        for name in (*folders, *files):
            path = Path(parent, name)
            yield path.relative_to(folder).as_posix(), path.lstat().st_mode


def _raise(error: OSError) -> None:
    # What cannot be listed is not left out in silence.
    raise error
