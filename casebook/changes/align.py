"""Two lists of the same things, side by side: equal items first, then those that agree in what tells them apart."""

from collections.abc import Sequence
from itertools import pairwise

from casebook.changes.records import Tree

EVIDENCE = ("source", "locator", "as_stated")

# By which keys an item is known again, the surest first; the first key of all is what the item is called.
WAYS: dict[str, tuple[tuple[str, ...], ...]] = {
    "observations": (
        ("indicator", "counted", "scope", "status"),
        ("indicator", *EVIDENCE),
        ("indicator", "counted"),
        ("indicator", "value", "unit"),
        ("indicator", "locator"),
        EVIDENCE,
    ),
    "findings": (("mechanism",), EVIDENCE),
    "formulas": (("slogan",), EVIDENCE),
    "parts": (("part",), ("number", "counts", "meaning", "items", "reported")),
    "honours": (("title", "holder"), ("title",), EVIDENCE),
    "milestones": (("event",), EVIDENCE),
    "problems": (("term",), EVIDENCE),
    "actors": (("term", "name"), ("term", *EVIDENCE), ("name",), EVIDENCE, ("term",)),
    "platforms": (("term", "name"), ("term", *EVIDENCE), ("name",), EVIDENCE, ("term",)),
    "audits": (("rule", "about"), ("rule", "note"), ("note",)),
    "sources": (("source", "locator"), ("source",)),
    "articles": (("title",), ("lines",)),
    "omissions": (("phrase", "locator"), ("phrase",), ("locator", "reason"), ("locator",)),
    "dimensions": (("label",), ("data", "cells"), ("label_en",)),
    "figures": (("title",), ("kind", "indicator", "rows")),
    "maps": (("name",),),
    "tiles": (("name",), ("row", "column")),
}
BY_ID = (("id",), ("label",))

Pairs = list[tuple[int | None, int | None]]


def align(key: str, old: Sequence[Tree], new: Sequence[Tree]) -> Pairs:
    """(index in `old`, index in `new`) of every item, in the order of `new`; what went stands at the end."""
    matched: dict[int, int] = {}
    left_old, left_new = list(range(len(old))), list(range(len(new)))
    for way in ((), *WAYS.get(key, BY_ID)):
        waiting: dict[str, list[int]] = {}
        for index in left_old:
            if known := _known(old[index], way):
                waiting.setdefault(known, []).append(index)
        for index in left_new:
            if found := waiting.get(_known(new[index], way)):
                matched[index] = found.pop(0)
        taken = set(matched.values())
        left_old = [index for index in left_old if index not in taken]
        left_new = [index for index in left_new if index not in matched]
    return [*((matched.get(index), index) for index in range(len(new))), *((index, None) for index in left_old)]


def _known(item: Tree, way: tuple[str, ...]) -> str:
    """What an item is known by; "" where it says nothing of the kind. No keys: all that it says."""
    told = [item.get(key) for key in way or sorted(item)]
    return repr(told) if any(told) else ""


def reordered(pairs: Pairs) -> bool:
    """Whether items that are in both lists stand in another order."""
    kept = [old for old, new in pairs if old is not None and new is not None]
    return any(one > other for one, other in pairwise(kept))


def called(key: str, item: Tree) -> str:
    """What an item of a list is called, as its file says it."""
    ways = WAYS.get(key, BY_ID)
    name = item.get("id" if key in ("terms", "groups", "ranks") else ways[0][0])
    return str(name if name is not None else item.get("symbol", ""))
