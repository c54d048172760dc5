"""The list of pages: which template, with what, at which address."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from casebook.analyse import Results
from casebook.analyse.places import PlaceNode
from casebook.corpus import Corpus
from casebook.render.words import Words
from casebook.render.written import sections_of, title_of


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page before it is rendered. `title` is plain text; `crumbs` are (address, words) from the home page down."""

    path: str
    template: str
    title: str
    crumbs: tuple[tuple[str, str], ...] = ()
    source: str = ""
    layout: str = "page"
    description: str = ""
    context: dict[str, object] = field(default_factory=dict)


# Pages of which there is one: path, the phrase that names it, layout.
SINGLE = (
    ("cases", "cases.title", "wide"),
    ("matrix", "matrix.title", "full"),
    ("compare", "compare.title", "full"),
    ("comparisons/index", "comparisons.title", "page"),
    ("mechanisms/index", "mechanisms.title", "page"),
    ("indicators/index", "indicators.title", "page"),
    ("formulas", "formulas.title", "wide"),
    ("places/index", "places.title", "wide"),
    ("timeline", "timeline.title", "wide"),
    ("actors", "actors.title", "wide"),
    ("sources/index", "sources.title", "page"),
    ("coverage", "coverage.title", "full"),
    ("audits", "audits.title", "full"),
    ("evidence", "strength.title", "full"),
    ("relatives", "pairs.title", "wide"),
    ("method", "method.title", "page"),
    ("form", "form.title", "wide"),
    ("rules", "rules.title", "page"),
    ("search", "search.title", "page"),
    ("data/index", "data.title", "page"),
)


def page_list(corpus: Corpus, results: Results, words: Words) -> Iterator[PageSpec]:
    """Every page of the site."""
    site = corpus.site
    yield PageSpec("index.md", "home", site.title, layout="home", description=site.description, source="index.md")
    for path, phrase, layout in SINGLE:
        name = path.removesuffix("/index")
        source = f"{name}.md" if name in corpus.pages else ""
        yield PageSpec(f"{path}.md", name, words.t(phrase), layout=layout, source=source)
    yield from _written(corpus)
    yield from _of_cases(corpus, words)
    yield from _of_comparisons(corpus, words)
    yield from _of_mechanisms(corpus, results, words)
    yield from _of_indicators(corpus, results, words)
    yield from _of_sources(corpus, words)
    yield from _of_places(results, words)


def _written(corpus: Corpus) -> Iterator[PageSpec]:
    for name, title in written_pages(corpus).items():
        context: dict[str, object] = {"title": title, "sections": sections_of(corpus.pages[name], f"{name}.html")}
        yield PageSpec(f"{name}.md", "written", title, source=f"{name}.md", context=context)


def written_pages(corpus: Corpus) -> dict[str, str]:
    """Name → title of the pages that an editor wrote and that are no part of another page."""
    taken = {"index", *(path for path, _, _ in SINGLE)}
    return {name: title_of(text) or name for name, text in corpus.pages.items() if name not in taken}


def _of_comparisons(corpus: Corpus, words: Words) -> Iterator[PageSpec]:
    crumbs = (("comparisons/index.html", words.t("comparisons.title")),)
    for id, comparison in corpus.comparisons.items():
        title = words.either(comparison.title, comparison.title_en)
        question = words.either(comparison.question, comparison.question_en)
        context: dict[str, object] = {"id": id, "comparison": comparison}
        path = f"comparisons/{id}.md"
        yield PageSpec(path, "comparison", title, crumbs, path, "wide", question, context)


def _of_mechanisms(corpus: Corpus, results: Results, words: Words) -> Iterator[PageSpec]:
    crumbs = (("mechanisms/index.html", words.t("mechanisms.title")),)
    for id, use in results.uses.items():
        context: dict[str, object] = {"use": use, "term": corpus.terms["mechanisms"][id]}
        title, source = words.label("mechanisms", id), "vocabulary/mechanisms.yml"
        yield PageSpec(f"mechanisms/{id}.md", "mechanism", title, crumbs, source, context=context)


def _of_indicators(corpus: Corpus, results: Results, words: Words) -> Iterator[PageSpec]:
    crumbs = (("indicators/index.html", words.t("indicators.title")),)
    for id, series in results.series.items():
        context: dict[str, object] = {"series": series, "term": corpus.indicator(id)}
        title, source = words.label("indicators", id), "vocabulary/indicators.yml"
        yield PageSpec(f"indicators/{id}.md", "indicator", title, crumbs, source, "wide", context=context)


def _of_sources(corpus: Corpus, words: Words) -> Iterator[PageSpec]:
    crumbs = (("sources/index.html", words.t("sources.title")),)
    for id, record in corpus.sources.items():
        context: dict[str, object] = {"id": id, "source": record}
        yield PageSpec(f"sources/{id}.md", "source", record.title, crumbs, f"sources/{id}.yml", context=context)


def _of_places(results: Results, words: Words) -> Iterator[PageSpec]:
    top = ("places/index.html", words.t("places.title"))
    for node, above in _places(results.places, 2):
        crumbs = (top, *((f"places/{p.slug}.html", p.name) for p in above))
        path = f"places/{node.slug}.md"
        yield PageSpec(path, "place", node.name, crumbs, context={"node": node})


def _of_cases(corpus: Corpus, words: Words) -> Iterator[PageSpec]:
    top = ("cases.html", words.t("cases.title"))
    for id, case in corpus.cases.items():
        parent = corpus.cases.get(case.parent or "")
        crumbs = (top, (f"cases/{case.parent}.html", parent.name)) if parent else (top,)
        context: dict[str, object] = {"id": id, "case": case}
        path, source = f"cases/{id}.md", f"cases/{id}.yml"
        yield PageSpec(path, "case", case.name, crumbs, source, "case", case.summary, context)
    for id, stone in corpus.tombstones.items():
        path, source = f"cases/{id}.md", f"cases/{id}.yml"
        yield PageSpec(path, "tombstone", id, (top,), source, context={"id": id, "stone": stone})


def _places(
    node: PlaceNode, depth: int, above: tuple[PlaceNode, ...] = ()
) -> Iterator[tuple[PlaceNode, tuple[PlaceNode, ...]]]:
    """Places down to `depth` ranks, each with those above it."""
    for child in node.inside.values():
        yield child, above
        if depth > 1:
            yield from _places(child, depth - 1, (*above, child))
