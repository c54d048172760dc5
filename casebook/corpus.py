"""The corpus: everything that was loaded, with the way back from each noun to its file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casebook.model.case import Case, Tombstone
from casebook.model.comparison import Comparison, Section
from casebook.model.evidence import Citation, Coded
from casebook.model.omission import Omissions
from casebook.model.site import Site
from casebook.model.source import Source
from casebook.model.tiles import TileMaps
from casebook.model.vocabulary import Derived, Indicator, Indicators, Term, Unit, Units, Vocabulary
from casebook.points import Point, points_of
from casebook.yamlfile import Node

# Which vocabularies there are; `indicators` and `units` have models of their own.
VOCABULARIES = ("mechanisms", "actors", "levels", "settlements", "problems", "platforms", "numerals")
# Only a corpus that lists omissions needs their reasons.
OPTIONAL_VOCABULARIES = ("omissions",)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read: where a problem of one of its parts is to be reported."""

    path: str
    node: Node
    model: object


@dataclass(frozen=True, eq=False)  # the same only as itself: results of one can be remembered
class Corpus:
    """All cases, sources, vocabularies and comparisons of one report, in the order of their files or terms.

    `sections` are the prose of the comparisons, by the same ids.
    """

    site: Site
    cases: Mapping[str, Case]
    tombstones: Mapping[str, Tombstone]
    sources: Mapping[str, Source]
    vocabularies: Mapping[str, Vocabulary]
    indicators: Indicators
    units: Units
    derived: Derived | None = None
    tile_maps: TileMaps | None = None
    omissions: Mapping[str, Omissions] = field(default_factory=dict)
    pages: Mapping[str, str] = field(default_factory=dict)
    comparisons: Mapping[str, Comparison] = field(default_factory=dict)
    sections: Mapping[str, tuple[Section, ...]] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()

    @cached_property
    def terms(self) -> dict[str, dict[str, Term]]:
        """Vocabulary → id → term, indicators included."""
        found = {name: {t.id: t for t in vocabulary.terms} for name, vocabulary in self.vocabularies.items()}
        absent: dict[str, dict[str, Term]] = {name: {} for name in OPTIONAL_VOCABULARIES}
        return absent | found | {"indicators": {t.id: t for t in self.indicators.terms}}

    @cached_property
    def unit(self) -> dict[str, Unit]:
        """Symbol (or variant) → unit."""
        return {symbol: unit for unit in self.units.units for symbol in (unit.symbol, *unit.also)}

    @cached_property
    def points(self) -> dict[str, tuple[Point, ...]]:
        """Case → its observations as numbers."""
        return {id: points_of(id, case, self.unit) for id, case in self.cases.items()}

    def indicator(self, id: str) -> Indicator:
        """The indicator with this id. Raises `KeyError`."""
        found = self.terms["indicators"][id]
        assert isinstance(found, Indicator)
        return found

    @cached_property
    def counted(self) -> dict[str, Case]:
        """The cases that count: neither programmes (umbrellas) nor mentions (single sentences)."""
        return {id: case for id, case in self.cases.items() if case.kind in ("case", "subcase")}

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """Parent → its children's ids."""
        found: dict[str, list[str]] = {}
        for id, case in self.cases.items():
            if case.parent:
                found.setdefault(case.parent, []).append(id)
        return found

    def source_of(self, case: Case, claim: Citation | Coded) -> str:
        """The id of the source a claim is cited from: its own, else the case's first."""
        return claim.source or case.sources[0].source


def citations(case: Case) -> Iterator[tuple[tuple[str | int, ...], Citation]]:
    """Every claim of a case that is cited, with its place in the file."""
    for rank, place in case.place.items():
        if place.citation:
            yield ("place", rank), place.citation
    for key in ("level", "settlement", "started"):
        coded: Coded | None = getattr(case, key)
        if coded and coded.citation:
            yield (key,), coded.citation
    for key in ("problems", "actors", "platforms"):
        for index, coded in enumerate(getattr(case, key)):
            if coded.citation:
                yield (key, index), coded.citation
    for key in ("formulas", "findings", "observations", "honours", "milestones"):
        for index, claim in enumerate(getattr(case, key)):
            yield (key, index), claim
    for index, formula in enumerate(case.formulas):
        for number, part in enumerate(formula.parts):
            if part.as_stated:
                locator = part.locator or formula.locator
                source = part.source or formula.source
                yield (
                    ("formulas", index, "parts", number),
                    Citation(source=source, locator=locator, as_stated=part.as_stated),
                )
