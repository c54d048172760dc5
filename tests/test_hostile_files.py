"""Bad files of every kind are refused, each at a place and in words; what only looks like them passes."""

import re
from collections.abc import Iterator, Mapping
from unittest import mock

import pytest
import yaml

from casebook import yamlevents
from casebook.corpus import Corpus
from casebook.load import load
from casebook.problems import Problem, as_json, as_text, in_order
from casebook.report import as_records, make_report
from casebook.rules import check
from casebook.yamlfile import parse, plain
from tests.hostile import SAMPLE, base, changed
from tests.hostile.corpora import TOGETHER
from tests.hostile.files import WHOLE
from tests.hostile.twins import GOOD
from tests.hostile.values import CHANGES

Files = Mapping[str, bytes]
LANGUAGES = ("zh", "en")
# The last net under what nobody thought of: no file of ours falls into it.
NETS = {"rule-crashed", "invalid-value"}


def bad() -> Iterator[tuple[str, Files]]:
    for name, data in WHOLE.items():
        yield f"file: {name}", {SAMPLE: encoded(data)}
    for name, change in CHANGES.items():
        yield f"value: {name}", changed(change)
    for name, files in TOGETHER.items():
        yield f"together: {name}", {path: encoded(data) for path, data in files.items()}


def encoded(data: bytes | str) -> bytes:
    return data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")


BAD = dict(bad())
GOOD_FILES = {name: changed(change) for name, change in GOOD.items()}


def judge(files: Files) -> tuple[Corpus | None, list[Problem]]:
    """Everything that is wrong with the good corpus and these files over it."""
    corpus, problems = load({**base(), **files})
    return corpus, in_order([*problems, *(check(corpus) if corpus else [])])


def test_the_collection_is_broad() -> None:
    """A helper that loses most of it would make the tests below say nothing."""
    assert len(BAD) > 500
    assert len(GOOD_FILES) > 60


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_with_its_place_and_words(name: str) -> None:
    """A line and column inside the file, or the file as a whole; one line of message, in both languages."""
    _, problems = judge(BAD[name])
    assert problems
    assert not {problem.rule for problem in problems} & NETS
    for problem in problems:
        assert problem.path in {**base(), **BAD[name]}
        lines = re.split("\r\n|\r|\n", {**base(), **BAD[name]}.get(problem.path, b"").decode("utf-8", "replace"))
        assert (problem.line, problem.column) == (0, 0) or (
            1 <= problem.line <= len(lines) and 1 <= problem.column <= len(lines[problem.line - 1]) + 1
        )
    for language in LANGUAGES:
        told = as_text(problems, language)
        assert len(told.splitlines()) == 2 * len(problems)
        assert not re.search(r"Traceback|\{\w+\}: ", told)
        for printed in (told, as_json(as_records(make_report({}, problems, language)))):
            assert all(character.isprintable() or character == "\n" for character in printed)
            assert not re.search(r"^\s*::|##\[|##vso", printed, re.MULTILINE)


@pytest.mark.parametrize("name", BAD)
def test_the_other_loader_refuses_the_same_files(name: str) -> None:
    """PyYAML comes with and without libyaml."""
    for path, data in BAD[name].items():
        usual = parse(data, path)[1]
        with mock.patch.object(yamlevents, "_LOADER", yaml.SafeLoader):
            other = parse(data, path)[1]
        assert bool(usual) == bool(other)


@pytest.mark.parametrize("name", GOOD_FILES)
def test_the_twin_of_a_bad_file_passes(name: str) -> None:
    """What is only unusual is not refused, and is read as it was written, by both loaders."""
    corpus, problems = judge(GOOD_FILES[name])
    assert not problems
    assert corpus is not None
    for path, data in GOOD_FILES[name].items():
        node = corpus.documents[path].node
        assert plain(node) == yaml.load(data, Loader=yaml.BaseLoader)
        with mock.patch.object(yamlevents, "_LOADER", yaml.SafeLoader):
            assert parse(data, path) == (node, [])
