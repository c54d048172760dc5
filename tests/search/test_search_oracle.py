"""The index finds what a plain scan finds: all of it, and nothing else."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from casebook.search.index import SearchDocument, Section
from casebook.search.normalise import BREAK, normalise, simplified_characters
from tests.search.harness import case_documents, write_site

QUERY = """queries => Promise.all(queries.map(async (query) => {
  const { stage, hits } = await casebookSearch.query(query);
  const told = ({ url, anchor, title, kind, heading }) => ({ url, anchor, title, kind, heading });
  return { query, stage, hits: hits.map(told) };
}))"""


def scan(documents: Sequence[SearchDocument], query: str) -> set[str]:
    """The addresses of the documents in which every term of `query` occurs."""
    terms = [term for word in query.split() for term in _normalise(word).split(BREAK) if term]
    return {document.url for document in documents if terms and all(_occurs(term, document) for term in terms)}


def _occurs(term: str, document: SearchDocument) -> bool:
    texts = [document.title, *(text for s in document.sections for text in (s.heading, s.text))]
    return any(term in _normalise(text) for text in texts)


_known: dict[str, str] = {}


def _normalise(text: str) -> str:
    if text not in _known:
        _known[text] = normalise(text, simplified_characters())
    return _known[text]


def substrings(documents: Sequence[SearchDocument], count: int, chance: random.Random) -> list[str]:
    """Queries of two to eight characters, as they stand in titles, headings and texts."""
    texts = [
        text for d in documents for text in (d.title, *(t for s in d.sections for t in (s.heading, s.text))) if text
    ]
    found: list[str] = []
    while len(found) < count:
        text = chance.choice(texts)
        length = chance.randint(2, 8)
        start = chance.randrange(max(1, len(text) - length + 1))
        found.append(text[start : start + length])
    return found


def confusable(chance: random.Random) -> list[SearchDocument]:
    """Documents of so few characters that most pairs occur everywhere and prove little."""
    signs = "网格社区ab12121+%，”· "

    def text(most: int) -> str:
        return "".join(chance.choices(signs, k=chance.randrange(most)))

    return [
        SearchDocument(
            f"cases/{number}.html",
            text(8),
            "case",
            (Section("", "", text(40)), Section(text(5), "s1", text(40)), Section(text(5), "s2", text(40))),
        )
        for number in range(120)
    ]


@pytest.mark.parametrize("corpus", ["cases", "confusable"])
def test_hits_are_those_of_a_plain_scan(corpus: str, page: Page, tmp_path: Path) -> None:
    """Of every substring, and of every pair of them, exactly the right documents are found."""
    chance = random.Random(11)
    documents = case_documents() if corpus == "cases" else confusable(chance)
    queries = substrings(documents, 500, chance)
    queries += [f"{a} {b}" for a, b in zip(queries[:100], queries[100:200], strict=True)]
    answers = _ask(page, tmp_path, documents, queries)
    for answer in answers:
        expected = scan(documents, answer["query"])
        given = [hit["url"] for hit in answer["hits"]] if answer["stage"] == "exact" else []
        assert len(given) == len(set(given))
        assert set(given) == expected, answer["query"]
        assert expected or answer["stage"] != "exact"


def test_a_hit_opens_where_the_term_stands(page: Page, tmp_path: Path) -> None:
    """The section of a hit holds the query, unless the title does."""
    documents = case_documents()
    queries = substrings(documents, 200, random.Random(12))
    by_url = {document.url: document for document in documents}
    for answer in _ask(page, tmp_path, documents, queries):
        for hit in answer["hits"] if answer["stage"] == "exact" else ():
            document = by_url[hit["url"]]
            (section,) = [s for s in document.sections if (s.anchor, s.heading) == (hit["anchor"], hit["heading"])]
            assert (hit["title"], hit["kind"]) == (document.title, document.kind)
            terms = _normalise(answer["query"]).split(BREAK)
            held = [
                term in _normalise(text) for term in terms for text in (document.title, section.heading, section.text)
            ]
            assert any(held), (answer["query"], hit)


def _ask(page: Page, folder: Path, documents: Sequence[SearchDocument], queries: Sequence[str]) -> list[dict[str, Any]]:
    write_site(folder, documents, pages=False)
    page.goto((folder / "search.html").as_uri())
    answers: list[dict[str, Any]] = page.evaluate(QUERY, list(queries))
    return answers
