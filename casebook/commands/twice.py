"""The same content built once more, under everything that must not matter."""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from casebook.publish import MARKER, Unpublished

ELSEWHERE = {
    "TZ": "ELSE-13:45",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONIOENCODING": "utf-8",
    "PYTHONHASHSEED": "20",
    "SOURCE_DATE_EPOCH": "1",
}
"""A time zone that nobody lives in, a locale without an encoding, another order of hashes, another day."""
_SHOWN = 5


def build_again(root: Path, content: Path, first: Path) -> int:
    """How many files `first` has, if a second build gives the same. Raises `Unpublished` with the first that differ."""
    with TemporaryDirectory() as folder:
        second = Path(folder) / "another folder" / "再"
        arguments = ["build", "--content", str(content.resolve()), "--out", str(second)]
        done = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, str(root / "build.py"), *arguments],
            env={**os.environ, **ELSEWHERE, "MPLCONFIGDIR": folder},
            umask=0o077,
            cwd=folder,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        if done.returncode:
            raise Unpublished("not-reproducible", files=(done.stdout + done.stderr).strip()[-100:])
        one, other = _tree(first), _tree(second)
    different = sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
    if different:
        raise Unpublished("not-reproducible", files=", ".join(different[:_SHOWN]))
    return len(one)


def _tree(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != MARKER]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
