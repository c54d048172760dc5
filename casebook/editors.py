"""Schemas as people's editors read them: with messages and skeletons, from `templates/editor.yml`.

VS Code's YAML extension takes them from the first line of a content file. Beyond JSON Schema it understands
`errorMessage` (said instead of its own English), `patternErrorMessage`, `defaultSnippets` and
`markdownEnumDescriptions`; other readers pass over them.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from casebook.corpus import Corpus
from casebook.model.base import DATE_PATTERN, LOCATOR_PATTERN
from casebook.schemas import MODELS, Schema, field_words, schema_of

SHORT = 12  # a list of so many choices can still be read in a message
AROUND = {LOCATOR_PATTERN: "L{}", DATE_PATTERN: '"{}"'}  # what a skeleton writes around the place to type in

Parts = Mapping[str, tuple[Schema, Mapping[str, Sequence[str]]]]
"""Name of a definition → its mapping and its skeletons."""


def schema_files(corpus: Corpus, templates: Path) -> dict[str, str]:
    """File name → text of every schema."""
    choices, said = _read(templates / "interface" / "zh.yml"), _read(templates / "editor.yml")
    words = field_words(templates, "zh")
    schemas = {name: (model.__name__, schema_of(model, corpus, words, choices)) for name, model in MODELS.items()}
    return {
        f"{name}.schema.json": json.dumps(_for_editors(model, schema, said), ensure_ascii=False, indent=1) + "\n"
        for name, (model, schema) in schemas.items()
    }


def _read(path: Path) -> dict[str, Any]:
    """A file of words: nothing in it is anything but text."""
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    return found


def _for_editors(model: str, schema: Schema, said: Mapping[str, Any]) -> Schema:
    definitions = {model: schema, **schema.get("$defs", {})}
    parts = {name: (_mapping(part), said["skeletons"].get(name, {})) for name, part in definitions.items()}
    for name, (mapping, _) in parts.items():
        mapping["title"] = said["names"][name]
        _say(mapping, said["messages"])
    _offer(parts)
    for mapping, _ in parts.values():
        _require(mapping, said["messages"])
    return schema


def _mapping(definition: Schema) -> Schema:
    """The definition itself, or the alternative of it that is a mapping."""
    return next(choice for choice in definition.get("anyOf", [definition]) if "properties" in choice)


def _say(mapping: Schema, messages: Mapping[str, str]) -> None:
    """What is wrong with a value, in Chinese, for every key."""
    fields: dict[str, Schema] = mapping["properties"]
    keys = "、".join(f"{key}（{field['title']}）" for key, field in fields.items())
    mapping["errorMessage"] = messages["keys"].format(title=mapping["title"], keys=keys)
    for key, field in fields.items():
        words = {"key": key, "title": field["title"], "help": field.get("description", "")}
        for value in (field, field.get("items", {})):
            rule, choices = _rule(value)
            if rule and "$ref" not in value:
                value["errorMessage"] = messages[rule].format(choices=choices, **words)
            if "pattern" in value:
                value["patternErrorMessage"] = messages["pattern"].format(**words)
        if "properties" in field:
            _say(field, messages)


def _rule(value: Schema) -> tuple[str, str]:
    """Which message a value calls for, and its choices where they are few."""
    if "enum" in value:
        if len(value["enum"]) > SHORT:
            return "term", ""
        meanings = value.get("markdownEnumDescriptions", [""] * SHORT)
        return "choice", "、".join(
            f"{id} {meaning.partition(': ')[0]}" for id, meaning in zip(value["enum"], meanings, strict=False)
        )
    kinds = {"array": "list", "string": "text", "integer": "number", "boolean": "flag"}
    kind = value.get("type", "")
    return (kinds.get(kind, "") if isinstance(kind, str) else "other"), ""


def _require(mapping: Schema, messages: Mapping[str, str]) -> None:
    """Each required key on its own, so that the message can name it."""
    fields = mapping["properties"]
    required = [
        {
            "required": [key],
            "errorMessage": messages["missing"].format(
                key=key, title=fields[key]["title"], help=fields[key].get("description", "")
            ),
        }
        for key in mapping.pop("required", ())
    ]
    if required:
        mapping["allOf"] = required


def _offer(parts: Parts) -> None:
    """Skeletons where they are wanted: those of a list's items at the list, which also writes the dash."""
    lists = [f for mapping, _ in parts.values() for f in mapping["properties"].values() if "$ref" in f.get("items", {})]
    for field in lists:
        field["defaultSnippets"] = _snippets(_named(field["items"]), parts)
    listed = {_named(field["items"]) for field in lists}
    for name, (mapping, skeletons) in parts.items():
        if skeletons and name not in listed:
            mapping["defaultSnippets"] = _snippets(name, parts)


def _named(reference: Schema) -> str:
    text: str = reference["$ref"]
    return text.rpartition("/")[2]


def _snippets(name: str, parts: Parts) -> list[dict[str, Any]]:
    mapping, skeletons = parts[name]
    return [
        {"label": label, "description": "、".join(keys), "body": _skeleton(keys, mapping, parts, count(1))}
        for label, keys in skeletons.items()
    ]


def _skeleton(keys: Sequence[str], of: Schema, parts: Parts, places: Iterator[int]) -> dict[str, Any]:
    """A snippet's body: every key with something to type over."""
    return {key: _place(of["properties"][key], parts, places) for key in keys}


def _place(value: Schema, parts: Parts, places: Iterator[int]) -> Any:
    """Where the cursor stops: at a closed list's values to choose from, or at every key of an entry inside."""
    if "$ref" in value:
        mapping, skeletons = parts[_named(value)]
        return _skeleton(next(iter(skeletons.values())), mapping, parts, places)
    if "properties" in value:
        return _skeleton(list(value["properties"]), value, parts, places)
    if value.get("type") == "array":
        return [_place(value["items"], parts, places)]
    if value.get("type") == "boolean":
        return True
    if "enum" in value and len(value["enum"]) <= SHORT:
        return f"${{{next(places)}|{','.join(value['enum'])}|}}"
    return AROUND.get(value.get("pattern", ""), "{}").format(f"${next(places)}")
