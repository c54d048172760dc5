"""Names: one thing under two names.

Two ways in which that is seen: a declared name whose beginning stands elsewhere in the source with another ending of
the same rank (…村, …社区; the endings stand in `site.yml`), and a phrase that has a declared name but for one letter.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from casebook.audits.discrepancy import Discrepancy, Names, Said
from casebook.corpus import Corpus, citations
from casebook.model.base import locator_lines
from casebook.model.case import Actor, Case, Platform
from casebook.model.evidence import Citation

STEM = 2
"""So many letters before an ending tell a place."""
SHORTEST = 4
"""A name of fewer letters is a word with one letter changed too easily."""

Loc: TypeAlias = tuple[str | int, ...]
Stem: TypeAlias = tuple[str, str, str]
"""Source, rank, the letters before the ending."""
Use: TypeAlias = tuple[int, str, Loc, Citation]
"""Line, case, place in its file, claim."""


def names_differ(corpus: Corpus) -> Iterator[Discrepancy]:
    """A source calls a place, an actor or a platform by one name throughout."""
    for names in _endings(corpus):
        (first, (_, id, loc, _)), *others = sorted(names.items(), key=lambda item: item[1][:2])
        claims = tuple(use[3] for use in (names[first], *(use for _, use in others)))
        values: dict[str, Said] = {"name": first, "other": Names(tuple(name for name, _ in others))}
        yield Discrepancy(id, first, loc, claims, values)
    for id, case in corpus.cases.items():
        yield from _letters(id, case)


def _endings(corpus: Corpus) -> Iterator[dict[str, Use]]:
    """Names alike but for an ending of their rank, of which the source's cases declare one, with their first uses."""
    ranks = {ending: rank.id for rank in corpus.site.ranks for ending in rank.endings}
    if not ranks:
        return
    longest_first = "|".join(re.escape(ending) for ending in sorted(ranks, key=len, reverse=True))
    pattern = re.compile(rf"(?=(\w{{{STEM}}})({longest_first}))")
    declared: set[Stem] = set()
    uses: dict[Stem, dict[str, Use]] = {}
    for id, case in corpus.cases.items():
        named = "\n".join(name for _, name in _names(case))
        sources = {passage.source for passage in case.sources}
        declared |= {(s, ranks[m[2]], m[1]) for m in pattern.finditer(named) for s in sources}
        for loc, claim in citations(case):
            use = locator_lines(claim.locator)[0], id, loc, claim
            for match in pattern.finditer(claim.as_stated):
                of = uses.setdefault((corpus.source_of(case, claim), ranks[match[2]], match[1]), {})
                name = match[1] + match[2]
                of[name] = min(of.get(name, use), use, key=lambda u: u[:2])
    yield from (names for stem, names in uses.items() if len(names) > 1 and stem in declared)


def _letters(id: str, case: Case) -> Iterator[Discrepancy]:
    """Pieces of phrases that are a name of the case but for one letter, and that are no other name."""
    claims = list(citations(case))
    text = "\n".join(claim.as_stated for _, claim in claims)
    declared = "\n".join([*(name for _, name in _names(case)), *_other_names(case)])
    places = {name: loc for loc, name in reversed([*_names(case)]) if len(name) >= SHORTEST and name in text}
    for name, loc in places.items():
        for other in dict.fromkeys(_alike(name, text)):
            if other not in declared:
                both = [next(c for _, c in claims if found in c.as_stated) for found in (name, other)]
                yield Discrepancy(id, other, loc, tuple(both), {"name": name, "other": Names((other,))})


def _alike(name: str, text: str) -> Iterator[str]:
    """Pieces of a text that are a name but for one letter inside it."""
    start = text.find(name[0])
    while start >= 0:
        other = text[start : start + len(name)]
        if other[-1] == name[-1] and len(other) == len(name):
            apart = [(one, two) for one, two in zip(name, other, strict=True) if one != two]
            if len(apart) == 1 and all(letter.isalpha() for letter in apart[0]):
                yield other
        start = text.find(name[0], start + 1)


def _names(case: Case) -> Iterator[tuple[Loc, str]]:
    """What the case calls its places, actors and platforms."""
    for rank, place in case.place.items():
        yield ("place", rank), place.name
    taking_part: dict[str, tuple[Actor | Platform, ...]] = {"actors": case.actors, "platforms": case.platforms}
    for key, items in taking_part.items():
        for index, item in enumerate(items):
            if item.name:
                yield (key, index), item.name


def _other_names(case: Case) -> Iterator[str]:
    """What else a case names: one letter more or less makes another thing of it."""
    for honour in case.honours:
        yield f"{honour.title} {honour.holder or ''}"
    for seen in case.observations:
        yield seen.counted or ""
