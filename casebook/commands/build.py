"""`build`: the whole site, published only when it is whole."""

import argparse
import logging
import os
from pathlib import Path

from casebook.adapter import Refused, build_site
from casebook.adapter.flaws import Flawed
from casebook.commands.publishing import declare_out, publishing, wait
from casebook.commands.report import Check, declare_strict, report, say
from casebook.commands.twice import build_again
from casebook.problems import as_text
from casebook.publish import publish

HELP = "构建 site/ · build site/ (the default)"


def declare(command: argparse.ArgumentParser) -> None:
    """Where to, and how strictly."""
    declare_strict(command)
    declare_out(command)
    command.add_argument(
        "--verify-reproducible", action="store_true", help="构建两次，逐字节比较 · build twice and compare the bytes"
    )


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Build beside the old site and exchange the two; what stands in the way is told as `check` tells it."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    out = options.out or root / "site"

    def build(fresh: Path) -> None:
        build_site(root, options.content, fresh, options.strict)
        if options.verify_reproducible:
            say("reproducible", options.lang, count=str(build_again(root, options.content, fresh)))

    try:
        code = publishing(lambda: publish(build, out, root, wait(options, out)), out, options)
    except Refused:
        return report(checked(options.content), options)
    except Flawed as flawed:
        print(as_text(flawed.problems, options.lang), end="")
        say("site-flawed", options.lang, errors=str(len(flawed.problems)))
        return 1
    if code == 0:
        say("built", options.lang, path=os.path.relpath(out))
    return code
