"""The schemas as editors read them: nothing English, nothing null, skeletons of keys that exist."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from casebook.schemas import MODELS
from tests.conftest import ROOT

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NAMES = sorted(MODELS)


@cache
def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((ROOT / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return found


def inside(node: Any) -> Iterator[dict[str, Any]]:
    """Every mapping of a schema, itself first."""
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from inside(part)


def fields(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for mapping in inside(schema(name)):
        if isinstance(mapping.get("properties"), dict):
            yield from mapping["properties"].items()


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_explained_in_chinese(name: str) -> None:
    # A rank of places is explained by its title alone.
    told = [(key, field.get("description", field["title"])) for key, field in fields(name)]
    assert [key for key, text in told if not CHINESE.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_default_is_null(name: str) -> None:
    """An editor would offer to write it."""
    assert [part for part in inside(schema(name)) if "default" in part and part["default"] in (None, [], False)] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_message_is_chinese_and_filled(name: str) -> None:
    """Each key has one, and each pattern."""
    said = [part[key] for part in inside(schema(name)) for key in part if key.endswith("rrorMessage")]
    assert said and all(CHINESE.search(text) and "{" not in text for text in said)
    assert [key for key, field in fields(name) if "$ref" not in field and "errorMessage" not in field] == []
    assert [
        part
        for part in inside(schema(name))
        if isinstance(part.get("pattern"), str) and "patternErrorMessage" not in part
    ] == []


def test_closed_lists_say_what_each_choice_means() -> None:
    """A new choice cannot be added to the model without its meaning in Chinese; units are words already."""
    silent = [
        (name, part["enum"])
        for name in NAMES
        for part in inside(schema(name))
        if "enum" in part
        and "人" not in part["enum"]
        and len(part.get("markdownEnumDescriptions", ())) != len(part["enum"])
    ]
    assert silent == []


def test_skeletons_hold_all_that_is_required() -> None:
    """What an editor writes at one choice lacks nothing and invents nothing."""
    skeletons = yaml.safe_load((ROOT / "templates" / "editor.yml").read_text(encoding="utf-8"))["skeletons"]
    definitions = {
        kind: next(choice for choice in part.get("anyOf", [part]) if "properties" in choice)
        for name in NAMES
        for kind, part in {MODELS[name].__name__: schema(name), **schema(name).get("$defs", {})}.items()
    }
    assert skeletons.keys() <= definitions.keys()
    for kind, offered in skeletons.items():
        required = {key for one in definitions[kind].get("allOf", ()) for key in one["required"]}
        for label, keys in offered.items():
            assert required <= set(keys) <= definitions[kind]["properties"].keys(), (kind, label)


def test_every_content_file_leads_an_editor_to_its_schema() -> None:
    """By its first line alone, whatever the editor is set to."""
    for path in sorted((ROOT / "content").rglob("*.yml")):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        led = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert led and (path.parent / led[1]).resolve().parent == ROOT / "schemas", path
        assert (path.parent / led[1]).is_file(), path
