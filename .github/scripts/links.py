"""Asks every address in the content whether it still answers, and says which do not, as Markdown. Never fails a run."""

import re
import sys
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

ADDRESS = re.compile(r"https?://[^\s<>\"'`|()\[\]{}（）【】《》，。；、“”]+")
PATIENCE = 20  # seconds
REFUSED = (401, 403, 405, 429)  # there, but not for programs


def addresses(folder: Path) -> dict[str, list[str]]:
    """Address → the files in which it stands."""
    found: dict[str, list[str]] = {}
    for path in sorted(path for kind in ("*.yml", "*.md") for path in folder.rglob(kind)):
        for address in dict.fromkeys(ADDRESS.findall(path.read_text(encoding="utf-8"))):
            found.setdefault(address.rstrip(".,;:"), []).append(path.relative_to(folder).as_posix())
    return found


def wrong_with(address: str) -> str:
    """Why nobody can read what is there; nothing if they can."""
    request = Request(address, headers={"User-Agent": "casebook-links"})  # noqa: S310 - http and https alone
    try:
        with urlopen(request, timeout=PATIENCE):  # noqa: S310
            return ""
    except HTTPError as error:
        return "" if error.code in REFUSED else f"HTTP {error.code}"
    except (OSError, ValueError) as error:
        return type(getattr(error, "reason", error)).__name__


def report(found: Mapping[str, Iterable[str]], wrong: Mapping[str, str]) -> str:
    """What was asked and what did not answer."""
    rows = [f"| `{address}` | {wrong[address]} | {'、'.join(found[address])} |" for address in wrong]
    table = ["", "| 网址 | 结果 | 所在文件 |", "| --- | --- | --- |", *rows] if rows else []
    return "\n".join([f"共 {len(found)} 个网址，{len(rows)} 个没有回应。", *table, ""])


def main() -> int:
    """Ask eight at a time."""
    found = addresses(Path(sys.argv[1]))
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(found, pool.map(wrong_with, found), strict=True))
    print(report(found, {address: answer for address, answer in answers.items() if answer}), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
