"""What full-text search knows of the site: one document a page, with the sections a hit opens at."""

from collections.abc import Iterable, Iterator

from casebook.analyse import Results
from casebook.analyse.places import place_path
from casebook.corpus import Corpus
from casebook.model.case import Actor, Case, Platform
from casebook.render.views import grouped_findings
from casebook.render.words import Words
from casebook.search.index import SearchDocument, Section

SEARCH_KINDS = ("case", "mechanism", "indicator", "source")


def search_documents(corpus: Corpus, results: Results, words: Words) -> list[SearchDocument]:
    """Cases in full; mechanisms, indicators and sources by what they mean."""
    return [*_cases(corpus, results, words), *_terms(corpus, words), *_sources(corpus)]


def _cases(corpus: Corpus, results: Results, words: Words) -> Iterator[SearchDocument]:
    for id in results.order:
        case = corpus.cases[id]
        sections = [Section("", "", _told(case)), *_sections(corpus, results, id, case, words)]
        yield SearchDocument(f"cases/{id}.html", case.name, "case", tuple(s for s in sections if s.text))


def _told(case: Case) -> str:
    return _sentences([case.title, case.name_en or "", case.summary])


def _sections(corpus: Corpus, results: Results, id: str, case: Case, words: Words) -> Iterator[Section]:
    places = [name for _, name in place_path(corpus, case)]
    others = [other for place in case.place.values() for other in (*place.disputed, *place.former)]
    problems = [words.label("problems", problem.term) for problem in case.problems]
    yield Section(words.t("case.place"), "top", _sentences(["".join(places), *others, *problems]))
    formulas = [
        _sentences([f.slogan, *(text for p in f.parts for text in (p.part, p.meaning or "", *p.items))])
        for f in case.formulas
    ]
    yield Section(words.t("case.formulas"), "formulas", _sentences(formulas))
    for _, findings in grouped_findings(corpus, case, words):
        for finding in findings:
            label = words.label("mechanisms", finding.mechanism)
            yield Section(label, f"m-{finding.mechanism}", _sentences([label, finding.how, finding.as_stated]))
    figures = [
        _sentences([seen.as_stated, seen.counted or "", seen.scope or "", words.label("indicators", seen.indicator)])
        for seen in case.observations
    ]
    yield Section(words.t("case.observations"), "figures", _sentences(figures))
    taking_part: tuple[Actor | Platform, ...] = (*case.actors, *case.platforms)
    actors = [text for item in taking_part for text in (item.name or "", item.role or "")]
    yield Section(words.t("case.actors"), "actors", _sentences(actors))
    dates = [*(m.event for m in case.milestones), *(h.title for h in case.honours)]
    yield Section(words.t("case.dates"), "dates", _sentences(dates))


def _terms(corpus: Corpus, words: Words) -> Iterator[SearchDocument]:
    for kind, folder in (("mechanism", "mechanisms"), ("indicator", "indicators")):
        for id, term in corpus.terms[folder].items():
            text = _sentences([term.label, term.label_en, term.definition, term.use])
            yield SearchDocument(f"{folder}/{id}.html", words.of_term(term), kind, (Section("", "", text),))


def _sources(corpus: Corpus) -> Iterator[SearchDocument]:
    for id, source in corpus.sources.items():
        text = _sentences([source.title, source.producer, source.nature, source.note or ""])
        yield SearchDocument(f"sources/{id}.html", source.title, "source", (Section("", "", text),))


def _sentences(parts: Iterable[str]) -> str:
    return "。".join(part.rstrip("。.") for part in parts if part)
