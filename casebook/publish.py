"""Publishing: the output is built beside the old one and takes its place only when it is whole."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

MARKER = ".casebook"
"""Stands in every folder we made; a folder without it is somebody else's and is never replaced."""


class NotOursError(Exception):
    """The output path is a link, a file, or a folder that we did not make."""


def publish(build: Callable[[Path], None], out: Path) -> None:
    """Run `build` into a new folder beside `out`, then exchange the two. If it raises, `out` is as it was."""
    out = out.absolute()
    if out.is_symlink() or (out.exists() and not _ours(out)):
        raise NotOursError(str(out))
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        build(fresh)
        (fresh / MARKER).touch()
        fresh.chmod(0o755)
        _exchange(fresh, out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _ours(out: Path) -> bool:
    return out.is_dir() and ((out / MARKER).is_file() or not any(out.iterdir()))


def _exchange(fresh: Path, out: Path) -> None:
    if out.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
        os.replace(out, old)
        os.replace(fresh, out)
        shutil.rmtree(old)
    else:
        os.replace(fresh, out)
