"""The scan of what was built: what may not be published is found, whoever let it through; what is ours passes."""

import gzip
import posixpath
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.adapter.flaws import scan_site
from casebook.problems import Problem
from casebook.scan import scan
from tests.conftest import ROOT

THEME = ROOT / "templates" / "theme"
POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'self'; img-src 'self' data:"
HEAD = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Ponds</title>'
OWN = {"js/page.js": b"document.title;"}


def page(body: str = "", head: str = "", policy: str = HEAD, tail: str = "</html>\n", base: str = "./") -> bytes:
    """A page as ours are, with something more."""
    main = "<main><nav>Home</nav><h1>Ponds</h1><p id='depth'>Three feet.</p></main>"
    begin = f'<!DOCTYPE html>\n<html lang="en" data-base="{base}">\n<head>\n<meta charset="utf-8">'
    return f"{begin}{policy}{head}</head><body>{main}{body}</body>{tail}".encode()


BEGINNING = "<!DOCTYPE html><html><head><meta charset=utf-8>"
SITE = {
    "index.html": page('<a href="cases/mill.html#depth">Mill</a>'),
    "cases/mill.html": page('<a href="../index.html">Home</a>'),
    "404.html": page('<a href="/index.html">Home</a>', '<script src="/js/page.js"></script>', base="/"),
    "js/page.js": OWN["js/page.js"],
    "css/a.css": b"body { color: red }",
    "img/icon.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
    "data/cases.csv": b"id\r\n",
}
"""A site that may be published."""


def found(files: dict[str, bytes], **sources: str) -> list[Problem]:
    site = SITE | files
    return scan(site, site.__getitem__, OWN, sources)


def rules(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(problem.rule, problem.values["text"]) for problem in found(files)]


def test_the_built_site_has_no_flaw(site: Path) -> None:
    """No foreign script or resource, no broken link or fragment, no id twice, no empty page, in the real report."""
    assert scan_site(site, THEME, {}) == []


def test_the_scan_reads_every_page_of_the_built_site(site: Path) -> None:
    """A scan that passes everything would pass a site with one id more and one file less, too."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    files = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    own = {path.relative_to(THEME).as_posix(): path.read_bytes() for path in THEME.rglob("*.js")}
    del files[".casebook"], files["js/theme.js"]
    for path in pages:
        files[path] = files[path].replace(b"</main>", f'<i id="main" onclick="{path}"></i></main>'.encode(), 1)
    problems = scan(files, files.__getitem__, own)
    told = {rule: [p for p in problems if p.rule == rule] for rule in ("site-handler", "site-id-twice")}
    assert {problem.values["text"] for problem in told["site-handler"]} == {f"onclick={path}" for path in pages}
    assert [problem.values["page"] for problem in told["site-id-twice"]] == [f"{pages[0]} (+{len(pages) - 1})"]
    depths = {path.count("/") for path in pages}  # the same address at every depth, and that of 404.html
    assert len([p for p in problems if p.rule == "site-link-broken"]) == len(depths) + 1


def test_a_site_that_is_ours_passes() -> None:
    """Links inside and to the outside, states in fragments, pictures, styles, figures, data."""
    assert rules({}) == []


GOOD = {
    "a-link-to-the-outside": '<a href="https://example.org/x?y#z">x</a><q cite="http://example.org/">x</q>',
    "a-state-and-a-query": '<a href="index.html?q=x#level=town">x</a><a href="?x#depth">x</a>',
    "the-page-itself": '<a href="">x</a><a href="#">x</a><a href="#depth">x</a><a href="./cases/../index.html">x</a>',
    "an-address-in-percent-signs": '<a href="%69ndex.html#d%65pth">x</a>',
    "a-picture": '<img src="img/icon.svg" alt=""><img src="data:image/png;base64,AA==" alt="">',
    "several-pictures": '<img srcset="img/icon.svg 1x, img/icon.svg 2x" alt="">',
    "a-form": '<form action="index.html"></form>',
    "a-style": '<style>@page { @top-left { content: "\\22 @import src( url(\\" " } } /* url(x) @import */</style>',
    "a-style-with-pictures": """<style>a { background: url(img/icon.svg) url( 'img/icon.svg' ) }</style>""",
    "a-style-in-quotes": """<style>a { background: url("img/icon.svg") }</style>""",
    "a-figure": '<svg><clipPath id="c"/><g clip-path="url(#c)" style="fill: url(#c)"><a xlink:href="#c"/></g></svg>',
    "figures-in-figures": "<svg><svg/><svg><g/></svg></svg><SVG></SVG>",
    "words-that-look-like-it": "<p title='onclick=x javascript:x'>url(http://x) &lt;script&gt; <code>svg</code></p>",
    "an-area": '<map><area href="https://example.org/"></map>',
    "words-in-attributes": "<p title='url(//x) @import'>x</p>",
    "data-attributes": '<p data-src="//x" data-onclick="x" data-href="javascript:x">x</p>',
}


@pytest.mark.parametrize("body", GOOD.values(), ids=GOOD.keys())
def test_what_is_ours_passes(body: str) -> None:
    """The scan stops no page for what only looks like a flaw."""
    assert rules({"index.html": page(body)}) == []


OUTSIDE = ("http://x/y", "https://x/y", "//x/y", "HTTPS://x")
BAD: dict[str, tuple[str, str, str]] = {
    # scripts
    "inline-script": ("<script>x()</script>", "site-script", "x()"),
    "script-without-src": ("<script></script>", "site-script", ""),
    "script-with-text": ('<script src="js/page.js">x()</script>', "site-script", "js/page.js"),
    "inline-module": ('<script type="module">x</script>', "site-script", "x"),
    "inline-json": ('<script type="application/json">{}</script>', "site-script", "{}"),
    "table-as-script": ('<script src="data/cases.csv"></script>', "site-script", "data/cases.csv"),
    "disguised-table-as-script": ('<script src="data/cases.csv?.js"></script>', "site-script", "data/cases.csv?.js"),
    "script-in-a-figure": ("<svg><script>x</script></svg>", "site-script", "x"),
    "handler": ('<p onclick="x()">x</p>', "site-handler", "onclick=x()"),
    "handler-in-capitals": ("<p OnLoad=x>x</p>", "site-handler", "onload=x"),
    "handler-in-a-figure": ('<svg><g onfocus="x"/></svg>', "site-handler", "onfocus=x"),
    "handler-without-value": ("<p onclick>x</p>", "site-handler", "onclick="),
    # addresses
    "javascript": ('<a href="javascript:x()">x</a>', "site-address", "javascript:x()"),
    "javascript-in-capitals": ('<a href="JavaScript:x">x</a>', "site-address", "JavaScript:x"),
    "javascript-with-a-tab": ('<a href="java&#9;script:x">x</a>', "site-address", "java\tscript:x"),
    "javascript-after-a-control": ('<a href="&#1;javascript:x">x</a>', "site-address", "\x01javascript:x"),
    "javascript-after-a-blank": ('<a href=" javascript:x">x</a>', "site-address", " javascript:x"),
    "javascript-in-a-figure": ('<svg><a xlink:href="javascript:x"/></svg>', "site-address", "javascript:x"),
    "javascript-of-an-area": ('<map><area href="javascript:x"></map>', "site-address", "javascript:x"),
    "javascript-of-a-form": ('<form action="javascript:x"></form>', "site-address", "javascript:x"),
    "javascript-of-a-quotation": ('<q cite="javascript:x">x</q>', "site-address", "javascript:x"),
    "data-picture-as-a-film": ('<video src="data:image/png,x"></video>', "site-address", "data:image/png,x"),
    "vbscript": ('<a href="vbscript:x">x</a>', "site-address", "vbscript:x"),
    "data-as-a-page": ('<a href="data:text/html,x">x</a>', "site-address", "data:text/html,x"),
    "data-picture-as-a-page": (
        '<a href="data:image/svg+xml,x">x</a>',
        "site-address",
        "data:image/svg+xml,x",
    ),
    "data-that-is-no-picture": ('<img src="data:text/html,x">', "site-address", "data:text/html,x"),
    "data-used": ('<svg><use href="data:image/svg+xml,x"/></svg>', "site-address", "data:image/svg+xml,x"),
    "file": ('<a href="file:///etc/passwd">x</a>', "site-address", "file:///etc/passwd"),
    "mail": ('<a href="mailto:x@example.org">x</a>', "site-address", "mailto:x@example.org"),
    "backslash": (r'<a href="\\x">x</a>', "site-address", r"\\x"),
    "backslash-and-slash": (r'<a href="/\x">x</a>', "site-address", r"/\x"),
    "blank-in-an-address": ('<a href="a b">x</a>', "site-address", "a b"),
    "delete-in-an-address": ('<a href="a&#127;b">x</a>', "site-address", "a\x7fb"),
    # what leads nowhere
    "no-such-page": ('<a href="cases/none.html">x</a>', "site-link-broken", "cases/none.html"),
    "no-such-place": ('<a href="#none">x</a>', "site-link-broken", "#none"),
    "no-such-place-there": ('<a href="cases/mill.html#none">x</a>', "site-link-broken", "cases/mill.html#none"),
    "other-case": ('<a href="Index.html">x</a>', "site-link-broken", "Index.html"),
    "a-folder": ('<a href="cases/">x</a>', "site-link-broken", "cases/"),
    "above-the-site": ('<a href="../index.html">x</a>', "site-link-broken", "../index.html"),
    "above-the-site-in-percent-signs": (
        '<a href="%2e%2e/index.html">x</a>',
        "site-link-broken",
        "%2e%2e/index.html",
    ),
    "the-servers-root": ('<a href="/index.html">x</a>', "site-link-broken", "/index.html"),
    "no-such-picture": ('<img src="none.png">', "site-link-broken", "none.png"),
    "no-such-gradient": ('<svg><g fill="url(#none)"/></svg>', "site-link-broken", "#none"),
    "protocol-relative": ('<a href="//example.org">x</a>', "site-foreign", "//example.org"),
    # elements
    **{
        f"a-{tag}": (f"<{tag}></{tag}>", "site-element", f"<{tag}>")
        for tag in "applet embed fencedframe iframe math noscript object plaintext portal template xmp".split()
    },
    "an-animation": (
        '<svg><animateTransform attributeName="x"/></svg>',
        "site-element",
        "<animateTransform>",
    ),
    "a-set": ('<svg><set attributeName="href" to="javascript:x"/></svg>', "site-element", "<set>"),
    "a-foreign-object": ("<svg><foreignObject></foreignObject></svg>", "site-element", "<foreignObject>"),
    "a-document-in-an-attribute": ("<p srcdoc=x>x</p>", "site-element", "<p srcdoc>"),
    "a-ping": ('<a ping="x" href="">x</a>', "site-element", "<a ping>"),
    # To a browser with scripts it ends elsewhere than to a parser.
    "what-ends-in-an-attribute": ('<noscript><p title="</noscript><img onerror=x>">', "site-element", "<noscript>"),
    "another-base-in-a-figure": ('<svg xml:base="https://x/"><a href=""/></svg>', "site-element", "<svg xml:base>"),
    "a-handler-in-a-choice": ("<select><option><img onerror=x></select>", "site-handler", "onerror=x"),
    "a-handler-beside-a-table": ("<table><img onerror=x></table>", "site-handler", "onerror=x"),
    "a-handler-of-a-second-body": ("<p><body onload=x>", "site-handler", "onload=x"),
    "a-handler-in-a-figures-title": ("<svg><title><img onerror=x></title></svg>", "site-handler", "onerror=x"),
    "a-handler-after-a-broken-comment": ("<!--><img onerror=x>-->", "site-handler", "onerror=x"),
    "a-handler-after-a-figures-style": (
        "<svg></p><style><a id='</style><img onerror=x>'>",
        "site-handler",
        "onerror=x",
    ),
    "twice": ('<p id="depth">x</p>', "site-id-twice", "depth"),
    "twice-in-a-figure": ('<svg><g id="depth"/></svg>', "site-id-twice", "depth"),
    "a-broken-figure": ("<svg><g></svg>", "site-malformed", "<svg>: mismatched tag: line 1, column 10"),
    "an-unfinished-figure": ("<svg><g>", "site-malformed", "<svg>"),
    "a-figures-end-alone": ("</svg>", "site-malformed", "<svg>"),
    "a-broken-second-figure": (
        "<svg/><svg><g/><svg></svg><g></svg>",
        "site-malformed",
        "<svg>: mismatched tag: line 1, column 25",
    ),
    # what loads from outside
    **{f"picture-{url}": (f'<img src="{url}">', "site-foreign", url) for url in OUTSIDE},
    **{
        f"{name}-{attribute}": (f'<{name} {attribute}="//x">', "site-foreign", "//x")
        for name, attribute in (
            *(("audio", "src"), ("video", "poster"), ("source", "src"), ("input", "src")),
            *(("button", "formaction"), ("form", "action"), ("track", "src"), ("img", "lowsrc"), ("img", "dynsrc")),
            *(("img", "srcset"), ("link", "imagesrcset"), ("table", "background"), ("p", "data")),
        )
    },
    "second-of-several-pictures": ('<img srcset="img/icon.svg 1x, //x 2x">', "site-foreign", "//x"),
    "a-figures-picture": ('<svg><image href="//x"/></svg>', "site-foreign", "//x"),
    "a-figures-use-with-a-relation": ('<svg><use rel="help" href="//x"/></svg>', "site-foreign", "//x"),
    "a-figures-use": ('<svg><use xlink:href="https://x#y"/></svg>', "site-foreign", "https://x#y"),
    "a-style": ('<p style="background: url(//x)">x</p>', "site-foreign", "//x"),
    "a-style-that-escapes": (r'<p style="background: \75rl(//x)">x</p>', "site-foreign", r"\75rl(//x)"),
    "a-property": ('<svg><g mask="url(//x)"/></svg>', "site-foreign", "//x"),
    "styles": ("<style>p { background: URL( '//x' ) }</style>", "site-foreign", "//x"),
    "styles-imported": ("<style>@IMPORT 'x';</style>", "site-foreign", "@IMPORT 'x';"),
    "styles-after-a-comment": ("<style>/* */ p { background: url(//x) } /* */</style>", "site-foreign", "//x"),
    "styles-after-a-string": ("<style>p { content: ''; background: url(//x) }</style>", "site-foreign", "//x"),
    "styles-in-a-broken-string": (
        "<style>p { content: '\n; background: url(//x); content: '' }</style>",
        "site-foreign",
        "//x",
    ),
    **{
        f"styles-in-a-string-broken-by-{sign}": (
            f"<p style='content: \"{sign}; background: url(//x); content: \"'>x</p>",
            "site-foreign",
            "//x",
        )
        for sign in ("&#10;", "&#12;", "&#13;")
    },
    "styles-in-another-encoding": ("<style>@charset 'gbk';</style>", "site-foreign", "@charset 'gbk';"),
    "styles-of-a-figure": ("<svg><style><![CDATA[@import 'x';]]></style></svg>", "site-foreign", "@import 'x';"),
    "styles-of-a-figure-in-pieces": (
        "<svg><style>@im<g/>port 'x';</style></svg>",
        "site-malformed",
        "<svg>: <style><…>",
    ),
    "a-set-of-pictures": (
        '<style>p { background: image-set("//x" 1x) }</style>',
        "site-foreign",
        'image-set("//x" 1x) }',
    ),
    "a-prefixed-set-of-pictures": (
        '<style>p { background: -webkit-image-set("//x" 1x) }</style>',
        "site-foreign",
        'image-set("//x" 1x) }',
    ),
    "an-unfinished-address": ("<style>p { background: url('//x</style>", "site-foreign", "url('//x"),
}


@pytest.mark.parametrize(("body", "rule", "text"), BAD.values(), ids=BAD.keys())
def test_what_no_page_may_have_is_found(body: str, rule: str, text: str) -> None:
    """Each kind of flaw is named by its rule, with the piece that is wrong."""
    assert (rule, text) in rules({"index.html": page(body)})


HEADS = {
    "refresh": ('<meta http-equiv="Refresh" content="0;url=x">', "site-element", "<meta http-equiv=refresh>"),
    "cookie": ('<meta http-equiv="set-cookie" content="x">', "site-element", "<meta http-equiv=set-cookie>"),
    "base": ('<base href="index.html">', "site-element", "<base>"),
    "style-sheet": ('<link rel="stylesheet" href="//x">', "site-foreign", "//x"),
    "alternate-style-sheet": ('<link rel="alternate stylesheet" href="//x/y">', "site-foreign", "//x/y"),
    "preconnect": ('<link rel="preconnect" href="https://x">', "site-foreign", "https://x"),
    "next-page": ('<link rel="next" href="https://x/">', "site-foreign", "https://x/"),
    "page-before": ('<link rel="prev" href="https://x/">', "site-foreign", "https://x/"),
    "no-relation": ('<link href="https://x">', "site-foreign", "https://x"),
    "foreign-script": ('<script src="https://x/y.js"></script>', "site-foreign", "https://x/y.js"),
    "script-without-a-file": ('<script src="js/none.js"></script>', "site-link-broken", "js/none.js"),
    "picture-as-script": ('<script src="data:image/png,x.js"></script>', "site-script", "data:image/png,x.js"),
    "cookie-after-a-blank": ('<meta http-equiv=" refresh" content="x">', "site-element", "<meta http-equiv= refresh>"),
    "second-policy": (HEAD, "site-policy", f"{POLICY} | {POLICY}"),
}


@pytest.mark.parametrize(("head", "rule", "text"), HEADS.values(), ids=HEADS.keys())
def test_what_no_head_may_have_is_found(head: str, rule: str, text: str) -> None:
    """A page is not sent elsewhere, has one base and one policy, and loads nothing foreign."""
    assert (rule, text) in rules({"index.html": page(head=head)})


def test_a_link_may_tell_of_another_address() -> None:
    """A canonical address, a licence: nothing is loaded from there."""
    relations = ("alternate", "author", "canonical", "help", "License")
    head = "".join(f'<link rel="{relation}" href="https://x/">' for relation in relations)
    head += '<script src="js/page.js">\n</script>'
    assert rules({"index.html": page(head=head + '<meta http-equiv="" content="x">')}) == []


@pytest.mark.parametrize(
    "policy",
    [
        "",
        HEAD.replace("http-equiv", "name"),
        HEAD.replace("<meta", "<script").replace("><title", "></script><title"),
        '<script src="js/page.js"></script>' + HEAD,
        '<link rel="icon" href="img/icon.svg">' + HEAD,
        "<style></style>" + HEAD,
        "</head><body>" + HEAD,
        HEAD.replace("'none'; script", "'self'; script"),
        HEAD.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        HEAD.replace("script-src 'self'", "script-src *"),
        HEAD.replace("script-src 'self'; ", ""),
        HEAD.replace("default-src 'none'; ", ""),
        HEAD.replace("base-uri 'none'; ", ""),
        HEAD.replace("form-action 'self'; ", ""),
        HEAD.replace("script-src 'self'", "script-src"),
        HEAD.replace("img-src 'self' data:", "img-src https:"),
        HEAD.replace("img-src", "frame-src"),
        HEAD.replace("script-src", "script-src * 'unsafe-inline'; script-src"),
        HEAD.replace("script-src", "script-src-elem *; script-src"),
        HEAD.replace("script-src 'self'", "script-src\x0b'self'"),
        HEAD.replace("default-src 'none'", "default-src\u00a0'none'"),
        HEAD.replace("; base-uri", ", base-uri"),
    ],
)
def test_a_policy_that_is_missing_late_or_wider_is_found(policy: str) -> None:
    """The browser's own protection stands on every page, before anything that it could forbid."""
    title = "" if "<title>" in policy else "<title>Ponds</title>"
    assert "site-policy" in [rule for rule, _ in rules({"index.html": page(policy=title + policy)})]


def test_a_policy_may_be_stricter_and_written_otherwise() -> None:
    """Order, capitals and blanks of the names make no difference."""
    full = f"{POLICY}; style-src 'self' 'unsafe-inline'; font-src 'self'; connect-src 'self'"
    assert rules({"index.html": page(policy=HEAD.replace(POLICY, full))}) == []
    assert (
        rules(
            {"index.html": page(policy=HEAD.replace(POLICY, full.replace("connect-src 'self'", "connect-src 'none'")))}
        )
        == []
    )
    policy = "Script-SRC  'self';; form-action 'none';base-uri 'none';default-src 'none' ;"
    assert rules({"index.html": page(policy=HEAD.replace(POLICY, policy))}) == []


@pytest.mark.parametrize(
    ("data", "missing"),
    [
        (b"", f"{BEGINNING}, head title, h1, main, </html>"),
        *(
            (page().replace(old, new), BEGINNING)
            for old, new in (
                (b"<!DOCTYPE html>", b""),
                (b"<meta charset", b"<!-- x --><meta charset"),
                (b"utf-8", b"iso-2022-jp"),
                (b'<meta charset="utf-8">', b""),
            )
        ),
        (page("<svg><title>x</title></svg>").replace(b"<title>Ponds</title>", b""), "head title"),
        (page(tail=""), "</html>"),
        (page().replace(b"<title>Ponds", b"<title> "), "head title"),
        (page().replace(b"<h1>Ponds", b"<h1>\n"), "h1"),
        (page().replace(b"Three feet.", b" "), "main"),
        (page().replace(b"main>", b"div>"), "main"),
    ],
)
def test_an_empty_or_unfinished_page_is_found(data: bytes, missing: str) -> None:
    """A page that a full disk cut off, or that a template left empty, stays where it is."""
    files = {"index.html": data, "cases/mill.html": page(), "404.html": page()}
    assert ("site-empty", missing) in rules(files)


FILES: dict[str, tuple[str, bytes, str, str]] = {
    "page-not-utf-8": ("a.html", page("\xff").replace("\xff".encode(), b"\xff"), "site-malformed", "UTF-8"),
    "script-of-others": ("a.js", b"alert(1)", "site-script", "alert(1)"),
    "own-script-changed": ("js/page.js", b"document.title;x", "site-script", "document.title;x"),
    "two-calls": ("a.js", b"casebookA.add(1);casebookA.add(2);", "site-script", "casebookA.add(1);casebookA.add(2);"),
    "call-of-another": ("a.js", b"alert.add(1);", "site-script", "alert.add(1);"),
    "call-of-a-call": ("a.js", b"casebookA.add(alert(1));", "site-script", "casebookA.add(alert(1));"),
    "data-with-a-name": ("a.js", b"casebookA.add(x);", "site-script", "casebookA.add(x);"),
    "data-not-a-number": ("a.js", b"casebookA.add(NaN);", "site-script", "casebookA.add(NaN);"),
    "data-cut-off": ("a.js", b'casebookA.add({"a":', "site-script", 'casebookA.add({"a":'),
    "data-too-deep": ("a.js", b"casebookA.add(" + b"[" * 100_000, "site-script", "casebookA.add(" + "[" * 46),
    "json-cut-off": ("a.json", b'{"a":', "site-malformed", "JSON"),
    "json-too-deep": ("a.json", b"[" * 100_000 + b"]" * 100_000, "site-malformed", "JSON"),
    "style-sheet": ("css/b.css", b"a { background: url(https://x) }", "site-foreign", "https://x"),
    "style-sheet-imports": ("css/b.css", b"@import 'x';", "site-foreign", "@import 'x';"),
    "style-sheet-without-file": ("css/b.css", b"a { src: url(a.woff2) }", "site-link-broken", "a.woff2"),
    "figure-broken": ("a.svg", b"<svg><g></svg>", "site-malformed", "mismatched tag: line 1, column 10"),
    "figure-script": ("a.svg", b"<svg><x:Script>x</x:Script></svg>", "site-script", "<Script>"),
    "figure-handler": ("a.svg", b'<svg onload="x"/>', "site-handler", "onload=x"),
    "figure-handler-in-capitals": ("a.svg", b'<svg onLoad="x"/>', "site-handler", "onLoad=x"),
    "figure-link": ("a.svg", b'<svg><a href="javascript:x"/></svg>', "site-address", "javascript:x"),
    "figure-picture": ("a.svg", b'<svg><image href="https://x"/></svg>', "site-foreign", "https://x"),
    "figure-document": ("a.svg", b"<svg><foreignObject/></svg>", "site-element", "<foreignObject>"),
    "figure-styles": ("a.svg", b"<svg><style>a { fill: url(//x) }</style></svg>", "site-foreign", "//x"),
    "figure-styles-imported": ("a.svg", b"<svg><STYLE>@import</STYLE></svg>", "site-foreign", "@import"),
    "document-type": ("a.svg", b"<!DOCTYPE svg><svg/>", "site-malformed", "<!DOCTYPE>, <?…?>"),
    "entities": ("a.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "site-malformed", "<!DOCTYPE>, <?…?>"),
    "another-encoding": (
        "a.svg",
        b'<?xml version="1.0" encoding="iso-2022-jp"?><svg/>',
        "site-malformed",
        "encoding=iso-2022-jp",
    ),
    "figure-styles-in-pieces": (
        "a.svg",
        b"<svg><style>@im<g/>port 'x';</style></svg>",
        "site-malformed",
        "<style><…>",
    ),
    "figure-base": ("a.svg", b'<svg xml:base="https://x/"/>', "site-element", "<svg xml:base>"),
    "style-sheet-in-another-encoding": ("css/b.css", b'@charset "gbk";', "site-foreign", '@charset "gbk";'),
    "instruction": ("a.xml", b'<?xml-stylesheet href="x"?><x/>', "site-malformed", "<!DOCTYPE>, <?…?>"),
    "feed-broken": ("a.atom", b"", "site-malformed", "no element found: line 1, column 0"),
    "packed-alone": ("a.gz", gzip.compress(b""), "site-malformed", "gzip"),
    "packed-otherwise": ("css/a.css.gz", gzip.compress(b"x"), "site-malformed", "gzip"),
    "packed-broken": ("css/a.css.gz", gzip.compress(SITE["css/a.css"])[:-9], "site-malformed", "gzip"),
    "packed-not-at-all": ("css/a.css.gz", SITE["css/a.css"], "site-malformed", "gzip"),
    **{
        f"file-{name!r}": (name, b"", "site-file-unexpected", name)
        for name in (
            "a.htm",
            "a.xhtml",
            "a.php",
            "a",
            "a.html~",
            "a.HTML",
            ".htaccess",
            "a\n.csv",
            "a\\b.csv",
            "a b.csv",
            "<b>.csv",
            "::error::.csv",
            "a?b.html",
            "a#b.html",
            "\xe4.csv",
        )
    },
}


@pytest.mark.parametrize(("path", "data", "rule", "text"), FILES.values(), ids=FILES.keys())
def test_what_no_file_may_be_is_found(path: str, data: bytes, rule: str, text: str) -> None:
    """Scripts are ours or data, figures are as harmless as pages, and only known kinds of files pass."""
    assert (rule, text) in rules({path: data})


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.js", b'casebookSearch.add("text",0,[["a",{"b":null}]]);\n'),
        ("a.js", b"casebookX.rows();"),
        ("css/b.css", b"a { background: url(../img/icon.svg), url('data:image/svg+xml,x') }"),
        ("a.json", b"[1, 2.5e3]"),
        ("sitemap.xml", b'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="x"><a:b xmlns:a="y"/></urlset>'),
        ("css/a.css.gz", gzip.compress(SITE["css/a.css"])),
        ("a.svg", b"<svg><style>a { fill: url(#b) }</style>url(//y)<g id='b' mask='url(#b)'/>url(//x) @import</svg>"),
        *((f"a{kind}", b"\xff") for kind in (".csv", ".md", ".png", ".txt", ".woff2", ".yml")),
    ],
)
def test_what_a_file_may_be_passes(path: str, data: bytes) -> None:
    """Data handed over by one call, JSON, XML, files packed beside themselves, and what no browser runs."""
    assert rules({path: data}) == []


def test_404_may_be_served_below_any_address() -> None:
    """Its addresses begin where the site begins on its server; they must lead to files all the same."""
    below = page('<a href="/ponds/index.html#depth">x</a><a href="/none.html">x</a>', base="/ponds/")
    assert rules({"404.html": below}) == [("site-link-broken", "/none.html")]
    for address in ("/index.html", "index.html", "../index.html"):
        wrong = below.replace(b"/none.html", address.encode())
        assert rules({"404.html": wrong}) == [("site-link-broken", address)]


def test_a_flaw_is_told_once_and_at_its_source() -> None:
    """What a template says on every page is one problem; what a case says is told with the case's file."""
    files = {"cases/mill.html": page("<p onclick=x>"), "index.html": page("<p onclick=x><p onclick=y><p onclick=y>")}
    problems = found(files, **{"cases/mill.html": "content/cases/mill.yml", "index.html": ""})
    assert [(p.path, p.values["page"], p.values["text"]) for p in problems if p.rule == "site-handler"] == [
        ("content/cases/mill.yml", "cases/mill.html (+1)", "onclick=x"),
        ("index.html", "index.html", "onclick=y"),
    ]
    for problem in problems:
        assert (problem.line, problem.column) == (0, 0)
        assert all(problem.values["page"] in problem.message(language) for language in ("zh", "en"))


def test_a_place_is_looked_for_after_all_pages_were_read() -> None:
    """A link to a page that comes later in the alphabet, and to one that comes earlier."""
    files = {"a.html": page('<a href="z.html#here">x</a><a href="data/cases.csv#row">x</a>')}
    files["z.html"] = page('<p id="here">x</p><a href="a.html#gone">x</a>')
    assert rules(files) == [("site-link-broken", "a.html#gone")]


@settings(max_examples=300)
@given(st.text(alphabet=st.sampled_from("<>/\"'=&#;:()ax svgscriptonclick!-[]@\\\n\x00"), max_size=80), st.binary())
def test_the_scan_never_fails(text: str, data: bytes) -> None:
    """Whatever was written, the scan says what is wrong with it and does not break."""
    for kind in (".html", ".svg", ".css", ".js", ".json", ".xml.gz"):
        for content in (text.encode(), data):
            for problem in found({f"a{kind}": content}):
                assert problem.message("zh") and problem.remedy("en")


@given(st.text(alphabet="./%2eabc/", max_size=12))
def test_an_address_never_leads_above_the_site(address: str) -> None:
    """Either it is a file of the site or it is a finding."""
    broken = ("site-link-broken", address) in rules({"index.html": page(f'<a href="{address}">x</a>')})
    plain = re.sub("%2e", ".", address)
    inside = posixpath.normpath(plain) if plain else "index.html"
    assert broken or address.startswith("//") or inside in SITE or "%" in plain


@pytest.mark.parametrize("folder", ["https://x/", "//x/", "javascript:x/", "\\\\x/", "a/../https://x/", "x"])
@pytest.mark.parametrize("name", ["base", "search", "compare"])
def test_scripts_are_told_of_no_folder_but_ours(name: str, folder: str) -> None:
    """They load what stands in the folders that the page names."""
    told = page().replace(b'data-base="./"', f'data-{name}="{folder}"'.encode())
    assert ("site-foreign", f"data-{name}={folder}") in rules({"index.html": told})
