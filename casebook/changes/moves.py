"""Which records came, went, changed or took another id."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from casebook.changes.parts import Part, parts
from casebook.changes.records import KINDS, Record, Tree

Records = Mapping[tuple[str, str], Record]
LIKE = 0.5
"""A record that shares more than this of its values with one that went is that one under another id."""
COMMON = 20
"""A value in more records than this tells none of them apart."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One record before and after. `stone` is what is left at its old id: moved, split or withdrawn, or nothing."""

    old: Record | None
    new: Record | None
    parts: tuple[Part, ...] = ()
    stone: Record | None = None

    @property
    def record(self) -> Record:
        """As it is now, or was."""
        found = self.new or self.old
        assert found is not None
        return found

    @property
    def what(self) -> Literal["added", "removed", "moved", "changed"]:
        """What happened to it as a whole."""
        if self.old is None or self.new is None:
            return "added" if self.old is None else "removed"
        return "changed" if self.old.id == self.new.id else "moved"


def record_changes(old: Records, new: Records) -> tuple[RecordChange, ...]:
    """Every record that is not the same on both sides, kind by kind."""
    stones = {key[1]: record for key, record in new.items() if key[0] == "tombstone" and ("case", key[1]) in old}
    moved = _moved(old, new, stones)
    taken = {("tombstone", id) for id in stones} | {key for key, _ in moved.values()}
    found = [RecordChange(old[key], new[to], _parts(old[key], new[to]), stone) for key, (to, stone) in moved.items()]
    found += [_change(old[key], new[key]) for key in old if key in new and old[key].tree != new[key].tree]
    found += [
        RecordChange(record, None, stone=stones.get(record.id) if record.kind == "case" else None)
        for key, record in old.items()
        if key not in new and key not in moved
    ]
    found += [RecordChange(None, record) for key, record in new.items() if key not in old and key not in taken]
    # A vocabulary whose terms came or went has not changed itself.
    whole = [change for change in found if change.what != "changed" or change.parts]
    return tuple(sorted(whole, key=lambda change: (KINDS.index(change.record.kind), change.record.id)))


def _change(old: Record, new: Record) -> RecordChange:
    return RecordChange(old, new, _parts(old, new))


def _parts(old: Record, new: Record) -> tuple[Part, ...]:
    one, two = old.tree, new.tree
    if old.kind == "vocabulary":
        key = next(key for key in ("terms", "units", "ratios") if key in one)
        one, two = _only(one, key, two), _only(two, key, one)
    return tuple(parts(one, two))


def _only(tree: Tree, key: str, other: Tree) -> Tree:
    """The same without the ids that only this one lists: those are records of their own."""
    return {**tree, key: tuple(id for id in tree[key] if id in other[key])}


def _moved(
    old: Records, new: Records, stones: Mapping[str, Record]
) -> dict[tuple[str, str], tuple[tuple[str, str], Record | None]]:
    """Old key → (new key, what is left at the old one)."""
    found: dict[tuple[str, str], tuple[tuple[str, str], Record | None]] = {}
    for id, stone in stones.items():
        to = ("case", str(stone.tree["moved"]))
        if to in new and to not in old:
            found[("case", id)] = to, stone
    settled = {*found, *(("case", id) for id in stones)}
    gone = [record for key, record in old.items() if key not in new and key not in settled]
    came = [record for key, record in new.items() if key not in old and key not in {to for to, _ in found.values()}]
    taken: set[tuple[str, str]] = set()
    for _, one, two in sorted(_alike(gone, came), key=lambda each: (-each[0], each[1].key, each[2].key)):
        if one.key not in found and two.key not in taken:
            found[one.key] = two.key, None
            taken.add(two.key)
    return found


def _alike(gone: list[Record], came: list[Record]) -> Iterator[tuple[float, Record, Record]]:
    """(share of common values, old, new) of those that are much alike."""
    leaves = {record.key: set(_leaves(record.tree)) for record in (*gone, *came)}
    holders: dict[tuple[str, str], list[Record]] = {}
    for record in came:
        for leaf in leaves[record.key]:
            holders.setdefault((record.kind, leaf), []).append(record)
    for one in gone:
        near = (holders.get((one.kind, leaf), []) for leaf in leaves[one.key])
        known = {other.key: other for each in near if len(each) <= COMMON for other in each}
        for two in known.values():
            shared = len(leaves[one.key] & leaves[two.key]) / len(leaves[one.key] | leaves[two.key])
            if shared > LIKE:
                yield shared, one, two


def _leaves(tree: object, key: str = "") -> Iterator[str]:
    """What a record says, each with its key; its own id and what it leaves open say nothing."""
    if isinstance(tree, Mapping):
        for inner, value in tree.items():
            yield from _leaves(value, inner)
    elif isinstance(tree, tuple | list):
        counted = Counter(leaf for item in tree for leaf in _leaves(item, key))
        yield from (f"{leaf}#{n}" if n else leaf for leaf, times in counted.items() for n in range(times))
    elif tree and key != "id":
        yield f"{key}={tree}"
