"""Rules about contradictions inside the sources: an editor has seen each of them and says so in the case."""

from collections.abc import Iterator

from casebook.audits import AUDITS, audit, rule_name
from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.rules.complaint import Complaint, case_files


def part_of_unknown(corpus: Corpus) -> Iterator[Complaint]:
    """What a number is part of is another number of the same case, named as that one names what it counts."""
    for path, _, case in case_files(corpus):
        counted = [seen.counted for seen in case.observations if seen.counted]
        for index, seen in enumerate(case.observations):
            if seen.part_of and (seen.part_of not in counted or seen.part_of == seen.counted):
                values = {"text": seen.part_of, "suggestion": closest(seen.part_of, counted)}
                yield Complaint(path, ("observations", index, "part_of"), values)


def audit_unacknowledged(corpus: Corpus) -> Iterator[Complaint]:
    """A contradiction that the audits find has an editor's note: nothing is published that nobody looked at."""
    for found in audit(corpus):
        if not any((a.rule, a.about) == (found.rule, found.about) for a in corpus.cases[found.case].audits):
            yield Complaint(f"cases/{found.case}.yml", found.loc, {"rule": found.rule, "about": found.about})


def audit_unfounded(corpus: Corpus) -> Iterator[Complaint]:
    """A note answers a contradiction that is found: one that was mended, or never was, needs none."""
    keys = {found.key for found in audit(corpus)}
    rules = [rule_name(rule) for rule in AUDITS]
    for path, id, case in case_files(corpus):
        for index, known in enumerate(case.audits):
            if (id, known.rule, known.about) not in keys:
                near = [about for case_id, rule, about in keys if (case_id, rule) == (id, known.rule)]
                guess = closest(known.about, near) if known.rule in rules else closest(known.rule, rules)
                values = {"rule": known.rule, "about": known.about, "suggestion": guess}
                yield Complaint(path, ("audits", index), values)
