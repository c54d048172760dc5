"""What templates are given: the corpus and the results, arranged as each kind of page shows them."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from casebook.analyse import Results
from casebook.analyse.places import PlaceNode, place_at, place_path
from casebook.analyse.series import Series
from casebook.corpus import Corpus
from casebook.model.base import locator_lines
from casebook.model.case import Case
from casebook.model.vocabulary import Term, Vocabulary
from casebook.points import Point
from casebook.prose.essays import discussing
from casebook.render.essays import comparison_view, ordered
from casebook.render.explorer import told
from casebook.render.pages import PageSpec
from casebook.render.prose import prose
from casebook.render.readings import (
    audit_rows,
    case_audits,
    comparability,
    compared,
    derived_of,
    derived_rows,
    group_title,
)
from casebook.render.rules_page import rule_groups
from casebook.render.strength import evidence_view, relatives_view
from casebook.render.timeline import timeline_view
from casebook.render.words import Words, amount
from casebook.render.written import sections_of

Context = dict[str, Any]


def shared_view(corpus: Corpus, results: Results, words: Words) -> Context:
    """What every page may use."""
    return {
        "site": corpus.site,
        "ranks": corpus.site.ranks,
        "cases": corpus.cases,
        "counted": corpus.counted,
        "sources": corpus.sources,
        "vocabularies": corpus.vocabularies,
        "indicators": corpus.indicators,
        "order": results.order,
        "beside": _beside(results.order),
        "uses": results.uses,
        "series": results.series,
        "places": results.places,
        "sheets": results.sheets,
        "formulas": results.formulas,
        "coverage": results.coverage,
        "facets": results.facets,
        "words": words,
        "t": words.t,
        "label": words.label,
        "period": words.period,
        "separator": words.t("list.separator"),
        "locator": words.locator,
        "amount": lambda point: amount(point, words),
        "place_line": lambda case: " ".join(name for _, name in place_path(corpus, case)),
        "place_address": lambda case, depth: _place_address(corpus, results, case, depth),
        "place_page": lambda node: f"places/{node.slug}.html",
        "prose_of": lambda name: prose(corpus.pages.get(name, ""), f"{name}.html"),
        "sections_of": lambda name: sections_of(corpus.pages.get(name, ""), f"{name}.html"),
        "counts": counts(corpus, results),
        "columns": by_group(corpus.vocabularies["mechanisms"]),
        "comparisons": ordered(corpus),
        "discussing": discussing(corpus),
    }


def _beside(order: tuple[str, ...]) -> dict[str, tuple[str | None, str | None]]:
    return dict(zip(order, zip((None, *order), (*order[1:], None), strict=False), strict=True))


def view(spec: PageSpec, corpus: Corpus, results: Results, words: Words) -> Context:
    """What this page alone needs beside its own context."""
    arrange = VIEWS.get(spec.template)
    return dict(spec.context) | (arrange(spec.context, corpus, results, words) if arrange else {})


def counts(corpus: Corpus, results: Results) -> dict[str, int]:
    """The key figures of the report; umbrellas and mentions are told apart from cases."""
    kinds = [case.kind for case in corpus.cases.values()]
    second = {path[1] for case in corpus.counted.values() if len(path := place_path(corpus, case)) > 1}
    return {
        "cases": len(corpus.counted),
        "programmes": kinds.count("programme"),
        "mentions": kinds.count("mention"),
        "places": len(second),
        "findings": sum(len(case.findings) for case in corpus.cases.values()),
        "observations": sum(len(case.observations) for case in corpus.cases.values()),
        "sources": len(corpus.sources),
    }


def by_group(vocabulary: Vocabulary) -> list[tuple[Any, list[Term]]]:
    """(group, its terms) in order."""
    return [(group, [t for t in vocabulary.terms if t.group == group.id]) for group in vocabulary.groups]


def _place_address(corpus: Corpus, results: Results, case: Case, depth: int) -> str:
    names = tuple(name for _, name in place_path(corpus, case))[:depth]
    return f"places/{place_at(results.places, names).slug}.html"


# --- one function per kind of page ---------------------------------------------------------------------------------


def _home(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    return {"common": common_mechanisms(results)}


def common_mechanisms(results: Results) -> list[Any]:
    """The twelve mechanisms that most cases show."""
    used = [use for use in results.uses.values() if use.total]
    return sorted(used, key=lambda use: -use.total)[:12]


def _case(context: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    id, case = context["id"], context["case"]
    return {
        "children": sorted(corpus.children.get(id, ()), key=results.position.__getitem__),
        "grouped": grouped_findings(corpus, case, words),
        "points": corpus.points[id],
        "relatives": results.relatives.get(id, ()),
        "comparability": lambda point: comparability(corpus, results.series[point.observation.indicator], point, words),
        "position": lambda _, point: position(results.series[point.observation.indicator], point),
        "length": lines_of(case),
        "audits": case_audits(corpus, results, id, words),
        "derived": derived_rows(corpus, results, id, words),
    }


def lines_of(case: Case) -> int:
    """How many lines of the sources speak of a case."""
    return sum(len(locator_lines(passage.locator)) for passage in case.sources)


def grouped_findings(corpus: Corpus, case: Case, words: Words) -> list[tuple[str, list[Any]]]:
    """(group label, findings) in the order of the vocabulary."""
    vocabulary = corpus.vocabularies["mechanisms"]
    found = {f.mechanism: f for f in case.findings}
    if not vocabulary.groups:
        return [(words.of_term(vocabulary), list(case.findings))] if found else []  # type: ignore[arg-type]
    rows = [(g, [found[t.id] for t in terms if t.id in found]) for g, terms in by_group(vocabulary)]
    return [(words.group("mechanisms", group.id), findings) for group, findings in rows if findings]


def position(series: Series, point: Point) -> dict[str, Any] | None:
    """Where a value stands among its comparable peers, on a strip from 2 to 98; `None` for fewer than three."""
    axis = series.axes.get((point.case, point.index))
    if axis is None or len(axis.place) < 3:
        return None
    return {"mine": axis.place[point.case, point.index], "marks": axis.marks, "n": len(axis.place)}


def _cases(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    """What list and matrix share: how many cases stand on the page before any script runs, and the orders offered."""
    choices = [choice for sorting in results.sortings for choice, _ in sorting.choices]
    return {"first": 100, "told": lambda id: told(corpus, words, id), "sorts": choices}


def _matrix(context: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    verdicts = {id: {f.mechanism: f.verdict for f in case.findings} for id, case in corpus.cases.items()}
    tally = Counter(mechanism for of in verdicts.values() for mechanism in of)
    return _cases(context, corpus, results, words) | {"first": 50, "verdicts": verdicts, "tally": tally}


def _mechanism(context: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    pairs = [*context["use"].findings, *context["use"].others]
    return {"by_verdict": {v: [p for p in pairs if p[1].verdict == v] for v in ("present", "planned", "mentioned")}}


def _indicators(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    return {"indicator_columns": by_group(corpus.indicators)}


def _indicator(context: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    term = context["term"]
    return {
        "group_title": lambda term, group: group_title(term, group, words),
        "comparability": lambda series, point: comparability(corpus, series, point, words),
        "compared": compared(corpus, term),
        "derived": derived_of(corpus, results, term.id, words),
    }


def _place(context: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    node: PlaceNode = context["node"]
    here = [id for id in node.all_cases() if id in corpus.counted]
    return {"place_counted": len(here), "place_groups": group_counts(results, here, words)}


def group_counts(results: Results, here: list[str], words: Words) -> list[tuple[str, str, int, int]]:
    """(id and label of a group of mechanisms, cases here that show one of it, cases everywhere)."""
    rows = [
        (group, words.group("mechanisms", group), len(shown.intersection(here)), len(shown))
        for group, shown in results.holders.items()
    ]
    return sorted(rows, key=lambda row: -row[2])


def _formulas(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    of = [(t, [e for e in results.formulas if t.id in e.counts]) for t in corpus.vocabularies["numerals"].terms]
    return {"formulas_by_count": sorted(((t, e) for t, e in of if e), key=lambda row: -len(row[1]))}


def _actors(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    def rows(key: str) -> list[tuple[Term, list[tuple[str, str | None]]]]:
        found = [(item.term, id, item.name) for id in results.order for item in getattr(corpus.cases[id], key)]
        named = [(t, [(id, name) for term, id, name in found if term == t.id]) for t in corpus.vocabularies[key].terms]
        return sorted(((t, of) for t, of in named if of), key=lambda row: -len({id for id, _ in row[1]}))

    return {"actors": rows("actors"), "platforms": rows("platforms")}


def _sources(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    return {"cited_by": results.cited_by}


def _source(context: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    return {"cited": results.cited_by[context["id"]]}


def _audits(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    return {"audits_by_rule": audit_rows(corpus, results, words), "audits_n": len(results.audits)}


def _coverage(_: Context, corpus: Corpus, results: Results, words: Words) -> Context:
    return {"lines_of": lines_of}


VIEWS: dict[str, Callable[[Context, Corpus, Results, Words], Context]] = {
    "home": _home,
    "case": _case,
    "cases": _cases,
    "matrix": _matrix,
    "mechanism": _mechanism,
    "indicators": _indicators,
    "indicator": _indicator,
    "place": _place,
    "formulas": _formulas,
    "actors": _actors,
    "sources": _sources,
    "source": _source,
    "coverage": _coverage,
    "audits": _audits,
    "comparison": comparison_view,
    "evidence": evidence_view,
    "relatives": relatives_view,
    "timeline": timeline_view,
    "rules": lambda _, corpus, results, words: {"rule_groups": rule_groups(words.language)},
}
