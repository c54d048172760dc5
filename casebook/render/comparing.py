"""The data behind the side-by-side view: the rows that all cases share, and one script a case with its column.

A page loads the rows and the chosen cases only, so that ten thousand cases cost it no more than ten.
"""

import hashlib
from collections.abc import Iterable, Iterator

from casebook.analyse import Results
from casebook.corpus import Corpus
from casebook.model.case import Tombstone
from casebook.model.vocabulary import Term, Vocabulary
from casebook.render.column import MIXED_COUNT, NO_COUNT, Columns, Item
from casebook.render.explorer import script
from casebook.render.site_file import SiteFile
from casebook.render.views import by_group
from casebook.render.words import Words

Row = tuple[str, str, str]
"""Key, label, address of the page that explains it (or "")."""


def compare_files(corpus: Corpus, results: Results, words: Words) -> tuple[str, list[SiteFile]]:
    """(folder, files): `_rows.js` (no id looks like that) and a script a case, in a folder named by their content."""
    texts = {"_rows.js": script("casebookCompare.rows", [*_sections(corpus, words)])}
    columns = Columns(corpus, results, words)
    texts |= {f"{id}.js": script("casebookCompare.add", id, columns.of(id)) for id in results.order}
    texts |= {f"{id}.js": script("casebookCompare.add", id, _gone(stone)) for id, stone in corpus.tombstones.items()}
    digest = hashlib.sha256()
    for text in texts.values():
        digest.update(text.encode())
    folder = f"assets/compare-{digest.hexdigest()[:10]}/"
    return folder, [SiteFile(folder + name, text) for name, text in texts.items()]


def _gone(stone: Tombstone) -> Item:
    """Where a case went; a link to it still compares."""
    return {"moved": [stone.moved] if stone.moved else list(stone.split), "withdrawn": stone.withdrawn or ""}


# --- the rows --------------------------------------------------------------------------------------------------------


def _sections(corpus: Corpus, words: Words) -> Iterator[Item]:
    """The sections from top to bottom. Of an `open` one only the rows that a chosen case fills are shown one by one."""
    t = words.t
    unsaid = {"absent": t("verdict.silent"), "none": t("compare.none-mentioned")}
    numerals = [*_terms(corpus.vocabularies["numerals"].terms, "formula", "", words)]
    numerals += [(MIXED_COUNT, t("compare.mixed-count"), ""), (NO_COUNT, t("compare.no-count"), "")]
    yield _section("identity", t("compare.identity"), _named(IDENTITY, words))
    yield _section("formulas", t("case.formulas"), numerals, t("compare.by-count"), **unsaid)
    for title, terms in _groups(corpus.vocabularies["mechanisms"], "mechanisms", words):
        rows = _terms(terms, "mechanism", "mechanisms", words)
        yield _section("mechanisms", t("case.findings"), rows, title, **unsaid, mark="silent")
    for title, terms in _groups(corpus.indicators, "indicators", words):
        rows = _terms(terms, "indicator", "indicators", words)
        unstated = {"absent": t("absent.not-stated"), "none": t("compare.none-stated")}
        yield _section("figures", t("case.observations"), rows, title, **unstated)
    if corpus.derived:
        ratios = [(f"derived-{r.id}", words.either(r.label, r.label_en), "") for r in corpus.derived.ratios]
        none = {"absent": t("compare.underivable"), "none": t("compare.none-derived")}
        yield _section("figures", t("derived.title"), ratios, **none)
    for name, title in (("actors", "case.actors-short"), ("platforms", "case.platforms")):
        yield _section(name, t(title), _terms(corpus.vocabularies[name].terms, name, "", words), **unsaid)
    yield _section("dates", t("case.dates"), _named(DATES, words))
    yield _section("evidence", t("evidence.title"), _named(EVIDENCE, words))


IDENTITY = {
    "title": "compare.full-name",
    "summary": "compare.summary",
    "kind": "facet.kind",
    "place": "case.place",
    "level": "case.level",
    "settlement": "case.settlement",
    "status": "case.status",
    "problems": "case.problems",
}
DATES = {"started": "case.started", "milestones": "compare.milestones", "honours": "case.honours"}
EVIDENCE = {
    "sources": "nav.sources",
    "lines": "compare.lines",
    "claims": "compare.claims",
    "audits": "audits.title",
    "reviewed": "compare.reviewed",
}


def _section(
    id: str, part: str, rows: Iterable[Row], group: str = "", absent: str = "", none: str = "", mark: str = ""
) -> Item:
    """`absent` and `mark` stand in an empty cell of an open section, `none` before the rows that no case fills."""
    title = f"{part} · {group}" if group else part
    words = {"id": id, "part": part, "title": title, "absent": absent, "none": none, "mark": mark}
    return words | {"rows": [*rows], "open": bool(none)}


def _named(rows: dict[str, str], words: Words) -> Iterator[Row]:
    for key, phrase in rows.items():
        yield key, words.t(phrase), ""


def _terms(terms: Iterable[Term], prefix: str, folder: str, words: Words) -> Iterator[Row]:
    for term in terms:
        yield f"{prefix}-{term.id}", words.of_term(term), f"{folder}/{term.id}.html" if folder else ""


def _groups(vocabulary: Vocabulary, name: str, words: Words) -> Iterator[tuple[str, Iterable[Term]]]:
    """(label, terms) of each group, or of the whole vocabulary where it has none."""
    if not vocabulary.groups:
        yield "", vocabulary.terms
    for group, terms in by_group(vocabulary):
        yield words.group(name, group.id), terms
