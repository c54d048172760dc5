"""How long an editor waits: from saving a case to its page in the browser.

    python -m benchmarks.serve [SAVES]

Runs `build.py serve` on a copy of the real content, saves one case again and again and prints the seconds until
Chromium shows the change: minimum, median, maximum.
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import launch
from tests.conftest import ROOT
from tests.previewing import preview


def main(saves: int) -> None:
    """Print the figures of `saves` saves."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        content = Path(folder) / "content"
        shutil.copytree(ROOT / "content", content)
        started = time.perf_counter()
        with preview(ROOT, "--content", str(content)) as address:
            print(f"answers after {time.perf_counter() - started:.1f} s")
            case = min(content.glob("cases/*.yml"))
            page = launch(playwright).new_page()
            page.goto(f"{address}cases/{case.stem}.html")
            waits = [_wait(page, case, n) for n in range(saves)]
    print(f"{min(waits):.2f} {statistics.median(waits):.2f} {max(waits):.2f} s")


def _wait(page: Page, case: Path, n: int) -> float:
    time.sleep(1)
    lines = case.read_text(encoding="utf-8").splitlines(keepends=True)
    title = next(line for line in lines if line.startswith("title:"))
    started = time.perf_counter()
    case.write_text("".join(f"title: 第{n}次\n" if line == title else line for line in lines), encoding="utf-8")
    page.get_by_text(f"第{n}次").first.wait_for()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
