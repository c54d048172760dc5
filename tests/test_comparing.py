"""The columns of the side-by-side view: what a case says, row by row."""

import json
import re
from typing import Any

import pytest

from casebook.analyse import Results, analyse
from casebook.corpus import Corpus, citations
from casebook.folder import read_content
from casebook.load import load
from casebook.render.comparing import compare_files
from casebook.render.environment import open_templates
from casebook.render.words import Words
from tests.conftest import ROOT

Report = tuple[Corpus, Results, Words, dict[str, Any]]


@pytest.fixture(scope="module", params=["content", "tests/sites/ponds/content"])
def report(request: pytest.FixtureRequest) -> Report:
    """A corpus, its results and words, and the arguments of each script's call by file name."""
    corpus, _ = load(read_content(ROOT / request.param)[0])
    assert corpus is not None
    results = analyse(corpus)
    words = Words(open_templates(ROOT / "templates").interface[corpus.site.interface], corpus)
    folder, files = compare_files(corpus, results, words)
    return corpus, results, words, {f.path.removeprefix(folder).removesuffix(".js"): called(f.text) for f in files}


def called(text: str) -> Any:
    found = re.fullmatch(r"casebookCompare\.\w+\((.*)\);\n", text, re.DOTALL)
    assert found
    return json.loads(f"[{found[1]}]")[-1]


def keys(sections: list[Any], only: bool | None = None) -> list[str]:
    return [row[0] for section in sections for row in section["rows"] if only is None or section["open"] is only]


def test_every_cell_stands_in_one_of_the_rows(report: Report) -> None:
    """Nothing that a case says is lost between its file and the table."""
    corpus, _, _, scripts = report
    rows = keys(scripts["_rows"])
    assert len(rows) == len(set(rows))
    for id in corpus.cases:
        assert set(scripts[id]["cells"]) <= set(rows)


def test_rows_that_are_always_shown_are_filled_in_words(report: Report) -> None:
    """What is not stated is said to be not stated; where rows open only on demand, the row has the words."""
    corpus, _, _, scripts = report
    for id in corpus.cases:
        cells = scripts[id]["cells"]
        assert set(keys(scripts["_rows"], False)) <= set(cells)
        assert all(item["text"] for items in cells.values() for item in items)
    assert all(section["absent"] and section["none"] for section in scripts["_rows"] if section["open"])


def test_every_cited_claim_has_its_evidence(report: Report) -> None:
    """The comparison shows no claim whose source could not be opened."""
    corpus, _, words, scripts = report
    for id, case in corpus.cases.items():
        column = scripts[id]
        evidence = {tuple(entry) for entry in column["evidence"]}
        for path, claim in citations(case):
            if "parts" not in path:
                assert (corpus.source_of(case, claim), words.locator(claim.locator), claim.as_stated) in evidence
        assert {source for source, _, _ in evidence} == set(column["sources"])
        pointed = [n for items in column["cells"].values() for item in items for n in item.get("evidence", ())]
        assert set(pointed) == set(range(len(evidence)))


def test_figures_share_a_group_exactly_where_the_analysis_says_so(report: Report) -> None:
    """The browser only asks whether groups are equal: who is comparable with whom is decided once."""
    corpus, results, _, scripts = report
    grouped: dict[str, list[str]] = {}
    for id in corpus.cases:
        for key, items in scripts[id]["cells"].items():
            for item in items:
                if "group" in item and key.startswith("indicator-"):
                    grouped.setdefault(item["group"], []).append(id)
    expected = [sorted(p.case for p in group.points) for series in results.series.values() for group in series.groups]
    assert sorted(sorted(ids) for ids in grouped.values()) == sorted(expected)


def test_a_case_that_is_gone_says_where(report: Report) -> None:
    """Old links keep working: renamed and divided cases name their successors, withdrawn ones the reason."""
    corpus, _, _, scripts = report
    for id, stone in corpus.tombstones.items():
        gone = scripts[id]
        assert gone["moved"] == [*filter(None, [stone.moved]), *stone.split]
        assert bool(gone["withdrawn"]) == bool(stone.withdrawn)
