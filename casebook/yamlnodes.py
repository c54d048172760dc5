"""The tree of a content file: mappings, lists and texts, each with its place (from 1, in characters)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

NOTHING = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `quoted` tells `""` and `"null"` from nothing."""

    text: str
    line: int
    column: int
    quoted: bool

    @property
    def says_nothing(self) -> bool:
        """Whether it was left empty, or says in YAML's words that it is."""
        return not self.quoted and self.text in NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """A key and what it says."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order of the file."""

    entries: tuple[Entry, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


Node: TypeAlias = Scalar | Mapping | Sequence


def plain(node: Node, empty: object = None) -> object:
    """The tree as dicts, lists and texts; a value that was left empty is `empty`."""
    match node:
        case Scalar():
            return empty if node.says_nothing else node.text
        case Sequence():
            return [plain(item, empty) for item in node.items]
    found: dict[str, object] = {}
    for entry in node.entries:  # of those that are called alike the first one counts
        if entry.key.text not in found:
            found[entry.key.text] = plain(entry.value, empty)
    return found


def node_at(node: Node, loc: tuple[str | int, ...]) -> Node | None:
    """What stands at the end of a path of keys and indexes."""
    steps = list(_walk(node, loc))
    return (steps[-1][1] if steps else node) if len(steps) == len(loc) else None


def locate(node: Node, loc: tuple[str | int, ...], key: bool = False) -> tuple[int, int]:
    """Line and column of the end of a path, followed as deep as it goes; with `key` those of its last key."""
    line, column = node.line, node.column
    for entry_key, value in _walk(node, loc):
        here = entry_key if key and entry_key else value
        line, column = here.line, here.column
    return line, column


def _walk(node: Node, loc: tuple[str | int, ...]) -> Iterator[tuple[Scalar | None, Node]]:
    for step in loc:
        found: tuple[Scalar | None, Node] | None = None
        if isinstance(node, Mapping):
            found = next(((e.key, e.value) for e in node.entries if e.key.text == step), None)
        elif isinstance(node, Sequence) and isinstance(step, int) and 0 <= step < len(node.items):
            found = None, node.items[step]
        if found is None:
            return
        yield found
        node = found[1]
