"""XML, and SVG above all: well-formed, without a document type, and as harmless as a page."""

import re
from collections.abc import Iterator
from xml.parsers import expat

from casebook.scan.addresses import Listing, Use
from casebook.scan.elements import Reference, references, refusals
from casebook.scan.finding import Finding
from casebook.scan.styles import loaded, unclear

_SVG = re.compile(r"<(/?)svg(?=[\s>/])[^>]*?(/?)>", re.IGNORECASE)


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    """What our XML does not have: a document type, an instruction, another encoding, an element inside a style."""


def xml_findings(path: str, text: str, listing: Listing) -> Iterator[Finding]:
    """What is wrong with an XML file."""
    elements: list[tuple[str, dict[str, str]]] = []
    styles: list[str] = []
    if why := _parse(text, elements, styles):
        yield Finding(path, "site-malformed", why)
        return
    for css in styles:
        yield from (Finding(path, "site-foreign", odd) for odd in unclear(css))
    named = [Reference(address, Use.PICTURE) for css in styles for address in loaded(css)]
    for tag, attributes in elements:
        if tag.lower() == "script":
            yield Finding(path, "site-script", f"<{tag}>")
        yield from (Finding(path, rule, piece) for rule, piece in refusals(tag, attributes))
        named += references(tag, attributes)
    for address, use in named:
        if isinstance(found := listing.follow(path, address, use), Finding):
            yield found


def inline_findings(path: str, text: str) -> Iterator[Finding]:
    """SVG inside a page must be well-formed too; its elements are read with the page."""
    depth, start = 0, 0
    for tag in _SVG.finditer(text):
        closes, empty = tag[1], tag[2]
        if not closes and depth == 0:
            start = tag.start()
        depth += -1 if closes else 0 if empty else 1
        if depth == 0 and (why := _parse(text[start : tag.end()], [], [])):
            yield Finding(path, "site-malformed", f"<svg>: {why}")
    if depth:
        yield Finding(path, "site-malformed", "<svg>")


def _parse(text: str, elements: list[tuple[str, dict[str, str]]], styles: list[str]) -> str:
    """Fill the two lists; what is wrong, or ''."""
    parser = expat.ParserCreate()
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if inside and inside[-1].lower() == "style":
            raise _Refused("<style><…>")
        inside.append(name.rpartition(":")[2])
        elements.append((inside[-1], attributes))
        styles.append("")

    def end(_name: str) -> None:
        inside.pop()

    def characters(data: str) -> None:
        if inside[-1].lower() == "style":
            styles[-1] += data

    def refuse(*_: object) -> None:
        raise _Refused("<!DOCTYPE>, <?…?>")

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "UTF-8").upper() != "UTF-8":
            raise _Refused(f"encoding={encoding}")

    parser.XmlDeclHandler = declared
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = parser.ProcessingInstructionHandler = refuse
    try:
        parser.Parse(text, True)
    except (expat.ExpatError, _Refused) as error:
        return str(error)
    return ""
