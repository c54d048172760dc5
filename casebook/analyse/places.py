"""The places: one tree over all ranks."""

from dataclasses import dataclass, field

from casebook.corpus import Corpus
from casebook.model.case import Case


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """A place: its rank ("" for the root), its name, the cases that stand exactly here, and the places inside it."""

    rank: str
    name: str
    path: tuple[str, ...]
    cases: list[str] = field(default_factory=list)
    inside: dict[str, "PlaceNode"] = field(default_factory=dict)

    def all_cases(self) -> list[str]:
        """The cases here and in every place inside."""
        return [*self.cases, *(id for child in self.inside.values() for id in child.all_cases())]


def place_path(corpus: Corpus, case: Case) -> tuple[tuple[str, str], ...]:
    """(rank, name) from the widest to the narrowest rank the case has."""
    return tuple((rank.id, case.place[rank.id].name) for rank in corpus.site.ranks if rank.id in case.place)


def place_tree(corpus: Corpus, order: tuple[str, ...]) -> PlaceNode:
    """The root of the tree; children stand in the order in which cases bring them up."""
    root = PlaceNode("", "", ())
    for id in order:
        node = root
        for rank, name in place_path(corpus, corpus.cases[id]):
            node = node.inside.setdefault(name, PlaceNode(rank, name, (*node.path, name)))
        node.cases.append(id)
    return root
