"""Where an address leads: into the site, to the outside, or where none of ours may lead."""

import posixpath
import re
from dataclasses import dataclass
from enum import IntEnum, auto
from typing import NamedTuple
from urllib.parse import unquote

from casebook.scan.finding import Finding

ANYWHERE = "404.html"
"""Shown by a server at any address, so its own addresses begin at the server's root; no other page's may."""

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# Browsers drop some of these and read a backslash as a slash; nobody who means well writes them.
_ODD = re.compile(r"[\x00-\x20\x7f\\]")
_PICTURE = re.compile(r"data:image/(?:gif|jpeg|png|svg\+xml|webp)[;,]")


class Use(IntEnum):
    """What a browser does with an address."""

    CLICK = auto()  # follows it if the reader wants to: it may lead to the outside
    LOAD = auto()  # fetches it by itself
    PICTURE = auto()  # fetches it and can only show it: its data may stand in the address


class Target(NamedTuple):
    """A file of the site, and a place in it or ''."""

    path: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a site, as the only places to which an address may lead inside it."""

    paths: frozenset[str]

    def follow(self, page: str, address: str, use: Use, base: str = "/") -> Target | Finding | None:
        """A file of the site; a finding; or nothing to check (the outside, which a link may name, or a picture's data).

        `base` is where a server has the site's root.
        """
        scheme = _SCHEME.match(address)
        if use is Use.PICTURE and _PICTURE.match(address):
            return None
        if _ODD.search(address) or (scheme and scheme[1].lower() not in ("http", "https")):
            return Finding(page, "site-address", address)
        if scheme or address.startswith("//"):
            return None if use is Use.CLICK and scheme else Finding(page, "site-foreign", address)
        path, _, fragment = address.partition("#")
        target = self._inside(page, unquote(path.partition("?")[0]), base)
        return Target(target, unquote(fragment)) if target in self.paths else Finding(page, "site-link-broken", address)

    def _inside(self, page: str, path: str, base: str) -> str:
        if not path:
            return page
        if page == ANYWHERE:
            return path.removeprefix(base) if path.startswith(base) else "/"
        return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
