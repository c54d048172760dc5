"""What follows from the data: contradictions found or gone, values that may be compared otherwise than before."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from casebook.analyse import Results
from casebook.analyse.comparability import Verdict
from casebook.audits.discrepancy import Discrepancy
from casebook.changes.align import align
from casebook.changes.moves import RecordChange
from casebook.corpus import Corpus
from casebook.points import Point

Both = tuple[Results, Results]


@dataclass(frozen=True, slots=True)
class AuditChange:
    """A contradiction that is found now and was not, or the reverse; `acknowledged` by a note of the editor's."""

    what: Literal["added", "removed"]
    found: Discrepancy
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """Another answer to whether a value may be compared with those of other cases."""

    point: Point
    old_point: Point
    old: Verdict
    new: Verdict


def audit_changes(
    old: Corpus, new: Corpus, results: Both, changed: tuple[RecordChange, ...]
) -> tuple[AuditChange, ...]:
    """Contradictions on one side only; a case that took another id keeps its own."""
    ids = _ids(changed)
    before = {(ids.get(found.case, found.case), found.rule, found.about): found for found in results[0].audits}
    after = {found.key: found for found in results[1].audits}
    came = [AuditChange("added", found, _noted(new, found)) for key, found in after.items() if key not in before]
    went = [AuditChange("removed", found, _noted(old, found)) for key, found in before.items() if key not in after]
    return (*came, *went)


def verdict_changes(
    old: Corpus, new: Corpus, results: Both, changed: tuple[RecordChange, ...]
) -> tuple[VerdictChange, ...]:
    """Values that are on both sides and may be compared on one of them only, or for other reasons."""
    found = []
    for one, two in _kept(old, new, _ids(changed)):
        before, after = (_verdict(side, point) for side, point in zip(results, (one, two), strict=True))
        if (before.verdict, before.reasons) != (after.verdict, after.reasons):
            found.append(VerdictChange(two, one, before, after))
    return tuple(found)


def _ids(changed: tuple[RecordChange, ...]) -> dict[str, str]:
    """Old id → new id of the cases that took another."""
    return {
        change.old.id: change.new.id
        for change in changed
        if change.what == "moved" and change.old and change.new and change.new.kind == "case"
    }


def _kept(old: Corpus, new: Corpus, ids: dict[str, str]) -> Iterator[tuple[Point, Point]]:
    """The same observation on both sides."""
    for id, points in old.points.items():
        if others := new.points.get(ids.get(id, id)):
            trees = [[point.observation.model_dump() for point in side] for side in (points, others)]
            for i, j in align("observations", *trees):
                if i is not None and j is not None:
                    yield points[i], others[j]


def _verdict(results: Results, point: Point) -> Verdict:
    return results.series[point.observation.indicator].verdicts[point.case, point.index]


def _noted(corpus: Corpus, found: Discrepancy) -> bool:
    return any((note.rule, note.about) == (found.rule, found.about) for note in corpus.cases[found.case].audits)
