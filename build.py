#!/usr/bin/env python3
"""Casebook's front door: `python build.py [build|check|verify|serve|schemas]`, and the hook of `mkdocs build`.

The whole program is four calls: load → check (in `checked`) → analyse → render (in `make`). MkDocs turns the result
into `site/`.
"""

import sys
from pathlib import Path

# MkDocs puts this folder on the path only while it loads the hook: everything is imported here.
from casebook.adapter import Adapter, Checked, Made
from casebook.analyse import analyse
from casebook.commands import main
from casebook.folder import read_content
from casebook.load import load
from casebook.problems import errors, in_order
from casebook.render import render
from casebook.render.environment import open_templates
from casebook.rules import check

ROOT = Path(__file__).resolve().parent


def checked(content: Path) -> Checked:
    """A content folder as a corpus, and everything that is wrong with it."""
    files, problems = read_content(content)
    if not files and problems:
        return Checked(files, None, problems)
    corpus, found = load(files)
    problems += found
    if corpus is not None:
        problems += check(corpus)
    return Checked(files, corpus, in_order(problems))


def make(content: Path, drawn: dict[str, str]) -> Made:
    """Everything that a content folder becomes. `drawn` keeps figures between the rebuilds of a live preview."""
    files, corpus, problems = checked(content)
    if corpus is None or errors(problems):
        return Made(files, corpus, None, problems)
    results = analyse(corpus)
    return Made(files, corpus, render(corpus, results, open_templates(ROOT / "templates"), drawn, files), problems)


_adapter = Adapter(make)
on_startup, on_config, on_files = _adapter.on_startup, _adapter.on_config, _adapter.on_files
on_env, on_post_build, on_serve = _adapter.on_env, _adapter.on_post_build, _adapter.on_serve

if __name__ == "__main__":
    sys.exit(main(checked, ROOT))
