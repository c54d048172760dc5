"""An order of the cases in which the like stand together, so that patterns show in the matrix."""

from itertools import chain, islice

from casebook.analyse.relatives import NEAR, Likeness
from casebook.corpus import Corpus


def alike(corpus: Corpus, order: tuple[str, ...]) -> tuple[str, ...]:
    """All cases: the first, then each time the one most like the last in mechanisms; those without any come last.

    Of what is left, only some that share the rarest things with the last are weighed, so that the cost stays linear.
    Where nothing that is left shares anything with the last, the order of the report says which comes next.
    """
    shown = {id: {finding.mechanism for finding in corpus.cases[id].findings} for id in order}
    likeness = Likeness({id: mechanisms for id, mechanisms in shown.items() if mechanisms})
    left = {mechanism: dict.fromkeys(ids) for mechanism, ids in likeness.holders.items()}
    waiting = dict.fromkeys(likeness.shown)
    chosen: list[str] = []
    while waiting:
        near = _near(likeness, left, chosen[-1]) if chosen else []
        following = max(near, key=lambda id: likeness.between(chosen[-1], id)) if near else next(iter(waiting))
        chosen.append(following)
        del waiting[following]
        for mechanism in likeness.shown[following]:
            del left[mechanism][following]
    return (*chosen, *(id for id in order if not shown[id]))


def _near(likeness: Likeness, left: dict[str, dict[str, None]], id: str) -> list[str]:
    """Up to fifty of the cases that are left and share something with `id`, the rarest first."""
    rarest_first = sorted(likeness.shown[id], key=lambda mechanism: (-likeness.weight[mechanism], mechanism))
    sharing = dict.fromkeys(islice(chain.from_iterable(left[mechanism] for mechanism in rarest_first), 4 * NEAR))
    return list(sharing)[:NEAR]
