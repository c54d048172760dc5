"""What editors get wrong: a folder for each mistake, laid over a small valid corpus, with the problems it must give."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import checked
from casebook import rules
from casebook.commands import main
from casebook.corpus import OPTIONAL_VOCABULARIES, VOCABULARIES, Corpus
from casebook.decode import decode
from casebook.folder import FOLDERS, read_content
from casebook.load import load
from casebook.model.base import Model
from casebook.model.case import Finding, Level
from casebook.problems import Problem, in_order, wording
from casebook.report import as_records, make_report
from casebook.rules import check
from casebook.rules.complaint import Complaint
from casebook.schemas import field_words
from casebook.yamlfile import MAX_PROBLEMS, parse
from tests.conftest import ROOT, run
from tests.hostile import changed, rich

RULES = ROOT / "tests" / "rules"
BASE = RULES / "base"
EXPECTED = "expected.txt"
LANGUAGES = ("zh", "en")
SAMPLE = "cases/sample.yml"
# The rules of the YAML reader (test_yamlfile.py) and of style (test_fix.py) have folders of another form.
OF_THE_READER = ("text-", "yaml-", "style-")
EXAMPLES = {
    path.parent.relative_to(RULES).as_posix(): path.parent
    for path in sorted(RULES.rglob(EXPECTED))
    if not path.relative_to(RULES).parts[0].startswith(OF_THE_READER)
}
WITHOUT_EXAMPLE = {
    "flaws of what was built: test_scan.py": {
        "site-address",
        "site-element",
        "site-empty",
        "site-file-unexpected",
        "site-foreign",
        "site-handler",
        "site-id-twice",
        "site-link-broken",
        "site-malformed",
        "site-policy",
        "site-script",
    },
    "what a folder of example files cannot show: tested below": {
        "content-folder-missing",
        "file-missing",
        "file-not-regular",
        "file-unreadable",
    },
    "nets that no known mistake falls into: tested below": {"invalid-value", "rule-crashed"},
    "read from the archive: test_verify.py": {
        "archive-folder-missing",
        "numeral-not-covered",
        "omission-not-found",
        "omission-not-needed",
        "phrase-not-at-locator",
        "source-changed",
        "source-not-in-archive",
    },
    "contradictions of the sources: the audits' own tests": {"audit-unacknowledged", "audit-unfounded"},
    "a warning, which fails no build: test_places.py": {"place-without-tile"},
    "the prose of comparisons: the comparisons' own tests": {
        "case-not-listed",
        "cell-without-evidence",
        "data-or-cells",
        "figure-incomplete",
        "figure-word-not-in-data",
        "front-matter-missing",
        "name-not-referenced",
        "number-not-referenced",
        "part-missing",
        "part-unknown",
        "prose-outside-parts",
        "prose-too-long",
        "reference-ambiguous",
        "reference-malformed",
        "reference-not-a-value",
        "reference-not-here",
        "reference-unknown",
    },
}
# What the only problem of an example says was probably meant; nothing where there is no telling.
MEANT = {
    "empty-value/optional": "",
    "file-name-not-an-id/capitals": "dong-shan",
    "file-name-not-an-id/chinese": "",
    "file-unexpected/vocabulary": "platforms.yml",
    "group-unknown/label": "deliberation",
    "not-a-date/chinese": "2018-09",
    "not-a-date/dots": "2021-12",
    "not-a-date/last-year": "",
    "not-a-date/no-such-day": "",
    "not-a-date/of-a-source": "2023-05-04",
    "not-a-date/one-digit-month": "2024-06-01",
    "not-a-locator/backwards": "L4-L6",
    "not-a-locator/blank": "L4",
    "not-a-locator/chinese": "L4",
    "not-a-locator/line-after-number": "L4",
    "not-a-locator/of-the-only-passage": "L3-L12",
    "not-a-locator/second-l-missing": "L4-L6",
    "not-a-locator/several": "",
    "not-a-number/about": "20000",
    "not-a-number/masked": "",
    "not-a-number/range-the-wrong-way-round": "",
    "not-a-number/ten-thousands": "12000",
    "not-a-number/thousands-separator": "11725",
    "not-a-number/with-its-unit": "15",
    "not-a-period/backwards": "",
    "not-a-period/chinese": "2019/2023-06",
    "not-a-period/hyphen": "2019/2023",
    "not-a-start/underscore": "not-stated",
    "not-a-whole-number/chinese": "3",
    "not-an-address/chinese-path": "https://example.org/%E6%8A%A5%E9%81%93",
    "not-an-address/script": "",
    "not-an-id/underscore": "low-participation",
    "points-at-tombstone/itself": "",
    "points-at-tombstone/related": "sample",
    "unknown-id/actor-in-english": "village-committee",
    "unknown-id/label-half-remembered": "council",
    "unknown-id/label-of-a-mechanism": "party-core",
    "unknown-id/label-of-an-indicator": "area",
    "unknown-id/level-by-its-label": "village",
    "unknown-id/nothing-like-it": "",
    "unknown-id/parent-by-its-name": "sample",
    "unknown-id/related-misspelt": "shangxi",
    "unknown-id/source-of-a-claim": "qinghe-report",
    "unknown-id/tombstone-to-nowhere": "sample",
    "unknown-id/underscore": "party-core",
    "unknown-key/american": "honours",
    "unknown-key/chinese": "name",
    "unknown-key/hyphen": "as_stated",
    "unknown-key/of-a-tombstone": "moved",
    "unknown-key/of-a-unit": "label_en",
    "unknown-key/remark-that-has-no-key": "",
    "unknown-key/singular": "sources",
    "unknown-key/swapped-letters": "title",
    "unknown-rank/label-of-the-widest": "province",
    "unknown-rank/not-of-this-report": "",
    "unit-not-basic/variant": "平方公里",
    "unknown-unit/homophone": "平方公里",
    "unknown-unit/in-english": "人",
    "unknown-unit/ten-thousand-people": "人",
    "value-disagrees/not-multiplied-out": "20000 人",
    "value-disagrees/same-unit-in-other-words": "3.2 平方公里",
    "wrong-choice/capital": "present",
    "wrong-choice/chinese-verdict": "",
    "wrong-choice/in-a-list": "counted",
    "wrong-choice/misspelt": "running",
    "wrong-choice/underscore": "not-stated",
}
# Keys at the wrong level: what the remedy names.
ELSEWHERE = {
    "key-belongs-inside/mechanisms-for-findings": ("mechanism", "findings"),
    "key-belongs-inside/value-of-an-observation": ("value", "observations"),
    "key-belongs-outside/after-a-list": ("review", "milestones"),
    "key-belongs-outside/indented-too-far": ("status", "level"),
}

each_example = pytest.mark.parametrize("name", EXAMPLES)


@cache
def base() -> dict[str, bytes]:
    files, problems = read_content(BASE)
    assert not problems
    return files


def judge(files: dict[str, bytes]) -> tuple[Corpus | None, list[Problem]]:
    """The valid corpus with these files in the place of its own, and what is wrong with it."""
    corpus, problems = load(dict(sorted((base() | files).items())))
    return corpus, in_order([*problems, *(check(corpus) if corpus else ())])


@cache
def problems_of(name: str) -> list[Problem]:
    files, problems = read_content(EXAMPLES[name])
    found = [problem for problem in problems if problem.path != EXPECTED]
    return in_order([*found, *judge(files)[1]])


def test_nothing_is_wrong_with_the_corpus_below_the_examples() -> None:
    corpus, problems = judge({})
    assert problems == []
    assert corpus is not None
    assert corpus.cases and corpus.tombstones and corpus.sources


@each_example
def test_each_mistake_gives_its_problem_where_it_stands(name: str) -> None:
    """Nothing more either: what only follows from a mistake is not a second one."""
    found = [f"{p.path}:{p.line}:{p.column} {p.rule}" for p in problems_of(name)]
    assert found == (EXAMPLES[name] / EXPECTED).read_text(encoding="utf-8").splitlines()
    assert name.split("/")[0] in {problem.rule for problem in problems_of(name)}


@each_example
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_problem_says_what_is_wrong_and_how_to_mend_it(name: str, language: str) -> None:
    """No placeholder is left over, no list of choices is cut short."""
    for problem in problems_of(name):
        for said in (problem.message(language), problem.remedy(language)):
            assert said.strip()
            assert not re.search(r"{\w+}|None|<class|Traceback", said), said
        if "{choices}" in wording(language)[problem.rule]["remedy"]:
            assert problem.values["choices"] in problem.remedy(language)


def test_messages_are_in_their_language() -> None:
    for rule, said in wording("en").items():
        assert not re.search("[\u4e00-\u9fff]", "".join(said.values())), rule
    for rule, said in wording("zh").items():
        assert all(re.search("[\u4e00-\u9fff]", text) for text in said.values() if text), rule


@pytest.mark.parametrize("name", MEANT)
def test_the_remedy_begins_with_what_was_probably_meant(name: str) -> None:
    (problem,) = problems_of(name)
    assert problem.values.get("suggestion", "") == MEANT[name]
    for language in LANGUAGES:
        assert MEANT[name] in problem.remedy(language)


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_key_at_the_wrong_level_is_told_where_it_belongs(name: str) -> None:
    (problem,) = problems_of(name)
    for language in LANGUAGES:
        assert all(f"“{key}”" in problem.remedy(language) for key in ELSEWHERE[name])


def test_suggestions_can_be_followed() -> None:
    """Where an example is mended as its remedy suggests, that problem is gone."""
    for name, meant in MEANT.items():
        (problem,) = problems_of(name)
        files = read_content(EXAMPLES[name])[0]
        typed = problem.values.get("key" if problem.rule == "unknown-key" else "text") or problem.values.get("key", "")
        if not meant or not problem.line or problem.rule == "value-disagrees":
            continue
        lines = files[problem.path].decode().split("\n")
        line, start = lines[problem.line - 1], problem.column - 1
        lines[problem.line - 1] = line[:start] + line[start:].replace(typed, meant, 1)
        left = judge(files | {problem.path: "\n".join(lines).encode()})[1]
        assert problem.rule not in {p.rule for p in left}, name


# The rules themselves.


def test_every_rule_has_an_example_or_a_reason_why_not() -> None:
    reasoned = [rule for ids in WITHOUT_EXAMPLE.values() for rule in ids]
    shown = {name.split("/")[0] for name in EXAMPLES}
    known = {rule for rule in wording("zh") if not rule.startswith(OF_THE_READER)}
    assert len(reasoned) == len(set(reasoned))
    assert not shown & set(reasoned)
    assert shown | set(reasoned) == known


def test_every_rule_has_words_and_a_reason() -> None:
    """A rule is a function whose docstring is the rule and whose name is that of its message."""
    for rule in (*rules.ERRORS, *rules.PROSE, *rules.WARNINGS):
        assert rule.__doc__
        assert rule.__name__.replace("_", "-") in wording("zh")


def test_every_refusal_of_a_model_has_words() -> None:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "casebook").rglob("*.py")]
    raised = {rule for text in sources for rule in re.findall(r'PydanticCustomError\("([\w-]+)"', text)}
    assert raised
    assert raised <= wording("zh").keys()


def test_a_defect_that_nobody_thought_of_still_gets_words_and_a_place() -> None:
    class Weighed(Model):
        """A model whose refusals have no rule of their own."""

        weight: float

    node, _ = parse("weight: 很重\n".encode(), "a.yml")
    assert node is not None
    _, (problem,) = decode(node, Weighed, "a.yml")
    assert (problem.rule, problem.line, problem.column) == ("invalid-value", 1, 9)
    assert all("weight" in problem.message(language) for language in LANGUAGES)


def test_a_rule_that_crashes_is_itself_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Corpus) -> Iterator[Complaint]:
        """Never holds."""
        raise ZeroDivisionError("{text}")
        yield

    monkeypatch.setattr(rules, "ERRORS", (broken, *rules.ERRORS))
    _, (problem,) = judge({})
    assert problem.rule == "rule-crashed"
    for language in LANGUAGES:
        assert "broken" in problem.message(language) and "ZeroDivisionError" in problem.message(language)


LEVEL = "level: {term: village, locator: L3, as_stated: 清河村成立议事会}"
HONOUR = '{title: 文明村, date: "2021", locator: L10, as_stated: 2021年获评文明村}'


@pytest.mark.parametrize(
    ("slips", "told"),
    [
        ([("title: 清", "titel: 清"), ("kind: case", "kimd: case")], ["unknown-key title", "unknown-key kind"]),
        ([("title: 清", "题目: 清")], ["unknown-key title"]),
        ([("title: 清", "题: 清"), ("kind: case", "类: case")], ["missing-key"] * 2 + ["unknown-key"] * 2),
        ([("title: 清", "titel: 清"), ("kind: case\n", "")], ["unknown-key title", "missing-key"]),
        ([("verdict: present", "结论: present")], ["unknown-key verdict"]),
        ([("verdict: present", "verdict: present, zzzzz: x")], ["unknown-key"]),
        ([("verdict: present", "verdict: present, z: x"), (" locator: L10,", "")], ["unknown-key", "missing-key"]),
        ([("status: running", "status: running\nzzzz: x\nyyyy: x")], ["unknown-key", "unknown-key"]),
        ([("status: running", "status: running\nvaleur: x")], ["unknown-key"]),
        ([("status: running", "status: running\nlocator: L3")], ["unknown-key"]),
        ([("status: running", "status: running\nactor: x")], ["unknown-key"]),
        ([("status: running", "status: running\nvalu: x")], ["key-belongs-inside value observations"]),
        ([("level: {term: village", "level: {term: village, status: x")], ["key-belongs-outside level"]),
        (
            [("level: {term: village", "level: {term: village, status: x"), ("status: running", "status: runing")],
            ["key-belongs-outside level", "wrong-choice running"],
        ),
        ([(LEVEL, "level:\n  term:\n  village: x\n  inferred: true")], ["empty-value"]),
        ([("participation,", "participation, name: 甲,")], ["key-belongs-outside problems"]),
        ([("{title: 文明村", "{event: 文明村")], ["item-belongs-elsewhere milestones"]),
        ([("{title: 文明村", "{event: 文明村, z: x")], ["missing-key", "unknown-key", "unknown-key"]),
        ([("level: {term: village", "level: {event: 成立, date: x")], ["missing-key", "unknown-key", "unknown-key"]),
        ([(HONOUR, HONOUR.replace(", ", "}\n  - {"))], ["item-in-pieces 4"]),
        ([(HONOUR, "\n  - ".join([HONOUR.replace(", ", "}\n  - {")] * 2))], ["item-in-pieces 4"] * 2),
        ([(HONOUR, "{title: 文明村}\n  - {locator: L10}")], ["missing-key"] * 4),
    ],
)
def test_a_slip_in_a_key_is_told_once_with_what_was_meant(slips: list[tuple[str, str]], told: list[str]) -> None:
    """Keys that are missing only because they are misspelt, stand elsewhere or in pieces are not missed besides."""
    _, problems = judge(changed(*((SAMPLE, old, new) for old, new in slips)))
    hints = ("suggestion", "wanted", "inside", "beside", "count")
    said = [" ".join([p.rule, *(p.values[hint] for hint in hints if p.values.get(hint))]) for p in problems]
    assert sorted(said) == sorted(told)


def test_a_key_or_a_mapping_that_is_wrong_is_told_with_the_keys_that_may_stand_there() -> None:
    _, (problem,) = judge(changed((SAMPLE, "verdict: present", "verdict: present, zzzzz: x")))
    assert problem.values["choices"] == ", ".join(Finding.model_fields)
    _, (problem,) = judge(changed((SAMPLE, LEVEL, "level: village")))
    assert problem.values["choices"] == problem.values["suggestion"] == ", ".join(Level.model_fields)


def test_of_too_many_defects_a_hundred_are_told_and_that_there_are_more() -> None:
    """Nobody reads thousands, and what each may have meant is not found for nothing."""
    text = base()[SAMPLE].decode() + "".join(f"q{number:03}: x\n" for number in range(MAX_PROBLEMS + 5))
    _, problems = judge({SAMPLE: text.encode()})
    assert {problem.path for problem in problems} == {SAMPLE}
    assert [problem.rule for problem in problems] == ["unknown-key"] * MAX_PROBLEMS + ["yaml-too-many-problems"]
    first = 1 + base()[SAMPLE].count(b"\n")
    assert [problem.line for problem in problems] == [*range(first, first + MAX_PROBLEMS + 1)]


# Files and folders.


@pytest.mark.parametrize("missing", ["site.yml", *(p for p in base() if p.startswith("vocabulary/"))])
def test_a_file_that_every_page_needs_is_asked_for(missing: str) -> None:
    corpus, problems = load({path: data for path, data in base().items() if path != missing})
    assert corpus is None
    assert [(p.path, p.line, p.column, p.rule) for p in problems] == [(missing, 0, 0, "file-missing")]


def test_every_file_is_loaded_as_what_its_folder_says() -> None:
    """Under its name, with the way back to it; what is refused is known to be there, and the rest is loaded."""
    files = rich.corpus(tuple(f"甲{number}" for number in range(rich.PIECES)), ("乙",))
    files |= {"vocabulary/tiles.yml": (ROOT / "content" / "vocabulary" / "tiles.yml").read_bytes()}
    bad = {"cases/bad.yml": b"name: [", "cases/B.yml": b"", "sources/bad.yml": b"\xff", "omissions/bad.yml": b"x: y\n"}
    case = files["cases/case-0.yml"]
    bad |= {"cases/bad-0.yml": case + b"# \xe2\x80\xae\n", "cases/bad-1.yml": case + b"more: x\n"}
    bad |= {"comparisons/bad.md": b"", "comparisons/bad-0.md": b"---\nx: y\n---\n"}
    wrong = set(bad)
    corpus, problems = load(files | bad)
    assert corpus is not None
    assert {problem.path for problem in problems} == wrong
    assert corpus.refused == {path for path in wrong if path.endswith(".yml")}
    assert {path: document.path for path, document in corpus.documents.items()} == {
        path: path for path in files if path not in wrong | {"index.md", "method.md"}
    }
    ids = {folder: {Path(path).stem for path in files if path.startswith(folder)} for folder in FOLDERS}
    assert set(corpus.cases) == {id for id in ids["cases"] if id.startswith("case-")}
    assert set(corpus.tombstones) == {id for id in ids["cases"] if id.startswith("stone-")}
    assert [set(each) for each in (corpus.sources, corpus.omissions)] == [ids["sources"], ids["omissions"]]
    assert set(corpus.comparisons) == set(corpus.sections) == ids["comparisons"]
    assert corpus.pages == {name: files[f"{name}.md"].decode() for name in ("index", "method")}
    assert tuple(corpus.vocabularies) == (*VOCABULARIES, *OPTIONAL_VOCABULARIES)
    assert corpus.derived and corpus.derived.ratios and corpus.tile_maps
    for path, section in (("cases", corpus.cases), ("comparisons", corpus.comparisons)):
        for id, model in section.items():
            assert corpus.documents[f"{path}/{id}.{'md' if path == 'comparisons' else 'yml'}"].model is model


@pytest.mark.parametrize(
    ("path", "rule", "meant"),
    [
        ("vocabulary/mechanism.yml", "file-unexpected", "mechanisms.yml"),
        ("vocabulary/recipes.yml", "file-unexpected", ""),
        ("cases/Dong_Shan.yml", "file-name-not-an-id", "dong-shan"),
        ("comparisons/Dong.md", "file-name-not-an-id", "dong"),
        ("cases/con.yml", "id-reserved", ""),
        ("comparisons/index.md", "id-reserved", ""),
        ("sources/" + "a" * 61 + ".yml", "file-name-not-an-id", ""),
    ],
)
def test_a_file_that_cannot_be_is_one_problem(path: str, rule: str, meant: str) -> None:
    """Its content is not looked at; it is told as a whole file, with what its name was meant to be."""
    _, (problem,) = judge({path: b"name: x\n"})
    assert (problem.path, problem.line, problem.column, problem.rule) == (path, 0, 0, rule)
    assert problem.values.get("suggestion", "") == meant
    assert problem.values.get("text", Path(path).stem) == Path(path).stem


@pytest.mark.parametrize(
    ("text", "is_case"),
    [("x: y", True), ("name: 甲\nmved: sample", True), ("name: 甲\nmoved: sample", False), ("mved: sample", False)],
)
def test_a_file_of_the_cases_is_a_case_unless_it_says_where_one_went(text: str, is_case: bool) -> None:
    """Also in a misspelt key, where nothing else speaks for a case."""
    _, problems = judge({"cases/moved.yml": f"{text}\n".encode()})
    assert ("summary" in {p.values.get("key") for p in problems if p.rule == "missing-key"}) == is_case
    assert problems


def test_links_are_not_followed(tmp_path: Path) -> None:
    """Nothing outside the content folder is ever read."""
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    (tmp_path / "secret.yml").write_text("name: 秘密\n", encoding="utf-8")
    try:
        (content / "cases" / "linked.yml").symlink_to(tmp_path / "secret.yml")
        (tmp_path / "link").symlink_to(content)
    except OSError:
        pytest.skip("this system has no links")
    assert [(p.path, p.rule) for p in checked(content).problems] == [("cases/linked.yml", "file-not-regular")]
    assert [p.rule for p in checked(tmp_path / "link").problems] == ["content-folder-missing"]


def test_a_folder_that_is_not_there_is_one_problem(tmp_path: Path) -> None:
    found = checked(tmp_path / "nowhere")
    assert found.corpus is None
    assert [(p.path, p.line, p.column, p.rule) for p in found.problems] == [("", 0, 0, "content-folder-missing")]


# The command line.


@each_example
def test_the_command_prints_each_problem_and_fails(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`path:line:column: error[rule]: message` for people and editors, with its remedy; records for programs."""
    monkeypatch.chdir(tmp_path)
    content = Path("content")
    shutil.copytree(BASE, content)
    shutil.copytree(EXAMPLES[name], content, dirs_exist_ok=True)
    (content / EXPECTED).unlink()
    files, _ = read_content(content)
    words = field_words(ROOT / "templates", "zh")
    expected = as_records(
        make_report(files, problems_of(name), "zh", shown=lambda path: f"content/{path}", words=words)
    )

    assert main(checked, ROOT, ["check", "--content", "content", "--lang", "zh"]) == 1
    printed = capsys.readouterr().out.splitlines()
    for record in expected["problems"]:
        assert "{path}:{line}:{column}: {severity}[{rule}]: {message}".format(**record) in printed
        assert f"    → {record['remedy']}" in printed
    assert len([line for line in printed if line.startswith("content/")]) == len(expected["problems"])

    assert main(checked, ROOT, ["check", "--content", "content", "--lang", "zh", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out) == expected


def test_the_real_command_exits_with_the_problem_and_without_a_traceback(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    assert run("check", "--content", str(content)).returncode == 0
    name = "unknown-key/two-in-one-file"
    shutil.copytree(EXAMPLES[name], content, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED))
    done = run("check", "--content", str(content), env={"CASEBOOK_LANG": "en"})
    assert done.returncode == 1
    assert re.findall(r"sample\.yml:(\d+:\d+): error\[([a-z-]+)\]: ", done.stdout) == [
        (f"{p.line}:{p.column}", p.rule) for p in problems_of(name)
    ]
    assert not done.stderr


# A hurried editor.

SCALARS = [
    *(
        "",
        "是",
        "有",
        "0",
        "-1",
        "L 6",
        "L0",
        "第6行",
        "1.2万",
        "近2万",
        "11,725",
        "2018年9月",
        "not-stated",
        "true",
        "yes",
    ),
    *(
        "[]",
        "{}",
        "[甲, 乙]",
        "{a: b}",
        '""',
        "'",
        '"',
        "～",
        "：",
        "甲：乙",
        "a: b: c",
        "- 甲",
        "&a",
        "*a",
        "|",
        "# 注",
        "\t",
    ),
    *("2018", "../..", "sample", "qinghe", "hedong", "L3-L9999999999", "9" * 400, "1e9", "½", "٣", "甲" * 500),
]


def _delete(lines: list[str], at: int, draw: st.DataObject) -> list[str]:
    return lines[:at] + lines[at + 1 :]


def _repeat(lines: list[str], at: int, draw: st.DataObject) -> list[str]:
    return [*lines[: at + 1], *lines[at:]]


def _swap(lines: list[str], at: int, draw: st.DataObject) -> list[str]:
    other = draw.draw(st.integers(0, len(lines) - 1))
    lines = [*lines]
    lines[at], lines[other] = lines[other], lines[at]
    return lines


def _indent(lines: list[str], at: int, draw: st.DataObject) -> list[str]:
    width = draw.draw(st.integers(0, 8))
    return [*lines[:at], " " * width + lines[at].lstrip(), *lines[at + 1 :]]


def _change(lines: list[str], at: int, draw: st.DataObject) -> list[str]:
    """Another key or value, in a line of its own or between braces."""
    places = [found.span(1) for found in re.finditer(r"(?:^|[:,{\[-] ?)([^:,{}\[\]]+)", lines[at])]
    if not places:
        return lines
    start, end = draw.draw(st.sampled_from(places))
    instead = draw.draw(st.sampled_from(SCALARS) | st.text("甲乙a1 :,-[]{}#'\"", max_size=6))
    return [*lines[:at], lines[at][:start] + instead + lines[at][end:], *lines[at + 1 :]]


Mutation = Callable[[list[str], int, st.DataObject], list[str]]
MUTATIONS: tuple[Mutation, ...] = (_delete, _repeat, _swap, _indent, _change, _change, _change)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from([path for path in base() if path.startswith("cases/")]), st.integers(1, 4), st.data())
def test_whatever_a_hurried_editor_leaves_is_a_case_or_has_a_problem(
    path: str, times: int, draw: st.DataObject
) -> None:
    """No exception, no silent loss: a file is in the corpus, or something is said about it."""
    lines = base()[path].decode().splitlines()
    for _ in range(times):
        if lines:
            mutation = draw.draw(st.sampled_from(MUTATIONS))
            lines = mutation(lines, draw.draw(st.integers(0, len(lines) - 1)), draw)
    corpus, problems = judge({path: "\n".join([*lines, ""]).encode()})
    assert "rule-crashed" not in {problem.rule for problem in problems}
    assert corpus is not None
    id = Path(path).stem
    assert id in corpus.cases or id in corpus.tombstones or path in {problem.path for problem in problems}
    for problem in problems:
        for language in LANGUAGES:
            assert problem.message(language) and problem.remedy(language)
    longest = max(len(line) for line in [*lines, ""]) + 1
    assert all(1 <= p.line <= max(1, len(lines)) + 1 and 1 <= p.column <= longest for p in problems if p.path == path)


def test_a_slip_in_a_case_is_told_once_however_often_comparisons_refer_to_it() -> None:
    """The real content: one broken line is one problem, not one more for each theme that cites the case."""
    files, _ = read_content(ROOT / "content")
    path = "cases/suqian-aiyuan.yml"
    for right, wrong, rule in (
        (b"kind: sub", b"knid: sub", "unknown-key"),
        (b"council-sessions", b"council", "unknown-id"),
    ):
        assert files[path].count(right)
        corpus, problems = load({**files, path: files[path].replace(right, wrong, 1)})
        assert corpus is not None
        assert [p.rule for p in (*problems, *check(corpus))] == [rule]
