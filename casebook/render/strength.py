"""The pages on the strength of evidence and on pairs of cases: what their templates and figures are given."""

from typing import Any

from casebook.analyse import Results
from casebook.analyse.evidence import STRENGTHS, EvidenceRow
from casebook.charts.marks import Bar, BarChart, Chart, ScatterChart, ScatterDot
from casebook.corpus import Corpus
from casebook.render.words import Words

NAMED = 3
"""How many of the longest texts have their case's name beside their dot."""


def evidence_view(_: dict[str, Any], corpus: Corpus, results: Results, words: Words) -> dict[str, Any]:
    """Rows by strength, and how many counted cases each standpoint speaks of."""
    rows = results.evidence.rows
    told = {point for row in rows for point in row.standpoints}
    return {
        "evidence": results.evidence,
        "strengths": [(name, results.evidence.of(name)) for name in STRENGTHS],
        "standpoints": {p: sum(p in row.standpoints for row in rows) for p in ("independent", "press", "self", *told)},
        "text_known": bool(rows) and all(row.characters is not None for row in rows),
        "rho": _rho(results),
    }


def _rho(results: Results) -> str:
    found = results.evidence.correlation
    return "" if found is None else f"{found:.2f}"


def evidence_charts(corpus: Corpus, results: Results, words: Words) -> dict[str, Chart | None]:
    """`strength`: cases by what their numbers amount to. `length`: length of text and number of mechanisms."""
    t, rows = words.t, results.evidence.rows
    bars = tuple(_bar(name, len(results.evidence.of(name)), words) for name in STRENGTHS)
    none, best = len(results.evidence.of("none")), len(results.evidence.of("results"))
    title = t("strength.answer", n=len(rows), results=best, none=none)
    known = [row for row in rows if row.characters]
    named = _named(known)
    dots = tuple(
        ScatterDot(
            x=row.characters or 0,
            y=row.findings,
            label=f"{corpus.cases[row.case].name} {t('strength.dot', n=row.characters, mechanisms=row.findings)}",
            shown=corpus.cases[row.case].name if row in named else "",
            url=f"cases/{row.case}.html",
        )
        for row in known
    )
    length = t("strength.length-title", rho=_rho(results))
    return {
        "strength": BarChart(title, t("strength.description"), bars),
        "length": ScatterChart(length, t("strength.length-description"), dots, t("strength.x")) if dots else None,
    }


def _bar(name: str, n: int, words: Words) -> Bar:
    label = words.t(f"strength.{name}")
    return Bar(label, (n,), f"evidence.html#strength-{name}", f"{label} {n}")


def _named(rows: list[EvidenceRow]) -> list[EvidenceRow]:
    """The longest texts, but for those whose label would lie on another's."""
    found: list[EvidenceRow] = []
    for row in sorted(rows, key=lambda row: -(row.characters or 0))[:NAMED]:
        length = row.characters or 0
        near = (abs(row.findings - n.findings) < 2 and (n.characters or 0) < length * 2 for n in found)
        found += [] if any(near) else [row]
    return found


def relatives_view(_: dict[str, Any], corpus: Corpus, results: Results, words: Words) -> dict[str, Any]:
    """Both lists of pairs, and the words for a shared feature of the context."""
    return {
        "pairs": results.pairs,
        "feature": lambda feature: words.label(*feature.split("/")),
        "share": lambda value: f"{value:.2f}",
    }
