"""Scripts that nobody wrote by hand, and JSON: they may hold data and nothing else."""

import json
import re
from collections.abc import Iterator

from casebook.scan.finding import Finding

# `casebookSearch.add("text",0,[…]);`: one call of a function that takes the data in, its arguments pure JSON.
_CALL = re.compile(r"casebook[A-Z][A-Za-z]*\.[a-z][A-Za-z]*\((.*)\);\n?", re.DOTALL)


def script_findings(path: str, text: str) -> Iterator[Finding]:
    """A script that is not the theme's must be one call with data."""
    call = _CALL.fullmatch(text)
    if not call or not _is_json(f"[{call[1]}]"):
        yield Finding(path, "site-script", text[:60])


def json_findings(path: str, text: str) -> Iterator[Finding]:
    """JSON must be JSON."""
    if not _is_json(text):
        yield Finding(path, "site-malformed", "JSON")


def _is_json(text: str) -> bool:
    try:
        json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(constant: str) -> None:
    raise ValueError(constant)
