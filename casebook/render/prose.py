"""Editors' prose: a small Markdown, rendered and then filtered to a tight list of tags."""

import posixpath
import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from casebook.model.address import address_fault

# Images and addresses load or lead somewhere, references and underlined headings take the square of a text's length.
OFF = ["image", "reference", "autolink", "lheading", "html_block", "html_inline"]
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(OFF)
_TAGS = frozenset(
    "h2 h3 h4 p ul ol li strong em code pre blockquote hr br a table thead tbody tr th td del sup sub dl dt dd".split()
)
# A path that no system reads as anything else: no scheme, no escape, nothing at its head but what goes upwards.
_OF_OURS = re.compile(r"(?:\.\./)*[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.[a-z]+")


def prose(text: str, address: str = "") -> Markup:
    """Safe HTML of a Markdown text that stands on the page at `address`, relative to the site's root.

    No raw HTML and no images; links lead to public addresses and to our own pages only, else they are plain text.
    """

    def allowed(tag: str, attribute: str, value: str) -> str | None:
        return value if attribute != "href" or _leads_well(value, address) else None

    rendered = _MARKDOWN.render(text)
    return Markup(
        nh3.clean(
            rendered,
            tags=set(_TAGS),
            attributes={"*": set(), "a": {"href"}, "td": {"align"}, "th": {"align"}},
            attribute_filter=allowed,
            url_schemes={"http", "https"},
            link_rel="noopener",
        )
    )


def _leads_well(href: str, address: str) -> bool:
    """Whether a link leads to a public address, to a place on its page or to another page inside the site."""
    if href.startswith("#"):
        return True
    if re.match("https?:", href):
        return address_fault(href) is None
    path = href.partition("#")[0]
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
    return bool(_OF_OURS.fullmatch(path)) and not inside.startswith("..")
