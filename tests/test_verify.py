"""verify: the archived texts against the corpus, each way of failing at its own line and column."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from build import checked
from casebook.archive import Archived, read_archive
from casebook.corpus import Corpus
from casebook.folder import read_content
from casebook.load import load
from casebook.numerals import find_numerals, numbers
from casebook.problems import Problem, in_order
from casebook.quantities import agrees
from casebook.rules import check
from casebook.verify import SourceText, verify
from tests.conftest import ROOT, run

HERE = ROOT / "tests" / "archive"
TEXTS = HERE / "texts"
CASE, SOURCE, OMISSIONS = "cases/two-lakes.yml", "sources/two-lakes.yml", "omissions/two-lakes.yml"
TEXT = "kept-under-any-name.txt"
UNITS = "".join(f"  - {{symbol: {sign}, label_en: unit}}\n" for sign in "个户人吨名亩")


def content() -> dict[str, str]:
    """The corpus of one case, on the vocabulary of another."""
    borrowed, _ = read_content(ROOT / "tests" / "sites" / "ponds" / "content")
    own, _ = read_content(HERE / "content")
    files = {path: data.decode() for path, data in borrowed.items() if path.startswith(("site", "vocabulary"))}
    files["vocabulary/units.yml"] += UNITS
    return files | {path: data.decode() for path, data in own.items()}


def archive(text: str) -> dict[str, Archived]:
    """The archive with another text in the place of the source's."""
    files = {file.path: file for file in read_archive(TEXTS)[0].values()}
    path = (TEXTS / TEXT).as_posix()
    files[path] = Archived(path, hashlib.sha256(text.encode()).hexdigest(), text)
    return {file.sha256: file for file in files.values()}


def original() -> str:
    return (TEXTS / TEXT).read_text(encoding="utf-8")


def found(files: dict[str, str], text: str | None = None) -> list[Problem]:
    """What check and verify say of these files and this text; a file of the archive is told by its name alone."""
    corpus, problems = load({path: text.encode() for path, text in files.items()})
    if corpus is not None and not corpus.refused:
        problems = [*problems, *check(corpus), *verify(corpus, archive(original() if text is None else text))]
    return in_order(replace(problem, path=problem.path.removeprefix(f"{TEXTS.as_posix()}/")) for problem in problems)


def at(text: str, needle: str) -> tuple[int, int]:
    """Line and column of the only place where a text has these letters."""
    assert text.count(needle) == 1, needle
    before = text[: text.index(needle)].split("\n")
    return len(before), len(before[-1]) + 1


def places(problems: list[Problem]) -> list[tuple[str, int, int, str]]:
    return [(problem.path, problem.line, problem.column, problem.rule) for problem in problems]


def changed(path: str, old: str, new: str) -> dict[str, str]:
    """The content with one thing in one file different."""
    files = content()
    assert files[path].count(old) == 1, old
    return files | {path: files[path].replace(old, new)}


def test_a_corpus_whose_phrases_all_stand_at_their_places_passes() -> None:
    """Full width, blanks and line breaks inside a word make no difference; the file's name neither."""
    assert found(content()) == []


@pytest.mark.parametrize(
    ("old", "new", "rule", "point"),
    [
        pytest.param("value: 120", "value: 121", "value-disagrees", "121", id="value"),
        pytest.param("value: 15000", "value: 1.5", "value-disagrees", "1.5, unit", id="value without its 万"),
        pytest.param("number: 3", "number: 4", "number-disagrees", "4, counts", id="number of a part"),
        pytest.param("slogan: 三清一养", "slogan: 四清一养", "slogan-disagrees", "四清一养", id="slogan"),
        pytest.param(
            'begin, date: "2021', 'begin, date: "2020', "date-disagrees", '"2020-03", locator', id="year of a milestone"
        ),
        pytest.param('{date: "2021-03"', '{date: "2021-04"', "date-disagrees", '"2021-04"', id="month of the start"),
    ],
)
def test_a_number_that_differs_from_its_phrase_fails_where_it_is_typed(
    old: str, new: str, rule: str, point: str
) -> None:
    """A slip of one digit is told at the digit, with the phrase."""
    files = changed(CASE, old, new)
    (problem, *others) = [p for p in found(files) if p.rule == rule]
    assert not others
    assert (problem.path, problem.line, problem.column) == (CASE, *at(files[CASE], point))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("as_stated: 有2个池塘", "as_stated: 有2个大池塘", id="a word too many"),
        pytest.param("as_stated: 双湖村治塘记", "as_stated: …………", id="a placeholder"),
        pytest.param("as_stated: 共120户", "as_stated: 20户", id="a piece of a larger number"),
        pytest.param("as_stated: 清淤1.5万吨", "as_stated: 清淤1.5", id="a number without its 万"),
    ],
)
def test_a_phrase_that_is_not_in_the_text_fails_and_is_shown(old: str, new: str) -> None:
    """A placeholder, a paraphrase or a piece of another number is no evidence."""
    files = changed(CASE, old, new)
    (problem, *others) = [p for p in found(files) if p.rule == "phrase-not-at-locator"]
    assert not others
    line, column = at(files[CASE], new)
    assert (problem.path, problem.line, problem.column) == (CASE, line, column + len("as_stated: "))
    assert new.removeprefix("as_stated: ") in problem.message("zh")


@pytest.mark.parametrize(
    ("old", "new", "point", "stands"),
    [
        pytest.param("L3-L5, as_stated: 巡", "L3, as_stated: 巡", "L3, as_stated: 巡", "L3", id="half of the lines"),
        pytest.param("L1, as_stated", "L2, as_stated", "L2, as_stated: 双", "L1", id="another line"),
        pytest.param("as_stated: 356人", "as_stated: 水面恢复到30亩", "L2, as_stated: 水", "L5", id="another phrase"),
    ],
)
def test_a_phrase_that_merely_stands_elsewhere_fails_at_its_locator(
    old: str, new: str, point: str, stands: str
) -> None:
    """The phrase must stand on the lines that are named; where it does stand is said."""
    files = changed(CASE, old, new)
    (problem, *others) = [p for p in found(files) if p.rule == "phrase-not-at-locator"]
    assert not others
    assert (problem.path, problem.line, problem.column) == (CASE, *at(files[CASE], point))
    assert problem.values["phrase"] in problem.message("zh")
    assert problem.remedy("zh").startswith(f"它在 {stands}。")


def test_any_other_digit_in_a_claim_fails_on_its_line() -> None:
    """No digit of a value, a number, a date, a phrase or a locator is decoration."""
    case = content()[CASE]
    start = case.index("started:")
    for match in re.finditer("[0-9]", case[start : case.index("review:")]):
        position = start + match.start()
        other = str((int(match[0]) + 1) % 10)
        files = content() | {CASE: case[:position] + other + case[position + 1 :]}
        line = case[:position].count("\n") + 1
        assert (CASE, line) in [(p.path, p.line) for p in found(files)], files[CASE].split("\n")[line - 1]


def test_a_changed_byte_of_a_source_fails_at_its_record_and_at_the_phrase_it_breaks() -> None:
    """The record's hash is the text's; what the change broke is told too."""
    files, text = content(), original().replace("356", "357")
    assert places(found(files, text)) == [
        (CASE, *at(files[CASE], "356人}"), "phrase-not-at-locator"),
        (TEXT, *at(text, "357"), "numeral-not-covered"),
        (SOURCE, *at(files[SOURCE], files[SOURCE].split("sha256: ")[1][:64]), "source-changed"),
    ]


def test_a_changed_byte_that_no_claim_cites_still_fails() -> None:
    """Even a comma is part of the text that was read."""
    files = content()
    (problem,) = found(files, original().replace("村民说,", "村民说，"))
    assert (problem.path, problem.line, problem.rule) == (SOURCE, 3, "source-changed")
    assert TEXT in problem.message("zh")


@pytest.mark.parametrize("key", ["lines", "characters"])
def test_a_record_that_counts_wrongly_fails_at_the_count(key: str) -> None:
    """Lines and characters are counted, not believed."""
    files = content()
    old = re.search(rf"^{key}: (.*)$", files[SOURCE], re.MULTILINE)
    assert old
    files = changed(SOURCE, old[0], f"{key}: {int(old[1]) + 1}")
    line, column = at(files[SOURCE], f"{key}: ")
    assert places(found(files)) == [(SOURCE, line, column + len(key) + 2, "source-changed")]


def test_a_source_that_is_not_archived_fails_at_its_record() -> None:
    """Without the text nothing can be said of its claims; another text is not taken for it."""
    files = content()
    line, column = at(files[SOURCE], "sha256: ")
    assert places(found(files, "另一篇文章,也有12个数字。\n")) == [(SOURCE, line, column + 8, "source-not-in-archive")]


@pytest.mark.parametrize(
    ("path", "line", "numeral"),
    [(CASE, "as_stated: 共120户", "120"), (CASE, "as_stated: 有2个池塘", "２"), (OMISSIONS, "phrase: 统一", "一挂")],
)
def test_a_numeral_that_nothing_covers_is_listed_where_it_stands(path: str, line: str, numeral: str) -> None:
    """The other way round: no figure of a source is passed over in silence."""
    files = content()
    kept = [text for text in files[path].split("\n") if line not in text]
    (problem,) = found(files | {path: "\n".join(kept)})
    assert (problem.path, problem.rule) == (TEXT, "numeral-not-covered")
    assert (problem.line, problem.column) == at(original(), numeral)
    assert numeral[0] in problem.values["phrase"]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        pytest.param("phrase: 一天天", "phrase: 一夜间", "omission-not-found", id="not in the text"),
        pytest.param("L3, phrase: 一", "L2, phrase: 一", "omission-not-found", id="on another line"),
        pytest.param("phrase: 第一次", "phrase: 2021年3月", "omission-not-needed", id="coded"),
        pytest.param("phrase: 第一次", "phrase: 村里", "omission-not-needed", id="no numeral"),
    ],
)
def test_an_omission_that_excuses_nothing_fails_at_its_phrase(old: str, new: str, rule: str) -> None:
    """An exception that is no longer needed is itself a failure."""
    files = changed(OMISSIONS, old, new)
    (problem,) = [p for p in found(files) if p.path == OMISSIONS]
    point = new if new.startswith("L") else new.removeprefix("phrase: ")
    assert (problem.line, problem.column, problem.rule) == (*at(files[OMISSIONS], point), rule)


def test_omitting_the_same_numeral_twice_fails_at_the_second() -> None:
    """One numeral, one reason."""
    again = "  - {locator: L5, phrase: 统一挂牌, reason: word}\n"
    files = changed(OMISSIONS, "All in one way}\n", "All in one way}\n" + again)
    assert places(found(files)) == [(OMISSIONS, *at(files[OMISSIONS], "统一挂牌"), "omission-not-needed")]


def test_a_reason_is_a_term_of_the_vocabulary() -> None:
    """Reasons are a short list that readers can look up."""
    files = changed(OMISSIONS, "reason: ordinal", "reason: because")
    assert places(found(files)) == [(OMISSIONS, *at(files[OMISSIONS], "because"), "unknown-id")]


def test_a_file_of_omissions_belongs_to_a_source() -> None:
    """A file under a wrong name would excuse nothing, silently."""
    files = content()
    files["omissions/two-lake.yml"] = files.pop(OMISSIONS)
    (problem,) = [p for p in found(files) if p.path != TEXT]
    assert (problem.rule, problem.values["suggestion"]) == ("omissions-without-source", "two-lakes")


def test_every_kind_of_numeral_is_found() -> None:
    """Arabic and Chinese, full and half width, enclosed; one that runs on is one."""
    text = "１２个、3.5万、1,234户、二〇二一年、十来户、两半、③、第廿四届、N个、双拥、几户"
    assert [m[0] for m in find_numerals(text)] == [
        *["12", "3.5万", "1,234", "二〇二一", "十", "两半", "③", "廿四"],
    ]


@pytest.mark.parametrize(
    ("part", "said"),
    [("20项", {20}), ("千根线", {1000}), ("双中心", {2}), ("three steps", {3}), ("一体系", {1}), ("N", set())],
)
def test_the_numbers_of_a_slogans_part(part: str, said: set[int]) -> None:
    """A part says its number by a numeral or by a word."""
    assert numbers(part) == said


def test_a_phrase_is_found_wherever_it_stands_but_never_inside_a_number() -> None:
    """12人 is no part of 112人, and a piece of 1.5万 is another number."""
    text = SourceText(["共112人,其中12人、", "1.5万人,又12", "人"])
    assert [(places[0], places[-1]) for places in text.find("L1-L3", "12人")] == [
        ((1, 8), (1, 10)),
        ((2, 7), (3, 0)),
    ]
    assert not text.find("L1-L3", "5万人")
    assert not text.find("L2", "共112人")
    assert not text.find("L7", "12人")


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The mini corpus as a content folder."""
    for path, text in content().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_command_says_what_it_compared_and_exits_with_0(folder: Path) -> None:
    """A clean run names how much was compared, in either language."""
    done = run("verify", "--content", str(folder), "--archive", str(TEXTS), "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "All 10 phrases" in done.stdout


def test_the_command_reports_file_line_and_column_and_exits_with_1(folder: Path) -> None:
    """Problems of the archive and of the content come in one report, both clickable from where one stands."""
    (folder / OMISSIONS).unlink()
    done = run("verify", "--content", str(folder), "--archive", str(TEXTS), "--format", "json", "--lang", "en")
    assert done.returncode == 1
    records = json.loads(done.stdout)["problems"]
    assert {record["rule"] for record in records} == {"numeral-not-covered"}
    first = records[0]
    assert (ROOT / first["path"]).resolve() == TEXTS / TEXT
    assert (first["line"], first["column"]) == at(original(), "一次")


def test_the_command_says_when_there_is_no_archive(folder: Path) -> None:
    """A wrong path is not a clean archive."""
    done = run("verify", "--content", str(folder), "--archive", str(folder / "nowhere"))
    assert done.returncode == 1
    assert "[archive-folder-missing]" in done.stdout


def test_nothing_is_compared_before_every_file_can_be_read(folder: Path) -> None:
    """A case that was refused would leave all its numerals uncovered: one problem, not fifty."""
    (folder / CASE).write_text(content()[CASE].replace("kind: case", "kind: lake"), encoding="utf-8")
    done = run("verify", "--content", str(folder), "--archive", str(TEXTS), "--format", "json")
    assert [record["rule"] for record in json.loads(done.stdout)["problems"]] == ["wrong-choice"]


# The report itself


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    found = checked(ROOT / "content").corpus
    assert found is not None
    return found


def test_every_phrase_of_the_report_stands_in_its_source_and_no_numeral_is_left_out(
    corpus: Corpus, sources: Path
) -> None:
    """The documents and the corpus agree, in both directions."""
    texts, _ = read_archive(sources)
    assert verify(corpus, texts) == []


def test_any_other_digit_in_a_value_of_the_report_disagrees_with_its_phrase(corpus: Corpus) -> None:
    """No phrase holds a second number that a slip could be taken for."""
    for id, value, unit, phrase in _values(corpus):
        for position, digit in enumerate(value):
            for other in set("0123456789") - {digit} if digit.isdigit() else ():
                slip = value[:position] + other + value[position + 1 :]
                if re.fullmatch(r"0\d.*", slip):
                    continue  # not a number
                try:
                    assert agrees(slip, unit, phrase, corpus.unit) is None, (id, slip, phrase)
                except ValueError:
                    continue  # a range that falls


def _values(corpus: Corpus) -> Iterator[tuple[str, str, str | None, str]]:
    for id, case in corpus.cases.items():
        for seen in case.observations:
            if seen.value:
                yield id, seen.value, seen.unit, seen.as_stated
