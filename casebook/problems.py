"""Problems: what is wrong in a content file, where, and how to mend it.

A problem names its rule; the words stand in `messages/<language>.yml`, so that every rule speaks each language and
a translator never opens Python. Positions are 1-based; line 0 means the file as a whole.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

_COMMAND = re.compile(r"##(?=[\[A-Za-z])")


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning stops a strict one."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of one file. `values` fill the placeholders of the rule's message and remedy."""

    path: str
    line: int
    column: int
    rule: str
    values: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def message(self, language: str) -> str:
        """What is wrong, in one sentence."""
        return _fill(wording(language)[self.rule]["message"], self.values)

    def remedy(self, language: str) -> str:
        """How to mend it, after what was probably meant."""
        said = wording(language)[self.rule]
        guess = _fill(said["suggestion"], self.values) + " " if self.values.get("suggestion") else ""
        return guess + _fill(said["remedy"], self.values)


@cache
def wording(language: str) -> dict[str, dict[str, str]]:
    """The messages of one language, by rule. Raises `KeyError` for a language that has none."""
    path = Path(__file__).parent / "messages" / f"{language}.yml"
    if not path.is_file():
        raise KeyError(language)
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def _fill(template: str, values: Mapping[str, str]) -> str:
    # One pass, so that a brace inside a value is never read as a placeholder.
    out, rest = [], template
    while "{" in rest:
        before, _, rest = rest.partition("{")
        name, _, rest = rest.partition("}")
        # Choices are of our own making: a list cut short would help nobody.
        out += [before, printable(values[name], 1000 if name == "choices" else 120)]
    return "".join([*out, rest])


def printable(text: str, limit: int = 120) -> str:
    """`text` on one line, control and format characters spelled by code point, cut at `limit` characters.

    Nothing in it speaks to the system that runs a check: `##[error]` and `##vso[…]` are commands wherever they stand.
    """
    shown = _COMMAND.sub("#<U+0023>", "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text))
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Sorted as a person mends them: file by file, from the top down; the same problem once."""
    unique = {(p.path, p.line, p.column, p.rule, tuple(sorted(p.values.items()))): p for p in problems}
    return [unique[key] for key in sorted(unique)]


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """Only those that stop a build."""
    return [p for p in problems if p.severity is Severity.ERROR]


def as_text(problems: Iterable[Problem], language: str) -> str:
    """`path:line:column: severity[rule]: message`, the remedy indented below."""
    return "".join(
        f"{_path(p.path)}:{p.line}:{p.column}: {p.severity}[{p.rule}]: {p.message(language)}\n"
        f"    → {p.remedy(language)}\n"
        for p in problems
    )


def _path(path: str) -> str:
    # What begins with two colons at the beginning of a line is a command, too.
    return printable(("./" if path.startswith((":", " ")) else "") + path, 400)


def as_json(problems: Iterable[Problem], language: str) -> str:
    """The same for `--format json`: records as JSON, with escapes for all that a terminal or a CI system would obey."""
    text = json.dumps(as_records(problems, language), ensure_ascii=False, indent=2)
    return "".join(c if c.isprintable() or c == "\n" else _escape(c) for c in text.replace("##", "#\\u0023"))


def _escape(character: str) -> str:
    return json.dumps(character)[1:-1]


def as_records(problems: Iterable[Problem], language: str) -> list[dict[str, str | int]]:
    """The same as plain records."""
    return [
        {
            "path": p.path,
            "line": p.line,
            "column": p.column,
            "severity": str(p.severity),
            "rule": p.rule,
            "message": p.message(language),
            "remedy": p.remedy(language),
        }
        for p in problems
    ]
