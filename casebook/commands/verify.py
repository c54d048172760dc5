"""`verify`: `check`, and every phrase at its place in the archived sources."""

import argparse
from pathlib import Path

from casebook.adapter import Checked
from casebook.archive import read_archive
from casebook.commands.report import Check, declare_format, declare_strict, report
from casebook.problems import in_order
from casebook.verify import verify

HELP = "对照存档原文 · compare with the archived sources"


def declare(command: argparse.ArgumentParser) -> None:
    """Where the sources are, how strictly, and in which form."""
    declare_strict(command)
    declare_format(command)
    command.add_argument("--archive", type=Path, metavar="DIR", required=True)


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Tell every problem of the content and of its agreement with the sources."""
    return report(_verified(checked(options.content), options.archive), options, "summary-verified")


def _verified(found: Checked, archive: Path) -> Checked:
    """The same with what the archived sources say against it; not before every file can be read."""
    if found.corpus is None or found.corpus.refused:
        return found
    texts, problems = read_archive(archive)
    if not problems:
        problems = verify(found.corpus, texts)
    return found._replace(problems=in_order([*found.problems, *problems]))
