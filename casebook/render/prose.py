"""Editors' prose: a small Markdown, rendered and then filtered to a tight list of tags."""

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

# Images and addresses load or lead somewhere, references and underlined headings take the square of a text's length.
OFF = ["image", "reference", "autolink", "lheading", "html_block", "html_inline"]
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(OFF)
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
