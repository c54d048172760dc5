"""The case list and the matrix in Chromium, from disk: what is shown is compared with what the corpus says."""

import itertools
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.corpus import generated_corpus, real_corpus
from casebook.analyse import Results, analyse
from casebook.analyse.facets import Facet
from casebook.corpus import Corpus
from casebook.render.environment import open_templates
from casebook.render.explorer import explorer_files
from casebook.render.words import Words
from tests.conftest import ROOT, Tab
from tests.tiny import TERM, tiny

ROWS = "[data-rows] [data-basket-id]"
MANY = 250


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The real content."""
    return real_corpus()


@pytest.fixture(scope="module")
def results(corpus: Corpus) -> Results:
    """What is computed from it."""
    return analyse(corpus)


def ready(tab: Tab, address: str) -> Page:
    """Opens the list or the matrix afresh, and waits until it answers."""
    tab.page.goto("about:blank")
    page = tab.open(address)
    page.wait_for_selector("main [data-ready]")
    return page


def ids(page: Page) -> list[str]:
    """The cases shown, in order."""
    found = page.locator(ROWS).evaluate_all("(all) => all.map((each) => each.dataset.basketId)")
    return [str(id) for id in found]


def shows(page: Page, wanted: list[str]) -> None:
    """Waits for these cases, in this order."""
    expect(page.locator(ROWS)).to_have_count(len(wanted))
    there = (
        "(wanted) => [...document.querySelectorAll(wanted[0])].map((row) => row.dataset.basketId).join() === wanted[1]"
    )
    page.wait_for_function(there, arg=[ROWS, ",".join(wanted)])


def counts(page: Page, facet: str) -> dict[str, int]:
    """Value → the number beside it."""
    found = page.locator(f'input[data-facet="{facet}"]').evaluate_all(
        "(all) => all.map((each) => [each.value, Number(each.closest('label').querySelector('small').textContent)])"
    )
    return dict(found)


@pytest.mark.parametrize("name", ["cases.html", "matrix.html"])
def test_an_address_that_makes_no_sense_leaves_all_as_it_is(tab: Tab, results: Results, name: str) -> None:
    """Not even names that every object of JavaScript has stand for an order, a facet or a group."""
    page = ready(tab, name)
    for value in ("constructor", "__proto__", "toString", "%", "<img src=x>", "1e999"):
        keys = ("sort", "group", "columns", "all", "place", "mechanism", "constructor", "__proto__")
        page.evaluate("hash => { location.hash = hash; }", "&".join(f"{key}={value}" for key in keys))
        page.wait_for_timeout(20)
        shows(page, list(results.order))
    assert not tab.errors


# --- facets ------------------------------------------------------------------------------------------------------


Chosen = dict[str, list[str]]


def valued(facet: Facet, case: str) -> set[str]:
    return {facet.values[at].id for at in facet.of_case[case]}


def meeting(results: Results, chosen: Chosen, every: str) -> list[str]:
    """The cases that meet all conditions, in order: what the page must show, said as plainly as can be."""

    def meets(facet: Facet, case: str) -> bool:
        asked = set(chosen.get(facet.id, ()))
        has = valued(facet, case)
        return not asked or (asked <= has if facet.id == every else bool(asked & has))

    return [case for case in results.order if all(meets(facet, case) for facet in results.facets)]


@pytest.mark.parametrize(
    ("page", "chosen", "every"),
    [
        ("cases.html", {"mechanism": ["party-core", "grid"]}, ""),
        ("matrix.html", {"mechanism": ["party-core", "grid"]}, "mechanism"),
        ("cases.html", {"level": ["town", "village"], "mechanism": ["party-core", "info-platform", "grid"]}, ""),
        ("cases.html", {"place": ["广东省"], "actor": ["residents", "self-gov"], "mechanism": ["grid"]}, "actor"),
    ],
)
def test_facets_show_and_count_what_the_corpus_says(
    tab: Tab, results: Results, page: str, chosen: Chosen, every: str
) -> None:
    """Any of several choices or, where asked for, all of them; all facets at once; counts say what a choice does."""
    address = "&".join([*(f"{id}={','.join(values)}" for id, values in chosen.items()), f"all={every}"])
    opened = ready(tab, f"{page}#{address}")
    opened.evaluate("document.querySelectorAll('[data-facets] details').forEach((each) => { each.open = true; })")
    shows(opened, meeting(results, chosen, every))
    for facet in results.facets:
        widens = facet.id in chosen and facet.id != every
        among = meeting(results, {k: v for k, v in chosen.items() if k != facet.id} if widens else chosen, every)
        wanted = {value.id: sum(value.id in valued(facet, case) for case in among) for value in facet.values}
        opened.wait_for_function(
            "(facet) => document.querySelector(`[data-facet=${facet}] li small`).textContent", arg=facet.id
        )
        assert counts(opened, facet.id) == wanted, facet.id
    assert not tab.errors


def test_choices_combine_and_live_in_the_address(tab: Tab, results: Results) -> None:
    """A link restores choices, mode, text and order; one button takes the conditions back."""
    page = ready(tab, "cases.html")
    page.evaluate("document.querySelectorAll('[data-facets] details').forEach((each) => { each.open = true; })")
    first, second = both(results)
    page.check(f'input[data-facet="mechanism"][value="{first}"]')
    page.check(f'input[data-facet="mechanism"][value="{second}"]')
    shows(page, meeting(results, {"mechanism": [first, second]}, ""))
    page.check("input[name=mode-mechanism][value=every]")
    wanted = meeting(results, {"mechanism": [first, second]}, "mechanism")
    assert 0 < len(wanted) < len(meeting(results, {"mechanism": [first, second]}, ""))
    shows(page, wanted)
    page.select_option("[data-sort]", "figures")
    address = page.url
    assert f"mechanism={first},{second}" in address and "all=mechanism" in address and "sort=figures" in address
    shown = ids(page)
    page.goto("about:blank")
    page.goto(address)
    shows(page, shown)
    assert page.input_value("[data-sort]") == "figures"
    assert page.is_checked("input[name=mode-mechanism][value=every]")
    page.click("[data-clear]")
    expect(page.locator(ROWS)).to_have_count(len(results.order))


def both(results: Results) -> tuple[str, str]:
    """Two mechanisms that some cases show together, and others apart."""
    use = max(results.uses.values(), key=lambda use: use.total)
    return use.id, use.together[0][0]


def test_only_facets_of_which_a_case_can_have_several_ask_how(tab: Tab, results: Results) -> None:
    """Nobody is asked whether a case should be of all kinds at once."""
    page = ready(tab, "cases.html")
    asked = page.locator("[data-facets] details:has(fieldset)").evaluate_all("(all) => all.map((e) => e.dataset.facet)")
    several = [f.id for f in results.facets if f.id != "place" and any(len(of) > 1 for of in f.of_case.values())]
    assert asked == several and "mechanism" in several and "kind" not in several


def test_the_filter_finds_names_in_any_width(tab: Tab) -> None:
    """Typing narrows the list; full-width letters are the same letters."""
    page = ready(tab, "cases.html")
    page.fill("[data-filter]", "３＋１＋Ｎ")
    names = page.locator("[data-rows] > li > a").all_inner_texts()
    assert names and all("3+1+N" in name.upper().replace(" ", "") for name in names)


# --- order -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["cases.html", "matrix.html"])
def test_orders_are_those_of_the_corpus(tab: Tab, corpus: Corpus, results: Results, page: str) -> None:
    """Every order offered; what is not stated stands last from either end, and equals stay as they were."""
    opened = ready(tab, page)
    offered = opened.locator("[data-sort] option").evaluate_all("(all) => all.map((each) => each.value)")
    place = {id: at for at, id in enumerate(results.places.all_cases())}
    dates = {id: case.started.date for id, case in corpus.cases.items()}
    known, unknown = ([id for id in results.order if bool(dates[id]) is stated] for stated in (True, False))
    wanted = {
        "": list(results.order),
        "place": sorted(results.order, key=lambda id: place[id]),
        "oldest": sorted(known, key=lambda id: str(dates[id])) + unknown,
        "newest": sorted(known, key=lambda id: str(dates[id]), reverse=True) + unknown,
        "mechanisms": sorted(results.order, key=lambda id: -len(corpus.cases[id].findings)),
        "figures": sorted(
            results.order, key=lambda id: -sum(o.value is not None for o in corpus.cases[id].observations)
        ),
    }
    # Python's sort keeps equals in order also when it is reversed.
    assert unknown and set(offered) == {*wanted, "alike"}
    for choice, order in wanted.items():
        opened.select_option("[data-sort]", choice)
        shows(opened, order)
        assert (f"sort={choice}" in opened.url) == bool(choice)
    alike = sorted(results.order, key=lambda id: results.sortings[-1].keys[id] or 0)
    opened.select_option("[data-sort]", "alike")
    shows(opened, alike)
    assert likeness(results, alike) > 2 * likeness(results, list(results.order))


def likeness(results: Results, order: list[str]) -> int:
    """How many mechanisms neighbours share, all in all."""
    shows = {
        id: {use.id for use in results.uses.values() for case, _ in (*use.findings, *use.others) if case == id}
        for id in order
    }
    return sum(len(shows[one] & shows[other]) for one, other in itertools.pairwise(order))


def test_the_like_stand_together() -> None:
    """Two kinds of cases that alternate in the report are two blocks; those that show nothing come last."""
    terms = "".join(f"  - {{id: {id}, {TERM}}}\n" for id in ("one", "two", "three", "four"))
    files = {"vocabulary/mechanisms.yml": f"label: x\nlabel_en: x\nterms:\n{terms}"}
    finding = "  - {{mechanism: {}, verdict: present, how: x, locator: L1, as_stated: x}}\n"
    kinds = [("one", "two"), (), ("three", "four"), ("one", "two"), ("three", "four"), ("two", "one"), ("four",)]
    cases = ["findings:\n" + "".join(map(finding.format, kind)) if kind else "" for kind in kinds]
    keys = analyse(tiny(*cases, files=files)).sortings[-1].keys
    assert sorted(keys, key=lambda id: keys[id] or 0) == [f"case-{n}" for n in (0, 3, 5, 2, 4, 6, 1)]


# --- matrix ------------------------------------------------------------------------------------------------------


def mark(page: Page, corpus: Corpus, verdict: str) -> tuple[Locator, str, str]:
    """A cell of the matrix, with its case and its mechanism."""
    id, finding = next((id, f) for id in ids(page)[2:] for f in corpus.cases[id].findings if f.verdict == verdict)
    return page.locator(f'a.verdict[href$="{id}.html#m-{finding.mechanism}"]'), id, finding.mechanism


@pytest.mark.parametrize(("verdict", "by"), [("present", "click"), ("planned", "Enter"), ("mentioned", "Space")])
def test_a_cell_shows_its_evidence_in_place(tab: Tab, corpus: Corpus, verdict: str, by: str) -> None:
    """Verdict, wording, source and place stand in a card beside the cell; from there a link leads to the case."""
    page = ready(tab, "matrix.html")
    cell, id, mechanism = mark(page, corpus, verdict)
    finding = next(f for f in corpus.cases[id].findings if f.mechanism == mechanism)
    assert verdict in (cell.get_attribute("class") or "")
    before = page.url
    cell.focus()
    cell.click() if by == "click" else page.keyboard.press(by)
    card = page.locator("[data-card]")
    expect(card).to_be_visible()
    assert page.url == before
    text = card.inner_text()
    source = corpus.sources[corpus.source_of(corpus.cases[id], finding)].title
    lines = re.findall(r"\d+", finding.locator)
    for said in (corpus.cases[id].name, finding.how, finding.as_stated, source, *lines):
        assert said in text
    assert card.locator(f".verdict.{verdict}").count() == 1
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    assert cell.evaluate("(cell) => cell === document.activeElement")
    cell.click()
    expect(card).to_be_visible()
    cell.click()
    expect(card).to_be_hidden()
    cell.press("Enter")
    expect(card).to_be_visible()
    card.locator(f'a[href$="#m-{mechanism}"]').click()
    page.wait_for_url(f"**/cases/{id}.html#m-{mechanism}")
    assert page.locator(f"#m-{mechanism}").is_visible()
    assert not tab.errors


def test_arrow_keys_walk_the_matrix(tab: Tab, corpus: Corpus, results: Results) -> None:
    """One stop of the Tab key, not hundreds; from there the arrows lead from mark to mark and to the heads."""
    page = ready(tab, "matrix.html")
    stops = page.locator(".matrix :is(td, [data-head] th) > :is(a, button)")
    assert stops.evaluate_all("(all) => all.filter((each) => each.tabIndex === 0).length") == 1
    page.locator(".matrix [data-head] th > a").first.focus()
    where = "() => document.activeElement.hash || document.activeElement.dataset.column || document.activeElement.href"
    page.keyboard.press("ArrowDown")
    assert page.evaluate(where) == "0"
    terms = list(corpus.terms["mechanisms"])
    shown = [id for id in results.order if terms[0] in {f.mechanism for f in corpus.cases[id].findings}]
    for id in shown[:3]:
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.href").endswith(f"{id}.html#m-{terms[0]}")
    page.keyboard.press("ArrowRight")
    found = {f.mechanism for f in corpus.cases[shown[2]].findings}
    assert page.evaluate(where) == "#m-" + next(term for term in terms[1:] if term in found)
    assert stops.evaluate_all("(all) => all.filter((each) => each.tabIndex === 0).length") == 1


def test_the_head_of_a_column_leaves_its_cases(tab: Tab, results: Results) -> None:
    """The number above a column is that of the cases shown with it; pressed, only they are left."""
    page = ready(tab, "matrix.html")
    first, second = both(results)
    for chosen in ([first], [first, second], [second], []):
        toggled = {0: first, 1: second, 2: first, 3: second}[[[first], [first, second], [second], []].index(chosen)]
        page.locator(f"[data-column='{list(results.uses).index(toggled)}']").click()
        wanted = meeting(results, {"mechanism": chosen}, "")
        shows(page, wanted)
        pressed = page.locator("[data-column][aria-pressed=true]").evaluate_all(
            "(all) => all.map((e) => Number(e.dataset.column))"
        )
        assert sorted(pressed) == sorted(list(results.uses).index(id) for id in chosen)
        for at, use in list(enumerate(results.uses.values()))[:9]:
            having = {case for case, _ in (*use.findings, *use.others)} & set(wanted)
            assert page.locator(f"[data-column='{at}']").inner_text() == str(len(having))


def test_columns_can_be_left_out(tab: Tab, corpus: Corpus, results: Results) -> None:
    """One group of mechanisms, or only those that the cases shown mention; marks stay under their heads."""
    page = ready(tab, "matrix.html")
    heads = page.locator("[data-head] tr:nth-child(2) th:visible")
    group = corpus.vocabularies["mechanisms"].groups[1].id
    page.select_option("[data-group]", group)
    expect(heads).to_have_count(sum(t.group == group for t in corpus.vocabularies["mechanisms"].terms))
    page.select_option("[data-group]", "")
    rare = min((use for use in results.uses.values() if use.total > 1), key=lambda use: use.total).id
    address = f"matrix.html#mechanism={rare}&columns=used"
    page = ready(tab, address)
    wanted = meeting(results, {"mechanism": [rare]}, "")
    told = {f.mechanism for id in wanted for f in corpus.cases[id].findings}
    expect(heads).to_have_count(len(told))
    shows(page, wanted)
    off = """() => [...document.querySelectorAll("tbody a.verdict")].filter((mark) => {
        const middle = (each) => { const { left, right } = each.getBoundingClientRect(); return (left + right) / 2; };
        const head = document.querySelector(`[data-head] a[href$="/${mark.hash.slice(3)}.html"]`).parentElement;
        return Math.abs(middle(mark) - middle(head)) > 3;
    }).length"""
    assert page.locator("tbody a.verdict").count() == sum(len(corpus.cases[id].findings) for id in wanted)
    assert page.evaluate(off) == 0


def test_heads_stay_in_sight(tab: Tab) -> None:
    """Whoever scrolls to a cell still sees whose it is, and of which mechanism."""
    page = ready(tab, "matrix.html")
    places = """() => ["[data-head] tr:nth-child(3) th", "[data-head] tr:nth-child(2) th", "tbody tr:last-child th"]
        .map((each) => document.querySelector(each).getBoundingClientRect()).map(({ left, top }) => [left, top])"""
    (corner_left, corner_top), (_, head_top), (row_left, _) = page.evaluate(places)
    page.evaluate("document.querySelector('.matrix').scrollTo(400, 300)")
    (left, top), (_, term_top), (name_left, _) = page.evaluate(places)
    assert (left, top, term_top, name_left) == pytest.approx((corner_left, corner_top, head_top, row_left), abs=1)


def test_list_and_matrix_work_on_a_phone(phone: Tab, corpus: Corpus) -> None:
    """At 360 px facets open in place, and a card of evidence fits the screen."""
    page = ready(phone, "cases.html")
    page.locator("[data-facet=mechanism] summary").click()
    page.locator("input[name=mode-mechanism][value=every]").check()
    page.locator("input[data-facet=mechanism]").first.check()
    expect(page.locator("[data-facet=mechanism] summary small")).to_have_text("1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page = ready(phone, "matrix.html")
    cell, _, _ = mark(page, corpus, "present")
    cell.scroll_into_view_if_needed()
    cell.tap()
    card = page.locator("[data-card]")
    expect(card).to_be_visible()
    box = card.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert not phone.errors


# --- many cases --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(browser: Browser, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Tab, Results]]:
    """The same pages over the data of more cases than are drawn at once."""
    folder = tmp_path_factory.mktemp("many")
    explore = next(site.glob("assets/explore-*")).relative_to(site)
    for part in ("js", "css", "img"):
        shutil.copytree(site / part, folder / part)
    for page in ("cases.html", "matrix.html"):
        shutil.copy(site / page, folder)
    corpus = generated_corpus(real_corpus(), MANY)
    results = analyse(corpus)
    words = Words(open_templates(ROOT / "templates").interface["zh"], corpus)
    (folder / explore).mkdir(parents=True)
    for file in explorer_files(corpus, results, words)[1]:
        (folder / explore / Path(file.path).name).write_text(file.text, encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield Tab(context.new_page(), folder), results
    context.close()


@pytest.mark.parametrize("address", ["cases.html", "matrix.html"])
def test_many_cases_come_a_page_at_a_time(many: tuple[Tab, Results], address: str) -> None:
    """All cases are searched, ordered and counted; those below are drawn when they are asked for, in the same order."""
    tab, results = many
    page = ready(tab, f"{address}#sort=place")
    order = results.places.all_cases()
    size = int(page.locator("main [data-explore]").get_attribute("data-page") or 0)
    assert 0 < size < MANY
    for shown in range(size, MANY + size, size):
        shows(page, order[:shown])
        if shown < MANY:
            page.locator("[data-more]").press("Enter")
    expect(page.locator("[data-more]")).to_be_hidden()
    assert page.evaluate(
        "document.activeElement.closest('[data-rows]') !== null"
    )  # the button is gone, the place is not lost
    last = order[-1]
    page.fill("[data-filter]", last)
    shows(page, [last])
    page.click("[data-clear]")
    shows(page, order[:size])
    expect(page.locator("[data-count]")).to_contain_text(str(MANY))
