"""How the time of a build grows with the number of cases: `python -m benchmarks.build [cases …]`.

Generated cases go through analyse and render, without files, MkDocs and figures (which a rebuild takes from its
memory): the time for each case should stay the same.
"""

import argparse
import time

from benchmarks.corpus import CONTENT, generated_corpus, real_corpus
from casebook.analyse import analyse
from casebook.render import render
from casebook.render.environment import open_templates


class Drawn(dict[str, str]):
    """Figures that have all been drawn before."""

    def __contains__(self, chart: object) -> bool:
        return True

    def __missing__(self, chart: str) -> str:
        return ""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="*", type=int, default=[500, 1000, 2000])
    real, templates = real_corpus(), open_templates(CONTENT.parent / "templates")
    print(f"{'cases':>8}{'analyse':>12}{'render':>12}{'both, a case':>16}{'files':>8}{'bytes':>12}")
    for count in parser.parse_args().cases:
        corpus = generated_corpus(real, count)
        files = dict.fromkeys((f"cases/{id}.yml" for id in corpus.cases), b"")
        start = time.process_time()
        results = analyse(corpus)
        analysed = time.process_time()
        rendered = render(corpus, results, templates, Drawn(), files).files
        size = sum(len(file.text) for file in rendered) / 1e6  # pages are written when they are asked for
        ended = time.process_time()
        each = (ended - start) / count * 1000
        print(f"{count:8,}{analysed - start:10.1f} s{ended - analysed:10.1f} s", end="")
        print(f"{each:13.1f} ms{len(rendered):8,}{size:9.1f} MB")


if __name__ == "__main__":
    main()
