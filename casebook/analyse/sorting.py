"""The orders in which readers may put the cases, beside that of the report."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from casebook.analyse.places import PlaceNode
from casebook.corpus import Corpus
from casebook.model.case import Case

Key: TypeAlias = int | str | None


@dataclass(frozen=True, slots=True)
class Sorting:
    """Case → what it is sorted by; `None` (not stated) stands last either way, equals keep the order of the report.

    `choices` are what a reader is offered: a name, and whether the largest come first.
    """

    keys: dict[str, Key]
    choices: tuple[tuple[str, bool], ...]


def figures(case: Case) -> int:
    """How many numbers a case states."""
    return sum(seen.absent is None for seen in case.observations)


BY_CASE: tuple[tuple[Callable[[Case], Key], tuple[tuple[str, bool], ...]], ...] = (
    (lambda case: case.started.date, (("oldest", False), ("newest", True))),
    (lambda case: len(case.findings), (("mechanisms", True),)),
    (figures, (("figures", True),)),
)


def sortings(corpus: Corpus, places: PlaceNode, alike: tuple[str, ...]) -> tuple[Sorting, ...]:
    """By place, by what each case says, and by likeness."""
    by_case = (Sorting({id: key(corpus.cases[id]) for id in alike}, choices) for key, choices in BY_CASE)
    return (_listed("place", places.all_cases()), *by_case, _listed("alike", alike))


def _listed(choice: str, cases: list[str] | tuple[str, ...]) -> Sorting:
    return Sorting({id: place for place, id in enumerate(cases)}, ((choice, False),))
