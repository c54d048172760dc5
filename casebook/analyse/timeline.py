"""Everything that a date is written for, in one order, and how much has none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casebook.corpus import Corpus
from casebook.model.case import Case, Honour, Milestone, Observation, Start
from casebook.periods import first_day, last_day

KINDS = ("started", "milestones", "honours", "observations")
PLANNED = ("planned", "target")


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated. `kind` is the field of the case where it stands, `index` its place there.

    `begins`: the case itself began with it. `plan`: it is what was meant to be, not what was done.
    """

    case: str
    kind: str
    index: int
    claim: Start | Milestone | Honour | Observation
    period: str
    begins: bool = False
    plan: bool = False

    @property
    def day(self) -> date:
        """The first day it may mean; where its beginning is open, the last."""
        found = first_day(self.period) or last_day(self.period)
        assert found is not None
        return found

    @property
    def number(self) -> bool:
        """Whether it is not something that happened but the time that a number speaks of."""
        return self.kind == "observations"


@dataclass(frozen=True, slots=True)
class Timeline:
    """All events by date. By kind: how many have a date (`dated`), how many have none (`undated`).

    `silent` are the cases of which nothing is dated.
    """

    events: tuple[Event, ...]
    dated: dict[str, int]
    undated: dict[str, int]
    silent: tuple[str, ...]


def timeline(corpus: Corpus, order: tuple[str, ...]) -> Timeline:
    """The dates of all cases; those of one day in the order of the cases."""
    found = {id: list(_events(id, corpus.cases[id])) for id in order}
    events = sorted((event for of in found.values() for event in of), key=lambda event: (event.day, event.period))
    dates = [(kind, day) for id in order for kind, day in _dates(corpus.cases[id])]
    return Timeline(
        events=tuple(events),
        dated={kind: sum(k == kind and day is not None for k, day in dates) for kind in KINDS},
        undated={kind: sum(k == kind and day is None for k, day in dates) for kind in KINDS},
        silent=tuple(id for id, of in found.items() if not of),
    )


def _dates(case: Case) -> Iterator[tuple[str, str | None]]:
    yield "started", case.started.date
    yield from (("milestones", milestone.date) for milestone in case.milestones)
    yield from (("honours", honour.date) for honour in case.honours)
    yield from (("observations", seen.as_of) for seen in case.observations)


def _events(id: str, case: Case) -> Iterator[Event]:
    # A milestone that tells how the case began says more than the bare date of its beginning.
    told = any(m.begins and m.date == case.started.date for m in case.milestones)
    if case.started.date and not told:
        yield Event(id, "started", 0, case.started, case.started.date, begins=True, plan=case.status == "planned")
    for index, milestone in enumerate(case.milestones):
        yield Event(id, "milestones", index, milestone, milestone.date, begins=milestone.begins)
    for index, honour in enumerate(case.honours):
        if honour.date:
            yield Event(id, "honours", index, honour, honour.date)
    for index, seen in enumerate(case.observations):
        if seen.as_of:
            yield Event(id, "observations", index, seen, seen.as_of, plan=seen.status in PLANNED)
