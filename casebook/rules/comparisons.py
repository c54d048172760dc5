"""Rules about comparisons: prose cannot contradict the data, because every number and name in it is a reference."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from casebook.corpus import Corpus
from casebook.meant import closest
from casebook.prose.essays import Loc, Text, texts
from casebook.prose.language import language
from casebook.prose.paths import items, words
from casebook.prose.plain import Slip, Typed
from casebook.prose.references import Reference, find_references
from casebook.prose.targets import Fault, StatementTarget, path_fault, resolve
from casebook.rules.complaint import Complaint
from casebook.yamlfile import Scalar, locate, node_at


def part_missing(corpus: Corpus) -> Iterator[Complaint]:
    """A comparison has all four parts, and none is empty: what does not follow is as much a result as what does."""
    for id, sections in corpus.sections.items():
        told = {section.heading for section in sections if section.text.strip()}
        for heading in language(corpus.site).headings.values():
            if heading not in told:
                at = next((s.line for s in sections if s.heading == heading), sections[-1].line if sections else 1)
                yield Complaint(_path(id), (), {"text": heading}, at=(at, 1))


def part_unknown(corpus: Corpus) -> Iterator[Complaint]:
    """Second-level headings are those of the four parts, each once."""
    headings = tuple(language(corpus.site).headings.values())
    for id, sections in corpus.sections.items():
        left = list(headings)
        for section in sections:
            if section.heading in left:
                left.remove(section.heading)
                continue
            values = {"text": section.heading, "suggestion": closest(section.heading, left)}
            yield Complaint(_path(id), (), values | {"choices": ", ".join(headings)}, at=(section.line, 1))


def case_not_listed(corpus: Corpus) -> Iterator[Complaint]:
    """Cells and figures speak of cases that `cases` lists."""
    for id, comparison in corpus.comparisons.items():
        groups: list[tuple[Loc, Iterable[str]]] = [
            *((("dimensions", index, "cells"), d.cells) for index, d in enumerate(comparison.dimensions)),
            *((("figures", index, "rows"), figure.rows) for index, figure in enumerate(comparison.figures)),
        ]
        for loc, named in groups:
            for case in (case for case in named if case not in comparison.cases):
                values = {"text": case, "suggestion": closest(case, comparison.cases)}
                yield Complaint(_path(id), (*loc, case), values, key=True)


def cell_without_evidence(corpus: Corpus) -> Iterator[Complaint]:
    """A cell in our own words refers at least once to something that its case says."""
    for id, comparison in corpus.comparisons.items():
        for index, dimension in enumerate(comparison.dimensions):
            for case, cell in dimension.cells.items():
                found = [resolve(corpus, reference, comparison.cases) for reference in find_references(cell)]
                if not any(isinstance(t, StatementTarget | Fault) for t in found):
                    yield Complaint(_path(id), ("dimensions", index, "cells", case), {"text": case})


def reference_not_here(corpus: Corpus) -> Iterator[Complaint]:
    """Titles, questions and labels are plain text: they also stand where nothing can be linked."""
    for text in _texts(corpus):
        for reference in [] if text.referring else find_references(text.text):
            yield _complaint(corpus, text, reference.start, {"text": text.text[reference.start : reference.end]})


def reference_malformed(corpus: Corpus) -> Iterator[Complaint]:
    """A reference is `[[kind:part/part]]` on one line, with as many parts as its kind takes."""
    yield from _faulty(corpus, "reference-malformed")


def reference_unknown(corpus: Corpus) -> Iterator[Complaint]:
    """What a reference names exists."""
    yield from _faulty(corpus, "reference-unknown")


def reference_ambiguous(corpus: Corpus) -> Iterator[Complaint]:
    """A reference names one thing."""
    yield from _faulty(corpus, "reference-ambiguous")


def reference_not_a_value(corpus: Corpus) -> Iterator[Complaint]:
    """What a reference shows is stated: neither an absence, nor a missing date, nor an undecoded part."""
    yield from _faulty(corpus, "reference-not-a-value")


def figure_word_not_in_data(corpus: Corpus) -> Iterator[Complaint]:
    """The words that a figure sorts into stages or sets are those of the data."""
    for id, comparison in corpus.comparisons.items():
        for index, figure in enumerate(comparison.figures):
            said = {case: _said(corpus, case, paths, comparison.cases) for case, paths in figure.rows.items()}
            for case, steps in figure.steps.items():
                for number, step in enumerate(steps):
                    if step and said.get(case) and not any(step in text for text in said[case]):
                        loc: Loc = ("figures", index, "steps", case, number)
                        yield Complaint(_path(id), loc, {"text": step, "path": ", ".join(figure.rows[case])})
            for name, variants in figure.alike.items():
                for number, variant in enumerate(variants):
                    if not any(variant in found for found in said.values()):
                        loc = ("figures", index, "alike", name, number)
                        yield Complaint(_path(id), loc, {"text": variant, "path": name})


def number_not_referenced(corpus: Corpus) -> Iterator[Complaint]:
    """A number in prose is a reference; only slogans of the cases compared may be spelled out."""
    typed = Typed(corpus)
    for text in _texts(corpus):
        for slip in typed.numbers(text.text, corpus.comparisons[text.comparison].cases):
            yield _typed(corpus, text, slip)


def name_not_referenced(corpus: Corpus) -> Iterator[Complaint]:
    """The name of a case or a place in prose is a reference."""
    typed = Typed(corpus)
    for text in _texts(corpus):
        for slip in typed.names(text.text, corpus.comparisons[text.comparison].cases):
            yield _typed(corpus, text, slip)


def _path(id: str) -> str:
    return f"comparisons/{id}.md"


def _texts(corpus: Corpus) -> Iterator[Text]:
    return (text for id in corpus.comparisons for text in texts(corpus, id))


def _typed(corpus: Corpus, text: Text, slip: Slip) -> Complaint:
    return _complaint(corpus, text, slip.start, {"text": slip.text, "reference": slip.reference})


def _complaint(corpus: Corpus, text: Text, start: int, values: dict[str, str]) -> Complaint:
    """Something wrong at `start` of a text."""
    if not text.loc:
        return Complaint(_path(text.comparison), (), values, at=(text.line, start + 1))
    root = corpus.documents[_path(text.comparison)].node
    line, column = locate(root, text.loc)
    node = node_at(root, text.loc)
    quote = isinstance(node, Scalar) and node.quoted
    return Complaint(_path(text.comparison), text.loc, values, at=(line, column + quote + start))


def _faulty(corpus: Corpus, rule: str) -> Iterator[Complaint]:
    return (complaint for broken, complaint in _faults(corpus) if broken == rule)


@lru_cache(maxsize=1)  # four rules ask
def _faults(corpus: Corpus) -> list[tuple[str, Complaint]]:
    """(rule, complaint) of every reference and every path that names nothing which can be shown."""
    return [*_in_texts(corpus), *_in_paths(corpus)]


def _in_texts(corpus: Corpus) -> Iterator[tuple[str, Complaint]]:
    for text in _texts(corpus):
        here = corpus.comparisons[text.comparison].cases
        for reference in find_references(text.text) if text.referring else []:
            found = resolve(corpus, reference, here)
            if isinstance(found, Fault):
                shown = {"reference": text.text[reference.start : reference.end], "text": "", "n": "", "suggestion": ""}
                yield found.rule, _complaint(corpus, text, reference.start, shown | found.values)


def _in_paths(corpus: Corpus) -> Iterator[tuple[str, Complaint]]:
    for id in corpus.comparisons:
        for loc, path, fault in _paths(corpus, id):
            shown = {"reference": path, "text": path, "n": "", "suggestion": ""}
            yield fault.rule, Complaint(_path(id), loc, shown | fault.values)


def _paths(corpus: Corpus, id: str) -> Iterator[tuple[Loc, str, Fault]]:
    """(place, path, what is wrong with it) of every path of the front matter that is not right."""
    comparison = corpus.comparisons[id]
    for index, dimension in enumerate(comparison.dimensions):
        for number, path in enumerate(dimension.data):
            if fault := path_fault(corpus, tuple(path.split("/"))):
                yield ("dimensions", index, "data", number), path, fault
    for index, figure in enumerate(comparison.figures):
        for case, paths in figure.rows.items():
            for number, path in enumerate(paths):
                found = resolve(corpus, _reference(case, path), comparison.cases)
                if isinstance(found, StatementTarget) and figure.kind != "steps" and not items(found.statement):
                    found = Fault("reference-not-a-value", {})
                if isinstance(found, Fault):
                    yield ("figures", index, "rows", case, number), path, found


def _reference(case: str, path: str) -> Reference:
    return Reference(0, 0, "", (case, *path.split("/")))


def _said(corpus: Corpus, case: str, paths: tuple[str, ...], here: tuple[str, ...]) -> tuple[str, ...]:
    """The words at some paths; nothing where a path is wrong, which is another rule's business."""
    found = [resolve(corpus, _reference(case, path), here) for path in paths]
    return tuple(word for t in found if isinstance(t, StatementTarget) for word in words(t.statement))
