"""YAML's events: PyYAML's errors are explained and, where the line can be mended, read past.

No tag is resolved and every scalar stays text; what the events mean is for `yamlfile`.
"""

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

import yaml

from casebook.characters import ENOUGH, excerpt
from casebook.problems import Edit, Problem
from casebook.yamlerrors import explain
from casebook.yamlsyntax import Slip

MAX_DEPTH = 12
MAX_NODES = 10_000
MAX_PROBLEMS = 100
# Reading on after a slip costs another pass: so many characters and events in all.
_RETRY = 500_000
_EVENTS = 20_000

# The loader in C is ten times as fast; positions and problems are the same but for some broken flow collections.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# No escape is honoured but \" and \\ (the others are refused later on), and no question mark that ends a word: the
# loaders disagree about it. So YAML reads a text without them; what the editor wrote is taken from the source.
_MEANINGLESS = re.compile(r'(\\["\\])|\\|(?<=[^ \t\n\[\]{},:?"\'])\?+')
_OF_INDENTATION = ("yaml-indent", "yaml-syntax", "yaml-folded-line", "yaml-missing-colon")


class Defects:
    """What is wrong with one file, and in which rows something is. `source` are its lines as they were written."""

    def __init__(self, path: str, source: list[str]) -> None:
        self.path, self.source = path, source
        self.problems: list[Problem] = []
        self.rows: set[int] = set()

    def add(self, problems: Iterable[Problem]) -> None:
        """What others found."""
        for problem in problems:
            self.problems.append(problem)
            self.rows.add(problem.line - 1)

    def tell(self, rule: str, row: int, column: int, **values: str) -> None:
        """A defect at a place (0-based), with the words that stand there."""
        row = min(row, len(self.source) - 1)
        self.tell_all([Slip(row, column, rule, {"text": excerpt(self.source[row], column), **values})])

    def tell_all(self, slips: Iterable[Slip]) -> None:
        """As many as anybody could read."""
        for slip in slips:
            if len(self.problems) >= ENOUGH:
                return
            edit = Edit.between(*slip.change) if slip.change else None
            self.add([Problem(self.path, slip.row + 1, slip.column + 1, slip.rule, slip.values, edit=edit)])


class At(NamedTuple):
    """A place in the text, 0-based."""

    row: int
    column: int
    offset: int


def span(event: yaml.Event) -> tuple[At, At]:
    """Where an event begins and ends."""
    start, end = event.start_mark, event.end_mark
    assert start is not None  # PyYAML's parsers set both, always.
    assert end is not None
    return At(start.line, start.column, start.index), At(end.line, end.column, end.index)


class Events(NamedTuple):
    """The events of a text, whether they are all of them, and in which rows a line was mended to get them."""

    events: list[yaml.Event]
    complete: bool
    mended: set[int]


def read_events(lines: list[str], defects: Defects, tabbed: Collection[int]) -> Events:
    """The events of `lines`, which are mended in place; `tabbed` are the rows whose indentation is in doubt."""
    complete, spent, mended = True, 0, set[int]()
    for _ in range(min(MAX_PROBLEMS, _RETRY // (sum(map(len, lines)) + len(lines)))):
        events: list[yaml.Event] = []
        try:
            return Events(events, _collect(lines, events, defects) and complete, mended)
        except yaml.MarkedYAMLError as error:
            complete = False
            slip = explain(lines, error)
        # What follows from a defect that is already known is not a second one.
        if slip.row not in defects.rows and not (tabbed and slip.rule in _OF_INDENTATION):
            defects.tell_all([slip])
        spent += len(events)
        if slip.mended is None or slip.mended == lines[slip.row] or spent > _EVENTS:
            break
        lines[slip.row] = slip.mended
        mended.add(slip.row)
    return Events([event for event in events if span(event)[1].row < slip.row], False, mended)


def _collect(lines: list[str], events: list[yaml.Event], defects: Defects) -> bool:
    """Gather the events; say whether that is all of them, and keep none where there are too many."""
    depth = nodes = 0
    text = "\n".join(lines)
    if "\\" in text or "?" in text:
        text = _MEANINGLESS.sub(lambda found: found[1] or "/" * len(found[0]), text)
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.NodeEvent):
            nodes += 1
            depth += isinstance(event, yaml.CollectionStartEvent)
            if depth > MAX_DEPTH or nodes > MAX_NODES:
                deep, at = depth > MAX_DEPTH, span(event)[0]
                rule, limit = ("yaml-too-deep", MAX_DEPTH) if deep else ("yaml-too-many-nodes", MAX_NODES)
                defects.tell(rule, at.row, at.column, limit=str(limit))
                events.clear()
                return False
        events.append(event)
    return True
