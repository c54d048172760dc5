"""A YAML file as an editor may write it: mappings, lists and texts, each with its place; all else is refused by name.

PyYAML's events are read as they come, no tag is resolved, and every scalar stays text: the model decides what it means.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

from casebook.characters import ENOUGH, check, decode
from casebook.problems import Problem, in_order
from casebook.yamlevents import MAX_PROBLEMS, At, Defects, read_events, span
from casebook.yamlnodes import Entry, Mapping, Node, Scalar, Sequence, locate, node_at, plain
from casebook.yamlsyntax import (
    Slip,
    comment_after,
    lines_in_plain,
    prepare,
    slips_in_key,
    slips_in_plain,
    tabs_in,
)

__all__ = ["MAX_PROBLEMS", "Entry", "Mapping", "Node", "Scalar", "Sequence", "locate", "node_at", "parse", "plain"]

_ESCAPE = re.compile(r'\\(["\\])|\\')
_PROPERTIES = re.compile(r"(?:[&!][^ \t\n]*[ \t\n]*)*")

# Problems that leave no doubt about what belongs where: the tree is given all the same.
_HARMLESS = frozenset(
    {
        "yaml-anchor",
        "yaml-block-scalar",
        "yaml-comment-after-value",
        "yaml-document-marker",
        "yaml-directive",
        "yaml-duplicate-key",
        "yaml-escape",
        "yaml-fullwidth-number",
        "yaml-ideographic-space",
        "yaml-multiline-quoted",
        "yaml-tab",
        "yaml-tag",
    }
)


def parse(data: bytes, path: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a file and all that is wrong with it; no tree where the file's structure is in doubt."""
    text, problems = decode(data, path)
    node: Node | None = None
    if text is not None:
        reader = _Reader(text, path)
        node = reader.read()
        problems = in_order([*problems, *reader.defects.problems])
    if len(problems) > MAX_PROBLEMS:
        problems = [*problems[:MAX_PROBLEMS], too_many(problems[MAX_PROBLEMS])]
    return node, problems


def too_many(problem: Problem) -> Problem:
    """What is said instead of `problem` and all that follow it."""
    return Problem(problem.path, problem.line, problem.column, "yaml-too-many-problems", {"limit": str(MAX_PROBLEMS)})


@dataclass(slots=True)
class _Open:
    """A collection whose end has not come yet. `inside` is the sign that holds its entries: `[`, `{`, `-` or `:`."""

    inside: str
    mapping: bool
    line: int
    column: int
    key: Scalar | None = None
    items: list[Node] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)


class _Reader:
    """One file. `source` is what the editor wrote, `lines` its twin of the same lengths that YAML can be read from."""

    def __init__(self, text: str, path: str) -> None:
        self.text = text
        self.source = text.split("\n")
        self.defects = Defects(path, self.source)
        self.tabbed: set[int] = set()
        self.quotes: list[tuple[int, int]] = []
        self.root: Node | None = None
        self.end = 0

    def read(self) -> Node | None:
        """The tree, or `None` where the structure is in doubt."""
        clean, found = check(self.text, self.defects.path)
        self.defects.add(found)
        if any(problem.rule == "text-line-too-long" for problem in found):
            return None
        self.lines, slips = prepare(clean.split("\n"))
        self.defects.tell_all(slips)
        self.tabbed.update(slip.row for slip in slips if slip.rule == "yaml-tab-indent")
        events, complete, self.mended = read_events(self.lines, self.defects, self.tabbed)
        self.clean = "\n".join(self.lines)
        self._build(events)
        self.defects.tell_all(self._tabs(complete))
        if complete:
            self._report_whole(self.root)
        harmless = all(p.rule.startswith("text-") or p.rule in _HARMLESS for p in self.defects.problems)
        return self.root if complete and harmless and len(self.defects.problems) < ENOUGH else None

    def _report_whole(self, root: Node | None) -> None:
        if root is None:
            self.defects.tell("yaml-empty", 0, 0)
        elif not isinstance(root, Mapping) and root.line - 1 not in self.defects.rows:
            self.defects.tell("yaml-not-a-mapping", root.line - 1, root.column - 1)

    def _tabs(self, complete: bool) -> Iterator[Slip]:
        """Tabs outside quotes. Where YAML could not be read, only those that stand before any quote are certain."""
        parts, end = [], 0
        for start, stop in self.quotes:
            parts += [self.text[end:start], self.text[start:stop].replace("\t", " ")]
            end = stop
        for slip in tabs_in("".join([*parts, self.text[end:]]).split("\n")):
            if complete or not re.search("[\"']", self.source[slip.row][: slip.column]):
                yield slip

    # From events to nodes.

    def _build(self, events: list[yaml.Event]) -> None:
        stack: list[_Open] = []
        for event in events:
            if isinstance(event, yaml.CollectionEndEvent):
                self._add(_closed(stack.pop()), stack)
            elif isinstance(event, yaml.NodeEvent):
                self._node(event, stack)

    def _node(self, event: yaml.NodeEvent, stack: list[_Open]) -> None:
        start, end = span(event)
        if end.row >= len(self.source):
            # libyaml counts one line more where the last one is not ended.
            last = At(len(self.source) - 1, len(self.source[-1]), len(self.text))
            start, end = min(start, last), last
        parent = stack[-1] if stack else None
        is_key = parent is not None and parent.mapping and parent.key is None
        if parent and parent.mapping:
            self._between(self.clean[self.end : start.offset], parent.key, start)
        self.end = end.offset
        if isinstance(event, yaml.AliasEvent):
            self.defects.tell("yaml-alias", start.row, start.column, sign="*")
            self._add(Scalar("", start.row + 1, start.column + 1, quoted=False), stack)
            return
        assert isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent))
        if event.anchor is not None:
            self.defects.tell("yaml-anchor", start.row, start.column, sign="&")
        if event.tag is not None:
            self.defects.tell("yaml-tag", start.row, start.column, sign="!")
        if isinstance(event, yaml.ScalarEvent):
            scalar = self._scalar(event, start, end, parent.inside if parent else "", is_key)
            if parent and is_key and start.row not in self.mended:
                self._repeated(scalar, parent)
            self._add(scalar, stack)
            return
        if is_key:
            self.defects.tell("yaml-key-not-text", start.row, start.column)
        mapping = isinstance(event, yaml.MappingStartEvent)
        inside = ("{:" if mapping else "[-")[not event.flow_style]
        stack.append(_Open(inside, mapping, start.row + 1, start.column + 1))
        self.end = start.offset

    def _between(self, signs: str, key: Scalar | None, at: At) -> None:
        """What stands between a key or a value and what precedes it."""
        signs = re.sub("#.*", "", signs)
        if "?" in signs:
            self.defects.tell("yaml-complex-key", at.row, at.column)
        elif key and ":" not in signs and key.line - 1 not in self.defects.rows:
            self.defects.tell("yaml-flow-comma", key.line - 1, key.column - 1)

    def _scalar(self, event: yaml.ScalarEvent, start: At, end: At, inside: str, is_key: bool) -> Scalar:
        if event.anchor or event.tag:
            start = self._behind_properties(start, end)
        row, column, offset = start
        text, written = event.value, self.text[offset : end.offset]
        if quoted := event.style in ("'", '"'):
            self.quotes.append((offset, end.offset))
            text = self._quoted(written, start, end)
        elif event.style:
            self.defects.tell("yaml-block-scalar", row, column, sign=event.style)
        else:
            text = written if end.row == row else text
            if end.row > row:
                self.defects.tell_all(self._folded(row, end.row))
                # A key that is two lines lacks its colon for no other reason.
                self.defects.rows.update([row] if is_key else ())
            if not is_key and row not in self.mended:
                self.defects.tell_all(slips_in_plain(self.lines[row], row, column, written.split("\n")[0], inside))
                self.defects.tell_all(comment_after(self.source[end.row], end.row, end.column, text))
        if is_key and end.row == row and row not in self.mended:
            key, at = (written[1:-1], column + 1) if quoted else (text, column)
            self.defects.tell_all(slips_in_key(self.source[row], row, at, key, plain=not quoted, flow=inside == "{"))
        return Scalar(text, row + 1, column + 1, quoted)

    def _behind_properties(self, start: At, end: At) -> At:
        """Where the text begins that anchors and tags precede."""
        found = _PROPERTIES.match(self.text, start.offset, end.offset)
        assert found is not None  # It matches nothing, too.
        rows = found[0].count("\n")
        column = len(found[0]) - found[0].rfind("\n") - 1 if rows else start.column + len(found[0])
        return At(start.row + rows, column, found.end())

    def _folded(self, row: int, last: int) -> Iterator[Slip]:
        """Lines that become part of a text. Items that do so because of another one's tab are no second defect."""
        tabbed = self.tabbed.intersection(range(row, last + 1))
        for slip in lines_in_plain(self.lines, row, last):
            if not (tabbed and self.lines[slip.row].lstrip().startswith("- ")):
                yield slip

    def _quoted(self, written: str, start: At, end: At) -> str:
        """The text between quotes."""
        if end.row != start.row:
            self.defects.tell("yaml-multiline-quoted", start.row, start.column, sign=written[:1])
        if written[:1] == "'":
            return written[1:-1].replace("''", "'")
        for found in _ESCAPE.finditer(written):
            if not found[1] and end.row == start.row:
                self.defects.tell(
                    "yaml-escape", start.row, start.column + found.start(), found=written[found.start() :][:2]
                )
        return _ESCAPE.sub(lambda found: found[1] or "\\", written[1:-1])

    def _repeated(self, key: Scalar, parent: _Open) -> None:
        form = (key.text if key.text.isascii() else unicodedata.normalize("NFKC", key.text)).casefold()
        if form in parent.seen:
            first = str(parent.seen[form])
            self.defects.tell("yaml-duplicate-key", key.line - 1, key.column - 1, key=key.text, first=first)
        parent.seen.setdefault(form, key.line)

    def _add(self, node: Node, stack: list[_Open]) -> None:
        """Put a finished node where it belongs."""
        if not stack:
            self.root = node
        elif not stack[-1].mapping:
            stack[-1].items.append(node)
        elif stack[-1].key is None:
            # Whatever is no text has been refused.
            stack[-1].key = node if isinstance(node, Scalar) else Scalar("", node.line, node.column, quoted=False)
        else:
            stack[-1].entries.append(Entry(stack[-1].key, node))
            stack[-1].key = None


def _closed(done: _Open) -> Node:
    if done.mapping:
        return Mapping(tuple(done.entries), done.line, done.column)
    return Sequence(tuple(done.items), done.line, done.column)
