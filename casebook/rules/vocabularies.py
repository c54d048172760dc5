"""Rules about the vocabularies."""

from collections.abc import Iterator, Sequence

from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.model.site import Rank
from casebook.model.vocabulary import Group, Ratio, Term
from casebook.rules.complaint import Complaint


def term_twice(corpus: Corpus) -> Iterator[Complaint]:
    """An id stands for one term of its list."""
    for path, key, named in _lists(corpus):
        seen: set[str] = set()
        for index, each in enumerate(named):
            if each.id in seen:
                yield Complaint(path, (key, index, "id"), {"text": each.id})
            seen.add(each.id)


def _lists(corpus: Corpus) -> Iterator[tuple[str, str, Sequence[Term | Group | Rank | Ratio]]]:
    """(file, key, what it lists) of everything that has ids."""
    for name, vocabulary in [*corpus.vocabularies.items(), ("indicators", corpus.indicators)]:
        yield f"vocabulary/{name}.yml", "terms", vocabulary.terms
        yield f"vocabulary/{name}.yml", "groups", vocabulary.groups
    yield "site.yml", "ranks", corpus.site.ranks
    if corpus.derived:
        yield "vocabulary/derived.yml", "ratios", corpus.derived.ratios


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


def unit_not_basic(corpus: Corpus) -> Iterator[Complaint]:
    """What a unit is converted to is not converted itself, and has one name."""
    basic = {unit.symbol for unit in corpus.units.units if not unit.canonical}
    for index, unit in enumerate(corpus.units.units):
        if unit.canonical in corpus.unit and unit.canonical not in basic:
            listed = corpus.unit[unit.canonical]
            meant = (listed.canonical or listed.symbol) if listed is not unit else ""
            values = {"text": unit.canonical, "suggestion": meant if meant in basic else ""}
            yield Complaint("vocabulary/units.yml", ("units", index, "canonical"), values)
