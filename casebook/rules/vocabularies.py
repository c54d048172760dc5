"""Rules about the vocabularies."""

from collections.abc import Iterator

from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.rules.complaint import Complaint


def term_twice(corpus: Corpus) -> Iterator[Complaint]:
    """An id stands for one term."""
    for name, vocabulary in [*corpus.vocabularies.items(), ("indicators", corpus.indicators)]:
        seen: set[str] = set()
        for index, term in enumerate(vocabulary.terms):
            if term.id in seen:
                yield Complaint(f"vocabulary/{name}.yml", ("terms", index, "id"), {"text": term.id})
            seen.add(term.id)


def group_unknown(corpus: Corpus) -> Iterator[Complaint]:
    """Where a vocabulary has groups, each term stands in one of them; where it has none, no term names one."""
    for name, vocabulary in [*corpus.vocabularies.items(), ("indicators", corpus.indicators)]:
        groups = [group.id for group in vocabulary.groups]
        labels = {label: group.id for group in vocabulary.groups for label in (group.label, group.label_en)}
        for index, term in enumerate(vocabulary.terms):
            if (term.group in groups) != bool(groups) or (term.group and not groups):
                values = {"term": term.label, "text": term.group or "", "choices": ", ".join(groups) or "—"}
                values["suggestion"] = closest(term.group or "", groups, labels)
                yield Complaint(f"vocabulary/{name}.yml", ("terms", index, "group"), values)


def unit_twice(corpus: Corpus) -> Iterator[Complaint]:
    """A symbol stands for one unit."""
    seen: set[str] = set()
    for index, unit in enumerate(corpus.units.units):
        places = [("symbol",), *(("also", number) for number in range(len(unit.also)))]
        for place, symbol in zip(places, (unit.symbol, *unit.also), strict=True):
            if symbol in seen:
                yield Complaint("vocabulary/units.yml", ("units", index, *place), {"text": symbol})
            seen.add(symbol)
