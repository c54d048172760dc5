"""Paths into a case: which of its statements `findings/points`, `points-items` or `formulas/五治` name.

The first step is a field of the case or an indicator's id; the steps after it narrow down. Where people's words are
matched (slogans, names, what was counted), letters that only one of them has are enough; the exact words win.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from casebook.corpus import Corpus
from casebook.model.case import Case, Formula, Observation, Part, Start
from casebook.model.evidence import Citation, Coded

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a case says. `key` is the field it stands in, `index` its place there, `part` a formula's part."""

    case: str
    key: str
    index: int
    value: Any
    part: Part | None = None

    @property
    def stated(self) -> bool:
        """Whether there is a value: not a typed absence, a missing date or a part that the text leaves undecoded."""
        if isinstance(self.value, Observation):
            return self.value.value is not None
        if isinstance(self.value, Start):
            return self.value.known
        return self.part is None or bool(self.part.items or self.part.meaning)

    @property
    def citation(self) -> Citation | Coded | None:
        """What carries its evidence, if the text states it."""
        if self.part and self.part.as_stated and isinstance(self.value, Formula):
            source, locator = self.part.source or self.value.source, self.part.locator or self.value.locator
            return Citation(source=source, locator=locator, as_stated=self.part.as_stated)
        if isinstance(self.value, Coded):
            return self.value if self.value.citation else None
        return self.value if isinstance(self.value, Citation) else None


Words = Callable[[Statement], Iterable[str | None]]

# Field → the words by which its statements are told apart, step by step.
STEPS: dict[str, tuple[Words, ...]] = {
    "findings": (lambda s: [s.value.mechanism], lambda s: [s.value.verdict]),
    "formulas": (lambda s: [s.value.slogan],),
    "actors": (lambda s: [s.value.term, s.value.name],),
    "platforms": (lambda s: [s.value.term, s.value.name],),
    "problems": (lambda s: [s.value.term],),
    "milestones": (lambda s: [s.value.event],),
    "honours": (lambda s: [s.value.title],),
    "place": (lambda s: [s.value.name],),
    "level": (lambda s: [s.value.term],),
    "settlement": (lambda s: [s.value.term],),
    "status": (lambda s: [s.value],),
    "started": (),
    "source": (lambda s: [s.value.source],),
}
# Steps that are ids: they match whole or not at all.
IDS = {
    ("findings", 0): "mechanisms",
    ("level", 0): "levels",
    ("settlement", 0): "settlements",
    ("problems", 0): "problems",
}
WHOLE = {*IDS, ("findings", 1), ("status", 0), ("source", 0)}
_OBSERVED: tuple[Words, ...] = (lambda s: [s.value.counted, s.value.scope],) * 2


def statements(corpus: Corpus, id: str, path: Path) -> list[Statement]:
    """What the case `id` says at `path`, in its order. Raises `KeyError` for a first step that is no field."""
    case, key, steps = corpus.cases[id], path[0], path[1:]
    found = list(_all(corpus, id, case, key))
    words = _OBSERVED if key in corpus.terms["indicators"] else STEPS[key]
    for number, (step, of) in enumerate(zip(steps, words, strict=False)):
        if key == "place" and step in case.place:  # a rank
            found = [s for s in found if s.index == list(case.place).index(step)]
        else:
            found = narrow(step, found, of, whole=(key, number) in WHOLE)
    if key == "formulas" and len(steps) > 1:
        return [part for formula in found for part in _parts(formula, steps[1])]
    return found


def longest(corpus: Corpus, key: str) -> int:
    """How many steps may follow the first one."""
    return 2 if key == "formulas" else len(_OBSERVED if key in corpus.terms["indicators"] else STEPS[key])


def narrow(step: str, found: list[Statement], words: Words, whole: bool = False) -> list[Statement]:
    """Those one of whose words is `step`; where there is none, those one of whose words contains it."""
    exact = [s for s in found if step in words(s)]
    return exact or ([] if whole else [s for s in found if any(step in (text or "") for text in words(s))])


def _all(corpus: Corpus, id: str, case: Case, key: str) -> Iterator[Statement]:
    if key in corpus.terms["indicators"]:
        found = ((i, seen) for i, seen in enumerate(case.observations) if seen.indicator == key)
        yield from (Statement(id, "observations", i, seen) for i, seen in found)
    elif key == "source":
        yield from (Statement(id, key, i, passage) for i, passage in enumerate(case.sources))
    elif key in STEPS:
        value = getattr(case, key)
        many = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]
        yield from (Statement(id, key, i, each) for i, each in enumerate(many) if each is not None)
    else:
        raise KeyError(key)


def _parts(formula: Statement, step: str) -> Iterator[Statement]:
    parts = [Statement(formula.case, "formulas", formula.index, formula.value, part) for part in formula.value.parts]
    yield from narrow(step, parts, lambda s: [s.part.part if s.part else None])


def items(statement: Statement) -> tuple[str, ...]:
    """The list that a formula, or one of its parts, stands for: the items of a part, else what each part means."""
    return tuple(text for text, _ in items_of(statement))


def items_of(statement: Statement) -> tuple[tuple[str, Part], ...]:
    """The same, each with the part that it stands in."""
    if statement.part:
        return tuple((text, statement.part) for text in statement.part.items or filter(None, [statement.part.meaning]))
    if not isinstance(statement.value, Formula):
        return ()
    listed = [part for part in statement.value.parts if part.items]
    if len(listed) == 1:
        return tuple((text, listed[0]) for text in listed[0].items)
    return tuple((part.meaning, part) for part in statement.value.parts if part.meaning)


def words(statement: Statement) -> tuple[str, ...]:
    """All that a statement says in words, its list first."""
    fields = ("how", "as_stated", "slogan", "event", "title", "name", "role")
    parts = [statement.part] if statement.part else getattr(statement.value, "parts", ())
    told = [text for part in parts for text in (*part.items, part.meaning, part.as_stated) if text]
    return (*items(statement), *told, *(text for f in fields if (text := getattr(statement.value, f, None))))
