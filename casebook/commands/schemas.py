"""`schemas`: the JSON Schemas for people's editors, written anew."""

import argparse
from pathlib import Path

from casebook.commands.report import Check, report
from casebook.editors import schema_files

HELP = "重写 schemas/ · write schemas/ anew"


def declare(command: argparse.ArgumentParser) -> None:
    """Where to."""
    command.add_argument("--out", type=Path, metavar="DIR")
    command.set_defaults(strict=False)


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Write the schemas; content that cannot be loaded is told instead."""
    found = checked(options.content)
    if found.corpus is None:
        return report(found, options)
    for name, text in schema_files(found.corpus, root / "templates").items():
        ((options.out or root / "schemas") / name).write_text(text, encoding="utf-8")
    return 0
