"""Coverage-guided fuzzing of what reads content and of what makes HTML of prose: `make fuzz`, or

    python -m tests.fuzz [--seconds 600] [--seeds DIR]

Half of the time goes to files (any bytes as a case: read by both loaders, decoded, checked, told), half to prose (any
text through Markdown and the filter). Beside crashes and hangs it looks for broken promises: a refusal without a place,
loaders that disagree, a tag, handler or link that must not be there. What breaks one is kept in `.cache/fuzz/`.
Needs atheris, which only this needs (`requirements-fuzz.txt`).
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from unittest import mock

try:
    import atheris
except ImportError:
    sys.exit("Fuzzing needs atheris: make fuzz")

with atheris.instrument_imports(include=["casebook", "markdown_it"]):
    import yaml

    from casebook import yamlevents, yamlfile
    from casebook.decode import decode
    from casebook.load import load
    from casebook.model.case import Case
    from casebook.problems import Problem, as_json, as_text, in_order
    from casebook.prose.files import read
    from casebook.prose.references import find_references
    from casebook.render.escape import plain
    from casebook.report import as_records, make_report
    from casebook.rules import check
    from tests.hostile import SAMPLE, base
    from tests.hostile.payloads import MARKDOWN, PLAIN
    from tests.test_escaping import assert_tight

FOUND = Path(".cache/fuzz")
"""Where inputs are kept that break something."""
SHORT = 600
"""Bytes of a file that the slow loader reads as well."""
LIMIT = 10
"""Seconds that one input may take on a machine that does this for the first time."""


def try_file(data: bytes) -> None:
    """`data` as a case: an answer, at a place, in words, the same from both loaders but for a known difference."""
    node, problems = yamlfile.parse(data, SAMPLE)
    if len(data) < SHORT:
        with mock.patch.object(yamlevents, "_LOADER", yaml.SafeLoader):
            _, other = yamlfile.parse(data, SAMPLE)
        assert bool(other) == bool(problems) or b"?" in data, "the loaders disagree"
    if node is not None:
        decoded, refused = decode(node, Case, SAMPLE)
        assert (decoded is None) == bool(refused)
        problems = problems + refused
    if not problems:
        corpus, problems = load({**base(), SAMPLE: data})
        assert corpus is not None and not problems
        problems = check(corpus)
    tell(in_order(problems), data)


def tell(problems: list[Problem], data: bytes) -> None:
    """Every problem has its words and its place, and neither commands nor confuses a terminal."""
    lines = re.split("\r\n|\r|\n", data.decode("utf-8", "replace"))
    for problem in problems:
        assert problem.rule not in ("rule-crashed", "invalid-value"), problem
        inside = 1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        assert inside or problem.path != SAMPLE or not problem.line, problem
    for told in (as_text(problems, "zh"), as_json(as_records(make_report({}, problems, "en")))):
        assert all(c.isprintable() or c == "\n" for c in told)
        assert not re.search(r"^\s*::|##\[", told, re.MULTILINE)


def try_prose(data: bytes) -> None:
    """`data` as Markdown and as plain text: nothing but the tags of the list; as a comparison: an answer."""
    text = data.decode("utf-8", "ignore")[:20_000]
    assert_tight(text)
    assert not re.search("[<>\"'`]", str(plain(text)))
    find_references(text)
    _, _, problems = read(data, "comparisons/points.md")
    as_text(problems, "en")


TARGETS = {"file": try_file, "prose": try_prose}


def seeds(target: str, folder: Path) -> None:
    """What is known to be tricky, to begin from."""
    from tests.test_hostile_files import BAD, GOOD_FILES

    files = [*base().values(), *(data for each in (*BAD.values(), *GOOD_FILES.values()) for data in each.values())]
    given = files if target == "file" else [text.encode() for text in (*PLAIN, *MARKDOWN)]
    for number, data in enumerate(given):
        if len(data) < 2_000:
            (folder / f"seed-{number}").write_bytes(data)


def main() -> int:
    """Run one target, or both in processes of their own; the exit code is that of the first that finds something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=600, help="in all")
    parser.add_argument("--target", choices=TARGETS)
    options = parser.parse_args()
    if options.target:
        return run(options.target, options.seconds)
    for target in TARGETS:
        command = [sys.executable, "-m", "tests.fuzz", "--target", target, "--seconds", str(options.seconds // 2)]
        if code := subprocess.run(command, check=False).returncode:
            return code
    return 0


def run(target: str, seconds: int) -> int:
    """Fuzz one target in this process, which ends with it."""
    with tempfile.TemporaryDirectory(prefix="casebook-fuzz-") as folder:
        seeds(target, Path(folder))
        options = [f"-max_total_time={seconds}", f"-timeout={LIMIT}", "-max_len=4096", "-rss_limit_mb=2048"]
        FOUND.mkdir(parents=True, exist_ok=True)
        setup: Any = atheris.Setup
        setup([sys.argv[0], *options, "-print_final_stats=1", f"-artifact_prefix={FOUND}/", folder], TARGETS[target])
        atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
