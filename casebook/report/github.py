"""A report for GitHub: annotations at the lines of a change, and the whole of it as Markdown for the summary.

GitHub shows ten annotations of a level and step, and obeys every line of a log that begins like a command: what stands
in a file is escaped here and never obeyed.
"""

from casebook.phrases import phrase
from casebook.problems import Severity, printable
from casebook.render.escape import plain
from casebook.report import Report, Told
from casebook.report.text import as_text, first_line, last_lines

MOST = 10
"""GitHub shows no more annotations of one level."""
MOST_BYTES = 900_000
"""A summary of more than a mebibyte is thrown away."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def as_log(report: Report, token: str) -> str:
    """Annotations, at most ten of a level (the last of them says how many more there are), then everything as text.

    `token` must be one that nobody who writes content can know: until it comes again, GitHub obeys no line.
    """
    commands = [line for severity in LEVELS for line in _annotations(report, severity)]
    told = f"::stop-commands::{token}\n{as_text(report)}::{token}::\n" if report.told else ""
    return "".join(f"{line}\n" for line in commands) + told + f"{first_line(report)}\n{last_lines(report)}\n"


def as_summary(report: Report) -> str:
    """The whole report as Markdown, cut where GitHub would throw it away."""
    parts = [f"{plain(first_line(report))}\n\n", *(_item(told, report.language) for told in report.told)]
    size, kept = 0, list[str]()
    for part in parts:
        size += len(part.encode())
        if size > MOST_BYTES:
            kept.append(f"\n{plain(phrase('more', report.language, n=str(len(parts) - len(kept))))}\n")
            break
        kept.append(part)
    return "".join([*kept, "\n", *(f"{plain(line)}\n\n" for line in last_lines(report).split("\n"))])


def _annotations(report: Report, severity: Severity) -> list[str]:
    found = [told for told in report.told if told.problem.severity is severity]
    if len(found) <= MOST:
        return [_command(told, report.language) for told in found]
    more = phrase("more", report.language, n=str(len(found) - MOST + 1))
    return [*(_command(told, report.language) for told in found[: MOST - 1]), f"::{LEVELS[severity]}::{_text(more)}"]


def _command(told: Told, language: str) -> str:
    problem = told.problem
    place = {"file": problem.path, "title": problem.rule}
    if problem.line:
        place |= {"line": str(problem.line), "col": str(problem.column)}
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    said = f"{problem.message(language)}\n→ {problem.remedy(language)}"
    return f"::{LEVELS[problem.severity]} {properties}::{_text(said)}"


def _text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _text(text).replace(":", "%3A").replace(",", "%2C")


def _item(told: Told, language: str) -> str:
    problem = told.problem
    place = plain(f"{printable(problem.path, 400)}:{problem.line}:{problem.column}")
    message, remedy = plain(problem.message(language)), plain(problem.remedy(language))
    return f"- **{problem.severity}** <code>{place}</code> {message} → {remedy} <code>{plain(problem.rule)}</code>\n"
