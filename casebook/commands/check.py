"""`check`: everything that is wrong with the content."""

import argparse
from pathlib import Path

from casebook.commands.report import Check, declare_format, declare_strict, report

HELP = "检查内容 · check the content"


def declare(command: argparse.ArgumentParser) -> None:
    """How strictly, and in which form."""
    declare_strict(command)
    declare_format(command)


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Tell every problem with its place and its remedy."""
    return report(checked(options.content), options)
