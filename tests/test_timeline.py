"""The timeline: every date of every case in one order, plans apart from results, and what has no date counted."""

from casebook.analyse import analyse
from casebook.analyse.timeline import Timeline
from casebook.charts.marks import ROWS, BarChart, TimeChart
from casebook.corpus import Corpus
from casebook.render.environment import open_templates
from casebook.render.timeline import YEARS, timeline_charts
from casebook.render.words import Words
from tests.conftest import ROOT, Tab
from tests.tiny import observations, seen, tiny

CITED = "locator: L1, as_stated: "


def events(*rows: str) -> str:
    return "milestones:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


def began(date: str) -> str:
    return f'started: {{date: "{date}", inferred: true}}'


def event(name: str, date: str, more: str = "") -> str:
    year = date.strip("./")[:4]
    return f'event: {name}, date: "{date}", {CITED}{year}年{more}'


def timeline_of(corpus: Corpus) -> Timeline:
    return analyse(corpus).timeline


def test_dates_of_all_cases_stand_in_one_order() -> None:
    """By day; a period stands where it begins, one that is open at its beginning where it ends."""
    found = timeline_of(
        tiny(
            events(event("乙", "2019-05"), event("丁", "../2020")),
            events(event("甲", "2018"), event("丙", "2019-06/..")),
        )
    )
    assert [getattr(each.claim, "event", "") for each in found.events] == ["甲", "乙", "丙", "丁"]
    assert [each.case for each in found.events] == ["case-1", "case-0", "case-1", "case-0"]


def test_a_milestone_that_began_the_case_stands_for_its_beginning() -> None:
    """One event is not shown twice."""
    told = f"{began('2018-09')}\n{events(event('成立', '2018-09', ', begins: true'))}"
    (only,) = timeline_of(tiny(told)).events
    assert (only.kind, only.begins) == ("milestones", True)


def test_plans_are_told_apart_from_results() -> None:
    """A target with a date is no event that took place, and neither is the beginning of what is only planned."""
    target = seen("people", "5", "人", "人", "到2025年5人", 'as_of: "2025", status: target')
    report = seen("people", "3", "人", "人", "2020年3人", 'as_of: "2020"')
    found = timeline_of(tiny(f"{began('2019')}\nstatus: planned", observations(target, report)))
    assert [(each.period, each.plan) for each in found.events] == [("2019", True), ("2020", False), ("2025", True)]


def test_what_has_no_date_is_counted_and_never_dropped() -> None:
    """Every beginning, milestone, honour and number is either in the timeline or among those without a date."""
    honour = f"honours: [{{title: 先进, {CITED}先进}}]"
    corpus = tiny(honour, observations(seen("people", "3", "人", "人", "3人")), began("2019"))
    found = timeline_of(corpus)
    assert found.dated == {"started": 1, "milestones": 0, "honours": 0, "observations": 0}
    assert found.undated == {"started": 2, "milestones": 0, "honours": 1, "observations": 1}
    assert found.silent == ("case-0", "case-1")


def drawn(corpus: Corpus) -> tuple[BarChart, TimeChart | None]:
    words = Words(open_templates(ROOT / "templates").interface["zh"], corpus)
    charts = timeline_charts(corpus, analyse(corpus), words)
    years, cases = charts["years"], charts["cases"]
    assert isinstance(years, BarChart) and (cases is None or isinstance(cases, TimeChart))
    return years, cases


def test_figures_are_bounded_and_lose_nothing() -> None:
    """Centuries make no endless figure: what is earlier is one bar, and all bars together are all events."""
    corpus = tiny(events(*(event("事", str(year)) for year in range(1900, 2021, 5))), began("1850"))
    years, _ = drawn(corpus)
    assert len(years.bars) == YEARS + 1
    assert sum(sum(bar.segments) for bar in years.bars) == len(timeline_of(corpus).events)


def test_many_cases_have_no_line_each() -> None:
    """Some dozens of cases are a figure, thousands are not: then there are only the years."""
    few, many = (drawn(tiny(*[began("2019")] * n))[1] for n in (ROWS, ROWS + 1))
    assert few is not None and len(few.rows) == ROWS
    assert many is None


def test_an_entry_leads_to_its_case_and_opens_its_evidence(tab: Tab) -> None:
    """From the figure's year to the entry, and from there to whose it is and where it is written."""
    page = tab.open("timeline.html")
    year = page.locator(".figure svg a[aria-label]").first
    year.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector(':target').id").startswith("y")
    entry = page.locator(".dates li").first
    entry.locator("a.ev").click()
    assert page.locator("[data-card] a[href*='sources/']").is_visible()
    page.keyboard.press("Escape")
    entry.locator("a:not(.ev)").first.click()
    page.wait_for_url("**/cases/*.html*")
    assert not tab.errors


def test_all_entries_of_a_small_corpus_are_on_the_page(tab: Tab) -> None:
    """Those that are folded away too; the table has as many."""
    page = tab.open("timeline.html")
    listed = page.locator(".dates li").count()
    shown = page.locator("#years ~ .table").first.locator("tbody td:not(:first-child)").all_inner_texts()
    assert listed == sum(map(int, shown)) > 0
