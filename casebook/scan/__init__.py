"""scan: what a built site may not hold, found by parsing its files; a finding stops publishing.

The layers below escape and filter; this one trusts none of them. It knows a folder's listing and bytes and nothing of
how they were made, reads HTML with the algorithm of browsers, and lets a kind of file pass only if it knows the kind.
"""

import gzip
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from casebook.problems import Problem
from casebook.scan.addresses import Listing
from casebook.scan.finding import Finding
from casebook.scan.page import Scanned, page_findings
from casebook.scan.scripts import json_findings, script_findings
from casebook.scan.styles import sheet_findings
from casebook.scan.xml import xml_findings

XML = (".svg", ".xml", ".atom")
PLAIN = (".csv", ".md", ".png", ".txt", ".woff2", ".yml")
"""Kinds that no browser runs."""
_NAME = re.compile(r"[\w./-]+", re.ASCII)


def scan(
    paths: Collection[str],
    read: Callable[[str], bytes],
    own_scripts: Mapping[str, bytes],
    sources: Mapping[str, str] | None = None,
) -> list[Problem]:
    """Everything that may not be published, each finding once however many pages show it.

    `paths` are all files of the site (relative, POSIX), `own_scripts` the scripts that a person wrote, by path, and
    `sources` the content file behind a page, which is where a problem is told.
    """
    listing, scanned = Listing(frozenset(paths)), Scanned()
    found = [finding for path in sorted(paths) for finding in _file(path, read, listing, own_scripts, scanned)]
    return _as_problems([*found, *scanned.broken_fragments()], sources or {})


def _file(
    path: str, read: Callable[[str], bytes], listing: Listing, own: Mapping[str, bytes], scanned: Scanned
) -> Iterator[Finding]:
    kind = PurePosixPath(path).suffix
    if not _NAME.fullmatch(path) or kind not in (".html", ".css", ".js", ".json", ".gz", *XML, *PLAIN):
        yield Finding(path, "site-file-unexpected", path)
        return
    data = read(path)
    if kind == ".gz":
        if not _is_packed(data, read, path.removesuffix(".gz"), listing):
            yield Finding(path, "site-malformed", "gzip")
        return
    if kind in PLAIN:
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        yield Finding(path, "site-malformed", "UTF-8")
        return
    if kind == ".html":
        yield from page_findings(path, text, listing, scanned)
    elif kind == ".js":
        yield from () if own.get(path) == data else script_findings(path, text)
    elif kind == ".css":
        yield from sheet_findings(path, text, listing)
    elif kind == ".json":
        yield from json_findings(path, text)
    else:
        yield from xml_findings(path, text, listing)


def _is_packed(data: bytes, read: Callable[[str], bytes], twin: str, listing: Listing) -> bool:
    """Whether this is a file of the site, packed: what was scanned there need not be scanned here."""
    try:
        return twin in listing.paths and gzip.decompress(data) == read(twin)
    except (OSError, EOFError):
        return False


def _as_problems(found: Iterable[Finding], sources: Mapping[str, str]) -> list[Problem]:
    """What stands in a template shows on every page: it is told at the first, with how many others there are."""
    alike: dict[tuple[str, str], list[str]] = {}
    for finding in found:
        alike.setdefault((finding.rule, finding.text), []).append(finding.path)
    problems = []
    for (rule, text), paths in alike.items():
        others = len(dict.fromkeys(paths)) - 1
        page = f"{paths[0]} (+{others})" if others else paths[0]
        problems.append(Problem(sources.get(paths[0]) or paths[0], 0, 0, rule, {"page": page, "text": text}))
    return problems
