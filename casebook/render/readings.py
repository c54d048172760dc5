"""What was computed, in words: verdicts of comparability, contradictions with both readings, derived figures."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from casebook.analyse import Results
from casebook.analyse.comparability import Group, Verdict
from casebook.analyse.derived import DerivedRatio, Interval
from casebook.analyse.series import Series
from casebook.audits import AUDITS, rule_name
from casebook.audits.discrepancy import Amount, Discrepancy, Duration, Names, Said, Sum, When
from casebook.corpus import Corpus
from casebook.model.evidence import Citation
from casebook.model.vocabulary import Indicator, Term
from casebook.points import Point
from casebook.quantities import Quantity
from casebook.render.words import Words


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One contradiction: what it is about, both readings, the way between them, and the editor's note, if any."""

    rule: str
    case: str
    about: str
    stated: str
    recomputed: str
    formula: str
    note: str
    claims: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DerivedRow:
    """One derived figure: what it is, its value, its formula with the inputs, and whether it may be compared."""

    case: str
    label: str
    value: str
    formula: str
    note: str
    claims: tuple[Citation, ...]
    verdict: str = ""
    comparability: str = ""


# --- comparability -------------------------------------------------------------------------------------------------


def comparability(corpus: Corpus, series: Series, point: Point, words: Words) -> str:
    """Whether a value may be compared with others; if not, or only with care, why."""
    return verdict_words(series.verdicts[point.case, point.index], point, words)


def verdict_words(verdict: Verdict, point: Point, words: Words) -> str:
    """A verdict in words."""
    status = words.t(f"observation-status.{point.observation.status}")
    reasons = words.separator().join(words.t(f"reason.{reason}", status=status) for reason in verdict.reasons)
    return words.t(f"comparable.{verdict.verdict}", n=verdict.peers, reasons=reasons)


def compared(corpus: Corpus, term: Indicator) -> bool:
    """Whether values of an indicator are ever compared as numbers."""
    group = next((group for group in corpus.indicators.groups if group.id == term.group), None)
    return term.comparable and (group is None or group.comparable)


def group_title(term: Term, group: Group, words: Words) -> str:
    """The heading of a comparable group: how many cases, from what to what."""
    low = min(point.low for point in group.points if point.low is not None)
    high = max(point.high for point in group.points if point.high is not None)
    scope = [words.label("levels", group.level) if group.level else "", group.counted]
    name = " · ".join(part for part in (words.of_term(term), *scope) if part)
    unit, n = group.unit or "", len(group.points)
    return words.t(
        "indicator.group-title", term=name, n=n, low=_amount(low, unit, words), high=_amount(high, unit, words)
    )


def _amount(value: Fraction, unit: str, words: Words) -> str:
    return words.with_unit(words.number(value), unit)


# --- audits --------------------------------------------------------------------------------------------------------


def audit_rows(corpus: Corpus, results: Results, words: Words, case: str = "") -> dict[str, list[AuditRow]]:
    """Rule → its contradictions in the order of the cases, for every rule; of one case where one is named."""
    rows: dict[str, list[AuditRow]] = {rule_name(rule): [] for rule in AUDITS}
    for discrepancy in results.audits_of.get(case, ()) if case else results.audits:
        rows[discrepancy.rule].append(_audit_row(corpus, discrepancy, words))
    return rows


def _audit_row(corpus: Corpus, found: Discrepancy, words: Words) -> AuditRow:
    known = corpus.cases[found.case].audits
    return AuditRow(
        rule=found.rule,
        case=found.case,
        about=found.about,
        stated=_phrase("stated", found, words),
        recomputed=_phrase("recomputed", found, words),
        formula=_phrase("formula", found, words),
        note=next((a.note for a in known if (a.rule, a.about) == (found.rule, found.about)), ""),
        claims=found.claims,
    )


def _phrase(reading: str, found: Discrepancy, words: Words) -> str:
    key = f"audit.{reading}.{found.rule}"
    special = f"{key}.{found.variant}"
    values = {name: _said(value, words) for name, value in found.values.items()}
    return words.t(special if found.variant and words.has(special) else key, **values)


def _said(value: Said, words: Words) -> str:
    match value:
        case Quantity():
            return words.quantity(value)
        case Amount():
            return _amount(value.value, value.unit, words)
        case Sum():
            return " + ".join(_amount(term.value, term.unit, words) for term in value.terms)
        case Names():
            return words.separator().join(value.names) or words.t("audit.none")
        case Duration():
            return words.t(f"duration.{value.unit}", n=value.number)
        case When():
            return words.period(value.period)
        case _:
            return value


# --- derived figures -----------------------------------------------------------------------------------------------


def derived_rows(corpus: Corpus, results: Results, case: str, words: Words) -> list[DerivedRow]:
    """The derived figures of one case."""
    figures = results.derived[case]
    ratios = [_ratio_row(corpus, results, found, words) for found in figures.ratios]
    return ratios + [_interval_row(found, words) for found in figures.intervals]


def derived_of(corpus: Corpus, results: Results, indicator: str, words: Words) -> list[DerivedRow]:
    """The ratios of all cases whose numerator is one indicator, in the order of the cases."""
    return [_ratio_row(corpus, results, found, words) for found in _ratios_of(results, indicator)]


def _ratios_of(results: Results, indicator: str) -> Iterator[DerivedRatio]:
    for case in results.order:
        yield from (found for found in results.derived[case].ratios if found.ratio.numerator == indicator)


def _ratio_row(corpus: Corpus, results: Results, found: DerivedRatio, words: Words) -> DerivedRow:
    ratio, inputs = found.ratio, (found.numerator, found.denominator)
    unit = "%" if ratio.percent else words.either(ratio.unit or "", ratio.unit_en)
    value = _amount(found.value, unit, words)
    terms = [_named(corpus, point, words) for point in inputs]
    verdict, point = _weakest(results, inputs)
    return DerivedRow(
        case=found.case,
        label=words.either(ratio.label, ratio.label_en) + _part(found, words),
        value=words.t("bound.about", amount=value) if found.approximate else value,
        formula=words.t("derived.ratio", numerator=terms[0], denominator=terms[1]),
        note=words.either(ratio.note or "", ratio.note_en),
        claims=tuple(point.observation for point in inputs),
        verdict=verdict.verdict,
        comparability=verdict_words(verdict, point, words),
    )


def _part(found: DerivedRatio, words: Words) -> str:
    """Which of several values is divided, and which part of the case it speaks of."""
    seen = found.numerator.observation
    named = [text for text in (seen.counted if found.ratio.each else "", seen.scope) if text]
    return words.t("derived.part", part=words.separator().join(named)) if named else ""


def _named(corpus: Corpus, point: Point, words: Words) -> str:
    assert point.quantity is not None
    seen = point.observation
    return f"{seen.counted or words.of_term(corpus.indicator(seen.indicator))} {words.quantity(point.quantity)}"


def _weakest(results: Results, inputs: tuple[Point, Point]) -> tuple[Verdict, Point]:
    """A ratio may be compared as far as both its terms may."""
    order = ("not", "care", "comparable")
    verdicts = [(results.series[p.observation.indicator].verdicts[p.case, p.index], p) for p in inputs]
    return min(verdicts, key=lambda item: order.index(item[0].verdict))


def _interval_row(found: Interval, words: Words) -> DerivedRow:
    length = words.t(f"duration.{found.unit}", n=found.number)
    return DerivedRow(
        case=found.case,
        label=words.t("derived.interval", first=found.first.event, last=found.last.event),
        value=length if found.unit == "day" else words.t("bound.about", amount=length),
        formula=words.t("derived.dates", first=words.period(found.first.date), last=words.period(found.last.date)),
        note="",
        claims=(found.first, found.last),
    )


def case_audits(corpus: Corpus, results: Results, id: str, words: Words) -> list[AuditRow]:
    """The contradictions in what a source says of one case."""
    return [row for rows in audit_rows(corpus, results, words, id).values() for row in rows]
