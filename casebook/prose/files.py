"""A comparison's file: front matter between two lines of `---`, then prose under second-level headings."""

import re

from casebook.characters import check, decode
from casebook.model.comparison import Section
from casebook.problems import Problem
from casebook.yamlfile import Node, parse

FENCE = "---"
MAX_PROSE = 20_000
HEADING = re.compile(r"##(?!#)\s*(.*?)\s*#*\s*$")


def read(data: bytes, path: str) -> tuple[Node | None, tuple[Section, ...], list[Problem]]:
    """The tree of the front matter and the sections of the prose; all positions are those of the file."""
    text, problems = decode(data, path)
    if text is None:
        return None, (), problems
    lines = text.split("\n")
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() == FENCE), None)
    if lines[0].rstrip() != FENCE or end is None:
        return None, (), [*problems, Problem(path, 1, 1, "front-matter-missing")]
    node, found = parse(("\n" + "\n".join(lines[1:end]) + "\n").encode(), path)
    problems += found
    problems += check("\n" * (end + 1) + "\n".join(lines[end + 1 :]), path)[1]
    sections, stray = _sections(lines, end + 1)
    if stray is not None:
        problems.append(Problem(path, stray + 1, 1, "prose-outside-parts", {"text": lines[stray].strip()}))
    for section in sections:
        problems += too_long(section.text, path, section.line)
    return node, sections, problems


def too_long(text: str, path: str, line: int) -> list[Problem]:
    """Markdown of any length would be rendered, and some of it takes the square of its length."""
    values = {"length": str(len(text)), "most": str(MAX_PROSE)}
    return [Problem(path, line, 1, "prose-too-long", values)] if len(text) > MAX_PROSE else []


def _sections(lines: list[str], start: int) -> tuple[tuple[Section, ...], int | None]:
    """The sections, and the row of the first line that stands in none."""
    heads = [row for row in range(start, len(lines)) if HEADING.match(lines[row])]
    found = []
    for row, following in zip(heads, [*heads, len(lines)][1:], strict=True):
        head = HEADING.match(lines[row])
        assert head is not None
        found.append(Section(head[1], row + 1, "\n".join(lines[row + 1 : following])))
    before = range(start, heads[0] if heads else len(lines))
    return tuple(found), next((row for row in before if lines[row].strip()), None)
