"""What differs between two states of the content, in the words of the model: pure, no words for people.

Files become `records` (what they say, without order of keys, comments or defaults); `moves` pairs those that changed
their id; `parts` compares two of a kind, with the lists in them set side by side by `align`; `effects` and `pages` tell
what follows for results and pages.
"""

from dataclasses import dataclass

from casebook.analyse import Results, analyse
from casebook.changes.effects import AuditChange, VerdictChange, audit_changes, verdict_changes
from casebook.changes.moves import RecordChange, record_changes
from casebook.changes.pages import PageChange, page_changes
from casebook.changes.records import records
from casebook.changes.sides import Side, State, both_sides
from casebook.render.environment import Templates


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that a change does. What follows from the data (`results` on) is told only of sides without errors.

    `unread` are the files that could not be compared, because one side's cannot be read.
    """

    before: Side
    after: Side
    records: tuple[RecordChange, ...]
    unread: frozenset[str]
    results: tuple[Results, Results] | None = None
    audits: tuple[AuditChange, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()
    pages: tuple[PageChange, ...] | None = None

    @property
    def none(self) -> bool:
        """Whether nothing that can be compared has changed."""
        return not (self.records or self.unread)


def compare(before: State, after: State, templates: Templates | None = None) -> Changes | None:
    """What becomes of `before` in `after`; of pages only with `templates`. `None` where neither side can be read."""
    sides = both_sides(before, after)
    if sides is None:
        return None
    old, new = sides
    unread = old.unread | new.unread
    changed = record_changes(records(old.corpus, unread), records(new.corpus, unread))
    if not (changed and old.sound and new.sound):
        return Changes(old, new, changed, unread)
    results = analyse(old.corpus), analyse(new.corpus)
    return Changes(
        old,
        new,
        changed,
        unread,
        results,
        audit_changes(old.corpus, new.corpus, results, changed),
        verdict_changes(old.corpus, new.corpus, results, changed),
        page_changes(sides, results, templates) if templates else None,
    )
