"""Queries as people type them, and the pages that must be among the first."""

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import pytest
from playwright.sync_api import Page

from tests.search.harness import CONTENT, open_results

GOLD = json.loads(Path(__file__).with_name("gold.json").read_text(encoding="utf-8"))
ENOUGH = 0.97
FIRST_THREE = {
    "星湖同舟": "zhaoqing-xinghu",
    "邻避": "zhaoqing-lecheng",
    "4245个网格": "shanwei-yihewuzhi",
    "社區治理": "wuxi-luoshe",
    "３＋１＋Ｎ": "shishan-3-1-n",
    "wangge": "yancheng-xindu",
    "小板登议事会": "suqian-aiyuan",
}


@pytest.fixture
def ask(page: Page, site: Path) -> Callable[[str], list[str]]:
    """What `search.html` of the built site lists for a query, in order: a case by its id, other pages by address."""

    def ids(query: str) -> list[str]:
        paths = [PurePosixPath(address.partition("#")[0]) for address in open_results(page, site, query)]
        return [path.stem if path.parent == PurePosixPath("cases") else str(path) for path in paths]

    return ids


@pytest.mark.parametrize(("query", "expected"), FIRST_THREE.items())
def test_a_query_of_each_class_is_answered_at_once(ask: Callable[[str], list[str]], query: str, expected: str) -> None:
    """A name, a word, a number, traditional and full-width characters, pinyin and a typo."""
    assert expected in ask(query)[:3]


def test_recall_at_five(ask: Callable[[str], list[str]]) -> None:
    """Nearly every expected page is among the first five, over all queries."""
    recalls, missed = defaultdict(list), []
    for judged in GOLD:
        found = ask(judged["query"])[:5]
        recall = sum(identifier in found for identifier in judged["expected"]) / len(judged["expected"])
        recalls[judged["class"]].append(recall)
        if recall < 1:
            missed.append((judged["query"], found))
    every = [recall for group in recalls.values() for recall in group]
    assert sum(every) / len(every) >= ENOUGH, missed
    assert min(sum(group) / len(group) for group in recalls.values()) >= 0.8, missed


def test_the_gold_set_speaks_of_cases_that_exist() -> None:
    """A renamed case is renamed here too."""
    cases = {path.stem for path in (CONTENT / "cases").glob("*.yml")}
    assert {identifier for judged in GOLD for identifier in judged["expected"]} <= cases
    assert len({judged["query"] for judged in GOLD}) == len(GOLD) >= 80
