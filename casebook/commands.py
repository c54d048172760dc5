"""The commands behind `python build.py`."""

import argparse
import json
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from casebook.adapter import Checked, Refused, build_site, serve_site
from casebook.archive import read_archive
from casebook.corpus import Corpus
from casebook.problems import Problem, as_records, as_text, errors, in_order
from casebook.publish import NotOursError, publish
from casebook.schemas import schema_files
from casebook.verify import claims, omissions, verify

Check = Callable[[Path], Checked]


def main(checked: Check, root: Path, arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0, or 1 if something is wrong."""
    options = _parser().parse_args(_with_command(sys.argv[1:] if arguments is None else arguments))
    if options.command == "serve":
        serve_site(root, options.content, options.address)
        return 0
    if options.command == "build":
        return _build(checked, root, options)
    found = checked(options.content or root / "content")
    if options.command == "schemas" and found.corpus:
        for name, text in schema_files(found.corpus, root / "templates").items():
            ((options.out or root / "schemas") / name).write_text(text, encoding="utf-8")
        return 0
    if options.command == "verify":
        found = _verified(found, options.archive)
    return _report(found, root, options)


def _with_command(arguments: list[str]) -> list[str]:
    """What was asked for; without a command, `build`."""
    named = arguments and (not arguments[0].startswith("-") or arguments[0] in ("-h", "--help"))
    return arguments if named else ["build", *arguments]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build.py", description="Casebook")
    parser.set_defaults(content=None, out=None, format="text", lang=_language(), strict=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    build = commands.add_parser("build", help="构建 site/ · build site/ (the default)")
    check = commands.add_parser("check", help="检查内容 · check the content")
    verifying = commands.add_parser("verify", help="对照存档原文 · compare with the archived sources")
    serve = commands.add_parser("serve", help="实时预览 · live preview")
    schemas = commands.add_parser("schemas", help="重写 schemas/ · write schemas/ anew")
    for command in (build, check, verifying, serve, schemas):
        command.add_argument("--content", type=Path, metavar="DIR", default=argparse.SUPPRESS)
        command.add_argument("--lang", choices=("zh", "en"), default=argparse.SUPPRESS)
    for command in (build, check, verifying):
        strict = "警告也算错 · warnings count as errors"
        command.add_argument("--strict", action="store_true", default=argparse.SUPPRESS, help=strict)
    for command in (build, schemas):
        command.add_argument("--out", type=Path, metavar="DIR", default=argparse.SUPPRESS)
    verifying.add_argument("--archive", type=Path, metavar="DIR", required=True)
    for command in (check, verifying):
        command.add_argument("--format", choices=("text", "json"), default=argparse.SUPPRESS)
    serve.add_argument("--address", default="127.0.0.1:8000", metavar="HOST:PORT")
    return parser


def _language() -> str:
    """Chinese, unless the environment asks for English."""
    asked = os.environ.get("CASEBOOK_LANG") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if asked.startswith("en") else "zh"


def _verified(found: Checked, archive: Path) -> Checked:
    """The same with what the archived sources say against it; not before every file can be read."""
    if found.corpus is None or found.corpus.refused:
        return found
    texts, problems = read_archive(archive)
    if not problems:
        problems = verify(found.corpus, texts)
    return found._replace(problems=in_order([*found.problems, *problems]))


def _report(found: Checked, root: Path, options: argparse.Namespace) -> int:
    content = (options.content or root / "content").absolute()
    # The path of an archived file is absolute already.
    shown = [Path(os.path.relpath(content / problem.path)).as_posix() for problem in found.problems]
    problems = [replace(problem, path=path) for problem, path in zip(found.problems, shown, strict=True)]
    wrong = len(problems if options.strict else errors(problems))
    if options.format == "json":
        print(json.dumps(as_records(problems, options.lang), ensure_ascii=False, indent=2))
    else:
        print(as_text(problems, options.lang), end="")
        clean = "summary-verified" if options.command == "verify" else "summary-clean"
        said = "summary" if wrong else "summary-warnings" if problems else clean
        _say(said, options.lang, errors=str(wrong), warnings=str(len(problems)), **_counts(found.corpus))
    return 1 if wrong else 0


def _counts(corpus: Corpus | None) -> dict[str, str]:
    """What a clean report boasts of."""
    if corpus is None:
        return {}
    cited = sum(len(claims(corpus, source)) for source in corpus.sources)
    omitted = sum(len(omissions(corpus, source)) for source in corpus.sources)
    return {"cases": str(len(corpus.cases)), "claims": str(cited), "omissions": str(omitted)}


def _build(checked: Check, root: Path, options: argparse.Namespace) -> int:
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    out = options.out or root / "site"
    try:
        publish(lambda fresh: build_site(root, options.content, fresh, options.strict), out)
    except Refused:
        return _report(checked(options.content or root / "content"), root, options)
    except NotOursError as error:
        _say("output-not-ours", options.lang, path=str(error))
        return 1
    _say("built", options.lang, path=os.path.relpath(out))
    return 0


def _say(rule: str, language: str, **values: str) -> None:
    said = Problem("", 0, 0, rule, values)
    print(said.message(language), said.remedy(language))
