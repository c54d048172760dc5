"""`build.py new`: from a few answers to a file that leads its editor on."""

import hashlib
import os
import re
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from build import checked
from casebook.commands import main
from casebook.folder import read_content, write_content
from casebook.keys import fields_at
from casebook.load import read_document
from casebook.mending import mend
from casebook.model.case import Case
from casebook.model.source import Source
from casebook.phrases import phrase
from casebook.problems import Problem
from casebook.render.pages import SINGLE
from casebook.scaffold import RESERVED, is_free, propose_id, value_text
from casebook.schemas import field_words
from casebook.yamlfile import node_at, parse, plain
from tests.conftest import ROOT
from tests.terminal import at_a_terminal
from tests.test_rules import BASE

PONDS = ROOT / "tests" / "sites" / "ponds" / "content"
ENDINGS = {"省", "市", "县", "镇", "村"}
New = Callable[..., tuple[int, str]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The small valid corpus, in a folder of its own."""
    shutil.copytree(BASE, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def new(content: Path, capsys: pytest.CaptureFixture[str]) -> New:
    """The command, where nobody sits at a terminal: its exit code and what it printed."""

    def done(*options: str, lang: str = "zh") -> tuple[int, str]:
        code = main(checked, ROOT, ["new", *options, "--content", str(content), "--lang", lang])
        return code, capsys.readouterr().out

    return done


def written(content: Path) -> Path:
    """The one file that is new."""
    before = {path.relative_to(BASE) for path in BASE.rglob("*.yml")}
    (path,) = [path for path in content.rglob("*") if path.is_file() and path.relative_to(content) not in before]
    return path


def data(path: Path) -> object:
    node, problems = parse(path.read_bytes(), path.name)
    assert not problems
    assert node is not None
    return plain(node)


def problems_of(content: Path) -> list[Problem]:
    return checked(content).problems


# A case by options.

OPTIONS = ("--name", "石岩街坊议事会", "--place", "province=云山省", "--place", "village=石岩村")


def test_options_are_enough_and_the_id_is_in_pinyin(content: Path, new: New) -> None:
    code, said = new(*OPTIONS, "--source", "qinghe-report", "--locator", "第3行到第9行")
    assert code == 0
    path = written(content)
    assert path == content / "cases" / "shiyan-jiefangyishi.yml"
    assert path.name in said
    known = data(path)
    assert isinstance(known, dict)
    assert known["name"] == "石岩街坊议事会"
    assert known["sources"] == [{"source": "qinghe-report", "locator": "L3-L9"}]
    assert known["place"] == {"province": {"name": "云山省"}, "village": {"name": "石岩村"}}


def test_what_check_says_next_is_only_that_something_is_to_be_filled_in(content: Path, new: New) -> None:
    """Every problem stands at an empty key of the new file, or asks for the evidence of what was given."""
    new(*OPTIONS)
    found = problems_of(content)
    assert {problem.path for problem in found} == {f"cases/{written(content).name}"}
    assert {problem.rule for problem in found} <= {"empty-value", "stated-or-inferred"}
    required = {name for name, field in Case.model_fields.items() if field.is_required()}
    node, _ = parse(written(content).read_bytes(), "")
    assert node is not None
    assert all(node_at(node, (key,)) is not None for key in required)


def test_every_key_of_the_model_is_offered_with_its_title_and_help(content: Path, new: New) -> None:
    """Drawn from the model and from the words for people: a key that is added appears by itself."""
    new(*OPTIONS)
    text = written(content).read_text(encoding="utf-8")
    words = field_words(ROOT / "templates", "zh")
    for key in Case.model_fields:
        assert re.search(rf"^(# )?{key}:", text, re.MULTILINE), key
        assert f"# {words[key]['title']}：{words[key]['help']}" in text, key
    assert text.startswith("# yaml-language-server: $schema=")
    schema = text.partition("$schema=")[2].partition("\n")[0]
    assert (written(content).parent / schema).resolve() == ROOT / "schemas" / "case.schema.json"


def test_its_terms_are_those_of_the_vocabulary(content: Path, new: New) -> None:
    new(*OPTIONS)
    text = written(content).read_text(encoding="utf-8")
    levels = yaml.safe_load((content / "vocabulary" / "levels.yml").read_text(encoding="utf-8"))["terms"]
    assert levels
    assert all(f"#   {term['id']} {term['label']}\n" in text for term in levels)
    ranks = yaml.safe_load((content / "site.yml").read_text(encoding="utf-8"))["ranks"]
    assert all(re.search(rf"^  (# )?{rank['id']}:$", text, re.MULTILINE) for rank in ranks)


def test_what_is_commented_out_is_right_once_the_signs_are_taken_away(content: Path, new: New) -> None:
    """An editor uncomments a key and gets a skeleton that loads: nothing but empty values."""
    new(*OPTIONS)
    path = written(content)
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = {key for loc in ((), *((key,) for key in Case.model_fields)) for key in fields_at(Case, loc)}
    keys |= {rank.id for rank in (checked(content).corpus or pytest.fail("no corpus")).site.ranks}
    bare = [re.sub(r"^(\s*)# (?=\s*(- )?(\w+):)", r"\1", line) for line in lines]
    bare = [line for line in bare if not line.lstrip().startswith("#")]
    assert {line.strip(" -").partition(":")[0] for line in bare if line} <= keys
    _, found = read_document(f"cases/{path.name}", "\n".join([*bare, ""]).encode())
    assert {problem.rule for problem in found} <= {"empty-value", "stated-or-inferred", "empty-list"}


def test_filled_in_it_passes(content: Path, new: New) -> None:
    """The way of an editor: fill in one key after the other, until check is content."""
    new(*OPTIONS, "--source", "qinghe-report", "--locator", "L3-L12", "--status", "running", "--level", "village")
    path = written(content)
    text = path.read_text(encoding="utf-8")
    answers = {
        "title:": "title: 石岩村街坊议事会",
        "summary:": "summary: "
        + "遇事先由街坊商量，再交村民会议表决，办好以后张榜公布。原文没有写经费，也没有写办成了哪些事。",
        "started:": "started: not-stated",
        "  date:": '  date: "2024-06-01"',
        "  by:": "  by: CB",
        "  term: village": "  term: village\n  inferred: true",
        "    name: 云山省": "    name: 云山省\n    inferred: true",
        "    name: 石岩村": "    name: 石岩村\n    inferred: true",
    }
    for empty, filled in answers.items():
        assert f"\n{empty}\n" in text, empty
        text = text.replace(f"\n{empty}\n", f"\n{filled}\n", 1)
    path.write_text(text, encoding="utf-8")
    assert problems_of(content) == []
    files, _ = read_content(content)
    assert mend(files, [f"cases/{path.name}"]) == {}


def test_an_english_editor_is_told_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another field, another language, other ranks: the same command."""
    content = tmp_path / "content"
    shutil.copytree(PONDS, content)
    place = f"{_ranks(content)[0]}=England"
    options = ["--name", "Withy Bottom", "--place", place, "--content", str(content), "--lang", "en"]
    assert main(checked, ROOT, ["new", *options]) == 0
    said = capsys.readouterr().out
    (path,) = [path for path in content.rglob("*.yml") if not (PONDS / path.relative_to(content)).exists()]
    assert path.stem == "withy-bottom"
    assert not re.search("[\u2e80-\u9fff]", path.read_text(encoding="utf-8") + said)
    assert {problem.rule for problem in problems_of(content)} <= {"empty-value", "stated-or-inferred"}


def _ranks(content: Path) -> list[str]:
    return [rank["id"] for rank in yaml.safe_load((content / "site.yml").read_text(encoding="utf-8"))["ranks"]]


# Ids.


@pytest.mark.parametrize(
    ("names", "id"),
    [
        (["深圳市", "石岩街坊议事会"], "shenzhen-shiyanjiefangyishi"),
        (["重庆市", "重庆银行巷"], "chongqing-yinhangxiang"),
        (["佛山市", "3+1+N 模式"], "foshan-3-1-n-moshi"),
        (["汕尾市", "汕尾"], "shanwei"),
        (["", "Alder Green"], "alder-green"),
        (["“”"], "case"),
    ],
)
def test_an_id_is_spelled_as_it_is_read(names: list[str], id: str) -> None:
    assert propose_id(names, ENDINGS, set()) == id


@given(st.lists(st.text(max_size=12), max_size=3), st.sets(st.sampled_from(["case", "jia", "jia-2", "a"])))
def test_whatever_the_names_the_id_is_free(names: list[str], taken: set[str]) -> None:
    assert is_free(propose_id(names, ENDINGS, taken), taken)


def test_ids_in_use_retired_or_refused_are_not_proposed_and_not_taken(content: Path, new: New) -> None:
    for id in ("sample", "hedong", "broken"):
        (content / "cases" / "broken.yml").write_text("name：坏\n", encoding="utf-8")
        before = (content / "cases" / f"{id}.yml").read_bytes()
        code, said = new("--name", "某案例", "--id", id)
        assert code == 1
        assert "mouanli" in said
        assert (content / "cases" / f"{id}.yml").read_bytes() == before


def test_addresses_of_generated_pages_and_names_of_devices_are_never_ids() -> None:
    for folder in ("cases", "sources"):
        taken = {path.partition("/")[2] for path, _, _ in SINGLE if path.startswith(f"{folder}/")}
        assert taken <= RESERVED
    assert not any(is_free(id, set()) for id in ("con", "lpt1", "index", "Ab", "a b", "", "-a", "甲"))


def test_nothing_is_overwritten_even_if_somebody_was_faster(content: Path) -> None:
    path = content / "cases" / "sample.yml"
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_content(path, b"new", new=True)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(".")] == []


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_file_is_written_whole_or_not_at_all(content: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """Also on a memory stick, which knows no links; it is on the disk, hidden beside its place, before it is there."""
    path, flushed, fsync = content / "cases" / "fresh.yml", [], os.fsync

    def unwilling(*_: object) -> None:
        raise PermissionError

    def flush(descriptor: int) -> None:
        assert [entry for entry in path.parent.iterdir() if entry.name.startswith(".fresh.yml.")]
        flushed.append(os.fstat(descriptor).st_size)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", flush)
    if not links:
        monkeypatch.setattr(os, "link", unwilling)
    write_content(path, b"one", new=True)
    assert path.read_bytes() == b"one" and stat.S_IMODE(path.stat().st_mode) == 0o644
    with pytest.raises(FileExistsError):
        write_content(path, b"again", new=True)
    path.chmod(0o640)
    write_content(path, b"second")  # what is there keeps its mode
    assert path.read_bytes() == b"second" and stat.S_IMODE(path.stat().st_mode) == 0o640
    monkeypatch.setattr(os, "replace", unwilling)
    with pytest.raises(PermissionError):
        write_content(path, b"third")
    assert path.read_bytes() == b"second" and flushed == [3, 5, 6, 5]
    assert [entry.name for entry in path.parent.iterdir() if entry.name.startswith(".")] == []


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp")), min_size=1, max_size=20))
def test_a_value_comes_back_as_it_was_given(value: str) -> None:
    """Signs that mean something to YAML are put in quotes, others stay as they are."""
    text = value.strip()
    node, problems = parse(f"key: {value_text(text)}\n".encode(), "")
    if text and all(problem.rule.startswith("yaml-") for problem in problems):
        assert not problems
        assert node is not None
        assert plain(node) == {"key": text}


def test_a_wrong_rank_or_no_name_is_told_and_nothing_is_written(content: Path, new: New) -> None:
    before = sorted(content.rglob("*"))
    assert new("--name", "某案例", "--place", "shire=甲")[0] == 1
    code, said = new()
    assert (code, said.strip()) == (1, phrase("new-nameless", "zh"))
    assert sorted(content.rglob("*")) == before


# A source.


def test_a_source_is_measured_from_its_archived_text(content: Path, new: New, tmp_path: Path) -> None:
    """Nobody counts characters: what verify will compare is filled in from the file."""
    text = "石岩老街\n\n  议事会 成立。\n"
    archived = tmp_path / "原文.txt"
    archived.write_text(text, encoding="utf-8")
    assert new("source", "--title", "石岩老街", "--file", str(archived))[0] == 0
    known = data(written(content))
    assert isinstance(known, dict)
    assert known["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert (known["lines"], known["characters"], known["line_characters"]) == ("3", "10", ["4", "0", "6"])
    wanted = {name for name, field in Source.model_fields.items() if field.is_required()}
    assert {p.values["key"] for p in problems_of(content)} <= wanted
    assert new("source", "--title", "另一篇", "--file", str(tmp_path / "没有.txt"))[0] == 1


# At a terminal.


def test_a_person_is_led_through_and_may_slip(content: Path) -> None:
    """A wrong answer is told why and asked again; a choice is given by its number, its id or its label."""
    taken = data(BASE / "cases" / "sample.yml")
    assert isinstance(taken, dict)
    keys = [
        taken["name"],
        "石岩街坊议事会",
        "石岩村街坊议事会",
        "case",
        "",
        "qinghe-report",
        "开头",
        "3到9行",
        "云山省",
    ]
    keys += [""] * (len(_ranks(content)) - 2) + ["石岩村", "不知道", "village", "running", "Shi Yan", ""]
    arguments = ["new", "--content", str(content), "--lang", "zh"]
    code, shown = at_a_terminal(arguments, "\n".join(keys) + "\n")
    assert code == 0, shown
    known = data(written(content))
    assert isinstance(known, dict)
    assert written(content).stem == "shiyan-jiefangyishi"
    assert (known["name"], known["kind"], known["status"]) == ("石岩街坊议事会", "case", "running")
    assert known["sources"] == [{"source": "qinghe-report", "locator": "L3-L9"}]
    assert known["level"] == {"term": "village"}
    for again in ("已经", "开头", "不知道" if "不知道" in shown else "village", "Shi Yan"):
        assert again in shown
    assert shown.count(phrase("new-again", "zh")) == 4
    assert phrase("new-written", "zh", path="x").partition("x")[0] in shown


def test_a_person_who_goes_away_leaves_nothing_behind(content: Path) -> None:
    before = sorted(content.rglob("*"))
    code, shown = at_a_terminal(["new", "--content", str(content), "--lang", "en"], "Withy Bottom\n\x04\x03")
    assert code == 1
    assert phrase("new-stopped", "en") in shown
    assert sorted(content.rglob("*")) == before
