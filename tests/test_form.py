"""The form, in a real browser, from disk, with the network off: what goes in comes out, and what it says is true."""

import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Locator, Page, expect

from build import checked
from casebook import characters
from casebook.corpus import Corpus
from casebook.decode import decode
from casebook.folder import read_content
from casebook.keys import models_in
from casebook.load import load
from casebook.model.case import Case
from casebook.numerals import numbers
from casebook.problems import Problem, wording
from casebook.quantities import agrees
from casebook.render.environment import open_templates
from casebook.render.form import DECIDED, form_model
from casebook.render.words import Words
from casebook.rules import check
from casebook.yamlfile import Mapping, parse, plain
from tests.conftest import ROOT, Tab, run

PONDS = ROOT / "tests" / "sites" / "ponds" / "content"
RULES = ROOT / "tests" / "rules"
FIT = 'casebookYaml.fit(window.model.nouns, {kind: "group", of: "Case"}, given) || {}'
WRITE = f"""all => all.map((given) => {{
    const data = {FIT};
    return [casebookYaml.write(window.model, data), data];
}})"""
CHECK = f"all => all.map(([id, given]) => casebookCheck(window.model, id, {FIT}))"


pytestmark = pytest.mark.usefixtures("nothing_went_wrong")


@cache
def corpus_of(content: Path) -> Corpus:
    found = checked(content)
    assert found.corpus is not None
    return found.corpus


def model_of(corpus: Corpus) -> Any:
    templates = open_templates(ROOT / "templates")
    language = corpus.site.interface
    made = form_model(corpus, Words(templates.interface[language], corpus), templates.fields[language])
    return json.loads(json.dumps(made))


def show(tab: Tab, id: str = "") -> Page:
    page = tab.open(f"form.html#edit={id}" if id else "form.html")
    ready(page, id)
    return page


def knowing(tab: Tab, content: Path) -> Page:
    """The form's page, its functions at hand for cases of this content."""
    page = show(tab)
    page.evaluate("model => { window.model = model; }", model_of(corpus_of(content)))
    return page


def ready(page: Page, id: str = "") -> None:
    page.locator(f"[data-form][data-ready='{id or 'new'}']").wait_for(state="attached")


def part(page: Page, *path: str | int) -> Locator:
    """The folded part, the item or the field at a place, unfolded."""
    for depth in range(1, len(path) + 1):
        at = page.locator(f"[data-at='{json.dumps(path[:depth], separators=(',', ':'))}']")
        if at.evaluate("each => each.matches('details:not([open])')"):
            at.locator("summary").first.click()
    return at


def control(page: Page, *path: str | int) -> Locator:
    place = page.locator(f"[data-path='{json.dumps(path, separators=(',', ':'))}']")
    if not place.count():
        part(page, *path[:-1]).locator("details.more > summary").first.click()
    return place


def enter(page: Page, path: tuple[str | int, ...], value: str | bool) -> None:
    """Fills in one field and leaves it, as a person does."""
    if len(path) > 1:
        part(page, *path[:-1])
    field = control(page, *path)
    if isinstance(value, bool):
        field.set_checked(value)
    elif field.evaluate("each => each.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
    field.blur()


def add(page: Page, *path: str | int) -> None:
    part(page, *path).locator("button[data-act=add]").last.click()


def fill_in(page: Page, data: dict[str, Any], above: tuple[str | int, ...] = ()) -> None:
    """Fills in a case, one field after the other."""
    for key, value in data.items():
        path = (*above, key)
        if isinstance(value, dict):
            part(page, *path)
            fill_in(page, value, path)
        elif isinstance(value, list) and isinstance(value[0], dict):
            for number, item in enumerate(value):
                add(page, *path)
                fill_in(page, item, (*path, number))
        else:
            enter(page, path, "\n".join(value) if isinstance(value, list) else value)


def file_of(page: Page) -> str:
    return page.locator("[data-yaml]").input_value()


def problems_on(page: Page) -> list[tuple[str, str]]:
    """(message, remedy) of every problem that is shown."""
    page.click("[data-do=check]")
    told = page.locator("[data-problems] li").evaluate_all(
        "all => all.map(each => [each.childNodes[1].textContent.trim() + each.childNodes[2].textContent,"
        " each.querySelector('small').textContent])"
    )
    return [(message, remedy) for message, remedy in told]


def read_back(text: str) -> Case:
    node, problems = parse(text.encode(), "cases/x.yml")
    assert node is not None and problems == []
    case, problems = decode(node, Case, "cases/x.yml")
    assert case is not None and problems == []
    return case


# --- every key has its words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_key_of_a_case_is_explained_in_both_languages(language: str) -> None:
    """A field without a name or help helps nobody."""
    fields = open_templates(ROOT / "templates").fields[language]
    for model in models_in(Case):
        for key in model.model_fields:
            said = fields.get(f"{model.__name__}.{key}") or fields[key]
            assert said["title"] and said["help"]


# --- a case that is there comes back the same ----------------------------------------------------------------------


def test_every_case_of_the_corpus_comes_back_the_same(tab: Tab) -> None:
    """Opened and given back untouched, a case says what its file says, and nothing is held against it."""
    corpus = corpus_of(ROOT / "content")
    files, _ = read_content(ROOT / "content")
    page = show(tab)
    for id, case in corpus.cases.items():
        page.evaluate("id => { location.hash = `edit=${id}`; }", id)
        ready(page, id)
        files[f"cases/{id}.yml"] = (text := file_of(page)).encode()
        assert read_back(text) == case, id
        page.evaluate("document.querySelector('[data-do=check]').click()")
        assert page.locator("[data-problems] li").count() == 0, id
    again, problems = load(files)
    assert again is not None
    assert [*problems, *check(again)] == []


def test_the_report_on_ponds_comes_back_the_same(tab: Tab) -> None:
    """The same for a corpus of another field, in another language."""
    corpus = corpus_of(PONDS)
    page = knowing(tab, PONDS)
    given = {id: plain(corpus.documents[f"cases/{id}.yml"].node) for id in corpus.cases}
    for case, (text, _) in zip(corpus.cases.values(), page.evaluate(WRITE, [*given.values()]), strict=True):
        assert read_back(text) == case
    assert page.evaluate(CHECK, [*given.items()]) == [[] for _ in given]
    drawn = page.evaluate(
        """(data) => {
            const draw = casebookDraw(window.model), { fields } = window.model.nouns.Case;
            return fields.map((field) => draw.field(field, [field.key], data[field.key]).textContent).join(" ");
        }""",
        given["alder-green"],
    )
    assert "Passages" in drawn and not re.search("[\u4e00-\u9fff]", drawn)


@cache
def allowed(code: int) -> bool:
    return not characters.check(chr(code), "")[1] and chr(code) not in "\n\t"


TEXTS = st.text(
    st.one_of(
        st.sampled_from("-?:,[]{}#&*!|>'\"%@`=<.~ \\/\u3000，：。“”（）［］｛｝－＃１０9abNyno治理镇"),
        st.characters(codec="utf-8").filter(lambda sign: allowed(ord(sign))),
    ),
    min_size=1,
    max_size=12,
).filter(lambda text: not characters.check(text, "")[1] and text.strip(" \u3000\t"))
WORDS = st.sampled_from(
    "true no ~ null 2018 2018-09 12:30 010 1e5 .5 0x1f - -- --- ... 2/3 30~40 a:b a: - #x #x & * ?x x? !x %x L6".split()
)


def test_whatever_is_typed_is_read_back(tab: Tab) -> None:
    """No text breaks the file or becomes another: in a line of its own, in a short mapping, in a list."""
    page = knowing(tab, ROOT / "content")

    @settings(max_examples=40)
    @given(st.lists(st.one_of(TEXTS, WORDS), min_size=10, max_size=30))
    def read(texts: list[str]) -> None:
        given = [
            {"name": t, "level": {"note": t}, "findings": [{"how": t, "as_stated": t}],
             "observations": [{"items": [t, t], "value": t, "note": t}], "formulas": [{"parts": [{"part": t}]}]}
            for t in texts
        ]  # fmt: skip
        for text, (written, fitted) in zip(texts, page.evaluate(WRITE, given), strict=True):
            node, problems = parse(written.encode(), "x.yml")
            assert node is not None and problems == [], written
            assert plain(node) == fitted
            assert fitted["name"] == text.strip(), written

    read()


def test_many_lines_become_one(tab: Tab) -> None:
    """A paragraph that is pasted is one line: joined as Chinese is written, with a space where words need one."""
    page = knowing(tab, ROOT / "content")
    data = {"name": " 一\n二 \n\n三\tx\r\ny ", "title": "e\u0301"}
    ((_, fitted),) = page.evaluate(WRITE, [data])
    assert fitted == {"name": "一二三 x y", "title": "é"}


def test_a_long_item_is_written_over_several_lines(tab: Tab) -> None:
    """The reader refuses lines that nobody can read to the end."""
    page = knowing(tab, ROOT / "content")
    data = {
        "observations": [{"indicator": "x", "items": ["a", "b"], "note": "长" * 1500}],
        "level": {"note": "长" * 3000},
    }
    ((text, fitted),) = page.evaluate(WRITE, [data])
    node, problems = parse(text.encode(), "x.yml")
    assert node is not None and problems == []
    assert plain(node) == fitted == data


# --- what is told --------------------------------------------------------------------------------------------------


@cache
def base() -> dict[str, bytes]:
    return read_content(RULES / "base")[0]


def examples() -> Iterator[tuple[str, str, Any, dict[str, bytes], set[str]]]:
    """(path, case, its data, files, rules that are told of it) of each example of a mistake that a form could hold."""
    for expected in sorted(RULES.rglob("expected.txt")):
        files, _ = read_content(expected.parent)
        rules = re.findall(
            r"^(\S+?):\S+ (\S+)$", files.pop("expected.txt", expected.read_bytes()).decode(), re.MULTILINE
        )
        for path, data in files.items():
            node = parse(data, path)[0] if path.startswith("cases/") else None
            if isinstance(node, Mapping) and node.entries[0].key.text in Case.model_fields:
                # A circle, or a name that two cases have, is told in one of their files.
                mine = {r for told, r in rules if told == path or r in ("cyclic-parent", "name-taken")}
                yield path, Path(path).stem, plain(node), base() | files, mine


def told_by_check(files: dict[str, bytes], rule: str) -> set[str]:
    corpus, problems = load(dict(sorted(files.items())))
    return {p.message("zh") for p in [*problems, *(check(corpus) if corpus else ())] if p.rule == rule}


def test_the_form_tells_what_check_tells(tab: Tab) -> None:
    """For every mistake that the rules' own examples know: the same rule, the same words, and never one too many."""
    found = [*examples()]
    page = knowing(tab, RULES / "base")
    told = page.evaluate(CHECK, [[id, data] for _, id, data, _, _ in found])
    compared = {"cyclic-parent"}  # which begins where one looks at it
    exercised = set()
    for (path, _, _, files, rules), mine in zip(found, told, strict=True):
        for problem in mine:
            rule = problem["rule"]
            # Check looks no further where a file cannot be read or has a wrong name.
            assert rule in rules or rules - DECIDED or rules == {"file-name-not-an-id"}, (path, problem)
            if rule in rules - compared:
                shown = Problem("", 0, 0, rule, {"suggestion": "", **problem["values"]})
                assert shown.message("zh") in told_by_check(files, rule)
                assert shown.remedy("zh")
                compared.add(rule)
        exercised |= {problem["rule"] for problem in mine} & rules
    shown_below = {rule for rule in DECIDED if rule.startswith("text-")} | {"too-small"}
    assert exercised | shown_below == DECIDED


def test_characters_that_nobody_sees_are_told(tab: Tab) -> None:
    """The same characters, the same names for them, and what is meant where another was meant."""
    page = knowing(tab, ROOT / "content")
    codes = (*range(0x20, 0x3400), *range(0xE000, 0xE010), *range(0xFE00, 0x10000))
    # What has another normal form is mended while it is written.
    signs = [chr(code) for code in codes if unicodedata.is_normalized("NFC", f"甲{chr(code)}乙")]
    texts = ["甲".join(signs[start : start + 50]).strip() for start in range(0, len(signs), 50)]
    for text, mine in zip(texts, page.evaluate(CHECK, [["x", {"name_en": text}] for text in texts]), strict=True):
        named = ("character", "code", "name", "ordinary")
        theirs = {p.values["code"]: p for p in characters.check(text, "")[1] if p.rule in DECIDED}
        ours = {p["values"]["code"]: p for p in mine if p["rule"].startswith("text-")}
        assert ours.keys() == theirs.keys()
        for code, problem in ours.items():
            assert problem["rule"] == theirs[code].rule
            needed = [key for key in named if f"{{{key}}}" in str(wording("zh")[problem["rule"]])]
            assert [problem["values"][key] for key in needed] == [theirs[code].values[key] for key in needed]


PIECES = st.lists(
    st.one_of(
        st.integers(0, 99999).map(str),
        st.sampled_from(
            [*"万亿百千余约近多人户个件%.,～至—/一三十两第年月日镇", "超过", "百分之", "****", "1.7", "2,300"]
        ),
        st.sampled_from(["2018年9月", " thousand", "30~40"]),
    ),
    min_size=1,
    max_size=6,
).map("".join)


def test_a_number_is_called_wrong_only_where_check_calls_it_wrong(tab: Tab) -> None:
    """Whatever a phrase says, the page never tells somebody that a right number were wrong."""
    page = knowing(tab, ROOT / "content")
    units = corpus_of(ROOT / "content").unit
    told: Counter[str] = Counter()

    @settings(max_examples=12)
    @given(st.lists(PIECES, min_size=20, max_size=40), st.integers(0, 99999))
    def compare(phrases: list[str], any_number: int) -> None:
        pairs = [(phrase, n) for phrase in phrases for n in {str(any_number), *re.findall("[1-9][0-9]*", phrase)[:2]}]
        given = [
            {
                "observations": [{"value": number, "as_stated": phrase}],
                "formulas": [{"slogan": phrase, "parts": [{"part": phrase, "number": number}]}],
            }
            for phrase, number in pairs
        ]
        answers = page.evaluate(CHECK, [["x", data] for data in given])
        for (phrase, number), mine in zip(pairs, answers, strict=True):
            rules = {problem["rule"] for problem in mine}
            told.update(rules)
            assert "value-disagrees" not in rules or agrees(number, None, phrase.strip(), units) is None, phrase
            assert "number-disagrees" not in rules or int(number) not in numbers(phrase), phrase

    compare()
    assert told["value-disagrees"] > 30 and told["number-disagrees"] > 30


# --- a person at work ----------------------------------------------------------------------------------------------

NEW: dict[str, Any] = {
    "id": "suqian-ceshi",
    "name": "测试埠议事",
    "title": "测试埠社区“一街一会”议事制度",
    "kind": "case",
    "summary": "测试埠社区把每条街的住户代表请到一起开会，商量停车、楼道杂物和路灯这类小事，"
    "议定的事项由社区公示并交给物业或街道去办。材料写了开会的次数和办成的件数，"
    "没有写参加的人怎样产生，也没有写办不成的事情后来怎样处理。",
    "sources": [{"source": "jiangsu-list", "locator": "L2-L9"}],
    "place": {
        "province": {"name": "江苏省", "inferred": True, "note": "原文只写了市名"},
        "city": {"name": "宿迁市", "locator": "L3", "as_stated": "宿迁市测试埠社区"},
    },
    "level": {"term": "village", "locator": "L3", "as_stated": "宿迁市测试埠社区"},
    "status": "running",
    "started": {"date": "2019-05", "locator": "L3", "as_stated": "2019年5月起"},
    "formulas": [
        {
            "slogan": "一街一会",
            "decoded": "full",
            "locator": "L4",
            "as_stated": "“一街一会”",
            "parts": [
                {"part": "一街", "number": "1", "meaning": "一条街为单位"},
                {"part": "一会", "number": "1", "meaning": "开一个会", "items": ["街头会"]},
            ],
        }
    ],
    "findings": [
        {
            "mechanism": "council",
            "verdict": "present",
            "how": "每条街的住户代表议定小事, 社区公示: 交办",
            "locator": "L4",
            "as_stated": "议定事项#公示",
        }
    ],
    "observations": [
        {"indicator": "council-sessions", "value": "11", "unit": "场次", "counted": "议事会", "as_of": "2019-06/..",
         "locator": "L5", "as_stated": "召开议事会11场次"},
        {"indicator": "pop-mobile", "value": "20000", "unit": "人", "locator": "L5", "as_stated": "流动人口近2万人"},
    ],
    "milestones": [{"event": "开始试行", "date": "2019-05", "begins": True, "locator": "L3", "as_stated": "2019年5月"}],
    "review": {"date": "2026-11-22", "by": "CB"},
}  # fmt: skip
SLIPS: list[tuple[tuple[str | int, ...], str, str, dict[str, str]]] = [
    (("started", "date"), "2019年5月", "not-a-date", {"key": "date", "text": "2019年5月"}),
    (("level", "locator"), "第3行", "not-a-locator", {"key": "locator", "text": "第3行"}),
    (("observations", 1, "value"), "2", "value-disagrees",
     {"value": "2", "unit": "人", "phrase": "流动人口近2万人"}),
    (("observations", 0, "value"), "1l", "not-a-number", {"key": "value", "text": "1l"}),
    (("formulas", 0, "parts", 1, "part"), "一次会", "part-outside-slogan", {"text": "一次会", "slogan": "一街一会"}),
    (("formulas", 0, "parts", 0, "number"), "-1", "too-small", {"key": "number", "text": "-1", "least": "0"}),
    (("name",), "", "missing-key", {"key": "name"}),
    (("summary",), "太短。", "summary-length", {"length": "3", "least": "80", "most": "200"}),
]  # fmt: skip


def at(data: Any, path: tuple[str | int, ...]) -> str:
    for step in path:
        data = data[step]
    return str(data)


def test_a_person_fills_in_a_case_is_told_of_mistakes_and_gets_a_file_that_passes(tab: Tab, tmp_path: Path) -> None:
    """From an empty form to a file that `build.py check` accepts as it is; mistakes are told in check's own words."""
    page = show(tab)
    fill_in(page, NEW)
    assert problems_on(page) == []
    for path, wrong, rule, values in SLIPS:
        enter(page, path, wrong)
        problem = Problem("", 0, 0, rule, values)
        assert (problem.message("zh"), problem.remedy("zh")) in problems_on(page)
        field = control(page, *path)
        assert field.get_attribute("aria-invalid") == "true"
        assert problem.message("zh") in page.locator(f"#{field.get_attribute('id')}e").inner_text()
        enter(page, path, at(NEW, path))
    assert problems_on(page) == []
    with page.expect_download() as saving:
        page.click("[data-do=download]")
    assert saving.value.suggested_filename == "suqian-ceshi.yml"
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    saving.value.save_as(content / "cases" / "suqian-ceshi.yml")
    assert (content / "cases" / "suqian-ceshi.yml").read_text(encoding="utf-8") == file_of(page)
    done = run("check", "--content", str(content), env={"CASEBOOK_LANG": "zh"})
    assert done.returncode == 0, done.stdout
    assert "suqian-ceshi" not in done.stdout
    case = corpus_of(content).cases["suqian-ceshi"]
    assert case.formulas[0].parts[1].items == ("街头会",)
    assert case.findings[0].how == NEW["findings"][0]["how"]


def test_the_file_looks_like_those_beside_it(tab: Tab) -> None:
    """First line, order of the keys and shape are those of the house, so that a reviewer sees only what is new."""
    page = show(tab, "shishan-huangxi")
    ours, theirs = file_of(page).splitlines(), (ROOT / "content/cases/shishan-huangxi.yml").read_text().splitlines()
    assert ours[0] == theirs[0]
    assert len(set(theirs) - set(ours)) < len(theirs) / 10


def test_a_mistake_leads_to_its_field(tab: Tab) -> None:
    """From the list of what is wrong to the very field, however deep it is folded."""
    page = show(tab, "shishan-3-1-n")
    enter(page, ("formulas", 0, "parts", 0, "locator"), "9")
    part(page, "formulas").locator("summary").first.click()
    page.click("[data-do=check]")
    page.locator("[data-go]").first.click()
    assert page.evaluate("document.activeElement.dataset.path") == '["formulas",0,"parts",0,"locator"]'
    assert part(page, "formulas").locator("summary [data-bad]").first.inner_text() == "1"


def test_nothing_is_told_before_anything_is_typed(tab: Tab) -> None:
    """An empty form does not scold; asked, it says what is missing, down to the name of the file."""
    page = show(tab)
    assert page.locator("[data-problems] li").count() == 0
    told = [message for message, _ in problems_on(page)]
    required = [name for name, field in Case.model_fields.items() if field.is_required()]
    assert len(told) == len(required) + 1
    enter(page, ("id",), "suqian-aiyuan")
    assert "suqian-aiyuan" in problems_on(page)[0][0]
    enter(page, ("id",), "Suqian_1")
    assert problems_on(page)[-1][0] == Problem("", 0, 0, "file-name-not-an-id", {"text": "Suqian_1"}).message("zh")


def test_items_are_moved_removed_and_brought_back(tab: Tab) -> None:
    """The order of a list is the editor's, and a slip of the finger loses nothing."""
    page = show(tab, "shishan-huangxi")
    case = corpus_of(ROOT / "content").cases["shishan-huangxi"]
    mechanisms = [finding.mechanism for finding in case.findings]
    part(page, "findings").locator("button[data-act=down]").first.click()
    assert page.evaluate("document.activeElement.dataset.of") == '["findings",1]'
    moved = [mechanisms[1], mechanisms[0], *mechanisms[2:]]
    assert [f.mechanism for f in read_back(file_of(page)).findings] == moved
    part(page, "findings").locator("button[data-act=remove]").nth(2).click()
    assert [f.mechanism for f in read_back(file_of(page)).findings] == [*moved[:2], *moved[3:]]
    page.click("[data-do=undo]")
    assert [f.mechanism for f in read_back(file_of(page)).findings] == moved
    page.click("[data-do=discard]")
    assert read_back(file_of(page)) == case
    page.click("[data-do=undo]")
    assert [f.mechanism for f in read_back(file_of(page)).findings] == moved


def test_not_stated_is_a_choice(tab: Tab) -> None:
    """A start that the text does not tell is said in one word, and can be taken back."""
    page = show(tab, "shishan-3-1-n")
    box = part(page, "started").locator("[data-word]")
    box.check()
    expect(page.locator("[data-yaml]")).to_have_value(re.compile("\nstarted: not-stated\n"))
    box.uncheck()
    expect(page.locator("[data-yaml]")).to_have_value(re.compile('\nstarted: {date: "2022"'))


def test_a_case_is_found_by_its_name(tab: Tab) -> None:
    """Nobody has to know an id: the list of cases, the parent and the case page all lead there."""
    page = show(tab)
    page.get_by_label("已有的案例").fill("璜溪经济社")
    page.get_by_role("button", name="打开").click()
    ready(page, "shishan-huangxi")
    enter(page, ("parent",), "小区先锋服务点")
    assert "\nparent: shishan-xianfeng\n" in file_of(page)
    page = tab.open("cases/shishan-huangxi.html")
    page.get_by_role("link", name="用表单修改").click()
    ready(page, "shishan-huangxi")


# --- drafts --------------------------------------------------------------------------------------------------------


def test_a_draft_outlives_the_page(tab: Tab) -> None:
    """Closed by mistake, or gone for lunch: everything is there again, each case by itself, until it is let go."""
    page = show(tab)
    enter(page, ("name",), "未完")
    page = show(tab, "shishan-huangxi")
    enter(page, ("title",), "改了")
    page.reload()
    ready(page, "shishan-huangxi")
    assert read_back(file_of(page)).title == "改了"
    assert "已恢复" in page.locator("[data-status]").inner_text()
    page.get_by_role("button", name="新案例").click()
    ready(page)
    assert "\nname: 未完\n" in file_of(page)
    page.click("[data-do=discard]")
    page.reload()
    ready(page)
    assert "未完" not in file_of(page)


def test_a_draft_of_a_case_that_changed_since_says_so(tab: Tab) -> None:
    """Yesterday's draft does not quietly undo what somebody else has mended."""
    page = show(tab, "shishan-huangxi")
    enter(page, ("title",), "改了")
    tab.open("index.html")
    page.evaluate(
        """() => { for (const [key, text] of Object.entries(localStorage)) {
            localStorage.setItem(key, JSON.stringify({...JSON.parse(text), from: {name: "x"}}));
        } }"""
    )
    tab.open("form.html#edit=shishan-huangxi")
    ready(page, "shishan-huangxi")
    assert "又改过" in page.locator("[data-status]").inner_text()


def test_it_works_without_storage(tab: Tab) -> None:
    """Where the browser keeps nothing, the form says so and works all the same."""
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
    tab.page.add_init_script(refuse)
    page = show(tab, "shishan-huangxi")
    assert "不允许保存草稿" in page.locator("[data-status]").inner_text()
    enter(page, ("title",), "改了")
    assert read_back(file_of(page)).title == "改了"


HOSTILE = [
    "<img src=x onerror=\"document.title='owned'\">",
    "</textarea><script>document.title='owned'</script>",
    '"><svg onload="document.title=\'owned\'">',
    "{{ 7 * 7 }} ${document.title='owned'} javascript:document.title='owned'",
]


def test_hostile_texts_are_only_texts(tab: Tab) -> None:
    """What somebody wrote into a case or a draft is shown, checked and written, and never run."""
    page = tab.open("index.html")
    data = {
        "name": HOSTILE[0], "title": HOSTILE[1], "kind": HOSTILE[2], "related": HOSTILE, "parent": HOSTILE[0],
        "summary": HOSTILE[3], "sources": [{"source": text, "locator": text} for text in HOSTILE],
        "level": {"term": HOSTILE[0], "note": HOSTILE[1]}, "place": {"province": {"name": HOSTILE[0]}},
        "findings": [{"mechanism": text, "verdict": text, "how": text} for text in HOSTILE],
        "observations": [
            {"indicator": "constructor", "value": "1", "locator": "L1", "as_stated": "1"},
            *({"indicator": text, "items": HOSTILE, "__proto__": {"x": "y"}} for text in HOSTILE),
        ],
        "constructor": "x", "__proto__": {"polluted": "yes"},
    }  # fmt: skip
    page.evaluate(
        "text => localStorage.setItem(`casebook-form ${new URL('./', location.href).href} `, text)",
        json.dumps({"id": HOSTILE[0], "data": data, "from": {}}),
    )
    show(tab)
    unfold(page)
    page.click("[data-do=check]")
    assert page.locator("[data-problems] li").count() > 20
    assert "function" not in page.locator("[data-problems]").inner_text()
    assert page.title() != "owned"
    assert page.locator("main :is(img, script, svg)").count() == 0
    assert page.evaluate("({}).polluted") is None
    node, problems = parse(file_of(page).encode(), "x.yml")
    assert node is not None and problems == []
    written = plain(node)
    assert isinstance(written, dict)
    assert written["name"] == HOSTILE[0] and written["related"] == HOSTILE
    assert "constructor" not in written


def unfold(page: Page) -> None:
    """Opens whatever is folded."""
    while page.locator("main details:not([open])").count():
        page.evaluate("document.querySelectorAll('main details:not([open])').forEach((each) => { each.open = true; })")
        page.evaluate("() => new Promise((done) => setTimeout(done, 50))")


# --- where it goes -------------------------------------------------------------------------------------------------


@pytest.fixture
def hosted(browser: Browser, site: Path, tmp_path: Path) -> Iterator[Callable[[str], Page]]:
    """The form of a site whose repository is at a host, by the host's name."""
    context = browser.new_context(offline=True)

    def opened(name: str) -> Page:
        folder = tmp_path / name
        for kept in ("css", "js", "assets", "img"):
            shutil.copytree(site / kept, folder / kept)
        text = (site / "form.html").read_text(encoding="utf-8")
        text = re.sub(
            'data-repo="[^"]*" data-host="[^"]*"',
            f'data-repo="https://{name.lower()}.com/a/b/" data-host="{name}"',
            text,
        )
        (folder / "form.html").write_text(text, encoding="utf-8")
        page = context.new_page()
        page.goto((folder / "form.html").as_uri())
        ready(page)
        return page

    yield opened
    context.close()


def test_github_opens_with_the_file_filled_in(hosted: Callable[[str], Page]) -> None:
    """A short file travels in the address; a long one by the clipboard; one that is there already is edited."""
    page = hosted("GitHub")
    link = page.locator("a[data-host]")
    enter(page, ("id",), "suqian-ceshi")
    enter(page, ("name",), "甲 & 乙 #1+2")
    address = link.get_attribute("href") or ""
    assert address.startswith("https://github.com/a/b/new/main/content/cases?filename=suqian-ceshi.yml&value=")
    assert page.evaluate("href => new URL(href).searchParams.get('value')", address) == file_of(page)
    name = page.locator("""[data-path='["name"]']""")
    name.evaluate(
        """field => { field.value = "\\ud800"; field.dispatchEvent(new Event("input", { bubbles: true })); }"""
    )
    name.dispatch_event("change")  # half a sign
    assert page.evaluate("href => new URL(href).searchParams.get('value')", link.get_attribute("href")) == file_of(page)
    enter(page, ("summary",), "很长的摘要" * 300)
    assert link.get_attribute("href") == "https://github.com/a/b/new/main/content/cases?filename=suqian-ceshi.yml"
    assert "内容太长" in page.locator("[data-host-note]").inner_text()
    page.evaluate("location.hash = 'edit=shishan-huangxi'")
    ready(page, "shishan-huangxi")
    assert link.get_attribute("href") == "https://github.com/a/b/edit/main/content/cases/shishan-huangxi.yml"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_another_host_gets_a_download_and_advice(hosted: Callable[[str], Page]) -> None:
    """Where nobody knows how a host wants it, no link is guessed."""
    page = hosted("Gitee")
    expect(page.locator("[data-host-part]")).to_be_hidden()
    expect(page.locator("[data-local]")).to_be_visible()


# --- without a mouse, on a phone -----------------------------------------------------------------------------------


def test_keys_are_enough(tab: Tab) -> None:
    """A finding is added, filled in, moved and given back without a mouse."""
    page = show(tab)
    press = page.keyboard.press

    def go(selector: str, most: int = 60) -> None:
        for _ in range(most):
            press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        pytest.fail(selector)

    go("[data-id]")
    page.keyboard.type("suqian-ceshi")
    go("[data-at='[\"findings\"]'] > summary")
    press("Enter")
    go("[data-at='[\"findings\"]'] button[data-act=add]")
    press("Enter")
    assert page.evaluate("document.activeElement.dataset.path") == '["findings",0,"mechanism"]'
    press("ArrowDown")
    chosen = page.evaluate("document.activeElement.value")
    assert chosen in corpus_of(ROOT / "content").terms["mechanisms"]
    go('[data-path=\'["findings",0,"how"]\']')
    page.keyboard.type("做法")
    go("[data-at='[\"findings\"]'] button[data-act=add]")
    press("Space")
    go("[data-of='[\"findings\",1]'][data-act=up]")
    press("Enter")
    assert page.evaluate("document.activeElement.dataset.of") == '["findings",0]'
    go("[data-do=check]")
    press("Enter")
    assert page.evaluate("document.activeElement.hasAttribute('data-told')")
    go("[data-go]")
    press("Enter")
    assert page.evaluate("document.activeElement.matches('main :is(input, select, textarea, summary)')")
    assert f"mechanism: {chosen}\n    how: 做法" in file_of(page)


@pytest.mark.parametrize("id", ["", "shishan-3-1-n"])
def test_a_phone_shows_all_of_it(phone: Tab, id: str) -> None:
    """Nothing sticks out sideways with everything unfolded and every problem shown, and fingers find the buttons."""
    page = show(phone, id)
    unfold(page)
    page.click("[data-do=check]")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    small = """all => all.filter(each => !each.dataset.go).map(each => each.getBoundingClientRect())
        .filter(({ width, height }) => Math.min(width, height) < 24).length"""
    assert page.locator("main button:visible").evaluate_all(small) == 0


def test_every_message_that_can_be_told_is_there() -> None:
    """The page speaks check's own words."""
    assert wording("zh").keys() & wording("en").keys() >= DECIDED
