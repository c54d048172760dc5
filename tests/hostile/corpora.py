"""Files that are wrong only together, or by their names."""

from collections.abc import Mapping

from tests.hostile import HEDONG, INDICATORS, SAMPLE, SHANGXI, UNITS, base, changed

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
        *(
            "index",
            "con",
            "nul",
            "aux",
            "prn",
            "com1",
            "lpt1",
            "CON",
            "Sample",
            "SAMPLE",
            "sample.",
            "sample ",
            " sample",
        ),
        *(
            "sample copy",
            "sample~",
            "~sample",
            "-sample",
            "sample-",
            "sam--ple",
            "sam_ple",
            "清河",
            "ſample",
            "ｓample",
        ),
        *(
            "sample\u200b",
            "sample\n",
            "sample\r",
            "sam\x1b[31mple",
            "::error::x",
            "##[error]x",
            "a" * 200,
            "..",
            "...",
            "",
        ),
        *(
            "a%2fb",
            "a&b",
            "a'b",
            'a"b',
            "a<b",
            "$(id)",
            "`id`",
            "{{id}}",
            "sample.html",
            "sample.md",
            "sample.yml",
            "#top",
        ),
    )
}
