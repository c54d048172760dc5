"""What travels to a reader, compressed as hosts compress it."""

from pathlib import Path

from tests.quality.serving import compressed

CASE = 60_000  # bytes
SHARED = 40_000


def test_a_case_page_is_light(site: Path) -> None:
    """A case with its figures, which stand inside the page, opens at once on a slow line."""
    heavy = {path.name: len(compressed(path)) for path in site.glob("cases/*.html") if len(compressed(path)) > CASE}
    assert not heavy


def test_what_all_pages_share_is_light(site: Path) -> None:
    """All style sheets and scripts of the theme together, those of single pages included."""
    shared = [*site.glob("css/*.css"), *site.glob("js/*.js")]
    assert sum(len(compressed(path)) for path in shared) <= SHARED
