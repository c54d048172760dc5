"""Hostile texts in every field stay text: opened and clicked through from disk, without the help of the page's policy.

Whatever a reader may open is made from one corpus (`tests/hostile/rich.py`) that holds payloads in every field of the
model that takes any text; a field that is added to the model and not to that corpus fails a test here.
"""

import csv
import html
import io
import logging
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page
from pydantic import BaseModel, TypeAdapter, ValidationError

from casebook import rules
from casebook.adapter import build_site
from casebook.corpus import Corpus
from casebook.load import load
from casebook.model import case, comparison, evidence, omission, site, source, vocabulary
from casebook.model.address import address_fault
from casebook.model.base import Model, Refers
from casebook.problems import errors
from tests.conftest import ROOT
from tests.hostile import rich
from tests.hostile.payloads import MARKDOWN, PLAIN

SITE_JS = {path.name for path in (ROOT / "templates" / "theme" / "js").iterdir()}
TAGS = frozenset(
    "a article aside b body br button caption circle clippath code col colgroup datalist dd defs del desc details "
    "div dl dt em "
    "fieldset figcaption figure footer form g h1 h2 h3 h4 head header hr html input label legend li line link "
    "main meta nav ol option p path pattern pre q rect section select small span strong style sub "
    "summary sup svg table tbody td text textarea th thead time title tr ul use script blockquote".split()
)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')
# Fields whose text names something else, as a rule of `check` sees to it.
NOT_FREE = {("Figure", "rows"), ("Dimension", "data"), ("Term", "group"), ("Indicator", "group")}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return rich.corpus(PLAIN, MARKDOWN)


@pytest.fixture(scope="module")
def corpus(files: dict[str, bytes]) -> Corpus:
    loaded, problems = load(files)
    assert loaded is not None and not problems
    return loaded


@pytest.fixture(scope="module")
def built(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of that corpus, its policies taken out. Prose is not held against the data: payloads name no data."""
    content = tmp_path_factory.mktemp("rich") / "content"
    for path, data in files.items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_bytes(data)
    out = content.parent / "site"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(rules, "PROSE", ())
        patched.setenv("SOURCE_DATE_EPOCH", "0")
        logging.disable()  # of the contradictions in these cases, of which there are hundreds
        try:
            build_site(ROOT, content, out)
        finally:
            logging.disable(logging.NOTSET)
    for page in out.rglob("*.html"):
        text, found = POLICY.subn("", page.read_text(encoding="utf-8"))
        assert found == 1, page
        page.write_text(text, encoding="utf-8")
    return out


def pages(built: Path) -> list[Path]:
    return sorted(built.rglob("*.html"))


# ---------------------------------------------------------------- is everything covered?


def free_texts(model: type[BaseModel], seen: set[type[BaseModel]]) -> Iterator[tuple[str, str]]:
    """(model, field) of every field at or below `model` that takes any text and refers to nothing."""
    seen.add(model)
    for name, field in model.model_fields.items():
        for inner in _models(field.annotation):
            if inner not in seen:
                yield from free_texts(inner, seen)
        if _takes_any_text(field) and (model.__name__, name) not in NOT_FREE:
            yield model.__name__, name


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models(argument)


def _takes_any_text(field: Any) -> bool:
    if any(isinstance(mark, Refers) for mark in (*field.metadata, *_marks(field.annotation))):
        return False
    adapter = TypeAdapter(field.rebuild_annotation())
    return any(_accepts(adapter, given) for given in ("<b>", ("<b>",), {"x": "<b>"}, {"x": ("<b>",)}))


def _marks(annotation: Any) -> Iterator[object]:
    yield from getattr(annotation, "__metadata__", ())
    for argument in getattr(annotation, "__args__", ()):
        yield from _marks(argument)


def _accepts(adapter: TypeAdapter[Any], given: object) -> bool:
    try:
        return adapter.validate_python(given) is not None
    except ValidationError:
        return False


def said(value: object) -> Iterator[tuple[str, str, str]]:
    """(model, field, text) of every text in a corpus."""
    if isinstance(value, BaseModel):
        for name in type(value).model_fields:
            for text in _strings(getattr(value, name)):
                yield type(value).__name__, name, text
            yield from said(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from said(item)
    elif isinstance(value, dict):
        yield from said(tuple(value.values()))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | dict):
        for item in value.items() if isinstance(value, dict) else value:
            yield from _strings(item)


def test_there_are_payloads_enough() -> None:
    assert len(set(PLAIN)) >= 50
    assert len(set(MARKDOWN)) >= 80


def test_every_field_that_takes_any_text_holds_every_payload(corpus: Corpus) -> None:
    """Found by the model itself: whoever adds a field adds it to the corpus of payloads."""
    roots = (
        *(case.Case, case.Tombstone, comparison.Comparison, omission.Omissions, site.Site, source.Source),
        *(vocabulary.Vocabulary, vocabulary.Indicators, vocabulary.Units, vocabulary.Derived),
    )
    free = {found for root in roots for found in free_texts(root, set())}
    assert {("Case", "summary"), ("Unit", "symbol"), ("Figure", "stages")} <= free
    held: dict[tuple[str, str], str] = {}
    for document in corpus.documents.values():
        for model, name, text in said(document.model):
            held[model, name] = held.get((model, name), "") + text + "\n"
    # What is normalised when it is a key, or would be a reference, has another form there.
    missing = {
        field: [p for p in PLAIN if p not in held.get(field, "") and "]]" not in p and not re.search("[＜＝]", p)]
        for field in sorted(free)
    }
    assert {field: payloads for field, payloads in missing.items() if payloads} == {}


def test_the_corpus_of_payloads_is_a_good_one(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is refused for another reason, and so never rendered."""
    monkeypatch.setattr(rules, "PROSE", ())
    assert errors(rules.check(corpus)) == []


def test_every_model_is_reached() -> None:
    """A noun that no root holds would be forgotten above."""
    modules = (case, comparison, evidence, omission, site, source, vocabulary)
    known = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    models = {each for each in known if issubclass(each, Model) and each is not Model}
    roots = (case.Case, case.Tombstone, comparison.Comparison, omission.Omissions, site.Site, source.Source)
    reached: set[type[BaseModel]] = set()
    for root in (*roots, vocabulary.Vocabulary, vocabulary.Indicators, vocabulary.Units, vocabulary.Derived):
        list(free_texts(root, reached))
    assert {m.__name__ for m in models - reached} == {"Citation", "Coded"}, "they have no instances of their own"


# ---------------------------------------------------------------- what was written


class Strict(HTMLParser):
    """What a page may hold and what it must not."""

    def __init__(self, page: Path, root: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.page, self.root = page, root
        self.wrong: list[str] = []
        self.text: list[str] = []
        self.inside = ""
        self.feed(page.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag not in TAGS or len(given) != len(attrs):
            self.wrong.append(f"<{tag} {attrs}>")
        for name, value in given.items():
            if name.startswith("on") or name in ("srcdoc", "formaction", "ping", "srcset", "background", "xlink:href"):
                self.wrong.append(f"{name}={value}")
            if name in ("href", "src", "action") and not self.leads_well(tag, value):
                self.wrong.append(f"{name}={value}")
            if name == "style" and re.search(r"url\((?!#)|import|expression|evil|\\", value):
                self.wrong.append(f"{name}={value}")
            if name == "http-equiv":
                self.wrong.append(f"{name}={value}")
        self.inside = tag if tag in ("script", "style") else self.inside
        if tag == "script" and Path(given.get("src", "")).name not in SITE_JS:
            self.wrong.append(f"<script {attrs}>")

    def leads_well(self, tag: str, value: str) -> bool:
        parts = urlsplit(value)
        if parts.scheme:
            return parts.scheme == "https" and tag == "a" and address_fault(value) is None
        if parts.netloc or not parts.path:
            return not parts.netloc
        # A server shows the page of what is not there at any address: its paths begin at the root.
        absolute = self.page.name == "404.html" and parts.path.startswith("/")
        path = f".{parts.path}" if absolute else parts.path
        target = (self.page.parent / unquote(path)).resolve()
        return target.is_file() and target.is_relative_to(self.root)

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag == self.inside else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside == "script" and data.strip():
            self.wrong.append(f"<script>{data}")
        elif self.inside == "style":
            # Only the running heads of a printed page, in quotes that no text can end.
            if not re.fullmatch(r"(?:[^\"<\\]|\"(?:[^\"\\<\n]|\\[0-9a-f]+ )*\")*", data) or "url(" in _outside_quotes(
                data
            ):
                self.wrong.append(f"<style>{data}")
        else:
            self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.wrong.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"<?{data}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"<![{data}")


def _outside_quotes(css: str) -> str:
    return re.sub(r'"[^"]*"', "", css)


def test_no_page_holds_more_than_our_own_markup(built: Path) -> None:
    """No foreign tag, handler, script, style, comment; every link leads into the site or to a public address."""
    wrong = {str(page.relative_to(built)): Strict(page, built).wrong for page in pages(built)}
    assert {page: found[:3] for page, found in wrong.items() if found} == {}


def test_what_is_hostile_is_still_readable(built: Path) -> None:
    """Nothing was lost on the way: each payload stands on the page of its case, letter for letter."""
    for n, payload in enumerate(PLAIN):
        text = " ".join("".join(Strict(built / "cases" / f"case-{n}.html", built).text).split())
        for start in ("摘要", "做法", "原文", "含义", "分工", "启用", "谁", "旧名", "又名"):
            assert f"{start} {payload}" in text, (n, start)


def test_figures_are_well_formed_and_hold_only_shapes(built: Path) -> None:
    """An inlined figure is XML, without script, style sheet, foreign object or image; its links lead into the site."""
    seen = 0
    for page in pages(built):
        for figure in re.findall(r"<svg .*?</svg>", page.read_text(encoding="utf-8"), re.DOTALL):
            seen += 1
            for element in ET.fromstring(html.unescape(figure) if "&nbsp;" in figure else figure).iter():
                assert element.tag.rpartition("}")[2] in TAGS | {"clipPath"} - {"script"}, (page, element.tag)
                assert not [name for name in element.attrib if name.startswith("on")]
    assert seen > 100


def test_data_files_run_nothing(built: Path) -> None:
    """A cell that a spreadsheet would take for a formula begins with a quote; scripts of data hold nothing but data."""
    for table in (built / "data").glob("*.csv"):
        for row in csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")):
            assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＋－＠]", cell)], table
    for script in built.rglob("assets/**/*.js"):
        assert "</script" not in script.read_text(encoding="utf-8"), script


# ---------------------------------------------------------------- opened and clicked

WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "open", "print"]) {
  window[name] = () => { window.top.ran.push(name); };
}
"""
CLICK = """async () => {
  window.print = () => {}; // a button of ours asks for it
  addEventListener("click", (event) => event.preventDefault());
  addEventListener("submit", (event) => event.preventDefault());
  for (const each of document.querySelectorAll("details")) each.open = true;
  const every = [...document.querySelectorAll("body, body *")];
  for (const element of every) {
    if (!element.isConnected || element.matches("[data-print]")) continue;
    for (const kind of ["mouseover", "mouseenter", "focusin", "focus", "toggle"])
      element.dispatchEvent(new Event(kind, { bubbles: true }));
    if (element.matches("a, button, summary, label, input, select, option, [tabindex], [data-basket-id], text, tspan"))
      element.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  await new Promise((done) => setTimeout(done, 0));
  const bad = "iframe, object, embed, base, template, img, video, audio, math, script:not([src]), [srcdoc]";
  const links = [...document.querySelectorAll("a, area, form, use, [href]")];
  return {
    ran: window.ran,
    foreign: [...document.querySelectorAll(bad)].map((element) => element.outerHTML),
    handlers: [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes]
      .filter((given) => given.name.startsWith("on")).map((given) => given.name + "=" + given.value)),
    links: [...new Set(links.map((element) => element.href?.baseVal ?? element.href ?? element.action))]
      .filter(Boolean).map((link) => new URL(link, document.baseURI).href),
  };
}"""


class Watched:
    """A tab without network, on the site without its policy, that remembers whatever happens."""

    def __init__(self, page: Page, site: Path) -> None:
        self.page, self.site = page, site
        self.happened: list[str] = []
        page.on("dialog", self.dismiss)
        page.on("popup", lambda popup: self.happened.append(f"popup {popup.url}"))
        page.on("pageerror", lambda error: self.happened.append(f"error {error}"))
        page.on("request", lambda request: self.seen(request.url))
        page.on("framenavigated", lambda frame: self.seen(frame.url))

    def dismiss(self, dialog: Dialog) -> None:
        self.happened.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def seen(self, url: str) -> None:
        inside = url.startswith(self.site.as_uri() + "/")
        if not (inside or url.startswith(("blob:null/", "data:image/svg+xml,")) or url == "about:blank"):
            self.happened.append(f"request {url}")

    def click_through(self, address: str, before: str = "") -> None:
        """Open a page, do `before`, hover and click everything on it: nothing may run, load or lead away."""
        self.page.goto(f"{self.site.as_uri()}/{address}")
        if before:
            self.page.evaluate(before)
        found = self.page.evaluate(CLICK)
        where = (address, self.happened)
        assert (found["ran"], found["foreign"], found["handlers"], self.happened) == ([], [], [], []), where
        for link in found["links"]:
            assert link.startswith((self.site.as_uri() + "/", "blob:")) or address_fault(link) is None, (address, link)


@pytest.fixture(scope="module")
def watched(browser: Browser, built: Path) -> Iterator[Watched]:
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    context.add_init_script(WATCH)
    yield Watched(context.new_page(), built)
    context.close()


def test_pages_opened_and_clicked_run_nothing(watched: Watched, built: Path) -> None:
    """Every page: nothing is executed, asked of another place, or linked that is neither ours nor public."""
    for page in pages(built):
        if page.name == "404.html":
            continue  # it is of use on a server only
        watched.click_through(page.relative_to(built).as_posix())


def test_cases_side_by_side_run_nothing(watched: Watched, corpus: Corpus) -> None:
    ids = [*corpus.cases]
    for start in range(0, len(ids), 5):
        watched.click_through(f"compare.html#c={','.join(ids[start : start + 5])}")
        watched.page.goto("about:blank")


def test_what_search_finds_and_quotes_runs_nothing(watched: Watched) -> None:
    """The texts of hits and suggestions, and what is typed itself."""
    type_in = """async () => {
      const field = document.querySelector("[data-search-input]");
      field.value = %r; field.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise((done) => setTimeout(done, 300));
    }"""
    for query in ("alert", "script", "摘要", "做法 img", "evil.example", "<img src=x onerror=alert`x`>"):
        watched.page.goto("about:blank")
        watched.page.goto(f"{watched.site.as_uri()}/search.html#q={query}")
        watched.page.wait_for_selector("[data-results] li, [data-none]:not([hidden])", state="attached")
        watched.click_through(f"search.html#q={query}", type_in % query)
    for filtered in ("cases.html", "matrix.html"):
        watched.click_through(filtered, (type_in % "<b>").replace("data-search-input", "data-filter"))


def test_a_page_that_does_run_something_would_be_noticed(browser: Browser, tmp_path: Path) -> None:
    """The proof that the tests above can fail."""
    for markup in (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='file:///etc/passwd'>x</a>",
        "<p onclick='alert(1)'>x</p>",
        "<link rel=stylesheet href=https://evil.example/x.css>",
        "<iframe src='about:blank'></iframe>",
    ):
        (tmp_path / "index.html").write_text(f"<!doctype html><title>x</title>{markup}", encoding="utf-8")
        context = browser.new_context(offline=True)
        context.add_init_script(WATCH)
        with pytest.raises(AssertionError):
            Watched(context.new_page(), tmp_path).click_through("index.html")
        context.close()
