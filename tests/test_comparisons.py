"""Comparisons: the notation, what `check` refuses and where, and the pages that come of them."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from build import ROOT, make
from casebook.charts.drawing import draw
from casebook.charts.marks import CellChart, Chart, Head, ScatterChart, ScatterDot, Span, TimeChart, TimeRow
from casebook.corpus import Corpus
from casebook.folder import read_content
from casebook.load import load
from casebook.problems import Problem, in_order, wording
from casebook.prose.essays import discussing, parts, texts
from casebook.prose.files import MAX_PROSE
from casebook.prose.paths import statements
from casebook.prose.plain import Typed
from casebook.prose.references import Reference, find_references
from casebook.prose.targets import Fault, NumberTarget, StatementTarget, resolve
from casebook.rules import check
from tests.conftest import run

BASE = ROOT / "tests" / "rules" / "base"
CONTENT = ROOT / "content"
PATH = "comparisons/councils.md"
GOOD = """---
title: 议事会
question: 议事会怎样开？
order: 1
cases: [sample, shangxi]
dimensions:
  - {label: 做法, data: findings/council}
  - label: 多少人
    cells:
      sample: "共[[sample/members]]"
figures:
  - kind: steps
    title: 先提后议
    stages: [提出, 商量]
    rows: {sample: formulas/三步议事/三步}
    steps: {sample: [提, 议]}
  - kind: sets
    title: 各步
    rows: {sample: [formulas/三步议事/三步]}
    alike: {商量: [议]}
  - kind: timeline
    title: 先后
review: {date: "2024-06-01", by: CB}
---

## 分析

[[sample]]有[[sample/members/议事员]]，是三步议事，还有一种[[mechanism:council]]。

## 能说什么

写到的有[[count:findings/council]]个。

## 不能说什么

没有。

## 待解的问题

没有。
"""
LINES = GOOD.split("\n")


def judge(text: str) -> tuple[Corpus | None, list[Problem]]:
    """The small corpus with this comparison, and what is wrong with it."""
    files, _ = read_content(BASE)
    corpus, problems = load(dict(sorted((files | {PATH: text.encode()}).items())))
    return corpus, in_order([*problems, *(check(corpus) if corpus else ())])


def place(text: str, found: str) -> str:
    """Line and column at which `found` first stands in `text`."""
    line = next(number for number, line in enumerate(text.split("\n")) if found in line)
    return f"{line + 1}:{text.split(chr(10))[line].index(found) + 1}"


def good() -> Corpus:
    corpus, problems = judge(GOOD)
    assert problems == []
    assert corpus is not None
    return corpus


# The notation.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[sample]]", [("", ("sample",))]),
        ("甲[[sample/members]]乙[[shangxi]]", [("", ("sample", "members")), ("", ("shangxi",))]),
        ("[[count:here/findings/council]]", [("count", ("here", "findings", "council"))]),
        ("[[place:云山]]", [("place", ("云山",))]),
        ("[[ sample / members ]]", [("", ("sample", "members"))]),
        ("[[count：cases]]", [("", ("count：cases",))]),
        ("[[]]", [("", ())]),
        ("[[sample/]]", [("", ())]),
        ("[[sample", [("", ())]),
        ("sample]]", [("", ())]),
        ("[[a[[b]]", [("", ()), ("", ("b",))]),
        ("[sample] [x](y)", []),
    ],
)
def test_references_are_read(text: str, expected: list[tuple[str, tuple[str, ...]]]) -> None:
    """Whatever looks like a reference is one or is reported; nothing else is."""
    assert [(found.kind, found.parts) for found in find_references(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sample/members", "statement"),
        ("sample/members/议事", "statement"),
        ("sample/findings/council", "statement"),
        ("sample/findings/council/present", "statement"),
        ("sample/findings/council/planned", "reference-unknown"),
        ("sample/formulas/议事", "statement"),
        ("sample/formulas/三步议事/三步", "statement"),
        ("sample/actors/村委会", "statement"),
        ("sample/actors/village-committee", "statement"),
        ("sample/milestones/启用", "statement"),
        ("sample/honours/文明", "statement"),
        ("sample/place/village", "statement"),
        ("sample/place/清河", "statement"),
        ("sample/started", "statement"),
        ("shangxi/started", "reference-not-a-value"),
        ("sample/level", "statement"),
        ("sample/status", "statement"),
        ("quote:sample/level", "statement"),
        ("evidence:sample/settlement", "reference-not-a-value"),
        ("sample/nothing", "reference-unknown"),
        ("sample/findings/counsel", "reference-unknown"),
        ("sample/members/a/b/c", "reference-malformed"),
        ("evidence:sample", "reference-malformed"),
        ("nobody", "reference-unknown"),
        ("mechanism:council", "term"),
        ("mechanism:councils", "reference-unknown"),
        ("source:qinghe-report", "source"),
        ("place:清河", "place"),
        ("place:村", "reference-unknown"),
        ("place:云山", "place"),
        ("place:云", "reference-unknown"),
        ("sample/source/qinghe-report", "statement"),
        ("sample/source/nobody", "reference-unknown"),
        ("source:qinghe-report/more", "reference-unknown"),
        ("mechanism:council/more", "reference-unknown"),
        ("sample/problems/low-participation", "statement"),
        ("sample/problems/participation", "reference-unknown"),
        ("sample/settlement/village", "reference-unknown"),
        ("sample/status/running", "statement"),
        ("sample/status/run", "reference-unknown"),
        ("sample/level/village/more", "reference-malformed"),
        ("sample/place/town", "reference-unknown"),
        ("evidence:sample/place/province", "reference-not-a-value"),
        ("quote:sample/formulas/三步议事/三步", "statement"),
        ("count:cases", "number"),
        ("lack:cases", "reference-unknown"),
        ("count:here", "reference-malformed"),
        ("lack:sample/members", "reference-unknown"),
        ("count:findings/nobody", "reference-unknown"),
        ("count:sample", "reference-malformed"),
        ("count:sample/nothing", "reference-unknown"),
        ("count:sample/honours/优秀", "reference-unknown"),
        ("count:sample/formulas/四步", "reference-not-a-value"),
        ("count:sample/formulas/三步议事", "number"),
        ("sample/formulas/三步议事/五步", "reference-unknown"),
        ("colour:red", "reference-unknown"),
    ],
)
def test_references_find_what_they_name(text: str, expected: str) -> None:
    """By id or by letters that only one thing has; what cannot be shown is refused by name."""
    found = resolve(good(), find_references(f"[[{text}]]")[0], ("sample",))
    kind = found.rule if isinstance(found, Fault) else type(found).__name__.removesuffix("Target").lower()
    assert kind == expected


def test_a_path_begins_with_a_field_or_an_indicator() -> None:
    with pytest.raises(KeyError):
        statements(good(), "sample", ("nothing",))


def test_counts_are_those_of_the_counted_cases() -> None:
    """Umbrellas and mentions are left out, but for those a comparison lists itself."""
    corpus = good()

    def counted(text: str, *here: str) -> int:
        found = resolve(corpus, find_references(f"[[{text}]]")[0], here)
        assert isinstance(found, NumberTarget)
        return found.number

    everyone = len(corpus.counted)
    with_council = sum(any(f.mechanism == "council" for f in case.findings) for case in corpus.counted.values())
    assert counted("count:cases") == everyone
    assert counted("count:findings/council") == with_council
    assert counted("lack:findings/council") == everyone - with_council
    assert counted("count:here/cases", "sample", "shangxi") == 2
    assert counted("count:here/started", "sample", "shangxi") == 1
    assert counted("lack:here/started", "sample", "shangxi") == 1
    assert counted("count:sample/formulas/三步议事/三步") == len(corpus.cases["sample"].formulas[0].parts[0].items)


# What is refused, and where.

TYPED = "number-not-referenced"


@pytest.mark.parametrize(
    ("old", "new", "at", "rule"),
    [
        ("---\ntitle", "title", "title", "front-matter-missing"),
        ("\n---\n\n## 分析", "\n\n## 分析", "---", "front-matter-missing"),
        ("question: 议", "question： 议", "：", "yaml-fullwidth-colon"),
        (GOOD[GOOD.index("## 分析") :], "", "---", "part-missing"),
        (GOOD[GOOD.index("## 分析") :], "只有一段。\n", "只有一段", "prose-outside-parts"),
        ("没有。\n\n## 待解", "没\u202e有。\n\n## 待解", "\u202e", "text-bidi"),
        ("没有。\n\n## 待解", "没有。\n\n### 待解", "## 不能说什么", "part-missing"),
        ("review: {date", "reviewed: {date", "reviewed", "unknown-key"),
        ("data: findings/council}", "data: findings/council, cells: {sample: a}}", "{label: 做法", "data-or-cells"),
        ("steps: {sample: [提, 议]}", "steps: {sample: [提]}", "kind: steps", "figure-incomplete"),
        ("steps: {sample: [提, 议]}", "steps: {sample: [提, 表决]}", "表决", "figure-word-not-in-data"),
        ("alike: {商量: [议]}", "alike: {商量: [吵]}", "吵", "figure-word-not-in-data"),
        (
            "rows: {sample: formulas/三步议事/三步}",
            "rows: {sample: formulas/四步}",
            "formulas/四步",
            "reference-unknown",
        ),
        ("rows: {sample: [formulas/三步议事/三步]}", "rows: {sample: [level]}", "level]", "reference-not-a-value"),
        ("data: findings/council", "data: finding/council", "finding/council", "reference-unknown"),
        ("data: findings/council", "data: findings/councl", "findings/councl", "reference-unknown"),
        ('      sample: "', '      hedong: "[[evidence:hedong/level]]', "hedong", "case-not-listed"),
        ('"共[[sample/members]]"', '"共有几个人，见[[sample]]"', '"共有', "cell-without-evidence"),
        ('"共[[sample/members]]"', '"共[[sample/member]]"', "[[sample/member]]", "reference-unknown"),
        ("question: 议事会", "question: 议事会[[sample]]", "[[sample]]", "reference-not-here"),
        ("问题\n\n没有。", "问题\n\n问[[nobody", "[[nobody", "reference-malformed"),
        ("问题\n\n没有。", "问题\n\n问[[shangxi/started]]", "[[shangxi/started", "reference-not-a-value"),
        ("问题\n\n没有。", "问题\n\n有15人", "15人", TYPED),
        ("问题\n\n没有。", "问题\n\n有三个人", "三个人", TYPED),
        ("问题\n\n没有。", "问题\n\n只有一个人", "一个人", TYPED),
        ("question: 议事会", "question: 两个议事会", "两个", TYPED),
        ("title: 先提后议", "title: 先提后议三回", "三回", TYPED),
        ("问题\n\n没有。", "问题\n\n在清河村里", "清河村", "name-not-referenced"),
        ("问题\n\n没有。", "问题\n\n在清河里", "清河里", "name-not-referenced"),
        ("问题\n\n没有。", "问题\n\n清河议事会很好", "清河议事会", "name-not-referenced"),
        ("label: 多少人", "label: 云山省多少人", "云山省", "name-not-referenced"),
        ("## 不能说什么\n\n没有。", "## 不能说什么\n", "## 不能说什么", "part-missing"),
        ("## 能说什么", "## 能说什么\n\n有。\n\n## 能说什么", None, "part-unknown"),
        ("---\n\n## 分析", "---\n\n开头的话\n\n## 分析", "开头的话", "prose-outside-parts"),
    ],
)
def test_each_mistake_is_reported_where_it_stands(old: str, new: str, at: str | None, rule: str) -> None:
    """Line and column are those of the file; every problem is told in both languages."""
    assert old in GOOD
    text = GOOD.replace(old, new, 1)
    found = [problem for problem in judge(text)[1] if problem.rule == rule]
    assert found, [(p.line, p.rule) for p in judge(text)[1]]
    assert found[0].path == PATH
    if at:
        assert f"{found[0].line}:{found[0].column}" == place(text, at)
    for language in ("zh", "en"):
        assert not re.search(r"{\w+}", found[0].message(language) + found[0].remedy(language))


@pytest.mark.parametrize("between", ["\n", "\n \n"])
def test_fences_and_headings_may_be_closed_and_have_blanks_behind_them(between: str) -> None:
    text = GOOD.replace("---\n\n## 分析", f"---  {between}##  分析 ## ")
    assert text != GOOD and judge(text.replace("---\ntitle", "---\t\ntitle"))[1] == []


@pytest.mark.parametrize("more", [0, 1])
def test_prose_that_is_too_long_is_refused_where_it_begins(more: int) -> None:
    """Some Markdown takes the square of its length."""
    row = "## 待解的问题\n\n没有。"
    long = ("长" * 999 + "\n") * (MAX_PROSE // 1000) + "长" * more
    text = GOOD.replace(row + "\n", "## 待解的问题\n" + long)
    assert text.endswith(long)
    for problems, path, line in (
        (judge(text)[1], PATH, text[: text.index(long)].count("\n")),
        (load(read_content(BASE)[0] | {"method.md": long.encode()})[1], "method.md", 1),
    ):
        assert [(p.path, p.line, p.column, p.rule) for p in problems] == [(path, line, 1, "prose-too-long")] * more
        assert all("20001" in problem.message("en") + problem.remedy("en") for problem in problems)


def test_an_ambiguous_reference_says_how_many_it_might_mean() -> None:
    files, _ = read_content(BASE)
    case = files["cases/sample.yml"].decode()
    twice = "  - {indicator: members, value: 15, unit: 人, counted: 候补议事员, locator: L5, as_stated: 议事员15人}\n"
    files["cases/sample.yml"] = case.replace("honours:", twice + "honours:").encode()
    corpus, _ = load(files | {PATH: GOOD.replace("/议事员]]", "]]").encode()})
    assert corpus is not None
    found = [problem for problem in check(corpus) if problem.rule == "reference-ambiguous"]
    assert [problem.values["n"] for problem in found] == ["2", "2"]
    again = case.replace("findings:", "  - {slogan: 三步走, decoded: none, locator: L6, as_stated: 三步走}\nfindings:")
    again = again.replace("counts: steps, items: [提, 议, 决]}", "meaning: 提}\n      - {part: 三步, meaning: 议}")
    corpus, _ = load(files | {"cases/sample.yml": again.replace("清河村,", "云山村,").encode()})
    assert corpus is not None
    for text in ("count:sample/formulas/议事/三步", "sample/formulas/三步", "place:云山"):
        fault = resolve(corpus, find_references(f"[[{text}]]")[0], ())
        assert isinstance(fault, Fault) and (fault.rule, fault.values["n"]) == ("reference-ambiguous", "2"), text
    exact, _ = load(files | {PATH: GOOD.replace('"共[[sample/members]]"', '"共[[sample/members/议事员]]"').encode()})
    assert exact is not None
    assert not [p for p in check(exact) if p.rule == "reference-ambiguous"], "the exact words win"


def test_suggestions_name_what_was_meant() -> None:
    for wrong, meant in (("sample/member", "members"), ("sampel", "sample"), ("sample/finding/council", "findings")):
        problems = judge(GOOD.replace("[[sample]]有", f"[[{wrong}]]有"))[1]
        (problem,) = [p for p in problems if p.rule == "reference-unknown"]
        assert problem.values["suggestion"] == meant
        assert meant in problem.remedy("zh")


@pytest.mark.parametrize(
    "text",
    [
        "一种办法，一方面如此",
        "第一，其一",
        "唯一个案",
        "三步议事里的三步",
        "万一",
        "两者都是",
        "[[count:cases]]个",
        "十分",
    ],
)
def test_words_that_count_nothing_may_be_written(text: str) -> None:
    """So may the slogans of the cases compared, and their pieces, which the data vouch for."""
    assert list(Typed(good()).numbers(text, ("sample",))) == []


def test_a_piece_that_is_only_a_number_is_no_licence() -> None:
    """The 五个 of 五个最好 does not let 五个村 pass; the slogans of other cases do not either."""
    files, _ = read_content(BASE)
    case = files["cases/sample.yml"].decode().replace("三步议事", "三个村议事").replace("part: 三步", "part: 三个")
    units = files["vocabulary/units.yml"].decode()
    files["vocabulary/units.yml"] = (units + "  - {symbol: 个, label_en: item}\n").encode()
    files["cases/sample.yml"] = case.encode()
    corpus, _ = load(files)
    assert corpus is not None
    typed = Typed(corpus)
    assert [slip.text for slip in typed.numbers("有三个人来", ("sample",))] == ["三个人"]
    assert list(typed.numbers("三个村议事", ("sample",))) == []
    assert [slip.start for slip in typed.numbers("三个村议事", ())] == [0]


def test_every_rule_of_comparisons_has_a_bad_example_here() -> None:
    said = Path(__file__).read_text(encoding="utf-8")
    for rule in wording("zh"):
        if rule.startswith(("reference-", "part-missing", "part-unknown", "figure-", "cell-")):
            assert f'"{rule}"' in said, rule


# The data of the report itself.


def real(**changed: bytes) -> tuple[Corpus, list[Problem]]:
    files, _ = read_content(CONTENT)
    corpus, problems = load(files | {path.replace("__", "/") + ".yml": data for path, data in changed.items()})
    assert corpus is not None
    return corpus, [*problems, *check(corpus)]


def referring(corpus: Corpus) -> list[tuple[str, Reference, StatementTarget]]:
    """(comparison, reference, target) of every reference to something a case says."""
    found = []
    for id, comparison in corpus.comparisons.items():
        for text in texts(corpus, id):
            for reference in find_references(text.text) if text.referring else ():
                target = resolve(corpus, reference, comparison.cases)
                if isinstance(target, StatementTarget):
                    found.append((id, reference, target))
    return found


def test_a_value_that_is_taken_out_of_the_data_is_missed() -> None:
    """`check` fails at every reference to an observation that was removed."""
    corpus, _ = real()
    values = [t for t in referring(corpus) if t[2].statement.key == "observations" and not t[1].kind]
    _, reference, target = values[0]
    case, stated = target.statement.case, target.statement.value.as_stated
    path = CONTENT / "cases" / f"{case}.yml"
    lines = path.read_text(encoding="utf-8").split("\n")
    kept = [line for line in lines if f"indicator: {reference.parts[1]}," not in line]
    assert len(kept) < len(lines), stated
    _, problems = real(**{f"cases__{case}": "\n".join(kept).encode()})
    missed = [
        p for p in problems if p.rule == "reference-unknown" and "/".join(reference.parts) in p.values["reference"]
    ]
    assert missed
    source = read_content(CONTENT)[0][missed[0].path].decode().split("\n")[missed[0].line - 1]
    assert source[missed[0].column - 1 :].startswith("[[")


def test_a_value_that_becomes_an_absence_is_missed() -> None:
    corpus, _ = real()
    values = [t for t in referring(corpus) if t[2].statement.key == "observations" and not t[1].kind]
    target = values[0][2].statement
    path = CONTENT / "cases" / f"{target.case}.yml"
    old, new = f"value: {target.value.value}, unit: {target.value.unit}", "absent: redacted"
    text = path.read_text(encoding="utf-8")
    _, problems = real(**{f"cases__{target.case}": text.replace(old, new).encode()})
    assert any(problem.rule == "reference-not-a-value" for problem in problems)


# The pages.


class Tree(HTMLParser):
    """Elements with their attributes, and all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, tag: str, attribute: str) -> list[str]:
        return [attributes.get(attribute) or "" for name, attributes in self.elements if name == tag]


def test_every_theme_has_its_page_with_table_and_evidence(site: Path) -> None:
    """Every case has a row; every mark has its note; every link leads somewhere; no placeholder is left."""
    corpus, _ = real()
    assert corpus.comparisons
    for id, comparison in corpus.comparisons.items():
        path = site / "comparisons" / f"{id}.html"
        html = path.read_text(encoding="utf-8")
        tree = Tree(html)
        assert "[[" not in html and "]]" not in html
        assert not re.search("[\ue000-\uf8ff]", html)
        ids = [value for _, attributes in tree.elements if (value := attributes.get("id"))]
        assert len(ids) == len(set(ids))
        marks = [href for href in tree.values("a", "href") if re.fullmatch("#e[0-9]+", href)]
        assert marks
        assert {mark[1:] for mark in marks} <= set(ids)
        for href in tree.values("a", "href"):
            target = href.partition("#")[0]
            if target and not target.startswith("http"):
                assert (path.parent / target).resolve().is_file(), (id, href)
        for case in comparison.cases:
            assert f"../cases/{case}.html" in tree.values("a", "href")
        assert html.count("<figure") >= sum(figure.kind not in ("peers", "timeline") for figure in comparison.figures)


def test_the_list_of_themes_is_in_their_order(site: Path) -> None:
    corpus, _ = real()
    tree = Tree((site / "comparisons" / "index.html").read_text(encoding="utf-8"))
    shown = [href for href in tree.values("a", "href") if f"{href.removesuffix('.html')}" in corpus.comparisons]
    ordered = sorted(corpus.comparisons, key=lambda id: (corpus.comparisons[id].order, id))
    assert shown == [f"{id}.html" for id in ordered]
    for comparison in corpus.comparisons.values():
        assert comparison.question in tree.text


def test_a_case_page_links_the_themes_that_speak_of_it(site: Path) -> None:
    corpus, _ = real()
    for id, comparison in corpus.comparisons.items():
        html = (site / "cases" / f"{comparison.cases[0]}.html").read_text(encoding="utf-8")
        assert f"../comparisons/{id}.html" in html


HOSTILE = (
    "<script>alert`x`</script><img src=x onerror=alert`x`> {{ config }} {% raw %} &lt;b&gt; | a | *b* `c` $\\frac{"
)


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """In the question, cells, notes and prose: no tag, no template, no script, and it is all shown."""
    files, _ = read_content(BASE)
    quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    text = GOOD.replace("question: 议事会", f'question: "{quoted}"', 1)
    text = text.replace("开？\n", "\n", 1).replace(f'question: "{quoted}"怎样', f'question: "{quoted}"')
    text = text.replace('"共[[sample', f'"{quoted}[[sample')
    text = text.replace("title: 先提后议", f'title: 先提后议\n    note: "{quoted}"')
    text = text.replace("问题\n\n没有。", f"问题\n\n{HOSTILE}\n\n[点](javascript:alert`x`) [[sample]]\n")
    for path, data in (files | {PATH: text.encode()}).items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_bytes(data)
    done = run("build", "--content", str(tmp_path / "content"), "--out", str(tmp_path / "site"))
    assert done.returncode == 0, done.stdout + done.stderr
    for page in ("comparisons/councils.html", "comparisons/index.html", "cases/sample.html"):
        html = (tmp_path / "site" / page).read_text(encoding="utf-8")
        tree = Tree(html)
        assert all(src for src in tree.values("script", "src")), "no inline script"
        assert not [name for name, _ in tree.elements if name == "img"]
        assert not [a for _, attributes in tree.elements for a in attributes if a.startswith("on")]
        assert not [href for href in tree.values("a", "href") if href.startswith("javascript")]
        assert tree.text.count("<script>alert`x`</script><img src=x onerror=alert`x`> {{ config }} {% raw %}") >= 1
    assert tree.text.count("清河议事会") >= 1


def test_a_case_is_discussed_where_it_is_listed_or_referred_to() -> None:
    """By the order that the comparisons give themselves, then by their ids; a title or a label refers to nothing."""
    other = GOOD.replace("cases: [sample, shangxi]", "cases: [hedong, qinghe]").replace("开？", "[[shangxi]]", 1)
    essays = {"b": GOOD.replace("order: 1", "order: 2"), "a": GOOD.replace("order: 1", "order: 2"), "c": other}
    files, _ = read_content(BASE)
    corpus, _ = load(files | {f"comparisons/{id}.md": text.encode() for id, text in essays.items()})
    assert corpus is not None
    assert discussing(corpus) == {"sample": ["c", "a", "b"], "shangxi": ["a", "b"], "hedong": ["c"]}


def test_the_parts_of_a_comparison_come_in_their_order() -> None:
    """Whatever their order in the file; without the blank lines around them."""
    corpus, _ = judge(
        GOOD.replace("## 分析", "## 甲").replace("## 能说什么", "## 分析").replace("## 甲", "## 能说什么")
    )
    assert corpus is not None
    assert [(part, heading) for part, heading, _ in parts(corpus, "councils")] == [
        *(("analysis", "分析"), ("follows", "能说什么"), ("not", "不能说什么"), ("open", "待解的问题"))
    ]
    assert [text for *_, text in parts(corpus, "councils")][::3] == ["写到的有[[count:findings/council]]个。", "没有。"]


def test_a_report_without_comparisons_still_has_its_home_page() -> None:
    """The fourth way in then leads to the formulas, and the list of themes is empty."""
    made = make(ROOT / "tests" / "sites" / "ponds" / "content", {})
    assert made.rendered is not None
    pages = {file.path: file.text for file in made.rendered.files if file.is_page}
    assert "formulas.html" in pages["index.md"]
    assert "<li>" not in pages["comparisons/index.md"]


# The drawings.

CHARTS: dict[str, Chart] = {
    **{
        kind: CellChart(
            kind,
            "题",
            "说明",
            (Head("甲", "cases/a.html"), Head("乙 & <丙>")),
            (Head("很长很长的阶段名称很长很长", "cases/b.html"), Head("B"), Head("")),
            (("提", "一段要折成几行才放得下的文字一段要折成几行", ""), ("", "议", "plain words that wrap")),
        )
        for kind in ("steps", "tiers", "sets")
    },
    "timeline": TimeChart(
        "题",
        "说明",
        (
            TimeRow(
                Head("甲", "cases/a.html"),
                (Span(2018.0, 2019.0, True, "甲 2018年"), Span(2020.1, 2020.103, False, "乙")),
            ),
        ),
    ),
    "scatter": ScatterChart(
        "题", "说明", (ScatterDot(200, 3, "甲", "甲", "cases/a.html"), ScatterDot(900, 12, "乙")), "字数"
    ),
}


@pytest.mark.parametrize("name", CHARTS)
def test_figures_are_text_with_titles_and_links(name: str) -> None:
    """Well-formed SVG, every label as text, links to cases, a title and a description, the same bytes each time."""
    style = ROOT / "templates" / "charts.mplstyle"
    svg = draw(CHARTS[name], style)
    assert svg == draw(CHARTS[name], style)
    root = ET.fromstring(svg)
    told = "".join(root.itertext())
    assert root[0].text == "题" and root[1].text == "说明"
    assert "甲" in told
    links = [value for element in root.iter() for key, value in element.attrib.items() if key.endswith("href")]
    assert "@root/cases/a.html" in [link for link in links if not link.startswith("#")]
    assert "<丙>" not in svg
    assert "#0a0b" not in svg, "colours are variables"


def test_prose_is_read_in_its_own_language_whatever_the_interface_speaks() -> None:
    """One setting turns the interface into English; what the editors wrote in Chinese stays right."""
    files, _ = read_content(ROOT / "content")
    changed = files["site.yml"].replace(b"interface: zh", b"interface: en")
    assert changed != files["site.yml"]
    corpus, problems = load(files | {"site.yml": changed})
    assert corpus is not None
    assert not [*problems, *check(corpus)]
