"""What people type instead of YAML who type Chinese: the usual slips of a line, a key or a value.

A `Slip` also says what the line looks like once mended, in the same number of characters, so that the reader can go on
and find the defects that follow. What is lost by that is text, never structure.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casebook.characters import ENOUGH, excerpt, halfwidth

# A key as it is typed, also in full width; an item whose dash has no space behind it, or is none.
KEY = r"[A-Za-z_Ａ-Ｚａ-ｚ＿][0-9A-Za-z_０-９Ａ-Ｚａ-ｚ＿－-]*"
DASHED_KEY = re.compile(r"\s*(?:-|[－—–−‐•·●][ \u3000]*)[A-Za-z_]+\s*[:：]")
_ANY_KEY = r"[^\s:：#，,、。；;“”\"'‘’()（）\[\]{}<>《》|&*!%@`-][^\s:：#，,、。；;“”\"'‘’{}\[\]]{0,19}"
_COLON = re.compile(rf"(\s*(?:- +)*)({KEY})(\s*：\s*)(.*)")
_ANY_COLON = re.compile(rf"(\s*(?:- +)*)({KEY}|{_ANY_KEY})(\s*：\s*)(.*)")
# An item may be a text of its own (- doi:10.1).
_NO_SPACE = re.compile(rf"(\s*|\s*(?:- +)+(?={KEY}:\D))({KEY})(:)((?!//)[^\s:].*)")
_DASH = re.compile(r"(\s*)([－—–−‐•·●○■◆▪＊])(?!\2)\s*(.*)|(\s*)(\*)(?= ) *(.*)")
_DASH_SPACE = re.compile(r"(\s*)(-)([^\s\d-].*)")
_HASH = re.compile(r"(\s*)＃(.*)")
_COMMA = re.compile(rf"，\s*(?:{KEY})\s*[:：]")
_ITEM_KEY = re.compile(r" *(?:- +)+[a-z_ａ-ｚ＿]+ *[:：]")
_MARKER = re.compile(r"(---|\.\.\.)(\s|$)")
_AFTER_SIGN = re.compile(r" *(?:- +)*(?:-|[^\s:#\"'{}\[\],]+:) *(\u3000)")
_NUMBER = re.compile(r"[+-]?[0-9][0-9.,:/~%-]*|L[0-9]+(-L?[0-9]+)?")
_FULLWIDTH = re.compile("[！-～]")
_STRAY_BLANK = re.compile(r"^\u3000|\u3000#|\u3000+$")
_BLANKS = " \t\u3000"


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
                slips.append(slip_at(line, row, 0, "yaml-directive"))
            done.append("#" + line[1:])
        elif found := _MARKER.match(line):
            if content and any(map(_says_something, lines[row + 1 :])):
                slips.append(slip_at(line, row, 0, "yaml-second-document"))
                return done + [" " * len(rest) for rest in lines[row:]], slips
            if len(slips) < ENOUGH:
                slips.append(slip_at(line, row, 0, "yaml-document-marker", values={"sign": found[1]}))
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
        slips.append(slip_at(line, row, indent.index("\t"), "yaml-tab-indent"))
    elif "\u3000" in indent and len(slips) < ENOUGH:
        slips.append(slip_at(line, row, indent.index("\u3000"), "yaml-ideographic-space"))
    line = indent.replace("\u3000", " ") + line[len(indent) :]
    if found := _AFTER_SIGN.match(line):
        slips.append(slip_at(line, row, found.start(1), "yaml-ideographic-space"))
        line = line[: found.start(1)] + " " + line[found.end() :]
    return line.replace("\t", " ")


def tabs_in(lines: Sequence[str]) -> Iterator[Slip]:
    """The first tab of each line that is not indentation."""
    for row, line in enumerate(lines):
        column = line.find("\t", len(line) - len(line.lstrip(_BLANKS))) if "\t" in line else -1
        if column >= 0:
            yield slip_at(line, row, column, "yaml-tab")


def slip_in(line: str, row: int, *, any_key: bool = False) -> Slip | None:
    """What is mistyped in a line that should begin with a key or a dash. `any_key`: keys may be Chinese, too."""
    if found := _HASH.match(line):
        wanted = f"{found[1]}# {found[2].strip()}"
        return slip_at(line, row, found.start(2) - 1, "yaml-fullwidth-hash", wanted, line.replace("＃", "#", 1))
    if found := (_ANY_COLON if any_key else _COLON).match(line):
        wanted = f"{found[1]}{halfwidth(found[2])}: {found[4]}".rstrip()
        key = line[: found.end(2)] + ":" + " " * (len(found[3]) - 1)
        column = line.index("：")
        return slip_at(line, row, column, "yaml-fullwidth-colon", wanted, _filled(key, found[4]))
    if found := _NO_SPACE.match(line):
        wanted = f"{found[1]}{found[2]}: {found[4]}"
        return slip_at(line, row, found.start(3), "yaml-missing-space", wanted, _filled(line[: found.end(3)], found[4]))
    if found := _DASH.match(line):
        indent, sign, rest = found.group(1, 2, 3) if found[2] else found.group(4, 5, 6)
        mended = f"{indent}- {line[len(indent) + 2 :]}"[: len(line)]
        values = {"sign": sign}
        return slip_at(line, row, len(indent), "yaml-fullwidth-dash", f"{indent}- {rest}".rstrip(), mended, values)
    if found := _DASH_SPACE.match(line):
        mended = f"{found[1]}- {found[3][1:]}"
        return slip_at(line, row, found.start(2), "yaml-dash-space", f"{found[1]}- {found[3]}", mended)
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
        slips.append(slip_at(line, row, column + text.index("，"), "yaml-fullwidth-comma", wanted))
    if inside == "{" and _COMMA.search(text) and (slip := comma_in(line, row, column)):
        slips.append(slip)
    if text.startswith(("［", "｛")):
        slips.append(slip_at(line, row, column, "yaml-fullwidth-bracket", before + halfwidth_brackets(line[column:])))
    if _FULLWIDTH.search(text) and _NUMBER.fullmatch(number := _number(text)) and not (inside == "[" and "，" in text):
        values = {"found": text, "wanted": number}
        wanted = before + number + line[column + len(text) :]
        slips.append(slip_at(line, row, column, "yaml-fullwidth-number", wanted, values=values))
    if blank := _STRAY_BLANK.search(text):
        slips.append(slip_at(line, row, column + blank.start(), "yaml-ideographic-space"))
    return slips


def halfwidth_brackets(text: str) -> str:
    """A list or group with ordinary brackets, commas and colons."""
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
    return [slip_at(line, row, column + rest.index("#"), "yaml-comment-after-value", values=values)]


def slips_in_key(line: str, row: int, column: int, text: str, *, plain: bool, flow: bool) -> list[Slip]:
    """What is mistyped in a key."""
    before, after = line[:column], line[column + len(text) :]
    if plain and not flow and DASHED_KEY.match(text + after) and (slip := slip_in(line, row)):
        return [slip]
    if plain and flow and re.match(r":[\[\]{},]", after):
        return [slip_at(line, row, column + len(text), "yaml-missing-space", f"{before}{text}: {after[1:]}")]
    if text and text.isascii() and ":" not in text:
        return []
    if plain and "：" in text:
        wanted = before + re.sub("：\\s*", ": ", text, count=1) + after
        return [slip_at(line, row, column + text.index("："), "yaml-fullwidth-colon", wanted)]
    if plain and flow and (found := re.match(rf"({KEY}):(?!//)\S", text)):
        wanted = before + text.replace(":", ": ", 1) + after
        return [slip_at(line, row, column + found.end(1), "yaml-missing-space", wanted)]
    if not text:
        return [slip_at(line, row, column, "yaml-empty-key")]
    if plain and (blank := _STRAY_BLANK.search(text)):
        return [slip_at(line, row, column + blank.start(), "yaml-ideographic-space")]
    wanted = unicodedata.normalize("NFKC", text.strip("\u3000"))
    values = {"found": text, "wanted": wanted}
    slip = slip_at(line, row, column, "yaml-key-fullwidth", before + wanted + after, values=values)
    return [slip] if wanted != text else []


def lines_in_plain(lines: Sequence[str], row: int, last: int) -> Iterator[Slip]:
    """The lines that YAML would fold into the text that begins at `row`."""
    for below in range(row + 1, last + 1):
        line = lines[below]
        if line.strip():
            indent = len(line) - len(line.lstrip())
            folded = slip_at(line, below, indent, "yaml-folded-line", values={"above": str(row + 1)})
            yield slip_in(line, below) or folded


def comma_in(line: str, row: int, start: int = 0) -> Slip | None:
    """A full-width comma that separates the entries of `{…}`, as the key after it shows."""
    if not (found := _COMMA.search(line, start)):
        return None
    comma = found.start()
    mended = f"{line[:comma]},{line[comma + 1 :]}"
    wanted = line[:comma] + ", " + found[0][1:].strip().replace("：", ": ") + line[found.end() :]
    return slip_at(line, row, comma, "yaml-fullwidth-comma", wanted, mended)


def quoted(text: str) -> str:
    """`text` in the quotes that need least change."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"


def slip_at(
    line: str,
    row: int,
    column: int,
    rule: str,
    wanted: str = "",
    mended: str | None = None,
    values: dict[str, str] | None = None,
) -> Slip:
    """A slip of `line`; `wanted` is the line as the remedy proposes it."""
    shown = {"text": excerpt(line, column), "wanted": excerpt(wanted, column, 96)}
    return Slip(row, column, rule, shown | (values or {}), mended, (line, wanted) if wanted else None)


def _filled(head: str, rest: str) -> str:
    """`head` and, for the characters that follow, a plain text of the same length."""
    return head + (" " + "x" * (len(rest) - 1) if head.endswith(":") and rest else "x" * len(rest))
