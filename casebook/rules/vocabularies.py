"""Rules about the vocabularies."""

from collections.abc import Iterator

from casebook.corpus import Corpus
from casebook.rules.complaint import Complaint


def term_twice(corpus: Corpus) -> Iterator[Complaint]:
    """An id stands for one term."""
    for name, vocabulary in [*corpus.vocabularies.items(), ("indicators", corpus.indicators)]:
        seen: set[str] = set()
        for index, term in enumerate(vocabulary.terms):
            if term.id in seen:
                yield Complaint(f"vocabulary/{name}.yml", ("terms", index, "id"), {"text": term.id})
            seen.add(term.id)


def unit_twice(corpus: Corpus) -> Iterator[Complaint]:
    """A symbol stands for one unit."""
    seen: set[str] = set()
    for index, unit in enumerate(corpus.units.units):
        for symbol in (unit.symbol, *unit.also):
            if symbol in seen:
                yield Complaint("vocabulary/units.yml", ("units", index), {"text": symbol})
            seen.add(symbol)
