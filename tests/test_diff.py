"""`diff`: what a change does to the data is told whole, in its place, and harmlessly; real git, real browser.

The repositories are made of the report on ponds, which is small and sound.
"""

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from build import checked
from casebook.changes import Changes, compare
from casebook.changes.align import EVIDENCE
from casebook.changes.moves import record_changes
from casebook.changes.records import records
from casebook.commands import main
from casebook.folder import read_content
from casebook.load import load
from casebook.problems import disarmed
from casebook.render.environment import open_templates
from casebook.review import FORMATS
from casebook.yamlfile import plain
from tests.conftest import ROOT, run

PONDS = ROOT / "tests" / "sites" / "ponds" / "content"
TEMPLATES = open_templates(ROOT / "templates")
FILES, _ = read_content(PONDS)
AUTHOR = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
# Git as the tests need it, whatever this machine's settings are, also when they run inside a hook.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | AUTHOR
ENVIRONMENT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
CJK = re.compile("[\u4e00-\u9fff]")
ALDER, LANE, REPORT = "cases/alder-green.yml", "cases/mill-lane.yml", "sources/fenshire-report.yml"

Capture = pytest.CaptureFixture[str]


def edited(*edits: tuple[str, str, str], files: Mapping[str, bytes] = FILES) -> dict[str, bytes]:
    """The files with these (path, old text, new text) carried out; each old text must be there."""
    found = dict(files)
    for path, old, new in edits:
        text = found.get(path, b"").decode()
        assert old in text, (path, old)
        found[path] = text.replace(old, new, 1).encode()
    return found


def changes(after: Mapping[str, bytes], before: Mapping[str, bytes] = FILES, pages: bool = False) -> Changes:
    found = compare((before, ()), (after, ()), TEMPLATES if pages else None)
    assert found is not None
    return found


def told(found: Changes) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(what, record, kind of part, its keys) of everything."""
    return [
        (change.what, "/".join(change.record.key), part.kind, tuple(field.key for field in part.fields))
        for change in found.records
        for part in change.parts
    ]


# ---------------------------------------------------------------- what is a change, and of which kind


FENCING = next(line for line in FILES[LANE].decode().splitlines(keepends=True) if "mechanism: fencing" in line)
KINDS = {
    "a value without its phrase": (
        [(ALDER, "value: 620, unit: tonnes", "value: 640, unit: tonnes")],
        [("changed", "case/alder-green", "unsupported", ("value",))],
    ),
    "a value with its phrase": (
        [(ALDER, "value: 35, unit", "value: 36, unit"), (ALDER, "as_stated: 35 vol", "as_stated: 36 vol")],
        [("changed", "case/alder-green", "value", ("value", "as_stated"))],
    ),
    "a phrase without its value": (
        [(ALDER, "as_stated: 620 tonnes of silt}\n  - {indicator", "as_stated: 620 tonnes}\n  - {indicator")],
        [("changed", "case/alder-green", "evidence", ("as_stated",))],
    ),
    "a place in the source": (
        [(LANE, "to begin with, locator: L11", "to begin with, locator: L12")],
        [("changed", "case/mill-lane", "evidence", ("locator",))],
    ),
    "a verdict": (
        [(LANE, "mechanism: fencing, verdict: present", "mechanism: fencing, verdict: planned")],
        [("changed", "case/mill-lane", "unsupported", ("verdict",))],
    ),
    "an absence that becomes a value": (
        [(LANE, "absent: redacted, counted: seed grant", 'value: "500", unit: pounds, counted: seed grant')],
        [("changed", "case/mill-lane", "unsupported", ("value", "absent", "unit"))],
    ),
    "what was left open": (
        [(ALDER, "unit: volunteers, as_of", "unit: volunteers, items: [Ann, Bob], as_of")],
        [("changed", "case/alder-green", "words", ("items",))],
    ),
    "our own words": (
        [(ALDER, "how: Two wardens have a weekly duty", "how: Two wardens have a duty each week")],
        [("changed", "case/alder-green", "words", ("how",))],
    ),
    "a term that was inferred": (
        [(LANE, "level: {term: by-parish, inferred", "level: {term: by-county, inferred")],
        [("changed", "case/mill-lane", "words", ("term",))],
    ),
    "a date without its phrase": (
        [(ALDER, 'started: {date: "2022-03"', 'started: {date: "2022-04"')],
        [("changed", "case/alder-green", "unsupported", ("date",))],
    ),
    "a part of a formula, cited by the formula": (
        [(ALDER, "part: five-pond, number: 5", "part: five-pond, number: 6")],
        [("changed", "case/alder-green", "unsupported", ("number",))],
    ),
    "a claim that is added": (
        [(LANE, "milestones:", 'milestones:\n  - {event: Digging, date: "2023", locator: L12, as_stated: taken out}')],
        [("changed", "case/mill-lane", "added", ())],
    ),
    "a claim that is removed": (
        [(LANE, FENCING, "")],
        [("changed", "case/mill-lane", "removed", ())],
    ),
    "a rank of the place": (
        [(LANE, "  country: {name: England, inferred: true}\n", "")],
        [("changed", "case/mill-lane", "removed", ())],
    ),
    "a note on a contradiction": (
        [(LANE, "review:", "audits:\n  - {rule: list-length, about: x, note: y}\nreview:")],
        [("changed", "case/mill-lane", "added", ())],
    ),
    "a source": (
        [(REPORT, "producer: ", "producer: The ")],
        [("changed", "source/fenshire-report", "words", ("producer",))],
    ),
    "a term": (
        [("vocabulary/mechanisms.yml", "label: Desilting", "label: Dredging")],
        [("changed", "term/mechanisms/desilting", "words", ("label",))],
    ),
    "an indicator": (
        [("vocabulary/indicators.yml", "label: Helpers", "label: Hands")],
        [("changed", "indicator/indicators/helpers", "words", ("label",))],
    ),
    "a unit": (
        [("vocabulary/units.yml", "{symbol: tonnes,", "{symbol: tonnes, also: [t],")],
        [("changed", "unit/units/tonnes", "words", ("also",))],
    ),
    "a formula under other evidence": (
        [
            (
                ALDER,
                "decoded: none, locator: L9, as_stated: the five-pond rule",
                "decoded: none, locator: L8, as_stated: five-pond",
            )
        ],
        [("changed", "case/alder-green", "evidence", ("locator", "as_stated"))],
    ),
    "a milestone at another date, in other words": (
        [
            (
                LANE,
                "date: 2022/2023, locator: L11, as_stated: fenced it in 2022 and 2023",
                "date: 2022, locator: L12, as_stated: in 2022",
            )
        ],
        [("changed", "case/mill-lane", "value", ("date", "locator", "as_stated"))],
    ),
    "the settings": ([("site.yml", "phrase: ", "phrase: 1")], [("changed", "site/site", "words", ("phrase",))]),
    "a page": ([("method.md", "\n", " \n\nAnother thought.\n")], [("changed", "page/method", "words", ("text",))]),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_change_is_told_as_what_it_is(name: str) -> None:
    """A reviewer sees a value that changed without its evidence, evidence without its value, and our words, apart."""
    edits, expected = KINDS[name]
    assert told(changes(edited(*edits))) == expected


def test_a_tile_map_is_compared_tile_by_tile() -> None:
    """It comes, it goes, and one of its tiles says something else."""
    tiles = b"maps:\n  - {name: England, tiles: [{name: Fenshire, label: Fen, row: 1, column: 1}]}\n"
    before = {**FILES, "vocabulary/tiles.yml": tiles}
    after = edited(("vocabulary/tiles.yml", "label: Fen,", "label: Fens,"), files=before)
    assert told(changes(after, before)) == [("changed", "tilemaps/tiles", "words", ("label",))]
    assert [(change.what, change.record.kind) for change in changes(before).records] == [("added", "tilemaps")]
    assert [(change.what, change.record.kind) for change in changes(FILES, before).records] == [("removed", "tilemaps")]


def test_the_order_of_a_list_is_a_change_of_order_alone() -> None:
    """Moving a finding up is neither a finding removed nor one added."""
    first = FILES[LANE].decode().split("findings:\n")[1].split("\n")[0] + "\n"
    after = edited((LANE, first, ""), (LANE, "observations:\n", first + "observations:\n"))
    [change] = changes(after).records
    assert [(field.key, field.order) for part in change.parts for field in part.fields] == [("findings", True)]


COMPARISON = b"""---
title: Silt
question: Who digs?
order: 1
cases: [alder-green, mill-lane]
dimensions:
  - {label: Who, data: actors}
review: {date: "2024-06-01", by: AB}
---

## Analysis

One thought.

## What follows

A second.
"""


def test_comparisons_and_omissions_are_compared_too() -> None:
    """Prose by its sections, columns by their labels, uncoded numerals by their phrases."""
    rows = "".join(f"  - {{locator: L{n}, phrase: {phrase}, reason: year}}\n" for n, phrase in ((1, "one"), (2, "two")))
    reasons = b"label: x\nlabel_en: x\nterms:\n  - {id: year, label: x, label_en: x, definition: x, use: x}\n"
    before = {**FILES, "comparisons/silt.md": COMPARISON, "vocabulary/omissions.yml": reasons}
    before["omissions/fenshire-report.yml"] = f"omissions:\n{rows}".encode()
    after = edited(
        ("comparisons/silt.md", "A second.", "A third."),
        ("comparisons/silt.md", "label: Who,", "label: By whom,"),
        ("omissions/fenshire-report.yml", "phrase: two,", "phrase: two of,"),
        files=before,
    )
    assert told(changes(after, before)) == [
        ("changed", "omissions/fenshire-report", "words", ("phrase",)),
        ("changed", "comparison/silt", "words", ("label",)),
        ("changed", "comparison/silt", "words", ("What follows",)),
    ]
    added = [(change.what, change.record.key) for change in changes(before).records]
    assert ("added", ("comparison", "silt")) in added and ("added", ("omissions", "fenshire-report")) in added


def test_a_renamed_case_is_one_case() -> None:
    """With a tombstone the old address lives on; without one it is still seen as the same case."""
    renamed = {**FILES, "cases/alder-pond.yml": FILES[ALDER]}
    without = {path: data for path, data in renamed.items() if path != ALDER}
    for after, stone in (({**renamed, ALDER: b"moved: alder-pond\n"}, "alder-pond"), (without, None)):
        [change] = changes(after).records
        ids = change.old and change.old.id, change.new and change.new.id
        assert (change.what, *ids, change.parts) == ("moved", "alder-green", "alder-pond", ())
        assert (change.stone and change.stone.tree["moved"]) == stone


def test_a_term_under_another_id_is_one_term() -> None:
    """So is any record whose content stayed."""
    renamed = ("vocabulary/mechanisms.yml", "id: fencing", "id: fences")
    found = changes(edited(renamed, (LANE, "mechanism: fencing", "mechanism: fences"))).records
    assert ("moved", "term", "mechanisms/fencing") in [(c.what, c.record.kind, c.old and c.old.id) for c in found]


def test_a_case_that_goes_says_what_is_left_of_it() -> None:
    """Withdrawn with a reason, divided, or gone without a trace."""
    for stone in ({"withdrawn": "the report was retracted"}, {"split": ("mill-lane", "pwll-bach")}, None):
        left = {ALDER: written(stone)} if stone else {}
        after = {path: data for path, data in FILES.items() if path != ALDER} | left
        [change] = changes(after).records
        assert change.what == "removed"
        assert (stone is None) == (change.stone is None)
        assert not stone or not change.stone or stone.items() <= change.stone.tree.items()


# ---------------------------------------------------------------- what follows from it


def test_what_follows_for_results_and_pages_is_told() -> None:
    """A value that may no longer be compared, a contradiction, and the pages and figures that show them."""
    after = edited(
        (ALDER, "pond, locator: L7, as_stated: covers", "pond, scope: the north, locator: L7, as_stated: covers"),
        (ALDER, "{indicator: helpers, value: 35,", "{indicator: helpers, items: [Ann, Bob], value: 35,"),
    )
    found = changes(after, pages=True)
    verdicts = {(v.point.case, v.point.observation.indicator): (v.old.verdict, v.new.verdict) for v in found.verdicts}
    assert verdicts[("alder-green", "water-area")] == ("care", "not")
    assert [(a.what, a.found.rule, a.acknowledged) for a in found.audits] == [("added", "list-length", False)]
    assert found.pages is not None
    pages = {page.address: page for page in found.pages}
    assert {"cases/alder-green.html", "indicators/water-area.html", "audits.html"} <= pages.keys()
    assert "sources/glanshire-newsletter.html" not in pages
    assert pages["indicators/water-area.html"].figures
    assert not pages["cases/alder-green.html"].figures


def test_pages_are_the_same_where_nothing_shows() -> None:
    """A date of review stands on the page of its case alone."""
    found = changes(edited((ALDER, 'date: "2024-06-01"', 'date: "2024-06-02"')), pages=True)
    assert found.pages is not None
    assert "cases/alder-green.html" in {page.address for page in found.pages}
    assert "cases/mill-lane.html" not in {page.address for page in found.pages}


# ---------------------------------------------------------------- what is none, by properties


def written(tree: Any, shuffled: random.Random | None = None) -> bytes:
    """A file that says `tree`; its keys in any order, between comments and empty lines."""

    def mixed(node: Any) -> Any:
        if isinstance(node, dict):
            keys = list(node)
            if shuffled:
                shuffled.shuffle(keys)
            return {key: mixed(node[key]) for key in keys}
        return [mixed(item) for item in node] if isinstance(node, list) else node

    lines = ["# a comment"]
    for key, value in mixed(tree).items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {json.dumps(item, ensure_ascii=False)}" for item in value), "", "# another"]
        else:
            lines.append(f"{key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join([*lines, ""]).encode()


CORPUS, _ = load(FILES)
assert CORPUS is not None
BEFORE = records(CORPUS)
TREES: dict[str, Any] = {path: plain(document.node) for path, document in CORPUS.documents.items()}
YAML = sorted(TREES)


@given(st.randoms(use_true_random=False))
@settings(max_examples=10)
def test_the_order_of_keys_comments_and_quotes_are_no_change(chance: random.Random) -> None:
    """Whatever a tool or a tidy editor does to the writing, the data have not changed."""
    after, problems = load({**FILES, **{path: written(tree, chance) for path, tree in TREES.items()}})
    assert after is not None and not problems
    assert record_changes(BEFORE, records(after)) == ()


def test_what_goes_without_saying_may_be_said() -> None:
    """A default that is written out, and the source that is meant anyway, are no change."""
    phrase = "locator: L6, as_stated: 35 volunteers"
    after = edited(
        (ALDER, phrase, f"status: reported, source: fenshire-report, {phrase}"),
        (ALDER, "related: [pwll-bach]", "related: ['pwll-bach']   "),
    )
    assert changes(after).none


def leaves(node: Any, loc: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in inner:
        yield from leaves(value, (*loc, step))
    if isinstance(node, str):
        yield loc


FIXED = frozenset("id symbol inferred kind status decoded direction factor interface standpoint".split())
LEAVES = [(path, loc) for path in YAML for loc in leaves(TREES[path]) if "moved" not in loc]
MENDED: dict[str, Callable[[str], str]] = {
    "locator": lambda old: old.replace("L", "L1"),
    "date": lambda old: "1999",
    "published": lambda old: "1999",
    "accessed": lambda old: "1999",
    "updated": lambda old: "1999-01-01",
    "as_of": lambda old: "1999",
    "value": lambda old: "12345",
    "verdict": lambda old: "planned" if old != "planned" else "present",
    "absent": lambda old: "not-checked",
    "comparable": lambda old: "false" if old == "true" else "true",
    "sha256": lambda old: "0" * 64,
}
"""How a value of a key becomes another that can be read; others get a letter more."""


def can_be_edited(path: str, loc: tuple[Any, ...]) -> bool:
    keys = [step for step in loc if isinstance(step, str)]
    # The first source of a case is meant by all its claims; lists of numbers have no values of their own.
    return keys[-1] not in FIXED and "sources" not in keys and keys[-1] not in ("same", "every", "lines", "started")


@given(st.sampled_from([leaf for leaf in LEAVES if can_be_edited(*leaf)]))
@settings(max_examples=80)
def test_one_edit_is_one_change(leaf: tuple[str, tuple[Any, ...]]) -> None:
    """Exactly what was edited is told, with both values, wherever in a file it stands."""
    path, loc = leaf
    tree = json.loads(json.dumps(TREES[path]))
    above = tree
    for step in loc[:-1]:
        above = above[step]
    key = next(step for step in reversed(loc) if isinstance(step, str))
    old = above[loc[-1]]
    number = old.isdigit() and key not in ("value", "name", "label")
    above[loc[-1]] = new = MENDED[key](old) if key in MENDED else str(int(old) + 1) if number else f"{old}x"
    # A value that its key does not take is refused: that is for another test.
    corpus, problems = load({**FILES, path: written(tree)})
    assume(corpus is not None and not problems)
    assert corpus is not None
    [change] = record_changes(BEFORE, records(corpus))
    assert change.what == "changed" and change.record.path == path
    [part] = change.parts
    [field] = part.fields
    # What a case's claims inherit (`source`) and a list of texts are told as the whole value.
    assert field.key == key and str(old) in str(field.old) and str(new) in str(field.new)
    assert (part.kind == "evidence") == (key in EVIDENCE and part.cited != (None, None)), part


# ---------------------------------------------------------------- a side that cannot be read whole


def test_a_file_that_cannot_be_read_is_named_and_the_rest_compared() -> None:
    """Nothing is told of a broken case as if it had been removed."""
    after = edited((ALDER, "status: running", "status: walking"), (LANE, "status: running", "status: ended"))
    found = changes(after, pages=True)
    assert found.unread == {ALDER}
    assert told(found) == [("changed", "case/mill-lane", "words", ("status",))]
    assert found.pages is None and not found.none


@pytest.mark.parametrize("path", ["site.yml", "vocabulary/indicators.yml", "vocabulary/units.yml"])
def test_a_broken_vocabulary_is_borrowed_from_the_other_side(path: str) -> None:
    """Cases can be compared although one side lacks what they refer to, whichever it is."""
    broken = {**edited((LANE, "status: running", "status: ended")), path: b"nonsense"}
    for before, after in ((FILES, broken), (broken, FILES)):
        found = changes(after, before)
        assert path in found.unread
        assert told(found) == [("changed", "case/mill-lane", "words", ("status",))]


# ---------------------------------------------------------------- git


@dataclass
class Repository:
    """A clone with the ponds in `folder`, committed on main."""

    path: Path
    folder: str = "content"

    @property
    def content(self) -> Path:
        return self.path / self.folder

    def git(self, *arguments: str, given: str = "") -> str:
        done = subprocess.run(
            ["git", "-C", str(self.path), *arguments],
            input=given,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def edit(self, *edits: tuple[str, str, str]) -> None:
        for path, data in edited(*edits, files=read_content(self.content)[0]).items():
            (self.content / path).write_bytes(data)

    def commit(self, message: str = "x") -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def diff(self, *arguments: str) -> int:
        return main(checked, ROOT, ["diff", "--content", str(self.content), "--lang", "en", "--no-pages", *arguments])


Make = Callable[..., Repository]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(folder: str = "content") -> Repository:
        repository = Repository(tmp_path / "clone", folder)
        shutil.copytree(PONDS, repository.content)
        repository.git("init", "-q", "-b", "main")
        repository.commit()
        return repository

    return made


@pytest.fixture
def repository(make: Make) -> Repository:
    return make()


VALUE = (ALDER, "value: 620, unit: tonnes", "value: 640, unit: tonnes")
TOLD = "620 tonnes → 640 tonnes"


def test_the_working_folder_is_compared_with_where_it_left_main(repository: Repository, capsys: Capture) -> None:
    """On a branch, what main gained meanwhile is not told as if the branch had undone it."""
    repository.git("switch", "-q", "-c", "branch")
    repository.edit(VALUE)
    repository.commit()
    repository.git("switch", "-q", "main")
    repository.edit((LANE, "status: running", "status: ended"))
    repository.commit()
    repository.git("switch", "-q", "branch")
    repository.edit((ALDER, "role: led the works", "role: paid the works"))
    assert repository.diff() == 0
    text = capsys.readouterr().out
    assert TOLD in text and "led the works → paid the works" in text and "mill-lane" not in text
    assert repository.diff("main") == 0
    assert "mill-lane" in capsys.readouterr().out


def test_two_revisions_are_compared_without_the_folder(repository: Repository, capsys: Capture) -> None:
    """By any name git knows: a commit, a tag, a parent, a detached head."""
    first = repository.git("rev-parse", "HEAD")
    repository.edit(VALUE)
    second = repository.commit()
    repository.git("tag", "changed")
    repository.git("switch", "-q", "--detach", first)
    (repository.content / LANE).unlink()
    for base, head in ((first, second), ("changed~1", "changed"), ("HEAD", "main")):
        assert repository.diff(base, "--head", head) == 0
        text = capsys.readouterr().out
        assert TOLD in text and "mill-lane" not in text
    assert repository.diff("changed") == 0
    assert "640 tonnes → 620 tonnes" in capsys.readouterr().out


def test_no_change_says_so_in_both_languages(repository: Repository, capsys: Capture) -> None:
    """And it is no error."""
    repository.edit((ALDER, "status: running\n", "# a comment\nstatus:   running\n"))
    assert repository.diff() == 0
    assert "No data change." in capsys.readouterr().out
    assert repository.diff("--lang", "zh", "--format", "markdown") == 0
    assert "数据没有变化" in capsys.readouterr().out


def test_a_shallow_clone_compares_what_it_has(repository: Repository, tmp_path: Path, capsys: Capture) -> None:
    """Continuous integration fetches one commit: the comparison with it works, older ones are named as unknown."""
    first = repository.git("rev-parse", "HEAD")
    repository.edit(VALUE)
    repository.commit()
    repository.git("clone", "-q", "--depth", "1", repository.path.as_uri(), str(tmp_path / "shallow"))
    shallow = Repository(tmp_path / "shallow")
    shallow.edit((LANE, "status: running", "status: ended"))
    assert shallow.diff() == 0
    assert "mill-lane" in capsys.readouterr().out
    assert shallow.diff(first) == 1
    assert "no revision" in capsys.readouterr().out


@pytest.mark.parametrize("folder", ["内容 文件夹/the content", "a\nb", "-x", "[a]*"])
def test_a_folder_may_have_any_name(make: Make, capsys: Capture, folder: str) -> None:
    """Spaces, Chinese, line breaks, and what git would take for an option or a pattern."""
    repository = make(folder)
    repository.edit(VALUE)
    assert repository.diff() == 0
    text = capsys.readouterr().out
    assert TOLD in text and "alder-green.yml" in text


def test_strange_entries_of_a_tree_are_named_and_never_followed(
    repository: Repository, tmp_path: Path, capsys: Capture
) -> None:
    """Symbolic links, submodules and odd names are told; what a link points at is not read."""
    (tmp_path / "secret.yml").write_bytes(FILES[LANE].replace(b"Mill Lane", b"A secret"))
    (repository.content / "cases" / "linked.yml").symlink_to(tmp_path / "secret.yml")
    (repository.content / LANE).unlink()
    (repository.content / LANE).symlink_to(tmp_path / "secret.yml")
    (repository.content / "cases" / "池 塘\n::error::x.yml").write_bytes(FILES[LANE])
    repository.git("add", "-A")
    head = repository.git("rev-parse", "HEAD")
    repository.git("update-index", "--add", "--cacheinfo", f"160000,{head},content/cases/module.yml")
    repository.git("commit", "-q", "-m", "x")
    assert repository.diff("HEAD~1", "--head", "HEAD") == 0
    text = capsys.readouterr().out
    assert "secret" not in text and "ordinary file" in text and "池 塘<U+000A>::error::x.yml" in text
    assert all(f"cases/{name}.yml" in text for name in ("linked", "module", "mill-lane"))
    assert "Removed" not in text
    assert repository.diff("HEAD~1") == 0
    assert "secret" not in capsys.readouterr().out


PROGRAMS = """core.fsmonitor core.pager core.editor core.sshCommand diff.external diff.x.textconv filter.x.smudge
filter.x.clean alias.ls-tree credential.helper""".split()


def test_nothing_that_a_repository_names_is_run(repository: Repository, tmp_path: Path, capsys: Capture) -> None:
    """Settings of a clone can name programs for many occasions; this is none of them."""
    (repository.path / ".gitattributes").write_text("* diff=x filter=x\n")
    repository.commit()
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{tmp_path}/sprung'\ncat\n")
    trap.chmod(0o755)
    for name in PROGRAMS:
        repository.git("config", name, str(trap))
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        shutil.copy(trap, repository.path / ".git" / "hooks" / name)
    repository.edit(VALUE)
    assert repository.diff() == 0
    assert TOLD in capsys.readouterr().out
    assert not (tmp_path / "sprung").exists()
    repository.git("status")  # the trap is no dummy
    assert (tmp_path / "sprung").exists()


def test_a_replaced_object_deceives_nobody(repository: Repository, capsys: Capture) -> None:
    """What is compared are the commits themselves, whatever `refs/replace` says of them."""
    first = repository.git("rev-parse", "HEAD")
    repository.edit(VALUE)
    second = repository.commit()
    repository.git("replace", first, second)
    assert repository.diff(first, "--head", second) == 0
    assert TOLD in capsys.readouterr().out


def test_content_that_is_not_in_the_clone_is_named(repository: Repository, capsys: Capture) -> None:
    """As in a clone that left files out to be fetched when needed: nothing is fetched, nothing is taken for removed."""
    blob = repository.git("rev-parse", f"HEAD:content/{ALDER}")
    (repository.path / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    assert repository.diff() == 1
    assert f"does not have the content of “{ALDER}”" in capsys.readouterr().out


@pytest.mark.parametrize(
    "revision", ["nowhere", "--output=x", "-h", "HEAD\nmain", "HEAD:content", "@{u}", "a..b", "^HEAD"]
)
def test_an_unknown_revision_is_told_kindly(repository: Repository, capsys: Capture, revision: str) -> None:
    """Also where it is no revision at all but an option, a file or two of them."""
    for language, words in (("en", "no revision"), ("zh", "没有")):
        assert repository.diff("--lang", language, f"--head={revision}") == 1
        assert words in capsys.readouterr().out


def test_what_stands_in_the_way_is_told_in_both_languages(
    repository: Repository, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No repository, no commit, no folder, no git, no place to write: a message and exit code 1, no traceback."""
    bare = Repository(tmp_path / "plain")
    shutil.copytree(PONDS, bare.content)
    monkeypatch.setenv("GIT_DIR", str(repository.path / ".git"))  # as inside a hook of another repository

    def refused(content: Path, *more: str) -> str:
        said = []
        for language in ("en", "zh"):
            asked = ["diff", "--content", str(content), "--lang", language, "--no-pages", *more]
            assert main(checked, ROOT, asked) == 1
            said.append(capsys.readouterr().out)
        assert CJK.search(said[1]) and not CJK.search(said[0])
        return said[0]

    assert "no git repository" in refused(bare.content)
    bare.git("init", "-q")
    assert "no commit" in refused(bare.content)
    assert "content folder" in refused(repository.path / "nothing")
    assert "Cannot write" in refused(repository.content, "--out", str(tmp_path / "no" / "where.md"))
    (repository.content / "site.yml").write_text("nonsense")
    repository.commit()
    assert "nothing to compare" in refused(repository.content)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git was not found" in refused(repository.content)


# ---------------------------------------------------------------- reports that harm nobody


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "](javascript:alert(1)) [x](https://evil.example)",
    "@everyone and #1",
    "::error file=a::b ##[error]c",
    "`` ``` ~~~ <!-- -->",
    "</code></td><script>alert(1)</script>",
    "{{ 7 * 7 }} {% raw %} ${{ secrets.X }} &lt;b&gt;",
    "www.evil.example https://evil.example a@b.example",
    "| a | b | *x* _y_ $z$",
)


@pytest.fixture
def hostile(repository: Repository) -> Repository:
    """A change that says such things wherever an editor may say anything, the name of a file included."""
    texts = [json.dumps(text) for text in HOSTILE]
    edits = [
        (ALDER, "role: led the works", f"role: {texts[0]}"),
        (ALDER, "how: Two wardens have a weekly duty", f"how: {texts[1]}"),
        (ALDER, "role: read the gauge", f"role: {texts[2]}"),
        (ALDER, "title: Fenshire Parish of the Year", f"title: {texts[3]}"),
        (LANE, "as_stated: taken out by over 60 volunteers", f"as_stated: {texts[3]}"),
        (LANE, "counted: seed grant", f"counted: {texts[4]}"),
        (LANE, "role: fenced the pond", f"role: {texts[5]}"),
        (LANE, "how: Wardens look after the pond", f"how: {texts[6]}"),
        (LANE, "event: Fencing", f"event: {texts[7]}"),
        (LANE, "name: the farmer", f"name: {texts[8]}"),
        ("method.md", "\n", "\n\n::error::boom\n##[error]boom\n<script>alert(1)</script>\n"),
    ]
    repository.edit(*edits)
    (repository.content / "cases" / "::error::<b>@x`.yml").write_text("name: x\n")
    return repository


def test_markdown_is_inert_on_any_forge(hostile: Repository, capsys: Capture) -> None:
    """No tag, link, image, mention or table of the editor's; every value is read as it was written."""
    assert hostile.diff("--format", "markdown") == 0
    text = capsys.readouterr().out
    html = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert set(re.findall(r"<(\w+)", html)) <= set("h2 h3 p ul li code table thead tbody tr th td".split())
    outside = re.sub(r"<code>.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"[@`\[\]{}]|evil|alert|javascript|www|boom|https?:", outside)
    shown = [re.sub("<.*?>", "", code) for code in re.findall(r"<code>(.*?)</code>", html, re.DOTALL)]
    assert "@everyone and #1" in shown and "&lt;img src=x onerror=alert(1)&gt;" in shown
    assert not [line for line in text.splitlines() if line.lstrip().startswith(("::", "##["))]


def test_text_gives_no_command_to_a_runner_or_a_terminal(hostile: Repository, capsys: Capture) -> None:
    """Lines that a workflow's log would obey, and escape sequences."""
    assert hostile.diff() == 0
    text = capsys.readouterr().out
    assert "boom" in text and "<img src=x onerror=alert(1)>" in text
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::") or "##[" in line]
    assert all(character.isprintable() or character == "\n" for character in text)


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(252, 251, 248)"), ("dark", "rgb(23, 22, 20)")])
def test_the_page_is_inert_and_fits_any_screen(
    hostile: Repository, browser: Browser, tmp_path: Path, scheme: Literal["light", "dark"], paper: str
) -> None:
    """Opened in a browser: nothing runs, nothing is asked of the network, nothing is wider than the screen."""
    out = tmp_path / "report.html"
    assert hostile.diff("--format", "html", "--out", str(out)) == 0
    page = browser.new_context(color_scheme=scheme, offline=True).new_page()
    heard: list[str] = []
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on("console", lambda message: heard.append(message.text))
    page.on("request", lambda request: heard.append(request.url))
    page.goto(out.as_uri())
    assert heard == [out.as_uri()]
    assert page.locator("script, img, iframe, object, form, [onerror], link").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    body = page.inner_text("body")
    assert [text for text in HOSTILE if disarmed(text) not in body] == []
    links = page.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links and all(link.startswith(("#", "https://git.example.org/casebook/blob/")) for link in links)
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.close()


def test_a_comment_is_never_longer_than_sixty_lines(repository: Repository, capsys: Capture) -> None:
    """Of 200 changes it tells how many there are, samples of each kind, and how many more; the page has all."""
    claim = (
        "indicator: helpers, value: {0}, unit: volunteers, counted: crew {1}, locator: L6, as_stated: {0} volunteers"
    )
    row = f"  - {{{{{claim}}}}}\n"
    lines = [row.format(value, value) for value in range(100, 260)]
    repository.edit((LANE, "observations:\n", "observations:\n" + "".join(lines)))
    base = repository.commit()
    changed = [row.format(value, value).replace(f"value: {value}", f"value: {value + 1}") for value in range(100, 260)]
    repository.edit(*((LANE, old, new) for old, new in zip(lines, changed, strict=True)))
    for number in range(40):
        (repository.content / "cases" / f"new-{number}.yml").write_bytes(
            FILES[LANE].replace(b"Mill Lane", f"New {number}".encode(), 1)
        )
    assert repository.diff(base, "--format", "markdown") == 0
    text = capsys.readouterr().out
    assert text.count("\n") <= 60 and len(text) < 65_536
    samples = text.count("- <code>Mill Lane")
    assert 0 < samples < 160 and "· 160" in text and f"and {160 - samples} more" in text
    assert repository.diff(base, "--format", "html") == 0
    assert capsys.readouterr().out.count('class="part part-unsupported"') == 160


def test_a_report_names_the_unit_the_source_and_the_line(repository: Repository, capsys: Capture) -> None:
    """What a reviewer needs to look it up."""
    repository.edit(VALUE)
    line = 1 + repository.content.joinpath(ALDER).read_text().split("value: 640")[0].count("\n")
    for form in FORMATS:
        assert repository.diff("--format", form) == 0
        text = unescape(capsys.readouterr().out)
        for said in (
            f"content/{ALDER}:{line}",
            "640 tonnes",
            "Fenshire Ponds Programme",
            "line 6",
            "620 tonnes of silt",
        ):
            assert said in text
        assert "Value or verdict changed, evidence did not" in text


def test_the_command_compares_pages_of_the_real_content(tmp_path: Path) -> None:
    """As continuous integration runs it, in the project's folder, against the last commit."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git repository: the source was unpacked from an archive")
    out = tmp_path / "diff.md"
    done = run("diff", "HEAD", "--format", "markdown", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr
    assert out.read_text(encoding="utf-8").startswith("## 数据改动\n")
