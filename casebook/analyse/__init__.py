"""analyse: the corpus → results. Pure: no words for people, no files, no clock; `Results` holds them all."""

from dataclasses import dataclass

from casebook.analyse.coverage import Coverage, coverage
from casebook.analyse.derived import DerivedFigures, derived
from casebook.analyse.evidence import Evidence, evidence
from casebook.analyse.facets import Facet, facets
from casebook.analyse.family import case_order
from casebook.analyse.formulas import FormulaEntry, formula_entries
from casebook.analyse.mechanisms import MechanismUse, mechanism_uses
from casebook.analyse.places import PlaceNode, place_tree
from casebook.analyse.relatives import Pairs, Relative, pairs, relatives
from casebook.analyse.series import Series, all_series
from casebook.analyse.tiles import Sheets, sheets
from casebook.analyse.timeline import Timeline, timeline
from casebook.audits import audit
from casebook.audits.discrepancy import Discrepancy
from casebook.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that is computed from the corpus before a page is written."""

    order: tuple[str, ...]
    facets: tuple[Facet, ...]
    uses: dict[str, MechanismUse]
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
    derived: dict[str, DerivedFigures]


def analyse(corpus: Corpus) -> Results:
    """All results of one corpus."""
    order = case_order(corpus)
    places = place_tree(corpus, order)
    return Results(
        order=order,
        facets=facets(corpus, order),
        uses=mechanism_uses(corpus, order),
        series=all_series(corpus, order),
        places=places,
        sheets=sheets(corpus, places),
        timeline=timeline(corpus, order),
        formulas=formula_entries(corpus, order),
        relatives=relatives(corpus, order),
        pairs=pairs(corpus, order),
        coverage=coverage(corpus, order),
        evidence=evidence(corpus, order),
        audits=audit(corpus),
        derived=derived(corpus, order),
    )
