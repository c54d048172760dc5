"""Comparability: every value has a verdict with its reason; nothing incomparable shares an axis, a sum or a rank."""

import csv
import html
import io
import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.analyse import Results, analyse
from casebook.analyse.comparability import Verdict
from casebook.analyse.series import all_series
from casebook.corpus import Corpus
from casebook.folder import read_content
from casebook.load import load
from tests.conftest import ROOT
from tests.tiny import INDICATORS, SOURCE, VOCABULARY, observations, seen, tiny


def verdicts(*cases: str, indicator: str = "people", files: dict[str, str] | None = None) -> list[Verdict]:
    """The verdicts on one indicator's values, in their order."""
    corpus = tiny(*cases, files=files)
    series = all_series(corpus, tuple(corpus.cases))[indicator]
    return [series.verdicts[point.case, point.index] for point in series.points]


def people(value: int = 100, phrase: str = "", more: str = "", counted: str = "户籍人口") -> str:
    return observations(seen("people", str(value), "人", counted, phrase or f"{value}人", more))


OTHER = people(200)
LEVELS = {"vocabulary/levels.yml": VOCABULARY + "  - {id: two, label: x, label_en: x, definition: x, use: x}\n"}
UNDATED = {"sources/text.yml": SOURCE.replace('published: "2020-12-31"\n', "")}


def test_two_exact_values_of_one_thing_are_comparable() -> None:
    """Same unit, level, status and thing counted, of times that are known and near."""
    assert verdicts(people(), OTHER) == [Verdict("comparable", (), 2)] * 2


@pytest.mark.parametrize(
    ("reason", "case"),
    [
        ("status", people(more="status: target")),
        ("status", people(more="status: claim")),
        ("scope", people(more="scope: 一个村")),
        ("kind", "kind: programme\n" + people()),
        ("level", "level: {term: two, inferred: true}\n" + people()),
        ("counted", people(counted="常住人口")),
        ("years", people(more='as_of: "2010"')),
        ("alone", people(more="scope: 一个村") + "  - {" + seen("people", "9", "人", "户籍人口", "9人") + "}\n"),
    ],
)
def test_why_a_value_is_not_comparable(reason: str, case: str) -> None:
    """Target against result, a part against a whole, other levels, other populations, years apart: each says so."""
    found = verdicts(case, *([] if reason == "alone" else [OTHER]), files=LEVELS)
    assert (found[1 if reason == "alone" else 0]) == Verdict("not", (reason,))  # type: ignore[arg-type]
    if reason != "alone":
        assert found[1].verdict == "not"


def test_a_value_that_is_not_there_is_compared_with_none() -> None:
    """What is not stated is never zero."""
    absent = "observations:\n  - {indicator: people, absent: not-stated, locator: L1, as_stated: 许多人}\n"
    assert verdicts(absent, OTHER)[0] == Verdict("not", ("absent",))


def test_of_several_values_none_speaks_for_the_case() -> None:
    """A case with two such values is left out, and the others are still compared."""
    twice = people() + "  - {" + seen("people", "90", "人", "户籍人口", "90人") + "}\n"
    assert [v.reasons for v in verdicts(twice, OTHER, people(300))] == [("several",), ("several",), (), ()]


def test_units_of_one_kind_are_compared_and_others_are_not() -> None:
    """亩 stand on the axis of 平方公里; 件 do not stand on that of 人."""
    one = observations(seen("area", "3", "平方公里", "面积", "3平方公里"))
    other = observations(seen("area", "1500", "亩", "面积", "1500亩"))
    third = observations(seen("area", "5", "件", "面积", "5件"))
    found = verdicts(one, other, third, indicator="area")
    assert [v.verdict for v in found] == ["comparable", "comparable", "not"]
    assert found[2].reasons == ("unit",)


def test_what_must_be_said_with_a_comparison() -> None:
    """Approximate against exact, other words for it, no date: comparable, with care."""
    assert [v.reasons for v in verdicts(people(phrase="约100人"), OTHER)] == [("approximate",), ("peers-approximate",)]
    assert {v.reasons for v in verdicts(people(), OTHER, files=UNDATED)} == {("undated",)}
    one = observations(seen("area", "3", "平方公里", "总面积", "3平方公里"))
    other = observations(seen("area", "4", "平方公里", "辖区面积", "4平方公里"))
    assert {(v.verdict, v.reasons) for v in verdicts(one, other, indicator="area")} == {("care", ("wording",))}


def test_a_share_without_its_denominator_is_not_comparable() -> None:
    """What is a share of nobody knows what cannot be set against another share."""
    bare = observations(seen("plot-share", "93", "%", "占比", "占比93%"))
    full = bare + "  - {" + seen("area", "9", "平方公里", "面积", "9平方公里") + "}\n"
    assert [v.reasons for v in verdicts(bare, full, full, indicator="plot-share")] == [("denominator",), (), ()]


def test_a_group_may_bar_all_its_indicators() -> None:
    """Self-reported rates are never compared, whatever the single indicator says."""
    rate = observations(seen("growth", "5", "%", "增长", "增长5%"))
    assert {v.reasons for v in verdicts(rate, rate, indicator="growth")} == {("never",)}
    lifted = {"vocabulary/indicators.yml": INDICATORS.replace(", comparable: false}", "}")}
    assert {v.verdict for v in verdicts(rate, rate, indicator="growth", files=lifted)} == {"comparable"}


@settings(deadline=None)
@given(st.lists(st.integers(2000, 2040), min_size=2, max_size=6))
def test_no_group_reaches_over_a_gap(years: list[int]) -> None:
    """Between two neighbours of a group lie at most as many years as the indicator allows."""
    cases = [people(100 + n, more=f'as_of: "{year}"') for n, year in enumerate(years)]
    corpus = tiny(*cases)
    for group in all_series(corpus, tuple(corpus.cases))["people"].groups:
        found = sorted(int(point.observation.as_of or "") for point in group.points)
        assert all(later - earlier <= 5 for earlier, later in itertools.pairwise(found))


# ---------------------------------------------------------------- the real content


@pytest.fixture(scope="module")
def real() -> tuple[Corpus, Results]:
    files, _ = read_content(ROOT / "content")
    corpus, _ = load(files)
    assert corpus is not None
    return corpus, analyse(corpus)


def test_every_value_has_a_verdict_and_a_reason(real: tuple[Corpus, Results]) -> None:
    """Nothing is left to the reader to guess; only what is comparable without more has no reason."""
    _, results = real
    for series in results.series.values():
        assert set(series.verdicts) == {(point.case, point.index) for point in series.points}
        assert all(bool(v.reasons) == (v.verdict != "comparable") for v in series.verdicts.values())
        grouped = [(point.case, point.index) for group in series.groups for point in group.points]
        assert sorted(grouped) == sorted(key for key, v in series.verdicts.items() if v.verdict != "not")


def test_self_reported_rates_are_never_compared(real: tuple[Corpus, Results]) -> None:
    """No league tables: the group of outcomes that the sources claim for themselves declares it."""
    corpus, results = real
    claimed = [t.id for t in corpus.indicators.terms if t.group == "outcome-claimed"]
    assert claimed
    assert next(g for g in corpus.indicators.groups if g.id == "outcome-claimed").comparable is False
    assert not [id for id in claimed if results.series[id].groups]


def test_population_concepts_are_kept_apart(real: tuple[Corpus, Results]) -> None:
    """Registered, resident, mobile and unstated populations have indicators of their own, and share no axis."""
    _, results = real
    concepts = {id: results.series[id] for id in results.series if id.startswith("pop-")}
    assert len(concepts) > 4
    assert not concepts["pop-unspecified"].groups
    for group in concepts["pop-mobile"].groups:
        assert len({point.observation.counted for point in group.points}) == 1


def test_groups_are_in_the_order_of_the_sources(real: tuple[Corpus, Results]) -> None:
    """Values are never sorted by size: their order is that in which the documents bring the cases up."""
    _, results = real
    for series in results.series.values():
        for group in series.groups:
            places = [results.order.index(point.case) for point in group.points]
            assert places == sorted(places)


# ---------------------------------------------------------------- the built site


def rows(page: str, table: str) -> Iterator[list[str]]:
    """The cells of the table that follows a heading, as plain text."""
    part = page.split(f'id="{table}"', 1)[-1].split("<h2", 1)[0] if f'id="{table}"' in page else ""
    for row in re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL):
        plain = re.sub(r'<a class="ev"[^>]*>[0-9]+</a>', "", row)
        yield [html.unescape(re.sub("<[^>]+>", "", cell)).strip() for cell in re.findall("<td.*?</td>", plain, re.S)]


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in (site / "indicators").glob("*.html") if path.stem != "index"}


def test_every_row_of_a_comparison_carries_its_verdict(pages: dict[str, str], real: tuple[Corpus, Results]) -> None:
    """Comparable, with care (why), not comparable (why): in words, in every row."""
    _, results = real
    for id, page in pages.items():
        told = [row[-1] for row in rows(page, "all") if row]
        assert len(told) == len(results.series[id].points)
        assert all(re.match(r"可比|慎比：.|不可比：.", words) for words in told), id


def test_only_comparable_values_are_drawn(pages: dict[str, str], real: tuple[Corpus, Results]) -> None:
    """A figure has the points of one comparable group, from top to bottom in the order of the table, never by value."""
    _corpus, results = real
    for id, page in pages.items():
        figures = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
        groups = results.series[id].groups
        assert len(figures) == len(groups), id
        for figure, group in zip(figures, groups, strict=True):
            drawn = list(re.findall(r'href="[^"]*cases/([a-z0-9-]+)\.html', figure))
            assert list(dict.fromkeys(drawn)) == [point.case for point in group.points], id


def test_rows_are_in_the_order_of_the_sources(pages: dict[str, str], real: tuple[Corpus, Results]) -> None:
    """No page ranks: rows come as the documents bring them up, whatever their values."""
    corpus, results = real
    names = {case.name: results.order.index(id) for id, case in corpus.cases.items()}
    for id, page in pages.items():
        for table in ("all", "derived"):
            places = [names[row[0]] for row in rows(page, table) if row]
            assert places == sorted(places), (id, table)


def test_no_table_adds_or_averages(pages: dict[str, str], site: Path, real: tuple[Corpus, Results]) -> None:
    """Every row is a case's own: there is no line of totals, means or ranks on a page or in a file."""
    corpus, _results = real
    cases = {case.name for case in corpus.cases.values()}
    for id, page in pages.items():
        assert {row[0] for row in rows(page, "all") if row} <= cases, id
    text = (site / "data" / "observations.csv").read_text("utf-8-sig")
    records = list(csv.DictReader(io.StringIO(text)))
    assert len(records) == sum(len(case.observations) for case in corpus.cases.values())
    assert {record["case"] for record in records} <= set(corpus.cases)
    assert not {"rank", "mean", "total", "sum", "derived"} & set(records[0])
    assert not [record for record in records if "推算" in "".join(record.values())]


def test_incomparable_indicators_say_so(pages: dict[str, str], real: tuple[Corpus, Results]) -> None:
    """A page without a figure says whether values can never be compared, or only happen not to be."""
    corpus, _results = real
    for term in corpus.indicators.terms:
        if term.group == "outcome-claimed":
            assert "<figure" not in pages[term.id]
            assert "本指标的数值互不可比" in pages[term.id]
