"""How fast the case list and the matrix answer: `python -m benchmarks.explore [cases]`.

The site is built as it is; then the data of its explorer are replaced by those of generated cases, made by the code
that makes the real ones, and both pages are opened in Chromium from disk. A time ends when the answer has been painted.
Beside it stands how long the page's thread was busy, which says more on a machine that does other things as well.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, sync_playwright

from benchmarks.corpus import CONTENT, generated_corpus, real_corpus
from casebook.analyse import analyse
from casebook.render.comparing import compare_files
from casebook.render.environment import open_templates
from casebook.render.explorer import explorer_files
from casebook.render.words import Words
from tests.browser import launch

ROOT = CONTENT.parent
TIMES = 15
TYPED = ("社", "社区", "社区 1", "社区 12", "", "网", "网格", "网", "", "3", "31", "314", "没有的", "")
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
}).observe({ type: "longtask" });
window.painted = () => new Promise((done) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = done;
  port2.postMessage(null);
}));
new MutationObserver(async (_, observer) => {
  if (!document.querySelector("main [data-ready]")) return;
  observer.disconnect();
  await painted();
  window.usable = performance.now();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] });
"""
ACT = """async (act) => {
  const start = performance.now();
  %s;
  await painted();
  return performance.now() - start;
}"""
CLICK = ACT % "document.querySelector(act).click()"
TYPE = ACT % (
    "const field = document.querySelector('[data-filter]'); field.value = act; "
    "field.dispatchEvent(new Event('input', { bubbles: true }))"
)
SORT = ACT % (
    "const field = document.querySelector('[data-sort]'); field.value = act; "
    "field.dispatchEvent(new Event('change', { bubbles: true }))"
)
GROUP = SORT.replace("[data-sort]", "[data-group]")
EVIDENCE = """async (at) => {
  const mark = document.querySelectorAll("tbody a.verdict")[at];
  const start = performance.now();
  mark.click();
  while (document.querySelector("[data-card]").hidden) await painted();
  return performance.now() - start;
}"""


def main() -> None:
    """Builds, opens, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="?", type=int, default=10_000)
    count = parser.parse_args().cases
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        subprocess.run([sys.executable, "build.py", "build", "--out", str(site)], cwd=ROOT, check=True, stdout=-3)
        fill(site, count)
        with sync_playwright() as playwright:
            browser = launch(playwright)
            for address, measure in (("cases.html", measure_list), ("matrix.html", measure_matrix)):
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.add_init_script(WATCH)
                print(f"\n{address}")
                times = [opened(page, site, address) for _ in range(5)]
                elements = page.evaluate("document.querySelectorAll('*').length")
                print(f"{'':4}{'opened':34}{median(times):6.0f} ms, at most{max(times):6.0f} ms; {elements:,} elements")
                measure(Timed(page))
                print(f"{'':4}longest task {page.evaluate('longest'):.0f} ms")
                page.close()
            browser.close()


def fill(site: Path, count: int) -> None:
    """Replaces the data of the explorer, and adds the evidence of the first cases."""
    corpus = generated_corpus(real_corpus(), count)
    start = time.process_time()
    results = analyse(corpus)
    analysed = time.process_time()
    words = Words(open_templates(ROOT / "templates").interface[corpus.site.interface], corpus)
    _, files = explorer_files(corpus, results, words)
    print(f"{count:,} cases: analysed in {analysed - start:.1f} s, written in {time.process_time() - analysed:.1f} s")
    folder = next(site.glob("assets/explore-*"))
    for file in files:
        (folder / Path(file.path).name).write_text(file.text, encoding="utf-8")
    sizes = [len(file.text.encode()) for file in files]
    print(f"{len(files)} files, {sum(sizes) / 1e6:.1f} MB, the largest {max(sizes) / 1e3:.0f} kB")
    columns = next(site.glob("assets/compare-*"))
    for file in compare_files(corpus, results, words)[1]:
        (columns / Path(file.path).name).write_text(file.text, encoding="utf-8")


class Timed:
    """A page, and what its actions took."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._devtools = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def report(self, name: str, script: str, arguments: Iterable[object]) -> None:
        """Prints median and maximum of what a script says it took with one argument after another."""
        times, busy = [], []
        for argument in arguments:
            before = self._busy()
            times.append(float(self.page.evaluate(script, argument)))
            busy.append(self._busy() - before)
        told = f"{median(times):6.0f} ms, at most{max(times):6.0f} ms, busy{median(busy):5.0f} ms"
        print(f"{'':4}{name:34}{told}, {len(times)} times")

    def _busy(self) -> float:
        found = self._devtools.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in found if each["name"] == "TaskDuration")) * 1000


def opened(page: Page, site: Path, address: str) -> float:
    """Milliseconds from navigation to a page that answers."""
    page.goto("about:blank")
    page.goto((site / address).as_uri())
    page.wait_for_function("window.usable")
    page.evaluate("longest = 0")
    return float(page.evaluate("usable"))


def measure_list(timed: Timed) -> None:
    """What list and matrix have in common: facets in both modes, orders, text, further rows."""
    page = timed.page
    page.evaluate("document.querySelector('[data-facets] [data-facet=mechanism]').open = true")
    for facet in ("level", "place", "mechanism"):
        choices = [f'input[data-facet="{facet}"][data-value="{value}"]' for value in range(3)]
        timed.report(f"facet: {facet}", CLICK, choices * 6)
    page.evaluate(CLICK, 'input[data-facet="mechanism"][data-value="0"]')
    modes = ["[name=mode-mechanism][value=every]", "[name=mode-mechanism][value=any]"]
    timed.report("facet: all of them, any of them", CLICK, modes * 5)
    page.evaluate(CLICK, "[data-clear]")
    orders = page.eval_on_selector_all("[data-sort] option", "(all) => all.map((each) => each.value)")
    timed.report("order, asked for the first time", SORT, [*orders[1:], ""])
    timed.report("order", SORT, [*orders[1:], ""] * 2)
    timed.report("text", TYPE, TYPED)
    timed.report("more rows", CLICK, ["[data-more]"] * 5)
    page.evaluate(SORT, "place")
    page.evaluate(SORT, "")


def measure_matrix(timed: Timed) -> None:
    """The same, and what only the matrix has."""
    measure_list(timed)
    timed.report("column", CLICK, [f'[data-column="{column}"]' for column in (0, 1, 0, 1, 5, 5)] * 2)
    groups = timed.page.eval_on_selector_all("[data-group] option", "(all) => all.map((each) => each.value)")
    timed.report("group of columns", GROUP, [*groups[1:], ""])
    timed.report("evidence", EVIDENCE, range(0, 10 * TIMES, 10))


if __name__ == "__main__":
    main()
