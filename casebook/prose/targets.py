"""What a reference points at, or why it points at nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.model.case import Formula
from casebook.prose.paths import IDS, STEPS, Path, Statement, items, longest, statements
from casebook.prose.references import Reference

HERE = "here"
FORMS = ("evidence", "quote")
COUNTS = ("count", "lack")


@dataclass(frozen=True, slots=True)
class CaseTarget:
    """A case, shown by its name."""

    id: str


@dataclass(frozen=True, slots=True)
class StatementTarget:
    """Something a case says; `form` is "" for the thing itself, `evidence` for its mark, `quote` for its phrase."""

    statement: Statement
    form: str


@dataclass(frozen=True, slots=True)
class TermTarget:
    """A term of a vocabulary."""

    vocabulary: str
    id: str


@dataclass(frozen=True, slots=True)
class PlaceTarget:
    """A place from the widest rank down; `text` is its name or the beginning of it, as typed."""

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class SourceTarget:
    """A source, shown by its title."""

    id: str


@dataclass(frozen=True, slots=True)
class NumberTarget:
    """A number that was counted."""

    number: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a reference or a path names nothing that can be shown: a rule and the values of its message."""

    rule: str
    values: dict[str, str]


Target: TypeAlias = CaseTarget | StatementTarget | TermTarget | PlaceTarget | SourceTarget | NumberTarget


def resolve(corpus: Corpus, reference: Reference, here: tuple[str, ...]) -> Target | Fault:
    """The target of a reference inside a comparison of the cases `here`."""
    kind, parts = reference.kind, reference.parts
    if not parts:
        return Fault("reference-malformed", {})
    if kind in ("", *FORMS):
        return _of_case(corpus, kind, parts)
    if kind in COUNTS:
        return _counted(corpus, parts, here, lacking=kind == "lack")
    if kind == "place":
        return _place(corpus, "/".join(parts))
    folder = f"{kind}s"
    if folder == "sources" or folder in corpus.terms:
        known: Iterable[str] = corpus.sources if folder == "sources" else corpus.terms[folder]
        if len(parts) > 1 or parts[0] not in known:
            return _unknown("/".join(parts), known)
        return SourceTarget(parts[0]) if folder == "sources" else TermTarget(folder, parts[0])
    kinds = [*FORMS, *COUNTS, "place", "source", *(name.removesuffix("s") for name in corpus.terms)]
    return _unknown(f"{kind}:", [f"{name}:" for name in kinds])


def path_fault(corpus: Corpus, path: Path) -> Fault | None:
    """What is wrong with a path whatever the case: an unknown field, an unknown term, too many steps."""
    key, steps = path[0], path[1:]
    if key not in STEPS and key not in corpus.terms["indicators"]:
        return _unknown(key, [*STEPS, *corpus.terms["indicators"]])
    if len(steps) > longest(corpus, key):
        return Fault("reference-malformed", {})
    vocabulary = IDS.get((key, 0))
    if steps and vocabulary and steps[0] not in corpus.terms[vocabulary]:
        return _unknown(steps[0], corpus.terms[vocabulary])
    if key == "source" and steps and steps[0] not in corpus.sources:
        return _unknown(steps[0], corpus.sources)
    return None


def _unknown(text: str, known: Iterable[str]) -> Fault:
    return Fault("reference-unknown", {"text": text, "suggestion": closest(text, known)})


def _of_case(corpus: Corpus, form: str, parts: Path) -> Target | Fault:
    id, path = parts[0], parts[1:]
    if id not in corpus.cases:
        moved = corpus.tombstones[id].moved if id in corpus.tombstones else None
        return Fault("reference-unknown", {"text": id, "suggestion": moved or closest(id, corpus.cases)})
    if not path:
        return CaseTarget(id) if not form else Fault("reference-malformed", {})
    if fault := path_fault(corpus, path):
        return fault
    found = statements(corpus, id, path)
    if not found:
        return _unknown("/".join(path), (f"{'/'.join(path[:-1])}/{w}".lstrip("/") for w in _words(corpus, id, path)))
    if len(found) > 1:
        return Fault("reference-ambiguous", {"text": "/".join(path), "n": str(len(found))})
    statement = found[0]
    if statement.citation is None if form else not statement.stated:
        return Fault("reference-not-a-value", {"text": "/".join(path)})
    return StatementTarget(statement, form)


def _words(corpus: Corpus, id: str, path: Path) -> list[str]:
    """What could have been meant by the last step of a path."""
    every = statements(corpus, id, path[:-1]) if len(path) > 1 else []
    if path[0] == "formulas" and len(path) == 3:
        return [part.part for s in every if isinstance(s.value, Formula) for part in s.value.parts]
    if len(path) == 1:
        return list(dict.fromkeys(seen.indicator for seen in corpus.cases[id].observations))
    fields = ("mechanism", "term", "name", "slogan", "event", "title", "counted", "scope")
    return [text for s in every for field in fields if (text := getattr(s.value, field, None))]


def _counted(corpus: Corpus, parts: Path, here: tuple[str, ...], lacking: bool) -> Target | Fault:
    if parts[0] in corpus.cases and not lacking:
        return _inside(corpus, parts[0], parts[1:])
    ids, path = (here, parts[1:]) if parts[0] == HERE else (tuple(corpus.counted), parts)
    if path == ("cases",) and not lacking:
        return NumberTarget(len(ids))
    if not path:
        return Fault("reference-malformed", {})
    if fault := path_fault(corpus, path):
        return fault
    having = sum(any(s.stated for s in statements(corpus, id, path)) for id in ids if id in corpus.cases)
    return NumberTarget(len(ids) - having if lacking else having)


def _inside(corpus: Corpus, id: str, path: Path) -> Target | Fault:
    """How many things stand at a path of one case; for a formula or its part, how many items it lists."""
    if not path:
        return Fault("reference-malformed", {})
    if fault := path_fault(corpus, path):
        return fault
    found = [s for s in statements(corpus, id, path) if s.stated]
    if path[0] == "formulas" and len(path) > 1:
        if len(found) > 1:
            return Fault("reference-ambiguous", {"text": "/".join(path), "n": str(len(found))})
        listed = items(found[0]) if found else ()
        return NumberTarget(len(listed)) if listed else Fault("reference-not-a-value", {"text": "/".join(path)})
    return NumberTarget(len(found)) if found else _unknown("/".join(path), ())


def _place(corpus: Corpus, text: str) -> Target | Fault:
    paths: dict[tuple[str, ...], None] = {}
    for case in corpus.cases.values():
        names = tuple(case.place[rank.id].name for rank in corpus.site.ranks if rank.id in case.place)
        paths |= {names[: depth + 1]: None for depth in range(len(names))}
    found = [path for path in paths if path[-1] == text]
    found = found or [path for path in paths if len(text) > 1 and path[-1].startswith(text)]
    if not found:
        return _unknown(text, [path[-1] for path in paths])
    if len(found) > 1:
        return Fault("reference-ambiguous", {"text": text, "n": str(len(found))})
    return PlaceTarget(found[0], text)
