"""What PyYAML's errors mean, in the words of somebody who types Chinese."""

import re
from collections.abc import Sequence

import yaml

from casebook.characters import excerpt
from casebook.yamlsyntax import DASHED_KEY, KEY, Slip, comma_in, halfwidth_brackets, quoted, slip_at, slip_in

_HAS_COLON = re.compile(r":( |$)")
_ORDINARY_START = re.compile("[\\w\"']")
_WIDE_OPENING = re.compile(r"\s*(?:- +)*(?:[^\s:#｛［]+: +)?([｛［])")
_BEFORE_BRACKET = re.compile(rf"{KEY}(：\s*)$")
_BRACKETS = {"[": "]", "{": "}"}


def explain(lines: Sequence[str], error: yaml.MarkedYAMLError) -> Slip:
    """The slip behind an error of PyYAML (of either loader)."""
    row, column = _place(lines, error.problem_mark)
    first_row, first_column = _place(lines, error.context_mark) if error.context_mark else (row, column)
    context, problem = error.context or "", error.problem or ""
    line, first = lines[row], lines[first_row]
    before = line[:column].rstrip()
    if "quoted scalar" in context:
        return slip_at(first, first_row, first_column, "yaml-unclosed-quote", values={"sign": first[first_column]})
    if "simple key" in context:
        return slip_in(first, first_row, any_key=True) or _commented_out(first, first_row, "yaml-missing-colon")
    for word, rule in (("block scalar", "yaml-block-scalar"), ("alias", "yaml-alias"), ("anchor", "yaml-anchor")):
        if word in context:
            return slip_in(first, first_row) or _reserved(first, first_row, first_column, rule)
    if " tag" in context or "tag handle" in problem:
        return _reserved(first, first_row, first_column, "yaml-tag")
    if "plain scalar" in context and line[column : column + 1] == ":":
        wanted, mended = f"{line[:column]}: {line[column + 1 :]}", f"{line[: column - 1]}: {line[column + 1 :]}"
        return slip_at(
            line, row, column, "yaml-missing-space", wanted, mended if line[column - 2 : column].isalpha() else None
        )
    if "start any token" in problem:
        return _reserved(line, row, column, "yaml-reserved-start")
    if "flow" in context:
        return _in_brackets(lines, first_row, first_column, row, column)
    if before and before[-1] in "\"'}]" and "mapping values" not in problem:
        if slip := _opened_above(lines, row, before):
            return slip
        return _after_close(line, row, before, _plainly(line, before))
    if "mapping values" in problem:
        return _second_colon(lines, row, column)
    if "not allowed" in problem or ("block node" in context and not _ORDINARY_START.match(line, column)):
        return _reserved(line, row, column, "yaml-reserved-start")
    if line[column : column + 1] == ":":
        return slip_at(line, row, column, "yaml-empty-key")
    if slip := slip_in(line, row, any_key=True):
        return slip
    if context.startswith("while parsing a block"):
        if not _HAS_COLON.search(line) and not line.lstrip().startswith("- "):
            return _commented_out(line, row, "yaml-missing-colon")
        if slip := _dash_above(lines, row):
            return slip
        return slip_at(line, row, column, "yaml-indent")
    return slip_at(line, row, column, "yaml-syntax")


def _place(lines: Sequence[str], mark: yaml.Mark | None) -> tuple[int, int]:
    """A mark's row and column, drawn back to the last line that holds anything."""
    row, column = (mark.line, mark.column) if mark else (0, 0)
    if row >= len(lines):
        # libyaml counts one line more where the last one is not ended.
        row, column = len(lines) - 1, len(lines[-1])
    while row and not lines[row].strip():
        row, column = row - 1, len(lines[row - 1])
    return row, min(column, len(lines[row]))


def _commented_out(line: str, row: int, rule: str, values: dict[str, str] | None = None) -> Slip:
    indent = len(line) - len(line.lstrip())
    mended = line[:indent] + "#" + line[indent + 1 :]
    return slip_at(line, row, indent, rule, mended=mended, values=values)


def _reserved(line: str, row: int, column: int, rule: str) -> Slip:
    """A text begins with a sign that means something to YAML."""
    text = line[column:].rstrip()
    if "{" in line[:column] or "[" in line[:column]:
        text = re.split(r"[,\]}]", text)[0] or text
    wanted = line[:column] + quoted(text) + line[column + len(text) :]
    mended = line[:column] + "x" + line[column + 1 :] if text else None
    return slip_at(line, row, column, rule, wanted, mended, {"sign": text[:1], "found": excerpt(text)})


def _after_close(line: str, row: int, before: str, mended: str | None = None) -> Slip:
    """Text goes on after a closing quote or bracket."""
    return slip_at(line, row, len(before) - 1, "yaml-text-after-close", mended=mended, values={"sign": before[-1]})


def _opened_above(lines: Sequence[str], row: int, before: str) -> Slip | None:
    """A closing quote that closes what an earlier line opened and forgot: what follows is no second defect."""
    sign = before[-1]
    if sign not in "\"'" or before.count(sign) % 2 == 0:
        return None
    for above in range(row - 1, max(-1, row - 50), -1):
        line = lines[above]
        if line.count(sign) % 2 and (found := re.search(rf"(?:[:-] +|[\[{{,] *)({sign})", line)):
            mended = line[: found.start(1)] + "x" + line[found.end(1) :]
            return slip_at(line, above, found.start(1), "yaml-unclosed-quote", mended=mended, values={"sign": sign})
    return None


def _dash_above(lines: Sequence[str], row: int) -> Slip | None:
    """A line too far to the right, because the dash that begins its item was not read as one."""
    indent = len(lines[row]) - len(lines[row].lstrip())
    for above in range(row - 1, max(-1, row - 50), -1):
        line = lines[above]
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return slip_in(line, above) if DASHED_KEY.match(line) else None
    return None


def _plainly(line: str, before: str) -> str:
    """The line with nothing but text from its opening quote or bracket on."""
    opening = before.find({"}": "{", "]": "["}.get(before[-1], before[-1]))
    return line[:opening] + "x" * (len(line) - opening) if opening >= 0 else line


def _second_colon(lines: Sequence[str], row: int, column: int) -> Slip:
    """A colon where no key can end: in a value, after lines that lack theirs, or under a value."""
    line = lines[row]
    if found := _WIDE_OPENING.match(line):
        start = found.start(1)
        mended = line[:start] + "x" * (len(line) - start)
        return slip_at(
            line, row, start, "yaml-fullwidth-bracket", line[:start] + halfwidth_brackets(line[start:]), mended
        )
    if slip := slip_in(line, row, any_key=True):
        return slip
    if earlier := re.search(r": ", line[:column]):
        value = line[earlier.end() :].strip()
        wanted = line[: earlier.end()] + quoted(value)
        return slip_at(line, row, column, "yaml-colon-in-value", wanted, line[:column] + "x" + line[column + 1 :])
    above = row - 1
    swallowed = []
    while above >= max(0, row - 50) and not _HAS_COLON.search(lines[above]):
        if lines[above].strip() and not lines[above].lstrip().startswith("#"):
            swallowed.append(above)
        above -= 1
    for candidate in reversed(swallowed):
        if slip := slip_in(lines[candidate], candidate, any_key=True):
            return slip
        if not lines[candidate].lstrip().startswith("- "):
            rule = "yaml-folded-line" if above >= 0 else "yaml-missing-colon"
            return _commented_out(lines[candidate], candidate, rule, {"above": str(above + 1)})
    return _dash_above(lines, row) or slip_at(line, row, len(line) - len(line.lstrip()), "yaml-indent")


def _in_brackets(lines: Sequence[str], first_row: int, first_column: int, row: int, column: int) -> Slip:
    """Something is wrong between `[` and `]` or `{` and `}`."""
    line, before = lines[row], lines[row][:column].rstrip()
    opening = lines[first_row][first_column : first_column + 1]
    if slip := comma_in(line, row):
        return slip
    if before and before[-1] in "\"'":
        return _after_close(line, row, before)
    if found := _BEFORE_BRACKET.search(line[:column]):
        start, rest = found.start(1), line[column:]
        wanted, mended = f"{line[:start]}: {rest}", line[:start] + ":" + " " * (column - start - 1) + rest
        return slip_at(line, row, start, "yaml-fullwidth-colon", wanted, mended)
    if line[column : column + 1] == ":" and before[-1:] in ("{", ","):
        return slip_at(line, row, column, "yaml-empty-key")
    mismatched = line[column : column + 1] in tuple("]}")
    at_end = not any(rest.strip() for rest in (line[column:], *lines[row + 1 :]))
    if at_end and opening not in _BRACKETS:
        first_row, first_column = _left_open(lines, row, column)
        opening = lines[first_row][first_column : first_column + 1]
    if opening in _BRACKETS and (row != first_row or at_end or mismatched):
        values = {"sign": opening, "close": _BRACKETS[opening]}
        return slip_at(lines[first_row], first_row, first_column, "yaml-unclosed-bracket", values=values)
    return slip_at(line, row, column, "yaml-flow-comma")


def _left_open(lines: Sequence[str], row: int, column: int) -> tuple[int, int]:
    """The nearest bracket above a place that nothing closes before it; the place itself where there is none."""
    closed = 0
    for above in range(row, max(-1, row - 50), -1):
        text = lines[above][:column] if above == row else lines[above]
        for found in reversed([*re.finditer(r"[\[\]{}]", text)]):
            closed += 1 if found[0] in "]}" else -1
            if closed < 0:
                return above, found.start()
    return row, column
