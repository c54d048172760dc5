"""What `check` tells: errors, warnings and hints, for people, for programs, for GitHub and GitLab."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build import checked
from casebook.commands import main
from casebook.mending import style
from casebook.phrases import phrase
from casebook.problems import Edit, Problem, Severity, wording
from casebook.render.rules_page import rule_groups
from casebook.report import Report, as_records, make_report
from casebook.report.codequality import as_issues
from casebook.report.github import LEVELS, MOST, MOST_BYTES, as_log, as_summary
from casebook.report.text import WIDTH, as_text, width
from casebook.schemas import field_words
from tests.conftest import ROOT
from tests.test_rules import BASE, SAMPLE

LANGUAGES = ("zh", "en")
WORDS = ROOT / "casebook" / "messages" / "commands"


def report_of(line: str, *problems: Problem, language: str = "zh", strict: bool = False) -> Report:
    return make_report({"cases/a.yml": line.encode()}, list(problems), language, strict)


def problem(column: int = 1, rule: str = "unknown-key", severity: Severity = Severity.ERROR, **values: str) -> Problem:
    known = {"key": "x", "choices": "a", "suggestion": "", "text": "x", "wanted": "x"}
    return Problem("cases/a.yml", 1, column, rule, known | values, severity)


# For people.


@pytest.mark.parametrize(
    ("line", "text", "under"),
    [
        ("name: abc", "abc", "abc"),
        ("名称: 星湖村", "星湖村", "星湖村"),
        ("甲é: x", "x", "x"),
        ("甲e\u0301: x", "x", "x"),
        ("a\t: x", "x", "x"),
    ],
)
def test_the_caret_stands_below_the_offending_text(line: str, text: str, under: str) -> None:
    """A Chinese character is two columns wide, an accent none; what cannot be seen is spelled out."""
    shown = as_text(report_of(line, problem(line.index(text) + 1, text=text))).splitlines()
    source, caret = shown[1], shown[2]
    assert width(source[: source.index(under)]) == width(caret[: caret.index("^")])
    assert caret.count("^") == width(under)


@given(st.text(st.sampled_from("ab文，“\t\u200be\u0301\U0001f600"), max_size=300), st.integers(1, 301))
def test_any_place_of_any_line_is_shown_within_the_width_of_a_terminal(line: str, column: int) -> None:
    shown = as_text(report_of(line, problem(min(column, len(line) + 1), text="")))
    first, source, caret = [*shown.splitlines()[:3]] if line else ["", "", "^"]
    assert first is not None
    assert width(source) <= WIDTH + 12
    assert "^" in caret
    assert width(caret) <= WIDTH + 24
    assert all(c.isprintable() or c == "\n" for c in shown)


@pytest.mark.parametrize("column", [1, 7, 4_001, 50_000])
def test_of_a_line_without_width_little_is_shown(column: int) -> None:
    """Marks take no column: the width of a terminal alone is no bound, neither for people nor for programs."""
    report = report_of("name: a" + "\u0301" * 50_000, problem(column))
    assert max(map(len, as_text(report).splitlines())) < 5 * WIDTH
    assert len(as_records(report)["problems"][0]["source"]) <= 4_000


def test_every_problem_says_where_what_why_and_how(tmp_path: Path) -> None:
    report = report_of("titel: 甲\n", problem(1, key="titel", suggestion="title"))
    shown = as_text(report)
    told = report.told[0]
    for said in ("cases/a.yml:1:1: error[unknown-key]", "titel: 甲", "^^^^^", told.problem.remedy("zh"), told.address):
        assert said in shown


def test_a_key_that_is_empty_is_told_with_what_belongs_there() -> None:
    """A new file is filled in from one message to the next."""
    words = field_words(ROOT / "templates", "zh")
    report = make_report({"cases/a.yml": b"title:\n"}, [problem(rule="empty-value", key="title")], "zh", words=words)
    assert words["title"]["help"] in as_text(report)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The valid small corpus in a folder of its own, seen from beside it."""
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content"


def check(*options: str) -> int:
    return main(checked, ROOT, ["check", "--content", "content", *options])


def spoil(content: Path, *changes: tuple[str, str]) -> None:
    path = content / SAMPLE
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_begins_with_what_is_fine_and_ends_with_what_to_do(
    content: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    cases = len(list(content.glob("cases/*.yml")))
    spoil(content, ("kind: case", "kind: Case"), ("status: running", "status: 运行"))
    assert check("--lang", language) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == phrase("check-read", language, cases=str(cases), sound=str(cases - 1))
    assert lines[-2:] == [phrase("next-fix", language, n="1"), phrase("next-mend-rest", language)]
    spoil(content, ("kind: Case", "kind: case"), ("status: 运行", "status: running"))
    assert check("--lang", language) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_hint_never_fails_not_even_strictly(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Trailing spaces are no reason to stop anybody; they are told, and fix mends them."""
    spoil(content, ("kind: case", "kind: case  "))
    assert check("--strict", "--lang", "zh") == 0
    said = capsys.readouterr().out
    assert "hint[style-trailing-space]" in said
    assert phrase("next-fix", "zh", n="1") in said
    assert phrase("next-nothing", "zh") not in said


def test_a_warning_fails_only_strictly() -> None:
    warned = problem(severity=Severity.WARNING)
    assert not report_of("a", warned).failed
    assert report_of("a", warned, strict=True).failed
    assert report_of("a", problem()).failed


def test_a_hint_does_not_stand_in_the_way_of_a_build(content: Path) -> None:
    spoil(content, ("kind: case", "kind: case  "))
    found = checked(content)
    assert found.problems == []
    assert found.corpus is not None
    assert [p.severity for p in style(found.corpus, found.files)] == [Severity.HINT]


# For programs.


def test_programs_are_told_the_same(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(content, ("kind: case", "kind：case"))
    assert check("--format", "json", "--lang", "zh") == 1
    told = json.loads(capsys.readouterr().out)
    cases = len(list(content.glob("cases/*.yml")))
    assert (told["cases"], told["sound"], told["errors"], told["mechanical"]) == (cases, cases - 1, 1, 1)
    (record,) = told["problems"]
    assert record["source"] == "kind：case"
    assert record["address"] == "rules.html#yaml-fullwidth-colon"
    assert record["mechanical"] is True


# For GitHub.

COMMAND = re.compile(r"::(error|warning|notice)(?: ([^:]*))?::(.*)")
NASTY = ["::error::x", "%0A::error::y", "a\r::stop-commands::z", "##[error]q", "x,line=9::", "a%b"]


def commands_in(log: str) -> list[re.Match[str]]:
    """The lines that GitHub would obey: outside what it was told to read as text."""
    obeyed, until = [], ""
    for line in re.split(r"\r\n|\r|\n", log):
        if until:
            until = "" if line == f"::{until}::" else until
        elif line.startswith("::stop-commands::"):
            until = line.removeprefix("::stop-commands::")
        elif line.lstrip().startswith("::") or "##[" in line:
            found = COMMAND.fullmatch(line)
            assert found, line
            obeyed.append(found)
    assert not until
    return obeyed


@pytest.mark.parametrize("nasty", NASTY)
def test_what_stands_in_a_file_is_never_obeyed(nasty: str) -> None:
    """A pull request cannot annotate, mask or set anything by what it writes or by the names of its files."""
    path = f"cases/{nasty}.yml"
    found = Problem(path, 1, 1, "unknown-key", {"key": nasty, "choices": nasty, "suggestion": nasty})
    report = make_report({path: nasty.encode()}, [found], "zh")
    (command,) = commands_in(as_log(report, "token"))
    properties = dict(part.split("=", 1) for part in (command[2] or "").split(","))
    assert set(properties) == {"file", "title", "line", "col"}
    for escaped, sign in (("%3A", ":"), ("%2C", ","), ("%25", "%")):
        if sign in nasty:
            assert escaped in properties["file"]
    assert "\n" not in command[3] and "\r" not in command[3]


@pytest.mark.parametrize("count", [MOST - 1, MOST, MOST + 1, 3 * MOST])
def test_annotations_are_capped_and_say_how_many_more_there_are(count: int) -> None:
    problems = [problem(key=f"k{i}", severity=severity) for severity in Severity for i in range(count)]
    report = report_of("k", *problems)
    log = as_log(report, "token")
    for severity, level in LEVELS.items():
        told = [command for command in commands_in(log) if command[1] == level]
        assert len(told) == min(count, MOST)
        more = phrase("more", "zh", n=str(count - MOST + 1))
        assert (told[-1][3] == more) == (count > MOST)
        assert log.count(f" {severity}[") == count


def test_the_summary_is_complete_and_is_plain_text_throughout(
    content: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    spoil(content, ("kind: case", "<b>[x](y)</b>: case"))
    assert check("--format", "github", "--lang", "zh") == 1
    found = checked(content).problems
    assert found
    text = summary.read_text(encoding="utf-8")
    assert text.count("\n- **error**") + text.startswith("- **error**") == len(found)
    assert "<b>" not in text and "[x]" not in text
    capsys.readouterr()


def test_a_summary_that_would_be_thrown_away_is_cut() -> None:
    problems = [problem(key="甲" * 100, choices="乙" * 300, suggestion=str(i)) for i in range(2000)]
    text = as_summary(report_of("k", *problems))
    assert len(text.encode()) < MOST_BYTES * 1.01
    shown = text.count("- **error**")
    assert 0 < shown < len(problems)
    assert str(len(problems) - shown) in text


# For GitLab.


def test_code_quality_records_have_what_gitlab_reads_and_keep_their_fingerprints() -> None:
    """A problem that moved with the lines above it is the same one."""
    moved = Problem("cases/a.yml", 2, 1, "unknown-key", problem().values)
    first, second = as_issues(report_of("k\nk", problem(), problem(2, severity=Severity.HINT, key="y")))
    assert first.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
    assert {first["severity"], second["severity"]} <= {"info", "minor", "major", "critical", "blocker"}
    assert first["location"] == {"path": "cases/a.yml", "lines": {"begin": 1}}
    assert [issue["fingerprint"] for issue in as_issues(report_of("k\nk", moved))] == [first["fingerprint"]]
    twice = as_issues(report_of("k\nk", problem(), moved))
    assert len({issue["fingerprint"] for issue in twice}) == 2


def test_the_command_prints_nothing_but_the_records(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(content, ("kind: case", "kind：case"))
    assert check("--format", "codequality") == 1
    assert len(json.loads(capsys.readouterr().out)) == 1


# Words.


def test_what_commands_say_is_said_in_both_languages() -> None:
    said = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in WORDS.glob("*.yml")}
    assert set(said) == set(LANGUAGES)
    assert list(said["zh"]) == list(said["en"]) == sorted(said["zh"])
    for key in said["zh"]:
        placeholders = [set(re.findall(r"{(\w+)}", said[language][key])) for language in LANGUAGES]
        assert placeholders[0] == placeholders[1], key
        assert not re.search("[\u2e80-\u9fff\uff00-\uffef]", said["en"][key]), key


def test_every_field_has_words_in_both_languages() -> None:
    chinese, english = (field_words(ROOT / "templates", language) for language in LANGUAGES)
    assert set(chinese) <= set(english)
    assert all(said["title"] and said["help"] for words in (chinese, english) for said in words.values())


class Ids(HTMLParser):
    """The ids of a page."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.ids |= {value or "" for name, value in attrs if name == "id"}


def test_the_address_of_every_rule_leads_to_it(site: Path) -> None:
    """Whatever check prints can be looked up."""
    addresses = [told.address for told in make_report({}, [problem(rule=rule) for rule in wording("zh")], "zh").told]
    assert len(addresses) == len(wording("zh"))
    ids = Ids(site / "rules.html").ids
    assert {address.removeprefix("rules.html#") for address in addresses} <= ids


def test_every_rule_stands_on_the_page_once() -> None:
    for language in LANGUAGES:
        listed = [rule.id for rules in rule_groups(language).values() for rule in rules]
        assert sorted(listed) == sorted(wording(language))
        assert not [text for rules in rule_groups(language).values() for text in rules if "{" in text.message]


# Edits.


@given(st.text("ab：: ", max_size=12), st.text("ab：: ", max_size=12))
def test_the_smallest_edit_makes_one_line_of_the_other(before: str, after: str) -> None:
    edit = Edit.between(before, after)
    assert edit.applied(before) == after
    assert Edit(edit.column, edit.old + "x", "").applied(before) is None


def test_records_are_plain(content: Path) -> None:
    assert json.dumps(as_records(report_of("k", problem())))
