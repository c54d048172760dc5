"""From bytes to text that can be trusted: encoding, line ends, and every character an editor cannot see or tell apart.

`decode` gives text whose lines end in `\\n`; `check` names unwanted characters and gives a twin of the same length that
no longer holds them, so that the YAML reader can go on and positions stay true.
"""

import re
import unicodedata
from functools import lru_cache

from casebook.problems import Problem

MAX_BYTES = 128 * 1024
MAX_LINE = 4000
MAX_MARKS = 2
# No more than this is gathered of one file: nobody reads it.
ENOUGH = 1000

# U+2E80 to U+2EF3, then each one's ordinary twin (Unicode's EquivalentUnifiedIdeograph.txt; U+2E80 has none). The
# Kangxi radicals proper, from U+2F00 on, have theirs in NFKC.
_RADICALS = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝"
    "雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Fillers, blanks and selectors that show nothing, though Unicode does not class them as format characters.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufffc\U0001d159\U000e0000-\U000e0fff]"
)
# A Cyrillic letter in a Latin word was put there by a slip or to deceive: no eye sees it, no search finds it.
_STRANGER = re.compile("(?<=[A-Za-z])[\u0400-\u052f]|[\u0400-\u052f](?=[A-Za-z])")
_FULLWIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_SPACES = frozenset({"text-control", "text-space"})


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file with its lines ended by `\\n`; `None` where it cannot be known."""
    if len(data) > MAX_BYTES:
        return None, [Problem(path, 1, 1, "yaml-file-too-large", {"limit": str(MAX_BYTES // 1024)})]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (data.count(0) * 4 >= len(data) > 1 and _decodes_as_utf16(data)):
        return None, [Problem(path, 1, 1, "text-utf16")]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_undecodable(data, error, path)]
    problems = []
    if text.startswith("\ufeff"):
        text = text[1:]
        problems.append(Problem(path, 1, 1, "text-bom"))
    for rule, pattern in (("text-crlf", r"\r\n"), ("text-cr", r"\r(?!\n)")):
        if found := re.search(pattern, text):
            before = _unix(text[: found.start()]).split("\n")
            problems.append(Problem(path, len(before), len(before[-1]) + 1, rule))
    return _unix(text), problems


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decodes_as_utf16(data: bytes) -> bool:
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and any(c in text for c in ":\n"):
            return True
    return False


def _undecodable(data: bytes, error: UnicodeDecodeError, path: str) -> Problem:
    before = _unix(data[: error.start].decode("utf-8")).removeprefix("\ufeff").split("\n")
    lossy = data.decode("utf-8", "replace")
    damaged, foreign = lossy.count("\ufffd"), sum(c > "\x7f" for c in lossy)
    rule = "text-not-utf8"
    if damaged * 2 > foreign:
        try:
            data.decode("gb18030")
            rule = "text-gbk"
        except UnicodeDecodeError:
            pass
    return Problem(path, len(before), len(before[-1]) + 1, rule, {"byte": f"{data[error.start]:02X}"})


def check(text: str, path: str) -> tuple[str, list[Problem]]:
    """What is wrong with the characters of `text`, and `text` with a harmless character for each that is."""
    unwanted = {c: rule for c in sorted(set(text)) if (rule := rule_of(c))}
    marks = "".join(c for c in set(text) if c not in unwanted and unicodedata.category(c) in ("Mn", "Me"))
    stacked = re.compile(f"[{re.escape(marks)}]{{{MAX_MARKS + 1},}}") if marks else None
    clean = text.translate({ord(c): _instead(c, rule) for c, rule in unwanted.items()}) if unwanted else text
    problems: list[Problem] = []
    for number, (line, cleaned) in enumerate(zip(text.split("\n"), clean.split("\n"), strict=True), 1):
        if len(line) > MAX_LINE:
            values = {"length": str(len(line)), "limit": str(MAX_LINE)}
            problems.append(Problem(path, number, MAX_LINE + 1, "text-line-too-long", values))
        if (line.isascii() and line == cleaned) or len(problems) > ENOUGH:
            continue
        for character in sorted(unwanted.keys() & set(line))[:ENOUGH]:
            column = line.index(character) + 1
            problems.append(Problem(path, number, column, unwanted[character], _shown(character, line, column)))
        if found := _STRANGER.search(cleaned):
            column = found.start() + 1
            problems.append(Problem(path, number, column, "text-mixed-letters", _shown(found[0], line, column)))
        if stacked and (found := stacked.search(cleaned)):
            values = {"count": str(len(found[0])), "text": excerpt(line, found.start())}
            problems.append(Problem(path, number, found.start() + 1, "text-combining-marks", values))
        elif not unicodedata.is_normalized("NFC", cleaned[:MAX_LINE]):
            problems.append(_not_nfc(cleaned[:MAX_LINE], number, path))
    return clean, problems


@lru_cache(maxsize=16384)
def rule_of(character: str) -> str | None:
    """The rule that refuses a character, wherever it stands."""
    if " " <= character <= "~" or character in "\t\n\u3000":
        return None
    code, category = ord(character), unicodedata.category(character)
    if category == "Cc":
        return "text-control"
    if character in _BIDI:
        return "text-bidi"
    if category in ("Cf", "Zl", "Zp") or _BLANK.match(character):
        return "text-invisible"
    if category == "Zs":
        return "text-space"
    if category == "Co":
        return "text-private-use"
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return "text-noncharacter"
    if character == "\ufffd":
        return "text-replacement"
    if 0x2E80 <= code <= 0x2FD5 and ordinary(character) != character:
        return "text-kangxi"
    if (0xF900 <= code <= 0xFAFF or 0x2F800 <= code <= 0x2FA1F) and ordinary(character) != character:
        return "text-compatibility"
    return None


def ordinary(character: str) -> str:
    """The character that people mean by a radical or a compatibility ideograph."""
    index = ord(character) - 0x2E80
    return _RADICALS[index] if 0 <= index < len(_RADICALS) else unicodedata.normalize("NFKC", character)


def halfwidth(text: str) -> str:
    """`text` with full-width letters, digits, punctuation and spaces as ordinary ones."""
    return text.translate(_FULLWIDTH)


def excerpt(text: str, index: int = 0, width: int = 48) -> str:
    """The part of a line around `index` that fits into a message."""
    stripped = text.strip(" ")
    index -= len(text) - len(text.lstrip(" "))
    start = max(0, min(index - width // 2, len(stripped) - width))
    end = start + width
    return ("…" if start else "") + stripped[start:end] + ("…" if end < len(stripped) else "")


def code_points(text: str) -> str:
    """`U+XXXX` for each character."""
    return " ".join(f"U+{ord(c):04X}" for c in text)


def _instead(character: str, rule: str) -> str:
    if rule in ("text-kangxi", "text-compatibility"):
        return ordinary(character)
    return " " if rule in _SPACES or unicodedata.category(character) in ("Zl", "Zp") else "\ufffd"


def _shown(character: str, line: str, column: int) -> dict[str, str]:
    return {
        "character": character,
        "code": code_points(character),
        "name": unicodedata.name(character, "unnamed"),
        "ordinary": ordinary(character),
        "text": excerpt(line, column - 1),
    }


def _not_nfc(line: str, number: int, path: str) -> Problem:
    composed = unicodedata.normalize("NFC", line)
    start = next((i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), len(composed))
    start = min(start, len(line) - 1)
    while start and unicodedata.combining(line[start]):
        start -= 1
    end = start + 1
    while end < len(line) and len(unicodedata.normalize("NFC", line[start : end + 1])) == 1:
        end += 1
    while end < len(line) and unicodedata.combining(line[end]):
        end += 1
    found, wanted = line[start:end], unicodedata.normalize("NFC", line[start:end])
    values = {"codes": code_points(found), "wanted": wanted, "wanted_codes": code_points(wanted)}
    return Problem(path, number, start + 1, "text-not-nfc", values | {"text": excerpt(line, start)})
