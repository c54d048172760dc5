"""Problems: what is wrong in a content file, where, and how to mend it.

A problem names its rule; the words stand in `messages/<language>.yml`, so that every rule speaks each language and
a translator never opens Python. Positions are 1-based; line 0 means the file as a whole.
"""

import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

# Commands wherever they stand: of GitHub, of Azure, and (with signs behind it that are spelled out) of GitLab.
_COMMAND = re.compile(r"##(?=[\[A-Za-z])|section_(?=(?:start|end):)")


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning a strict one, a hint (a matter of style) none."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Edit:
    """What a remedy proposes: instead of `old`, which stands at `column` of the problem's line, `new`."""

    column: int
    old: str
    new: str

    @classmethod
    def between(cls, before: str, after: str) -> "Edit":
        """The smallest edit that makes the line `after` of the line `before`."""
        pairs = list(zip(before, after, strict=False))
        start = next((i for i, (old, new) in enumerate(pairs) if old != new), len(pairs))
        rest = list(zip(reversed(before[start:]), reversed(after[start:]), strict=False))
        end = next((i for i, (old, new) in enumerate(rest) if old != new), len(rest))
        return cls(start + 1, before[start : len(before) - end], after[start : len(after) - end])

    def applied(self, line: str) -> str | None:
        """The line as it is then, or `None` where `old` does not stand there."""
        start, end = self.column - 1, self.column - 1 + len(self.old)
        return line[:start] + self.new + line[end:] if line[start:end] == self.old else None


@dataclass(frozen=True, slots=True)
class Problem:
    """One defect of one file. `values` fill the placeholders of the rule's message and remedy.

    `edit` is what the remedy proposes, where that is a change of the line; whether it is certain is another question.
    """

    path: str
    line: int
    column: int
    rule: str
    values: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    edit: Edit | None = None

    def message(self, language: str) -> str:
        """What is wrong, in one sentence."""
        return fill(wording(language)[self.rule]["message"], self.values)

    def remedy(self, language: str) -> str:
        """How to mend it, after what was probably meant."""
        said = wording(language)[self.rule]
        guess = fill(said["suggestion"], self.values) + " " if self.values.get("suggestion") else ""
        return guess + fill(said["remedy"], self.values)


@cache
def wording(language: str) -> dict[str, dict[str, str]]:
    """The messages of one language, by rule. Raises `KeyError` for a language that has none."""
    path = Path(__file__).parent / "messages" / f"{language}.yml"
    if not path.is_file():
        raise KeyError(language)
    loaded: dict[str, dict[str, str]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def fill(template: str, values: Mapping[str, str]) -> str:
    """`template` with its placeholders replaced. Raises `KeyError` for one that has no value."""
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
    shown = text if text.isprintable() else "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text)
    shown = disarmed(shown)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def disarmed(text: str) -> str:
    """`text` without what is a command wherever it stands."""
    return _COMMAND.sub(lambda found: f"{found[0][:-1]}<U+{ord(found[0][-1]):04X}>", text)


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
        f"{printable_path(p.path)}:{p.line}:{p.column}: {p.severity}[{p.rule}]: {p.message(language)}\n"
        f"    → {p.remedy(language)}\n"
        for p in problems
    )


def printable_path(path: str) -> str:
    """A path as a line may begin with it: what begins with two colons there is a command, too."""
    return printable(("./" if path.startswith((":", " ")) else "") + path, 400)


def as_json(records: object) -> str:
    """Records as JSON, with escapes for all that a terminal or a CI system would obey."""
    out = io.StringIO()  # piece by piece: there may be very many
    for piece in json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(records):
        safe = piece.replace("##", "#\\u0023").replace("section_", "section\\u005f")
        out.write(safe if safe.isprintable() else "".join(map(_escaped, safe)))
    return out.getvalue()


def _escaped(character: str) -> str:
    return character if character.isprintable() or character == "\n" else json.dumps(character)[1:-1]
