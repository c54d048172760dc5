"""Rules about the vocabularies."""

from collections.abc import Iterator, Sequence

from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.model.site import Rank
from casebook.model.vocabulary import Group, Ratio, Term
from casebook.rules.complaint import Complaint, case_files


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


TILES = "vocabulary/tiles.yml"


def tile_twice(corpus: Corpus) -> Iterator[Complaint]:
    """A place has one tile, and a tile its own place: no two stand on the same row and column."""
    for number, one in enumerate(corpus.tile_maps.maps if corpus.tile_maps else ()):
        names: set[str] = set()
        spots: dict[tuple[int, int], str] = {}
        for index, tile in enumerate(one.tiles):
            loc = ("maps", number, "tiles", index)
            if tile.name in names:
                yield Complaint(TILES, (*loc, "name"), {"text": tile.name})
            elif other := spots.get((tile.row, tile.column)):
                yield Complaint(TILES, (*loc, "row"), {"text": f"{other} / {tile.name}"})
            names.add(tile.name)
            spots.setdefault((tile.row, tile.column), tile.name)


def place_without_tile(corpus: Corpus) -> Iterator[Complaint]:
    """Where the places of the second rank are arranged as tiles, each that a case names has one."""
    if corpus.tile_maps is None or len(corpus.site.ranks) < 2:
        return
    first, second = (rank.id for rank in corpus.site.ranks[:2])
    tiled = {one.name: [tile.name for tile in one.tiles] for one in corpus.tile_maps.maps}
    for path, _, case in case_files(corpus):
        names = tiled.get(case.place[first].name)
        if names and second in case.place and (name := case.place[second].name) not in names:
            yield Complaint(path, ("place", second, "name"), {"text": name, "suggestion": closest(name, names)})
