"""The field in the header and the page of results, from disk, by keyboard and with an input method."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from casebook.search.index import SearchDocument, Section
from tests.search.harness import open_results, write_site

HOSTILE = "<img src=x onerror=alert(1)><b>网格</b>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Seventy sections of plain names, one hostile page, one in another kind."""
    documents = [
        SearchDocument(
            f"cases/case-{number}.html",
            f"第{number}社区",
            "case",
            (
                Section("", "", f"社区编号{number}的概要"),
                Section("做法", "how", f"由网格员上门，共{number}次，议事会议定"),
            ),
        )
        for number in range(70)
    ]
    documents.append(SearchDocument("cases/hostile.html", HOSTILE, "case", (Section("", "", HOSTILE),)))
    documents.append(SearchDocument("sources/report.html", "报告", "source", (Section("", "", "网格员与“积 分”制"),)))
    documents.append(SearchDocument("index.html", "首页", "page", (Section("", "", "比较案例"),)))
    folder = tmp_path_factory.mktemp("site")
    write_site(folder, documents)
    return folder


@pytest.fixture
def home(page: Page, site: Path) -> Page:
    """A page two folders deep, with its header."""
    page.goto((site / "cases" / "case-3.html").as_uri())
    return page


# ---------------------------------------------------------------- the field in the header


def test_a_page_loads_nothing_of_the_index_until_it_is_needed(site: Path, page: Page) -> None:
    """Reading costs nothing; focus loads what every query needs."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.goto((site / "cases" / "case-3.html").as_uri())
    assert not [name for name in asked if name.startswith(("meta", "grams", "text"))]
    page.focus("[data-search-input]")
    page.wait_for_timeout(100)
    assert "meta.js" in asked
    assert not [name for name in asked if name.startswith(("grams", "text", "pinyin"))]


def test_typing_suggests_eight_hits_as_a_listbox(home: Page) -> None:
    """The combobox pattern: what is expanded, what it controls, which option is active."""
    field = home.locator("[data-search-input]")
    assert field.get_attribute("role") == "combobox"
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("社区")
    options = home.locator("[data-suggest] [role=option]")
    expect(options).to_have_count(8)
    expect(field).to_have_attribute("aria-expanded", "true")
    controlled = home.locator(f"#{field.get_attribute('aria-controls')}")
    assert controlled.get_attribute("role") == "listbox"
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    field.press("ArrowDown")
    active = home.locator(f"#{field.get_attribute('aria-activedescendant')}")
    expect(active).to_have_attribute("aria-selected", "true")
    assert active.evaluate("option => [...option.parentElement.children].indexOf(option)") == 1
    field.press("ArrowUp")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    assert home.locator("[aria-selected=true]").inner_text() == options.last.inner_text()


def test_enter_opens_the_active_hit(home: Page) -> None:
    """From a folder below, the address is right."""
    field = home.locator("[data-search-input]")
    field.press_sequentially("积分制")
    expect(home.locator("[role=option]")).to_have_count(1)
    field.press("ArrowDown")
    with home.expect_navigation():
        field.press("Enter")
    assert home.url.endswith("/sources/report.html")


def test_enter_without_an_active_hit_opens_the_page_of_results(home: Page) -> None:
    """With the query in the address."""
    home.locator("[data-search-input]").press_sequentially("3+1 网格")
    with home.expect_navigation():
        home.keyboard.press("Enter")
    assert home.url.endswith("/search.html#q=3%2B1%20%E7%BD%91%E6%A0%BC")
    assert home.input_value("[data-search-field]") == "3+1 网格"


def test_escape_closes_the_suggestions_and_keeps_the_query(home: Page) -> None:
    """And the arrow brings them back."""
    field = home.locator("[data-search-input]")
    field.press_sequentially("社区")
    box = home.locator("[data-suggest]")
    expect(box).to_be_visible()
    field.press("Escape")
    expect(box).to_be_hidden()
    assert field.input_value() == "社区"
    field.press("ArrowDown")
    expect(box).to_be_visible()


def test_suggestions_close_when_the_focus_leaves(home: Page) -> None:
    """Tab goes on, not through the hits."""
    home.locator("[data-search-input]").press_sequentially("社区")
    expect(home.locator("[data-suggest]")).to_be_visible()
    home.keyboard.press("Tab")
    expect(home.locator("[data-suggest]")).to_be_hidden()


def test_nothing_happens_while_a_syllable_is_composed(home: Page) -> None:
    """Letters on their way to a character are no query, and Enter, which ends them, is no search."""
    field = home.locator("[data-search-input]")
    field.focus()
    session = home.context.new_cdp_session(home)
    session.send("Input.imeSetComposition", {"text": "jifen", "selectionStart": 5, "selectionEnd": 5})
    home.wait_for_timeout(250)
    expect(home.locator("[data-suggest]")).to_be_hidden()
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    assert home.url.endswith("case-3.html")
    session.send("Input.insertText", {"text": "积分"})
    expect(home.locator("[role=option]")).to_have_count(1)


def test_a_field_says_when_there_is_nothing(home: Page) -> None:
    """In the page's words."""
    home.locator("[data-search-input]").press_sequentially("火星")
    expect(home.locator("[data-suggest]")).to_have_text("没有结果")


# ---------------------------------------------------------------- the page of results


def test_hits_are_shown_with_kind_section_and_quotation(page: Page, site: Path) -> None:
    """Each hit is one link, to its section; terms are marked."""
    assert open_results(page, site, "共33次") == ["cases/case-33.html#how"]
    hit = page.locator("[data-results] li")
    assert hit.locator("a").inner_text() == "第33社区"
    assert hit.locator(".hit-kind").inner_text() == "案例"
    assert hit.locator(".hit-section").inner_text() == "做法"
    assert hit.locator("mark").all_inner_texts() == ["共33次"]
    assert page.inner_text("[data-status]") == "1 条结果"


def test_a_word_split_by_marks_is_marked_as_a_whole(page: Page, site: Path) -> None:
    """What is quoted is the text as it stands, with its punctuation."""
    open_results(page, site, "积分制")
    assert page.locator("[data-results] .hit-snippet").inner_text() == "网格员与“积 分”制"
    assert page.locator("[data-results] mark").all_inner_texts() == ["积 分”制"]


def test_data_is_never_read_as_markup(page: Page, site: Path) -> None:
    """A title full of tags is a title full of tags."""
    assert open_results(page, site, "onerror") == ["cases/hostile.html"]
    assert page.locator("[data-results] a").inner_text() == HOSTILE
    assert page.locator("[data-results] img").count() == 0
    page.locator("[data-search-input]").press_sequentially("onerror")
    expect(page.locator("[role=option]")).to_have_count(1)
    assert page.locator("[data-suggest] img").count() == 0


def test_more_hits_come_in_portions(page: Page, site: Path) -> None:
    """Fifty, then the rest; nothing twice."""
    assert len(open_results(page, site, "社区")) == 50
    assert page.inner_text("[data-status]") == "70 条结果"
    page.get_by_role("button", name="更多").click()
    links = page.locator("[data-results] a")
    expect(links).to_have_count(70)
    assert len({link.get_attribute("href") for link in links.all()}) == 70
    expect(page.get_by_role("button", name="更多")).to_be_hidden()


def test_kinds_are_counted_and_can_be_chosen(page: Page, site: Path) -> None:
    """The choice stands in the address, and can be taken back."""
    open_results(page, site, "网格")
    assert page.locator("[data-kinds] button").all_inner_texts() == ["全部 72", "案例 71", "来源 1"]
    page.get_by_role("button", name="来源").click()
    expect(page.locator("[data-results] a")).to_have_count(1)
    assert page.url.endswith("&kind=source")
    expect(page.get_by_role("button", name="来源")).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="来源").click()
    expect(page.locator("[data-results] a")).to_have_count(50)
    expect(page.get_by_role("button", name="全部")).to_have_attribute("aria-pressed", "true")


def test_the_query_lives_in_the_address(page: Page, site: Path) -> None:
    """Typing changes it; back brings back the query before, not every letter of it."""
    open_results(page, site, "积分")
    field = page.locator("[data-search-field]")
    field.fill("")
    field.press_sequentially("编号12", delay=30)
    expect(page.locator("[data-results] a")).to_have_text(["第12社区"])
    assert page.evaluate("decodeURIComponent(location.hash)") == "#q=编号12"
    page.go_back()
    expect(page.locator("[data-results] a")).to_have_text(["报告"])
    expect(field).to_have_value("积分")
    page.go_forward()
    expect(field).to_have_value("编号12")


def test_a_form_sent_without_scripts_is_understood(page: Page, site: Path) -> None:
    """`?q=…` is a query too."""
    page.goto(f"{(site / 'search.html').as_uri()}?q=积分制")
    expect(page.locator("[data-results] a")).to_have_text("报告")


@pytest.mark.parametrize(
    ("query", "status", "first"),
    [
        ("jifenzhi", "近似结果：积分制 1 条结果", "sources/report.html"),
        ("jfz", "近似结果：积分制 1 条结果", "sources/report.html"),
        ("ji fen zhi", "近似结果：积分制 1 条结果", "sources/report.html"),
        ("jifenz", "近似结果：积分制 1 条结果", "sources/report.html"),
        ("积芬制", "近似结果 1 条结果", "sources/report.html"),
        ("积分制是什么？", "近似结果 1 条结果", "sources/report.html"),
    ],
)
def test_what_is_not_exact_says_so(page: Page, site: Path, query: str, status: str, first: str) -> None:
    """Pinyin, initials, a syllable begun, a wrong character, a question: each labelled as approximate."""
    assert open_results(page, site, query)[:1] == [first]
    assert page.inner_text("[data-status]") == status


def test_no_hits_offer_ways_on(page: Page, site: Path) -> None:
    """The page's own links, and those parts of the query that would find something."""
    assert open_results(page, site, "火星登陆火星探测 编号12") == []
    assert page.inner_text("[data-status]") == "没有找到"
    expect(page.locator("[data-none]")).to_be_visible()
    page.get_by_role("link", name="编号12").click()
    expect(page.locator("[data-results] a")).to_have_count(1)
    expect(page.locator("[data-none]")).to_be_hidden()


def test_a_missing_index_is_reported(page: Page, site: Path, tmp_path: Path) -> None:
    """Instead of searching for ever."""
    (tmp_path / "js").mkdir()
    for name in ("search.html", "js/search.js", "js/search-engine.js"):
        (tmp_path / name).write_bytes((site / name).read_bytes())
    open_results(page, tmp_path, "网格")
    assert page.inner_text("[data-status]") == "无法读取索引"


@pytest.mark.parametrize(
    "query", ["", "   ", "，。", "%", "%E4%", "+", "网" * 500, "的", "constructor", "__proto__", "a b c d"]
)
def test_odd_queries_do_no_harm(page: Page, site: Path, query: str) -> None:
    """No query breaks the page; an error would fail the test."""
    open_results(page, site, query)
    assert page.inner_text("[data-status]") != "无法读取索引"
