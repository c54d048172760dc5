"""One table of cases holds the build's normaliser and the browser's to the same result."""

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import Page

from casebook.search.index import SearchDocument, Section
from casebook.search.normalise import BREAK, normalise, occurring, simplified_characters
from tests.search.harness import write_site

CASES = json.loads(Path(__file__).with_name("normalise.json").read_text(encoding="utf-8"))
PALETTE = (
    "".join(case["given"] for case in CASES)
    + "社區國学ABC１２3.%+×/-，。 \u3000\t\u0301\u3099かｶﾞ각각ǅİſK龘龜亀Ⅳ½ⅷ㍿…‥．·‧・"
)


@pytest.mark.parametrize("case", CASES, ids=[case["because"] for case in CASES])
def test_python_normalises_as_the_table_says(case: dict[str, str]) -> None:
    """Each case of the table holds at build time."""
    assert normalise(case["given"], simplified_characters()) == case["becomes"]


def test_the_browser_normalises_as_the_table_says(page: Page, tmp_path: Path) -> None:
    """Each case of the table holds for a query."""
    given = _in_the_browser(page, tmp_path, [case["given"] for case in CASES])
    assert given == [case["becomes"] for case in CASES]


def test_both_agree_on_any_text(page: Page, tmp_path: Path) -> None:
    """Texts thrown together from awkward characters come out alike."""
    chance = random.Random(7)
    texts = ["".join(chance.choices(PALETTE, k=chance.randrange(1, 30))) for _ in range(2_000)]
    assert _in_the_browser(page, tmp_path, texts) == [normalise(text, simplified_characters()) for text in texts]


def test_normalising_twice_changes_nothing() -> None:
    """What was normalised is normal, apart from the breaks, which separate terms."""
    for case in CASES:
        parts = case["becomes"].split(BREAK)
        assert [normalise(part, simplified_characters()) for part in parts] == parts


def test_only_characters_of_the_corpus_are_simplified() -> None:
    """The map that every reader loads holds no pair that cannot matter."""
    variants = occurring(simplified_characters(), set("网格"))
    assert variants
    assert set(variants.values()) <= {"网", "格"}
    assert variants[ord("網")] == "网"


def _in_the_browser(page: Page, folder: Path, texts: list[str]) -> list[str]:
    write_site(folder, [SearchDocument("a.html", "甲", "case", (Section("", "", PALETTE),))])
    page.goto((folder / "search.html").as_uri())
    found = page.evaluate("texts => Promise.all(texts.map(text => casebookSearch.normalise(text)))", texts)
    return [str(text) for text in found]
