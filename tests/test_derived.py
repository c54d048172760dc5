"""Derived figures: only of what belongs together, no finer than it bears, and never among what the sources say."""

import html
from fractions import Fraction
from pathlib import Path

import pytest

from casebook.analyse.derived import DerivedFigures, derived
from casebook.corpus import Corpus
from casebook.folder import read_content
from casebook.load import load
from casebook.points import Point
from casebook.precision import MOST_DIGITS
from tests.conftest import ROOT
from tests.tiny import observations, seen, tiny

RATIOS = {
    "vocabulary/derived.yml": """ratios:
  - {id: density, label: x, label_en: x, numerator: people, denominator: area, unit: x, unless: [issues]}
  - {id: land, label: 占比, label_en: Share, numerator: plot, denominator: area, each: true, percent: true}
"""
}
AREA = seen("area", "9.8", "平方公里", "面积", "面积约9.8平方公里")
PEOPLE = seen("people", "11725", "人", "户籍人口", "11725人")


def figures(*rows: str, more: str = "") -> DerivedFigures:
    corpus = tiny(observations(*rows) + more, files=RATIOS)
    return derived(corpus, tuple(corpus.cases))["case-0"]


def test_a_ratio_is_rounded_to_what_its_terms_bear() -> None:
    """11,725 people on about 9.8 km² are about 1,200 a km², not 1,196.4."""
    (found,) = figures(AREA, PEOPLE).ratios
    assert (found.value, found.approximate) == (Fraction(1200), True)


def test_plain_counts_are_shown_to_three_digits() -> None:
    """Counts limit nothing, and yet nobody needs 5.0899."""
    ratio = {
        "vocabulary/derived.yml": RATIOS["vocabulary/derived.yml"].replace(
            "denominator: area, unit", "denominator: villages, unit"
        )
    }
    corpus = tiny(
        observations(seen("people", "4245", "人", "x", "4245人"), seen("villages", "834", "个", "村", "834个")),
        files=ratio,
    )
    (found,) = derived(corpus, ("case-0",))["case-0"].ratios
    assert found.value == Fraction("5.09")


@pytest.mark.parametrize(
    "rows",
    [
        (AREA,),
        (AREA, PEOPLE + ", scope: 一个村"),
        (AREA, PEOPLE + ", status: target"),
        (AREA + ', as_of: "2015"', PEOPLE + ', as_of: "2020"'),
        (AREA, PEOPLE, seen("people", "22909", "人", "常住人口", "22909人")),
        (AREA, PEOPLE, seen("issues", "3", "件", "事项", "3件")),
        (AREA, "indicator: people, absent: not-stated, counted: 人口, locator: L1, as_stated: 许多人"),
    ],
    ids=["missing", "other scope", "target", "other time", "two concepts", "unless", "absent"],
)
def test_what_does_not_belong_together_is_not_divided(rows: tuple[str, ...]) -> None:
    """Other parts of the case, other times, targets, several concepts, absences: no ratio."""
    assert figures(*rows).ratios == ()


def test_every_part_may_have_its_share() -> None:
    """Where the vocabulary says so, each value of the numerator is divided, in units that were converted."""
    hills, fields = seen("plot", "5880", "亩", "山地", "5880亩"), seen("plot", "1470", "亩", "耕地", "1470亩")
    found = figures(AREA, hills, fields).ratios
    assert [(row.numerator.observation.counted, row.value) for row in found] == [
        ("山地", Fraction(40)),
        ("耕地", Fraction(10)),
    ]


def test_intervals_lie_between_neighbouring_dates() -> None:
    """From one milestone to the next, as exact as the coarser date; a year is not told from its neighbour."""
    told = ("2015", "2016", "2019-09", "2018-09", "2019-12-02")
    dates = "".join(f'  - {{event: e{n}, date: "{d}", locator: L1, as_stated: x}}\n' for n, d in enumerate(told))
    found = figures(AREA, more="milestones:\n" + dates).intervals
    assert [(i.first.date, i.last.date, i.number, i.unit) for i in found] == [
        ("2016", "2018-09", 2, "year"),
        ("2018-09", "2019-09", 12, "month"),
        ("2019-09", "2019-12-02", 3, "month"),
    ]


def test_a_report_without_the_vocabulary_has_no_ratios() -> None:
    """`derived.yml` may be left out."""
    corpus = tiny(observations(AREA, PEOPLE))
    assert derived(corpus, ("case-0",))["case-0"].ratios == ()


# ---------------------------------------------------------------- the real content


@pytest.fixture(scope="module")
def real() -> Corpus:
    files, _ = read_content(ROOT / "content")
    corpus, _ = load(files)
    assert corpus is not None
    return corpus


def test_both_terms_are_of_one_case_and_scope(real: Corpus) -> None:
    """No ratio reaches from one case into another, or from a plan to a result."""
    for id, found in derived(real, tuple(real.cases)).items():
        for row in found.ratios:
            terms: tuple[Point, Point] = (row.numerator, row.denominator)
            assert {term.case for term in terms} == {id}
            assert {term.observation.status for term in terms} == {"reported"}
            assert len({term.observation.scope for term in terms}) == 1
            exact = row.numerator.value / row.denominator.value * (100 if row.ratio.percent else 1)  # type: ignore[operator]
            assert abs(row.value - exact) <= exact / 2
            assert len(str(float(row.value)).replace(".", "").strip("0")) <= MOST_DIGITS


def test_known_figures(real: Corpus) -> None:
    """A few that a reader can reckon."""
    found = derived(real, tuple(real.cases))
    values = {(id, row.ratio.id): row.value for id in found for row in found[id].ratios}
    assert values["zhaoqing-xinghu", "density-resident"] == 2300
    assert values["shanwei-yihewuzhi", "grids-per-village"] == Fraction("5.09")
    assert values["yancheng-xindu", "grids-per-community"] == 27
    assert ("shanwei-yihewuzhi", "grids-per-community") not in values


def test_a_case_page_labels_them_with_formula_and_inputs(site: Path) -> None:
    """推算, the numbers it is made of, and evidence for each."""
    page = html.unescape((site / "cases" / "zhaoqing-xinghu.html").read_text("utf-8"))
    part = page.split('id="derived"', 1)[1].split("<h2", 1)[0]
    assert "推算" in part and "÷" in part and 'class="ev"' in part
    assert "约 2,300人/平方公里" in part and "22,909人" in part and "约 9.8平方公里" in part
