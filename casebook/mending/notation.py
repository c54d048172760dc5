"""Values written in another notation: where what was meant is the same key, term, date or number in other signs."""

import re
import unicodedata

from casebook.problems import Problem

_QUOTES = "\"'“”‘’「」"
_STOPS = ".,;。、"
# What may stand in a text beside its digits, by rule; with anything else in it, something would be lost.
_BESIDE_DIGITS = {
    "not-a-date": "年月日号./- ",
    "not-a-period": "年月日号./-~～至到—–― ",
    "not-a-locator": "Ll第行-~～至到—–― ",
    "not-a-number": "万亿.。",
}
_GROUPED = re.compile(r"[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?")
_NUMERALS = frozenset("零〇一二两三四五六七八九十百千万亿")
_KEYS = ("unknown-key", "unknown-rank")
RULES = frozenset(
    {
        *_BESIDE_DIGITS,
        *_KEYS,
        "not-a-whole-number",
        "not-a-start",
        "not-an-id",
        "unknown-id",
        "unknown-unit",
        "wrong-choice",
    }
)


def in_other_notation(problem: Problem, line: str) -> str | None:
    """The line with the value or key as it should be written, or `None` where that would be a guess."""
    typed = problem.values.get("key" if problem.rule in _KEYS else "text", "")
    meant = _flag(typed) if problem.rule == "not-a-flag" else problem.values.get("suggestion", "")
    start = problem.column - 1
    at = line.find(typed, start, start + len(typed) + 1)  # the value may stand in quotes
    if not typed or not meant or at < 0 or (problem.rule != "not-a-flag" and not _same(problem.rule, typed, meant)):
        return None
    return line[:at] + meant + line[at + len(typed) :]


def _flag(typed: str) -> str:
    form = _form(typed)
    return form if form in ("true", "false") else ""


def _same(rule: str, typed: str, meant: str) -> bool:
    if rule not in RULES:
        return False
    if _form(typed) == _form(meant):
        return True
    plain = unicodedata.normalize("NFKC", typed).strip(_QUOTES)
    digits = [int(number) for number in re.findall("[0-9]+", plain)]
    if rule in ("not-a-number", "not-a-whole-number") and (_GROUPED.fullmatch(plain) or set(plain) <= _NUMERALS):
        return True
    beside = _BESIDE_DIGITS.get(rule)
    if not beside or not digits or not set(plain) <= {*beside, *"0123456789"}:
        return False
    return rule == "not-a-number" or digits == [int(number) for number in re.findall("[0-9]+", meant)]


def _form(text: str) -> str:
    """A text without what only looks different: width, case, spaces, hyphens, quotes, a full stop at its end."""
    return re.sub(rf"[\s_{_QUOTES}-]", "", unicodedata.normalize("NFKC", text).casefold().rstrip(_STOPS))
