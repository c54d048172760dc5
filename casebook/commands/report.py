"""What the commands say to people: problems with their places, and a last line."""

import argparse
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from casebook.adapter import Checked
from casebook.corpus import Corpus
from casebook.problems import Problem, as_json, as_text, errors
from casebook.verify import claims, omissions

Check = Callable[[Path], Checked]
"""A content folder as a corpus, and everything that is wrong with it: what `build.py` hands to its commands."""


def report(found: Checked, options: argparse.Namespace, clean: str = "summary-clean") -> int:
    """Print what is wrong, or that all is well (the message `clean`); the exit code."""
    content = options.content.absolute()
    # The path of an archived file is absolute already.
    shown = [Path(os.path.relpath(content / problem.path)).as_posix() for problem in found.problems]
    problems = [replace(problem, path=path) for problem, path in zip(found.problems, shown, strict=True)]
    wrong = len(problems if options.strict else errors(problems))
    if getattr(options, "format", "text") == "json":
        print(as_json(problems, options.lang))
    else:
        print(as_text(problems, options.lang), end="")
        said = "summary" if wrong else "summary-warnings" if problems else clean
        say(said, options.lang, errors=str(wrong), warnings=str(len(problems)), **_counts(found.corpus))
    return 1 if wrong else 0


def say(rule: str, language: str, **values: str) -> None:
    """Print one message of the catalogue."""
    said = Problem("", 0, 0, rule, values)
    print(said.message(language), said.remedy(language))


def declare_strict(command: argparse.ArgumentParser) -> None:
    """The option that makes warnings count."""
    command.add_argument("--strict", action="store_true", help="警告也算错 · warnings count as errors")


def declare_format(command: argparse.ArgumentParser) -> None:
    """The option for readers that are programs."""
    command.add_argument("--format", choices=("text", "json"), default="text")


def _counts(corpus: Corpus | None) -> dict[str, str]:
    """What a clean report boasts of."""
    if corpus is None:
        return {}
    cited = sum(len(claims(corpus, source)) for source in corpus.sources)
    omitted = sum(len(omissions(corpus, source)) for source in corpus.sources)
    return {"cases": str(len(corpus.cases)), "claims": str(cited), "omissions": str(omitted)}
