"""How large the search index gets and how fast it answers: `python -m benchmarks.search [documents]`.

Made-up Chinese documents (words by Zipf's law, always the same for a seed) are indexed and searched in Chromium,
opened from disk. Bytes are those of the index files that the page asked for, uncompressed.
"""

import argparse
import itertools
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from casebook.search.index import SearchDocument, Section
from tests.browser import launch
from tests.search.harness import write_site

WORDS = 30_000
CHARACTERS = 3_000
LENGTH = 1_500  # characters of a document
QUERIES = 45
COLD = 5  # of them in a page that has loaded nothing yet
SEED = 20

WATCH = """
window.loaded = [];
document.addEventListener("load", (event) => window.loaded.push(event.target.src), true);
new MutationObserver((_, observer) => {
  if (!document.querySelector("[data-results] li")) return;
  window.first = { time: performance.now(), loaded: window.loaded.splice(0) };
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""
MEASURE = """async (query) => {
  const start = performance.now();
  const results = await casebookSearch.open(query);
  const hits = await results.take(8);
  return [performance.now() - start, results.stage, hits.length];
}"""


def documents(count: int) -> Iterator[SearchDocument]:
    """`count` documents of about `LENGTH` characters, in six sections each."""
    chance = random.Random(SEED)
    characters = [chr(0x4E00 + number) for number in chance.sample(range(20_000), CHARACTERS)]
    steep = list(itertools.accumulate(1 / (rank + 20) for rank in range(CHARACTERS)))
    words = [
        "".join(chance.choices(characters, cum_weights=steep, k=chance.choice((2, 2, 2, 3, 4)))) for _ in range(WORDS)
    ]
    zipf = list(itertools.accumulate(1 / (rank + 5) for rank in range(WORDS)))
    for number in range(count):
        sections = []
        for place in range(6):
            chosen = chance.choices(words, cum_weights=zipf, k=LENGTH // 22)
            marks = chance.choices(("", "", "", "，", "。", f"{chance.randrange(2000)}个"), k=len(chosen))
            text = "".join(itertools.chain.from_iterable(zip(chosen, marks, strict=True)))
            heading = "".join(chance.choices(words, cum_weights=zipf, k=2)) if place else ""
            sections.append(Section(heading, f"s{place}" if place else "", text))
        title = "".join(chance.choices(words, k=4))
        yield SearchDocument(f"cases/case-{number:05}.html", title, chance.choice(("case", "source")), tuple(sections))


def queries(made: list[SearchDocument]) -> dict[str, list[str]]:
    """Queries by what they put to work."""
    chance = random.Random(SEED + 1)

    def fragment(length: int) -> str:
        text = ""
        while len(text) < length or not text.isalnum():
            text = chance.choice(chance.choice(made).sections).text
            start = chance.randrange(len(text))
            text = text[start : start + length]
        return text

    def titled() -> str:
        return chance.choice(made).title[:6]

    return {
        "two characters": [fragment(2) for _ in range(QUERIES)],
        "four characters": [fragment(4) for _ in range(QUERIES)],
        "six characters": [fragment(6) for _ in range(QUERIES)],
        "two words": [f"{fragment(2)} {fragment(2)}" for _ in range(QUERIES)],
        "a title": [titled() for _ in range(QUERIES)],
        "one wrong": [fragment(3) + "龘" + fragment(2) for _ in range(QUERIES)],
        "a question": [f"{fragment(4)}为什么{fragment(5)}" for _ in range(QUERIES)],
    }


def main() -> None:
    """Builds, opens, measures, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", nargs="?", type=int, default=10_000)
    count = parser.parse_args().documents
    made = list(documents(count))
    print(f"{count:,} documents of {sum(len(s.text) for d in made for s in d.sections) / count:,.0f} characters")
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        started, busy = time.perf_counter(), time.process_time()
        files = write_site(site, made, pages=False).files
        elapsed, busy = time.perf_counter() - started, time.process_time() - busy
        print(f"built and written in {elapsed:.1f} s, {busy:.1f} s of it computing")
        sizes = {path: len(text.encode()) for path, text in files.items()}
        print(
            f"{len(sizes):,} files, {sum(sizes.values()) / 1e6:.1f} MB, the largest {max(sizes.values()) / 1e3:.0f} kB"
        )
        for kind in ("meta", "grams", "chars", "text", "pinyin"):
            of_kind = [size for path, size in sizes.items() if f"/{kind}" in path]
            print(f"  {kind:7}{len(of_kind):6,} files {sum(of_kind) / 1e6:7.1f} MB")
        with sync_playwright() as playwright:
            browser = launch(playwright)
            page = browser.new_page()
            measure(page, site, sizes, queries(made))
            browser.close()


def measure(page: Page, site: Path, sizes: dict[str, int], asked: dict[str, list[str]]) -> None:
    """Prints medians: of a first query on a page, of further ones, of those asked once more (their bytes: a mean)."""
    page.add_init_script(WATCH)

    def megabytes(addresses: list[str]) -> float:
        return sum(sizes.get(address.removeprefix(site.as_uri() + "/"), 0) for address in addresses) / 1e6

    print(f"{'':16}{'first result':>22}{'next query':>22}{'again':>10}{'hits':>6}")
    for name, group in asked.items():
        cold = []
        for query in group[:COLD]:
            page.goto("about:blank")
            page.goto(f"{(site / 'search.html').as_uri()}#q={quote(query)}")
            page.wait_for_selector("[data-search-page][aria-busy=false]")
            cold.append(page.evaluate("first"))
        time_first = median(each["time"] for each in cold)
        size_first = median(megabytes(each["loaded"]) for each in cold)
        page.evaluate("loaded.splice(0)")
        fresh = [page.evaluate(MEASURE, query) for query in group[COLD:]]
        mean = megabytes(page.evaluate("loaded")) / len(fresh)
        again = [page.evaluate(MEASURE, query)[0] for query in group[COLD:]]
        hits = sum(each[2] > 0 for each in fresh)
        print(
            f"{name:16}{time_first:10.0f} ms {size_first:5.2f} MB"
            f"{median(each[0] for each in fresh):10.0f} ms {mean:5.2f} MB{median(again):7.0f} ms{hits:4}/{len(fresh)}"
        )


if __name__ == "__main__":
    main()
