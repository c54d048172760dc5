"""`rollback`: the version that was published before."""

import argparse
import os
from pathlib import Path

from casebook.commands.publishing import declare_out, publishing, wait
from casebook.commands.report import Check, say
from casebook.publish import rollback

HELP = "换回上一版 · bring the previous version back"


def declare(command: argparse.ArgumentParser) -> None:
    """Of which site."""
    declare_out(command)


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Exchange the published site and the one it replaced; once more undoes it."""
    out = options.out or root / "site"
    code = publishing(lambda: rollback(out, root, wait(options, out)), out, options)
    if code == 0:
        say("rolled-back", options.lang, path=os.path.relpath(out))
    return code
