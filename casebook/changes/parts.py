"""Two states of one record, part by part: each mapping in it whose own values differ, came or went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from casebook.changes.align import EVIDENCE, align, called, reordered
from casebook.changes.records import Loc, Tree

# Keys that say what the source states: who changes one has read another thing in the same words, or other words.
STATED = frozenset(
    "indicator value absent unit as_of status mechanism verdict term date number items reported slogan decoded".split()
)
PartKind = Literal["added", "removed", "unsupported", "value", "evidence", "words"]
"""unsupported: what is stated changed, its evidence did not; evidence: the reverse; value: both; words: neither, or
nothing that a source is cited for."""


@dataclass(frozen=True, slots=True)
class Field:
    """One value before and after (`None`: not there); `order` says that only the order of a list changed."""

    key: str
    old: Any
    new: Any
    order: bool = False

    @property
    def restated(self) -> bool:
        """Whether the source is now said to state something else; filling in what was left open is no such change."""
        said = self.old or self.key in ("value", "absent")
        return self.key in STATED and bool(said) and not self.order


@dataclass(frozen=True, slots=True)
class Part:
    """A mapping inside a record, before and after. `cited` are its evidence, or that of the part that it belongs to."""

    old_loc: Loc
    new_loc: Loc
    old: Tree | None
    new: Tree | None
    fields: tuple[Field, ...] = ()
    cited: tuple[Tree | None, Tree | None] = (None, None)

    @property
    def kind(self) -> PartKind:
        """What a reviewer must look at."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        if self.cited == (None, None):
            return "words"
        if any(field.restated for field in self.fields):
            return "unsupported" if _evidence(self.cited[0]) == _evidence(self.cited[1]) else "value"
        return "evidence" if any(field.key in EVIDENCE for field in self.fields) else "words"

    @property
    def loc(self) -> Loc:
        """Where it stands now, or stood."""
        return self.old_loc if self.new is None else self.new_loc

    def changed(self, key: str) -> bool:
        """Whether the value of a key differs."""
        return any(field.key == key for field in self.fields)


Cited = tuple[Tree | None, Tree | None]


def parts(old: Tree, new: Tree, old_loc: Loc = (), new_loc: Loc = (), above: Cited = (None, None)) -> Iterator[Part]:
    """Every part of two trees that differs, outer ones first."""
    cited = (old if old.get("as_stated") else above[0], new if new.get("as_stated") else above[1])
    fields: list[Field] = []
    inner: list[Part] = []
    for key in dict.fromkeys((*old, *new)):
        one, two = old.get(key), new.get(key)
        if one == two:
            continue
        at = ((*old_loc, key), (*new_loc, key))
        if isinstance(one, Mapping) or isinstance(two, Mapping):
            inner += _mapping(one, two, *at, cited)
        elif _holds_mappings(one) or _holds_mappings(two):
            order, found = _list(key, one or (), two or (), *at, cited)
            fields += order
            inner += found
        else:
            fields.append(Field(key, one, two, _same_items(one, two)))
    if fields:
        fields.sort(key=lambda field: field.key in EVIDENCE)
        yield Part(old_loc, new_loc, old, new, tuple(fields), cited)
    yield from inner


def _holds_mappings(value: object) -> bool:
    return isinstance(value, tuple | list) and any(isinstance(item, Mapping) for item in value)


def _same_items(one: object, two: object) -> bool:
    return isinstance(one, tuple) and isinstance(two, tuple) and sorted(map(str, one)) == sorted(map(str, two))


def _mapping(one: Tree | None, two: Tree | None, old_loc: Loc, new_loc: Loc, cited: Cited) -> Iterator[Part]:
    if one is None or two is None:
        yield Part(old_loc, new_loc, one, two, cited=(one or cited[0], two or cited[1]))
    else:
        yield from parts(one, two, old_loc, new_loc, cited)


def _list(
    key: str, old: tuple[Tree, ...], new: tuple[Tree, ...], old_loc: Loc, new_loc: Loc, cited: Cited
) -> tuple[list[Field], list[Part]]:
    pairs = align(key, old, new)
    before, after = (tuple(called(key, item) for item in items) for items in (old, new))
    found: list[Part] = []
    for i, j in pairs:
        one, two = (None if i is None else old[i]), (None if j is None else new[j])
        if one != two:
            at = ((*old_loc, -1 if i is None else i), (*new_loc, -1 if j is None else j))
            found += _mapping(one, two, *at, cited)
    return ([Field(key, before, after, order=True)] if reordered(pairs) else []), found


def _evidence(claim: Tree | None) -> tuple[object, ...]:
    return tuple(claim.get(key) for key in EVIDENCE) if claim else ()
