"""Which remedies leave no doubt: a problem and its line → the line as it should be.

What a person must decide (is this a comment or text? one item or two?) is not here. Most lines are those that the
reader itself proposes; each entry of `REMEDIES` says when the proposal is the only one.
"""

import re
import unicodedata
from collections.abc import Callable

from casebook.characters import halfwidth, ordinary
from casebook.problems import Problem
from casebook.yamlsyntax import quoted

Remedy = Callable[[Problem, str], str | None]

BLANKS = " \t\u3000"
_KEY_BEFORE = re.compile(r"(?:^|[\s{,，｛-])([A-Za-z_Ａ-Ｚａ-ｚ＿]+)\s*$")

_TO_VALUE = re.compile(r"\s*(?:- +)*(?:(?:[^\s:#\"'{}\[\],]+|\"[^\"]*\"|'[^']*'): +)?")
_ANOTHER_KEY = re.compile(r"(?:^|[\s,，])[a-z_]{2,}[:：]")
_COMMENT = re.compile(r"\s#")
_BLOCK_HEADER = re.compile(r"[|>][+-]?[0-9]?[+-]?")
_LIST, _GROUP = re.compile("［([^\\[\\]{}［］｛｝\"'：]*)］"), re.compile("｛([^\\[\\]{}［］｛｝\"']*)｝")
_PAIR = re.compile("\\s*([A-Za-z_]+)\\s*[：:]\\s*([^：:]+?)\\s*")
# They show nothing between Chinese characters, letters and digits; between other letters a joiner may mean something.
_NOTHING = frozenset("\u00ad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff")
_JOINERS, _MARKS = frozenset("\u200c\u200d"), frozenset("\u200e\u200f")


def certain(problem: Problem, line: str) -> str | None:
    """The line as it should be, or `None` where that is for a person to say. (Indentation is not a line's matter.)"""
    remedy = REMEDIES.get(problem.rule)
    mended = remedy(problem, line) if remedy else None
    return mended if mended != line else None


def proposed(problem: Problem, line: str) -> str | None:
    """What the reader proposes, whenever it proposes something."""
    return problem.edit.applied(line) if problem.edit else None


def _after_a_key(problem: Problem, line: str) -> str | None:
    # A Chinese word before a colon may be text; a key is one ASCII word, in a list without capitals.
    found = _KEY_BEFORE.search(line[: problem.column - 1])
    key = halfwidth(found[1]) if found else ""
    return proposed(problem, line) if key and (key.islower() or not line.lstrip().startswith("-")) else None


def _between_items(problem: Problem, line: str) -> str | None:
    """A full-width comma in brackets; where a list has ASCII commas too, it may be text."""
    before = line[: problem.column]
    if before.rfind("[") > before.rfind("{") and "," in line[before.rfind("[") :].partition("]")[0]:
        return None
    return proposed(problem, line)


def _brackets(problem: Problem, line: str) -> str | None:
    before, rest = line[: problem.column - 1], line[problem.column - 1 :].rstrip()
    if (found := _LIST.match(rest)) and not ("," in found[1] and "，" in found[1]):
        return f"{before}[{', '.join(part.strip() for part in re.split('[,，]', found[1]))}]{rest[found.end() :]}"
    found = _GROUP.fullmatch(rest)
    pairs = [_PAIR.fullmatch(_halfwidth_key(part)) for part in re.split("[,，]", found[1])] if found else []
    if pairs and all(pairs):
        return before + "{" + ", ".join(f"{pair[1]}: {pair[2]}" for pair in pairs if pair) + "}"
    return None


def _halfwidth_key(pair: str) -> str:
    """`ｃｉｔｙ：甲` with its key in ordinary letters."""
    key, *rest = re.split("([：:])", pair, maxsplit=1)
    return halfwidth(key) + "".join(rest)


def _value(line: str) -> tuple[str, str]:
    """A line up to its value, and the value."""
    start = _TO_VALUE.match(line)
    assert start is not None  # It matches nothing, too.
    return line[: start.end()], line[start.end() :].rstrip()


def _in_quotes(line: str) -> str | None:
    """The line with its whole value in quotes, unless something in it may be no part of the value."""
    before, value = _value(line)
    if not before.strip() or not value or value[0] in "[{" or _COMMENT.search(value) or _ANOTHER_KEY.search(value):
        return None
    return before + quoted(value)


def _begins_with_sign(problem: Problem, line: str) -> str | None:
    """`*`, `&` and `!` before a Chinese text are signs of that text; before an ASCII word they may be meant."""
    before, value = _value(line)
    after = value.lstrip("*&! ")
    return _in_quotes(line) if len(before) == problem.column - 1 and after and after[0] > "\x7f" else None


def _reserved(problem: Problem, line: str) -> str | None:
    # `- ` and `? ` may be a list or a key on the wrong line; brackets and commas may be what is left of something.
    if line[problem.column - 1 : problem.column] not in ("%", "@", "`"):
        return _begins_with_sign(problem, line)
    return _in_quotes(line) if len(_value(line)[0]) == problem.column - 1 else proposed(problem, line)


def _block(problem: Problem, line: str) -> str | None:
    before, value = _value(line)
    header = _BLOCK_HEADER.fullmatch(_COMMENT.split(value)[0].rstrip())
    return _in_quotes(line) if len(before) == problem.column - 1 and not header else None


def _after_close(_: Problem, line: str) -> str | None:
    """The quotes are part of the text; a comma behind them is a habit of other languages."""
    before, value = _value(line)
    if value[:1] not in ("'", '"'):
        return None
    bare = value.rstrip(",，;；").rstrip()
    if bare != value and len(bare) > 1 and bare[-1] == bare[0] and bare.count(bare[0]) == 2:
        return before + bare
    return _in_quotes(line)


def _colon(_: Problem, line: str) -> str | None:
    return _in_quotes(line)


def _tab(problem: Problem, line: str) -> str | None:
    return _blank(problem, line, " \t")


def _wide_blank(problem: Problem, line: str) -> str | None:
    return _blank(problem, line, BLANKS)


def _blank(problem: Problem, line: str, blanks: str) -> str | None:
    """One ordinary space instead of the blanks at the problem's place, none where a text or a key ends."""
    at = problem.column - 1
    before, rest = line[:at].rstrip(blanks), line[at:].lstrip(blanks)
    if len(line[:at]) + len(rest) == len(line) or not before:
        return None
    return before + (" " if rest and rest[0] not in ":,]}" else "") + rest


def _directive(_: Problem, line: str) -> str | None:
    return "" if line.startswith(("%YAML", "%TAG")) else None


def _marker(_: Problem, line: str) -> str | None:
    return line[3:].lstrip()


def _ordinary(problem: Problem, line: str) -> str | None:
    character = problem.values["character"]
    return line.replace(character, ordinary(character))


def _space(problem: Problem, line: str) -> str | None:
    return line.replace(problem.values["character"], " ")


def _composed(_: Problem, line: str) -> str | None:
    return unicodedata.normalize("NFC", line)


def _invisible(problem: Problem, line: str) -> str | None:
    """Nothing instead of a character that means nothing here."""
    character = problem.values["character"]
    if character in _NOTHING:
        return line.replace(character, "")
    plain = all(_neutral(c) for c in line.replace(character, ""))
    return line.replace(character, "") if character in _JOINERS | _MARKS and plain else None


def _neutral(character: str) -> bool:
    """Whether a character neither joins its neighbours nor is written from right to left."""
    if character.isascii():
        return True
    return unicodedata.east_asian_width(character) in "WF" and unicodedata.category(character) in (
        "Lo",
        "Po",
        "Ps",
        "Pe",
    )


REMEDIES: dict[str, Remedy] = {
    "text-bidi": _invisible,
    "text-compatibility": _ordinary,
    "text-invisible": _invisible,
    "text-kangxi": _ordinary,
    "text-not-nfc": _composed,
    "text-space": _space,
    "yaml-alias": _begins_with_sign,
    "yaml-anchor": _begins_with_sign,
    "yaml-block-scalar": _block,
    "yaml-colon-in-value": _colon,
    "yaml-dash-space": proposed,
    "yaml-directive": _directive,
    "yaml-document-marker": _marker,
    "yaml-fullwidth-bracket": _brackets,
    "yaml-fullwidth-colon": _after_a_key,
    "yaml-fullwidth-comma": _between_items,
    "yaml-fullwidth-dash": proposed,
    "yaml-fullwidth-hash": proposed,
    "yaml-fullwidth-number": proposed,
    "yaml-ideographic-space": _wide_blank,
    "yaml-key-fullwidth": proposed,
    "yaml-missing-space": _after_a_key,
    "yaml-reserved-start": _reserved,
    "yaml-tab": _tab,
    "yaml-tag": _begins_with_sign,
    "yaml-text-after-close": _after_close,
}
