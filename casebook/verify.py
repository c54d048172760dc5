"""verify: what the archived texts of the sources say against the corpus, in both directions.

Every phrase must stand at its place in the text, and every numeral of the text must stand in such a phrase or in a
reasoned omission. Whether the value is the number in the phrase needs no archive: `check` sees to it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from casebook.archive import Archived
from casebook.characters import excerpt, halfwidth
from casebook.corpus import Corpus, citations
from casebook.model.base import locator_lines
from casebook.model.source import Source
from casebook.numerals import find_numerals
from casebook.problems import Problem
from casebook.rules.complaint import Loc, case_files
from casebook.yamlfile import locate, node_at

CONTEXT = 30
"""How many characters of a line show where a numeral stands."""

Place = tuple[int, int]
"""A character of a source: its line from 1, its index in the line from 0."""


class Claim(NamedTuple):
    """A phrase that a content file says stands at a place in a source; `key` is the phrase's, at `loc`."""

    path: str
    loc: Loc
    key: str
    locator: str
    phrase: str


@dataclass(frozen=True)
class SourceText:
    """A source as it is compared: full width or half width, blanks and line breaks make no difference."""

    lines: Sequence[str]

    @cached_property
    def whole(self) -> str:
        """The locator of all of it."""
        return f"L1-L{len(self.lines)}"

    def find(self, locator: str, phrase: str) -> list[list[Place]]:
        """The characters of a phrase wherever it stands in these lines; never where it would cut a numeral in two."""
        named = locator_lines(locator)
        numbered = [*enumerate(self.lines, 1)][named.start - 1 : named.stop - 1]
        places = [(number, index) for number, line in numbered for index in range(len(line))]
        joined = halfwidth("".join(line for _, line in numbered))
        kept = [index for index, character in enumerate(joined) if not character.isspace()]
        inside = {index for numeral in find_numerals(joined) for index in range(numeral.start() + 1, numeral.end())}
        spans = ((kept[at], kept[end - 1] + 1) for at, end in _occurrences(_squeezed(phrase), _squeezed(joined)))
        return [places[start:end] for start, end in spans if not inside & {start, end}]

    def elsewhere(self, phrase: str) -> str:
        """The lines on which a phrase begins, as locators."""
        return ", ".join(dict.fromkeys(f"L{found[0][0]}" for found in self.find(self.whole, phrase)))

    def numerals(self) -> Iterator[tuple[str, list[Place]]]:
        """Every numeral, with its characters."""
        for number, line in enumerate(self.lines, 1):
            for match in find_numerals(line):
                yield match[0], [(number, index) for index in range(*match.span())]


def _squeezed(text: str) -> str:
    return "".join(halfwidth(text).split())


def _occurrences(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(phrase) if phrase else -1
    while at >= 0:
        yield at, at + len(phrase)
        at = text.find(phrase, at + 1)


def verify(corpus: Corpus, archive: Mapping[str, Archived]) -> list[Problem]:
    """Everything that is wrong between a corpus and the texts of its sources (SHA-256 → file)."""
    return [problem for id in corpus.sources for problem in _source(corpus, id, archive)]


def claims(corpus: Corpus, source: str) -> list[Claim]:
    """Every claim that is cited from a source."""
    return [
        Claim(path, loc, "as_stated", cited.locator, cited.as_stated)
        for path, _, case in case_files(corpus)
        for loc, cited in citations(case)
        if corpus.source_of(case, cited) == source
    ]


def omissions(corpus: Corpus, source: str) -> list[Claim]:
    """Every numeral of a source that is left uncoded with a reason."""
    found = corpus.omissions.get(source)
    path, listed = f"omissions/{source}.yml", found.omissions if found else ()
    return [Claim(path, ("omissions", n), "phrase", each.locator, each.phrase) for n, each in enumerate(listed)]


def _source(corpus: Corpus, id: str, archive: Mapping[str, Archived]) -> Iterator[Problem]:
    source, cited = corpus.sources[id], claims(corpus, id)
    archived = archive.get(source.sha256) or _changed(corpus, cited, archive)
    if archived is None:
        yield _problem(corpus, f"sources/{id}.yml", ("sha256",), "source-not-in-archive", {"source": id})
        return
    yield from _record(corpus, id, source, archived)
    text = SourceText(archived.lines)
    covered: set[Place] = set()
    for claim in cited:
        found = text.find(claim.locator, claim.phrase)
        covered.update(place for places in found for place in places)
        if not found:
            yield _not_there(corpus, claim, text, "phrase-not-at-locator")
    open_numerals = [(numeral, places) for numeral, places in text.numerals() if not covered.issuperset(places)]
    excused: set[Place] = set()
    for omission in omissions(corpus, id):
        at = {place for places in text.find(omission.locator, omission.phrase) for place in places}
        if not at:
            yield _not_there(corpus, omission, text, "omission-not-found")
        elif not any(at.issuperset(places) and not excused.issuperset(places) for _, places in open_numerals):
            loc = (*omission.loc, omission.key)
            yield _problem(corpus, omission.path, loc, "omission-not-needed", {"phrase": omission.phrase})
        excused |= at
    for numeral, places in open_numerals:
        if not excused.issuperset(places):
            yield _not_covered(archived, id, numeral, places[0])


def _changed(corpus: Corpus, cited: Sequence[Claim], archive: Mapping[str, Archived]) -> Archived | None:
    """The file that a source has become: of those that no record knows, the one with the most of its phrases."""
    known = {source.sha256 for source in corpus.sources.values()}
    best: tuple[int, Archived | None] = (len(cited) // 2, None)  # fewer than half of them is another text
    for archived in (file for sha256, file in archive.items() if sha256 not in known):
        text = _squeezed(archived.text)
        kept = sum(_squeezed(claim.phrase) in text for claim in cited)
        best = max(best, (kept, archived), key=lambda pair: pair[0])
    return best[1]


def _record(corpus: Corpus, id: str, source: Source, archived: Archived) -> Iterator[Problem]:
    """The bytes and the size of a source are those of its record."""
    for key, recorded, found in (
        ("sha256", source.sha256, archived.sha256),
        ("lines", source.lines, len(archived.lines)),
        ("characters", source.characters, archived.characters),
    ):
        if recorded != found:
            values = {"key": key, "recorded": str(recorded), "found": str(found), "file": _name(archived)}
            yield _problem(corpus, f"sources/{id}.yml", (key,), "source-changed", values)


def _not_there(corpus: Corpus, claim: Claim, text: SourceText, rule: str) -> Problem:
    elsewhere = text.elsewhere(claim.phrase)
    # A phrase that stands elsewhere has the wrong locator, if it has one of its own.
    own = node_at(corpus.documents[claim.path].node, (*claim.loc, "locator")) if elsewhere else None
    loc = (*claim.loc, "locator" if own else claim.key)
    values = {"phrase": claim.phrase, "locator": claim.locator, "suggestion": elsewhere}
    return _problem(corpus, claim.path, loc, rule, values)


def _not_covered(archived: Archived, id: str, numeral: str, place: Place) -> Problem:
    line, index = place
    context = excerpt(archived.lines[line - 1], index, CONTEXT)
    values = {"numeral": numeral, "phrase": context, "locator": f"L{line}", "source": id}
    return Problem(archived.path, line, index + 1, "numeral-not-covered", values)


def _name(archived: Archived) -> str:
    return archived.path.rpartition("/")[2]


def _problem(corpus: Corpus, path: str, loc: Loc, rule: str, values: Mapping[str, str]) -> Problem:
    line, column = locate(corpus.documents[path].node, loc)
    return Problem(path, line, column, rule, values)
