"""Lists: the number that announces one against the names that follow."""

from collections.abc import Iterator

from casebook.audits.discrepancy import Discrepancy, Names, Said, discrepancy, measured, stated
from casebook.corpus import Corpus
from casebook.model.case import Formula, Part
from casebook.model.evidence import Citation


def numeral_and_parts(corpus: Corpus) -> Iterator[Discrepancy]:
    """Where a text lists what the numeral of a slogan stands for, it lists as many as the numeral says."""
    for id, loc, formula, part in _parts(corpus):
        if part.number is not None and part.items and len(part.items) != part.number:
            values: dict[str, Said] = {
                "slogan": formula.slogan,
                "number": str(part.number),
                "items": Names(part.items),
                "n": str(len(part.items)),
            }
            yield Discrepancy(id, part.part, loc, _claims(formula, part), values)


def parts_not_reported(corpus: Corpus) -> Iterator[Discrepancy]:
    """Where a text comes back to the parts of a slogan as results, it comes back to all of them and to no others."""
    for id, loc, formula, part in _parts(corpus):
        if part.reported and set(part.reported) != set(part.items):
            missing = tuple(item for item in part.items if item not in part.reported)
            added = tuple(item for item in part.reported if item not in part.items)
            values: dict[str, Said] = {
                "items": Names(part.items),
                "reported": Names(part.reported),
                "missing": Names(missing),
                "added": Names(added),
            }
            yield Discrepancy(id, part.part, loc, _claims(formula, part), values)


def list_length(corpus: Corpus) -> Iterator[Discrepancy]:
    """A counted list has as many items as are named, and a programme as many members as it says."""
    for id, _, points in measured(corpus):
        for point in points:
            seen = point.observation
            below = [child for child in corpus.children.get(id, ()) if corpus.cases[child].kind != "mention"]
            names = tuple(corpus.cases[child].name for child in below) if seen.members else seen.items
            if (seen.members or names) and point.exact and point.value != len(names):
                values: dict[str, Said] = {"stated": stated(point), "items": Names(names), "n": str(len(names))}
                yield discrepancy(corpus, [point], values, "members" if seen.members else "")


def _parts(corpus: Corpus) -> Iterator[tuple[str, tuple[str | int, ...], Formula, Part]]:
    for id, case in corpus.cases.items():
        for index, formula in enumerate(case.formulas):
            for number, part in enumerate(formula.parts):
                yield id, ("formulas", index, "parts", number), formula, part


def _claims(formula: Formula, part: Part) -> tuple[Citation, ...]:
    if part.as_stated is None or part.as_stated == formula.as_stated:
        return (formula,)
    source, locator = part.source or formula.source, part.locator or formula.locator
    return formula, Citation(source=source, locator=locator, as_stated=part.as_stated)
