"""A report: what is wrong with a content folder, as people and programs are told of it. Each form has a module."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from casebook.characters import MAX_LINE, decode
from casebook.mending import mechanical
from casebook.problems import Problem, Severity

RULES_PAGE = "rules.html"
"""The site's page that explains every rule, each at an anchor of its name."""


# Rules of a key without a value: what they need is how it is filled in.
ABSENT = ("empty-value", "missing-key")


@dataclass(frozen=True, slots=True)
class Told:
    """One problem, its path as people see it, with the line it stands in and whether `fix` puts it right.

    `help` says how the key is filled in that is empty or missing.
    """

    problem: Problem
    line: str
    mechanical: bool
    help: str = ""

    @property
    def address(self) -> str:
        """Where the rule is explained, relative to the site's root."""
        return f"{RULES_PAGE}#{self.problem.rule}"


@dataclass(frozen=True, slots=True)
class Report:
    """All problems in order; how many files of cases were read, and how many of them have none (but hints)."""

    told: tuple[Told, ...]
    cases: int
    sound: int
    language: str
    strict: bool

    def count(self, severity: Severity) -> int:
        """How many problems have this weight."""
        return sum(told.problem.severity is severity for told in self.told)

    @property
    def mechanical(self) -> int:
        """How many problems `fix` puts right."""
        return sum(told.mechanical for told in self.told)

    @property
    def failed(self) -> bool:
        """Whether the command has to fail: hints never count, warnings only if it was asked for."""
        return bool(self.count(Severity.ERROR) or (self.strict and self.count(Severity.WARNING)))


def make_report(
    files: Mapping[str, bytes],
    problems: list[Problem],
    language: str,
    strict: bool = False,
    shown: Callable[[str], str] = str,
    words: Mapping[str, Mapping[str, str]] | None = None,
) -> Report:
    """What is to be told of `problems` of `files`.

    `shown` gives a path as people see it, `words` say how a key is called and filled in.
    """
    lines: dict[str, list[str]] = {}
    told = []
    for problem in problems:
        data = files.get(problem.path, b"")
        if problem.path not in lines:
            text = decode(data, problem.path)[0]
            lines[problem.path] = (text if text is not None else data.decode("utf-8", "replace")).split("\n")
        known = 0 < problem.line <= len(lines[problem.path]) and problem.path in files
        line = lines[problem.path][problem.line - 1] if known else ""
        mended = known and mechanical(problem, line, data)
        told.append(Told(replace(problem, path=shown(problem.path)), line, mended, _help(problem, words or {})))
    cases = {path for path in files if path.startswith("cases/")}
    unsound = {problem.path for problem in problems if problem.severity is not Severity.HINT}
    return Report(tuple(told), len(cases), len(cases - unsound), language, strict)


def _help(problem: Problem, words: Mapping[str, Mapping[str, str]]) -> str:
    said = words.get(problem.values.get("key", "")) if problem.rule in ABSENT else None
    return f"{said['title']} · {said['help']}" if said else ""


def as_records(report: Report) -> dict[str, Any]:
    """The report as plain records, for programs."""
    return {
        "cases": report.cases,
        "sound": report.sound,
        **{f"{severity}s": report.count(severity) for severity in Severity},
        "mechanical": report.mechanical,
        "failed": report.failed,
        "problems": [_record(told, report.language) for told in report.told],
    }


def _record(told: Told, language: str) -> dict[str, str | int | bool]:
    problem = told.problem
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "severity": str(problem.severity),
        "rule": problem.rule,
        "message": problem.message(language),
        "remedy": problem.remedy(language),
        "source": told.line[:MAX_LINE],
        "mechanical": told.mechanical,
        "address": told.address,
        "help": told.help,
    }
