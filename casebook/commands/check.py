"""`check`: everything that is wrong with the content, and what would be better otherwise."""

import argparse
from pathlib import Path

from casebook.commands.report import Check, declare_format, declare_strict, report
from casebook.mending import style
from casebook.problems import in_order

HELP = "检查内容 · check the content"


def declare(command: argparse.ArgumentParser) -> None:
    """How strictly, and in which form."""
    declare_strict(command)
    declare_format(command)


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Tell every problem with its place and its remedy."""
    found = checked(options.content)
    hints = style(found.corpus, found.files) if found.corpus else []
    return report(found._replace(problems=in_order([*found.problems, *hints])), options)
