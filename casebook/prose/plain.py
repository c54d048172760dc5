"""Numbers and names that were typed into prose instead of being referred to."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.prose.language import language
from casebook.prose.references import find_references

BLANK = "\0"


@dataclass(frozen=True, slots=True)
class Slip:
    """A number or a name at `start` of a text; `reference` is how a name could have been written."""

    start: int
    text: str
    reference: str = ""


def blanked(text: str) -> str:
    """`text` with every reference replaced by as many blanks, so that positions stay."""
    for found in reversed(find_references(text)):
        text = text[: found.start] + BLANK * (found.end - found.start) + text[found.end :]
    return text


class Typed:
    """Finds what was typed in a corpus's prose. Slogans of the cases `here`, and their pieces, may be spelled out."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._language = language(corpus.site)
        self._pieces: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._references = self._names()
        longest = sorted(self._references, key=len, reverse=True)
        self._name = _any_of(rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in longest)

    def numbers(self, text: str, here: tuple[str, ...]) -> Iterator[Slip]:
        """Numbers that count something."""
        plain = blanked(text)
        numerals = list(self._language.numeral.finditer(plain))
        if not numerals:
            return
        allowed = self._spelled_out(plain, here)
        for word in _covering(plain, self._language.allowed):
            if not plain[: word.start].endswith(self._language.never_after):
                allowed[word.start : word.start + len(word.text)] = [True] * len(word.text)
        for found in numerals:
            wrong = next((start for start in range(*found.span()) if not allowed[start]), None)
            if wrong is not None:
                yield Slip(wrong, plain[wrong : found.end() + 2].split(BLANK)[0].strip())

    def names(self, text: str, here: tuple[str, ...]) -> Iterator[Slip]:
        """Names of cases and places; places also without the ending that tells their kind."""
        plain = blanked(text)
        for found in self._name.finditer(plain):
            reference = self._references[found[0]]
            spelled_out = reference.startswith("[[place:") and all(self._spelled_out(plain, here)[slice(*found.span())])
            if not spelled_out:
                yield Slip(found.start(), found[0], reference)

    def _spelled_out(self, plain: str, here: tuple[str, ...]) -> list[bool]:
        """Which characters belong to slogans of the cases `here`: they are checked by being looked up."""
        if here not in self._pieces:
            self._pieces[here] = tuple(sorted(self._of_slogans(here)))
        covered = [False] * len(plain)
        for word in _covering(plain, self._pieces[here]):
            covered[word.start : word.start + len(word.text)] = [True] * len(word.text)
        return covered

    def _of_slogans(self, here: tuple[str, ...]) -> set[str]:
        formulas = [formula for id in here if id in self._corpus.cases for formula in self._corpus.cases[id].formulas]
        parts = (part.part for formula in formulas for part in formula.parts)
        return {formula.slogan for formula in formulas} | {part for part in parts if self._names_something(part)}

    def _names_something(self, piece: str) -> bool:
        """Not only a numeral and a measure word, like the 五个 of 五个历史性最好."""
        rest = self._language.numeral.sub("", piece).strip()
        return len(rest) > 0 and rest not in self._corpus.unit

    def _names(self) -> dict[str, str]:
        """Name → the reference that shows it."""
        found: dict[str, str] = {}
        for case in self._corpus.cases.values():
            for place in case.place.values():
                found |= {name: f"[[place:{name}]]" for name in (place.name, *self._stems(place.name))}
        return found | {case.name: f"[[{id}]]" for id, case in self._corpus.cases.items()}

    def _stems(self, name: str) -> Iterator[str]:
        stems = (name.removesuffix(ending) for ending in self._language.place_endings)
        return (stem for stem in stems if 1 < len(stem) < len(name) and stem not in self._language.allowed)


def _covering(plain: str, words: tuple[str, ...]) -> Iterator[Slip]:
    """Every place where one of the words stands; they may overlap (唯一个案 holds both 唯一 and 一个)."""
    for word in words:
        start = plain.find(word)
        while start >= 0:
            yield Slip(start, word)
            start = plain.find(word, start + 1)


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(patterns) or r"(?!)")
