"""From text to HTML, script, cell and terminal: what may pass, and that everything else stays text."""

import csv
import html
import io
import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment
from markdown_it import MarkdownIt
from markupsafe import Markup

from casebook.exports import Table
from casebook.model.address import address_fault
from casebook.problems import Problem, as_json, as_text, printable
from casebook.prose import links
from casebook.render.environment import open_templates
from casebook.render.escape import finalize, plain
from casebook.render.explorer import script
from casebook.render.prose import prose
from casebook.render.site_file import SiteFile
from casebook.render.words import Words
from casebook.report import as_records, make_report
from casebook.report.codequality import as_issues
from casebook.report.text import as_text as text_for_people
from tests.conftest import ROOT
from tests.hostile.payloads import MARKDOWN, PLAIN
from tests.tiny import tiny

ADDRESS = "comparisons/points.html"
# What prose may become.
TAGS = frozenset(
    "h2 h3 h4 p ul ol li strong em code pre blockquote hr br a table thead tbody tr th td del sup sub dl dt dd".split()
)
ATTRIBUTES = {("a", "href"), ("a", "rel")}


@pytest.mark.parametrize("payload", [*PLAIN, *MARKDOWN])
def test_plain_text_comes_back_from_html_as_it_was(payload: str) -> None:
    """One line, no sign that Markdown or HTML knows, and the same letters once it is read."""
    shown = str(plain(payload))
    assert html.unescape(shown).strip() == " ".join(payload.split())
    assert not re.search(r"[<>\"'`*_\[\](){}|\\~^$=+!@%/:-]", shown)
    assert re.fullmatch(r"(?:[^&#;]|&#\d+;)*", shown)


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("https://example.org/a?b=(c)", True),
        ("http://example.org", True),
        ("#top", True),
        ("../method.html", True),
        ("../data/cases.csv", True),
        ("councils.html#x", True),
        ("x.html", True),
        ("a/b-c_1/x.html", True),
        ("../index.html", True),
        ("#x y", False),
        ("#", False),
        ('#x"', False),
        ("#测", False),
        ("https://example.org#x", True),
        ("HTTPS://example.org", False),
        ("x.html?y", False),
        ("x", False),
        ("./x.html", False),
        ("x/../y.html", False),
        ("x//y.html", False),
        ("X.html", False),
        ("x.html\n", False),
        ("../../method.html", False),
        ("../x/../../y.html", False),
        ("/method.html", False),
        ("//example.org/x", False),
        ("\\\\example.org\\x", False),
        ("mailto:a@example.org", False),
        ("javascript:alert`x`", False),
        ("ftp://example.org", False),
        ("https:example.org", False),
        ("http://localhost/", False),
        ("http://127.1/", False),
        ("?q=1", False),
        ("..", False),
        ("%2e%2e/x.html", False),
        ("", False),
    ],
)
def test_a_link_in_prose_leads_into_the_site_or_to_a_public_address(href: str, leads: bool) -> None:
    shown = prose(f"[x](<{href}>)", "comparisons/points.html")
    assert ("href=" in shown) == leads
    assert "x" in shown


def test_a_link_that_leads_astray_is_found_in_its_line() -> None:
    """In paragraphs of several lines, lists and tables; one that leads well, an image or a bare address is none."""
    text = "[a](x.html)![b](/)\n\n[c](https://example.org) ftp://d\n[e](/e) `[f](/f)` [g](ftp://g)  \n[h](/h)\n\n"
    text += "- [i](//i)\n\n| [j](/j) |\n| - |\n| [k](../../k.html) |\n"
    assert links.strays(text, "comparisons/points.html") == (
        *((0, "/"), (3, "/e"), (3, "ftp://g"), (4, "/h"), (6, "//i"), (8, "/j"), (10, "../../k.html")),
    )


def test_a_table_defuses_what_a_spreadsheet_would_run() -> None:
    assert [_in_a_table(cell) for cell in DEFUSED] == list(DEFUSED.values())
    assert Table(("c",), (("X",),)).csv() == "\ufeffc\r\nX\r\n"


DEFUSED = {
    **{f"{sign}1": f"'{sign}1" for sign in "=+-@＝＋－＠﹦﹢﹣﹫"},
    " =1": "' =1",
    "\u3000=1": "'\u3000=1",
    '"=1': "'\"=1",
    # what follows begins a cell where a spreadsheet splits at other signs, or does not know our quotes
    "x;=1": "x;'=1",
    'x; "=1"': 'x;\' "=1"',
    "x\t@y": "x\t'@y",
    "x\n+1": "x\n'+1",
    "x\r\n-1": "x\r'\n'-1",
    "=1;＝2": "'=1;'＝2",
    "\t=1": "'\t'=1",
    # and what is no formula anywhere
    **{text: text for text in ("", "1", "x=1", "a-b; c+d", "x, =1", "a; b", "'=1", "x@y", "1\n2")},
}


def _in_a_table(cell: str) -> str:
    (row,) = list(csv.reader(io.StringIO(Table(("c",), ((cell,),)).csv()[1:], newline="")))[1:]
    return "".join(row)


@given(st.text(alphabet="=+-@＝;\t\r\n\"' x1", max_size=20))
def test_no_part_of_a_line_begins_a_formula(cell: str) -> None:
    """However a spreadsheet splits lines, and whether or not it knows our quotes."""
    (line,) = Table((), ((cell,),)).csv()[1:].removeprefix("\r\n").rsplit("\r\n", 1)[:1]
    for part in re.split("[;\t\r\n]", line):
        assert not re.match(r"[\s\"]*[=+\-@＝]", part)


class Shown(HTMLParser):
    """What a piece of prose became."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name) for name, _ in attrs]
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def assert_tight(text: str) -> Shown:
    """Only tags and attributes of the list; links only to public addresses, into the site or to the page itself."""
    shown = Shown(str(prose(text, ADDRESS)))
    assert set(shown.tags) <= TAGS
    assert set(shown.attributes) <= ATTRIBUTES
    for link in shown.links:
        inside = re.fullmatch(r"#.*|(?:\.\./)?[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.[a-z]+(?:#.*)?", link, re.DOTALL)
        assert inside or address_fault(link) is None, link
    return shown


@pytest.mark.parametrize("payload", [*MARKDOWN, *PLAIN])
def test_hostile_prose_becomes_nothing_but_harmless_tags(payload: str) -> None:
    assert_tight(payload)


@pytest.mark.parametrize("payload", [*MARKDOWN, *PLAIN])
def test_each_of_the_two_nets_holds_alone(payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Markdown makes no tag that is not of the list; the filter stops what a laxer Markdown would have made."""
    assert set(Shown(links.MARKDOWN.render(payload)).tags) <= TAGS | {"h1", "h5", "h6"}
    monkeypatch.setattr("casebook.render.prose.MARKDOWN", MarkdownIt("commonmark", {"html": True}).enable("table"))
    assert_tight(payload)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![x](../method.html)", "!x"),
        ("[x]\n\n[x]: https://example.org", "[x]\n[x]: https://example.org"),
        ("<https://example.org> https://example.org", "<https://example.org> https://example.org"),
        ("<b>x</b>\n\n<div>y</div>\n\n<!-- z -->", "<b>x</b>\n<div>y</div>\n<!-- z -->"),
        ('<a href="https://example.org">x</a> &copy; &#60;', '<a href="https://example.org">x</a> © <'),
        ('[x](../method.html "title") ~~y~~', "x ~~y~~"),
    ],
)
def test_what_prose_is_not_made_of_is_shown_as_it_was_typed(text: str, shown: str) -> None:
    assert assert_tight(text).text.strip() == shown


PIECES = [
    *" \n\t[]()<>!\"'`*_~#|\\&;:/-=+.{}$^@?%",
    "\n\n",
    "    ",
    "](",
    "![",
    "<!--",
    "-->",
    "&#",
    "&lt;",
    "javascript:",
]
PIECES += [
    "http://",
    "https://example.org",
    "//",
    "data:text/html,",
    "onclick=",
    "<script>",
    "</p>",
    "```",
    "| - |",
    "[x]:",
]


@given(st.lists(st.sampled_from([*PIECES, *MARKDOWN, "x", "文"]), max_size=40).map("".join))
def test_whatever_is_written_becomes_nothing_but_harmless_tags(text: str) -> None:
    assert_tight(text)


@given(st.text(max_size=200))
def test_any_text_becomes_nothing_but_harmless_tags(text: str) -> None:
    assert_tight(text)


def test_prose_keeps_what_prose_is_made_of() -> None:
    """The filter takes nothing away that an editor needs."""
    text = "## 标题\n\n### 小标题\n\n#### 更小的\n\n```\n代码\n```\n"
    text += "\n一**二***三*`四`\\\n五\n\n- 甲\n- 乙\n\n1. 丙\n\n> 丁\n\n---\n"
    text += "\n| 列 |\n| :-: |\n| [戊](../method.html) |\n"
    assert assert_tight(text).tags == [
        *("h2", "h3", "h4", "pre", "code", "p", "strong", "em", "code", "br", "ul", "li", "li", "ol", "li"),
        *("blockquote", "p", "hr", "table", "thead", "tr", "th", "tbody", "tr", "td", "a"),
    ]
    assert 'rel="noopener"' in prose("[x](https://example.org)")
    assert prose("[x](method.html)") == '<p><a href="method.html" rel="noopener">x</a></p>\n'
    assert prose("x\n===\n") == "<p>x\n===</p>\n", "a heading of the page is its template's"


# ---------------------------------------------------------------- templates


@given(st.text(max_size=100))
@example("  a \n\t b  ")
def test_any_text_is_one_line_of_entities(text: str) -> None:
    """Letters of any script stay, all ASCII punctuation is spelled by number, blanks of any kind become one."""
    shown = str(plain(text))
    assert html.unescape(re.sub(r"&#\d+;", lambda found: found[0], shown)) == re.sub(r"\s+", " ", text) or "&" in text
    assert not re.search(r"[!-/:-@\[-`{-~]", re.sub(r"&#\d+;", "", shown))
    assert "\n" not in shown


def test_what_a_template_prints_is_text_unless_we_made_it() -> None:
    """The default of every template; a value that is not there is an error, never an empty place."""
    assert finalize("<b>") == "&#60;b&#62;"
    assert finalize(3) == "3"
    assert finalize(Markup("<b>")) == "<b>"
    assert isinstance(finalize("x"), Markup)
    with pytest.raises(ValueError, match="not there"):
        finalize(None)


@pytest.mark.parametrize(
    "payload", ["{{ 7 * 7 }}", "{% raw %}", "{# x #}", "{{ config.__class__ }}", "<b>", "*x*", "|"]
)
def test_a_value_is_never_a_template(payload: str) -> None:
    templates = open_templates(ROOT / "templates")
    shown = templates.environment.from_string("{{ value }}").render(value=payload)
    assert html.unescape(shown) == payload
    assert not re.search("[{}<>*|]", shown)
    assert isinstance(templates.environment, Environment) and templates.environment.autoescape is True
    with pytest.raises(Exception, match="undefined"):
        templates.environment.from_string("{{ nobody }}").render()


# ---------------------------------------------------------------- scripts, front matter, cells


@given(st.recursive(st.text(max_size=20), lambda inner: st.lists(inner, max_size=3), max_leaves=6))
@example("</script><script>alert(1)</script>\u2028\u2029<!--")
def test_data_in_a_script_is_data(value: object) -> None:
    """It cannot end the script it stands in, and comes back as it was."""
    text = script("show", value, 1)
    assert "<" not in text and "\u2028" not in text and "\u2029" not in text
    assert text.startswith("show(") and text.endswith(",1);\n")
    assert json.loads("[" + text[len("show(") : -len(");\n")] + "]") == [value, 1]


def test_data_in_a_script_is_short() -> None:
    """No blanks, Chinese as it is, keys in their order."""
    assert script("show", {"乙": [1, 2], "甲": "x"}) == 'show({"乙":[1,2],"甲":"x"});\n'


@pytest.mark.parametrize(
    "title", ["𠮷村", "a: b", "- x", "'\"", "{x}", "[x]", "# x", "&x *y", "!x", "%x", "@x", "---", "no", "1"]
)
def test_a_title_reaches_the_page_as_it_was(title: str) -> None:
    """MkDocs reads a page's head as YAML: a title is none, and a rare character is one."""
    from mkdocs.utils import meta

    text, head = meta.get_data(SiteFile("x.md", "正文", meta={"title": title}).markdown())
    assert (head["title"], text) == (title, "正文")


# ---------------------------------------------------------------- terminals


COMMANDS = (
    "::error::x",
    "##[error]x",
    "##vso[x]",
    "##teamcity[x]",
    "x\n::error::y",
    "\x1b[31mx",
    "\x9bx",
    "\u202ex",
    "\udc80",
)


@pytest.mark.parametrize("text", COMMANDS)
@pytest.mark.parametrize("where", ["path", "text"])
def test_a_problem_commands_nobody(text: str, where: str) -> None:
    """Neither a terminal nor a CI system obeys what stands in a file or in its name."""
    path = text if where == "path" else "cases/x.yml"
    problem = Problem(path, 1, 1, "not-an-id", {"text": text, "suggestion": ""})
    made = make_report({path: f"name: {text}\n".encode(errors="replace")}, [problem], "en")
    records = as_json(as_records(made))
    for told in (as_text([problem], "zh"), text_for_people(made), records, as_json(as_issues(made))):
        told.encode()
        assert all(character.isprintable() or character == "\n" for character in told)
        assert not re.search(r"^\s*::|##[\[a-z]", told, re.MULTILINE)
    assert json.loads(records)["problems"][0]["path"] == path


def test_what_is_harmless_is_printed_as_it_is() -> None:
    """Only what would do something is spelled out; what is long is cut."""
    assert printable("## 分析 # x ##") == "## 分析 # x ##"
    assert printable("a\tb\u200b") == "a<U+0009>b<U+200B>"
    assert printable("##[x]") == "#<U+0023>[x]"
    assert printable("字" * 120) == "字" * 120
    assert printable("字" * 121) == "字" * 119 + "…"


def test_braces_in_a_value_are_no_placeholder() -> None:
    """A phrase is filled in one pass, whatever the values say."""
    words = Words({"both": "{one} {two} {three}"}, tiny())
    assert words.t("both", one="{two}", two="{one}{{x}}") == "{two} {one}{{x}} {three}"
