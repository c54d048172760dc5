"""Editors' prose: a small Markdown, rendered and then filtered to a tight list of tags."""

from itertools import pairwise

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "reference", "autolink"])
_TAGS = frozenset(
    "h2 h3 h4 p ul ol li strong em code blockquote hr br a table thead tbody tr th td del sup sub dl dt dd".split()
)


def prose(text: str) -> Markup:
    """Safe HTML of a Markdown text: no raw HTML, no images, links to http, https and our own pages only."""
    rendered = _MARKDOWN.render(text)
    return Markup(
        nh3.clean(
            rendered,
            tags=set(_TAGS),
            attributes={"a": {"href"}, "td": {"align"}, "th": {"align"}},
            url_schemes={"http", "https"},
            link_rel="noopener",
        )
    )


def sections(text: str) -> list[tuple[str, Markup]]:
    """A Markdown text by its second-level headings: (heading as plain text, what stands under it) as safe HTML.

    What stands above the first heading has the heading "".
    """
    tokens, lines = _MARKDOWN.parse(text), text.split("\n")
    heads = [("", 0, 0)]
    for opened, inline in pairwise(tokens):
        if opened.type == "heading_open" and opened.tag == "h2" and opened.level == 0 and opened.map:
            first, end = opened.map
            heads.append((str(prose(inline.content).striptags()), first, end))
    ends = [first for _, first, _ in heads[1:]] + [len(lines)]
    found = [(name, prose("\n".join(lines[start:end]))) for (name, _, start), end in zip(heads, ends, strict=True)]
    return found if found[0][1] else found[1:]
