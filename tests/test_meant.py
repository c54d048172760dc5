"""What somebody probably meant who typed something else; nothing where there is no telling."""

from collections.abc import Callable

import pytest

from casebook.meant import (
    LONGEST,
    address_meant,
    closest,
    date_meant,
    id_meant,
    locator_meant,
    number_meant,
    period_meant,
    quantity_meant,
    start_meant,
)

GUESSES: dict[Callable[[str], str], dict[str, str]] = {
    id_meant: {
        "Party_Core": "party-core",
        " a  b/c ": "a-b-c",
        "ＡＢ－１": "ab-1",
        "A" * 60: "a" * 60,
        "A" * 61: "",
        "Con": "",
        "党建": "",
        "a党": "",
        "--": "",
    },
    locator_meant: {
        "第6行": "L6",
        "L 6": "L6",
        "L6-8": "L6-L8",
        "8~6行": "L6-L8",
        "L0-L6": "L6",
        "L06": "L6",
        "6、8": "",
        "6和8": "",
        "6 7 8": "",
        "第行": "",
    },
    date_meant: {
        "2018年": "2018",
        "2018年9月": "2018-09",
        "2018 年 9 月 1 日": "2018-09-01",
        "2018.9.1": "2018-09-01",
        "2018/09": "2018-09",
        "２０１８年９月": "2018-09",
        "成立于2018年": "2018",
        "2018-9/1": "",
        "2018 9": "",
        "20180901": "",
        "2018年123月": "",
        "12018年": "",
        "2018年13月": "",
        "2018年2月30日": "",
        "2018年9月，2019年": "",
        "2018年第3届": "",
        "去年": "",
    },
    period_meant: {
        "2018年9月": "2018-09",
        "2019年至2020年12月": "2019/2020-12",
        "2019-2020": "2019/2020",
        "2019年9月1日—9日": "",
        "2020年至2019年": "",
        "2018、2019、2020年": "",
        "2019年至2020年13月": "",
        "": "",
    },
    start_meant: {"not_stated": "not-stated", "Not stated": "not-stated", "unstated": "", "2018年": ""},
    address_meant: {
        "HTTPS://Example.org/报?a=%20&b#c": "https://example.org/%E6%8A%A5?a=%20&b#c",
        " https://example.org ": "https://example.org",
        "https://Example.org/A/B": "https://example.org/A/B",
        "https://example.org/a b": "https://example.org/a%20b",
        "https://example.org": "",
        "example.org": "",
        "ftp://Example.org": "",
        "https://LOCALHOST/": "",
    },
    number_meant: {
        "11,725": "11725",
        "1.2万": "12000",
        "近1.2万": "12000",
        "3。2": "3.2",
        "3。": "3",
        "三": "3",
        "15人": "15",
        "15%": "15",
        "3至5": "3~5",
        "3和5": "",
        "很多": "",
    },
}
TABLE = [(guess, typed, meant) for guess, table in GUESSES.items() for typed, meant in table.items()]


@pytest.mark.parametrize(
    ("guess", "typed", "meant"), TABLE, ids=[f"{guess.__name__} {typed}" for guess, typed, _ in TABLE]
)
def test_a_guess_is_well_formed_or_nothing(guess: Callable[[str], str], typed: str, meant: str) -> None:
    assert guess(typed) == meant


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("近2万人", "20000 人"),
        ("3.2平方公里", "3.2 平方公里"),
        ("2万", "20000"),
        ("2人3人", ""),
        ("数人", ""),
        ("", ""),
    ],
)
def test_a_quantity_is_the_only_number_with_its_unit(phrase: str, meant: str) -> None:
    assert quantity_meant(phrase, {"人", "平方公里"}) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("councl", "council"),
        ("COUNCIL", "council"),
        ("Party_core", "party-core"),
        ("party core", "party-core"),
        ("党建引领", "party-core"),
        ("党建", "party-core"),
        ("议事", ""),
        ("引", "party-core"),
        ("", ""),
        ("budget", ""),
    ],
)
def test_the_closest_is_found_by_itself_or_by_its_label(typed: str, meant: str) -> None:
    """By letters of a label only where no other label has them."""
    labels = {"党建引领": "party-core", "村民议事会": "council", "社区议事厅": "council-room"}
    assert closest(typed, ["council", "party-core", "council-room"], labels) == meant


def test_a_guess_is_neither_wild_nor_costly() -> None:
    """A text is compared only up to a length, and however much alike, only to what may be meant."""
    assert closest("a" * LONGEST, ["a" * LONGEST]) == "a" * LONGEST
    assert closest("a" * (LONGEST + 1), ["a" * (LONGEST + 1)]) == ""
    assert closest("abcd", ["abce"]) == "abce"
    assert closest("abcd", ["abce"], cutoff=0.8) == ""
    assert closest("a_b C", ["a-b-c"], cutoff=1) == "a-b-c"
    assert closest("abcd", []) == "" and closest("", [], {"abcd": "x"}) == ""
