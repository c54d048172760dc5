"""What the commands say to people: problems with their places, and a last line."""

import argparse
import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path

from casebook.adapter import Checked
from casebook.phrases import phrase
from casebook.problems import as_json
from casebook.report import Report, as_records, make_report
from casebook.report.codequality import as_issues
from casebook.report.github import as_log, as_summary
from casebook.report.text import as_text, first_line, last_lines
from casebook.schemas import field_words
from casebook.verify import claims, omissions

Check = Callable[[Path], Checked]
"""A content folder as a corpus, and everything that is wrong with it: what `build.py` hands to its commands."""

FORMATS = ("text", "json", "github", "codequality")


def report(found: Checked, options: argparse.Namespace, clean: str = "summary-clean") -> int:
    """Print what is wrong, or that all is well (the phrase `clean`); the exit code."""
    content = options.content.absolute()

    @cache  # there may be very many problems of few files
    def shown(path: str) -> str:
        # The path of an archived file is absolute already.
        return Path(os.path.relpath(content / path)).as_posix()

    words = field_words(options.templates, options.lang)
    made = make_report(found.files, found.problems, options.lang, options.strict, shown, words)
    match getattr(options, "format", "text"):
        case "json":
            print(as_json(as_records(made)))
        case "codequality":
            print(as_json(as_issues(made)))
        case "github":
            _tell_github(made)
        case _ if made.told:
            print(f"{first_line(made)}\n\n{as_text(made)}{last_lines(made)}")
        case _:
            say(clean, options.lang, **_counts(found))
    return 1 if made.failed else 0


def say(key: str, language: str, **values: str) -> None:
    """Print one phrase."""
    print(phrase(key, language, **values))


def declare_strict(command: argparse.ArgumentParser) -> None:
    """The option that makes warnings count."""
    command.add_argument("--strict", action="store_true", help="警告也算错 · warnings count as errors")


def declare_format(command: argparse.ArgumentParser) -> None:
    """The option for readers that are programs."""
    command.add_argument("--format", choices=FORMATS, default="text")


def _tell_github(made: Report) -> None:
    """Annotations and the log; the summary where a workflow asks for one."""
    print(as_log(made, secrets.token_hex(16)), end="")
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(as_summary(made))


def _counts(found: Checked) -> dict[str, str]:
    """What a clean report boasts of."""
    if found.corpus is None:
        return {}
    cited = sum(len(claims(found.corpus, source)) for source in found.corpus.sources)
    omitted = sum(len(omissions(found.corpus, source)) for source in found.corpus.sources)
    return {"cases": str(len(found.corpus.cases)), "claims": str(cited), "omissions": str(omitted)}
