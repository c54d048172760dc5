"""analyse: the corpus → results. Pure: no words for people, no files, no clock; `Results` holds them all."""

from dataclasses import dataclass
from itertools import groupby

from casebook.analyse.coverage import Coverage, coverage
from casebook.analyse.derived import DerivedFigures, derived
from casebook.analyse.evidence import Evidence, evidence
from casebook.analyse.facets import Facet, facets
from casebook.analyse.family import case_order, cited_by
from casebook.analyse.formulas import FormulaEntry, formula_entries
from casebook.analyse.mechanisms import MechanismUse, group_holders, mechanism_uses
from casebook.analyse.places import PlaceNode, place_tree
from casebook.analyse.relatives import Pairs, Relative, pairs, relatives
from casebook.analyse.seriation import alike
from casebook.analyse.series import Series, all_series
from casebook.analyse.sorting import Sorting, sortings
from casebook.analyse.tiles import Sheets, sheets
from casebook.analyse.timeline import Timeline, timeline
from casebook.audits import audit
from casebook.audits.discrepancy import Discrepancy
from casebook.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that is computed from the corpus before a page is written.

    `position` is each case's place in the order, `holders` who shows any mechanism of a group, `audits_of` the
    contradictions of each case that has some.
    """

    order: tuple[str, ...]
    position: dict[str, int]
    cited_by: dict[str, tuple[str, ...]]
    facets: tuple[Facet, ...]
    sortings: tuple[Sorting, ...]
    uses: dict[str, MechanismUse]
    holders: dict[str, frozenset[str]]
    series: dict[str, Series]
    places: PlaceNode
    sheets: Sheets
    timeline: Timeline
    formulas: tuple[FormulaEntry, ...]
    relatives: dict[str, tuple[Relative, ...]]
    pairs: Pairs
    coverage: Coverage
    evidence: Evidence
    audits: tuple[Discrepancy, ...]
    audits_of: dict[str, tuple[Discrepancy, ...]]
    derived: dict[str, DerivedFigures]


def analyse(corpus: Corpus) -> Results:
    """All results of one corpus."""
    order = case_order(corpus)
    position = {id: place for place, id in enumerate(order)}
    places = place_tree(corpus, order)
    audits = tuple(sorted(audit(corpus), key=lambda row: (position[row.case], row.loc[0], str(row.loc[1:]))))
    return Results(
        order=order,
        position=position,
        cited_by=cited_by(corpus, order),
        facets=facets(corpus, order),
        sortings=sortings(corpus, places, alike(corpus, order)),
        uses=mechanism_uses(corpus, order),
        holders=group_holders(corpus),
        series=all_series(corpus, order),
        places=places,
        sheets=sheets(corpus, places),
        timeline=timeline(corpus, order),
        formulas=formula_entries(corpus, order),
        relatives=relatives(corpus, order),
        pairs=pairs(corpus, order),
        coverage=coverage(corpus, order),
        evidence=evidence(corpus, order),
        audits=audits,
        audits_of={id: tuple(of) for id, of in groupby(audits, key=lambda row: row.case)},
        derived=derived(corpus, order),
    )
