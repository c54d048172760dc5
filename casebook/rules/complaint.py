"""What a rule yields, and the walks that most rules share."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from casebook.corpus import Corpus
from casebook.model.case import Case

Loc = tuple[str | int, ...]


class Complaint(NamedTuple):
    """Something wrong at `loc` of the file `path`; `key` points at the key instead of its value.

    In prose, which has no tree, `at` says line and column.
    """

    path: str
    loc: Loc
    values: Mapping[str, str]
    key: bool = False
    at: tuple[int, int] | None = None


def case_files(corpus: Corpus) -> Iterator[tuple[str, str, Case]]:
    """(path, id, case) of every case."""
    for id, case in corpus.cases.items():
        yield f"cases/{id}.yml", id, case
