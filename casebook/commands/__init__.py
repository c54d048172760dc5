"""The commands behind `python build.py`: one module each, with `HELP`, `declare` (its options) and `run`."""

import argparse
import os
import sys
from pathlib import Path
from types import ModuleType

from casebook.commands import build, check, diff, fix, new, pack, rollback, sbom, schemas, serve, verify
from casebook.commands.report import Check

COMMANDS: dict[str, ModuleType] = {
    "build": build,
    "new": new,
    "check": check,
    "fix": fix,
    "verify": verify,
    "diff": diff,
    "serve": serve,
    "rollback": rollback,
    "pack": pack,
    "schemas": schemas,
    "sbom": sbom,
}


def main(checked: Check, root: Path, arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, or 1 if something is wrong."""
    options = _parser(root).parse_args(_with_command(sys.argv[1:] if arguments is None else arguments))
    code: int = COMMANDS[options.command].run(checked, root, options)
    return code


def _with_command(arguments: list[str]) -> list[str]:
    """What was asked for; without a command, `build`."""
    named = arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help"))
    return arguments if named else ["build", *arguments]


def _parser(root: Path) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Casebook")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=module.HELP)
        command.add_argument("--content", type=Path, metavar="DIR", default=root / "content")
        command.add_argument("--lang", choices=("zh", "en"), default=_language())
        command.set_defaults(templates=root / "templates")
        module.declare(command)
    return parser


def _language() -> str:
    """Chinese, unless the environment asks for English."""
    asked = os.environ.get("CASEBOOK_LANG") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if asked.startswith("en") else "zh"
