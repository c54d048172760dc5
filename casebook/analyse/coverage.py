"""What the cases state and what they leave open: absence counted, never guessed."""

from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.model.case import Case

STATED, INFERRED, ABSENT = "stated", "inferred", "absent"


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One counted case: field → stated, inferred or absent, and how much text stands behind it."""

    case: str
    fields: dict[str, str]
    findings: int
    observations: int
    statuses: dict[str, int]


@dataclass(frozen=True, slots=True)
class Coverage:
    """All rows, and per field how many cases state it, infer it, leave it out."""

    fields: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    totals: dict[str, dict[str, int]]
    indicators: tuple[tuple[str, int, int], ...]


FIELDS = ("place", "level", "settlement", "started", "problems", "actors", "platforms", "formulas", "honours")
STATUSES = ("reported", "planned", "target", "rule", "claim")


def coverage(corpus: Corpus, order: tuple[str, ...]) -> Coverage:
    """The coverage of all counted cases; indicators as (id, cases that state it, cases that do not)."""
    rows = tuple(_row(id, corpus.cases[id]) for id in order if id in corpus.counted)
    totals = {
        name: {kind: sum(row.fields[name] == kind for row in rows) for kind in (STATED, INFERRED, ABSENT)}
        for name in FIELDS
    }
    stated: dict[str, set[str]] = {id: set() for id in corpus.terms["indicators"]}
    for id in corpus.counted:
        for seen in corpus.cases[id].observations:
            if seen.absent is None:
                stated[seen.indicator].add(id)
    indicators = tuple((id, len(ids), len(rows) - len(ids)) for id, ids in stated.items())
    return Coverage(FIELDS, rows, totals, indicators)


def _row(id: str, case: Case) -> CoverageRow:
    return CoverageRow(
        case=id,
        fields={name: _state(case, name) for name in FIELDS},
        findings=len(case.findings),
        observations=len(case.observations),
        statuses={s: sum(o.status == s and o.absent is None for o in case.observations) for s in STATUSES},
    )


def _state(case: Case, name: str) -> str:
    value = getattr(case, name)
    if name == "started":
        return value.basis if value.known else ABSENT
    parts = list(value.values()) if isinstance(value, dict) else list(value) if isinstance(value, tuple) else [value]
    bases = {getattr(part, "basis", STATED) for part in parts if part is not None}
    return ABSENT if not bases else STATED if STATED in bases else INFERRED
