"""The Markdown of editors' prose, and where its links may lead."""

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt

from casebook.model.address import address_fault

# Images and addresses load or lead somewhere, references and underlined headings take the square of a text's length.
OFF = ["image", "reference", "autolink", "lheading", "html_block", "html_inline"]
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(OFF)
# Tells of addresses that the other one leaves as they were typed, or spells in another way.
_WHATEVER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(OFF)
_WHATEVER.validateLink = lambda url: True  # type: ignore[method-assign]
_WHATEVER.normalizeLink = lambda url: url  # type: ignore[method-assign]
# A path that no system reads as anything else: no scheme, no escape, nothing at its head but what goes upwards.
_OF_OURS = re.compile(r"(?:\.\./)*[a-z0-9_-]+(?:/[a-z0-9_-]+)*\.[a-z]+")

_PLACE = re.compile(r"#[\w-]+", re.ASCII)


def leads_well(href: str, address: str) -> bool:
    """Whether a link on the page at `address` leads to a public address, a place on it or another page of ours."""
    if href.startswith("#"):
        return bool(_PLACE.fullmatch(href))
    if re.match("https?:", href):
        return address_fault(href) is None
    path = href.partition("#")[0]
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(address), path))
    return bool(_OF_OURS.fullmatch(path)) and not inside.startswith("..")


@lru_cache(maxsize=16_384)  # of a preview's texts few change at a save
def strays(text: str, address: str) -> tuple[tuple[int, str], ...]:
    """(line, counted from 0, and address) of every link that would not lead well."""
    return tuple(_strays(text, address))


def _strays(text: str, address: str) -> Iterator[tuple[int, str]]:
    for token in _WHATEVER.parse(text):
        for child in token.children or ():
            href = str(child.attrs.get("href", ""))
            # A name in other letters may look like one that is known: it is written as browsers do, xn--….
            foreign = not re.split("(?<!/)/(?!/)", href)[0].isascii()
            if child.type == "link_open" and (foreign or not leads_well(MARKDOWN.normalizeLink(href), address)):
                yield (token.map or [0])[0], href
