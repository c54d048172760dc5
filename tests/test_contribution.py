"""From an untouched clone to the built site: a new case on a branch of its own, with the commands a person types."""

import html
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.previewing import preview

NAME = "石岩街坊议事会"
# What an editor types into the scaffold, in a hurry and with a Chinese keyboard: the empty line → what it becomes.
TYPED = {
    "title:": "title：石岩村街坊议事会",
    "summary:": "summary：遇事先由街坊商量，再交村民会议表决，办好以后张榜公布，三天内没有人反对才算数。"
    "原文写了怎样召集、怎样表决和怎样公布，没有写参加的人数、经费和办成了哪些事，也没有写从哪一年开始。",
    "  term:": "  term：ｖｉｌｌａｇｅ\n  inferred：True",
    "    name: 广东省": "　　　　name: 广东省\n    inferred: true",
    "    name: 佛山市": "    name: 佛山市\n    inferred:true",
    "status:": "status: Running　",
    "started:": "started: not_stated",
    "  date:": "  date: 2026年11月22日",
    "  by:": "  by: CB",
    "# observations:": "observations:\n"
    "  - {indicator: pop-unspecified，value: ２００００, unit: 人，counted: 街坊, locator: 第3行, as_stated: 约2万人}",
}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of the project as it stands here, on a branch for one contribution."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("this is no git repository")
    upstream, clone = tmp_path / "upstream", tmp_path / "clone"
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (upstream / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, upstream / name)
    git(upstream, "init", "--quiet", "--initial-branch=main")
    git(upstream, "add", "--all")
    commit(upstream, "As published")
    git(tmp_path, "clone", "--quiet", str(upstream), str(clone))
    git(clone, "switch", "--quiet", "--create", "shiyan")
    return clone


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def commit(folder: Path, message: str) -> None:
    person = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false"]
    git(folder, *person, "commit", "--quiet", "--message", message)


def build(folder: Path, *arguments: str) -> tuple[int, str]:
    """`python build.py …` as it is typed in the clone."""
    command = [sys.executable, "build.py", *arguments, "--lang", "zh"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def fill_in(case: Path) -> None:
    text = case.read_text(encoding="utf-8")
    for empty, typed in TYPED.items():
        assert text.count(f"\n{empty}\n") == 1, empty
        text = text.replace(f"\n{empty}\n", f"\n{typed}\n")
    case.write_bytes(text.replace("\n", "\r\n").encode())


def test_a_new_case_goes_from_the_first_question_to_its_page(clone: Path) -> None:
    """new → check → fix → serve → build → diff: only the new file is touched, and each step says what comes next."""
    where = ["--place", "province=广东省", "--place", "city=佛山市", "--source", "shunde-report", "--locator", "L3-L5"]
    code, said = build(clone, "new", "--name", NAME, *where)
    assert code == 0
    assert "build.py check" in said
    (changed,) = git(clone, "status", "--porcelain").splitlines()
    case = clone / changed.split()[1]
    assert case.name in said

    code, said = build(clone, "check")
    assert code == 1
    assert set(re.findall(r"error\[([a-z-]+)\]", said)) == {"empty-value", "stated-or-inferred"}
    assert set(re.findall(r"^(\S+\.yml):\d", said, re.MULTILINE)) == {case.relative_to(clone).as_posix()}

    fill_in(case)
    code, said = build(clone, "check")
    assert code == 1
    assert "build.py fix" in said
    before = case.read_bytes()
    code, shown = build(clone, "fix", "--dry-run")
    assert (code, case.read_bytes()) == (1, before)
    assert "+title: 石岩村街坊议事会" in shown
    assert build(clone, "fix", "--yes")[0] == 0
    assert build(clone, "check", "--strict")[0] == 0, build(clone, "check")[1]

    with preview(clone) as address, urllib.request.urlopen(f"{address}cases/{case.stem}.html") as shown_live:
        assert NAME in shown_live.read().decode()

    code, said = build(clone, "build")
    assert code == 0
    page = (clone / "site" / "cases" / f"{case.stem}.html").read_text(encoding="utf-8")
    assert NAME in page
    assert "约2万人" in page
    assert git(clone, "status", "--porcelain").splitlines() == [changed]

    git(clone, "add", str(case))
    commit(clone, "Add a case")
    assert git(clone, "diff", "--name-only", "main...shiyan").split() == [case.relative_to(clone).as_posix()]
    code, told = build(clone, "diff", "main", "--format", "markdown")
    assert code == 0
    assert NAME in html.unescape(told) and f"cases/{case.stem}.html" in html.unescape(told)
