"""What a reader does, in Firefox from disk, where there is one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.firefox import Firefox, firefox, installed


@pytest.fixture(scope="module")
def window() -> Iterator[Firefox]:
    path = installed()
    if path is None:
        pytest.skip("no Firefox on this machine: install one to run these tests")
    with firefox(path) as opened:
        yield opened


def test_search_finds_and_marks(window: Firefox, site: Path) -> None:
    """The index loads from disk under the page's policy, and the first hit shows what was asked for."""
    window.open(f"{(site / 'search.html').as_uri()}#q=积分制")
    window.wait("document.querySelector('[data-results] a')")
    assert "积分制" in str(window.run("return document.querySelector('[data-results] mark').textContent"))


def test_a_facet_narrows_the_list(window: Firefox, site: Path) -> None:
    """The list's data load from disk, and a choice leaves fewer cases than there are."""
    rows = "document.querySelectorAll('[data-rows] [data-basket-id]').length"
    window.open((site / "cases.html").as_uri())
    window.wait("document.querySelector('[data-facets] input[type=checkbox]')")
    before = window.run(f"return {rows}")
    window.run("document.querySelector('[data-facets] input[type=checkbox]').click()")
    window.wait(f"0 < {rows} && {rows} < {before}")


def test_chosen_cases_stand_side_by_side(window: Firefox, site: Path) -> None:
    """A link to a comparison opens with a column for each case."""
    chosen = sorted(path.stem for path in site.glob("cases/*.html"))[:2]
    window.open(f"{(site / 'compare.html').as_uri()}#c={','.join(chosen)}")
    window.wait(f"document.querySelectorAll('[data-compare] thead th a').length >= {len(chosen)}")


def test_evidence_opens_in_place(window: Firefox, site: Path) -> None:
    """A mark behind a claim opens its card on the page it stands on."""
    case = min(site.glob("cases/*.html"))
    window.open(case.as_uri())
    window.run("document.querySelector('a.ev').click()")
    window.wait("!document.querySelector('[data-card]').hidden")
    assert str(window.run("return document.querySelector('[data-card]').textContent.trim()"))
