"""`fix`: what is mechanical, put right, after it was shown."""

import argparse
import difflib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from casebook.characters import decode
from casebook.commands.report import Check, say
from casebook.folder import write_content
from casebook.mending import mend
from casebook.phrases import phrase
from casebook.problems import errors, printable

HELP = "自动改正机械的错误 · mend what is mechanical"


def declare(command: argparse.ArgumentParser) -> None:
    """Which files, and whether to ask."""
    command.add_argument("files", nargs="*", type=Path, metavar="FILE")
    how = command.add_mutually_exclusive_group()
    how.add_argument("--yes", action="store_true", help="不问就改 · write without asking")
    how.add_argument("--dry-run", action="store_true", help="只看不改 · only show")


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Show the difference, ask, write each file whole or not at all.

    The exit code is 1 if something would change and was not written.
    """
    found = checked(options.content)
    outside, paths = _asked_for(options, found.files)
    if outside is not None:
        say("file-outside", options.lang, path=printable(str(outside), 400))
        return 1
    mended = mend(found.files, paths)
    if not mended:
        say("fix-nothing", options.lang)
    for path, data in mended.items():
        sys.stdout.writelines(_difference(path, found.files[path], data, options.lang))
    if mended and not _agreed(options, len(mended)):
        return 1
    for path, data in mended.items():
        write_content(options.content / path, data)
        say("fix-changed", options.lang, path=printable(path, 400))
    if errors(checked(options.content).problems):
        say("fix-left", options.lang)
    return 0


def _asked_for(options: argparse.Namespace, files: Mapping[str, bytes]) -> tuple[Path | None, list[str]]:
    """The paths inside the content folder that are meant, after the first file that is not one of them."""
    content, paths = options.content.resolve(), []
    for file in options.files:
        inside = file.resolve()
        path = inside.relative_to(content).as_posix() if inside.is_relative_to(content) else ""
        if path not in files or not path.endswith(".yml"):
            return file, []
        paths.append(path)
    return None, list(dict.fromkeys(paths)) if options.files else [path for path in files if path.endswith(".yml")]


def _difference(path: str, before: bytes, after: bytes, language: str) -> Iterator[str]:
    """What would change, as a unified diff in which nothing is invisible."""
    old, problems = decode(before, path)
    shown = printable(path, 400)
    if old is None:
        yield phrase("fix-encoding", language, path=shown) + "\n"
        old = before.decode("gb18030" if problems[0].rule == "text-gbk" else "utf-16", "replace")
    elif problems:
        yield phrase("fix-invisible", language, path=shown) + "\n"
    new = after.decode()
    lines = difflib.unified_diff(old.split("\n"), new.split("\n"), f"a/{shown}", f"b/{shown}", lineterm="")
    yield from (f"{_visible(line)}\n" for line in lines)


def _visible(line: str) -> str:
    """A line of a diff with its trailing spaces as dots, and what cannot be seen spelled out."""
    bare = line[:1] + line[1:].rstrip(" ")
    return printable(bare + "·" * (len(line) - len(bare)), 10_000)


def _agreed(options: argparse.Namespace, count: int) -> bool:
    """Whether to write."""
    if options.yes:
        return True
    say("fix-would", options.lang, n=str(count))
    if not options.dry_run and not sys.stdin.isatty():
        say("not-asked", options.lang)
        return False
    if not options.dry_run and input(phrase("ask-apply", options.lang)).strip().lower() in ("y", "yes", "是", "好"):
        return True
    say("fix-kept", options.lang)
    return False
