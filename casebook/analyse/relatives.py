"""Cases alike, with the reason, and pairs of cases that are worth comparing.

The measure is a Jaccard index over what two cases share, in which a rare thing weighs more than a common one (weight
ln(1 + n / cases that have it)). Taken over mechanisms it compares what the texts say was done; taken over level,
settlement and problems, under what conditions. It compares texts, not places.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log

from casebook.corpus import Corpus
from casebook.model.case import Case

MOST = 5
PAIRS = 12
LEAST = 3
"""Fewer mechanisms than this are too little to call a case different from another."""
NEAR = 50
"""At most so many other cases are weighed for one, those that share the rarest things first."""

Features = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Relative:
    """A similar case: `likeness` in 0–1, and what is shared, rarest first."""

    id: str
    likeness: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cases, how alike they are in mechanisms and in context (0–1), and what they share of either."""

    one: str
    other: str
    mechanisms: float
    context: float
    shared_mechanisms: tuple[str, ...]
    shared_context: tuple[str, ...]
    same_source: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """Most similar systems (alike in context, not in mechanisms) and most different ones (the other way round)."""

    similar: tuple[Pair, ...]
    different: tuple[Pair, ...]


class Likeness:
    """The measure over one kind of features."""

    def __init__(self, shown: Features) -> None:
        self.shown = shown
        self.holders: dict[str, list[str]] = {}
        for id, features in shown.items():
            for feature in sorted(features):
                self.holders.setdefault(feature, []).append(id)
        self.weight = {feature: log(1 + len(shown) / len(ids)) for feature, ids in self.holders.items()}
        self._all = {id: self._sum(features) for id, features in shown.items()}

    def _sum(self, features: set[str]) -> float:
        return sum(self.weight[feature] for feature in sorted(features))

    def shared(self, one: str, other: str) -> tuple[str, ...]:
        """What both have, rarest first."""
        return tuple(sorted(self.shown[one] & self.shown[other], key=lambda feature: (-self.weight[feature], feature)))

    def between(self, one: str, other: str) -> float:
        """How alike two cases are, from 0 to 1."""
        both = self._sum(self.shown[one] & self.shown[other])
        return both / (self._all[one] + self._all[other] - both) if both else 0.0

    def near(self, id: str) -> list[str]:
        """The cases that share something with it."""
        rarest_first = sorted(self.shown[id], key=lambda feature: (-self.weight[feature], feature))
        found: dict[str, None] = {}
        for other in chain.from_iterable(self.holders[feature] for feature in rarest_first):
            if other != id:
                found[other] = None
            if len(found) >= NEAR:
                break
        return list(found)

    def nearest(self, id: str) -> tuple[Relative, ...]:
        """Up to five similar cases (at least two things shared), most similar first."""
        near = ((other, self.shared(id, other)) for other in self.near(id))
        found = [Relative(other, self.between(id, other), shared) for other, shared in near if len(shared) >= 2]
        return tuple(sorted(found, key=lambda r: (-round(r.likeness, 9), r.id))[:MOST])


def mechanism_likeness(corpus: Corpus, order: tuple[str, ...]) -> Likeness:
    """The measure over mechanisms, of counted cases."""
    counted = (id for id in order if id in corpus.counted)
    return Likeness({id: {f.mechanism for f in corpus.cases[id].findings} for id in counted})


def context_likeness(corpus: Corpus, order: tuple[str, ...]) -> Likeness:
    """The measure over level, settlement and problems; features read `levels/town`, as vocabulary and term."""
    return Likeness({id: _context(corpus.cases[id]) for id in order if id in corpus.counted})


def _context(case: Case) -> set[str]:
    settlement = {f"settlements/{case.settlement.term}"} if case.settlement else set()
    return {f"levels/{case.level.term}", *settlement, *(f"problems/{problem.term}" for problem in case.problems)}


def relatives(corpus: Corpus, order: tuple[str, ...]) -> dict[str, tuple[Relative, ...]]:
    """Case → the cases nearest in mechanisms."""
    likeness = mechanism_likeness(corpus, order)
    return {id: likeness.nearest(id) for id in likeness.shown}


def pairs(corpus: Corpus, order: tuple[str, ...]) -> Pairs:
    """Pairs for case selection, neither parent and child nor with fewer than three mechanisms in either.

    Of each kind the first twelve, by how much likeness in the one exceeds likeness in the other; a case stands in two
    of them at most, so that one text does not fill the list.
    """
    acts, context = mechanism_likeness(corpus, order), context_likeness(corpus, order)

    def chosen(near: Likeness, far: Likeness) -> tuple[Pair, ...]:
        gaps = {pair: near.between(*pair) - far.between(*pair) for pair in _candidates(corpus, acts, near)}
        return tuple(_pair(corpus, acts, context, one, other) for one, other in _first(gaps))

    return Pairs(similar=chosen(context, acts), different=chosen(acts, context))


def _candidates(corpus: Corpus, acts: Likeness, near: Likeness) -> Iterator[tuple[str, str]]:
    enough = {id for id, mechanisms in acts.shown.items() if len(mechanisms) >= LEAST}
    for id in sorted(enough):
        for other in near.near(id):
            family = corpus.cases[id].parent == other or corpus.cases[other].parent == id
            if other in enough and not family:
                yield (id, other) if id < other else (other, id)


def _first(gaps: Mapping[tuple[str, str], float]) -> list[tuple[str, str]]:
    """The pairs of the widest gaps, none of whose cases stands in two of them already."""
    found: list[tuple[str, str]] = []
    for pair in sorted(gaps, key=lambda pair: (-round(gaps[pair], 9), pair)):
        often = max(sum(id in other for other in found) for id in pair)
        if len(found) >= PAIRS or gaps[pair] <= 0:
            break
        if often < 2:
            found.append(pair)
    return found


def _pair(corpus: Corpus, acts: Likeness, context: Likeness, one: str, other: str) -> Pair:
    sources = [{passage.source for passage in corpus.cases[id].sources} for id in (one, other)]
    return Pair(
        one=one,
        other=other,
        mechanisms=acts.between(one, other),
        context=context.between(one, other),
        shared_mechanisms=acts.shared(one, other),
        shared_context=context.shared(one, other),
        same_source=bool(sources[0] & sources[1]),
    )
