"""Cases side by side, in a real browser, from disk, with the network off."""

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import ROOT, Tab, run

MOST = 6
REFUSE_STORAGE = (
    "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
)


pytestmark = pytest.mark.usefixtures("nothing_went_wrong")


@pytest.fixture(scope="module")
def ids(site: Path) -> list[str]:
    """The cases that say most, first."""
    rows = csv.DictReader((site / "data" / "findings.csv").read_text(encoding="utf-8-sig").splitlines())
    return [id for id, _ in Counter(row["case"] for row in rows).most_common()]


def show(tab: Tab, ids: list[str], more: str = "") -> Page:
    """The compare page with these cases, drawn."""
    page = tab.open(f"compare.html#c={','.join(ids)}{more}")
    drawn(page, ids)
    return page


def drawn(page: Page, ids: list[str]) -> None:
    page.locator(f".compare[data-ready='{','.join(ids)}']").wait_for(state="attached")


def shown(page: Page) -> list[str]:
    links = page.locator(".sides thead a").evaluate_all("all => all.map(link => link.getAttribute('href'))")
    return [Path(link).stem for link in links]


def pick(page: Page, id: str) -> None:
    page.locator(f"[data-basket-id='{id}'] button.pick").first.click()


def rows(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Row → its cells: what they say (without the marks of evidence), and whether that is that nothing is said."""
    found = page.locator(".sides tr[data-key]").evaluate_all(
        """all => all.map(row => [row.dataset.key, [...row.querySelectorAll("td")].map(cell => {
            const copy = cell.cloneNode(true);
            copy.querySelectorAll(".ev").forEach(mark => mark.remove());
            const mark = copy.querySelector(".verdict");
            return {text: copy.textContent.trim(), absent: Boolean(copy.querySelector(".absent")),
                    verdict: mark ? mark.className : ""};
        })])"""
    )
    return dict(found)


# --- choosing ----------------------------------------------------------------------------------------------------


def test_cases_are_chosen_in_the_list_on_their_page_in_the_matrix_and_in_a_search(tab: Tab, ids: list[str]) -> None:
    """Wherever a reader meets a case, it can be put beside others, and the header says how many are chosen."""
    chosen = ids[:4]
    pick(tab.open("cases.html"), chosen[0])
    pick(tab.open(f"cases/{chosen[1]}.html"), chosen[1])
    name = tab.page.locator("h1").inner_text()
    pick(tab.open("matrix.html"), chosen[2])
    tab.open(f"cases/{chosen[3]}.html")
    name = tab.page.locator("h1").inner_text()
    page = tab.open(f"search.html#q={name}")
    pick(page, chosen[3])
    for address in ("index.html", "method.html", f"cases/{ids[9]}.html"):
        expect(tab.open(address).locator("[data-basket-count]")).to_have_text(str(len(chosen)))
    page.locator(".basket summary").click()
    expect(page.locator("[data-basket-list] a").nth(3)).to_have_text(name)
    page.locator("[data-basket-go]").click()
    drawn(page, chosen)
    assert shown(page) == chosen


def test_a_chosen_case_is_taken_out_again_where_it_was_put_in_or_in_the_basket(tab: Tab, ids: list[str]) -> None:
    """A choice is undone as easily as it is made."""
    page = tab.open("cases.html")
    for id in ids[:3]:
        pick(page, id)
    button = page.locator(f"[data-basket-id='{ids[0]}'] button.pick")
    before = button.get_attribute("aria-label")
    button.click()
    assert button.get_attribute("aria-label") != before
    page.locator(".basket summary").click()
    page.locator("[data-unpick]").first.click()
    expect(page.locator("[data-basket-count]")).to_have_text("1")
    page.locator("[data-basket-clear]").click()
    expect(page.locator("[data-basket-count]")).to_have_text("0")
    expect(page.locator("button.pick.chosen")).to_have_count(0)


def test_a_seventh_case_is_refused_with_the_reason(tab: Tab, ids: list[str]) -> None:
    """Six columns are what a screen and a sheet can hold; the reader is told so instead of losing one."""
    page = tab.open("cases.html")
    for id in ids[: MOST + 1]:
        pick(page, id)
    expect(page.locator("[data-basket-count]")).to_have_text(str(MOST))
    expect(page.locator("[data-basket-hint]")).to_be_visible()
    assert str(MOST) in page.locator("[data-basket-hint]").inner_text()
    page = tab.open(f"compare.html#c={','.join(ids[: MOST + 1])}")
    drawn(page, ids[:MOST])
    assert str(MOST) in page.locator(".compare [data-status]").inner_text()


def test_the_basket_is_kept_between_visits(tab: Tab, ids: list[str]) -> None:
    """Who comes back tomorrow finds what was chosen today."""
    pick(tab.open("cases.html"), ids[0])
    again = tab.page.context.new_page()
    again.goto((tab.site / "index.html").as_uri())
    expect(again.locator("[data-basket-count]")).to_have_text("1")


def test_it_works_where_storage_is_refused(tab: Tab, ids: list[str]) -> None:
    """A browser that keeps nothing still lets three cases be gathered page by page, also through "back"."""
    tab.page.add_init_script(REFUSE_STORAGE)
    page = tab.open("cases.html")
    pick(page, ids[0])
    page.locator(f".rows a[href$='{ids[1]}.html']").click()
    pick(page, ids[1])
    assert "basket=" not in page.url
    page.go_back()
    expect(page.locator("[data-basket-count]")).to_have_text("2")
    page.locator("header a[href$='matrix.html']").click()
    pick(page, ids[2])
    page.locator(".basket summary").click()
    page.locator("[data-basket-go]").click()
    drawn(page, ids[:3])
    assert page.url.endswith(f"compare.html#c={','.join(ids[:3])}")


def test_links_carry_the_basket_where_neither_storage_nor_the_tab_keep_it(tab: Tab, ids: list[str]) -> None:
    """Even a link opened in another tab brings the chosen cases along, and its address is clean again."""
    tab.page.context.add_init_script(REFUSE_STORAGE)
    page = tab.open("cases.html")
    pick(page, ids[0])
    with page.context.expect_page() as opened:
        page.locator(f".rows a[href$='{ids[1]}.html']").click(modifiers=["Control"])
    expect(opened.value.locator("[data-basket-count]")).to_have_text("1")
    assert "basket=" not in opened.value.url


# --- the address ---------------------------------------------------------------------------------------------------


def test_the_address_survives_reload_back_and_another_reader(tab: Tab, browser: Browser, ids: list[str]) -> None:
    """What is compared stands in the address: it can be reloaded, undone and sent to somebody."""
    page = show(tab, ids[:3])
    page.locator(f"[data-drop='{ids[1]}']").click()
    drawn(page, [ids[0], ids[2]])
    page.get_by_role("radio").last.check()
    page.wait_for_url("**only=differences")
    address = page.url
    page.reload()
    drawn(page, [ids[0], ids[2]])
    assert page.get_by_role("radio").last.is_checked()
    page.go_back()
    page.go_back()
    drawn(page, ids[:3])
    assert shown(page) == ids[:3]
    page.go_forward()
    drawn(page, [ids[0], ids[2]])
    other = browser.new_context(offline=True)
    theirs = Tab(other.new_page(), tab.site)
    theirs.page.goto(address)
    drawn(theirs.page, [ids[0], ids[2]])
    expect(theirs.page.locator("[data-basket-count]")).to_have_text("2")
    other.close()


def test_somebody_elses_link_offers_the_way_back_to_ones_own_cases(tab: Tab, ids: list[str]) -> None:
    """A link shows what it says, and nothing that was chosen before is lost by following it."""
    mine = ids[4:6]
    page = tab.open("cases.html")
    for id in mine:
        pick(page, id)
    show(tab, ids[:2])
    page.locator("[data-other]").click()
    drawn(page, mine)
    assert shown(page) == mine


def test_a_source_is_reached_and_come_back_from(tab: Tab, ids: list[str]) -> None:
    """Evidence opens in place, leads to its source, and "back" returns to the row that was being read."""
    page = show(tab, ids[:3])
    page.locator("[data-jump]").nth(2).click()
    at = page.locator("[data-scroll]").evaluate("box => box.scrollTop")
    assert at > 0
    mark = page.locator("tr[data-key^=mechanism] a.ev").first
    mark.click()
    card = page.locator("[data-card]")
    assert card.locator("q").inner_text()
    card.locator("a").click()
    page.wait_for_url("**/sources/*.html")
    page.go_back()
    drawn(page, ids[:3])
    assert page.locator("[data-scroll]").evaluate("box => box.scrollTop") == pytest.approx(at, abs=2)


def test_a_renamed_case_is_still_compared_under_its_old_name(tab: Tab, tmp_path: Path) -> None:
    """A link from before a case was renamed still shows it; unknown ids are named, and nothing foreign is loaded."""
    content = ROOT / "tests" / "sites" / "ponds" / "content"
    files = {path.stem: path.read_text(encoding="utf-8") for path in sorted(content.glob("cases/*.yml"))}
    old, new = next((id, text.split()[1]) for id, text in files.items() if text.startswith("moved:"))
    other = next(id for id in files if id not in (old, new))
    done = run("build", "--content", str(content), "--out", str(tmp_path / "ponds"))
    assert done.returncode == 0, done.stdout + done.stderr
    tab.site = tmp_path / "ponds"
    page = tab.open(f"compare.html#c={old},{other}")
    drawn(page, [new, other])
    assert page.url.endswith(f"#c={new},{other}")
    tab.requests.clear()
    page.goto("about:blank")
    page = tab.open(f"compare.html#c={new},..%2F..%2Fx,{other},no-such-case")
    drawn(page, [new, other])
    assert "no-such-case" in page.locator(".compare [data-status]").inner_text()
    assert not [url for url in tab.requests if ".." in url or "%2F" in url]
    tab.errors.clear()  # the browser says itself that there is no such file


def test_only_the_chosen_cases_are_loaded(tab: Tab, ids: list[str]) -> None:
    """The page costs the same in a report of ten thousand cases."""
    show(tab, ids[:3])
    loaded = sorted(Path(url).stem for url in tab.requests if "/compare-" in url and "/js/" not in url)
    assert loaded == sorted([*ids[:3], "_rows"])


# --- what stands side by side --------------------------------------------------------------------------------------


def test_nothing_is_blank_and_every_mechanism_is_accounted_for(tab: Tab, ids: list[str], site: Path) -> None:
    """What a text does not say keeps its place, in words: silence is shown, never a gap."""
    page = show(tab, ids[:3])
    assert all(cell["text"] for cells in rows(page).values() for cell in cells)
    named = [key for key in rows(page) if key.startswith("mechanism-")]
    unsaid = page.locator("tbody:has(tr[data-part]) .unsaid").count()
    vocabulary = len(list((site / "mechanisms").glob("*.html"))) - 1
    listed = page.evaluate(
        """async () => {
            const sections = await casebookBasket.rows();
            const columns = await Promise.all(casebookBasket.ids().map(id => casebookBasket.column(id)));
            const view = casebookTable.align(sections, columns, false);
            return view.sections.filter(s => s.id === "mechanisms").reduce((n, s) => n + s.unsaid.length, 0);
        }"""
    )
    assert unsaid
    assert len(named) + listed == vocabulary


def test_only_differences_leaves_out_what_all_cases_state_alike_and_nothing_else(tab: Tab, ids: list[str]) -> None:
    """A row is left out if all cases state the same; where one states nothing, nobody knows, and the row stays."""
    page = show(tab, ids[:3])
    everything = rows(page)
    page.get_by_role("radio").last.check()
    page.wait_for_url("**only=differences")
    expect(page.locator(".compare [data-status]")).to_contain_text(re.compile(r"\d+\D+\d+"))
    kept = rows(page)
    assert kept
    assert set(kept) < set(everything)
    for key, cells in everything.items():
        said = [cell["verdict"] or cell["text"] for cell in cells]
        if key not in kept:
            assert not any(cell["absent"] for cell in cells)
        if key.startswith("mechanism-"):
            assert (key in kept) == (len(set(said)) > 1 or any(cell["absent"] for cell in cells))


# Two columns as basket.js hands them over; figures of one group may be compared with each other only.
FIGURE = {"text": "1", "group": "a/0", "firm": True, "comparable": "yes, with others"}
LONE = {"text": "2", "comparable": "no, for a reason"}


@pytest.mark.parametrize(
    ("left", "right", "fit"),
    [
        ([FIGURE], [FIGURE], "yes"),
        ([FIGURE], [{**FIGURE, "firm": False}], "care"),
        ([FIGURE, LONE], [FIGURE], "some"),
        ([FIGURE], [{**FIGURE, "group": "a/1"}], "scopes"),
        ([FIGURE], [LONE], "no"),
        ([LONE], [LONE], "no"),
        ([FIGURE], [{"text": "?", "absent": True}], "one"),
        ([FIGURE], None, "one"),
    ],
)
def test_a_row_says_whether_its_figures_may_be_compared(tab: Tab, left: Any, right: Any, fit: str) -> None:
    """Only figures of one comparable group are called comparable, some of them with care; no reason is lost."""
    page = tab.open("compare.html")
    columns = [
        {"name": name, "id": name, "cells": {"x": cell} if cell else {}, "evidence": [], "sources": {}}
        for name, cell in (("one", left), ("two", right))
    ]
    sections = [{"id": "figures", "title": "", "rows": [["x", "X", ""]], "open": True, "absent": "?", "none": "none"}]
    view = page.evaluate("([s, c]) => casebookTable.align(s, c, false)", [sections, columns])
    row = view["sections"][0]["rows"][0]
    assert row["fit"] == fit
    said = [item["text"] for cell in row["cells"] for item in cell if item["why"]]
    reasons = {"care": ["1", "1"], "some": ["1", "2", "1"], "no": ["2"] * [*left, *(right or [])].count(LONE)}
    assert said == reasons.get(fit, [])


def test_every_row_of_figures_gives_its_verdict(tab: Tab, ids: list[str]) -> None:
    """Nobody has to guess whether two numbers may be set against each other."""
    page = show(tab, ids[:3])
    figures = page.locator("tr:is([data-key^=indicator-], [data-key^=derived-])")
    assert figures.count()
    assert figures.locator("th .fit").count() == figures.count()
    assert all(figures.locator(".fit").all_inner_texts())


# --- taking it away ------------------------------------------------------------------------------------------------

CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async text => { %s }}})"
KEEP_THE_COPY, REFUSE_THE_COPY = CLIPBOARD % "window.copied = text;", CLIPBOARD % "throw new Error();"


def test_the_table_is_copied_as_markdown_with_its_evidence(tab: Tab, ids: list[str]) -> None:
    """The copy is a document of its own: every row, every cell, and a note for each claim."""
    tab.page.add_init_script(KEEP_THE_COPY)
    page = show(tab, ids[:3])
    page.locator("[data-copy]").click()
    page.wait_for_function("window.copied")
    text = str(page.evaluate("window.copied"))
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in table} == {5}
    assert len([line for line in table if not line.startswith("| ---")]) == len(rows(page)) + text.count("| --- |\n")
    used = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    assert used == set(re.findall(r"^\[\^(\d+)\]: .+", text, re.MULTILINE))
    assert len(used) == page.locator("[data-notes] li").count()
    assert "file:" not in text


def test_where_copying_is_refused_the_text_is_there_to_be_copied_by_hand(tab: Tab, ids: list[str]) -> None:
    """Old browsers and strict settings lose nothing."""
    tab.page.add_init_script(REFUSE_THE_COPY)
    page = show(tab, ids[:2])
    page.locator("[data-copy]").click()
    field = page.locator("[data-by-hand] textarea")
    expect(field).to_be_focused()
    assert field.evaluate("field => field.selectionEnd - field.selectionStart") == len(field.input_value()) > 1000


def test_the_table_is_downloaded_as_csv(tab: Tab, ids: list[str]) -> None:
    """A spreadsheet opens it: byte-order mark, one column a case and one for its evidence, the unsaid rows too."""
    page = show(tab, ids[:3])
    with page.expect_download() as downloading:
        page.locator("[data-csv]").click()
    assert downloading.value.suggested_filename.endswith(".csv")
    raw = Path(downloading.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    names = page.locator(".sides thead a").all_inner_texts()
    assert [table[0][at] for at in (3, 5, 7)] == names
    assert {len(line) for line in table} == {3 + 2 * len(names)}
    assert all(line[at] for line in table for at in (0, 1, 3, 5, 7))
    assert len(table) > len(rows(page))


def test_hostile_text_stays_text_in_what_is_taken_away(tab: Tab) -> None:
    """A cell cannot run as a formula, break a table or smuggle markup into somebody's document."""
    page = tab.open("compare.html")
    bad = ["=1+1", "@x", "+1", "-1", 'a"b', "a|b\nc", "<b>[x](y)</b>", "x;＝1", "x\t-1"]
    column = {"name": "=n", "id": "n", "cells": {"x": [{"text": text} for text in bad]}, "evidence": [], "sources": {}}
    sections = [{"id": "identity", "title": "=t", "rows": [["x", "|X", ""]], "open": False, "absent": "", "none": ""}]
    words = {"title": "T", "item": "I", "section": "S", "comparable": "C", "evidence": "{name}", "fits": {}}
    markdown, table = page.evaluate(
        """([s, c, w]) => { const view = casebookTable.align(s, [c], false);
            return [casebookTable.markdown(view, w, ""), casebookTable.csv(view, w)]; }""",
        [sections, column, words],
    )
    cells = next(line for line in markdown.splitlines() if "X" in line)
    assert len(re.findall(r"(?<!\\)\|", cells)) == 3
    assert not re.search(r"(?<!\\)<b>|(?<!\\)\]\(", cells)
    row = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline="")))
    assert row[0][3] == "'=n"
    assert row[1][0] == "'=t"
    assert row[1][3] == "'=1+1\n'@x\n'+1\n'-1\na\"b\na|b\nc\n<b>[x](y)</b>\nx;'＝1\nx\t'-1"


# --- hands, screens, paper -----------------------------------------------------------------------------------------


def tab_to(page: Page, selector: str) -> None:
    for _ in range(400):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by the Tab key")


def test_three_cases_a_source_and_back_by_keyboard_alone(tab: Tab, ids: list[str]) -> None:
    """Choose three, compare them, open a claim's evidence, follow it to its source and come back: no mouse."""
    page = tab.open("cases.html")
    for _ in range(3):
        tab_to(page, "button.pick:not(.chosen)")
        page.keyboard.press("Enter")
    expect(page.locator("[data-basket-count]")).to_have_text("3")
    page.goto("about:blank")
    tab.open("index.html")
    tab_to(page, ".basket summary")
    page.keyboard.press("Enter")
    tab_to(page, "[data-basket-go]")
    page.keyboard.press("Enter")
    page.locator(".compare[data-ready]").wait_for(state="attached")
    address = page.url
    tab_to(page, ".sides td a.ev")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-card]') !== null")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('.sides td a.ev')")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*.html")
    page.go_back()
    page.locator(".compare[data-ready]").wait_for(state="attached")
    assert page.url == address


def test_a_case_is_added_by_typing_its_name_and_taken_out_by_its_head(tab: Tab, ids: list[str]) -> None:
    """The comparison grows and shrinks without leaving the page."""
    page = tab.open(f"cases/{ids[2]}.html")
    name = page.locator("h1").inner_text()
    show(tab, ids[:2])
    page.locator("[data-add]").fill(name)
    page.keyboard.press("Enter")
    drawn(page, ids[:3])
    page.locator(f"[data-drop='{ids[0]}']").click()
    drawn(page, ids[1:3])
    expect(page.locator("[data-basket-count]")).to_have_text("2")


def test_with_fewer_than_two_cases_the_page_says_what_to_do(tab: Tab, ids: list[str]) -> None:
    """An empty page would be a dead end."""
    said = tab.open("compare.html").locator(".compare [data-status]")
    expect(said).not_to_be_empty()
    nothing = said.inner_text()
    assert tab.page.locator(".sides").is_hidden()
    show(tab, ids[:1])
    assert said.inner_text() not in ("", nothing)


@pytest.mark.parametrize("count", [2, 3, MOST])
def test_on_a_phone_the_page_stays_put_and_two_cases_fit(phone: Tab, ids: list[str], count: int) -> None:
    """At 360 px only the table scrolls sideways, and with two cases not even that."""
    page = show(phone, ids[:count])
    width, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width <= screen
    inner, outer = page.locator("[data-scroll]").evaluate("box => [box.scrollWidth, box.clientWidth]")
    assert (inner <= outer) == (count == 2)
    page.locator("[data-jump]").nth(2).click()
    head = page.locator(".sides thead").bounding_box()
    box = page.locator("[data-scroll]").bounding_box()
    assert head
    assert box
    assert head["y"] == pytest.approx(box["y"], abs=2)


def test_on_a_phone_three_cases_are_chosen_compared_and_their_source_reached(phone: Tab, ids: list[str]) -> None:
    """The whole way is open to a thumb."""
    page = phone.open("cases.html")
    for id in ids[:3]:
        button = page.locator(f"[data-basket-id='{id}'] button.pick")
        button.tap()
        size = button.bounding_box()
        assert size
        assert min(size["width"], size["height"]) >= 32
    page.locator(".basket summary").tap()
    panel = page.locator(".basket .panel").bounding_box()
    assert panel
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= 360
    page.locator("[data-basket-go]").tap()
    drawn(page, ids[:3])
    page.locator(".sides a.ev").first.tap()
    page.locator("[data-card] a").tap()
    page.wait_for_url("**/sources/*.html")


def test_nothing_is_cut_off_on_paper(tab: Tab, ids: list[str]) -> None:
    """Six columns fit an A4 sheet on its side, and what was clipped or sticky on the screen is whole."""
    page = show(tab, ids[:MOST])
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 730})  # A4 landscape within its margins, at 96 dpi
    assert page.evaluate("document.documentElement.scrollWidth") <= 1032
    cut = page.locator(".sides :is(td, th)").evaluate_all(
        "all => all.filter(c => c.scrollWidth > c.clientWidth + 1).length"
    )
    assert cut == 0
    assert page.locator("[data-scroll]").evaluate("box => getComputedStyle(box).overflowY") == "visible"
    sizes = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True))
    assert sizes
    assert all(float(width) > float(height) for width, height in sizes)


def test_the_printed_table_keeps_every_character(tab: Tab, ids: list[str], tmp_path: Path) -> None:
    """Nothing that was compared is lost between the screen and the sheet."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed: the printed text is not compared with the screen's")
    page = show(tab, ids[:3])
    told = page.locator(".sides").evaluate(
        "box => [...box.querySelectorAll('td, tbody th')].map(cell => cell.innerText).join('')"
    )
    page.pdf(path=tmp_path / "out.pdf", prefer_css_page_size=True)
    subprocess.run(["pdftotext", "-layout", "out.pdf", "out.txt"], cwd=tmp_path, check=True)
    printed = Counter((tmp_path / "out.txt").read_text(encoding="utf-8"))
    lost = {sign: n for sign, n in Counter(re.sub(r"\s", "", told)).items() if printed[sign] < n}
    assert not lost
