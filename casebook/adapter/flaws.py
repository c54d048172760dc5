"""The scan as a part of every build: what was written is read before anybody else does."""

from collections.abc import Mapping
from pathlib import Path

from mkdocs.exceptions import Abort

from casebook.problems import Problem, as_text
from casebook.publish import MARKER
from casebook.scan import scan


class Flawed(Abort):
    """The site as built has flaws, which no page may have: it is not to be published."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(as_text(problems, "zh"))
        self.problems = problems


def scan_site(site: Path, theme: Path, sources: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a built folder; `sources`: the content file behind an address, for whoever has to mend it."""
    files = [path.relative_to(site).as_posix() for path in site.rglob("*") if not path.is_dir()]
    scripts = {path.relative_to(theme).as_posix(): path.read_bytes() for path in theme.rglob("*.js")}
    return scan([path for path in files if path != MARKER], lambda path: (site / path).read_bytes(), scripts, sources)
