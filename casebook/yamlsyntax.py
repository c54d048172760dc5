"""Why a line is no YAML, in the words of somebody who types Chinese: what PyYAML's errors mean, and the usual slips.

A `Slip` also says what the line looks like once mended, in the same number of characters, so that the reader can go on
and find the defects that follow. What is lost by that is text, never structure.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from casebook.characters import ENOUGH, excerpt, halfwidth

_KEY = r"[A-Za-z_Ａ-Ｚａ-ｚ＿][0-9A-Za-z_０-９Ａ-Ｚａ-ｚ＿－-]*"
_ANY_KEY = r"[^\s:：#，,、。；;“”\"'‘’()（）\[\]{}<>《》|&*!%@`-][^\s:：#，,、。；;“”\"'‘’{}\[\]]{0,19}"
_COLON = re.compile(rf"(\s*(?:- +)*)({_KEY})(\s*：\s*)(.*)")
_ANY_COLON = re.compile(rf"(\s*(?:- +)*)({_KEY}|{_ANY_KEY})(\s*：\s*)(.*)")
_NO_SPACE = re.compile(rf"(\s*(?:- +)*)({_KEY})(:)((?!//)[^\s:\d].*)")
_DASH = re.compile(r"(\s*)([－—–−‐•·●○■◆▪＊])(?!\2)\s*(.*)|(\s*)(\*)(?= ) *(.*)")
_DASH_SPACE = re.compile(r"(\s*)(-)([^\s\d-].*)")
_DASHED_KEY = re.compile(r"\s*(?:-|[－—–−‐•·●][ \u3000]*)[A-Za-z_]+\s*[:：]")
_WIDE_OPENING = re.compile(r"\s*(?:- +)*(?:[^\s:#｛［]+: +)?([｛［])")
_BEFORE_BRACKET = re.compile(rf"{_KEY}(：\s*)$")
_HASH = re.compile(r"(\s*)＃(.*)")
_COMMA = re.compile(rf"，\s*(?:{_KEY})\s*[:：]")
_HAS_COLON = re.compile(r":( |$)")
_ITEM_KEY = re.compile(r" *(?:- +)+[a-z_ａ-ｚ＿]+ *[:：]")
_MARKER = re.compile(r"(---|\.\.\.)(\s|$)")
_AFTER_SIGN = re.compile(r" *(?:- +)*(?:-|[^\s:#\"'{}\[\],]+:) *(\u3000)")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,:/~%-]*|L[0-9]+(-L?[0-9]+)?")
_FULLWIDTH = re.compile("[！-～]")
_STRAY_BLANK = re.compile(r"^\u3000|\u3000#|\u3000$")
_BLANKS = " \t\u3000"
_BRACKETS = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Slip:
    """One defect of one line: 0-based position, the rule, and the line as it can be read on (if it can).

    `change` is the line before and after what the remedy proposes, where it proposes a line.
    """

    row: int
    column: int
    rule: str
    values: dict[str, str] = field(default_factory=dict)
    mended: str | None = None
    change: tuple[str, str] | None = None


def prepare(lines: Sequence[str]) -> tuple[list[str], list[Slip]]:
    """The lines as YAML can read them, of the same lengths, and what had to be mended for that."""
    done: list[str] = []
    slips: list[Slip] = []
    content = False
    for row, line in enumerate(lines):
        if line.startswith("%"):
            if len(slips) < ENOUGH:
                slips.append(_slip(line, row, 0, "yaml-directive"))
            done.append("#" + line[1:])
        elif found := _MARKER.match(line):
            if content and any(map(_says_something, lines[row + 1 :])):
                slips.append(_slip(line, row, 0, "yaml-second-document"))
                return done + [" " * len(rest) for rest in lines[row:]], slips
            if len(slips) < ENOUGH:
                slips.append(_slip(line, row, 0, "yaml-document-marker", values={"sign": found[1]}))
            done.append("   " + line[3:])
        else:
            done.append(_ordinary_blanks(line, row, slips))
            content = content or _says_something(line)
    return done, slips


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _ordinary_blanks(line: str, row: int, slips: list[Slip]) -> str:
    """Tabs and ideographic spaces of the structure as ordinary spaces. (Other tabs are dealt with by the reader.)"""
    indent = line[: len(line) - len(line.lstrip(_BLANKS))]
    if "\t" in indent and len(slips) < ENOUGH:
        slips.append(_slip(line, row, indent.index("\t"), "yaml-tab-indent"))
    elif "\u3000" in indent and len(slips) < ENOUGH:
        slips.append(_slip(line, row, indent.index("\u3000"), "yaml-ideographic-space"))
    line = indent.replace("\u3000", " ") + line[len(indent) :]
    if found := _AFTER_SIGN.match(line):
        slips.append(_slip(line, row, found.start(1), "yaml-ideographic-space"))
        line = line[: found.start(1)] + " " + line[found.end() :]
    return line.replace("\t", " ")


def tabs_in(lines: Sequence[str]) -> Iterator[Slip]:
    """The first tab of each line that is not indentation."""
    for row, line in enumerate(lines):
        column = line.find("\t", len(line) - len(line.lstrip(_BLANKS))) if "\t" in line else -1
        if column >= 0:
            yield _slip(line, row, column, "yaml-tab")


def slip_in(line: str, row: int, *, any_key: bool = False) -> Slip | None:
    """What is mistyped in a line that should begin with a key or a dash. `any_key`: keys may be Chinese, too."""
    if found := _HASH.match(line):
        wanted = f"{found[1]}# {found[2].strip()}"
        return _slip(line, row, found.start(2) - 1, "yaml-fullwidth-hash", wanted, line.replace("＃", "#", 1))
    if found := (_ANY_COLON if any_key else _COLON).match(line):
        wanted = f"{found[1]}{halfwidth(found[2])}: {found[4]}".rstrip()
        key = line[: found.end(2)] + ":" + " " * (len(found[3]) - 1)
        column = line.index("：", found.start(3))
        return _slip(line, row, column, "yaml-fullwidth-colon", wanted, _filled(key, found[4]))
    if found := _NO_SPACE.match(line):
        wanted = f"{found[1]}{found[2]}: {found[4]}"
        return _slip(line, row, found.start(3), "yaml-missing-space", wanted, _filled(line[: found.end(3)], found[4]))
    if found := _DASH.match(line):
        indent, sign, rest = found.group(1, 2, 3) if found[2] else found.group(4, 5, 6)
        mended = f"{indent}- {line[len(indent) + 2 :]}"[: len(line)]
        values = {"sign": sign}
        return _slip(line, row, len(indent), "yaml-fullwidth-dash", f"{indent}- {rest}".rstrip(), mended, values)
    if found := _DASH_SPACE.match(line):
        mended = f"{found[1]}- {found[3][1:]}"
        return _slip(line, row, found.start(2), "yaml-dash-space", f"{found[1]}- {found[3]}", mended)
    return None


def slips_in_plain(line: str, row: int, column: int, text: str, inside: str) -> list[Slip]:
    """What is mistyped in a text without quotes, `inside` `[`, `{`, `-` or `:` (or nothing: it is all there is)."""
    before, slips = line[:column], []
    alone = not before.strip()
    if inside not in ("[", "{") and (alone or _ITEM_KEY.match(line)):
        slip = slip_in(line, row, any_key=not inside) if alone or inside == "-" else None
        slips += [slip] if slip else []
    if inside == "[" and "，" in text:
        wanted = before + re.sub("，\\s*", ", ", text) + line[column + len(text) :]
        slips.append(_slip(line, row, column + text.index("，"), "yaml-fullwidth-comma", wanted))
    if inside == "{" and _COMMA.search(text) and (slip := comma_in(line, row, column)):
        slips.append(slip)
    if text.startswith(("［", "｛")):
        slips.append(_slip(line, row, column, "yaml-fullwidth-bracket", before + _halfwidth_brackets(line[column:])))
    if _FULLWIDTH.search(text) and _NUMBER.fullmatch(number := _number(text)) and not (inside == "[" and "，" in text):
        values = {"found": text, "wanted": number}
        wanted = before + number + line[column + len(text) :]
        slips.append(_slip(line, row, column, "yaml-fullwidth-number", wanted, values=values))
    if blank := _STRAY_BLANK.search(text):
        slips.append(_slip(line, row, column + blank.start(), "yaml-ideographic-space"))
    return slips


def _halfwidth_brackets(text: str) -> str:
    return re.sub(r"([,:])(?! |$)", r"\1 ", halfwidth(text))


def _number(text: str) -> str:
    """`text` in half width; a thousands separator would end an item in brackets."""
    number = halfwidth(text)
    return number.replace(",", "") if re.fullmatch(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", number) else number


def comment_after(line: str, row: int, column: int, text: str) -> list[Slip]:
    """A comment right behind a text without quotes, which may be part of it."""
    if "#" not in line:
        return []
    rest = line[column:]
    if not rest.lstrip(" \t").startswith("#"):
        return []
    values = {"comment": excerpt(rest), "whole": quoted(excerpt((text + rest).strip()))}
    return [_slip(line, row, column + rest.index("#"), "yaml-comment-after-value", values=values)]


def slips_in_key(line: str, row: int, column: int, text: str, *, plain: bool, flow: bool) -> list[Slip]:
    """What is mistyped in a key."""
    before, after = line[:column], line[column + len(text) :]
    if plain and not flow and _DASHED_KEY.match(text + after) and (slip := slip_in(line, row)):
        return [slip]
    if plain and flow and re.match(r":[\[\]{},]", after):
        return [_slip(line, row, column + len(text), "yaml-missing-space", f"{before}{text}: {after[1:]}")]
    if text and text.isascii() and ":" not in text:
        return []
    if plain and "：" in text:
        wanted = before + re.sub("：\\s*", ": ", text, count=1) + after
        return [_slip(line, row, column + text.index("："), "yaml-fullwidth-colon", wanted)]
    if plain and flow and (found := re.match(rf"({_KEY}):(?!//)\S", text)):
        wanted = before + text.replace(":", ": ", 1) + after
        return [_slip(line, row, column + found.end(1), "yaml-missing-space", wanted)]
    if not text:
        return [_slip(line, row, column, "yaml-empty-key")]
    if text.strip("\u3000") != text:
        return [_slip(line, row, column, "yaml-ideographic-space")]
    wanted = unicodedata.normalize("NFKC", text)
    values = {"found": text, "wanted": wanted}
    slip = _slip(line, row, column, "yaml-key-fullwidth", before + wanted + after, values=values)
    return [slip] if wanted != text else []


def lines_in_plain(lines: Sequence[str], row: int, last: int) -> Iterator[Slip]:
    """The lines that YAML would fold into the text that begins at `row`."""
    for below in range(row + 1, last + 1):
        line = lines[below]
        if line.strip():
            indent = len(line) - len(line.lstrip())
            folded = _slip(line, below, indent, "yaml-folded-line", values={"above": str(row + 1)})
            yield slip_in(line, below) or folded


def comma_in(line: str, row: int, start: int = 0) -> Slip | None:
    """A full-width comma that separates the entries of `{…}`, as the key after it shows."""
    if not (found := _COMMA.search(line, start)):
        return None
    comma = found.start()
    mended = f"{line[:comma]},{line[comma + 1 :]}"
    wanted = line[:comma] + ", " + found[0][1:].strip().replace("：", ": ") + line[found.end() :]
    return _slip(line, row, comma, "yaml-fullwidth-comma", wanted, mended)


def quoted(text: str) -> str:
    """`text` in the quotes that need least change."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def explain(lines: Sequence[str], error: yaml.MarkedYAMLError) -> Slip:
    """The slip behind an error of PyYAML (of either loader)."""
    row, column = _place(lines, error.problem_mark)
    first_row, first_column = _place(lines, error.context_mark) if error.context_mark else (row, column)
    context, problem = error.context or "", error.problem or ""
    line, first = lines[row], lines[first_row]
    before = line[:column].rstrip()
    if "quoted scalar" in context:
        return _slip(first, first_row, first_column, "yaml-unclosed-quote", values={"sign": first[first_column]})
    if "simple key" in context:
        return slip_in(first, first_row, any_key=True) or _commented_out(first, first_row, "yaml-missing-colon")
    for word, rule in (("block scalar", "yaml-block-scalar"), ("alias", "yaml-alias"), ("anchor", "yaml-anchor")):
        if word in context:
            return slip_in(first, first_row) or _reserved(first, first_row, first_column, rule)
    if " tag" in context or "tag handle" in problem:
        return _reserved(first, first_row, first_column, "yaml-tag")
    if "plain scalar" in context and line[column : column + 1] == ":":
        wanted, mended = f"{line[:column]}: {line[column + 1 :]}", f"{line[: column - 1]}: {line[column + 1 :]}"
        return _slip(
            line, row, column, "yaml-missing-space", wanted, mended if line[column - 2 : column].isalpha() else None
        )
    if "start any token" in problem:
        return _reserved(line, row, column, "yaml-reserved-start")
    if "flow" in context:
        return _in_brackets(lines, first_row, first_column, row, column)
    if before and before[-1] in "\"'}]" and "not allowed" not in problem:
        if slip := _opened_above(lines, row, before):
            return slip
        return _after_close(line, row, before, _plainly(line, before))
    if "mapping values" in problem or "mapping values" in context:
        return _second_colon(lines, row, column)
    if "not allowed" in problem or "block node" in context:
        return _reserved(line, row, column, "yaml-reserved-start")
    if column < len(line) and line[column] == ":":
        return _slip(line, row, column, "yaml-empty-key")
    if slip := slip_in(line, row, any_key=True):
        return slip
    if context.startswith("while parsing a block"):
        if not _HAS_COLON.search(line) and not line.lstrip().startswith("- "):
            return _commented_out(line, row, "yaml-missing-colon")
        if slip := _dash_above(lines, row):
            return slip
        return _slip(line, row, column, "yaml-indent")
    return _slip(line, row, column, "yaml-syntax")


def _place(lines: Sequence[str], mark: yaml.Mark | None) -> tuple[int, int]:
    """A mark's row and column, drawn back to the last line that holds anything."""
    row = min(mark.line, len(lines) - 1) if mark else 0
    column = mark.column if mark else 0
    while row and not lines[row].strip():
        row, column = row - 1, len(lines[row - 1])
    return row, min(column, len(lines[row]))


def _slip(
    line: str,
    row: int,
    column: int,
    rule: str,
    wanted: str = "",
    mended: str | None = None,
    values: dict[str, str] | None = None,
) -> Slip:
    shown = {"text": excerpt(line, column), "wanted": excerpt(wanted, column, 96)}
    return Slip(row, column, rule, shown | (values or {}), mended, (line, wanted) if wanted else None)


def _filled(head: str, rest: str) -> str:
    """`head` and, for the characters that follow, a plain text of the same length."""
    return head + (" " + "x" * (len(rest) - 1) if head.endswith(":") and rest else "x" * len(rest))


def _commented_out(line: str, row: int, rule: str, values: dict[str, str] | None = None) -> Slip:
    indent = len(line) - len(line.lstrip())
    mended = line[:indent] + "#" + line[indent + 1 :]
    return _slip(line, row, indent, rule, mended=mended, values=values)


def _reserved(line: str, row: int, column: int, rule: str) -> Slip:
    """A text begins with a sign that means something to YAML."""
    text = line[column:].rstrip()
    if "{" in line[:column] or "[" in line[:column]:
        text = re.split(r"[,\]}]", text)[0] or text
    wanted = line[:column] + quoted(text) + line[column + len(text) :]
    mended = line[:column] + "x" + line[column + 1 :] if text else None
    return _slip(line, row, column, rule, wanted, mended, {"sign": text[:1], "found": excerpt(text)})


def _after_close(line: str, row: int, before: str, mended: str | None = None) -> Slip:
    """Text goes on after a closing quote or bracket."""
    return _slip(line, row, len(before) - 1, "yaml-text-after-close", mended=mended, values={"sign": before[-1]})


def _opened_above(lines: Sequence[str], row: int, before: str) -> Slip | None:
    """A closing quote that closes what an earlier line opened and forgot: what follows is no second defect."""
    sign = before[-1]
    if sign not in "\"'" or before.count(sign) % 2 == 0:
        return None
    for above in range(row - 1, max(-1, row - 50), -1):
        line = lines[above]
        if line.count(sign) % 2 and (found := re.search(rf"(?:[:-] +|[\[{{,] *)({sign})", line)):
            mended = line[: found.start(1)] + "x" + line[found.end(1) :]
            return _slip(line, above, found.start(1), "yaml-unclosed-quote", mended=mended, values={"sign": sign})
    return None


def _dash_above(lines: Sequence[str], row: int) -> Slip | None:
    """A line too far to the right, because the dash that begins its item was not read as one."""
    indent = len(lines[row]) - len(lines[row].lstrip())
    for above in range(row - 1, max(-1, row - 50), -1):
        line = lines[above]
        if line.strip() and len(line) - len(line.lstrip()) < indent:
            return slip_in(line, above) if _DASHED_KEY.match(line) else None
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
        return _slip(
            line, row, start, "yaml-fullwidth-bracket", line[:start] + _halfwidth_brackets(line[start:]), mended
        )
    if slip := slip_in(line, row, any_key=True):
        return slip
    if earlier := re.search(r": ", line[:column]):
        value = line[earlier.end() :].strip()
        wanted = line[: earlier.end()] + quoted(value)
        return _slip(line, row, column, "yaml-colon-in-value", wanted, line[:column] + "x" + line[column + 1 :])
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
    return _dash_above(lines, row) or _slip(line, row, len(line) - len(line.lstrip()), "yaml-indent")


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
        return _slip(line, row, start, "yaml-fullwidth-colon", wanted, mended)
    if line[column : column + 1] == ":" and before[-1:] in ("{", ","):
        return _slip(line, row, column, "yaml-empty-key")
    mismatched = line[column : column + 1] in tuple("]}")
    at_end = not any(rest.strip() for rest in (line[column:], *lines[row + 1 :]))
    if opening in _BRACKETS and (row != first_row or at_end or mismatched):
        values = {"sign": opening, "close": _BRACKETS[opening]}
        return _slip(lines[first_row], first_row, first_column, "yaml-unclosed-bracket", values=values)
    return _slip(line, row, column, "yaml-flow-comma")
