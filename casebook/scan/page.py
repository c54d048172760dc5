"""A page, parsed as browsers parse it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from casebook.scan.addresses import Listing, Target, Use
from casebook.scan.elements import Reference, references, refusals
from casebook.scan.finding import Finding
from casebook.scan.styles import loaded, unclear
from casebook.scan.xml import inline_findings

_ALLOWED = {
    "default-src": {"'none'"},
    "script-src": {"'self'"},
    "base-uri": {"'none'"},
    "form-action": {"'self'", "'none'"},
    "style-src": {"'self'", "'unsafe-inline'"},
    "img-src": {"'self'", "data:"},
    "font-src": {"'self'"},
    "connect-src": {"'self'", "'none'"},
}
_REQUIRED = ("default-src", "script-src", "base-uri", "form-action")
# Browsers guess the encoding of a page that does not begin by telling it, and the rules of one without a type.
_BEGINNING = re.compile(r"<!doctype html>\s*<html[^<>]*>\s*<head>\s*<meta charset=\"?utf-8\"?>", re.IGNORECASE)
_END = "</html>"
_FOLDER = re.compile(r"/?(?:[\w.-]+/)*", re.ASCII)
_SCRIPT = re.compile(r"[^:?#]*\.js")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What is known of the pages so far, for links to places in pages that come later."""

    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    wanted: dict[Target, Finding] = field(default_factory=dict)

    def want(self, target: Target, finding: Finding) -> None:
        """Note a place that must exist. A fragment such as `#level=town` is a script's state and no place."""
        if target.fragment and "=" not in target.fragment:
            self.wanted.setdefault(target, finding)

    def broken_fragments(self) -> Iterator[Finding]:
        """Links to places that their pages do not have."""
        for (path, fragment), finding in self.wanted.items():
            if path in self.ids and fragment not in self.ids[path]:
                yield finding


def page_findings(path: str, text: str, listing: Listing, scanned: Scanned) -> Iterator[Finding]:
    """What is wrong with a page; its places and the places it wants are noted in `scanned`."""
    tree = LexborHTMLParser(text)
    nodes = [(node.tag or "", node.attributes, node) for node in tree.root.traverse()] if tree.root else []
    ids: dict[str, int] = {}
    named: set[Reference] = set()
    for tag, attributes, node in nodes:
        yield from (Finding(path, rule, piece) for rule, piece in refusals(tag, attributes))
        if given := attributes.get("id"):
            ids[given] = ids.get(given, 0) + 1
        named.update(references(tag, attributes))
        if tag == "script" and (not _is_file(attributes.get("src")) or node.text().strip()):
            yield Finding(path, "site-script", attributes.get("src") or node.text()[:60])
        elif tag == "style":
            yield from (Finding(path, "site-foreign", odd) for odd in unclear(node.text()))
            named.update(Reference(address, Use.PICTURE) for address in loaded(node.text()))
    yield from (Finding(path, "site-id-twice", id) for id, times in ids.items() if times > 1)
    scanned.ids[path] = frozenset(ids)
    whole = nodes[0][1] if nodes else {}
    yield from _folders(path, whole)
    yield from _addresses(path, named, listing, whole.get("data-base") or "/", scanned)
    yield from _policy(path, [(tag, attributes) for tag, attributes, _ in nodes])
    yield from _emptiness(path, text, tree)
    yield from inline_findings(path, text)


def _addresses(
    path: str, named: Iterable[Reference], listing: Listing, base: str, scanned: Scanned
) -> Iterator[Finding]:
    for address, use in sorted(named):
        found = listing.follow(path, address, use, base)
        if isinstance(found, Finding):
            yield found
        elif found:
            scanned.want(found, Finding(path, "site-link-broken", address))


def _policy(path: str, elements: list[tuple[str, dict[str, str | None]]]) -> Iterator[Finding]:
    """One content security policy, as strict as ours, before anything that it could forbid."""
    policies, late = [], False
    for tag, attributes in elements:
        if tag == "meta" and (attributes.get("http-equiv") or "").lower() == "content-security-policy":
            policies.append(attributes.get("content") or "")
        late = late or (not policies and tag in ("script", "link", "style", "body"))
    if late or len(policies) != 1 or not _is_strict(policies[0]):
        yield Finding(path, "site-policy", " | ".join(policies) or "-")


def _is_file(address: str | None) -> bool:
    """Whether this names a script and not a table of data, which a browser would run as well."""
    return bool(address and _SCRIPT.fullmatch(address))


def _is_strict(policy: str) -> bool:
    """Whether a policy has all that ours has and grants nothing more."""
    parts = [words for part in policy.split(";") if (words := part.split())]
    given = {words[0].lower(): set(words[1:]) for words in parts}
    # Of two directives of one name browsers obey the first, and other blanks than ours they do not take for any.
    plain = len(given) == len(parts) and policy.isascii() and policy.isprintable()
    required = all(given.get(name) for name in _REQUIRED)
    return plain and required and all(granted <= _ALLOWED.get(name, set()) for name, granted in given.items())


def _folders(path: str, attributes: Mapping[str, str | None]) -> Iterator[Finding]:
    """What `html` tells our scripts of itself are folders of the site, from which they load."""
    for name, value in attributes.items():
        if name.startswith("data-") and not _FOLDER.fullmatch(value or ""):
            yield Finding(path, "site-foreign", f"{name}={value}")


def _emptiness(path: str, text: str, tree: LexborHTMLParser) -> Iterator[Finding]:
    """A page tells its type and encoding first, and has a title, a heading, something below it, and an end."""
    missing = [] if _BEGINNING.match(text) else ["<!DOCTYPE html><html><head><meta charset=utf-8>"]
    missing += [name for name in ("head title", "h1") if not _text(tree, name)]
    beside = sum(len(_text(tree, name)) for name in ("main nav", "main h1"))
    if len(_text(tree, "main")) <= beside:
        missing.append("main")
    if not text.rstrip().endswith(_END):
        missing.append(_END)
    if missing:
        yield Finding(path, "site-empty", ", ".join(missing))


def _text(tree: LexborHTMLParser, selector: str) -> str:
    return "".join("".join(node.text().split()) for node in tree.css(selector))
