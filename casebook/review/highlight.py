"""Two texts as one: what stayed, what went, what came, word by word (Chinese: sign by sign)."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

Piece = tuple[Literal["same", "old", "new"], str]
_WORD = re.compile(r"[A-Za-z0-9_.,%~/-]+|\s+|.", re.DOTALL)
MOST = 600
"""Passages of more words than this are set against each other as wholes: comparing costs the square."""
NEAR = 12
"""Characters of context around a difference in an excerpt."""
LONG, KEPT = 160, 60
"""Of an unchanged stretch longer than the first, so many characters are shown at either end."""


def pieces(old: str, new: str) -> list[Piece]:
    """Old and new in one row; line by line first, then word by word in the lines that differ."""
    found: list[Piece] = []
    for passage in _compared(old.splitlines(keepends=True), new.splitlines(keepends=True)):
        found += passage
    joined: list[Piece] = [(kind, "".join(text for _, text in run)) for kind, run in groupby(found, lambda p: p[0])]
    return [(kind, _shortened(text) if kind == "same" else text) for kind, text in joined]


def _compared(old: list[str], new: list[str]) -> Iterator[list[Piece]]:
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        yield [("same", gone)] if tag == "equal" else _words(gone, come)


def _words(old: str, new: str) -> list[Piece]:
    one, two = _WORD.findall(old), _WORD.findall(new)
    if not one or not two or max(len(one), len(two)) > MOST:
        return _replaced(old, new)
    match = SequenceMatcher(None, one, two, autojunk=False)
    if match.ratio() < 0.4:  # two texts that have only some signs in common
        return _replaced(old, new)
    found: list[Piece] = []
    for tag, i, j, k, m in match.get_opcodes():
        gone, come = "".join(one[i:j]), "".join(two[k:m])
        found += [("same", gone)] if tag == "equal" else _replaced(gone, come)
    return found


def _replaced(old: str, new: str) -> list[Piece]:
    whole: list[Piece] = [("old", old), ("new", new)]
    return [piece for piece in whole if piece[1]]


def excerpts(found: Iterable[Piece]) -> tuple[str, str]:
    """Old and new text with little more than what differs."""
    row = list(found)
    told = {"old": "", "new": ""}
    for index, (kind, text) in enumerate(row):
        for side in told:
            if kind == side:
                told[side] += text
            elif kind == "same":
                told[side] += _around(text, first=index == 0, last=index == len(row) - 1)
    return told["old"], told["new"]


def _around(text: str, first: bool, last: bool) -> str:
    """An unchanged stretch as context of what stands before and after it."""
    if len(text) <= 2 * NEAR + 1:
        return text
    return ("" if first else text[:NEAR]) + "…" + ("" if last else text[-NEAR:])


def _shortened(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:KEPT]} … {text[-KEPT:]}"
