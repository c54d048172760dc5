"""Files that are wrong only together, or by their names."""

from collections.abc import Mapping

from tests.hostile import HEDONG, INDICATORS, SAMPLE, SHANGXI, SOURCE, UNITS, base, changed

Files = Mapping[str, bytes | str]

_POINTING: dict[str, Files] = {
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
}

_IDS = (
    "index|con|nul|aux|prn|com1|lpt1|CON|Sample|SAMPLE|sample.|sample | sample|sample copy|sample~|"
    "~sample|-sample|sample-|sam--ple|sam_ple|清河|ſample|ｓample|sample\u200b|sample\n|sample\r|"
    "sam\x1b[31mple|::error::x|##[error]x|..|...||a%2fb|a&b|a'b|a\"b|a<b|$(id)|`id`|{{id}}|"
    "sample.html|sample.md|sample.yml|#top"
).split("|")
_NAMED: dict[str, Files] = {
    f"a case called {id!r}": {f"cases/{id}.yml": base()[SHANGXI].replace("上溪议事".encode(), "另一处".encode())}
    for id in (*_IDS, "a" * 200)
}

_HEAD = """title: 议事会
question: 议事会怎样开？
order: 1
cases: [sample]
dimensions:
  - {label: 做法, data: findings/council}
review: {date: "2024-06-01", by: CB}
"""
_PARTS = "".join(f"## {part}\n\n没有。\n\n" for part in ("分析", "能说什么", "不能说什么", "待解的问题"))
_THEME = f"---\n{_HEAD}---\n\n{_PARTS}"


def _theme(old: str, new: str) -> str:
    assert _THEME.count(old) == 1, old
    return _THEME.replace(old, new)


_WRITTEN: dict[str, Files] = {
    f"a comparison {name}": {"comparisons/theme.md": text}
    for name, text in {
        "of nothing": "",
        "without a head": _PARTS,
        "without an end of its head": f"---\n{_HEAD}\n{_PARTS}",
        "whose head is no YAML": _theme("title: 议事会", "title： 议事会"),
        "whose head is TOML": _THEME.replace("---", "+++"),
        "whose head is JSON": _theme(_HEAD, '{"title": "x"}\n'),
        "with a second head": _THEME + f"---\n{_HEAD}---\n",
        "with an alias": _theme("by: CB", "by: *CB"),
        "with a tag": _theme("by: CB", "by: !!python/name:os.system"),
        "with a folded title": _theme("title: 议事会", "title: >\n  议事会"),
        "of an unknown case": _theme("[sample]", "[nobody]"),
        "of a case twice": _theme("[sample]", "[sample, sample]"),
        "of no case": _theme("[sample]", "[]"),
        "of a file": _theme("[sample]", "[../../etc/passwd]"),
        "with a path upwards": _theme("findings/council", "../../etc/passwd"),
        "with a path to a method": _theme("findings/council", "__class__/__init__"),
        "with a script in its title": _theme("title: 议事会", "title: <script>alert(1)</script>"),
        "with an order of nought": _theme("order: 1", "order: 0"),
        "with an order that is no number": _theme("order: 1", "order: 1e9"),
        "without any part": f"---\n{_HEAD}---\n",
        "without a heading": f"---\n{_HEAD}---\n\n没有。\n",
        "without a part": _theme("## 待解的问题\n\n没有。\n\n", ""),
        "without any part but with prose": f"---\n{_HEAD}---\n没有。\n",
        "with parts of another depth": _THEME.replace("## ", "# "),
        "of a key and no part": "---\nx: y\n---",
        "that is all fences": "---\n---\n---\n",
        "with a part of its own": _THEME + "## 结论\n\n没有。\n",
        "with a part twice": _THEME + "## 分析\n\n没有。\n",
        "with prose before its parts": _theme("---\n\n##", "---\n\n没有。\n\n##"),
        "with an open reference": _THEME + "[[sample\n",
        "with a closed reference": _THEME + "sample]]\n",
        "with a reference in a reference": _THEME + "[[sample/[[sample]]]]\n",
        "with a reference to nothing": _THEME + "[[]]\n",
        "with a reference upwards": _THEME + "[[../../etc/passwd]]\n",
        "with a reference to a method": _THEME + "[[sample/__class__]]\n",
        "with an unknown kind of reference": _THEME + "[[include:/etc/passwd]]\n",
        "with a typed number": _THEME + "有15人。\n",
        "with a typed name": _THEME + "清河村。\n",
        "with a bidi override": _THEME + "甲\u202e乙\n",
        "with an invisible sign": _THEME + "甲\u200b乙\n",
        "with a control sign": _THEME + "甲\x1b[31m乙\n",
        "with a private-use sign": _THEME + "甲\ue0000\ue001乙\n",
        "with a surrogate": _THEME + "甲\ud800乙\n",
        "with a long line": _THEME + "甲" * 4_001 + "\n",
        "with a flood of prose": _THEME + "甲乙丙\n" * 6_000,
        "with a flood of brackets": _THEME + "[" * 3_000 + "\n",
        "with windows line ends": _THEME.replace("\n", "\r\n"),
    }.items()
} | {
    "a comparison in gbk": {"comparisons/theme.md": _THEME.encode("gbk")},
    "a comparison in utf-16": {"comparisons/theme.md": _THEME.encode("utf-16")},
    "a comparison called index": {"comparisons/index.md": _THEME},
    "a comparison with a blank in its name": {"comparisons/a theme.md": _THEME},
}

_METHODS: dict[str, bytes | str] = {
    "in gbk": "方法".encode("gbk"),
    "in utf-16": "方法".encode("utf-16"),
    "with a byte-order mark": "\ufeff方法",
    "with a bidi override": "方\u202e法",
    "with a nul": "方\0法",
    "with a terminal's escape": "方\x1b[31m法",
    "with a surrogate": "方\ud800法",
    "with private-use signs": "方\ue0000\ue001法",
    "with a long line": "方" * 4_001,
    "with a link to a name in other letters": "[方法](https://пример.org/)",
    "that is too long": "方法\n" * 10_000,
    "that is too large": b"x\n" * 100_000,
}
_PAGES: dict[str, Files] = {f"a page {name}": {"method.md": text} for name, text in _METHODS.items()}

# Said twice, or with what contradicts it.
_COUNT = "  - {indicator: members, value: 15, unit: 人, counted: 议事员, locator: L5, as_stated: 议事员15人}\n"
_OMISSION = "omissions:\n  - {locator: L999, phrase: 一, reason: x}\n"
_TILES = "maps:\n  - name: 云山省\n    tiles:\n      - {name: 清河镇, row: 1, column: 1000000}\n"
_AGREEING: dict[str, Files] = {
    "an observation twice": changed((SAMPLE, _COUNT, _COUNT * 2)),
    "a milestone twice": changed(
        (SAMPLE, "milestones:\n", 'milestones:\n  - {event: 议事厅启用, date: "2019", locator: L9, as_stated: 启用}\n')
    ),
    "words twice in a list": changed((SAMPLE, "items: [提, 议, 决]", "items: [提, 议, 议]")),
    "a factor to nowhere": changed((UNITS, "canonical: 平方公里, ", "")),
    "a unit without a factor": changed((UNITS, ', factor: "1/1500"', "")),
    "accessed before it was published": changed((SOURCE, "nature:", 'accessed: "1999"\nnature:')),
    "a year far off": changed((SAMPLE, 'date: "2021"', 'date: "2999"')),
    "an omission beyond its source": {"omissions/qinghe-report.yml": _OMISSION},
    "a tile far off": {"vocabulary/tiles.yml": _TILES},
}

TOGETHER: dict[str, Files] = _AGREEING | _POINTING | _NAMED | _WRITTEN | _PAGES
