"""JSON Schemas of the content files, generated from the models, the vocabularies and the words for people.

They help while typing; what decides is `check`. Ids of cases and sources are not listed, so that a new case does not
make a schema stale.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from casebook.corpus import Corpus
from casebook.model.base import ID_PATTERN
from casebook.model.case import Case, Tombstone
from casebook.model.omission import Omissions
from casebook.model.site import Site
from casebook.model.source import Source
from casebook.model.tiles import TileMaps
from casebook.model.vocabulary import Derived, Indicators, Term, Units, Vocabulary

MODELS: dict[str, type[BaseModel]] = {
    "case": Case,
    "tombstone": Tombstone,
    "source": Source,
    "omissions": Omissions,
    "site": Site,
    "vocabulary": Vocabulary,
    "indicators": Indicators,
    "derived": Derived,
    "units": Units,
    "tiles": TileMaps,
}
# Text that YAML shows an editor as a number.
NUMBER_LIKE = frozenset({"value", "date", "published", "accessed", "updated", "started", "as_of", "factor"})

# Closed lists whose meanings stand under another name than the key's.
CALLED = {"Observation.status": "observation-status"}

Schema = dict[str, Any]
Words = Mapping[str, Mapping[str, str]]
"""`key`, or `Model.key` where it means something else there → `title` and `help`."""


def field_words(templates: Path, language: str) -> Words:
    """What each key is called and how it is filled in."""
    name = "fields.yml" if language == "zh" else f"fields-{language}.yml"
    words: Words = yaml.safe_load((templates / "interface" / name).read_text(encoding="utf-8"))
    return words


def schema_of(model: type[BaseModel], corpus: Corpus, words: Words, choices: Mapping[str, str]) -> Schema:
    """The schema of one kind of file: its keys described, its terms listed with their definitions.

    `choices` are the words of the interface: `verdict.present` → what it means.
    """
    schema = model.model_json_schema()
    for name, definition in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        _describe(name, definition, words, choices)
    return {"$schema": "http://json-schema.org/draft-07/schema#", **_resolved(schema, corpus)}


def _describe(model: str, definition: Schema, words: Words, choices: Mapping[str, str]) -> None:
    definition.pop("title", None)
    definition.pop("description", None)
    for choice in definition.get("anyOf", ()):
        _describe(model, choice, words, choices)
    for key, field in definition.get("properties", {}).items():
        place = f"{model}.{key}"
        said = words.get(place) or words[key]
        field["title"], field["description"] = said["title"], said["help"]
        if not field.get("default", True):
            field.pop("default")  # an absent key and an empty one are the same to an editor
        for closed in (c for c in (field, field.get("items", {}), *field.get("anyOf", ())) if "enum" in c):
            meanings = [choices[f"{CALLED.get(place, key)}.{choice}"] for choice in closed["enum"]]
            closed["markdownEnumDescriptions"] = meanings
        if key in NUMBER_LIKE:
            for text in (t for t in (field, *field.get("anyOf", ())) if t.get("type") == "string"):
                text["type"] = ["string", "number"]


def _resolved(node: Any, corpus: Corpus) -> Any:
    """References to vocabularies become lists of their terms; absent values are left out, never `null`."""
    if isinstance(node, list):
        return [_resolved(item, corpus) for item in node]
    if not isinstance(node, dict):
        return node
    node = {key: _resolved(value, corpus) for key, value in node.items()}
    if "anyOf" in node:
        node["anyOf"] = [choice for choice in node["anyOf"] if choice != {"type": "null"}]
        if len(node["anyOf"]) == 1:
            node |= node.pop("anyOf")[0]
    if kind := node.pop("x-refers", None):
        node |= _choices(kind, corpus)
    if node.pop("x-keys", None) == "ranks":
        inner = node.pop("additionalProperties")
        node["properties"] = {rank.id: {"title": rank.label, **inner} for rank in corpus.site.ranks}
        node["additionalProperties"] = False
    return node


def _choices(kind: str, corpus: Corpus) -> Schema:
    if kind == "units":
        return {"enum": list(corpus.unit)}
    terms = corpus.terms.get(kind)
    if terms is None:
        return {"pattern": ID_PATTERN}
    return {"enum": list(terms), "markdownEnumDescriptions": [_meaning(term) for term in terms.values()]}


def _meaning(term: Term) -> str:
    """One line: an editor shows it beside the term, and in a list of all of them."""
    avoid = f" 不用：{term.avoid}" if term.avoid else ""
    return f"{term.label}: {term.definition} 用：{term.use}{avoid}"
