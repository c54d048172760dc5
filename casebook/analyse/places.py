"""The places: one tree over all ranks."""

from dataclasses import dataclass, field

from casebook.corpus import Corpus
from casebook.model.base import RESERVED
from casebook.model.case import Case
from casebook.spelling import spelled, untaken

LONGEST = 120
"""Characters of a page's name: file systems take some 250, with its ending."""


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """A place: its rank ("" for the root), its name, the cases that stand exactly here, and the places inside it.

    `slug` names its page: pinyin (or ASCII as it is), and a number where another place is spelled alike.
    """

    rank: str
    name: str
    path: tuple[str, ...]
    slug: str = ""
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
    taken = set(RESERVED)
    for id in order:
        node = root
        for rank, name in place_path(corpus, corpus.cases[id]):
            if name not in node.inside:
                path = (*node.path, name)
                node.inside[name] = PlaceNode(rank, name, path, _slug(path, taken))
            node = node.inside[name]
        node.cases.append(id)
    return root


def place_at(root: PlaceNode, path: tuple[str, ...]) -> PlaceNode:
    """The place with these names from the widest down. Raises `KeyError`."""
    for name in path:
        root = root.inside[name]
    return root


def _slug(path: tuple[str, ...], taken: set[str]) -> str:
    plain = "-".join("".join(spelled(name)) or "place" for name in path)
    return untaken(plain[:LONGEST].rstrip("-"), taken)
