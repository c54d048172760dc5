"""What travels to a reader, compressed as hosts compress it."""

import re
from pathlib import Path
from urllib.parse import urljoin

from tests.quality.serving import compressed

CASE = 60_000  # bytes
WORN = 40_000
LINKED = re.compile(r'<(?:script src|link rel="stylesheet" href)="([^"]+)"')


def test_a_case_page_is_light(site: Path) -> None:
    """A case with its figures, which stand inside the page, opens at once on a slow line."""
    heavy = {path.name: len(compressed(path)) for path in site.glob("cases/*.html") if len(compressed(path)) > CASE}
    assert not heavy


def test_what_a_page_wears_is_light(site: Path, kinds: list[str]) -> None:
    """The style sheets and scripts of a page together, whichever page it is."""
    for page in {kind.partition("#")[0] for kind in kinds}:
        linked = LINKED.findall((site / page).read_text(encoding="utf-8"))
        files = [site / urljoin(f"/{page}", address).lstrip("/") for address in linked]
        assert len(files) > 3, page
        assert sum(len(compressed(file)) for file in files) <= WORN, page
