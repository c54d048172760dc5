"""The guide for editors: its example is a real case file, its mistakes are told, its commands exist."""

import re
import shutil
from pathlib import Path

import pytest

from build import checked
from casebook.archive import read_archive
from casebook.commands import COMMANDS
from casebook.problems import Problem
from casebook.verify import verify
from tests.conftest import ROOT

GUIDE = (ROOT / "content" / "contributing.md").read_text(encoding="utf-8")
CASE, SOURCE, OMITTED = "cases/liuxi-sanshi-yiping.yml", "sources/liuxi-brief.yml", "omissions/liuxi-brief.yml"
BLOCKS = [(kind, text) for kind, text in re.findall(r"^```(\w+)\n(.*?)^```$", GUIDE, re.DOTALL | re.MULTILINE)]
TEXT = "".join(text for kind, text in BLOCKS if kind == "text")
RECORD, *PARTS, OMISSIONS = (text for kind, text in BLOCKS if kind == "yaml")
EXAMPLE = "".join(PARTS)

REAL = sorted(path.stem for path in (ROOT / "content" / "sources").glob("*.yml"))


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading."""
    section = GUIDE.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines[2:]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The real content with the case of the guide added."""
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content", folder)
    (folder / SOURCE).write_text(RECORD, encoding="utf-8")
    (folder / CASE).write_text(EXAMPLE, encoding="utf-8")
    (folder / OMITTED).write_text(OMISSIONS, encoding="utf-8")
    return folder


def test_the_example_of_the_guide_is_accepted_as_it_stands(content: Path) -> None:
    """Whoever follows the guide word for word has a case without an error or a warning."""
    assert checked(content).problems == []


def test_the_example_says_what_its_text_says(content: Path, tmp_path: Path) -> None:
    """Each phrase stands at its line, no number of the text was forgotten, and the record fits the text."""
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "liuxi.txt").write_text(TEXT, encoding="utf-8")
    corpus = checked(content).corpus
    assert corpus is not None
    texts, problems = read_archive(archive)
    # The real sources are elsewhere: each says so, and nothing else is said.
    found = [(p.path, p.rule) for p in verify(corpus, texts)]
    assert [*problems, *found] == [(f"sources/{id}.yml", "source-not-in-archive") for id in REAL]


@pytest.mark.parametrize(("wrong", "right", "said"), rows("常见的错"))
def test_a_common_mistake_is_told_at_its_line(content: Path, wrong: str, right: str, said: str) -> None:
    """The table of mistakes shows what the program really refuses, and what it really accepts."""
    line = next(n for n, text in enumerate(EXAMPLE.splitlines(), start=1) if right in text)
    (content / CASE).write_text(EXAMPLE.replace(right, wrong, 1), encoding="utf-8")
    found = [problem for problem in checked(content).problems if problem.path == CASE]
    assert line in {problem.line for problem in found}, said


def test_a_term_in_chinese_is_answered_with_its_id(content: Path) -> None:
    """Editors know the Chinese name; the id is offered."""
    wrong = EXAMPLE.replace("mechanism: points", "mechanism: 积分制")
    (content / CASE).write_text(wrong, encoding="utf-8")
    problems: list[Problem] = [p for p in checked(content).problems if p.path == CASE]
    assert any("points" in problem.remedy("zh") for problem in problems)


def test_every_command_of_the_guide_exists() -> None:
    """A renamed command is renamed in the guide as well."""
    named = set(re.findall(r"python build\.py (\w+)", GUIDE))
    assert named and named <= set(COMMANDS)


def test_the_guide_in_the_repository_is_that_of_the_site() -> None:
    """`make CONTRIBUTING.md` was not forgotten: the same guide, with links that lead nowhere taken out."""
    code = (ROOT / "docs" / "changing-the-code.md").read_text(encoding="utf-8")
    expected = re.sub(r"\[([^\]]*)\]\([a-z]+\.html[^)]*\)", r"\1", GUIDE) + code
    assert (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8") == expected
