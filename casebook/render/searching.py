"""What full-text search knows of the site: one document a page, with the sections a hit opens at."""

from collections.abc import Iterator

from casebook.analyse import Results
from casebook.analyse.places import place_path
from casebook.corpus import Corpus
from casebook.model.case import Actor, Case, Platform
from casebook.prose.essays import parts
from casebook.render.essays import Told, ordered
from casebook.render.views import grouped_findings
from casebook.render.words import Words
from casebook.search.index import SearchDocument, Section

SEARCH_KINDS = ("case", "comparison", "mechanism", "indicator", "source")


def search_documents(corpus: Corpus, results: Results, words: Words) -> list[SearchDocument]:
    """Cases and comparisons in full; mechanisms, indicators and sources by what they mean."""
    told = (*_cases(corpus, results, words), *_comparisons(corpus, results, words))
    return [*told, *_terms(corpus, words), *_sources(corpus, words)]


def _cases(corpus: Corpus, results: Results, words: Words) -> Iterator[SearchDocument]:
    for id in results.order:
        case = corpus.cases[id]
        sections = [Section("", "", _told(case, words)), *_sections(corpus, results, id, case, words)]
        yield SearchDocument(f"cases/{id}.html", case.name, "case", tuple(s for s in sections if s.text))


def _told(case: Case, words: Words) -> str:
    return words.sentences([case.title, case.name_en or "", case.summary])


def _sections(corpus: Corpus, results: Results, id: str, case: Case, words: Words) -> Iterator[Section]:
    places = [name for _, name in place_path(corpus, case)]
    others = [other for place in case.place.values() for other in (*place.disputed, *place.former)]
    problems = [words.label("problems", problem.term) for problem in case.problems]
    where = words.t("list.separator").join(places)
    yield Section(words.t("case.place"), "top", words.sentences([where, *others, *problems]))
    formulas = [
        words.sentences([f.slogan, *(text for p in f.parts for text in (p.part, p.meaning or "", *p.items))])
        for f in case.formulas
    ]
    yield Section(words.t("case.formulas"), "formulas", words.sentences(formulas))
    for _, findings in grouped_findings(corpus, case, words):
        for finding in findings:
            label = words.label("mechanisms", finding.mechanism)
            yield Section(label, f"m-{finding.mechanism}", words.sentences([label, finding.how, finding.as_stated]))
    figures = [
        (seen.as_stated, seen.counted or "", seen.scope or "", words.label("indicators", seen.indicator))
        for seen in case.observations
    ]
    yield Section(words.t("case.observations"), "figures", words.sentences(map(words.sentences, figures)))
    taking_part: tuple[Actor | Platform, ...] = (*case.actors, *case.platforms)
    actors = [text for item in taking_part for text in (item.name or "", item.role or "")]
    yield Section(words.t("case.actors"), "actors", words.sentences(actors))
    dates = [*(m.event for m in case.milestones), *(h.title for h in case.honours)]
    yield Section(words.t("case.dates"), "dates", words.sentences(dates))


def _comparisons(corpus: Corpus, results: Results, words: Words) -> Iterator[SearchDocument]:
    for id, comparison in ordered(corpus):
        told = Told(corpus, results, words, comparison.cases)
        question = words.either(comparison.question, comparison.question_en)
        sections = [Section("", "", question)]
        sections += [Section(heading, part, told.plain(text)) for part, heading, text in parts(corpus, id)]
        title = words.either(comparison.title, comparison.title_en)
        yield SearchDocument(f"comparisons/{id}.html", title, "comparison", tuple(sections))


def _terms(corpus: Corpus, words: Words) -> Iterator[SearchDocument]:
    for kind, folder in (("mechanism", "mechanisms"), ("indicator", "indicators")):
        for id, term in corpus.terms[folder].items():
            text = words.sentences(dict.fromkeys([term.label, term.label_en, term.definition, term.use]))
            yield SearchDocument(f"{folder}/{id}.html", words.of_term(term), kind, (Section("", "", text),))


def _sources(corpus: Corpus, words: Words) -> Iterator[SearchDocument]:
    for id, source in corpus.sources.items():
        text = words.sentences([source.title, source.producer, source.nature, source.note or ""])
        yield SearchDocument(f"sources/{id}.html", source.title, "source", (Section("", "", text),))
