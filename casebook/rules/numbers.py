"""Rules about coded numbers and dates: each is the one that its phrase says."""

import re
from collections.abc import Iterator

from casebook.corpus import Corpus
from casebook.meant import quantity_meant
from casebook.model.case import Case
from casebook.numerals import numbers, numerals
from casebook.quantities import agrees
from casebook.rules.complaint import Complaint, Loc, case_files

# A date as Chinese writes it; elsewhere only the year can be told.
STATED = {"year": r"((?:18|19|20)\d\d)年", "month": r"(?<!\d)(1?\d)月", "day": r"(?<!\d)([123]?\d)日"}
CHINESE = re.compile("[\u4e00-\u9fff]")


def value_disagrees(corpus: Corpus) -> Iterator[Complaint]:
    """The typed value is the number that stands in the phrase, in its unit (once that is a known one)."""
    for path, _, case in case_files(corpus):
        for index, seen in enumerate(case.observations):
            if not seen.value or (seen.unit and seen.unit not in corpus.unit):
                continue
            if len(seen.as_stated) > corpus.site.limits.phrase:
                continue  # another rule's business, and slow work
            if agrees(seen.value, seen.unit, seen.as_stated, corpus.unit) is None:
                values = {"value": seen.value, "unit": seen.unit or "", "phrase": seen.as_stated}
                values["suggestion"] = quantity_meant(seen.as_stated, corpus.unit)
                yield Complaint(path, ("observations", index, "value"), values)


def slogan_disagrees(corpus: Corpus) -> Iterator[Complaint]:
    """The numerals of a slogan stand in its phrase in the same order, even where the text spells the slogan out."""
    for path, _, case in case_files(corpus):
        for index, formula in enumerate(case.formulas):
            if numerals(formula.slogan) not in numerals(formula.as_stated):
                values = {"slogan": formula.slogan, "phrase": formula.as_stated}
                yield Complaint(path, ("formulas", index, "slogan"), values)


def number_disagrees(corpus: Corpus) -> Iterator[Complaint]:
    """The number of a formula's part is the one that the part says."""
    for path, _, case in case_files(corpus):
        for index, formula in enumerate(case.formulas):
            for at, part in enumerate(formula.parts):
                if part.number is not None and part.number not in numbers(part.part):
                    values = {"number": str(part.number), "text": part.part}
                    yield Complaint(path, ("formulas", index, "parts", at, "number"), values)


def date_disagrees(corpus: Corpus) -> Iterator[Complaint]:
    """Where a phrase says years, months or days, the coded date has the same."""
    for path, _, case in case_files(corpus):
        for loc, coded, phrase in _dated(case):
            stated = {part: {int(n) for n in re.findall(pattern, phrase)} for part, pattern in STATED.items()}
            if loc[-1] == "date" and not CHINESE.search(phrase):
                stated["year"] = {int(n) for n in re.findall(r"\b(?:18|19|20)\d\d\b", phrase)}
            given = [[int(n) for n in end.split("-")] for end in coded.split("/") if end != ".."]
            for position, said in enumerate(stated.values()):
                typed = {end[position] for end in given if len(end) > position}
                if said and typed and not (said <= typed or typed <= said):
                    yield Complaint(path, loc, {"date": coded, "phrase": phrase})
                    break


def _dated(case: Case) -> Iterator[tuple[Loc, str, str]]:
    """(place, date or period, phrase) of every claim that has all three."""
    if case.started.date and case.started.as_stated:
        yield ("started", "date"), case.started.date, case.started.as_stated
    for index, milestone in enumerate(case.milestones):
        yield ("milestones", index, "date"), milestone.date, milestone.as_stated
    for index, honour in enumerate(case.honours):
        if honour.date:
            yield ("honours", index, "date"), honour.date, honour.as_stated
    for index, seen in enumerate(case.observations):
        if seen.as_of:
            yield ("observations", index, "as_of"), seen.as_of, seen.as_stated
