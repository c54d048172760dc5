"""The strict YAML reader: a folder of examples for each rule, and properties that hold for any bytes."""

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import yamlevents
from casebook.characters import MAX_BYTES, check, excerpt, halfwidth, rule_of
from casebook.problems import Problem, as_text, printable, wording
from casebook.yamlerrors import explain
from casebook.yamlfile import Mapping, Node, Scalar, Sequence, locate, node_at, parse, plain
from casebook.yamlsyntax import Slip

ROOT = Path(__file__).parent.parent
RULES = Path(__file__).parent / "rules"
FOLDERS = sorted(folder for folder in RULES.iterdir() if folder.name.startswith(("text-", "yaml-")))
LANGUAGES = ("zh", "en")
REAL_CASE = (ROOT / "content" / "cases" / "suqian-aiyuan.yml").read_bytes()


def found_in(folder: Path) -> Iterator[str]:
    """What the reader makes of the bad files of a folder, as `expected.txt` has it."""
    files = sorted(folder.glob("bad*.yml"))
    for file in files:
        node, problems = parse(file.read_bytes(), file.name)
        name = f"{file.name}:" if len(files) > 1 else ""
        for problem in problems:
            assert problem.path == file.name
            yield f"{name}{problem.line}:{problem.column} {problem.rule}"
            yield from details(problem)
        if node:
            yield f"{name}= {printable(json.dumps(plain(node), ensure_ascii=False), 1000)}"


def details(problem: Problem) -> Iterator[str]:
    """What the words about a problem quote, what is underlined, and the edit that they propose."""
    quoted = {*re.findall(r"{(\w+)}", "".join(wording("en")[problem.rule].values()))}
    for name in sorted(quoted | ({"found"} & problem.values.keys())):
        yield f"    {name}: {printable(problem.values[name])}"
    if edit := problem.edit:
        yield f"    {edit.column} “{printable(edit.old)}” → “{printable(edit.new)}”"


either_loader = pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])


@either_loader
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_defect_is_named_where_it_stands(folder: Path, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """By either of PyYAML's loaders: it comes with and without libyaml."""
    monkeypatch.setattr(yamlevents, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert [*found_in(folder)] == expected
    for file in folder.glob("bad*.yml"):
        assert any(p.rule == folder.name for p in parse(file.read_bytes(), file.name)[1]), file


@either_loader
@pytest.mark.parametrize("file", sorted(RULES.glob("*/good.yml")), ids=lambda file: file.parent.name)
def test_the_correct_twin_of_a_defect_passes(file: Path, loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yamlevents, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    if file.parent in FOLDERS:
        node, problems = assert_sane(file.read_bytes())
        assert not problems
        assert isinstance(node, Mapping)


def test_a_line_is_mended_in_as_many_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that what is read after a defect stands where the editor wrote it."""
    mended = 0

    def measured(lines: list[str], error: yaml.MarkedYAMLError) -> Slip:
        nonlocal mended
        slip = explain(lines, error)
        mended += slip.mended is not None
        assert slip.mended is None or len(slip.mended) == len(lines[slip.row]), lines[slip.row]
        return slip

    monkeypatch.setattr(yamlevents, "explain", measured)
    for data in EXAMPLES:
        parse(data, "a.yml")
        # Each of its lines as the first to be mended.
        for line in data.splitlines():
            parse(b"k: 1\n" + line + b"\nl: @\n", "a.yml")
    assert mended > 100


def test_a_real_case_passes() -> None:
    node, problems = parse(REAL_CASE, "cases/suqian-aiyuan.yml")
    assert not problems
    assert node is not None
    assert plain(node) == yaml.load(REAL_CASE, Loader=yaml.BaseLoader)


def test_every_rule_speaks_both_languages() -> None:
    ours = {name for name in wording("zh") if name.startswith(("text-", "yaml-"))}
    assert ours == {folder.name for folder in FOLDERS}
    for folder in FOLDERS:
        for file in folder.glob("bad*.yml"):
            for language in LANGUAGES:
                said = as_text(parse(file.read_bytes(), file.name)[1], language)
                assert said.count("\n    → ") >= 1


def test_languages_agree_on_rules_and_placeholders() -> None:
    first, second = (wording(language) for language in LANGUAGES)
    assert list(first) == list(second)
    for rule in first:
        assert first[rule].keys() == second[rule].keys(), rule
        placeholders = [{*re.findall(r"{(\w+)}", "".join(words[rule].values()))} for words in (first, second)]
        assert placeholders[0] == placeholders[1], rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_sorted_and_pass_their_own_reader(language: str) -> None:
    path = ROOT / "casebook" / "messages" / f"{language}.yml"
    assert parse(path.read_bytes(), path.name)[1] == []
    assert list(wording(language)) == sorted(wording(language))


def test_remedies_show_the_corrected_line() -> None:
    (problem,) = parse("name：星湖\n".encode(), "a.yml")[1]
    assert "name: 星湖" in problem.remedy("zh")
    assert "name：星湖" in problem.message("zh")


@pytest.mark.parametrize("slips", [99, 100, 101, 150])
def test_only_so_many_problems_are_told_and_the_rest_announced(slips: int) -> None:
    """Where the first of the rest stands."""
    problems = parse("".join(f"k{i}: １\n" for i in range(slips)).encode(), "a.yml")[1]
    told = [(line, "yaml-fullwidth-number") for line in range(1, min(slips, 100) + 1)]
    assert [(p.line, p.rule) for p in problems] == told + [(101, "yaml-too-many-problems")] * (slips > 100)


def test_what_was_not_looked_at_for_too_many_problems_is_not_passed_on() -> None:
    """A tree is given in spite of full-width numbers, but not where something worse may follow."""
    numbers = "".join(f"k{i}: １\n" for i in range(1100))
    assert parse(numbers.encode(), "a.yml")[0] is None
    assert parse((numbers + "? a\n").encode(), "a.yml")[0] is None


@pytest.mark.parametrize("sign", ["[", "{", "[\n", "{a: ", "- ", "? ", "&a ", "!a ", '"', "'", "%", "---\n", "\ta\n"])
def test_a_flood_of_signs_is_refused(sign: str) -> None:
    flood = sign * (200_000 // len(sign))
    for data in (flood, "\n".join(flood[i : i + 3000] for i in range(0, len(flood), 3000))):
        assert parse(data.encode(), "a.yml")[1]


def test_scalars_stay_text_and_only_an_unquoted_nothing_is_none() -> None:
    node, problems = parse(
        b"a: no\nb: 010\nc: 12:30\nd: 2024-02-30\ne:\nf: ''\ng: ~\n<<: {h: null}\ni: 'null'\n", "a.yml"
    )
    assert not problems
    assert node is not None
    expected = {"a": "no", "b": "010", "c": "12:30", "d": "2024-02-30", "e": None, "f": "", "g": None}
    assert plain(node) == expected | {"<<": {"h": None}, "i": "null"}


def test_what_stands_for_nothing_is_the_callers_choice() -> None:
    node, _ = parse(b"a: [{b: }, '']\n", "a.yml")
    assert node is not None
    assert plain(node, "?") == {"a": [{"b": "?"}, ""]}


def test_positions_of_paths() -> None:
    node, problems = parse("a: 1\n乙:\n  - {c: 丙, d: '丁'}\n  - 戊\n".encode(), "a.yml")
    assert not problems
    assert node is not None
    assert locate(node, ()) == (1, 1)
    assert locate(node, ("乙",)) == (3, 3)
    assert locate(node, ("乙",), key=True) == (2, 1)
    assert locate(node, ("乙", 0, "d")) == (3, 15)
    assert locate(node, ("乙", 0, "d"), key=True) == (3, 12)
    assert locate(node, ("乙", 1), key=True) == (4, 5)
    assert locate(node, ("乙", 0, "missing", 5)) == (3, 5)
    assert locate(node, ("乙", 0, "missing"), key=True) == (3, 5)
    assert node_at(node, ("乙", 1)) == Scalar("戊", 4, 5, quoted=False)
    assert locate(node, ("a", 0)) == locate(node, ("a", "b")) == (1, 4)
    assert locate(node, ("乙", "d")) == (3, 3)
    assert [node_at(node, ("乙", step)) for step in (2, -1, "d")] == [None, None, None]


@either_loader
def test_what_a_last_line_leaves_empty_stands_behind_it(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no line end follows, where libyaml counts one line more."""
    monkeypatch.setattr(yamlevents, "_LOADER", getattr(yaml, loader, yaml.SafeLoader))
    for end in ("", "\n"):
        node, problems = parse(f"a: 1\n乙:\n  - 丙:{end}".encode(), "a.yml")
        assert not problems
        assert node is not None
        assert locate(node, ("乙", 0, "丙")) == (3, 7)


# Properties.

NASTY = [
    *"-:?[]{},\"'#&*!|>%@`\\ \n\t\r：，　－—１＃［｛\u200b\ufeff\x00\u0301\u2028",
    "\n  ",
    ": ",
    " #",
    "---\n",
    "''",
    "\\x",
]
EXAMPLES = [file.read_bytes() for file in sorted(RULES.glob("*/*.yml")) if file.stat().st_size < 500] + [REAL_CASE]


def assert_sane(data: bytes) -> tuple[Node | None, list[Problem]]:
    """No exception, messages in both languages, positions inside the file; what is accepted is what YAML says."""
    node, problems = parse(data, "a.yml")
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for problem in problems:
        assert 1 <= problem.line <= len(lines)
        assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1
    for language in LANGUAGES:
        as_text(problems, language)
    assert problems or node is not None
    if not problems:
        assert node is not None
        accepted = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
        assert _without_none(plain(node)) == accepted
    return node, problems


def _without_none(tree: object) -> object:
    match tree:
        case dict():
            return {key: _without_none(value) for key, value in tree.items()}
        case list():
            return [_without_none(value) for value in tree]
    return "" if tree is None else tree


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert_sane(data)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*NASTY, "a", "文", "\n"]), max_size=80).map("".join))
def test_any_signs_get_an_answer(text: str) -> None:
    assert_sane(text.encode())


@settings(deadline=None)
@given(st.sampled_from(EXAMPLES), st.data())
def test_damaged_files_get_an_answer(data: bytes, draw: st.DataObject) -> None:
    for _ in range(draw.draw(st.integers(1, 4))):
        at = draw.draw(st.integers(0, len(data)))
        instead = draw.draw(st.one_of(st.sampled_from(NASTY).map(str.encode), st.binary(max_size=2)))
        data = data[:at] + instead + data[at + draw.draw(st.integers(0, 3)) :]
    assert_sane(data)


@settings(deadline=None)
@given(st.sampled_from(EXAMPLES), st.data())
def test_both_loaders_refuse_the_same_files(data: bytes, draw: st.DataObject) -> None:
    at = draw.draw(st.integers(0, len(data)))
    data = data[:at] + draw.draw(st.sampled_from(NASTY)).encode() + data[at:]
    # The one known difference: a question mark after a space or a quote, inside brackets.
    data = data.replace(b"?", b"")
    usual = parse(data, "a.yml")
    with mock.patch.object(yamlevents, "_LOADER", yaml.SafeLoader):
        other = parse(data, "a.yml")
    assert bool(usual[1]) == bool(other[1])
    if not usual[1]:
        assert usual == other


type_of_text = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=30).filter(
    lambda text: not check(text, "")[1] and "\t" not in text
)
SAFE = re.compile(r"[A-Za-z一-龥][A-Za-z0-9一-龥“”（）。、-]*")
keys = st.from_regex(r"[a-z][a-z_]{0,6}", fullmatch=True)
trees = st.recursive(
    type_of_text | st.from_regex(SAFE, fullmatch=True),
    lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(keys, inner, min_size=1, max_size=3),
    max_leaves=12,
)


class Writer:
    """Writes a tree as YAML and notes where each node was put."""

    def __init__(self, draw: st.DataObject) -> None:
        self.draw = draw
        self.out = ""
        self.places: dict[tuple[str | int, ...], tuple[int, int]] = {}
        self.quoted: dict[tuple[str | int, ...], bool] = {}

    def write(self, tree: object, indent: int, loc: tuple[str | int, ...], flow: bool = False) -> None:
        """Write `tree`, which belongs at `loc`, and what is in it."""
        flow = flow or (bool(loc) and self.draw.draw(st.booleans()))
        match tree:
            case str():
                self._text(tree, loc)
            case dict() if flow:
                self._flow("{}", [(key, value) for key, value in tree.items()], indent, loc)
            case list() if flow:
                self._flow("[]", list(enumerate(tree)), indent, loc)
            case dict():
                for count, (key, value) in enumerate(tree.items()):
                    self._break(indent, loc, first=count == 0)
                    self.out += f"{key}: "
                    self.write(value, indent + 2, (*loc, key))
            case list():
                for count, value in enumerate(tree):
                    self._break(indent, loc, first=count == 0)
                    self.out += "- "
                    self.write(value, indent + 2, (*loc, count))

    def _here(self, loc: tuple[str | int, ...]) -> None:
        lines = self.out.split("\n")
        self.places[loc] = len(lines), len(lines[-1]) + 1

    def _break(self, indent: int, loc: tuple[str | int, ...], *, first: bool) -> None:
        if self.out:
            self.out = self.out.rstrip(" ") + "\n" + " " * indent
        if first:
            self._here(loc)

    def _text(self, text: str, loc: tuple[str | int, ...]) -> None:
        self._here(loc)
        style = (
            self.draw.draw(st.sampled_from("p'\"")) if SAFE.fullmatch(text) else self.draw.draw(st.sampled_from("'\""))
        )
        self.quoted[loc] = style != "p"
        if style == "'":
            self.out += "'" + text.replace("'", "''") + "'"
        elif style == '"':
            self.out += '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        else:
            self.out += text

    def _flow(
        self, brackets: str, items: list[tuple[str | int, object]], indent: int, loc: tuple[str | int, ...]
    ) -> None:
        self._here(loc)
        self.out += brackets[0]
        for count, (step, value) in enumerate(items):
            self.out += ("," + self.draw.draw(st.sampled_from([" ", "\n" + " " * (indent + 2)]))) if count else ""
            self.out += f"{step}: " if isinstance(step, str) else ""
            self.write(value, indent, (*loc, step), flow=True)
        self.out += brackets[1]


def scalars(node: Node, loc: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Scalar]]:
    match node:
        case Scalar():
            yield loc, node
        case Sequence():
            for index, item in enumerate(node.items):
                yield from scalars(item, (*loc, index))
        case Mapping():
            for entry in node.entries:
                yield from scalars(entry.value, (*loc, entry.key.text))


@settings(deadline=None)
@given(st.dictionaries(keys, trees, min_size=1, max_size=3), st.data())
def test_every_text_comes_back_from_where_it_was_written(tree: dict[str, object], draw: st.DataObject) -> None:
    writer = Writer(draw)
    writer.write(tree, 0, ())
    node, problems = parse((writer.out + "\n").encode(), "a.yml")
    assert not problems
    assert node is not None
    assert _without_none(plain(node)) == tree
    assert {loc: locate(node, loc) for loc in writer.places} == writer.places
    assert {loc: scalar.quoted for loc, scalar in scalars(node)} == writer.quoted


# Characters.


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"name: a" + bytes(64), "text-control"),
        (b"name:\0ab", "text-control"),
        (b"a\0b\0", "text-control"),
        ("name: a\n".encode("utf-32-le"), "text-control"),
        # What is half a character the other way round.
        ("name: 付\n".encode("utf-16-be"), "text-utf16"),
    ],
)
def test_zeros_alone_are_no_utf_16(data: bytes, rule: str) -> None:
    """The remedy would send the editor to the wrong menu."""
    assert rule in {p.rule for p in parse(data, "a.yml")[1]}
    assert len({p.rule for p in parse(data, "a.yml")[1]} & {"text-control", "text-utf16"}) == 1


def test_a_file_may_be_as_large_as_the_limit() -> None:
    name = b"name: a\n"
    data = name + (b"#" * 1023 + b"\n") * (MAX_BYTES // 1024)
    assert not parse(data[:MAX_BYTES], "a.yml")[1]
    (problem,) = parse(data[: MAX_BYTES + 1], "a.yml")[1]
    assert (problem.rule, problem.values) == ("yaml-file-too-large", {"limit": "128"})


@pytest.mark.parametrize("code", range(0xFF00, 0xFF62), ids=hex)
def test_full_width_signs_are_those_with_a_twin_in_ascii(code: int) -> None:
    ordinary = unicodedata.normalize("NFKC", chr(code))
    assert halfwidth(chr(code)) == (ordinary if ordinary.isascii() else chr(code))
    assert halfwidth("\u3000\u3001甲") == " \u3001甲"


# The first and the last of each kind, with what stands beside them.
KINDS = {
    "text-control": "\0\b\v\x1f\x7f\x80\x85\x9f",
    "text-bidi": "\u061c\u200e\u200f\u202a\u202e\u2066\u2069",
    "text-invisible": "\xad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180f\u200b\u200d\u2028\u2029\u2060\u2065\u2800\u3164"
    "\ufe00\ufe0f\ufeff\uffa0\ufff0\ufff9\ufffc\U000e0000\U000e0001\U000e0fff",
    "text-space": "\xa0\u1680\u2000\u200a\u202f\u205f",
    "text-private-use": "\ue000\uf8ff\U000f0000\U0010fffd",
    "text-noncharacter": "\ufdd0\ufdef\ufffe\uffff\U0001fffe\U0010ffff",
    "text-replacement": "\ufffd",
    "text-kangxi": "\u2e81\u2ef3\u2f00\u2fd5",
    "text-compatibility": "\uf900\ufa0d\ufad9\U0002f800\U0002fa1d",
    "": " ~\t\n\xa1\u2010\u2027\u2e80\u2eff\u2ff0\u3000\u3001\u3163\u3165\ufdcf\ufdf0\ufa0e\ufa29甲\U00020000é！～",
}


@pytest.mark.parametrize("rule", KINDS)
def test_characters_are_refused_by_their_kind(rule: str) -> None:
    assert {f"U+{ord(c):04X}": rule_of(c) or "" for c in KINDS[rule]} == {f"U+{ord(c):04X}": rule for c in KINDS[rule]}


@pytest.mark.parametrize(
    ("index", "shown"),
    [
        *((0, "0123456789…"), (5, "0123456789…"), (6, "…123456789a…")),
        *((14, "…9abcdefghi…"), (15, "…abcdefghij"), (99, "…abcdefghij")),
    ],
)
def test_the_part_of_a_line_that_is_shown_holds_the_place(index: int, shown: str) -> None:
    assert excerpt("  0123456789abcdefghij  ", index + 2, 10) == shown
    assert excerpt(" 0123456789 ", index, 10) == "0123456789"
