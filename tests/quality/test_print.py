"""What Chromium puts on A4 paper."""

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.quality.conftest import largest, side_by_side

# Chromium writes some characters as the radicals that share their glyph, and Unicode has no decomposition for these.
RADICALS = str.maketrans(
    "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳戶",
    "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟户",
)
SEEN = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) {
        const { textContent, parentElement } = walker.currentNode;
        if (parentElement.checkVisibility() && !parentElement.closest(".vh")) texts.push(textContent);
    }
    return texts.join("");
}"""
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((each) => {
    const { overflowX, overflowY } = getComputedStyle(each);
    const cut = (overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1)
        || (overflowY !== "visible" && each.scrollHeight > each.clientHeight + 1);
    return cut && each.checkVisibility() && !each.closest(".vh");
}).map((each) => each.outerHTML.slice(0, 100))"""
SHEET = {"portrait": 794 - 2 * 60.5, "landscape": 1123 - 2 * 45.4}  # px between the margins


def folded(text: str) -> str:
    """A text without blanks, compatible forms of a character taken for one."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text).translate(RADICALS))


@pytest.fixture
def paper(browser: Browser, address: str, site: Path) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def open_page(paper: Page, address: str, site: Path, page: str) -> PdfReader:
    """Opens a page, prints it, and leaves it as it looks on paper."""
    shown = side_by_side(site) if page == "compare" else page if page.endswith(".html") else largest(site, page)
    paper.goto(address + shown, wait_until="networkidle")
    paper.wait_for_load_state("load")  # on a busy machine the network may rest before the scripts have run
    printed = PdfReader(io.BytesIO(paper.pdf(prefer_css_page_size=True)))
    paper.emulate_media(media="print")
    return printed


@pytest.mark.parametrize(
    "page", ["cases", "comparisons", "compare", "matrix.html", "audits.html", "index.html", "timeline.html"]
)
def test_paper_loses_no_text(paper: Page, address: str, site: Path, page: str) -> None:
    """Every character of the page stands on paper too, and nothing is cut off at an edge."""
    printed = open_page(paper, address, site, page)
    on_paper = Counter(folded("".join(sheet.extract_text() for sheet in printed.pages)))
    assert Counter(folded(paper.evaluate(SEEN))) - on_paper == Counter()
    width, height = printed.pages[0].mediabox[2:]
    paper.set_viewport_size({"width": int(SHEET["portrait" if width < height else "landscape"]), "height": 900})
    assert paper.evaluate(CLIPPED) == []
    assert paper.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_paper_says_what_it_is(paper: Page, address: str, site: Path) -> None:
    """Every sheet of a case carries its title, the date of the data and its number."""
    sheets = [folded(sheet.extract_text()) for sheet in open_page(paper, address, site, "cases").pages]
    title = folded(paper.title().split(" · ")[0])
    for number, sheet in enumerate(sheets, 1):
        assert title in sheet and re.search(r"\d{4}年\d+月\d+日", sheet) and f"{number}/{len(sheets)}" in sheet
