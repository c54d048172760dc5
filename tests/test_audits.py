"""Audits: a rule finds what contradicts itself and is silent where all agrees; the real sources, one by one."""

import html
import re
import shutil
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from casebook.audits import AUDITS, audit, rule_name
from casebook.audits.plans import rounds
from casebook.folder import read_content
from casebook.load import load
from casebook.periods import first_day, last_day, meet, relative_year, span
from casebook.precision import digits, rounded, spread, step
from casebook.quantities import Quantity, find_quantities
from casebook.rules import check
from tests.conftest import ROOT, run
from tests.tiny import SITE, SOURCE, observations, seen, tiny

Found = list[tuple[str, str]]


def found(*cases: str, files: dict[str, str] | None = None) -> Found:
    """(rule, about) of everything that the audits find."""
    return [(row.rule, row.about) for row in audit(tiny(*cases, files=files))]


class Example(NamedTuple):
    """One contradiction and the same text without it."""

    rule: str
    about: str
    wrong: str
    right: str


def whole(total: int) -> str:
    return observations(
        seen("issues", str(total), "件", "事项", f"共{total}件"),
        seen("issues", "86", "件", "交办", "交办86件", "part_of: 事项"),
        seen("issues", "35", "件", "会办", "会办35件", "part_of: 事项"),
    )


def plots(hills: str) -> str:
    return observations(
        seen("area", "9.12", "平方公里", "面积", "面积约9.12平方公里"),
        seen("plot", hills, "亩", "山地", f"山地约{hills}亩"),
        seen("plot", "1702.5", "亩", "耕地", "耕地约1702.5亩"),
    )


def share(rate: str) -> str:
    return observations(
        seen("area", "11.92", "平方公里", "面积", "面积11.92平方公里"),
        seen("plot", "16877.1", "亩", "农用地", "农用地16877.1亩"),
        seen("plot-share", rate, "%", "农用地占比", f"占比{rate}%"),
    )


def rate(value: str, base: str, phrase: str) -> str:
    return observations(
        seen("issues", base, "件", "事项", phrase), seen("issue-rate", value, "%", "办结率", f"办结率{value}%")
    )


def slogan(items: str, more: str = "") -> str:
    part = f"{{part: 三治, number: 3, items: [{items}]{more}}}"
    return f"formulas:\n  - {{slogan: 三治, decoded: full, locator: L1, as_stated: 三治, parts: [{part}]}}\n"


def listed(items: str) -> str:
    return observations(seen("villages", "3", "个", "村", "甲、乙、丙等3个村", f"items: [{items}]"))


def named(phrase: str) -> str:
    return (
        "place: {city: {name: 甲市, inferred: true}, town: {name: 邗上街道, locator: L1, as_stated: 邗上街道}}\n"
        f"level: {{term: one, locator: L2, as_stated: {phrase}}}\n"
    )


def ended(phrase: str) -> str:
    return (
        "place: {city: {name: 甲市, inferred: true}, town: {name: 大洲镇, locator: L1, as_stated: 大洲镇}}\n"
        f"level: {{term: one, locator: L2, as_stated: {phrase}}}\n"
    )


def planned(status: str) -> str:
    return observations(seen("issues", "200", "件", "车位", "200余件", f"status: {status}"))


def meetings(number: int) -> str:
    return observations(
        seen("meeting-rule", "1", "次", "议事会", "每季度1次", "status: rule, every: quarter, each: villages"),
        seen("meetings", str(number), "场", "议事会", f"召开{number}场", "as_of: 2019/.."),
    )


def begun(since: str) -> str:
    return (
        "milestones:\n"
        f"  - {{event: 自称的起点, date: {since}/.., locator: L1, as_stated: 以来}}\n"
        '  - {event: 正式提出, date: "2022-12", begins: true, locator: L2, as_stated: 12月提出}\n'
    )


def this_year(year: int) -> str:
    return f'milestones:\n  - {{event: 使用, date: "{year}", locator: L1, as_stated: 今年使用}}\n'


EXAMPLES = (
    Example("parts-and-total", "事项", whole(122), whole(121)),
    Example("parts-and-total", "事项", whole(120), whole(121)),
    Example("parts-beyond-whole", "面积", plots("12102"), plots("11902")),
    Example("rate-and-terms", "农用地占比", share("93"), share("94.4")),
    Example("rate-and-terms", "农用地占比", share("94.5"), share("94")),
    Example("share-beyond-whole", "办结率", rate("102", "121", "121件"), rate("100", "121", "121件")),
    Example("base-too-small", "办结率", rate("98.9", "30~40", "30~40件"), rate("98.9", "87", "87件")),
    Example("count-not-whole", "办结率", rate("90", "121", "121件"), rate("90", "120", "120件")),
    Example("numeral-and-parts", "三治", slogan("自治, 法治"), slogan("自治, 法治, 德治")),
    Example(
        "parts-not-reported",
        "三治",
        slogan("自治, 法治, 德治", ", reported: [自治, 法治]"),
        slogan("自治, 法治, 德治", ", reported: [德治, 法治, 自治]"),
    ),
    Example("list-length", "村", listed("甲, 乙"), listed("甲, 乙, 丙")),
    Example("names-differ", "邗江街道", named("邗江街道"), named("邗上街道")),
    Example("names-differ", "大洲镇", ended("大洲街道"), ended("大洲镇")),
    Example("plan-as-result", "车位", planned("planned"), planned("reported")),
    Example("rule-and-practice", "议事会", meetings(11), meetings(16)),
    Example("before-its-beginning", "自称的起点", begun("2022"), begun("2022-12")),
    Example("year-of-writing", "使用", this_year(2019), this_year(2020)),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}-{example.about}")
def test_a_rule_finds_a_contradiction(example: Example) -> None:
    """Where two readings of a text exclude each other, the rule says so, and no other rule does."""
    assert found(example.wrong) == [(example.rule, example.about)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}-{example.about}")
def test_a_rule_is_silent_where_all_agrees(example: Example) -> None:
    """What is arithmetically right, rounded or cut off, is never brought up."""
    assert found(example.right) == []


def test_every_rule_has_its_examples() -> None:
    """A rule nobody tried is no rule."""
    assert {example.rule for example in EXAMPLES} == {rule_name(rule) for rule in AUDITS}


def test_a_rate_of_an_unknown_base_is_not_judged() -> None:
    """Without a number beside it there is nothing to recompute."""
    assert found(observations(seen("issue-rate", "98.9", "%", "办结率", "办结率98.9%"))) == []


def test_growth_may_exceed_everything() -> None:
    """Only a share of a whole is bounded by it."""
    assert found(observations(seen("growth", "150", "%", "增长", "增长150%"))) == []


def test_a_base_with_a_bound_leaves_a_rate_open() -> None:
    """Of more than a hundred, ninety per cent can be a whole number."""
    assert found(rate("90", "121", "超过121件")) == []


def test_terms_in_another_passage_are_not_taken() -> None:
    """A rate is recomputed from what stands beside it, not from numbers that happen to be in the case."""
    rows = [
        seen("area", "11.92", "平方公里", "面积", "面积11.92平方公里", "locator: L5"),
        seen("plot", "16877.1", "亩", "农用地", "农用地16877.1亩", "locator: L5"),
        seen("plot-share", "93", "%", "占比", "占比93%"),
    ]
    assert found(observations(*rows)) == []


def test_a_number_of_members_is_held_against_the_members() -> None:
    """A programme of ten pilots has ten cases."""
    umbrella = "kind: programme\n" + observations(seen("villages", "{n}", "个", "试点", "{n}个试点", "members: true"))
    members = ["kind: subcase\nparent: case-0\n"] * 2
    assert found(umbrella.replace("{n}", "3"), *members) == [("list-length", "试点")]
    assert found(umbrella.replace("{n}", "2"), *members) == []


def test_a_plan_in_a_planned_case_is_what_it_says() -> None:
    """Where everything is planned, a planned number is not worded as a result."""
    assert found("status: planned\n" + planned("planned")) == []


def test_two_names_of_two_things_are_no_contradiction() -> None:
    """星湖社区 and 星湖景区 are alike but for a letter, and both are declared."""
    place = "place: {city: {name: 甲市, inferred: true}, town: {name: 星湖社区, locator: L1, as_stated: 星湖社区}}\n"
    actor = "actors:\n  - {term: one, name: 星湖景区, locator: L2, as_stated: 星湖景区}\n"
    assert found(place + actor) == []


def test_a_name_may_differ_between_the_cases_of_a_source() -> None:
    """One region under two names in one document is found although each case has only one of them."""
    one = "actors:\n  - {term: one, name: 广西镇, locator: L3, as_stated: 广西镇派人}\n"
    other = "actors:\n  - {term: one, name: 该街道, locator: L7, as_stated: 与广西街道联合}\n"
    assert found(one, other) == [("names-differ", "广西镇")]


def test_without_a_date_of_publication_the_latest_date_decides() -> None:
    """A text that knows of January 2023 cannot mean 2022 by this year; what it means is not told by an open end."""
    known = 'milestones:\n  - {event: 揭牌, date: "2023-01-05", locator: L3, as_stated: 1月5日}\n'
    said = '  - {event: 使用, date: "2022", locator: L1, as_stated: 今年使用}\n'
    undated = {"sources/text.yml": SOURCE.replace('published: "2020-12-31"\n', "")}
    assert found(known + said, files=undated) == [("year-of-writing", "使用")]
    assert found(known + said.replace("2022", "2023"), files=undated) == []


def test_a_report_on_places_without_endings_is_audited_too() -> None:
    """Endings of names are this corpus's own; without them the rest goes on."""
    site = {"site.yml": SITE.replace(", endings: [镇, 街道]", "")}
    assert found(ended("大洲街道"), files=site) == []
    assert found(whole(122), files=site) == [("parts-and-total", "事项")]


# ---------------------------------------------------------------- acknowledgements


def warned(case: str) -> list[tuple[str, str, dict[str, str]]]:
    return [(p.rule, p.severity, dict(p.values)) for p in check(tiny(case))]


NOTE = "audits:\n  - {rule: parts-and-total, about: {about}, note: 原文如此}\n"


def test_a_contradiction_without_a_note_is_a_warning() -> None:
    """Nobody publishes one without having seen it."""
    assert warned(whole(122)) == [("audit-unacknowledged", "warning", {"rule": "parts-and-total", "about": "事项"})]
    assert warned(whole(122) + NOTE.replace("{about}", "事项")) == []


def test_a_note_without_a_contradiction_is_a_warning_too() -> None:
    """An exception that nothing needs any more is itself a mistake; a slip in it is guessed."""
    said = {"rule": "parts-and-total", "about": "事项", "suggestion": ""}
    assert warned(whole(121) + NOTE.replace("{about}", "事项")) == [("audit-unfounded", "warning", said)]
    (_, first), (_, second) = [(p[0], p[2]) for p in warned(whole(122) + NOTE.replace("{about}", "事项们"))]
    assert [first.get("suggestion"), second.get("suggestion")] == [None, "事项"]


def test_a_part_of_nothing_is_an_error() -> None:
    """The name of a whole that no number has is a slip, and would silence the rule."""
    with pytest.raises(AssertionError, match="part-of-unknown"):
        tiny(observations(seen("issues", "86", "件", "交办", "交办86件", "part_of: 总数")))


@pytest.fixture
def unacknowledged(tmp_path: Path) -> Path:
    """The real content with one note taken away."""
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    path = content / "cases" / "zhaoqing-shigou.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\naudits:\n(?:  .*\n)+", "\n", text), encoding="utf-8")
    return content


def test_strict_makes_an_error_of_a_warning(unacknowledged: Path, tmp_path: Path) -> None:
    """A check passes with a warning and fails with `--strict`; a strict build leaves nothing behind."""
    loose = run("check", "--content", str(unacknowledged), "--lang", "en")
    assert (loose.returncode, loose.stdout.count("[audit-unacknowledged]")) == (0, 1)
    assert "zhaoqing-shigou.yml:" in loose.stdout and "warnings: 1" in loose.stdout
    assert run("check", "--content", str(unacknowledged), "--strict").returncode == 1
    out = tmp_path / "site"
    built = run("build", "--content", str(unacknowledged), "--out", str(out), "--strict")
    assert (built.returncode, out.exists(), "Traceback" in built.stderr) == (1, False, False)


# ---------------------------------------------------------------- the real sources

FINDINGS = """
parts-and-total       shunde-sangong     慈善组织
parts-beyond-whole    zhaoqing-dazhou    总面积
rate-and-terms        shishan-sizhili    投诉处结率
rate-and-terms        zhaoqing-luogang   农用地占比
share-beyond-whole    shanwei-yihewuzhi  农村社区服务设施覆盖率
share-beyond-whole    shanwei-yihewuzhi  城市社区服务设施覆盖率
share-beyond-whole    shishan-yiyisan    查处治理完成率（任务量未写明）
share-beyond-whole    shishan-yiyisan    累计拆除完成率（任务量未写明）
base-too-small        shunde-huanglong   问题处理率（分母未写明）
count-not-whole       suqian-aiyuan      得到有效整改的事项（分母未写明）
numeral-and-parts     shunde-sangong     五大工程
parts-not-reported    zhaoqing-shigou    五个共同体
list-length           shanwei-yihewuzhi  职责清单通知所印发的文件
list-length           shishan-3-1-n      入选区级精品经济社名单的经济社
list-length           shishan-3-1-n      首批项目试点
list-length           zhaoqing-taiyuan   省界两侧的镇
list-length           zhaoqing-taiyuan   省界两侧的村
names-differ          zhaoqing-dazhou    大洲村
names-differ          zhaoqing-taiyuan   广西省
names-differ          yancheng-xindu     专职网管员
names-differ          yangzhou-hanshang  邗江街道
plan-as-result        shunde-sangong     改造为“红基石”党群服务中心的废弃工厂
plan-as-result        zhaoqing-xinghu    共享车位
rule-and-practice     suqian-aiyuan      小板凳议事会
before-its-beginning  shishan-3-1-n      深入实施“3+1+N”行动计划（自述的起点）
year-of-writing       shishan-yiyisan    创新使用“一一三”工作法
"""
RIGHT = {
    "86 + 35 = 121": ("suqian-aiyuan", "群众反映的问题和建议"),
    "689 + 145 = 834": ("shanwei-yihewuzhi", "村(社区)（完成网格划分和队伍组建）"),
    "6766 ÷ 6770 = 99.94 %": ("shanwei-yihewuzhi", "可网办事项占进驻事项"),
    "47.11 + 164.69 = 211.80": ("shishan-yiyisan", "“两违”累计拆除面积"),
    "63.92 ha ÷ 11.92 km² = 5 %": ("zhaoqing-luogang", "建设用地占比"),
    "ten pilots are ten cases": ("zhaoqing-pilots", "城乡治理建设试验点"),
    "thirteen points are thirteen cases": ("jiangsu-observation", "采集的典型案例"),
    "three natural villages are named": ("zhaoqing-dazhou", "自然村"),
    "14 + 1 = 15 councils": ("zhaoqing-lecheng", "村(社区)理事会"),
    "an honour of 2005 before the conversion of 2013": ("zhaoqing-chutou", "全国民主法治示范村"),
}


@pytest.fixture(scope="module")
def real() -> list[tuple[str, str, str]]:
    files, problems = read_content(ROOT / "content")
    corpus, slips = load(files)
    assert corpus is not None and not [*problems, *slips]
    return [(row.rule, row.case, row.about) for row in audit(corpus)]


def test_the_sources_contradict_themselves_here(real: list[tuple[str, str, str]]) -> None:
    """Each contradiction that a reader of the five documents finds is found by a rule, and none is made up."""
    expected = [tuple(line.split(maxsplit=2)) for line in FINDINGS.strip().splitlines()]
    assert sorted(real) == sorted(expected)


@pytest.mark.parametrize(("case", "about"), RIGHT.values(), ids=RIGHT)
def test_what_is_right_is_not_found(real: list[tuple[str, str, str]], case: str, about: str) -> None:
    """Sums, rates and lists that agree are recomputed too, and nothing is said about them."""
    assert not [row for row in real if row[1:] == (case, about)]


def test_the_real_content_is_acknowledged_throughout() -> None:
    """Every contradiction has its editor's note, and no note is left over."""
    done = run("check", "--strict")
    assert done.returncode == 0, done.stdout


class Cells(NamedTuple):
    """A row of a page of audits."""

    stated: str
    recomputed: str
    note: str


def cells(page: str) -> dict[str, Cells]:
    """About → its cells, without tags and evidence marks."""
    rows = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        plain = re.sub(r'<a class="ev"[^>]*>[0-9]+</a>', "", row)
        found = [
            html.unescape(re.sub("<[^>]+>", "\n", cell)).strip() for cell in re.findall("<td.*?</td>", plain, re.S)
        ]
        if len(found) >= 5:
            rows[found[-5].splitlines()[-1]] = Cells(found[-4], found[-3], found[-1])
    return rows


def test_the_page_of_audits_shows_both_readings(site: Path, real: list[tuple[str, str, str]]) -> None:
    """Readers see every contradiction with what the source says, what was computed, and the editor's note."""
    page = cells((site / "audits.html").read_text(encoding="utf-8"))
    assert set(page) == {about for _, _, about in real}
    assert all(row.stated and row.recomputed and row.stated != row.recomputed and row.note for row in page.values())
    assert page["慈善组织"][:2] == ("总数 236家", "各项相加 240家")
    assert page["农用地占比"][:2] == ("93%", "94.4%")
    assert page["投诉处结率"][:2] == ("99.49%", "99.223%")
    assert "9.203平方公里" in page["总面积"].recomputed


def test_a_case_page_shows_its_own(site: Path, real: list[tuple[str, str, str]]) -> None:
    """Whoever reads a case meets its contradictions there; a case without any has no such section."""
    for path in (site / "cases").glob("*.html"):
        mine = {about for _, case, about in real if case == path.stem}
        text = path.read_text(encoding="utf-8")
        assert (' id="audits"' in text) == bool(mine), path.stem
        assert mine <= set(cells(text)), path.stem


def test_notes_name_what_is_known(real: list[tuple[str, str, str]]) -> None:
    """The notes in the files answer the findings by rule and name."""
    noted = [
        (row["rule"], path.stem, row["about"])
        for path in (ROOT / "content" / "cases").glob("*.yml")
        for row in yaml.safe_load(path.read_text(encoding="utf-8")).get("audits", ())
    ]
    assert sorted(noted) == sorted(real)


# ---------------------------------------------------------------- precision and periods

UNITS = ("平方公里", "家", "人", "件", "%", "条")


def quantity(phrase: str) -> Quantity:
    return find_quantities(phrase, UNITS)[0]


@pytest.mark.parametrize(
    ("phrase", "fine", "figures"),
    [
        ("11.92平方公里", Fraction(1, 100), 4),
        ("47.11万平方公里", Fraction(100), 4),
        ("94平方公里", Fraction(1), 2),
        ("5800多件", Fraction(100), 2),
        ("六万多人", Fraction(10_000), 1),
        ("9万人", Fraction(10_000), 1),
        ("约1.7万人", Fraction(1000), 2),
        ("八成", Fraction(10), 1),
        ("8成", Fraction(10), 1),
        ("2/3", Fraction(0), None),
    ],
)
def test_how_finely_a_number_was_written(phrase: str, fine: Fraction, figures: int | None) -> None:
    """万 and zeros behind a bound say nothing of the digits below them."""
    assert (step(quantity(phrase)), digits(quantity(phrase), measured=True)) == (fine, figures)


def test_a_plain_count_limits_nothing() -> None:
    """7 communities are exactly seven."""
    assert digits(quantity("7家"), measured=False) is None


@pytest.mark.parametrize(
    ("phrase", "low", "high"),
    [
        ("236家", 236, 236),
        ("约9.12平方公里", Fraction("9.115"), Fraction("9.125")),
        ("9万人", 85_000, 95_000),
        ("超过300家", 300, None),
        ("近2万人", 0, 20_000),
        ("30~40条", 30, 40),
    ],
)
def test_what_a_number_may_stand_for(phrase: str, low: Fraction, high: Fraction | None) -> None:
    """A rounded number is what it was rounded from; a bound has one end."""
    assert spread(quantity(phrase)) == (low, high)


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**9), st.integers(1, 6))
def test_rounding_keeps_a_number_near(value: Fraction, figures: int) -> None:
    """A rounded number has as many digits as asked for, is at most half a last digit away, and stays as it is."""
    shown = rounded(value, figures)
    assert rounded(shown, figures) == shown
    assert abs(shown - value) <= value * Fraction(5, 10**figures)
    written = f"{float(shown):.12g}".replace(".", "").lstrip("0")
    assert len(written.split("e")[0].rstrip("0")) <= figures


@given(st.dates(), st.dates())
def test_whole_rounds_fit_into_their_time(one: Callable[..., object], other: Callable[..., object]) -> None:
    """A year has four quarters and twelve months, and no time has more of the longer than of the shorter."""
    first, last = sorted((one, other))  # type: ignore[type-var]
    years, quarters, months = (rounds(every, first, last) for every in ("year", "quarter", "month"))  # type: ignore[arg-type]
    assert years == quarters // 4 == months // 12
    assert quarters == months // 3


def test_periods_say_their_first_and_last_day() -> None:
    """A month ends with its last day; an open end has none."""
    assert [str(first_day(text)) for text in ("2019", "2019-02/..", "../2020")] == ["2019-01-01", "2019-02-01", "None"]
    assert [str(last_day(text)) for text in ("2020-02", "2019/..", "2019/2020")] == ["2020-02-29", "None", "2020-12-31"]
    assert meet("2019", "2019-05") and meet(None, "2019") and meet("2019/..", "2020") and not meet("2018", "2019/..")


def test_spans_are_as_exact_as_the_coarser_date() -> None:
    """A year and a month are years apart."""
    assert [span("2018", "2020-12"), span("2018-09", "2019-09-30"), span("2022-10-25", "2022-11-21")] == [
        (2, "year"),
        (12, "month"),
        (27, "day"),
    ]


def test_years_named_by_the_time_of_writing() -> None:
    """今年, 去年, last year."""
    said = ("今年5月", "自去年10月起", "2018年", "Last year")
    assert [relative_year(phrase) for phrase in said] == [0, -1, None, -1]
