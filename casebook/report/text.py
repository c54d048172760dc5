"""A report for people at a terminal: what is fine, then every problem with its line, then what to do next."""

import unicodedata

from casebook.phrases import phrase
from casebook.problems import Severity, disarmed, printable, printable_path
from casebook.report import Report, Told

WIDTH = 100
"""How much of a line is shown, in columns of a terminal; a Chinese character takes two."""
MOST = 3 * WIDTH
"""How many characters of a line are looked at: some take no column at all."""


def as_text(report: Report) -> str:
    """`path:line:column: severity[rule]: message`, the line with a caret below it, the remedy, the rule's address."""
    return "".join(_problem(told, report.language) for told in report.told)


def first_line(report: Report) -> str:
    """What is fine."""
    values = {"cases": str(report.cases), "sound": str(report.sound)}
    return phrase("check-read", report.language, **values)


def last_lines(report: Report) -> str:
    """How much is wrong, and what to do next."""
    if not report.told:
        return phrase("found-none", report.language)
    counts = {f"{severity}s": report.count(severity) for severity in Severity}
    said = [phrase(f"count-{name}", report.language, n=str(n)) for name, n in counts.items() if n]
    lines = [phrase("found", report.language, counts=phrase("separator", report.language).join(said))]
    if report.mechanical:
        lines.append(phrase("next-fix", report.language, n=str(report.mechanical)))
    if report.count(Severity.ERROR) + report.count(Severity.WARNING) > report.mechanical:
        lines.append(phrase("next-mend-rest" if report.mechanical else "next-mend", report.language))
    elif not report.mechanical:
        lines.append(phrase("next-nothing", report.language))
    return "\n".join(lines)


def _problem(told: Told, language: str) -> str:
    problem = told.problem
    place = f"{printable_path(problem.path)}:{problem.line}:{problem.column}"
    known = phrase("rule-at", language, address=told.address)
    if told.mechanical:
        known += phrase("separator", language) + phrase("by-fix", language)
    return (
        f"{place}: {problem.severity}[{problem.rule}]: {problem.message(language)}\n"
        f"{_source(told)}    → {problem.remedy(language)}\n"
        + (f"      {told.help}\n" if told.help else "")
        + f"      {known}\n\n"
    )


def _source(told: Told) -> str:
    """The line in question and a caret below the offending text; nothing where there is no line."""
    problem = told.problem
    if not told.line:
        return ""
    start = max(0, _fitting(told.line, problem.column - 1))
    cut = "…" if start else ""
    shown, taken, before, underlined = cut, width(cut), 0, 0
    length = _offending(told)
    for column, character in enumerate(told.line[start:], start + 1):
        piece = printable(character, 12)
        wide = width(piece)
        if taken + wide > WIDTH or column > start + MOST:
            shown += "…"
            break
        before += wide if column < problem.column else 0
        underlined += wide if problem.column <= column < problem.column + length else 0
        shown, taken = shown + piece, taken + wide
    number = str(problem.line)
    margin = " " * len(number)
    caret = " " * (width(cut) + before) + "^" * max(1, underlined)
    return f"    {number} | {disarmed(shown)}\n    {margin} | {caret}\n"


def _fitting(line: str, column: int) -> int:
    """Where to begin, so that what stands at `column` is seen with something before it."""
    if column < MOST and width(line[:column]) < WIDTH * 2 // 3:
        return 0
    start, taken = column, 0
    while start > max(0, column - MOST // 2) and taken < WIDTH // 2:
        start -= 1
        taken += width(line[start : start + 1])
    return start


def _offending(told: Told) -> int:
    """How many characters of the line are meant."""
    values, rest = told.problem.values, told.line[told.problem.column - 1 :]
    names = ("found", "text", "key")
    return next((len(values[name]) for name in names if values.get(name) and rest.startswith(values[name])), 1)


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
