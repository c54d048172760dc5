"""The dictionary of formulas: what the numerals of slogans count."""

from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.model.case import Formula


@dataclass(frozen=True, slots=True)
class FormulaEntry:
    """One slogan as one case decodes it; the same slogan can mean other sets elsewhere."""

    case: str
    index: int
    formula: Formula
    counts: tuple[str, ...]


def formula_entries(corpus: Corpus, order: tuple[str, ...]) -> tuple[FormulaEntry, ...]:
    """All formulas in the order of the cases; `counts` are the kinds of things their numerals count."""
    return tuple(
        FormulaEntry(id, index, formula, tuple(dict.fromkeys(p.counts for p in formula.parts if p.counts)))
        for id in order
        for index, formula in enumerate(corpus.cases[id].formulas)
    )
