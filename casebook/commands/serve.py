"""`serve`: a live preview."""

import argparse
from pathlib import Path

from casebook.adapter import serve_site
from casebook.commands.report import Check

HELP = "实时预览 · live preview"


def declare(command: argparse.ArgumentParser) -> None:
    """Where to listen."""
    command.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT")


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    serve_site(root, options.content, options.address)
    return 0
