"""The engine knows no field: other corpora, in another language, are built by the same code and say their own words.

Every folder of `tests/sites/` is a small report of another field: `content/` is what the engine reads, `archive/` the
documents that its sources speak of, where they are at hand.
"""

import ast
import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import jinja2
import pytest
import yaml
from jinja2 import nodes

from casebook.analyse.coverage import ABSENT, FIELDS, INFERRED, STATED
from casebook.analyse.facets import FACETS
from casebook.corpus import VOCABULARIES, Corpus, citations
from casebook.folder import read_content
from casebook.load import load
from casebook.model.case import Absence, Decoded, Kind, ObservationStatus, Status, Verdict
from casebook.model.vocabulary import Direction
from casebook.quantities import Bound
from casebook.render.pages import SINGLE
from casebook.render.searching import SEARCH_KINDS
from casebook.search.index import QUESTION_WORDS
from tests.conftest import ROOT, Tab, run

SITES = sorted(path.parent for path in (ROOT / "tests" / "sites").glob("*/content"))
ENGINE = sorted((ROOT / "casebook").rglob("*.py"))
TEMPLATES = sorted(path for end in ("jinja", "html", "js") for path in (ROOT / "templates").rglob(f"*.{end}"))

CJK = re.compile(
    "[\u2e80-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31ef\u3200-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U000323af]"
)
"""Han characters and the punctuation and full-width signs that come with them."""


def corpus_of(content: Path) -> Corpus:
    files, found = read_content(content)
    corpus, problems = load(files)
    assert corpus is not None and not [*found, *problems]
    return corpus


# ---------------------------------------------------------------- every site, built


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Builds a folder of `tests/sites/` as a person does; each of them once, also where that fails."""

    @cache
    def done(name: str) -> tuple[Path, str]:
        out = tmp_path_factory.mktemp(name) / "site"
        told = run("build", "--content", f"tests/sites/{name}/content", "--out", str(out), "--lang", "en")
        return out, told.stderr[-2000:] if told.returncode or "WARNING" in told.stderr else ""

    def built(name: str) -> Path:
        out, wrong = done(name)
        if wrong:
            pytest.fail(wrong, pytrace=False)
        return out

    return built


@pytest.fixture(params=[path.name for path in SITES])
def any_site(request: pytest.FixtureRequest, build: Callable[[str], Path]) -> tuple[Path, Path]:
    """A folder of `tests/sites/` and what was built of it."""
    return ROOT / "tests" / "sites" / request.param, build(request.param)


@pytest.fixture(scope="module")
def site(build: Callable[[str], Path]) -> Path:
    """The report on ponds; stands in for the real content wherever a test of this file opens a page."""
    return build("ponds")


class Seen(HTMLParser):
    """What a page shows: its text, the cells of its tables without the marks of evidence, all words of attributes."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.attributes: list[str] = []
        self.pieces: list[str] = []
        self._unseen = ""
        self._cell = False
        self.feed(path.read_text(encoding="utf-8"))
        self.text = " ".join("".join(self.pieces).split())
        self.table = [tuple(" ".join(cell.split()) for cell in row) for row in self.rows]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [value for _, value in attrs if value]
        if tag in ("script", "style") or (tag == "a" and ("class", "ev") in attrs):
            self._unseen = tag
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self._cell = True
            self.rows[-1].append("")
        if self._cell and tag == "a":
            self.rows[-1][-1] += dict(attrs).get("title") or ""  # all that the marks of the matrix say

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        self._cell = self._cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self.pieces.append(data)
        if self._cell:
            self.rows[-1][-1] += data


def test_there_are_sites() -> None:
    """An empty folder would make every test below pass."""
    assert "ponds" in [path.name for path in SITES]


def test_a_site_is_whole(any_site: tuple[Path, Path]) -> None:
    """Any field gets all pages: home, every case and tombstone, matrix, every indicator, the data."""
    folder, built = any_site
    corpus = corpus_of(folder / "content")
    wanted = [f"{path}.html" for path, _, _ in SINGLE] + ["index.html", "404.html"]
    wanted += [f"cases/{id}.html" for id in (*corpus.cases, *corpus.tombstones)]
    wanted += [f"{kind}/{id}.html" for kind in ("mechanisms", "indicators") for id in corpus.terms[kind]]
    wanted += [f"data/{name}.csv" for name in ("cases", "findings", "formulas", "observations")]
    assert [path for path in wanted if not (built / path).is_file()] == []


def test_an_english_site_shows_no_chinese(any_site: tuple[Path, Path]) -> None:
    """Words and punctuation come from the content and the interface's language, never from the engine."""
    folder, built = any_site
    if corpus_of(folder / "content").site.interface != "en":
        pytest.skip("not an English site")
    found = {
        f"{path.relative_to(built)}: {text.strip()}"
        for path in sorted(built.rglob("*.html"))
        for seen in [Seen(path)]
        for text in (*"".join(seen.pieces).split("\n"), *seen.attributes)
        if CJK.search(text)
    }
    # What scripts bring into a page, and what readers take away.
    for pattern in ("assets/explore-*/*.js", "assets/search-*/text-*.js", "data/*.csv"):
        found |= {str(path.relative_to(built)) for path in built.glob(pattern) if CJK.search(path.read_text("utf-8"))}
    assert found == set()


GENERATED = """() => [...document.querySelectorAll("*")].flatMap((element) => [
    getComputedStyle(element, "::before").content, getComputedStyle(element, "::after").content,
    element.localName === "q" ? getComputedStyle(element).quotes : ""])"""


@pytest.mark.parametrize("address", ["index.html", "cases/alder-green.html", "formulas.html", "coverage.html"])
def test_the_style_sheet_adds_no_chinese(tab: Tab, address: str) -> None:
    """Brackets and quotation marks that the style sheet draws are those of the page's language."""
    assert {text for text in tab.open(address).evaluate(GENERATED) if CJK.search(text)} == set()


@pytest.mark.parametrize("folder", [path for path in SITES if (path / "archive").is_dir()], ids=lambda path: path.name)
def test_a_site_quotes_its_documents(folder: Path) -> None:
    """What the small corpora say is evidence like any other: letter for letter, on the lines that are cited."""
    corpus = corpus_of(folder / "content")
    lines: dict[str, list[str]] = {}
    for id, record in corpus.sources.items():
        data = (folder / "archive" / f"{id}.txt").read_bytes()
        lines[id] = data.decode("utf-8").splitlines()
        counted = (sha256(data).hexdigest(), len(lines[id]), len("".join(data.decode("utf-8").split())))
        assert (record.sha256, record.lines, record.characters) == counted
    for id, case in corpus.cases.items():
        for loc, claim in citations(case):
            first, _, last = claim.locator.replace("L", "").partition("-")
            cited = lines[corpus.source_of(case, claim)][int(first) - 1 : int(last or first)]
            assert claim.as_stated in "\n".join(cited), (id, loc)


# ---------------------------------------------------------------- the report on ponds


def test_checking_the_ponds_finds_nothing() -> None:
    """The rules hold for another field too, with English limits, units and number words."""
    done = run("check", "--content", "tests/sites/ponds/content", "--lang", "en")
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing is wrong with 6 case files.")


def test_the_home_page_counts_the_ponds(site: Path) -> None:
    """Programmes and mentions are told apart from cases in any field."""
    seen = Seen(site / "index.html")
    assert "4 cases 2 regions 14 findings on mechanisms 23 figures with their source 2 sources" in seen.text
    assert "Programmes (1) and passing mentions (1)" in seen.text
    assert ("Desilting", "3", "1", "0", "0") in seen.table
    assert "Described most often: Desilting, in 4 of 4 cases" in seen.text


def test_a_case_page_says_what_the_file_says(site: Path) -> None:
    """Facts, formulas, findings with signs that Markdown and HTML would take for their own, figures, honours."""
    seen = Seen(site / "cases" / "alder-green.html")
    assert "Subcase · Fenshire Ponds Programme Alder Green The village pond of Alder Green, cleared by" in seen.text
    assert "England inferred" in seen.text
    assert "the five-pond rule not explained in the source" in seen.text
    assert "Monitoring: Depth is read each week; <30 cm | dry counts as dry" in seen.text
    assert [row[:5] for row in seen.table if row[0] in ("Water held", "Dragonflies")] == [
        ("Water held", "pond", "about 3,800 cubic metres", "not stated", "Reported"),
        ("Dragonflies", "", "11–14 species", "2023", "Reported"),
    ]
    assert re.search(r"2023 Honour Fenshire Parish of the Year\W+Alder Green Parish Council", seen.text)
    assert "covers 0.42 hectares Fenshire Ponds Programme: the first three years · line 7" in seen.text


def test_absence_has_its_own_words(site: Path) -> None:
    """A figure that is blanked out differs from one that is not given; former and disputed names are shown as such."""
    seen = Seen(site / "cases" / "mill-lane.html")
    assert [row[1:5] for row in seen.table if row[0] in ("Money spent", "Praise")] == [
        ("seed grant", "blanked out in the source", "not stated", "Reported"),
        ("rank in the county", "not stated", "not stated", "Claim"),
    ]
    assert "Saltby also written Salteby in the source formerly Saltby Magna" in seen.text


def test_a_renamed_case_points_at_its_successor(site: Path) -> None:
    """An address that was published keeps working."""
    seen = Seen(site / "cases" / "saltby-pond.html")
    assert "This case has been renamed. Its page is now Mill Lane" in seen.text
    assert "mill-lane.html" in seen.attributes


def test_the_matrix_tells_verdicts_apart(site: Path) -> None:
    """One row a case, one column a mechanism of whatever vocabulary."""
    table = Seen(site / "matrix.html").table
    heads = ("Desilting", "Fencing", "Weed control", "Pond wardens", "Monitoring", "Seed grant")
    assert heads in table
    said = {row[0]: [cell.rpartition(": ")[2] for cell in row[1:]] for row in table}
    assert said["Mill Lane"] == ["In place", "In place", "", "In place", "", "In place"]
    assert said["Thorncote Churchyard"] == ["Planned", "", "", "Planned", "", ""]


def test_an_indicator_compares_in_the_canonical_unit(site: Path) -> None:
    """Acres stand on the axis of hectares, yet are shown as stated; what is planned is not compared."""
    seen = Seen(site / "indicators" / "water-area.html")
    assert "Parish: 3 comparable cases, from 0.4 hectares to 0.6 hectares" in seen.text
    assert [(row[0], row[2], row[-1]) for row in seen.table[1:]] == [
        ("Alder Green", "0.42 hectares", "with care: others are approximate (3 cases)"),
        ("Mill Lane", "about 1.2 acres", "with care: approximate (3 cases)"),
        ("Thorncote Churchyard", "0.2 hectares", "no: of the kind “Planned”"),
        ("Pwll Bach", "0.4–0.6 hectares", "with care: approximate (3 cases)"),
    ]


TABLES = {
    "cases": (
        "id,name,kind,parent,level,country,county,parish,settlement,status,started,source",
        "pwll-bach,Pwll Bach,case,,by-parish,Wales,Glanshire,Llanbach,pasture,running,2019-10,glanshire-newsletter",
    ),
    "findings": (
        "case,mechanism,verdict,as_stated,source,locator",
        "thorncote,wardens,planned,to appoint pond wardens,fenshire-report,L15",
    ),
    "formulas": (
        "case,slogan,decoded,part,meaning,source,locator",
        'pwll-bach,"water, weed, wildlife",full,weed,pull the pygmyweed by hand,glanshire-newsletter,L3',
    ),
    "observations": (
        "case,indicator,value,low,high,bound,unit,counted,as_of,status,absent,as_stated,source,locator",
        "alder-green,dragonflies,,11,14,exact,species,Dragonflies,2023,reported,,11 to 14 species of dragonfly,"
        "fenshire-report,L8",
        'pwll-bach,water-volume,200000,,,less-than,litres,pond,,reported,,"holds less than 200,000 litres",'
        "glanshire-newsletter,L4",
        "mill-lane,money,,,,,,seed grant,,reported,redacted,The seed grant came to **** pounds,fenshire-report,L13",
    ),
}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_the_tables_have_the_columns_of_the_field(site: Path, name: str) -> None:
    """The place columns are the ranks of the site; a row is found as it was coded."""
    lines = (site / "data" / f"{name}.csv").read_bytes().decode("utf-8-sig").split("\r\n")
    assert lines[0] == TABLES[name][0]
    assert [row for row in TABLES[name][1:] if row not in lines] == []
    assert len(set(map(len, csv.reader(io.StringIO("\n".join(lines[:-1])))))) == 1


# ---------------------------------------------------------------- the words of the interface


CATALOGUES: dict[str, dict[str, str]] = {
    path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
    for path in (ROOT / "templates" / "interface" / f"{language}.yml" for language in ("zh", "en"))
}


def placeholders(phrase: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", phrase))


def test_both_languages_have_the_same_phrases() -> None:
    """No phrase is missing in one language, and none loses a value that the other shows."""
    shapes = {name: {key: placeholders(text) for key, text in words.items()} for name, words in CATALOGUES.items()}
    assert shapes["zh"] == shapes["en"]
    assert [key for words in CATALOGUES.values() for key, text in words.items() if not text.strip()] == []
    assert [key for key, text in CATALOGUES["en"].items() if CJK.search(text)] == []


Call = tuple[str, list[tuple[str, bool]], set[str]]
"""Where a phrase is asked for, its possible keys (whole, or only how they begin), and the values given to it."""


def calls_in_template(path: Path) -> Iterator[Call]:
    for call in jinja2.Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
        asked = call.node
        if (isinstance(asked, nodes.Name) and asked.name == "t") or (
            isinstance(asked, nodes.Getattr) and asked.attr == "t"
        ):
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            yield where, list(keys_in_template(call.args[0])), {each.key for each in call.kwargs}


def keys_in_template(given: nodes.Expr | nodes.Node | None) -> Iterator[tuple[str, bool]]:
    if isinstance(given, nodes.Const):
        yield str(given.value), True
    elif isinstance(given, nodes.Concat):
        yield from ((text, False) for text, _ in keys_in_template(given.nodes[0]))
    elif isinstance(given, nodes.CondExpr):
        yield from keys_in_template(given.expr1)
        yield from keys_in_template(given.expr2)


def calls_in_code(path: Path) -> Iterator[Call]:
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(call, ast.Call)
            and call.args
            and "t"
            in (
                getattr(call.func, "id", None),
                getattr(call.func, "attr", None),
            )
        ):
            where = f"{path.relative_to(ROOT)}:{call.lineno}"
            yield where, list(keys_in_code(call.args[0])), {each.arg for each in call.keywords if each.arg}


def keys_in_code(given: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(given, ast.Constant):
        yield str(given.value), True
    elif isinstance(given, ast.JoinedStr):
        first = given.values[0]
        yield (str(first.value), False) if isinstance(first, ast.Constant) else ("", False)
    elif isinstance(given, ast.IfExp):
        yield from keys_in_code(given.body)
        yield from keys_in_code(given.orelse)


def test_every_phrase_that_is_asked_for_exists() -> None:
    """A template or view never asks for a phrase nobody wrote, nor hands it a value that it does not show."""
    words = CATALOGUES["en"]
    calls = [call for path in TEMPLATES if path.suffix != ".js" for call in calls_in_template(path)]
    assert len(calls) > 100
    for where, keys, values in [*calls, *(call for path in ENGINE for call in calls_in_code(path))]:
        for key, whole in keys:
            assert key in words if whole else any(name.startswith(key) for name in words), f"{where}: {key}"
            assert not whole or values <= placeholders(words[key]), f"{where}: {key} {sorted(values)}"


def test_every_choice_has_its_word() -> None:
    """Whatever a content file may choose, and however rarely, has a phrase in every language."""
    choices = {
        "kind.": get_args(Kind),
        "status.": get_args(Status),
        "verdict.": (*get_args(Verdict), "silent"),
        "decoded.": get_args(Decoded),
        "observation-status.": get_args(ObservationStatus),
        "absent.": get_args(Absence),
        "bound.": get_args(Bound),
        "direction.": get_args(Direction),
        "basis.": (STATED, INFERRED, ABSENT),
        "case.": FIELDS,
        "facet.": ("place", *FACETS),
        "search.kind-": SEARCH_KINDS,
        "": [phrase for _, phrase, _ in SINGLE],
    }
    asked = {start + choice for start, each in choices.items() for choice in each}
    assert {name: sorted(asked - set(words)) for name, words in CATALOGUES.items()} == {"zh": [], "en": []}


# ---------------------------------------------------------------- no word of the field in the engine


# Modules that may hold Chinese in a string that is no docstring: which characters ("" for any), and why.
CHINESE = {
    "casebook/quantities.py": ("", "the grammar of Chinese numerals, bounds and measure words"),
    "casebook/characters.py": ("", "characters that look like others"),
    "casebook/yamlsyntax.py": ("", "the full-width signs of an input method where YAML wants plain ones"),
    "casebook/yamlerrors.py": ("", "the same signs, where YAML stumbles over them"),
    "casebook/numerals.py": ("", "the numerals of slogans"),
    "casebook/precision.py": ("成", "tenths, which are written as such"),
    "casebook/exports.py": ("＝＋－＠", "signs that begin a formula in some languages' spreadsheets"),
    "casebook/mending/": ("", "the same signs, also in dates and numbers, where they leave no doubt"),
    "casebook/meant.py": ("年月和，、；。", "dates and lists as they are typed where a list was meant"),
    "casebook/periods.py": ("今去前明年", "years that a text names by its own date"),
    "casebook/rules/numbers.py": ("年月日一鿿", "dates inside a phrase"),
    "casebook/search/normalise.py": ("", "which characters a search compares"),
    "casebook/search/index.py": ("".join(QUESTION_WORDS), "what a question is made of, in any field"),
    "casebook/render/words.py": ("亿万年月日、", "numbers, dates and lists as Chinese writes them"),
    "casebook/render/problem_page.py": (
        "内容有错，预览暂停在这里改好并保存后，本页会自动刷新。",
        "shown while the content, and with it the language, cannot be read",
    ),
    "casebook/schemas.py": ("不用：", "what an editor is told of a term, in Chinese as all of `schemas/`"),
    "casebook/editors.py": ("、（）", "lists in the same place"),
    "casebook/commands/": ("", "the help of the command line, in both languages"),
}


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of every string of a module, also inside f-strings, without the docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.lineno, node.value


def test_the_engine_holds_no_chinese_but_what_is_listed() -> None:
    """Another language needs another interface file and no change of code; an entry that is not needed is removed."""
    holding: set[str] = set()
    wrong: list[str] = []
    for path in ENGINE:
        name = path.relative_to(ROOT).as_posix()
        name = next((listed for listed in CHINESE if name.startswith(listed)), name)
        for line, text in strings(path):
            if found := CJK.findall(text):
                holding.add(name)
                allowed, _ = CHINESE.get(name, (" ", ""))
                wrong += [f"{name}:{line}: {text}"] if allowed and not set(found) <= set(allowed) else []
    assert wrong == []
    assert holding == set(CHINESE)


COMMENTS = re.compile(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)


def test_the_templates_hold_no_chinese() -> None:
    """All words of the pages stand in `templates/interface/`, where a translator finds them."""
    for path in TEMPLATES:
        text = COMMENTS.sub("", path.read_text("utf-8"))
        assert [line.strip() for line in text.splitlines() if CJK.search(line)] == [], path.name


def ids_of(corpus: Corpus) -> set[str]:
    """The ids by which a corpus names what it speaks of; single words that any program uses are left out."""
    terms = {id for name in (*VOCABULARIES, "indicators") for id in corpus.terms[name]}
    narrow = {id for name in ("levels", "settlements") for id in corpus.terms[name]}
    return (
        {id for id in terms if "-" in id}
        | narrow
        | {*corpus.cases, *corpus.sources, *(r.id for r in corpus.site.ranks)}
    )


def names_of(corpus: Corpus) -> set[str]:
    """What the corpus calls itself, its cases, and the terms that are of its field."""
    terms = [t for name in ("mechanisms", "actors", "levels", "settlements") for t in corpus.terms[name].values()]
    return {corpus.site.title, *(case.name for case in corpus.cases.values()), *(term.label for term in terms)}


@pytest.mark.parametrize(
    "content", [ROOT / "content", *(path / "content" for path in SITES)], ids=lambda p: p.parent.name
)
def test_the_engine_knows_nothing_of_a_corpus(content: Path) -> None:
    """No rank, level, mechanism, case … has a meaning of its own to the code: what differs stands in the content."""
    corpus = corpus_of(content)
    ids, names = ids_of(corpus), names_of(corpus)
    said = [(f"{path.name}:{line}", text) for path in ENGINE for line, text in strings(path)]
    for path in TEMPLATES:
        text = COMMENTS.sub("", path.read_text("utf-8"))
        said += [(path.name, quoted) for quoted in re.findall(r"""["']([a-z0-9-]+)["']""", text)]
        said += [(path.name, line) for line in text.splitlines()]
    assert {(at, text) for at, text in said if text in ids or any(name in text for name in names)} == set()
