"""The only reader of git: the content of one revision as bytes.

No checkout, no network, and no program but git itself: whatever a repository's settings name (hooks, file monitors,
filters, text converters) is not run, missing objects are not fetched. Only `rev-parse`, `merge-base`, `ls-tree` and
`cat-file` are asked.
"""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebook.folder import IGNORED, expected
from casebook.problems import Problem

MAIN = ("refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master")
"""Where a change usually goes, in the order in which they are looked for."""

OPTIONS: Final = (
    "--no-pager --no-optional-locks --literal-pathspecs -c core.fsmonitor=false -c core.hooksPath=/dev/null "
    "-c protocol.allow=never"
).split()
# Where git finds a repository is said by the content folder alone, also inside a hook.
LOCATING = (
    "GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE GIT_PREFIX GIT_COMMON_DIR GIT_NAMESPACE GIT_OBJECT_DIRECTORY "
    "GIT_ALTERNATE_OBJECT_DIRECTORIES GIT_GRAFT_FILE GIT_SHALLOW_FILE GIT_CEILING_DIRECTORIES"
).split()
SETTINGS: Final = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class Unreadable(Exception):  # noqa: N818 - what it says of a revision, not of a program
    """A revision cannot be read; `rule` and `values` are the message's."""

    def __init__(self, rule: str, **values: str) -> None:
        super().__init__(rule)
        self.rule, self.values = rule, values


@dataclass(frozen=True, slots=True)
class Repository:
    """The git repository around a content folder; `prefix` is the folder's path in it ("" at its top)."""

    anchor: Path
    prefix: str

    def resolve(self, revision: str) -> str:
        """The full id of the commit that `revision` names. Raises `Unreadable`."""
        sound = revision.isprintable() and not revision.startswith("-")
        found = self._find(f"{revision}^{{commit}}") if sound and revision else None
        if found is None or not found.isalnum():  # what is left out, `^main`, is no commit
            raise Unreadable("unknown-revision" if self._find("HEAD") else "no-revision", text=revision)
        return found

    def base(self, head: str) -> tuple[str, str]:
        """(commit, its name) that a change up to the commit `head` is best compared with: where it left main.

        Main itself where no common ancestor is known here, `HEAD` where there is no main.
        """
        for name in MAIN:
            if main := self._find(f"{name}^{{commit}}"):
                shared = _git(self.anchor, "merge-base", main, head)
                return (shared.stdout.decode().strip() or main), name.removeprefix("refs/").split("/", 1)[1]
        return self.resolve("HEAD"), "HEAD"

    def files(self, commit: str) -> tuple[dict[str, bytes], list[Problem]]:
        """The content files of a commit as `read_content` gives those of a folder; links are never followed."""
        tree = self._find(f"{commit}:{self.prefix}")
        listed = _git(self.anchor, "ls-tree", "-r", "-z", "--full-tree", tree or commit)
        if tree is None or listed.returncode:
            return {}, [Problem("", 0, 0, "content-folder-missing")]
        ids: dict[str, str] = {}
        problems: list[Problem] = []
        for entry in listed.stdout.split(b"\0")[:-1]:
            about, _, name = entry.partition(b"\t")
            mode, kind, id = about.decode().split()
            path = os.fsdecode(name)
            if path.rpartition("/")[2] in IGNORED:
                continue
            if kind != "blob" or mode not in ("100644", "100755", "100664"):
                problems.append(Problem(path, 0, 0, "file-not-regular"))
            elif not expected(path):
                problems.append(Problem(path, 0, 0, "file-unexpected"))
            else:
                ids[path] = id
        return dict(sorted(self._blobs(ids).items())), problems

    def _find(self, name: str) -> str | None:
        """The id of an object by any name git knows it by."""
        found = _git(self.anchor, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
        return found.stdout.decode().strip() or None if found.returncode == 0 else None

    def _blobs(self, ids: Mapping[str, str]) -> dict[str, bytes]:
        """Path → bytes. Raises `Unreadable` for an object that is not here."""
        asked = "".join(f"{id}\n" for id in ids.values()).encode()
        told, at = _git(self.anchor, "cat-file", "--batch", given=asked).stdout, 0
        read: dict[str, bytes] = {}
        for path in ids:
            end = told.find(b"\n", at)
            head = told[at:end].decode(errors="replace").split() if end > 0 else []
            if len(head) != 3 or head[1] != "blob":
                raise Unreadable("revision-incomplete", path=path)
            at = end + 1 + int(head[2])
            read[path] = told[end + 1 : at]
            at += 1
        return read


def open_repository(content: Path) -> Repository:
    """The repository that holds a content folder, also one that is no longer there. Raises `Unreadable`."""
    content = content.absolute()
    anchor = next(folder for folder in (content, *content.parents) if folder.is_dir())
    told = _git(anchor, "rev-parse", "--show-prefix")
    if told.returncode:
        why = told.stderr.decode(errors="replace").partition("\n")[0]
        raise Unreadable("not-a-repository", path=str(anchor), why=why)
    above = os.fsdecode(told.stdout.removesuffix(b"\n"))
    return Repository(anchor, "/".join(filter(None, (above.rstrip("/"), *content.relative_to(anchor).parts))))


def _git(folder: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in LOCATING} | SETTINGS
    command = ["git", *OPTIONS, "-C", str(folder), *arguments]
    try:
        return subprocess.run(command, input=given, env=environment, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError:
        raise Unreadable("git-missing") from None
