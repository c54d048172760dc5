"""Cases alike in their mechanisms, with the reason.

The measure is a Jaccard index over the mechanisms two cases share, in which a rare mechanism weighs more than a common
one (weight ln(1 + n / cases that show it)); it compares what the texts say, not what the places do.
"""

from dataclasses import dataclass
from math import log

from casebook.corpus import Corpus

MOST = 5


@dataclass(frozen=True, slots=True)
class Relative:
    """A similar case: `likeness` in 0–1, and the shared mechanisms, rarest first."""

    id: str
    likeness: float
    shared: tuple[str, ...]


def relatives(corpus: Corpus, order: tuple[str, ...]) -> dict[str, tuple[Relative, ...]]:
    """Case → up to five similar cases (at least two shared mechanisms), most similar first."""
    shown = {id: {f.mechanism for f in corpus.cases[id].findings} for id in order if id in corpus.counted}
    holders: dict[str, list[str]] = {}
    for id, mechanisms in shown.items():
        for mechanism in mechanisms:
            holders.setdefault(mechanism, []).append(id)
    weight = {mechanism: log(1 + len(shown) / len(ids)) for mechanism, ids in holders.items()}
    return {id: _of(id, shown, weight, holders) for id in shown}


def _of(
    id: str, shown: dict[str, set[str]], weight: dict[str, float], holders: dict[str, list[str]]
) -> tuple[Relative, ...]:
    mine = shown[id]
    found = []
    for other in dict.fromkeys(other for m in sorted(mine) for other in holders[m] if other != id):
        shared = sorted(mine & shown[other], key=lambda m: (-weight[m], m))
        if len(shared) >= 2:
            either = sum(weight[m] for m in sorted(mine | shown[other]))
            found.append(Relative(other, sum(weight[m] for m in shared) / either, tuple(shared)))
    return tuple(sorted(found, key=lambda r: (-round(r.likeness, 9), r.id))[:MOST])
