"""Rules about single claims: their evidence, their units, their formulas."""

from collections.abc import Iterator

from casebook.corpus import Corpus, citations
from casebook.model.base import locator_lines
from casebook.rules.complaint import Complaint, case_files


def phrase_too_long(corpus: Corpus) -> Iterator[Complaint]:
    """`as_stated` is the short phrase that carries the claim, not the sentence around it."""
    most = corpus.site.limits.phrase
    for path, _, case in case_files(corpus):
        for loc, citation in citations(case):
            if len(citation.as_stated) > most:
                values = {"length": str(len(citation.as_stated)), "most": str(most)}
                yield Complaint(path, (*loc, "as_stated"), values)


def locator_beyond_source(corpus: Corpus) -> Iterator[Complaint]:
    """A locator counts lines that the source has."""
    for path, _, case in case_files(corpus):
        cited = [(loc, corpus.source_of(case, c), c.locator) for loc, c in citations(case)]
        passages = [(("sources", i), p.source, p.locator) for i, p in enumerate(case.sources)]
        for loc, source, locator in [*passages, *cited]:
            record = corpus.sources.get(source)
            if record and locator_lines(locator)[-1] > record.lines:
                values = {"text": locator, "source": source, "lines": str(record.lines)}
                yield Complaint(path, (*loc, "locator"), values)

    for id, listed in corpus.omissions.items():
        record = corpus.sources.get(id)
        for index, omission in enumerate(listed.omissions):
            if record and locator_lines(omission.locator)[-1] > record.lines:
                values = {"text": omission.locator, "source": id, "lines": str(record.lines)}
                yield Complaint(f"omissions/{id}.yml", ("omissions", index, "locator"), values)


def locator_outside_passages(corpus: Corpus) -> Iterator[Complaint]:
    """A case is cited only from the passages that its `sources` list (once all these sources are known)."""
    for path, _, case in case_files(corpus):
        passages = [(p.source, locator_lines(p.locator)) for p in case.sources]
        for loc, citation in citations(case):
            source, cited = corpus.source_of(case, citation), locator_lines(citation.locator)
            records = [corpus.sources.get(id) for id in (source, *(p.source for p in case.sources))]
            if not all(records) or cited[-1] > corpus.sources[source].lines:
                continue  # another rule's business
            if not any(source == s and cited[0] in lines and cited[-1] in lines for s, lines in passages):
                yield Complaint(path, (*loc, "locator"), {"text": citation.locator, "source": source})


def finding_twice(corpus: Corpus) -> Iterator[Complaint]:
    """A case has one finding for a mechanism: the strongest verdict that the text bears."""
    for path, _, case in case_files(corpus):
        seen: set[str] = set()
        for index, finding in enumerate(case.findings):
            if finding.mechanism in seen:
                yield Complaint(path, ("findings", index, "mechanism"), {"text": finding.mechanism})
            seen.add(finding.mechanism)


# What makes an entry of a list of a case the same as another one; findings have a rule of their own.
SAME: dict[str, tuple[str, ...]] = {
    "sources": ("source", "locator"),
    "problems": ("term",),
    "actors": ("term", "name", "role"),
    "platforms": ("term", "name", "role"),
    "formulas": ("slogan",),
    "observations": ("indicator", "value", "absent", "counted", "scope", "as_of", "status", "part_of"),
    "honours": ("title", "holder", "by", "date"),
    "milestones": ("event", "date"),
    "audits": ("rule", "about"),
}


def listed_twice(corpus: Corpus) -> Iterator[Complaint]:
    """No list of a case says the same thing twice: readers could not tell the two apart."""
    for path, _, case in case_files(corpus):
        for key, fields in SAME.items():
            seen: set[tuple[object, ...]] = set()
            for index, entry in enumerate(getattr(case, key)):
                said = tuple(getattr(entry, name) for name in fields)
                if said in seen:
                    yield Complaint(path, (key, index), {"key": key, "same": ", ".join(fields)})
                seen.add(said)


def unit_missing(corpus: Corpus) -> Iterator[Complaint]:
    """A value has a unit where its indicator is measured in units."""
    for path, _, case in case_files(corpus):
        for index, seen in enumerate(case.observations):
            indicator = corpus.terms["indicators"].get(seen.indicator)
            if seen.value and not seen.unit and indicator and corpus.indicator(seen.indicator).unit:
                unit = corpus.indicator(seen.indicator).unit or ""
                yield Complaint(path, ("observations", index), {"indicator": seen.indicator, "unit": unit})


def formula_not_decoded(corpus: Corpus) -> Iterator[Complaint]:
    """A formula said to be decoded has parts, and every part of a full one says what it stands for."""
    for path, _, case in case_files(corpus):
        for index, formula in enumerate(case.formulas):
            told = [bool(part.meaning or part.items) for part in formula.parts]
            if (formula.decoded != "none" and not any(told)) or (formula.decoded == "full" and not all(told)):
                values = {"text": formula.slogan, "decoded": formula.decoded}
                yield Complaint(path, ("formulas", index, "decoded"), values)


def part_outside_slogan(corpus: Corpus) -> Iterator[Complaint]:
    """A part of a formula is a piece of its slogan, letter for letter."""
    for path, _, case in case_files(corpus):
        for index, formula in enumerate(case.formulas):
            for number, part in enumerate(formula.parts):
                if part.part not in formula.slogan:
                    values = {"text": part.part, "slogan": formula.slogan}
                    yield Complaint(path, ("formulas", index, "parts", number, "part"), values)
