"""A content folder as a hostile pull request may leave it: nothing outside is read, written, published or commanded."""

import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from build import checked
from casebook import folder as reader
from casebook.characters import MAX_BYTES
from casebook.folder import read_content
from tests.conftest import ROOT
from tests.hostile import BASE

SECRET = "the-secret-of-another-folder"
NAMES = (
    "::error::pwned.yml",
    "::set-output name=x::y.yml",
    " ::warning::pwned.yml",
    "##[error]pwned.yml",
    "##vso[task.setvariable variable=x]y.yml",
    "a\n::error::pwned.yml",
    "a\r::error::pwned.yml",
    "a%0A::error::pwned.yml",
    "\x1b[31mred.yml",
    "\x9b31mred.yml",
    "\x1b]0;title\x07.yml",
    "bidi\u202egpj.yml",
    "blank .yml",
    "-rf.yml",
    "section_start:1700000000:x.yml",
    "'; rm -rf ~.yml",
    "$(touch pwned).yml",
    "`touch pwned`.yml",
    "{{ config }}.yml",
    "<script>alert(1)<script>.yml",
    "[x](javascript:alert(1)).yml",
    "Sample.yml",
    "SAMPLE.YML",
    "sample.yml ",
    "sample.yaml",
    ".hidden.yml",
    "..yml",
    "con.yml",
    "x" * 250 + ".yml",
)
COMMAND = re.compile(r"^\s*::|##\[|##vso|section_(?:start|end):", re.MULTILINE)


def put(content: Path) -> None:
    """Fill a good content folder with everything that must not be there. What a system cannot make is left out."""
    outside = content.parent / "outside"
    outside.mkdir()
    (outside / "secret.yml").write_text(f"name: {SECRET}\n", encoding="utf-8")
    (outside / "cases").mkdir()
    (outside / "cases" / "secret.yml").write_text(f"name: {SECRET}\n", encoding="utf-8")
    links = {
        "cases/link.yml": outside / "secret.yml",
        "cases/upwards.yml": Path("../../outside/secret.yml"),
        "cases/passwords.yml": Path("/etc/passwd"),
        "cases/endless.yml": Path("/dev/zero"),
        "cases/loop.yml": Path("loop.yml"),
        "cases/nowhere.yml": Path("nowhere"),
        "cases/folder": outside,
        "cases/.gitkeep": Path("/"),
        "cases/Thumbs.db": outside,
        "comparisons": outside / "cases",
        "up": Path(".."),
        "index.md": outside / "secret.yml",
        ".DS_Store": outside,
    }
    for path, target in links.items():
        (content / path).symlink_to(target)
    os.mkfifo(content / "cases" / "pipe.yml")
    os.mkfifo(content / "method.md")
    with socket.socket(socket.AF_UNIX) as bound, suppress(OSError):  # a path that is too long for this system
        bound.bind(str(content / "cases" / "socket.yml"))
    with suppress(OSError):  # only root makes devices
        os.mknod(content / "cases" / "device.yml", stat.S_IFCHR | 0o666, os.makedev(1, 5))
    for name in NAMES:
        for place in (content, content / "cases"):
            (place / name).write_text(f"name: {SECRET}\n", encoding="utf-8")
    (Path(os.fsencode(content / "cases").decode()) / os.fsdecode(b"\xff\xfe.yml")).write_bytes(b"name: x\n")
    (content / ".git").mkdir()
    (content / ".git" / "config").write_text(SECRET, encoding="utf-8")
    (content / "sources" / ".git").write_text("gitdir: ../../outside\n", encoding="utf-8")
    (content / "vocabulary" / "submodule").mkdir()
    (content / "a" / "b" / "c" / ("d" * 200)).mkdir(parents=True)
    (content / "contributing.md").mkdir()
    (content / "CASES").mkdir()
    (content / "CASES" / "sample.yml").write_text(f"name: {SECRET}\n", encoding="utf-8")
    with (content / "cases" / "sparse.yml").open("wb") as sparse:
        sparse.truncate(50 * 2**30)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a content folder, beside a folder that is none of its business."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has neither pipes nor links")
    content = tmp_path_factory.mktemp("tree") / "content"
    shutil.copytree(BASE, content)
    put(content)
    return content


def told(*arguments: str) -> subprocess.CompletedProcess[str]:
    """`build.py …` as a CI system runs it: its standard streams hold bytes; a pipe that is waited for would hang it."""
    command = [sys.executable, str(ROOT / "build.py"), *arguments, "--lang", "en"]
    env = {**os.environ, "PYTHONIOENCODING": "utf-8:strict"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300)


def everything(folder: Path) -> Iterator[tuple[str, int, int, int]]:
    """What can be known of a folder without opening anything in it."""
    for here, folders, files in os.walk(folder):
        for name in (*folders, *files):
            about = os.lstat(os.path.join(here, name))
            yield os.path.join(here, name), about.st_mode, about.st_size, about.st_mtime_ns


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "--format", "json"], ["build", "--out", "OUT"]],
    ids=lambda given: " ".join(given),
)
def test_a_hostile_tree_is_refused_and_nothing_else_happens(
    hostile: Path, arguments: list[str], tmp_path: Path
) -> None:
    """No traceback, no hang, no word of what lies outside, no command to whatever reads the log, no file anywhere."""
    before = set(everything(hostile.parent))
    out = tmp_path / "site"
    done = told(*(str(out) if each == "OUT" else each for each in arguments), "--content", str(hostile))
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "root:" not in done.stdout + done.stderr
    assert not COMMAND.search(done.stdout + done.stderr)
    assert all(sign.isprintable() or sign == "\n" for sign in done.stdout + done.stderr)
    assert set(everything(hostile.parent)) == before
    assert list(tmp_path.iterdir()) == []


def test_every_intruder_is_named(hostile: Path) -> None:
    """A file that is not read is not passed over in silence; what is said names it so that it can be found."""
    files, problems = read_content(hostile)
    named = {problem.path for problem in problems}
    known = {path.relative_to(BASE).as_posix() for path in BASE.rglob("*") if path.is_file()}
    folders = [hostile / name for name in reader.FOLDERS if (hostile / name).is_dir() and name != "comparisons"]
    for entry in {*hostile.iterdir(), *(each for folder in folders for each in folder.iterdir())} - set(folders):
        path = entry.relative_to(hostile).as_posix()
        assert (path in named) != (path in files), path
    assert known <= set(files)
    assert set(files) - known <= {f"cases/{name}" for name in NAMES if name.endswith(".yml")} | {
        os.fsdecode(b"cases/\xff\xfe.yml"),
        "cases/sparse.yml",
    }
    assert max(map(len, files.values())) <= MAX_BYTES + 1
    assert {(problem.line, problem.column) for problem in problems} == {(0, 0)}
    rules = {problem.path: problem.rule for problem in problems}
    assert {"folder-unexpected", "file-not-regular", "file-unexpected"} == set(rules.values())
    for path in ("vocabulary/submodule", ".git", "CASES", "a", "contributing.md"):
        assert rules[path] == "folder-unexpected"
    for path in ("cases/link.yml", "cases/folder", "cases/Thumbs.db", "comparisons", "cases/pipe.yml", ".DS_Store"):
        assert rules[path] == "file-not-regular"
    for path in ("sources/.git", "cases/sample.yaml", "-rf.yml"):
        assert rules[path] == "file-unexpected"


def test_paths_in_records_are_those_of_the_files(hostile: Path) -> None:
    """A program that reads the records finds each file by its path, however it is called."""
    done = told("check", "--format", "json", "--content", str(hostile))
    paths = {record["path"] for record in json.loads(done.stdout)["problems"]}
    given = {os.path.relpath(hostile / problem.path, ROOT) for problem in read_content(hostile)[1]}
    assert given <= paths


def test_a_tree_of_ten_thousand_files_is_told_of_file_by_file(tmp_path: Path) -> None:
    """Too many is no way to hide one, nor to stop the check."""
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    for number in range(10_000):
        (content / "cases" / f"::error::{number}.yml").write_bytes(b"name: x\n")
    done = told("check", "--content", str(content))
    assert done.returncode == 1
    assert done.stdout.count("error[file-name-not-an-id]") == 10_000
    assert not COMMAND.search(done.stdout)


@pytest.mark.parametrize(
    ("path", "may"),
    [
        *((path, True) for path in ("site.yml", "index.md", "method.md", "contributing.md", "cases/a.yml")),
        *((path, True) for path in ("sources/a.yml", "omissions/a.yml", "vocabulary/a.yml", "comparisons/a.md")),
        *((path, False) for path in ("a.yml", "a.md", "Index.md", "cases/a.md", "cases/a/a.yml", "a/cases/a.yml")),
        *((path, False) for path in ("comparisons/a.yml", "cases/index.md", "cases", "")),
    ],
)
def test_a_content_folder_holds_what_it_is_documented_to_hold(path: str, may: bool) -> None:
    assert reader.expected(path) == may


def test_only_what_is_rendered_is_published(tmp_path: Path) -> None:
    """A file that a file manager left in a content folder does not travel with the site."""
    content, out = tmp_path / "content", tmp_path / "site"
    shutil.copytree(BASE, content)
    for name in (".DS_Store", "Thumbs.db", ".gitkeep"):
        (content / name).write_text(SECRET, encoding="utf-8")
        (content / "cases" / name).write_text(SECRET, encoding="utf-8")
    done = told("build", "--content", str(content), "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    assert read_content(content)[1] == []
    published = [path for path in out.rglob("*") if path.is_file()]
    assert published
    assert not {path.name for path in published} & set(reader.IGNORED)
    assert not [path for path in published if SECRET.encode() in path.read_bytes()]


def test_a_content_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    """Neither by `check` nor by `build`."""
    (tmp_path / "content").symlink_to(BASE)
    for arguments in (["check"], ["build", "--out", str(tmp_path / "site")]):
        done = told(*arguments, "--content", str(tmp_path / "content"))
        assert done.returncode == 1
        assert "error[content-folder-missing]" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["content"]


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong permissions, or a file that becomes a pipe or a link, even to a good file, while it is looked at."""
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    opened = os.open

    def unwilling(path: str, flags: int, mode: int = 0o777) -> int:
        if Path(path).name == "hedong.yml":
            raise PermissionError(13, "Permission denied")
        if Path(path).name == "shangxi.yml":
            os.unlink(path)
            os.mkfifo(path)
        if Path(path).name == "qinghe.yml":
            os.unlink(path)
            os.symlink(BASE / "cases" / "qinghe.yml", path)
        return opened(path, flags, mode)

    monkeypatch.setattr(os, "open", unwilling)
    found = {problem.path: problem for problem in read_content(content)[1]}
    assert {path: (problem.line, problem.column, problem.rule) for path, problem in found.items()} == {
        "cases/hedong.yml": (0, 0, "file-unreadable"),
        "cases/qinghe.yml": (0, 0, "file-unreadable"),
        "cases/shangxi.yml": (0, 0, "file-not-regular"),
    }
    assert "Permission denied" in found["cases/hedong.yml"].message("en")


def test_a_folder_that_cannot_be_listed_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    listed = os.scandir

    def unwilling(path: Path) -> object:
        if Path(path).name == "cases":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", unwilling)
    assert [(p.path, p.line, p.column, p.rule) for p in read_content(content)[1]] == [
        ("cases", 0, 0, "file-unreadable")
    ]


@pytest.mark.parametrize("more", [0, 1])
def test_a_file_is_read_whole_or_refused_as_too_large(tmp_path: Path, more: int) -> None:
    """Never a part of it, as if that were all."""
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    case = (content / "cases" / "sample.yml").read_bytes()
    row = b"# " + b"x" * 97 + b"\n"
    filled = case + row * ((MAX_BYTES - len(case)) // len(row))
    filled += b"#" * (MAX_BYTES - len(filled) + more)
    (content / "cases" / "sample.yml").write_bytes(filled)
    assert read_content(content)[0]["cases/sample.yml"] == filled
    assert [p.rule for p in checked(content).problems] == ["yaml-file-too-large"] * more
