"""`build.py fix`: what is mechanical is mended, everything else left alone; nothing is lost on the way."""

import difflib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from build import checked
from casebook.characters import decode
from casebook.commands import main
from casebook.folder import read_content
from casebook.load import load, read_document
from casebook.mending import mechanical, mend, style
from casebook.problems import Problem, in_order
from casebook.yamlfile import parse, plain
from tests.conftest import ROOT
from tests.terminal import at_a_terminal
from tests.test_rules import BASE, EXAMPLES, EXPECTED, SAMPLE, base, judge, problems_of
from tests.test_yamlfile import FOLDERS, NASTY

PATH = "sources/x.yml"  # any file that is no case will do for the rules of the reader
RULES = ROOT / "tests" / "rules"
OF_THE_READER = [file for folder in FOLDERS for file in sorted(folder.glob("bad*.yml"))]
STYLES = sorted(RULES.glob("style-*/bad*.yml"))
# What the issue promises, by the rules that name it.
PROMISED = {
    *("yaml-fullwidth-colon", "yaml-fullwidth-comma", "yaml-fullwidth-number", "yaml-fullwidth-bracket"),
    *("yaml-fullwidth-dash", "yaml-fullwidth-hash", "yaml-key-fullwidth", "yaml-ideographic-space"),
    *("yaml-tab", "yaml-tab-indent", "text-bom", "text-crlf", "text-cr", "yaml-missing-space", "yaml-dash-space"),
    *("text-gbk", "text-not-nfc", "text-kangxi", "text-compatibility", "text-invisible", "text-utf16"),
    *("yaml-reserved-start", "yaml-colon-in-value", "yaml-text-after-close"),
    *("not-a-date", "not-a-period", "not-a-locator", "not-a-number", "unknown-key", "unknown-id", "wrong-choice"),
}


def mended(data: bytes, path: str = PATH) -> bytes:
    """One file alone, put right."""
    return mend({path: data}, [path]).get(path, data)


def is_mechanical(problem: Problem, files: dict[str, bytes]) -> bool:
    data = files.get(problem.path, b"")
    text = decode(data, problem.path)[0]
    lines = text.split("\n") if text is not None else []
    line = lines[problem.line - 1] if 0 < problem.line <= len(lines) else ""
    return problem.line > 0 and mechanical(problem, line, data)


def assert_mended(before: list[Problem], after: list[Problem], files: dict[str, bytes], changed: bool) -> set[str]:
    """What is mechanical is gone, what is not stays as it was; the rules that were mended."""
    mechanical_ones = {problem.rule for problem in before if is_mechanical(problem, files)}
    others = {problem.rule for problem in before if not is_mechanical(problem, files)}
    left = {problem.rule for problem in after}
    assert changed == bool(mechanical_ones)
    if not changed:
        assert left == {problem.rule for problem in before}
    assert not (mechanical_ones - others) & left
    assert others - {"yaml-too-many-problems"} <= left
    return mechanical_ones - left


@pytest.mark.parametrize("file", OF_THE_READER, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_what_the_reader_refuses_is_mended_where_there_is_one_reading(file: Path) -> None:
    data = file.read_bytes()
    after = mended(data)
    if max(len(data), 1) > 50_000:
        assert after == data
        return
    before_problems, after_problems = (parse(each, PATH)[1] for each in (data, after))
    assert_mended(before_problems, after_problems, {PATH: data}, after != data)
    assert mended(after) == after


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_written_in_another_notation_is_rewritten(name: str) -> None:
    """A key, an id, a date or a number in other signs; what would be a guess is left to the editor."""
    given, _ = read_content(EXAMPLES[name])
    files = base() | {path: data for path, data in given.items() if path != EXPECTED}
    before = [problem for problem in problems_of(name) if problem.path in given and problem.line]
    changes = mend(files, list(given.keys() - {EXPECTED}))
    after = [problem for problem in judge(files | changes)[1] if problem.path in given and problem.line]
    wrong = {problem.rule for problem in before if is_mechanical(problem, files)}
    assert bool(changes) == bool(wrong)
    assert not wrong & ({problem.rule for problem in after} - {p.rule for p in before if not is_mechanical(p, files)})


def test_everything_promised_is_mended_somewhere() -> None:
    """The two tests above would pass, too, if nothing were mechanical."""
    seen: set[str] = set()
    for file in OF_THE_READER:
        data = file.read_bytes()
        seen |= {p.rule for p in parse(data, PATH)[1] if is_mechanical(p, {PATH: data})}
    for name, folder in EXAMPLES.items():
        files = base() | read_content(folder)[0]
        files.pop(EXPECTED, None)
        seen |= {p.rule for p in problems_of(name) if is_mechanical(p, files)}
    assert seen >= PROMISED


# What people type in Chinese: a line of the valid case, the same as it is typed.
SLOGAN, DECODED = "  - slogan: 三步议事", "    decoded: full"
ROOM = "{term: council-room, inferred: true, note: 原文只写“议事厅”}"
STARTED = '{date: "2018-09", locator: L3, as_stated: 2018年9月成立}'
ITEMS = "items: [提, 议, 决]"
TYPED = [
    *(
        (("kind: case"), typed)
        for typed in ("kind：case", "kind： case", "kind:case", "ｋｉｎｄ：ｃａｓｅ", "ＫＩＮＤ: case")
    ),
    *(
        (("kind: case"), typed)
        for typed in ("kind: case。", "kind: “case”", "kind: Ｃａｓｅ", "Kind: Case", "kind:　case　")
    ),
    *(
        (("kind: case"), typed)
        for typed in ("kind:\tcase", "kind: case\t", "kind\u200b: case", "kind:\u00a0case", "kind: case；")
    ),
    ("value: 15", "value: １５"),
    ("value: 15", "value: “15”"),
    ("value: 15", "value：15"),
    ("value: 3.2", "value: 3．2"),
    ("value: 3.2", "value: 3。2"),
    *(
        ("locator: L5", typed)
        for typed in ("locator: Ｌ５", "locator: 第5行", "locator: l5", "locator: 5", "locator：L 5")
    ),
    *(
        ("locator: L3-L12", typed)
        for typed in ("locator: L3～L12", "locator: L3–12", "locator: 第3行至第12行", "locator: Ｌ３－Ｌ１２")
    ),
    *(
        ('date: "2021"', typed)
        for typed in ("date: 2021", "date: “2021”", "date: ２０２１", "date: 2021年", "date：2021")
    ),
    *(
        ('date: "2018-09"', typed)
        for typed in ("date: 2018年9月", "date: 2018.9", "date: 2018．09", "date: 2018/9", "date: “2018-09”")
    ),
    *(('as_of: "2023"', typed) for typed in ("as_of: 2023年", "as_of: ２０２３", "as_of：2023", "as-of: 2023")),
    *(
        (ITEMS, typed)
        for typed in ("items: ［提，议，决］", "items: [提，议，决]", "items：[提, 议, 决]", "items:[提, 议, 决]")
    ),
    *(
        ("inferred: true", typed)
        for typed in ("inferred：true", "inferred: True", "inferred: ｔｒｕｅ", "inferred:true")
    ),
    ("related: [shangxi]", "related: [“shangxi”]"),
    ("related: [shangxi]", "related: [shangxi，]"),
    ("unit: 平方公里", "unit: 平方公里。"),
    (ROOM, ROOM.replace(": ", "：").replace(", ", "，")),
    (ROOM, ROOM.replace("{", "｛").replace("}", "｝")),
    (STARTED, STARTED.replace(", ", "，")),
    (STARTED, STARTED.replace(": ", "：")),
    *(
        (SLOGAN, typed)
        for typed in ("  －slogan: 三步议事", "  -slogan: 三步议事", "  • slogan: 三步议事", "  －　slogan：三步议事")
    ),
    (SLOGAN, "　- slogan: 三步议事"),
    *(
        (DECODED, typed)
        for typed in ("\tdecoded: full", "　　decoded: full", "    ｄｅｃｏｄｅｄ：full", "    decoded\u00a0: full")
    ),
    ("title: 清河村村民议事会", '"title": "清河村村民议事会",'),
    ("title: 清河村村民议事会", "title: ⽂明村".replace("⽂明村", "清河村村⺠议事会")),
    ("as_stated: 议事员15人", "as_stated: 议事员15⼈"),
    ("name: 清河议事会", "＃ 注\nname: 清河议事会"),
]


@pytest.mark.parametrize(("written", "typed"), TYPED, ids=[typed.strip() for _, typed in TYPED])
def test_what_people_type_in_chinese_is_refused_and_mended_to_what_they_meant(written: str, typed: str) -> None:
    """The file is what it was before the slip: the same data, and it passes."""
    right = base()[SAMPLE].decode()
    assert written in right
    files = base() | {SAMPLE: right.replace(written, typed, 1).encode()}
    if typed != "date: 2021":
        assert {problem.path for problem in judge(files)[1]} == {SAMPLE}
    data = mend(files, [SAMPLE]).get(SAMPLE, files[SAMPLE])
    assert judge(files | {SAMPLE: data})[1] == []
    assert data_of(data) == data_of(base()[SAMPLE])


def data_of(data: bytes) -> object:
    node, problems = parse(data, SAMPLE)
    assert node is not None
    assert not problems
    return plain(node)


AMBIGUOUS = [
    ("title: 清河村村民议事会", "title: 清河村 #1 议事会", "a comment, or text?"),
    ("title: 清河村村民议事会", 'title: "清河村村民议事会”', "which of the two quotes is meant?"),
    ("title: 清河村村民议事会", "title: 清河村 kind: 村民议事会", "one value, or two keys?"),
    (ITEMS, "items: [提, 议，决]", "two items, or three?"),
    ("value: 15", "value: 近15", "the bound would be lost"),
    ("value: 15", "value: 15人", "the unit would be lost"),
    ('date: "2018-09"', "date: 2018年9月起", "“since” would be lost"),
    ("locator: L5", "locator: L5、L6", "one place, or two?"),
    ("kind: case", "kind: 案例", "a guess"),
    ("mechanism: council", "mechanism: counci", "a guess"),
    ("title: 清河村村民议事会", "title: &known 清河村", "an anchor is a sign of YAML"),
    ("  - slogan: 三步议事", "      - slogan: 三步议事", "which of the two lines is indented wrongly?"),
]


@pytest.mark.parametrize(("written", "typed", "why"), AMBIGUOUS, ids=[typed for _, typed, _ in AMBIGUOUS])
def test_what_only_a_person_can_tell_is_left_to_one(written: str, typed: str, why: str) -> None:
    right = base()[SAMPLE].decode()
    assert written in right
    files = base() | {SAMPLE: right.replace(written, typed, 1).encode()}
    assert judge(files)[1]
    assert mend(files, [SAMPLE]) == {}, why


# Style.


@pytest.mark.parametrize("file", STYLES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_style_is_a_hint_and_is_mended(file: Path) -> None:
    data = file.read_bytes()
    files = base() | {PATH: data}
    corpus, problems = load(files)
    assert corpus is not None
    assert problems == []
    lines = (file.parent / EXPECTED).read_text(encoding="utf-8").splitlines()
    expected = [
        line.removeprefix(f"{file.name}:") for line in lines if line.startswith((f"{file.name}:", *"0123456789"))
    ]
    assert [f"{p.line}:{p.column} {p.rule}" for p in in_order(style(corpus, files))] == expected
    assert mended(data) == (file.parent / "good.yml").read_bytes()


def test_the_real_content_needs_no_mending() -> None:
    """What is published is in house style: no editor meets a hint about somebody else's lines."""
    for content in (ROOT / "content", ROOT / "tests" / "sites" / "ponds" / "content"):
        files, _ = read_content(content)
        assert mend(files, [path for path in files if path.endswith(".yml")]) == {}


def test_a_key_takes_its_comments_along() -> None:
    text = base()["sources/qinghe-report.yml"].decode()
    moved = text.replace("producer:", "# 谁写的\nproducer:", 1)
    title, rest = next(line for line in moved.splitlines() if line.startswith("title:")), moved.splitlines()
    rest.remove(title)
    at = next(i for i, line in enumerate(rest) if line.startswith("producer:"))
    shuffled = "\n".join([*rest[: at + 1], "# 题名照原文", title, *rest[at + 1 :], ""])
    done = mended(shuffled.encode(), "sources/qinghe-report.yml").decode().splitlines()
    assert done[done.index(title) - 1] == "# 题名照原文"
    assert done[next(i for i, line in enumerate(done) if line.startswith("producer:")) - 1] == "# 谁写的"
    assert done.index(title) < done.index("# 谁写的")


# Properties.


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A valid case after some slips of the keyboard."""
    data = draw(st.sampled_from([base()[SAMPLE], base()["cases/shangxi.yml"], base()["sources/qinghe-report.yml"]]))
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(data)))
        typed = draw(st.sampled_from([*NASTY, "：", "，", "　", "\t", " ", "“", "。", "＂", "\r\n", "# 注 ", "- "]))
        data = data[:at] + typed.encode("utf-8", "surrogatepass") + data[at + draw(st.integers(0, 2)) :]
    return data


def comments(data: bytes) -> list[str]:
    text = decode(data, PATH)[0] or ""
    lines = (line.strip(" \t\u3000") for line in text.split("\n"))
    return sorted("".join(line.split()) for line in lines if line.startswith("#"))


@settings(max_examples=150)
@given(damaged())
def test_mending_twice_is_mending_once_and_loses_nothing(data: bytes) -> None:
    """Idempotent; a file that loads keeps its data and its comments; a file that does not has no more to say after."""
    path = "cases/sample.yml"
    once = mended(data, path)
    assert mended(once, path) == once
    document, problems = read_document(path, data)
    again, left = read_document(path, once)
    if document is not None and not problems:
        assert again is not None
        assert plain(again.node) == plain(document.node)
        assert comments(once) == comments(data)
    elif once == data:
        assert [problem.rule for problem in left] == [problem.rule for problem in problems]


@settings(max_examples=100)
@given(
    st.one_of(
        st.binary(max_size=200), st.text(st.sampled_from([*"ab文：, \n\t-[]{}#'\"　"]), max_size=60).map(str.encode)
    )
)
def test_any_bytes_can_be_looked_at(data: bytes) -> None:
    assert mended(mended(data)) == mended(data)


# The command.


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small valid corpus, with one case typed in a hurry on Windows."""
    folder = tmp_path / "content"
    shutil.copytree(BASE, folder)
    case = folder / SAMPLE
    text = case.read_text(encoding="utf-8").replace("kind: case", "kind：case").replace("value: 15", "value: １５")
    text = text.replace("title: 清河村村民议事会", "title: 清河村村民议事会  ")
    case.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    return folder


Fix = Callable[..., tuple[int, str]]


@pytest.fixture
def fix(content: Path, capsys: pytest.CaptureFixture[str]) -> Fix:
    """The command, where nobody sits at a terminal: its exit code and what it printed."""

    def done(*options: str, lang: str = "zh") -> tuple[int, str]:
        code = main(checked, ROOT, ["fix", "--content", str(content), "--lang", lang, *options])
        return code, capsys.readouterr().out

    return done


def test_it_shows_and_writes_nothing_where_nobody_is_asked(content: Path, fix: Fix) -> None:
    before = (content / SAMPLE).read_bytes()
    for options, said in ((["--dry-run"], "有 1 个文件会改动"), ([], "--yes")):
        code, shown = fix(*options)
        assert code == 1
        assert "-kind：case" in shown and "+kind: case" in shown
        assert said in shown
        assert (content / SAMPLE).read_bytes() == before


def test_it_writes_after_showing_and_what_it_wrote_passes(content: Path, fix: Fix) -> None:
    (content / SAMPLE).chmod(0o640)
    assert fix("--yes")[0] == 0
    assert (content / SAMPLE).read_bytes() == base()[SAMPLE]
    assert (content / SAMPLE).stat().st_mode & 0o777 == 0o640
    assert checked(content).problems == []
    assert fix("--yes", lang="en") == (0, "There is nothing to mend by itself.\n")
    assert sorted(path.name for path in content.rglob(".*")) == []


def test_the_difference_can_be_applied_as_it_is_shown(content: Path, fix: Fix) -> None:
    """It is a unified diff: nothing is changed that was not shown."""
    shown = fix("--dry-run")[1]
    before = decode((content / SAMPLE).read_bytes(), SAMPLE)[0]
    fix("--yes")
    after = (content / SAMPLE).read_text(encoding="utf-8")
    assert before is not None
    wanted = [line for line in difflib.ndiff(before.split("\n"), after.split("\n")) if line[0] in "+-"]
    marks = [
        line.replace("·", " ") for line in shown.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")
    ]
    assert sorted(marks) == sorted(line[0] + line[2:] for line in wanted)


def test_a_file_in_gbk_is_rewritten_and_said_so(content: Path, fix: Fix) -> None:
    (content / SAMPLE).write_bytes(base()[SAMPLE].decode().encode("gb18030"))
    assert "UTF-8" in fix(str(content / SAMPLE), "--yes")[1]
    assert (content / SAMPLE).read_bytes() == base()[SAMPLE]


def test_only_the_files_named_are_touched_and_none_outside(content: Path, fix: Fix, tmp_path: Path) -> None:
    before = (content / SAMPLE).read_bytes()
    assert fix(str(content / "cases" / "shangxi.yml"), "--yes")[0] == 0
    assert (content / SAMPLE).read_bytes() == before
    other = tmp_path / "other.yml"
    other.write_text("name：甲\n", encoding="utf-8")
    code, shown = fix(str(other), "--yes")
    assert code == 1
    assert "other.yml" in shown
    assert other.read_text(encoding="utf-8") == "name：甲\n"


@pytest.mark.parametrize(("answer", "code"), [("\n", 1), ("y\n", 0)])
def test_a_person_is_asked(content: Path, answer: str, code: int) -> None:
    before = (content / SAMPLE).read_bytes()
    done, shown = at_a_terminal(["fix", "--content", str(content), "--lang", "zh"], answer)
    assert done == code, shown
    assert "+kind: case" in shown
    assert ((content / SAMPLE).read_bytes() == before) == bool(code)
