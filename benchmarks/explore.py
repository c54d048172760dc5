"""How fast the case list and the matrix answer: `python -m benchmarks.explore [cases]`.

The site is built as it is; then the data of its explorer are replaced by those of generated cases, made by the code
that makes the real ones, and both pages are opened in Chromium from disk. A time ends when the answer has been painted.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
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
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration);
}).observe({ type: "longtask" });
window.painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
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
                report("opened", [opened(page, site, address) for _ in range(5)])
                print(f"{'':4}{page.evaluate('document.querySelectorAll(`*`).length'):,} elements")
                measure(page)
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


def opened(page: Page, site: Path, address: str) -> float:
    """Milliseconds from navigation to a page that answers."""
    page.goto("about:blank")
    page.goto((site / address).as_uri())
    page.wait_for_function("window.usable")
    page.evaluate("longest = 0")
    return float(page.evaluate("usable"))


def report(name: str, times: Iterable[float]) -> None:
    """One line: median and maximum."""
    found = list(times)
    print(f"{'':4}{name:34}{median(found):8.0f} ms{max(found):8.0f} ms at most, {len(found)} times")


def measure_list(page: Page) -> None:
    """Facets in both modes, orders, typing."""
    page.evaluate("document.querySelectorAll('[data-facets] details').forEach((each) => { each.open = true; })")
    page.evaluate("painted()")
    shared(page)


def shared(page: Page) -> None:
    """What list and matrix have in common."""
    measured = timer(page)
    for facet in ("level", "place", "mechanism"):
        choices = [f'input[data-facet="{facet}"][data-value="{value}"]' for value in range(3)]
        report(f"facet: {facet}", measured(CLICK, choices * 6))
    page.evaluate(CLICK, 'input[data-facet="mechanism"][data-value="0"]')
    report(
        "facet: all of them, any of them",
        measured(CLICK, ["[name=mode-mechanism][value=every]", "[name=mode-mechanism][value=any]"] * 5),
    )
    page.evaluate(CLICK, "[data-clear]")
    orders = page.eval_on_selector_all("[data-sort] option", "(all) => all.map((each) => each.value)")
    report("order, asked for the first time", measured(SORT, [*orders[1:], ""]))
    report("order", measured(SORT, [*orders[1:], ""] * 2))
    report(
        "text",
        measured(TYPE, ["社", "社区", "社区 1", "社区 12", "", "网", "网格", "网", "", "3", "31", "314", "没有的", ""]),
    )
    report("more rows", measured(CLICK, ["[data-more]"] * 5))
    page.evaluate(SORT, "place")
    page.evaluate(SORT, "")


def measure_matrix(page: Page) -> None:
    """The same, and what only the matrix has."""
    shared(page)
    measured = timer(page)
    report("column", measured(CLICK, [f'[data-column="{column}"]' for column in (0, 1, 0, 1, 5, 5)] * 2))
    groups = page.eval_on_selector_all("[data-group] option", "(all) => all.map((each) => each.value)")
    report("group of columns", measured(GROUP, [*groups[1:], ""]))
    report("evidence", measured(EVIDENCE, range(0, 10 * TIMES, 10)))


def timer(page: Page) -> Callable[[str, Iterable[object]], list[float]]:
    """What evaluates a script with one argument after another, and gives its times."""
    return lambda script, arguments: [float(page.evaluate(script, argument)) for argument in arguments]


if __name__ == "__main__":
    main()
