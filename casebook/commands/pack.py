"""`pack`: the published site as one zip, to be opened where there is no network."""

import argparse
import os
from datetime import date
from pathlib import Path

from casebook.commands.publishing import declare_out, publishing, wait
from casebook.commands.report import Check, report, say
from casebook.publish import pack

HELP = "打包成一个 zip，断网可看 · pack site/ as one zip"


def declare(command: argparse.ArgumentParser) -> None:
    """Which site, and where to."""
    declare_out(command)
    command.add_argument("--to", type=Path, metavar="DIR", help="放在哪里 · where to put it")
    command.set_defaults(strict=False)


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Pack what is published; the zip is named and dated by the content's own date."""
    found = checked(options.content)
    if found.corpus is None:
        return report(found, options)
    day = date.fromisoformat(found.corpus.site.updated)
    out, target = options.out or root / "site", (options.to or root / "offline") / f"casebook-{day}.zip"
    code = publishing(lambda: pack(out, root, target, day, wait(options, out)), target, options)
    if code == 0:
        say("packed", options.lang, path=os.path.relpath(target))
    return code
