"""The only reader of archived sources: a folder's files by their SHA-256, whatever they are called."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from casebook.problems import Problem


@dataclass(frozen=True, slots=True)
class Archived:
    """One file of the archive. Bytes that are not UTF-8 stand in `text` as U+FFFD: no phrase is found there."""

    path: str
    sha256: str
    text: str

    @property
    def lines(self) -> list[str]:
        """The physical lines; a locator counts them from 1."""
        return self.text.replace("\r\n", "\n").removesuffix("\n").split("\n")

    @property
    def characters(self) -> int:
        """How many characters it has, white space not counted."""
        return sum(self.line_characters)

    @property
    def line_characters(self) -> list[int]:
        """The same for each line."""
        return [sum(not character.isspace() for character in line) for line in self.lines]


def read_archive(folder: Path) -> tuple[dict[str, Archived], list[Problem]]:
    """SHA-256 → file, for every file in the folder and below; paths are absolute."""
    if not folder.is_dir():
        return {}, [Problem(folder.absolute().as_posix(), 0, 0, "archive-folder-missing")]
    files = sorted(path for path in folder.absolute().rglob("*") if path.is_file())
    archived = [archived_file(path.as_posix(), path.read_bytes()) for path in files]
    return {file.sha256: file for file in archived}, []


def archived_file(path: str, data: bytes) -> Archived:
    """One file of the archive."""
    return Archived(path, hashlib.sha256(data).hexdigest(), data.decode("utf-8-sig", errors="replace"))
