"""The site as one file to hand on."""

import os
import zipfile
from datetime import date
from pathlib import Path

from casebook.publish.exchange import sync
from casebook.publish.manifest import MARKER, files_of

_MODE = (0o100644 << 16, 3)  # an ordinary file that all may read; 3: as Unix says it


def write_zip(folder: Path, target: Path, day: date) -> None:
    """All files of a sealed folder below one folder named like the zip; the same site gives the same bytes.

    Raises `OSError`; what stood at `target` before is replaced only by a whole zip.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.new")
    try:
        with zipfile.ZipFile(unfinished, "w") as packed:
            for path in sorted([*files_of(folder), MARKER]):
                entry = zipfile.ZipInfo(f"{target.stem}/{path}", (day.year, day.month, day.day, 0, 0, 0))
                entry.external_attr, entry.create_system = _MODE
                packed.writestr(entry, (folder / path).read_bytes(), zipfile.ZIP_DEFLATED, 9)
        unfinished.chmod(0o644)
        sync(unfinished)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
