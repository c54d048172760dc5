"""The Markdown of editors' prose, and where its links may lead."""

import posixpath
import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt

from casebook.model.address import address_fault

# Images and addresses load or lead somewhere, references and underlined headings take the square of a text's length.
OFF = ["image", "reference", "autolink", "lheading"]
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable(OFF)
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
    for token in MARKDOWN.parse(text):
        line = (token.map or [0])[0]
        for child in token.children or ():
            line += child.type in ("softbreak", "hardbreak")
            href = str(child.attrs.get("href", ""))
            if child.type == "link_open" and not (leads_well(href, address) and _as_typed(href, text)):
                yield line, href


def _as_typed(href: str, text: str) -> bool:
    """Not spelled in other letters, which may look like a name that is known: such a host is written xn--…."""
    host = href.partition("://")[2].partition("/")[0]
    return "xn--" not in host or host in text
