"""The shape of the code: one direction of imports, one place for MkDocs, schemas that are not stale."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from casebook import LAYERS
from tests.conftest import ROOT, run

MODULES = sorted((ROOT / "casebook").rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def layer(path: Path) -> str:
    return path.relative_to(ROOT / "casebook").parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_imports_only_from_those_above_it_in_the_map(path: Path) -> None:
    """The flow has one direction: whoever reads the map knows what a change can reach."""
    if layer(path) == "__init__":
        assert not list(imported(path))
        return
    below = LAYERS[: LAYERS.index(layer(path)) + 1]
    for name in imported(path):
        if name.startswith("casebook."):
            assert name.split(".")[1] in below, f"{path.name} imports {name}"


def test_the_map_lists_every_module_and_nothing_else() -> None:
    """The map stays true."""
    assert {layer(path) for path in MODULES} - {"__init__"} == set(LAYERS)


def test_only_the_adapter_knows_mkdocs() -> None:
    """MkDocs can be replaced by rewriting one module."""
    knowing = {layer(path) for path in MODULES if any(name.split(".")[0] == "mkdocs" for name in imported(path))}
    assert knowing == {"adapter"}


def test_schemas_are_what_the_model_and_the_vocabulary_say(tmp_path: Path) -> None:
    """An editor's completion offers today's keys and terms: `make schemas` was not forgotten."""
    kept = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schemas").glob("*.json")}
    done = run("schemas", "--out", str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.json")} == kept
