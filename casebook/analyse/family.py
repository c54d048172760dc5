"""The order of the cases, and who belongs to whom."""

from casebook.corpus import Corpus
from casebook.model.base import locator_lines


def case_order(corpus: Corpus) -> tuple[str, ...]:
    """Case ids as a reader of the sources meets them: by source, umbrellas first, then by line."""

    def key(id: str) -> tuple[str, bool, int, str]:
        case = corpus.cases[id]
        first = case.sources[0]
        return first.source, case.parent is not None, locator_lines(first.locator).start, id

    return tuple(sorted(corpus.cases, key=key))
