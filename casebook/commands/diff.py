"""`diff`: what a change does to the data, for a reviewer."""

import argparse
from pathlib import Path

import yaml

from casebook.changes import compare
from casebook.commands.report import Check, say
from casebook.folder import read_content
from casebook.problems import Problem
from casebook.render.environment import open_templates
from casebook.review import FORMATS, Compared, report
from casebook.revision import Unreadable, open_repository

HELP = "数据改了什么 · what a change does to the data"


def declare(command: argparse.ArgumentParser) -> None:
    """What is compared with what, and in which form it is told."""
    command.add_argument(
        "base", nargs="?", metavar="BASE", help="默认：与主分支分开的地方 · default: where it left main"
    )
    command.add_argument("--head", metavar="REV", help="默认：文件夹里现在的内容 · default: the folder as it is")
    command.add_argument("--format", choices=tuple(FORMATS), default="text")
    command.add_argument("--out", type=Path, metavar="FILE", help="写进文件 · write to a file")
    command.add_argument("--no-pages", action="store_true", help="不比网页，快些 · leave pages out: faster")


def run(checked: Check, root: Path, options: argparse.Namespace) -> int:
    """Tell what has changed: 0 whether or not anything has, 1 where it cannot be told."""
    try:
        repository = open_repository(options.content)
        head = repository.resolve(options.head or "HEAD")
        base, name = (repository.resolve(options.base), options.base) if options.base else repository.base(head)
        before = repository.files(base)
        after = repository.files(head) if options.head else read_content(options.content)
    except Unreadable as refused:
        say(refused.rule, options.lang, **refused.values)
        return 1
    if not after[0]:
        print(Problem("", 0, 0, "content-folder-missing").message(options.lang))
        return 1
    templates = open_templates(root / "templates")
    changes = compare(before, after, None if options.no_pages else templates)
    if changes is None:
        say("nothing-comparable", options.lang)
        return 1
    names = _named(name, base), _named(options.head, head) if options.head else ""
    links = _links(root, base), _links(root, head) if options.head else ""
    compared = Compared(names, repository.prefix, links)
    return _tell(report(changes, compared, templates, options.lang, options.format), options)


def _named(name: str, commit: str) -> str:
    """A commit as it was asked for, and its id; the id alone where it was asked for by that."""
    return commit[:10] if commit.startswith(name) else f"{name} ({commit[:10]})"


def _tell(text: str, options: argparse.Namespace) -> int:
    if options.out is None:
        print(text, end="")
        return 0
    try:
        options.out.write_text(text, encoding="utf-8")
    except OSError as error:
        say("cannot-write", options.lang, path=str(options.out), why=error.strerror or "")
        return 1
    return 0


def _links(root: Path, commit: str) -> str:
    """How the addresses of a commit's files begin in the repository that `mkdocs.yml` names."""
    # Read as text alone: the file may hold tags that name code.
    told = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    address = str(told.get("repo_url") or "").rstrip("/")
    return f"{address}/blob/{commit}/" if address.startswith("https://") else ""
