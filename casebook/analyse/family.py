"""The order of the cases, and which of them a source speaks of."""

from casebook.corpus import Corpus
from casebook.model.base import locator_lines


def case_order(corpus: Corpus) -> tuple[str, ...]:
    """Case ids as a reader of the sources meets them: by source, umbrellas first, then by line."""

    def key(id: str) -> tuple[str, bool, int, str]:
        case = corpus.cases[id]
        first = case.sources[0]
        return first.source, case.parent is not None, locator_lines(first.locator).start, id

    return tuple(sorted(corpus.cases, key=key))


def cited_by(corpus: Corpus, order: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Source → the cases that it speaks of, for every source."""
    found: dict[str, dict[str, None]] = {id: {} for id in corpus.sources}
    for id in order:
        for passage in corpus.cases[id].sources:
            found[passage.source][id] = None
    return {source: tuple(ids) for source, ids in found.items()}
