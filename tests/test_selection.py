"""Strength of evidence, and pairs of cases: what is counted, measured and chosen."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build import ROOT, checked
from casebook.analyse.evidence import STRENGTHS, _spearman, evidence, text_length
from casebook.analyse.family import case_order
from casebook.analyse.relatives import LEAST, PAIRS, Likeness, context_likeness, mechanism_likeness, pairs, relatives
from casebook.corpus import Corpus
from tests.conftest import Tab

PONDS = ROOT / "tests" / "sites" / "ponds" / "content"


@pytest.fixture(scope="module", params=[ROOT / "content", PONDS], ids=["report", "ponds"])
def corpus(request: pytest.FixtureRequest) -> Corpus:
    found = checked(request.param).corpus
    assert found is not None
    return found


# Evidence.


def test_every_counted_case_has_one_strength(corpus: Corpus) -> None:
    found = evidence(corpus, case_order(corpus))
    assert {row.case for row in found.rows} == set(corpus.counted)
    assert sum(len(found.of(strength)) for strength in STRENGTHS) == len(found.rows)


def test_strength_is_the_firmest_kind_of_number_a_case_reports(corpus: Corpus) -> None:
    """Plans, targets, rules and claims are not reported; absences are no numbers."""
    results = {group.id for group in corpus.indicators.groups if group.results}
    assert results
    for row in evidence(corpus, case_order(corpus)).rows:
        stated = [seen for seen in corpus.cases[row.case].observations if seen.absent is None]
        reported = [seen for seen in stated if seen.status == "reported"]
        groups = {corpus.indicator(seen.indicator).group for seen in reported}
        expected = "results" if groups & results else "numbers" if reported else "intended" if stated else "none"
        assert row.strength == expected
        assert row.results + row.numbers + row.intended + row.absent == len(corpus.cases[row.case].observations)


def test_the_text_behind_a_case_is_counted_once(corpus: Corpus) -> None:
    """No case has more text than its sources; passages that overlap are not counted twice."""
    for case in corpus.cases.values():
        length = text_length(corpus, case)
        sources = {passage.source for passage in case.sources}
        assert length is not None
        assert 0 < length <= sum(corpus.sources[source].characters for source in sources)
        again = case.model_copy(update={"sources": (*case.sources, *case.sources)})
        assert text_length(corpus, again) == length


def test_where_lines_are_not_counted_the_length_is_unknown(corpus: Corpus) -> None:
    sources = {id: source.model_copy(update={"line_characters": ()}) for id, source in corpus.sources.items()}
    unknown = replace(corpus, sources=sources)
    found = evidence(unknown, case_order(unknown))
    assert all(row.characters is None for row in found.rows)
    assert found.correlation is None


def test_the_lengths_of_lines_are_those_of_the_archived_text(sources: Path) -> None:
    report = checked(ROOT / "content").corpus
    assert report is not None
    archived = {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in sources.glob("*.txt")}
    for source in report.sources.values():
        lines = archived[source.sha256].read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
        assert source.line_characters == tuple(sum(not sign.isspace() for sign in line) for line in lines)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=12))
def test_the_rank_correlation_is_one(both: list[tuple[int, int]]) -> None:
    """Between -1 and 1, the same both ways, untouched by a rising change of scale, reversed by a falling one."""
    one, other = [a for a, _ in both], [b for _, b in both]
    found = _spearman(one, other)
    if found is None:
        assert len(set(one)) == 1 or len(set(other)) == 1
        return
    assert -1.000001 <= found <= 1.000001
    assert found == pytest.approx(_spearman(other, one))
    assert found == pytest.approx(_spearman([a**3 for a in one], other))
    assert found == pytest.approx(-(_spearman([-a for a in one], other) or 0))
    assert _spearman(one, one) == pytest.approx(1)


def test_too_few_cases_have_no_correlation() -> None:
    assert _spearman([1, 2], [2, 1]) is None


# Relatives and pairs.

FEATURES = st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("uvwxyz"), max_size=5), min_size=2)


@given(FEATURES)
def test_likeness_is_a_measure(shown: dict[str, set[str]]) -> None:
    """From 0 to 1, the same both ways; 1 for the same features, 0 for none in common."""
    likeness = Likeness(shown)
    for one in shown:
        for other in shown:
            value = likeness.between(one, other)
            assert 0 <= value <= 1.000001
            assert value == pytest.approx(likeness.between(other, one))
            assert (value == 0) == (not shown[one] & shown[other])
            if shown[one] and shown[one] == shown[other]:
                assert value == pytest.approx(1)


def test_a_rare_thing_in_common_weighs_more_than_a_common_one() -> None:
    likeness = Likeness(
        {"a": {"rare", "x"}, "b": {"rare", "y"}, "c": {"often", "x2"}, "d": {"often", "y2"}, "e": {"often"}}
    )
    assert likeness.between("a", "b") > likeness.between("c", "d")


def test_relatives_share_two_mechanisms_at_least_and_stand_nearest_first(corpus: Corpus) -> None:
    likeness = mechanism_likeness(corpus, case_order(corpus))
    for id, found in relatives(corpus, case_order(corpus)).items():
        values = [relative.likeness for relative in found]
        assert values == sorted(values, reverse=True)
        for relative in found:
            assert relative.id != id
            assert set(relative.shared) == likeness.shown[id] & likeness.shown[relative.id]
            assert len(relative.shared) >= 2


def test_pairs_fit_their_design(corpus: Corpus) -> None:
    """Counted cases with enough mechanisms, no parent with its child, nobody in more than two pairs of a list."""
    order = case_order(corpus)
    acts, context = mechanism_likeness(corpus, order), context_likeness(corpus, order)
    found = pairs(corpus, order)
    for listed, sign in ((found.similar, 1), (found.different, -1)):
        assert len(listed) <= PAIRS
        gaps = [sign * (pair.context - pair.mechanisms) for pair in listed]
        assert gaps == sorted(gaps, reverse=True)
        assert all(gap > 0 for gap in gaps)
        names = [id for pair in listed for id in (pair.one, pair.other)]
        assert all(names.count(id) <= 2 for id in names)
        for pair in listed:
            assert {pair.one, pair.other} <= set(corpus.counted)
            assert corpus.cases[pair.one].parent != pair.other
            assert corpus.cases[pair.other].parent != pair.one
            assert min(len(acts.shown[pair.one]), len(acts.shown[pair.other])) >= LEAST
            assert pair.mechanisms == acts.between(pair.one, pair.other)
            assert pair.context == context.between(pair.one, pair.other)


def test_pairs_do_not_depend_on_the_order_of_the_files(corpus: Corpus) -> None:
    order = case_order(corpus)
    assert pairs(corpus, order) == pairs(corpus, order[::-1])


def test_the_pages_show_what_was_found(tab: Tab) -> None:
    """Counts and pairs of the pages are those of the results, and nothing is missing from disk, offline."""
    report = checked(ROOT / "content").corpus
    assert report is not None
    order = case_order(report)
    page = tab.open("evidence.html")
    assert page.locator(".coverage tbody tr").count() == len(report.counted)
    assert page.locator("figure svg").count() == 2
    page = tab.open("relatives.html")
    rows = [len(listed) for listed in (pairs(report, order).similar, pairs(report, order).different)]
    assert [page.locator("table").nth(n).locator("tbody tr").count() for n in (0, 1)] == rows
    assert tab.errors == [] and tab.outside == []


@pytest.mark.parametrize(
    "address", ["evidence.html", "relatives.html", "comparisons/index.html", "comparisons/five-rules.html"]
)
def test_no_page_is_wider_than_a_phone(phone: Tab, address: str) -> None:
    page = phone.open(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert phone.errors == []
