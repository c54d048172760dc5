"""What the templates of a report are given: every change in words, and the sections of a short report."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from casebook.changes import Changes
from casebook.changes.align import EVIDENCE
from casebook.changes.moves import RecordChange
from casebook.changes.parts import Field, Part, parts
from casebook.changes.records import KINDS, Record, Tree
from casebook.review.describe import Describer
from casebook.review.highlight import Piece, excerpts, pieces

WHATS = ("added", "removed", "changed", "moved")
SECTIONS = ("unsupported", "verdict", "value", "added", "removed", "evidence", "words")
"""The kinds of parts in the order of their weight; `verdict` are values and supported judgements alike."""


AT_A_GLANCE = 40
"""Characters of two values that are read as wholes rather than word by word."""


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a content file; `url` shows it in the repository's own pages, if it has any."""

    path: str
    line: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One value before and after; `pieces` are both in one row."""

    label: str
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()
    order: bool = False

    @property
    def short(self) -> bool:
        """Whether both are read at a glance, one beside the other."""
        return len(self.old) + len(self.new) <= AT_A_GLANCE

    @property
    def excerpts(self) -> tuple[str, str]:
        """Both, of long texts only the surroundings of what differs."""
        if self.old == self.new:
            return self.new, ""
        return excerpts(self.pieces) if self.pieces else (self.old, self.new)


@dataclass(frozen=True, slots=True)
class PartView:
    """One part in words, at `anchor` in a page. `evidence` is what it is cited from, before and after."""

    kind: str
    title: tuple[str, ...]
    rows: tuple[Row, ...]
    evidence: Row
    places: tuple[Place | None, Place | None]
    anchor: str
    judged: bool = False

    @property
    def section(self) -> str:
        """Under which heading a short report tells it."""
        return "verdict" if self.judged and self.kind == "value" else self.kind


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record in words. `fate` is what its old address now says, as (phrase, value)."""

    what: str
    kind: str
    name: str
    id: str
    old_id: str
    parts: tuple[PartView, ...]
    place: Place
    fate: tuple[str, str] = ("", "")


Placed = Callable[[int, Record, tuple[str | int, ...]], Place]
"""Side (0 before, 1 after), record, path in it → where that is."""


def record_views(changes: Changes, describers: tuple[Describer, Describer], placed: Placed) -> list[RecordView]:
    """Every record that changed."""
    return [_record(change, describers, placed, number) for number, change in enumerate(changes.records)]


def _record(change: RecordChange, describers: tuple[Describer, Describer], placed: Placed, number: int) -> RecordView:
    record, side = change.record, int(change.new is not None)
    found = change.parts
    if change.what in ("added", "removed"):
        whole, nothing = record.tree, dict[str, object]()
        found = tuple(parts(nothing, whole) if side else parts(whole, nothing))
    both = change.old or record, change.new or record
    return RecordView(
        what=change.what,
        kind=record.kind,
        name=describers[side].name(record),
        id=record.id,
        old_id=change.old.id if change.old else "",
        parts=tuple(_part(part, both, describers, placed, f"c{number}-{n}") for n, part in enumerate(found)),
        place=placed(side, record, ()),
        fate=_fate(change, describers[1]),
    )


def _fate(change: RecordChange, describer: Describer) -> tuple[str, str]:
    stone = change.stone
    if stone is None:
        return ("", "")
    key = next(key for key, value in stone.tree.items() if value)
    return f"diff.fate.{key}", describer.value(stone, (key,), stone.tree[key], stone.tree)


def _part(
    part: Part, records: tuple[Record, Record], describers: tuple[Describer, Describer], placed: Placed, anchor: str
) -> PartView:
    side = int(part.new is not None)
    rows = [_row(field, part, records, describers) for field in part.fields if not _shown_as_evidence(field, part)]
    if part.old is None or part.new is None:
        tree = part.new or part.old or {}
        told = describers[side].values(records[side], part.loc, tree)
        rows = [Row(label, "" if side else text, text if side else "") for label, text in told]
    sides = ((part.old, part.old_loc), (part.new, part.new_loc))
    old, new = (
        None if tree is None else placed(i, records[i], (*loc, *_first(part, tree)))
        for i, (tree, loc) in enumerate(sides)
    )
    return PartView(
        kind=part.kind,
        title=tuple(describers[side].title(records[side], part.loc)),
        rows=tuple(rows),
        evidence=_evidence(part, describers),
        places=(old, new),
        anchor=anchor,
        judged=part.changed("verdict"),
    )


def _first(part: Part, tree: Tree) -> list[str]:
    """The first key that changed and is there on this side, if any."""
    return [field.key for field in part.fields if tree.get(field.key)][:1]


def _evidence(part: Part, describers: tuple[Describer, Describer]) -> Row:
    old, new = (who.evidence(cited) for who, cited in zip(describers, part.cited, strict=True))
    both = old and new and old != new
    return Row("", old, new, tuple(pieces(old, new)) if both else ())


def _shown_as_evidence(field: Field, part: Part) -> bool:
    """What stands in the line of evidence need not stand among the values, too."""
    return field.key in EVIDENCE and any(tree and tree.get("as_stated") for tree in (part.old, part.new))


def _row(field: Field, part: Part, records: tuple[Record, Record], describers: tuple[Describer, Describer]) -> Row:
    told = (
        (describers[0], records[0], part.old_loc, field.old, part.old),
        (describers[1], records[1], part.new_loc, field.new, part.new),
    )
    old, new = (who.value(record, (*loc, field.key), value, tree or {}) for who, record, loc, value, tree in told)
    label = describers[field.new is not None].label(records[field.new is not None], (*part.loc, field.key))
    return Row(label, old, new, tuple(pieces(old, new)), field.order)


# --- what a short report counts and lists --------------------------------------------------------------------------


def tally(records: list[RecordView]) -> list[tuple[str, list[tuple[str, int]]]]:
    """(kind, (what happened, to how many) for each of `WHATS`) of every kind that is among them."""
    count = Counter((record.kind, record.what) for record in records)
    rows = ((kind, [(what, count[kind, what]) for what in WHATS]) for kind in KINDS)
    return [(kind, numbers) for kind, numbers in rows if any(n for _, n in numbers)]


def sections(records: list[RecordView]) -> list[tuple[str, list[tuple[RecordView, PartView]]]]:
    """(heading, parts) of the records that are on both sides, by weight."""
    found: dict[str, list[tuple[RecordView, PartView]]] = {key: [] for key in SECTIONS}
    for record in records:
        if record.what in ("changed", "moved"):
            for part in record.parts:
                found[part.section].append((record, part))
    return [(key, rows) for key, rows in found.items() if rows]


def whole(records: list[RecordView]) -> list[RecordView]:
    """The records that came, went or took another id."""
    return [record for record in records if record.what != "changed"]


def placing(prefix: str, links: tuple[str, str]) -> Placed:
    """Where things stand, for files below `prefix`; `links` are how addresses of files begin on either side, or ""."""
    return partial(_place, prefix, links)


def _place(prefix: str, links: tuple[str, str], side: int, record: Record, loc: tuple[str | int, ...]) -> Place:
    path, line = f"{prefix}{record.path}", record.line(loc)
    return Place(path, line, f"{links[side]}{path}#L{line}" if links[side] else "")


def page_counts(changes: Changes) -> Iterator[tuple[str, int, int]]:
    """(what, pages, figures) of what becomes of the site."""
    for what in ("added", "removed", "changed"):
        pages = [page for page in changes.pages or () if page.what == what]
        figures = [1 for page in changes.pages or () for happened, _ in page.figures if happened == what]
        if pages or figures:
            yield what, len(pages), len(figures)
