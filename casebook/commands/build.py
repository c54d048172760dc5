"""`build`: the whole site, published only when it is whole."""

import argparse
import logging
import os
from pathlib import Path

from casebook.adapter import Refused, build_site
from casebook.commands.report import Check, declare_strict, report, say
from casebook.publish import NotOursError, publish

HELP = "构建 site/ · build site/ (the default)"


def declare(command: argparse.ArgumentParser) -> None:
    """Where to, and how strictly."""
    declare_strict(command)
    command.add_argument("--out", type=Path, metavar="DIR")


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Build beside the old site and exchange the two; what stands in the way is told as `check` tells it."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    out = options.out or root / "site"
    try:
        publish(lambda fresh: build_site(root, options.content, fresh, options.strict), out)
    except Refused:
        return report(checked(options.content), options)
    except NotOursError as error:
        say("output-not-ours", options.lang, path=str(error))
        return 1
    say("built", options.lang, path=os.path.relpath(out))
    return 0
