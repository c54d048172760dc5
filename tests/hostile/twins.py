"""Twins of bad values that are right."""

from tests.hostile import SAMPLE, SITE, SOURCE, Change

_BY_KIND: dict[str, dict[str, Change]] = {
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
            "a quoted null": '"null"',
            "a nullity": "null 号",
            "cyrillic beside latin": "Совет-Beijing",
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
            "two marks": "\u1ea1\u0304 清河",
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
            "a per cent": "value: 99.49, unit: 人, counted: 议事员, locator: L5, as_stated: 议事员99.49人",
            "quoted": 'value: "15", unit: 人, counted: 议事员, locator: L5, as_stated: 议事员15人',
            "fifteen digits": "value: 100000000000000, unit: 人, locator: L5, as_stated: 100000000000000人",
            "redacted": "absent: redacted, locator: L5, as_stated: 议事员****人",
        }.items()
    },
    "date": {
        name: (SAMPLE, 'date: "2021"', f"date: {text}")
        for name, text in {
            "a year": "2021",
            "a month": "2021-12",
            "a day": '"2021-12-31"',
            "leap": "2021-02-28",
        }.items()
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
        "json": (
            SAMPLE,
            "level: {term: village, locator: L3, as_stated: 清河村成立议事会}",
            '"level": {"term": "village", "locator": "L3", "as_stated": "清河村成立议事会"}',
        ),
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
}

GOOD = {f"{kind}: {name}": change for kind, changes in _BY_KIND.items() for name, change in changes.items()}
