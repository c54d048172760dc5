"""The two states as corpora. What one side lacks to be read at all (its vocabularies) it borrows from the other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from casebook.corpus import Corpus
from casebook.load import load
from casebook.problems import Problem, errors, in_order
from casebook.rules import check

State: TypeAlias = tuple[Mapping[str, bytes], Collection[Problem]]
"""A folder's or a revision's files, and what is wrong with those that are not among them."""


@dataclass(frozen=True, slots=True)
class Side:
    """One state: its files, what could be read of them, all problems, and the paths of what could not be read."""

    files: Mapping[str, bytes]
    corpus: Corpus
    problems: tuple[Problem, ...]
    unread: frozenset[str]

    @property
    def sound(self) -> bool:
        """Whether a site can be made of it."""
        return not errors(self.problems)


def both_sides(before: State, after: State) -> tuple[Side, Side] | None:
    """Both states, or `None` where a file that everything needs can be read in neither."""
    old, new = _side(before, after), _side(after, before)
    return (old, new) if old and new else None


def _side(state: State, other: State) -> Side | None:
    files, found = state
    corpus, problems = load(files)
    refused = {problem.path for problem in errors([*found, *problems])}
    if corpus is None:
        needed = {path for path in refused & other[0].keys() if path == "site.yml" or path.startswith("vocabulary/")}
        corpus, _ = load({**files, **{path: other[0][path] for path in needed}})
    if corpus is None:
        return None
    # Rules speak of what could be read: after a refusal much of what they say would only follow from it.
    told = in_order([*found, *problems] or check(corpus))
    return Side(files, corpus, tuple(told), frozenset(refused))
