"""How firm the material is: what each case reports in numbers, who speaks, and how much text stands behind it.

Silence is not absence: the longer a text, the more it mentions, so that counts of mechanisms are counts of text, too.
"""

from collections import Counter
from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.model.base import locator_lines
from casebook.model.case import Case, Observation

# From the firmest to nothing at all: what the numbers of a case amount to.
STRENGTHS = ("results", "numbers", "intended", "none")
INTENDED = ("planned", "target", "rule", "claim")


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One counted case. `results`, `numbers`, `intended` and `absent` count its observations.

    `characters` is the length of the text behind it without white space, `None` where no record says how long its lines
    are. `standpoints` are those of its sources, "" for one that does not say.
    """

    case: str
    strength: str
    results: int
    numbers: int
    intended: int
    absent: int
    findings: int
    honours: int
    characters: int | None
    standpoints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All rows in the order of the cases; `correlation` (Spearman) is that of length and number of mechanisms."""

    rows: tuple[EvidenceRow, ...]
    correlation: float | None

    def of(self, strength: str) -> list[EvidenceRow]:
        """The cases of one strength."""
        return [row for row in self.rows if row.strength == strength]


def evidence(corpus: Corpus, order: tuple[str, ...]) -> Evidence:
    """The strength of evidence of all counted cases."""
    results = {group.id for group in corpus.indicators.groups if group.results}
    rows = tuple(_row(corpus, id, results) for id in order if id in corpus.counted)
    known = [(row.characters, row.findings) for row in rows if row.characters is not None]
    return Evidence(rows, _spearman([a for a, _ in known], [b for _, b in known]))


def _row(corpus: Corpus, id: str, results: set[str]) -> EvidenceRow:
    case = corpus.cases[id]
    stated = [seen for seen in case.observations if seen.value is not None]
    reported = [seen for seen in stated if seen.status == "reported"]
    ended = sum(_group(corpus, seen) in results for seen in reported)
    intended = len(stated) - len(reported)
    amounts = (ended, len(reported) - ended, intended, 1)
    return EvidenceRow(
        case=id,
        strength=next(name for name, amount in zip(STRENGTHS, amounts, strict=True) if amount),
        results=ended,
        numbers=len(reported) - ended,
        intended=intended,
        absent=len(case.observations) - len(stated),
        findings=len(case.findings),
        honours=len(case.honours),
        characters=text_length(corpus, case),
        standpoints=tuple(dict.fromkeys(corpus.sources[p.source].standpoint or "" for p in case.sources)),
    )


def _group(corpus: Corpus, seen: Observation) -> str | None:
    return corpus.indicator(seen.indicator).group


def text_length(corpus: Corpus, case: Case) -> int | None:
    """How many characters of the sources speak of a case, white space and lines counted twice left out."""
    lines: dict[str, set[int]] = {}
    for passage in case.sources:
        lines.setdefault(passage.source, set()).update(locator_lines(passage.locator))
    if not all(corpus.sources[source].line_characters for source in lines):
        return None
    return sum(corpus.sources[source].line_characters[n - 1] for source, numbers in lines.items() for n in numbers)


def _spearman(one: list[int], other: list[int]) -> float | None:
    """The rank correlation; `None` for fewer than three pairs or where all values are the same."""
    if len(one) < 3:
        return None
    x, y = _ranks(one), _ranks(other)
    middle = (len(one) + 1) / 2
    spread = (sum((a - middle) ** 2 for a in x) * sum((b - middle) ** 2 for b in y)) ** 0.5
    return sum((a - middle) * (b - middle) for a, b in zip(x, y, strict=True)) / spread if spread else None


def _ranks(values: list[int]) -> list[float]:
    """Ranks from 1; equal values share the middle of theirs."""
    first = {value: place for place, value in reversed(list(enumerate(sorted(values), 1)))}
    often = Counter(values)
    return [first[value] + (often[value] - 1) / 2 for value in values]
