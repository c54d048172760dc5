"""`serve`: a live preview."""

import argparse
from pathlib import Path

from casebook.adapter import serve_site
from casebook.commands.report import Check

HELP = "实时预览 · live preview"


def declare(command: argparse.ArgumentParser) -> None:
    """Where to listen, and whether to show it."""
    command.add_argument("--open", action="store_true", help="在浏览器中打开 · open it in a browser")
    command.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT")


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Serve until interrupted."""
    serve_site(root, options.content, options.address, options.open)
    return 0
