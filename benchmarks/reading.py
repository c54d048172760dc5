"""How long the worst of the bad files holds up a check, and how much memory it takes: `python -m benchmarks.reading`.

Every bad file of `tests/hostile` and `tests/rules`, with the loader in C and with the one in Python. Each is read
alone, as a case of a small corpus, and its problems are told in both languages. Seconds are those of the processor.
"""

import argparse
import resource
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest import mock

import yaml

from casebook import yamlevents
from casebook.load import load, read_document
from casebook.problems import as_text, in_order
from casebook.rules import check
from tests.hostile import BASE, SAMPLE, base
from tests.test_hostile_files import BAD

LOADERS = {"C": getattr(yaml, "CSafeLoader", None), "Python": yaml.SafeLoader}
MIB = 1024  # getrusage counts KiB


def collection() -> Iterator[tuple[str, Mapping[str, bytes]]]:
    """Name → files laid over the good corpus."""
    yield from BAD.items()
    for path in sorted(BASE.parent.glob("*/bad*.yml")):
        yield f"rule: {path.parent.name}/{path.name}", {SAMPLE: path.read_bytes()}
    for expected in sorted(BASE.parent.rglob("expected.txt")):
        files = {path for path in expected.parent.rglob("*.yml") if not path.name.startswith(("bad", "good"))}
        yield f"rule: {name_of(expected)}", {f.relative_to(expected.parent).as_posix(): f.read_bytes() for f in files}


def name_of(expected: Path) -> str:
    """The folder of an example, as the tests call it."""
    return expected.parent.relative_to(BASE.parent).as_posix()


def tell(files: Mapping[str, bytes]) -> int:
    """Everything that `check` does; the number of problems."""
    read_document.cache_clear()
    corpus, problems = load({**base(), **files})
    problems = in_order([*problems, *(check(corpus) if corpus else [])])
    for language in ("zh", "en"):
        as_text(problems, language)
    return len(problems)


def main() -> None:
    """Print the slowest files of each loader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10, help="how many of the slowest to print")
    options = parser.parse_args()
    tell({})  # patterns and messages are made once
    for name, loader in LOADERS.items():
        if loader is None:
            print(f"{name}: this PyYAML has no such loader")
            continue
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with mock.patch.object(yamlevents, "_LOADER", loader):
            times = sorted(timed(), reverse=True)
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(
            f"{name}: {len(times)} files, {grown / MIB:.0f} MiB at most, {(grown - before) / MIB:.0f} more than before"
        )
        for seconds, found, file in times[: options.most]:
            print(f"  {seconds:6.3f} s  {found:4} problems  {file}")


def timed() -> Iterator[tuple[float, int, str]]:
    """(seconds, problems, name) of each file."""
    for name, files in collection():
        start = time.process_time()
        found = tell(files)
        yield time.process_time() - start, found, name


if __name__ == "__main__":
    main()
