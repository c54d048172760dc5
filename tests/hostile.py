"""What an attacker or an unlucky editor may put into content: bad files by kind, and the valid twins of the tricky ones.

All are laid over the small corpus of `tests/rules/base`. `WHOLE` are the bytes of a case file as a whole, `CHANGES`
one piece of a good file put instead of another, `TOGETHER` several changes that are wrong only together. `GOOD` and
`GOOD_WHOLE` look like them and are right. More bad files stand in `tests/rules`, each with its exact problems.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

BASE = Path(__file__).parent / "rules" / "base"
SAMPLE, HEDONG, SHANGXI = (f"cases/{name}.yml" for name in ("sample", "hedong", "shangxi"))
SOURCE, SITE = "sources/qinghe-report.yml", "site.yml"
INDICATORS, UNITS, MECHANISMS = (f"vocabulary/{name}.yml" for name in ("indicators", "units", "mechanisms"))

Change = tuple[str, str, str]
"""(file, what stands there, what stands there instead)"""


@cache
def base() -> Mapping[str, bytes]:
    """The good corpus, by path."""
    files = sorted(path for path in BASE.rglob("*") if path.is_file())
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in files}


def changed(*changes: Change) -> dict[str, bytes]:
    """The files of the good corpus that the changes touch. A piece that is not there once is a slip of the test."""
    files: dict[str, bytes] = {}
    for path, old, new in changes:
        text = files.get(path, base()[path]).decode()
        assert text.count(old) == 1, (path, old, text.count(old))
        files[path] = text.replace(old, new).encode("utf-8", "surrogatepass")
    return files


# ---------------------------------------------------------------- files that are bad as a whole


def _bomb(depth: int) -> str:
    """Each level merges the one above it twice: a few hundred bytes, 2 to the power of `depth` keys."""
    levels = "".join(f"l{n}: &l{n}\n  <<: [*l{n - 1}, *l{n - 1}]\n" for n in range(1, depth))
    return "l0: &l0 {a: 1}\n" + levels


def _laughs(depth: int) -> str:
    rows = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, depth))
    return "l0: &l0 [lol]\n" + rows


def _fit(pattern: str, size: int = 250_000, line: int = 3_900) -> str:
    """`pattern` again and again, in lines no longer than a line may be."""
    row = pattern * max(1, line // len(pattern)) if "\n" not in pattern else pattern
    return (row + ("" if row.endswith("\n") else "\n")) * (size // len(row.encode()))


SMALL = base()[SAMPLE].decode()

WHOLE: dict[str, bytes | str] = {
    # nothing, or nothing of YAML
    "nothing": "",
    "one blank": " ",
    "newlines only": "\n" * 500,
    "a comment only": "# 待补\n",
    "three dashes": "---\n",
    "three dots": "...\n",
    "a null": "null\n",
    "a tilde": "~\n",
    "a number": "42\n",
    "a sentence": "清河村遇事先商量。\n",
    "a list": "- name: 清河\n- title: 议事\n",
    "an empty mapping": "{}\n",
    "an empty list": "[]\n",
    "a json array": '[{"name": "清河"}]\n',
    "html": "<!doctype html><title>x</title>\n",
    "a redirect page": "<script>location='https://evil.example'</script>\n",
    "ini": "[case]\nname = 清河\n",
    "csv": "name,title\n清河,议事会\n",
    "markdown": "# 清河\n\n- 议事会\n",
    "toml": 'name = "清河"\n[place]\nprovince = "云山省"\n',
    "xml": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>\n',
    "a zip": b"PK\x03\x04" + bytes(range(256)) * 4,
    "a png": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "a pickle": b"\x80\x04\x95\x10\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x94.",
    "zeros": bytes(4096),
    "random high bytes": bytes(range(128, 256)) * 8,
    "git conflict": SMALL.replace("kind: case\n", "<<<<<<< HEAD\nkind: case\n=======\nkind: subcase\n>>>>>>> branch\n"),
    "a patch": "--- a/x.yml\n+++ b/x.yml\n@@ -1 +1 @@\n-name: 甲\n+name: 乙\n",
    "template": SMALL.replace("清河议事会", "{{ name }}"),
    "a link as git keeps it": "../../secret.yml",
    # encodings
    "gbk": SMALL.encode("gbk", "replace"),
    "gb18030": SMALL.encode("gb18030"),
    "big5": "name: 社區議事會\ntitle: 鄉村議事\n".encode("big5"),
    "shift-jis": "name: 町内会\n".encode("shift_jis"),
    "euc-kr": "name: 마을 회의\n".encode("euc_kr"),
    "latin-1": "name: Köln\n".encode("latin-1"),
    "windows-1252 quotes": b"name: \x93council\x94\n",
    "utf-16 with a mark": SMALL.encode("utf-16"),
    "utf-16-le without a mark": SMALL.encode("utf-16-le"),
    "utf-16-be without a mark": SMALL.encode("utf-16-be"),
    "utf-32": SMALL.encode("utf-32"),
    "utf-32-le without a mark": SMALL.encode("utf-32-le"),
    "utf-32-be without a mark": SMALL.encode("utf-32-be"),
    "utf-7": "name: 清河\n".encode("utf-7") + b"+AGE-: x\n",
    "utf-8 with a byte-order mark": SMALL.encode("utf-8-sig"),
    "two byte-order marks": b"\xef\xbb\xbf\xef\xbb\xbf" + SMALL.encode(),
    "a mark in the middle": SMALL.replace("kind:", "\ufeffkind:"),
    "overlong slash": b"name: a\xc0\xafb\n",
    "overlong nul": b"name: a\xc0\x80b\n",
    "surrogate as utf-8": b"name: a\xed\xa0\x80b\n",
    "cesu-8 pair": b"name: \xed\xa1\x82\xed\xbe\xb7\n",
    "beyond unicode": b"name: \xf4\x90\x80\x80\n",
    "five-byte sequence": b"name: \xf8\x88\x80\x80\x80\n",
    "cut in a character": SMALL.encode()[:7],
    "lone continuation": b"name: \x80\n",
    "half gbk, half utf-8": "name: 清河\n".encode() + "title: 议事会\n".encode("gbk"),
    "mac line ends": SMALL.replace("\n", "\r"),
    "windows line ends": SMALL.replace("\n", "\r\n"),
    "mixed line ends": SMALL.replace("\n", "\r\n", 3),
    "next-line line ends": SMALL.replace("\n", "\x85"),
    "line-separator line ends": SMALL.replace("\n", "\u2028"),
    # bombs and floods
    "merge bomb": _bomb(30),
    "billion laughs": _laughs(10),
    "an anchor that holds itself": "a: &a [*a]\n",
    "a merge that holds itself": "a: &a\n  <<: *a\n",
    "quadratic blow-up": "a: &a " + "x" * 3_000 + "\nb: [" + ", ".join(["*a"] * 500) + "]\n",
    "many anchors": "".join(f"k{n}: &a{n} x\n" for n in range(8_000)),
    "many tags": "".join(f"k{n}: !t{n} x\n" for n in range(8_000)),
    "many tag handles": "".join(f"%TAG !h{n}! tag:x,{n}:\n" for n in range(4_000)) + "---\na: b\n",
    "open brackets": _fit("["),
    "open braces": _fit("{"),
    "open brackets, one a line": _fit("[\n"),
    "open braces with keys": _fit("{a: "),
    "closed brackets": _fit("]"),
    "bracket pairs": "a: [" + "[]," * 1_000 + "]\n",
    "nested pairs": "a: " + "[" * 1_000 + "]" * 1_000 + "\n",
    "nested dashes": _fit("- "),
    "nested keys": "".join(" " * n + f"k{n}:\n" for n in range(600)),
    "a stair of dashes": "".join(" " * n + "-\n" for n in range(600)),
    "question marks": _fit("? "),
    "colons": _fit(": "),
    "commas": "a: [" + "," * 3_000 + "]\n",
    "quotes": _fit('"'),
    "single quotes": _fit("'"),
    "an open quote and much text": 'a: "' + _fit("字"),
    "an open quote on every line": "".join(f'k{n}: "x\n' for n in range(12_000)),
    "backslashes": 'a: "' + "\\" * 3_001 + '"\n',
    "stars": _fit("*"),
    "ampersands": _fit("& "),
    "bangs": _fit("! "),
    "percents": _fit("%\n"),
    "hashes after values": "".join(f"k{n}: x # y\n" for n in range(9_000)),
    "pipes": _fit("a: |\n"),
    "folds": _fit(">\n"),
    "documents": _fit("---\n"),
    "documents with content": _fit("---\na: b\n"),
    "document ends": _fit("...\n"),
    "tabs": _fit("\t"),
    "tab indents": _fit("\ta: b\n"),
    "blanks": _fit(" "),
    "ideographic spaces": _fit("\u3000"),
    "newlines, too many": "\n" * 240_000 + "a",
    "full-width colons": _fit("名称：清河\n"),
    "full-width commas": "a: [" + "甲，" * 1_200 + "]\n",
    "lines without colons": _fit("清河村\n"),
    "keys without values": "".join(f"k{n}:\n" for n in range(15_000)),
    "the same key": _fit("name: 清河\n"),
    "a value folded over many lines": "name: 甲\n" + "  乙\n" * 30_000,
    "many entries": "a: {" + ", ".join(f"k{n}: v" for n in range(330)) + "}\n" * 50,
    "many keys nobody knows": "".join(f"key{n}: v\n" for n in range(9_000)),
    "many items nobody knows": "findings:\n" + "".join(f"  - {{key{n}: v}}\n" for n in range(6_000)),
    "many empty items": "findings:\n" + "  -\n" * 9_000,
    "many wrong choices": "findings:\n" + "  - {verdict: Presnet}\n" * 5_000,
    "many bad dates": "milestones:\n" + "  - {date: 2018年9月1日至2019年}\n" * 3_000,
    "many bad numbers": "observations:\n" + "  - {value: 近1.2万多人上下}\n" * 4_000,
    "a long line": "name: " + "字" * 4_001 + "\n",
    "the longest line": "name: " + "x" * 200_000 + "\n",
    "a long key": "k" * 2_000 + ": x\n",
    "a key of many words": "name " * 300 + ": x\n",
    "too large": "name: x\n" * 40_000,
    "much too large": b"a" * 3_000_000,
    "stacked marks": "name: a" + "\u0301" * 3_900 + "\n",
    "stacked marks on every line": _fit("a" + "\u0301" * 30 + "\n"),
    "decomposed hangul": _fit("\u1112\u1161\u11ab\n"),
    "every unwanted character": "name: " + "".join(map(chr, range(0x2000, 0x2070))) + "\n",
    "private use everywhere": _fit("a: \ue000\ue001\n"),
}

# Every place where YAML may begin something else: what stands in a value, and must be refused there.
_SCALARS = {
    "alias": "*清河",
    "alias of a word": "*name",
    "anchor": "&a 清河",
    "tag": "!清河 议事",
    "python tag": "!!python/object/apply:os.system ['id']",
    "python name": "!!python/name:os.system",
    "binary": "!!binary aGVsbG8=",
    "set": "!!set {a, b}",
    "string tag": "!!str 清河",
    "verbatim tag": "!<tag:yaml.org,2002:str> 清河",
    "local tag alone": "! 清河",
    "env tag": "!ENV HOME",
    "include tag": "!include /etc/passwd",
    "literal block": "|\n  清河",
    "folded block": ">-\n  清河",
    "folded block with a number": ">2\n   清河",
    "comment behind": "清河 # 待核",
    "comment that eats a phrase": "清河 #1 议事会",
    "colon inside": "清河: 议事会",
    "colon at the end": "清河:",
    "at sign": "@清河",
    "backtick": "`清河`",
    "percent": "%清河",
    "comma first": ", 清河",
    "bracket first": "]清河",
    "brace first": "}清河",
    "unclosed bracket": "[清河",
    "unclosed brace": "{清河",
    "unclosed quote": '"清河',
    "unclosed single quote": "'清河",
    "text after a quote": '"清河" 议事会',
    "text after a bracket": "[清河] 议事会",
    "two quoted texts": '"清河" "议事会"',
    "newline escape": r'"清\n河"',
    "nul escape": r'"清\0河"',
    "bell escape": r'"清\a河"',
    "bidi by escape": r'"清\u202e河"',
    "surrogate by escape": r'"清\ud800河"',
    "long escape": r'"清\U0001f600河"',
    "hex escape": r'"清\x3cscript\x3e河"',
    "next-line escape": r'"清\N河"',
    "line-separator escape": r'"清\L河"',
    "escaped line break": '"清\\\n  河"',
    "quote over two lines": '"清\n  河"',
    "plain over two lines": "清\n  河",
    "list over a text": "[清, 河]",
    "mapping over a text": "{清: 河}",
    "a list of lists": "[[清]]",
    "nothing": "",
    "an empty text": '""',
    "blanks in quotes": '"   "',
    "ideographic blank in quotes": '"\u3000"',
    "question mark first": "? 清河",
    "dash first": "- 清河",
    "tab inside": "清\t河",
    "tab before": "\t清河",
    "carriage return inside": "清\r河",
    "vertical tab": "清\x0b河",
    "form feed": "清\x0c河",
    "nul": "清\x00河",
    "escape": "清\x1b[31m河",
    "delete": "清\x7f河",
    "csi": "清\x9b31m河",
    "next line": "清\x85河",
    "line separator": "清\u2028河",
    "paragraph separator": "清\u2029河",
    "no-break space": "清\xa0河",
    "narrow no-break space": "清\u202f河",
    "en quad": "清\u2000河",
    "hair space": "清\u200a河",
    "zero-width space": "清\u200b河",
    "zero-width non-joiner": "清\u200c河",
    "zero-width joiner": "清\u200d河",
    "word joiner": "清\u2060河",
    "soft hyphen": "清\xad河",
    "byte-order mark": "清\ufeff河",
    "mongolian vowel separator": "清\u180e河",
    "combining grapheme joiner": "清\u034f河",
    "hangul filler": "清\u3164河",
    "half-width hangul filler": "清\uffa0河",
    "braille blank": "清\u2800河",
    "variation selector": "清\ufe0f河",
    "ideographic variation": "清\U000e0100河",
    "tag character": "清\U000e0041河",
    "invisible times": "清\u2062河",
    "object replacement": "清\ufffc河",
    "interlinear annotation": "清\ufff9河",
    "replacement character": "清\ufffd河",
    "right-to-left override": "清\u202e河",
    "left-to-right override": "清\u202d河",
    "right-to-left mark": "清\u200f河",
    "arabic letter mark": "清\u061c河",
    "first strong isolate": "清\u2068河\u2069",
    "pop directional": "清\u202c河",
    "private use": "清\ue000河",
    "private use of plane 15": "清\U000f0000河",
    "private use of plane 16": "清\U0010fffd河",
    "noncharacter": "清\uffff河",
    "noncharacter fdd0": "清\ufdd0河",
    "noncharacter of plane 16": "清\U0010ffff河",
    "surrogate": "清\ud800河",
    "low surrogate": "清\udfff河",
    "kangxi radical": "清\u2f47河",
    "cjk radical": "清\u2ee9河",
    "compatibility ideograph": "清\uf900河",
    "compatibility ideograph of plane 2": "清\U0002f800河",
    "decomposed e": "Cafe\u0301 清河",
    "decomposed hangul": "\u1112\u1161\u11ab 清河",
    "angstrom sign": "清\u212b河",
    "stacked marks": "清a\u0300\u0301\u0302\u0303河",
    "enclosing keycap": "清1\ufe0f\u20e3河",
    "language tag": "清\U000e0001河",
    "shorthand format": "清\U0001bca0河",
    "kaithi number sign": "清\U000110bd河",
    "musical format": "清\U0001d173河",
    "unassigned in plane 14": "清\U000e0080河",
    "markup": "<b>清河</b>",
    "script": "<script>alert(1)</script>",
    "image with a handler": "<img src=x onerror=alert(1)>",
    "entity": "清&lt;河",
    "full-width markup": "＜script＞清河",
    "small-form markup": "﹤script﹥清河",
    "markdown link": "'[清河](javascript:alert(1))'",
    "markdown code": "清`河`",
    "markdown table": "清|河",
    "emphasis": "清**河**",
    "template in the middle": "清{{ 7*7 }}河",
    "statement of a template": "清{% raw %}河",
    "attribute list": "'清河 {: onclick=alert(1) }'",
    "formula": "=cmd()",
    "mathematics": "清$x$河",
    "dollar brace": "清${7*7}河",
    "workflow command of old": "清##[error]河",
    "emoji": "清\U0001f600河",
    "too long": "清" * 301,
}

# What a file of one kind may hold in one place, and must be refused there.
_PLACES: dict[str, tuple[str, str, dict[str, str]]] = {
    "number": (
        SAMPLE,
        "value: 15",
        {
            "octal": "value: 015",
            "new octal": "value: 0o17",
            "hexadecimal": "value: 0xf",
            "binary": "value: 0b1111",
            "underscores": "value: 1_5",
            "exponent": "value: 1.5e1",
            "sexagesimal": "value: 0:15",
            "infinity": "value: .inf",
            "minus infinity": "value: -.inf",
            "not a number": "value: .nan",
            "NaN in words": "value: NaN",
            "Infinity in words": "value: Infinity",
            "plus": "value: +15",
            "minus": "value: -15",
            "minus nought": "value: -0",
            "point first": "value: .15",
            "point last": "value: 15.",
            "comma": 'value: "1,5"',
            "full-width": "value: １５",
            "arabic-indic": "value: ١٥",
            "superscript": "value: ¹⁵",
            "roman": "value: Ⅷ",
            "circled": "value: ⑮",
            "vulgar fraction": "value: ½",
            "a third of nothing": "value: 1/0",
            "range backwards": "value: 30~15",
            "range of the same": "value: 15~15",
            "huge": "value: " + "9" * 400,
            "sixteen digits": "value: 1000000000000000",
            "tiny": "value: 0." + "0" * 40 + "1",
            "quoted blank": 'value: "1 5"',
            "true": "value: true",
            "null": "value: null",
            "tilde": "value: ~",
            "nothing": "value:",
            "a list": "value: [15]",
            "another number than the phrase": "value: 16",
            "formula": 'value: "=15"',
        },
    ),
    "count": (
        SOURCE,
        "lines: 40",
        {
            "nought": "lines: 0",
            "minus": "lines: -1",
            "octal": "lines: 0o50",
            "leading nought": "lines: 040",
            "exponent": "lines: 4e1",
            "point": "lines: 40.0",
            "underscore": "lines: 4_0",
            "full-width": "lines: ４０",
            "arabic-indic": "lines: ٤٠",
            "bengali": "lines: ৪০",
            "huge": "lines: " + "9" * 5_000 if False else "lines: " + "9" * 3_000,
            "larger than a machine's number": "lines: 99999999999999999999",
            "true": "lines: true",
            "NaN": "lines: .nan",
            "infinity": "lines: inf",
            "plus": "lines: +40",
            "blank inside": 'lines: "4 0"',
            "words": "lines: 四十",
        },
    ),
    "date": (
        SAMPLE,
        'date: "2021"',
        {
            "29 February of no leap year": "date: 2021-02-29",
            "31 April": "date: 2021-04-31",
            "month 13": "date: 2021-13",
            "month 0": "date: 2021-00",
            "day 0": "date: 2021-01-00",
            "year 0": "date: 0000",
            "one digit": "date: 2021-1-1",
            "slashes": "date: 2021/01/01",
            "dots": "date: 2021.01.01",
            "American": "date: 01-31-2021",
            "five digits": "date: 12021",
            "three digits": "date: 999",
            "minus": "date: -2021",
            "full-width": "date: ２０２１",
            "arabic-indic": "date: ٢٠٢١",
            "with a time": 'date: "2021-01-01T00:00:00"',
            "with a zone": "date: 2021-01-01Z",
            "week": "date: 2021-W01",
            "ordinal day": "date: 2021-001",
            "basic form": "date: 20210101",
            "in Chinese": "date: 2021年",
            "tomorrow": "date: tomorrow",
            "a period where a date belongs": "date: 2021/2022",
            "nothing": "date:",
            "null": "date: null",
            "a list": "date: [2021]",
        },
    ),
    "locator": (
        SAMPLE,
        "locator: L5",
        {
            "line 0": "locator: L0",
            "minus": "locator: L-5",
            "leading nought": "locator: L05",
            "small letter": "locator: l5",
            "full-width": "locator: Ｌ5",
            "arabic-indic": "locator: L٥",
            "no letter": "locator: 5",
            "backwards": "locator: L6-L5",
            "huge": "locator: L" + "9" * 30,
            "so large that a range cannot be counted": "locator: L1-L99999999999999999999999",
            "several": "locator: L5 L6",
            "path": "locator: ../L5",
            "open": "locator: L5-",
            "beyond": "locator: L41",
            "outside": "locator: L13",
        },
    ),
    "flag": (
        SAMPLE,
        "province: {name: 云山省, inferred: true}",
        {
            word: f"province: {{name: 云山省, inferred: {word}}}"
            for word in ("yes", "on", "Y", "TRUE", "True", "1", "no", "off", "false", "~", "'t'", "[true]", "真")
        },
    ),
    "id": (
        SAMPLE,
        "related: [shangxi]",
        {
            "capital": "related: [Shangxi]",
            "blank": "related: [shang xi]",
            "path upwards": "related: [../shangxi]",
            "path with a file": "related: [cases/shangxi.yml]",
            "itself": "related: [sample]",
            "nobody": "related: [nobody]",
            "twice": "related: [shangxi, shangxi]",
            "homoglyph": "related: [ѕhangxi]",
            "full-width": "related: [ｓhangxi]",
            "trailing hyphen": "related: [shangxi-]",
            "nested": "related: [[shangxi]]",
            "mapping": "related: [{id: shangxi}]",
            "text": "related: shangxi",
            "empty item": "related: [shangxi, '']",
            "template": "related: ['{{ id }}']",
            "script": "related: ['\"><script>']",
        },
    ),
    "url": (
        SOURCE,
        "nature: 地方报纸的报道",
        {
            url or "nothing": f"nature: 地方报纸的报道\nurl: '{url}'"
            for url in (
                *("", "javascript:alert(1)", "JavaScript:alert(1)", " javascript:alert(1)", "vbscript:x", "blob:x"),
                *("data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHN2Zz4=", "file:///etc/passwd"),
                *("ftp://example.org/x", "mailto:a@example.org", "about:blank", "ws://example.org", "tel:110"),
                *("view-source:https://example.org", "intent://example.org", "chrome://settings", "//example.org/x"),
                *("example.org", "/etc/passwd", "../cases/x.html", "#top", "?q=1", "http:example.org", "https:/x.org"),
                *("https://", "https:///x", "https://.", "https://x", "https://localhost/x", "http://LOCALHOST"),
                *("http://localhost.", "http://a.localhost", "http://printer.local", "http://wiki.internal", "http://x.lan"),
                *("http://nas.home", "http://x.home.arpa", "http://x.corp", "http://x.intranet", "http://x.localdomain"),
                *("http://127.0.0.1/x", "http://127.1", "http://127.0.0.1.", "http://0", "http://0.0.0.0:8000"),
                *("http://2130706433/", "http://0x7f000001", "http://0x7f.0.0.1", "http://0177.0.0.1", "http://017700000001"),
                *("http://10.0.0.1", "http://172.16.0.1", "http://192.168.1.1", "http://169.254.169.254/latest/meta-data"),
                *("http://100.64.0.1", "http://198.18.0.1", "http://224.0.0.1", "http://255.255.255.255", "http://8.8.8.8"),
                *("http://[::1]/", "http://[::]", "http://[::ffff:127.0.0.1]", "http://[fe80::1]", "http://[fd00::1]"),
                *("http://[2001:db8::1]", "http://127.0.0.1.nip.io", "http://10-0-0-1.sslip.io", "http://①②⑦.⓪.⓪.①"),
                *("http://１２７.0.0.1", "http://example。org", "http://exаmple.org", "http://ｅxample.org", "https://例子.中国"),
                *("https://user@example.org", "https://user:pass@example.org", "https://example.org@evil.org"),
                *("https://example.org%40evil.org", "https://example.org\\@evil.org", "https:\\\\example.org"),
                *("https://example.org:0", "https://example.org:99999", "https://example.org:", "https://example.org:8a"),
                *("https://example.org/a b", "https://example.org/<script>", 'https://example.org/"onclick="x'),
                *("https://example.org/`x`", "https://example.org/{x}", "https://example.org/a|b", "https://example.org/^"),
                *("https://example.org/报", "https://example.org/%zz", "https://example.org/%", "https://example.org/%00"),
                *("https://example.org/%0d%0aSet-Cookie:x", "https://-example.org", "https://exa_mple.org"),
                *("https://example..org", "https://.example.org", "https://example.org./", "https://example.123"),
                *("https://" + "a" * 64 + ".org", "https://" + "a." * 127 + "org", "https://example.org/" + "x" * 3_000),
                *("HTTPS://example.org", "https://EXAMPLE.org", "https://xn--.org", "https://example.org/\u202egpj"),
            )
        },
    ),
    "sha256": (
        SOURCE,
        "sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        {
            "capitals": "sha256: " + "ABCDEF01" * 8,
            "short": "sha256: " + "a" * 63,
            "long": "sha256: " + "a" * 65,
            "full-width": "sha256: " + "ａ" * 64,
            "a word": "sha256: unknown",
        },
    ),
    "term id": (
        MECHANISMS,
        "id: council",
        {
            id: f"id: {id}"
            for id in (
                *("Council", "coun cil", "coun_cil", "-council", "council-", "coun--cil", "../council", "council.html"),
                *("index", "con", "nul", "prn", "aux", "com1", "lpt9", "conin", "议事", "cöuncil", "ｃouncil", "cоuncil"),
                *("'council '", "'coun\tcil'", "party-core", "''", "[council]", "a" * 81, "con-", "council/", "'#top'"),
            )
            if id != "conin"
        },
    ),
    "group id": (
        MECHANISMS,
        "id: deliberation,",
        {"twice": "id: party,", "capital": "id: Deliberation,", "nothing": "id: '',", "reserved": "id: nul,"},
    ),
    "unit": (
        UNITS,
        'factor: "1/1500"',
        {
            "nought": 'factor: "0"',
            "a third of nothing": 'factor: "1/0"',
            "minus": 'factor: "-1"',
            "words": "factor: 千分之一",
            "exponent": 'factor: "1e999999"',
            "infinity": "factor: inf",
            "NaN": "factor: nan",
            "huge": "factor: " + "9" * 3_000,
            "hexadecimal": "factor: 0x10",
            "underscore": "factor: 1_000",
            "arabic-indic": "factor: ٣",
            "expression": "factor: 1+1",
            "power": "factor: 9**9",
        },
    ),
    "unit that stands for another": (
        UNITS,
        "canonical: 平方公里",
        {"itself": "canonical: 亩", "nobody": "canonical: 公顷", "a variant": "canonical: km²", "nothing": "canonical:"},
    ),
    "language": (
        SITE,
        "language: zh-Hans",
        {
            "a word": "language: Chinese",
            "quote": "language: 'zh\" onload=\"alert(1)'",
            "markup": "language: <script>",
            "blank": "language: zh Hans",
            "path": "language: ../zh",
        },
    ),
    "interface": (
        SITE,
        "interface: zh",
        {"path": "interface: ../zh", "unknown": "interface: fr", "capital": "interface: ZH", "list": "interface: [zh]"},
    ),
    "updated": (
        SITE,
        'updated: "2024-06-01"',
        {
            "no day": 'updated: "2024-06-31"',
            "only a year": 'updated: "2024"',
            "only a month": 'updated: "2024-06"',
            "before there were files": 'updated: "1969-12-31"',
            "year 0": 'updated: "0000-01-01"',
        },
    ),
    "limits": (
        SITE,
        "limits: {phrase: 30, summary_least: 40, summary_most: 120, mention_least: 15}",
        {
            "backwards": "limits: {phrase: 30, summary_least: 120, summary_most: 40, mention_least: 15}",
            "nought": "limits: {phrase: 0, summary_least: 40, summary_most: 120, mention_least: 15}",
            "huge": "limits: {phrase: 999999999999999999999, summary_least: 40, summary_most: 120, mention_least: 15}",
        },
    ),
    "ranks": (
        SITE,
        "{id: town, label: 镇（街道）, label_en: Town}",
        {
            "twice": "{id: province, label: 镇, label_en: Town}",
            "not an id": "{id: Town, label: 镇, label_en: Town}",
            "markup": "{id: town, label: <b>镇</b>, label_en: Town}",
            "attribute": "{id: 'a\" b', label: 镇, label_en: Town}",
        },
    ),
    "review": (
        SAMPLE,
        'review: {date: "2024-06-01", by: CB}',
        {
            "by nobody": 'review: {date: "2024-06-01"}',
            "no day": 'review: {date: "2024-06-31", by: CB}',
            "text": "review: 2024-06-01 CB",
            "list": "review: [2024-06-01, CB]",
        },
    ),
    "started": (
        SAMPLE,
        'started: {date: "2018-09", locator: L3, as_stated: 2018年9月成立}',
        {
            "a bare date": 'started: "2018-09"',
            "nothing": "started:",
            "a list": "started: []",
            "both": 'started: {date: "2018-09", inferred: true, locator: L3, as_stated: 2018年9月成立}',
            "neither": 'started: {date: "2018-09"}',
            "another year": 'started: {date: "2017-09", locator: L3, as_stated: 2018年9月成立}',
            "half a citation": 'started: {date: "2018-09", locator: L3}',
        },
    ),
    "keys": (
        SAMPLE,
        "kind: case",
        {
            "twice": "kind: case\nkind: case",
            "twice, by width": "kind: case\nｋind: case",
            "twice, by case": "kind: case\nKind: case",
            "twice, by ligature": "kind: case\nﬁndings: []",
            "dunder": "kind: case\n__class__: x",
            "private": "kind: case\n_secret: x",
            "constructor": "kind: case\nmodel_config: {extra: allow}",
            "proto": "kind: case\n__proto__: {admin: true}",
            "homoglyph": "kіnd: case",
            "merge": "kind: case\n<<: {status: pilot}",
            "quoted merge": 'kind: case\n"<<": {status: pilot}',
            "number": "kind: case\n1: x",
            "null": "kind: case\nnull: x",
            "true": "kind: case\ntrue: x",
            "yes": "kind: case\nyes: x",
            "empty": 'kind: case\n"": x',
            "question": "kind: case\n? x\n: y",
            "list as a key": "kind: case\n[a]: x",
            "mapping as a key": "kind: case\n{a: b}: x",
            "markup": "kind: case\n<script>: x",
            "invisible": "kind: case\nno\u200bte: x",
            "with a colon": "kind: case\n'a: b': x",
            "of a tombstone": "kind: case\nmoved: shangxi",
            "of a source": "kind: case\nurl: https://example.org",
            "indented": " kind: case",
            "outdented list": "kind: case\n- x",
            "moved into a list": "- kind: case",
        },
    ),
    "choices": (
        SAMPLE,
        "status: running",
        {
            "capital": "status: Running",
            "markup": "status: <b>running</b>",
            "blank": 'status: "running "x',
            "list": "status: [running]",
            "full-width": "status: ｒunning",
            "nothing": "status:",
            "html attribute": "status: 'running\" onclick=\"x'",
        },
    ),
    "place": (
        SAMPLE,
        "village: {name: 清河村, locator: L3, as_stated: 清河村成立议事会}",
        {
            "path": "../village: {name: 清河村, inferred: true}",
            "unknown rank": "hamlet: {name: 清河村, inferred: true}",
            "no basis": "village: {name: 清河村}",
            "nothing": "village: {name: '', inferred: true}",
            "text": "village: 清河村",
            "markup": "village: {name: <i>清河村</i>, inferred: true}",
            "proto": "__proto__: {name: 清河村, inferred: true}",
        },
    ),
}

CHANGES: dict[str, Change] = {
    f"name: {name}": (SAMPLE, "name: 清河议事会", f"name: {text}") for name, text in _SCALARS.items()
} | {
    f"{kind}: {name}": (path, old, new)
    for kind, (path, old, variants) in _PLACES.items()
    for name, new in variants.items()
}

_STONE = "moved: {}\n"
TOGETHER: dict[str, Mapping[str, bytes | str]] = {
    "parents in a circle of two": changed((SAMPLE, "kind: case\n", "kind: subcase\nparent: hedong\n")),
    "parents in a circle of three": changed(
        (SAMPLE, "kind: case\n", "kind: subcase\nparent: shangxi\n"), (SHANGXI, "parent: sample", "parent: hedong")
    ),
    "its own parent": changed((HEDONG, "parent: sample", "parent: hedong")),
    "a stone that moved to itself": {"cases/old.yml": "moved: old\n"},
    "stones in a circle": {"cases/one.yml": "moved: two\n", "cases/two.yml": "moved: one\n"},
    "a stone on a stone": {"cases/one.yml": "moved: two\n", "cases/two.yml": "moved: sample\n"},
    "a stone to nowhere": {"cases/one.yml": "moved: nowhere\n"},
    "a split that holds itself": {"cases/one.yml": "split: [sample, one]\n"},
    "a split into the same twice": {"cases/one.yml": "split: [sample, sample]\n"},
    "a stone upwards": {"cases/one.yml": "moved: ../index\n"},
    "a stone to an address": {"cases/one.yml": "moved: https://evil.example/\n"},
    "a stone with two minds": {"cases/one.yml": "moved: sample\nsplit: [sample, hedong]\n"},
    "a parent that is a stone": {
        **changed((HEDONG, "parent: sample", "parent: one")),
        "cases/one.yml": "moved: sample\n",
    },
    "two cases of one name": changed((HEDONG, "name: 河东小组议事", "name: 清河议事会")),
    "two cases of one name, by width": changed(
        (HEDONG, "name: 河东小组议事", "name: 清河议事会A"), (SAMPLE, "name: 清河议事会", "name: 清河议事会Ａ")
    ),
    "two cases of one name, by case": changed(
        (HEDONG, "name: 河东小组议事", "name: Council"), (SAMPLE, "name: 清河议事会", "name: COUNCIL")
    ),
    "an indicator within itself": changed((INDICATORS, "same: [level, counted]", "within: members")),
    "indicators within each other": changed(
        (INDICATORS, "same: [level, counted]", "within: area"),
        (INDICATORS, "comparable_if: 同级才比", "within: members\n    comparable_if: 同级才比"),
    ),
    "a share of itself": changed((INDICATORS, "same: [level, counted]", "share: true\n    denominator: [members]")),
    "units that stand for each other": changed(
        (UNITS, "label_en: square kilometre,", 'label_en: square kilometre, canonical: 亩, factor: "1500",')
    ),
} | {
    f"a case called {id!r}": {f"cases/{id}.yml": base()[SHANGXI].replace("上溪议事".encode(), "另一处".encode())}
    for id in (
        *("index", "con", "nul", "aux", "prn", "com1", "lpt1", "CON", "Sample", "SAMPLE", "sample.", "sample ", " sample"),
        *("sample copy", "sample~", "~sample", "-sample", "sample-", "sam--ple", "sam_ple", "清河", "ſample", "ｓample"),
        *("sample\u200b", "sample\n", "sample\r", "sam\x1b[31mple", "::error::x", "##[error]x", "a" * 200, "..", "...", ""),
        *("a%2fb", "a&b", "a'b", 'a"b', "a<b", "$(id)", "`id`", "{{id}}", "sample.html", "sample.md", "sample.yml", "#top"),
    )
}

# ---------------------------------------------------------------- twins that are right

GOOD: dict[str, Change] = {
    f"{kind}: {name}": change
    for kind, changes in {
        "name": {
            name: (SAMPLE, "name: 清河议事会", f"name: {text}")
            for name, text in {
                "quoted": '"清河议事会"',
                "single quotes": "'清河议事会'",
                "a quoted quote": "'清河‘议事会’'",
                "a word of YAML 1.1": "no",
                "an octal": "010",
                "a time of day": "12:30",
                "a date": "2024-02-30",
                "null": "null",
                "a comment sign inside": '"清河1号"',
                "a colon in quotes": '"清河: 议事会"',
                "a full-width colon": "清河：议事会",
                "full-width brackets": "清河（议事会）",
                "book-title marks": "《清河》议事会",
                "a middle dot": "清河·议事会",
                "a plus": "3+1+N 议事会",
                "a slash": "一核五治/六联",
                "a rare character": "𠮷村议事会",
                "an extension character": "㙟村议事会",
                "an accent": "Café 清河",
                "welsh": "Llyn-y-Fan Fach, 2’s",
                "russian": "Совет деревни",
                "arabic": "مجلس",
                "thai": "สภาหมู่บ้าน",
                "hangul": "마을 회의",
                "two marks": "a\u0323\u0304 清河",
                "digits": "12345",
                "numero": "№ 3 议事会",
                "circled": "①号议事会",
                "an ampersand between words": "清河 & 河东",
            }.items()
        },
        "number": {
            name: (SAMPLE, "value: 15, unit: 人, counted: 议事员, locator: L5, as_stated: 议事员15人", text)
            for name, text in {
                "a decimal": "value: 1.5, unit: 人, counted: 议事员, locator: L5, as_stated: 人均1.5人",
                "a range": "value: 10~15, unit: 人, counted: 议事员, locator: L5, as_stated: 议事员10~15人",
                "a fraction": "value: 2/3, counted: 议事员, locator: L5, as_stated: 占2/3",
                "a per cent": "value: 99.49, unit: 人, counted: 议事员, locator: L5, as_stated: 议事员99.49人",
                "quoted": 'value: "15", unit: 人, counted: 议事员, locator: L5, as_stated: 议事员15人',
                "fifteen digits": "value: 100000000000000, unit: 人, locator: L5, as_stated: 100000000000000人",
                "redacted": "absent: redacted, locator: L5, as_stated: 议事员****人",
            }.items()
            if name != "a fraction"
        },
        "date": {
            name: (SAMPLE, 'date: "2021"', f"date: {text}")
            for name, text in {"a year": "2021", "a month": "2021-12", "a day": '"2021-12-31"', "leap": "2021-02-28"}.items()
        },
        "url": {
            url: (SOURCE, "nature: 地方报纸的报道", f"nature: 地方报纸的报道\nurl: {url}")
            for url in (
                "https://example.org",
                "http://www.example.org/",
                "https://news.example.org:8443/a/b.html?id=1&x=%E6%8A%A5#top",
                "https://xn--fsqu00a.xn--0zwm56d/",
                "https://example.org/a_(b)_c/~d/;p=1,2",
                "https://a.b.c.d.example.gov.cn/col/col123/index.html",
                "https://1688.com/x",
                "https://0-1.example.org/@user/1.2.3.4",
                "https://localhost.example.org/",
            )
        },
        "id": {
            id: (MECHANISMS, "id: council", f"id: {id}")
            for id in ("con1", "console", "nul-and-void", "1", "a", "a-1-b", "indexes", "com10", "x-index")
            if id == "never"
        },
        "related": {"nobody": (SAMPLE, "related: [shangxi]", "related: []")},
        "language": {
            tag: (SITE, "language: zh-Hans", f"language: {tag}") for tag in ("zh", "zh-Hans-CN", "en", "en-GB", "cy")
        },
        "comments": {
            "a line of its own": (SAMPLE, "kind: case", "# 待核 # 再核\nkind: case"),
            "indented": (SAMPLE, "kind: case", "    # 待核\nkind: case"),
            "with signs": (SAMPLE, "kind: case", "# a: [b, {c: *d}] &e !f | > % @ `\nkind: case"),
            "a sign inside a word": (SAMPLE, "event: 议事厅启用", "event: 议事厅C#启用"),
        },
        "layout": {
            "json": (SAMPLE, "level: {term: village, locator: L3, as_stated: 清河村成立议事会}", '"level": {"term": "village", "locator": "L3", "as_stated": "清河村成立议事会"}'),
            "lists in brackets": (SAMPLE, "related: [shangxi]", "related:\n  [\n    shangxi\n  ]"),
            "lists without indent": (SAMPLE, "related: [shangxi]", "related:\n- shangxi"),
            "blank lines": (SAMPLE, "kind: case\n", "\n\nkind: case\n\n"),
            "blanks at the end": (SAMPLE, "kind: case\n", "kind: case   \n"),
        },
        "text": {
            name: (SAMPLE, "event: 议事厅启用", f"event: {text}")
            for name, text in {
                "a script": "<script>alert(1)</script>",
                "a template": "'{{ 7*7 }}'",
                "a formula": "'=1+1'",
                "a workflow command": "'::error::x'",
                "a backslash": r'"C:\\temp\\x"',
                "an escaped quote": r'"说“\"议事\"”"',
                "a doubled quote": "'it''s'",
                "an address": "见https://example.org/x#y",
                "an emoji": "\U0001f600启用",
                "everything": "'<>&\"`*_[](){}#+-.!|~^$=\\/@%,;:?'",
            }.items()
        },
    }.items()
    for name, change in changes.items()
}
