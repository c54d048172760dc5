"""A comparison as it is read: its parts by name, and all its texts with their places."""

from collections.abc import Iterator
from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.prose.language import language
from casebook.prose.references import find_references

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """One line of a comparison in our own words: at `loc` of the front matter, or at `line` of the file."""

    comparison: str
    text: str
    loc: Loc = ()
    line: int = 0

    @property
    def referring(self) -> bool:
        """Whether references are read here: in prose, cells and notes, not in titles and labels."""
        return not self.loc or self.loc[-1] == "note" or "cells" in self.loc


def parts(corpus: Corpus, id: str) -> list[tuple[str, str, str]]:
    """(part, heading, Markdown) of every part (`analysis`, `follows`, `not`, `open`) that is there, in this order."""
    headings = language(corpus.site).headings
    found = {section.heading: section.text.strip("\n") for section in corpus.sections[id]}
    return [(part, heading, found[heading]) for part, heading in headings.items() if heading in found]


def discussing(corpus: Corpus) -> dict[str, list[str]]:
    """Case → the comparisons that list it or refer to it, in their order."""
    found: dict[str, list[str]] = {}
    for id, comparison in sorted(corpus.comparisons.items(), key=lambda item: (item[1].order, item[0])):
        told = [text.text for text in texts(corpus, id) if text.referring]
        named = {part for text in told for reference in find_references(text) for part in reference.parts[:1]}
        for case in corpus.cases:
            if case in comparison.cases or case in named:
                found.setdefault(case, []).append(id)
    return found


def texts(corpus: Corpus, id: str) -> Iterator[Text]:
    """Everything of a comparison that is prose."""
    comparison = corpus.comparisons[id]
    for key in ("title", "question"):
        yield Text(id, getattr(comparison, key), (key,))
    for index, dimension in enumerate(comparison.dimensions):
        yield Text(id, dimension.label, ("dimensions", index, "label"))
        for case, cell in dimension.cells.items():
            yield Text(id, cell, ("dimensions", index, "cells", case))
    for index, figure in enumerate(comparison.figures):
        yield Text(id, figure.title, ("figures", index, "title"))
        if figure.note:
            yield Text(id, figure.note, ("figures", index, "note"))
        for number, stage in enumerate(figure.stages):
            yield Text(id, stage, ("figures", index, "stages", number))
    for section in corpus.sections[id]:
        for number, line in enumerate(section.text.split("\n"), 1):
            yield Text(id, line, line=section.line + number)
