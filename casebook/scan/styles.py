"""What a style sheet, a `style` or an SVG's property makes a browser load."""

import re
from collections.abc import Iterator

from casebook.scan.addresses import Listing, Use
from casebook.scan.finding import Finding

# Comments and strings are passed over. What follows CSS's escapes, or names a file without url(), is told as it is:
# ours has neither, and reading them would need all of CSS's grammar.
_PIECE = re.compile(
    r"""/\*.*?\*/
    | url\(\s*(?P<address>"[^"]*"|'[^']*'|[^)"']*?)\s*\)
    | "(?:\\.|[^"\\\n\r\f])*" | '(?:\\.|[^'\\\n\r\f])*'
    | (?P<unclear>\\|@charset|@import|url\(|(?<!\w)(?:image|image-set|src|cross-fade)\()""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def loaded(css: str) -> Iterator[str]:
    """Every address that is loaded."""
    for piece in _PIECE.finditer(css):
        if piece["address"] is not None:
            yield piece["address"].strip("\"'")


def unclear(css: str) -> list[str]:
    """What may load something in a way that is not ours."""
    return [css[piece.start() : piece.start() + 40] for piece in _PIECE.finditer(css) if piece["unclear"]]


def sheet_findings(path: str, css: str, listing: Listing) -> Iterator[Finding]:
    """What is wrong with a style sheet."""
    for text in unclear(css):
        yield Finding(path, "site-foreign", text)
    for address in loaded(css):
        if isinstance(found := listing.follow(path, address, Use.PICTURE), Finding):
            yield found
