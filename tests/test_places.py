"""Tile maps: what an editor arranges, what is counted on it, and what a reader gets."""

import re

from casebook.analyse import analyse
from casebook.analyse.tiles import SHADES
from casebook.corpus import Corpus
from casebook.rules import check
from tests.conftest import Tab
from tests.tiny import tiny

TILES = """maps:
  - name: 甲市
    tiles:
      - {name: 东河镇, label: 东河, label_en: East, row: 1, column: 2}
      - {name: 西镇, row: 1, column: 1}
      - {name: 北镇, row: 2, column: 1}
"""

# Lightness of each shade, from none to the darkest, and the contrast of the words on it.
LIGHTNESS = """(shades) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d");
    const light = (colour) => {
        canvas.clearRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((each) =>
            each <= 10 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const tile = document.querySelector(".tiles li:has(a)");
    return Array.from({ length: shades + 1 }, (_, shade) => {
        tile.className = `shade-${shade}`;
        const words = light(getComputedStyle(tile.firstElementChild).color);
        const ground = light(getComputedStyle(tile).backgroundColor);
        return [ground, (Math.max(words, ground) + 0.05) / (Math.min(words, ground) + 0.05)];
    });
}"""


def place(town: str = "", city: str = "甲市") -> str:
    inner = f", town: {{name: {town}, inferred: true}}" if town else ""
    return f"place: {{city: {{name: {city}, inferred: true}}{inner}}}"


def mapped(*cases: str) -> Corpus:
    return tiny(*cases, files={"vocabulary/tiles.yml": TILES})


def test_a_name_may_hold_the_signs_that_keep_names_apart() -> None:
    """A stroke or a comma inside a name is no step to another place; each place keeps its name and its cases."""
    corpus = tiny(place("甲/", "乙/丙"), place("丙", "乙"), place('"丁, 戊"', "乙"))
    results = analyse(corpus)
    facet = next(facet for facet in results.facets if facet.id == "place")
    assert {(value.label, value.depth, value.count) for value in facet.values} == {
        ("乙/丙", 0, 1), ("甲/", 1, 1), ("乙", 0, 2), ("丙", 1, 1), ("丁, 戊", 1, 1)
    }  # fmt: skip
    assert len({value.id for value in facet.values}) == 5 and not any("," in value.id for value in facet.values)


def test_tiles_stand_row_by_row_and_none_is_left_out() -> None:
    """Reading order is the order of the picture; a place without a case has its tile like every other."""
    (sheet,) = analyse(mapped(place("东河镇"), place("东河镇"), place("西镇"))).sheets.sheets
    assert [(c.tile.name, c.cases, c.shade) for c in sheet.tiles] == [
        ("西镇", 1, SHADES // 2),
        ("东河镇", 2, SHADES),
        ("北镇", 0, 0),
    ]
    assert sheet.columns == 2


def test_umbrellas_and_mentions_are_told_apart_from_cases() -> None:
    """What is no case does not darken a tile, but is counted beside it."""
    mention = place("西镇") + "\nkind: mention\nparent: case-0"
    (sheet,) = analyse(mapped(place("东河镇"), mention)).sheets.sheets
    assert {c.tile.name: (c.cases, c.entries) for c in sheet.tiles}["西镇"] == (0, 1)


def test_what_has_no_tile_is_shown_beside_the_map() -> None:
    """No case falls out of the picture: other towns, cases of the whole city, and other cities are all listed."""
    sheets = analyse(mapped(place("南镇"), place(), place("乙镇", "乙市"))).sheets
    (sheet,) = sheets.sheets
    assert [node.name for node in sheet.beside] == ["南镇"]
    assert sheet.loose == ("case-1",)
    assert [node.name for node in sheets.elsewhere] == ["乙市"]


def test_an_editor_is_warned_of_a_place_without_a_tile() -> None:
    """A slip in a name would take the case off the map; the remedy says what was probably meant."""
    (problem,) = check(mapped(place("东何镇")))
    assert (problem.rule, problem.path) == ("place-without-tile", "cases/case-0.yml")
    assert "东河镇" in problem.remedy("zh") and "东河镇" in problem.remedy("en")
    assert not check(mapped(place("东河镇"), place("乙镇", "乙市")))


def test_without_an_arrangement_there_is_no_map() -> None:
    """The engine invents no picture of a country."""
    sheets = analyse(tiny(place("东河镇"))).sheets
    assert not sheets.sheets and not sheets.elsewhere


def test_tiles_lead_to_their_places_and_say_so(tab: Tab) -> None:
    """With keys or a finger: every tile with a case is a link that says whose cases are how many."""
    page = tab.open("places/index.html")
    tiles = page.locator(".tiles a")
    assert tiles.count() > 1
    assert all(re.search(r"\d+ 个案例", tile.text_content() or "") for tile in tiles.all())
    label = re.split(r"\d", tiles.first.text_content() or "")[0].strip()
    tiles.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places/*-*.html")
    assert page.locator("h1").inner_text().startswith(label)


def test_the_table_beside_the_map_has_the_same_numbers(tab: Tab) -> None:
    """Who cannot see the tiles reads the same: each place with a case has a row, the others are named."""
    page = tab.open("places/index.html")
    for one in page.locator(".tile-map").all():
        numbers = sorted(int(number) for number in one.locator(".tiles b").all_inner_texts())
        rows = one.locator("tbody tr").evaluate_all("(rows) => rows.map((row) => Number(row.cells[1].textContent))")
        without = len(numbers) - len(rows)
        assert numbers == sorted([0] * without + rows)
        assert not without or str(without) in one.locator("p.dim").inner_text()


def test_shades_differ_in_grey(tab: Tab) -> None:
    """More cases are darker on paper without colour; what a tile says is readable on every shade, in the dark too."""
    for scheme, media in (("light", "screen"), ("dark", "screen"), ("light", "print")):
        tab.page.emulate_media(color_scheme=scheme, media=media)  # type: ignore[arg-type]
        page = tab.open("places/index.html")
        grounds, contrasts = zip(*page.evaluate(LIGHTNESS, SHADES), strict=True)
        assert list(grounds) == sorted(set(grounds), reverse=scheme == "light")
        assert min(contrasts) >= 4.5
