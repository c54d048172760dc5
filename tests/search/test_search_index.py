"""What the index files are: stable, escaped, small, and complete."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casebook.search import index
from casebook.search.index import SearchDocument, Section, build_index
from casebook.search.pinyin import vocabulary
from tests.search.harness import ROOT, case_documents


def document(text: str, title: str = "甲", url: str = "a.html") -> SearchDocument:
    """A document of one section."""
    return SearchDocument(url, title, "case", (Section("", "", text),))


def data(text: str) -> tuple[str, int | None, Any]:
    """What a file hands over: its kind, its number, its data."""
    opening, closing = "casebookSearch.add(", ");\n"
    assert text.startswith(opening)
    assert text.endswith(closing)
    kind, number, payload = json.loads(f"[{text[len(opening) : -len(closing)]}]")
    return kind, number, payload


def test_every_file_says_what_it_is() -> None:
    """A file's name and the data inside it agree, and all stand in the one folder."""
    built = build_index(case_documents())
    for path, text in built.files.items():
        kind, number, _ = data(text)
        assert path == f"{built.folder}{kind}{'' if number is None else f'-{number:03}'}.js"


def test_the_same_documents_give_the_same_bytes_in_another_process() -> None:
    """Neither the clock nor the order of hashing shows."""
    script = "from tests.search.harness import *; print(build_index(case_documents()).folder)"
    folders = {
        subprocess.run(
            [sys.executable, "-c", script], cwd=ROOT, env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert folders == {f"{build_index(case_documents()).folder}\n".encode()}


def test_another_text_gives_another_folder() -> None:
    """A reader never mixes the files of two builds."""
    assert build_index([document("网格")]).folder != build_index([document("网络")]).folder


def test_data_never_ends_the_script() -> None:
    """What would close a script element or break a line of JavaScript is escaped, and survives."""
    hostile = "</script><!--\u2028\u2029\"\\'"
    built = build_index([document(hostile, title=hostile)])
    joined = "".join(built.files.values())
    assert not set(joined) & set("<\u2028\u2029")
    _, _, [[_, title, _]] = data(built.files[f"{built.folder}text-000.js"])
    assert title == hostile


def test_no_document_is_an_index_too() -> None:
    """An empty corpus builds."""
    assert f"{(built := build_index([])).folder}meta.js" in built.files


def test_a_document_without_text_is_found_by_its_title() -> None:
    """A page may have nothing but a title, or not even that."""
    built = build_index([SearchDocument("a.html", "网格", "case", ()), document("", title="")])
    assert "网格" in built.files[f"{built.folder}grams-000.js"]


def test_a_text_file_holds_eight_documents_or_fewer() -> None:
    """A quotation costs no more than a few documents; long ones make a file full sooner."""
    short = [document("网格", url=f"{n}.html") for n in range(17)]
    long = [document("网" * 150_000, url=f"long-{n}.html") for n in range(2)]
    built = build_index([*short, *long])
    held = [len(data(text)[2]) for path, text in built.files.items() if "/text-" in path]
    assert held == [8, 8, 2, 1]


def test_postings_are_cut_into_small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of postings is larger than the limit allows."""
    monkeypatch.setattr(index, "SHARD_CHARACTERS", 2_000)
    built = build_index(case_documents())
    sizes = [len(text) for path, text in built.files.items() if "/grams-" in path]
    assert len(sizes) > 20
    assert max(sizes) < 4_000


def test_a_file_too_large_to_load_stops_the_build() -> None:
    """Nobody is made to load a megabyte by accident."""
    with pytest.raises(ValueError, match="text-000"):
        build_index([document("网格" * 200_000)])


def test_pairs_in_titles_come_first() -> None:
    """The vocabulary ranks what stands in a title before what is merely frequent."""
    built = vocabulary({"网格": 1, "网络": 9, "格a": 3}, {"网格"})
    assert built["pairs"] == {"网": "8络3格"}
    assert built["sounds"]["wang"] == "网"
    assert "络" in built["sounds"]["luo"]


def test_rare_pairs_are_left_out_of_a_vocabulary_that_grows_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in a title is kept, then what is frequent."""
    monkeypatch.setattr("casebook.search.pinyin.MOST_PAIRS", 2)
    assert vocabulary({"网格": 1, "网络": 9, "网站": 3}, {"网格"})["pairs"] == {"网": "8络3格"}


def test_the_engine_and_the_index_agree_on_their_signs() -> None:
    """The marks of the tiers and the digits stand in both."""
    engine = (Path(ROOT) / "templates/theme/js/search-engine.js").read_text(encoding="utf-8")
    assert f'MARKS = "{"".join(index.MARKS)}"' in engine
    assert index.DIGITS in engine
