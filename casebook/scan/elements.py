"""One element, of a page or of an SVG: what it may not be, and where its attributes lead."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from casebook.scan.addresses import Use
from casebook.scan.styles import loaded, unclear

REFUSED = frozenset(
    # Another document inside ours, another base for our addresses, a program, what is parsed apart or differently …
    "applet base embed fencedframe foreignobject frame frameset iframe math noscript object plaintext portal template "
    "xmp "
    # … and what sets any attribute later.
    "animate animatemotion animatetransform handler listener set".split()
)
ATTRIBUTES = frozenset("attributionsrc base manifest ping srcdoc".split())
"""Attributes that no element of ours has: they load, tell others, or give addresses another base."""
_LOADED = frozenset("action background data dynsrc formaction lowsrc poster src".split())
_SETS = frozenset(("srcset", "imagesrcset"))
_STYLED = frozenset("clip-path cursor fill filter marker marker-end marker-mid marker-start mask stroke style".split())
_CLICKED = frozenset(("a", "area"))
_TOLD = frozenset("alternate author canonical help license".split())
"""What a `link` may say of another address without loading it; Firefox fetches what is `next`."""


class Reference(NamedTuple):
    """An address that an element names, and how it is used."""

    address: str
    use: Use


def refusals(tag: str, attributes: Mapping[str, str | None]) -> Iterator[tuple[str, str]]:
    """Rule and piece of whatever this element may not be or have."""
    if tag.lower() in REFUSED:
        yield "site-element", f"<{tag}>"
    for name, value in attributes.items():
        bare = _bare(name)
        if bare.startswith("on"):
            yield "site-handler", f"{name}={value or ''}"
        elif bare in ATTRIBUTES:
            yield "site-element", f"<{tag} {name}>"
        elif bare in _STYLED:
            yield from (("site-foreign", text) for text in unclear(value or ""))
    told = (attributes.get("http-equiv") or "").lower()
    if told and told != "content-security-policy":
        yield "site-element", f"<{tag} http-equiv={told}>"


def references(tag: str, attributes: Mapping[str, str | None]) -> Iterator[Reference]:
    """Every address that this element names."""
    for name, given in attributes.items():
        bare, value = _bare(name), given or ""
        if bare == "href":
            told = set((attributes.get("rel") or "-").lower().split()) <= _TOLD
            yield Reference(value, Use.CLICK if tag in _CLICKED or (tag == "link" and told) else Use.LOAD)
        elif bare in _LOADED:
            yield Reference(value, Use.PICTURE if tag == "img" else Use.LOAD)
        elif bare == "cite":
            yield Reference(value, Use.CLICK)
        elif bare in _SETS:
            yield from (Reference((candidate.split() or [""])[0], Use.LOAD) for candidate in value.split(","))
        elif bare in _STYLED:
            yield from (Reference(address, Use.PICTURE) for address in loaded(value))


@cache
def _bare(name: str) -> str:
    """An attribute's name without its namespace."""
    return name.lower().rpartition(":")[2]
