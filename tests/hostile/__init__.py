"""What an attacker or an unlucky editor may put into content, laid over the small corpus of `tests/rules/base`.

`files` are case files that are bad as a whole, `values` single bad values in good files, `corpora` files that are wrong
only together; `twins` look like them and are right. More bad files stand in `tests/rules`, each with its exact
problems. `payloads` are texts that would run, lead or load something if a page did not show them as text.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

BASE = Path(__file__).parent.parent / "rules" / "base"
SAMPLE, HEDONG, SHANGXI = (f"cases/{name}.yml" for name in ("sample", "hedong", "shangxi"))
SOURCE, SITE = "sources/qinghe-report.yml", "site.yml"
INDICATORS, UNITS, MECHANISMS = (f"vocabulary/{name}.yml" for name in ("indicators", "units", "mechanisms"))

Change = tuple[str, str, str]
"""(file, what stands there, what stands there instead)"""


@cache
def base() -> Mapping[str, bytes]:
    """The good corpus, by path."""
    files = sorted(path for path in BASE.rglob("*") if path.is_file())
    return {path.relative_to(BASE).as_posix(): path.read_bytes() for path in files}


def changed(*changes: Change) -> dict[str, bytes]:
    """The files of the good corpus that the changes touch. A piece that is not there once is a slip of the test."""
    files: dict[str, bytes] = {}
    for path, old, new in changes:
        text = files.get(path, base()[path]).decode()
        assert text.count(old) == 1, (path, old, text.count(old))
        files[path] = text.replace(old, new).encode("utf-8", "surrogatepass")
    return files
