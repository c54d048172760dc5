"""Which case shows which mechanism."""

from collections import Counter
from dataclasses import dataclass

from casebook.corpus import Corpus
from casebook.model.case import Finding, Verdict


@dataclass(frozen=True, slots=True)
class MechanismUse:
    """All findings of one mechanism. `tally` counts cases and subcases, `others` are the rest."""

    id: str
    findings: tuple[tuple[str, Finding], ...]
    others: tuple[tuple[str, Finding], ...]
    tally: dict[Verdict, int]
    together: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Counted cases with any verdict."""
        return len(self.findings)


def mechanism_uses(corpus: Corpus, order: tuple[str, ...]) -> dict[str, MechanismUse]:
    """Mechanism → its use, for every term of the vocabulary, used or not."""
    found: dict[str, list[tuple[str, Finding]]] = {id: [] for id in corpus.terms["mechanisms"]}
    for id in order:
        for finding in corpus.cases[id].findings:
            if finding.mechanism in found:
                found[finding.mechanism].append((id, finding))
    of_case = {id: {f.mechanism for f in case.findings} for id, case in corpus.counted.items()}
    position = {id: index for index, id in enumerate(found)}
    uses = {}
    for mechanism, pairs in found.items():
        counted = tuple(pair for pair in pairs if pair[0] in corpus.counted)
        tally = Counter(finding.verdict for _, finding in counted)
        together = Counter(other for id, _ in counted for other in of_case[id] if other != mechanism)
        uses[mechanism] = MechanismUse(
            id=mechanism,
            findings=counted,
            others=tuple(pair for pair in pairs if pair[0] not in corpus.counted),
            tally={verdict: tally[verdict] for verdict in ("present", "planned", "mentioned")},
            together=tuple(sorted(together.items(), key=lambda item: (-item[1], position[item[0]]))),
        )
    return uses


def group_holders(corpus: Corpus) -> dict[str, frozenset[str]]:
    """Group of mechanisms → the counted cases with any verdict on one of them."""
    vocabulary = corpus.vocabularies["mechanisms"]
    group = {term.id: term.group for term in vocabulary.terms}
    found: dict[str, set[str]] = {each.id: set() for each in vocabulary.groups}
    for id, case in corpus.counted.items():
        for finding in case.findings:
            found.get(group.get(finding.mechanism) or "", set()).add(id)
    return {id: frozenset(ids) for id, ids in found.items()}
