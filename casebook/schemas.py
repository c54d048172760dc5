"""JSON Schemas for people's editors, generated from the models, the vocabularies and `templates/interface/fields.yml`.

They help while typing; what decides is `check`. Ids of cases and sources are not listed, so that a new case does not
make a schema stale.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from casebook.corpus import Corpus
from casebook.model.case import Case
from casebook.model.omission import Omissions
from casebook.model.site import Site
from casebook.model.source import Source
from casebook.model.vocabulary import Derived, Indicators, Units, Vocabulary

MODELS: dict[str, type[BaseModel]] = {
    "case": Case,
    "source": Source,
    "omissions": Omissions,
    "site": Site,
    "vocabulary": Vocabulary,
    "indicators": Indicators,
    "derived": Derived,
    "units": Units,
}
# Text that YAML shows an editor as a number.
NUMBER_LIKE = frozenset({"value", "date", "published", "accessed", "updated", "started", "as_of", "factor"})

Words = Mapping[str, Mapping[str, str]]


def schema_files(corpus: Corpus, templates: Path) -> dict[str, str]:
    """File name → text of every schema."""
    words = field_words(templates, "zh")
    return {f"{name}.schema.json": _text(model, corpus, words) for name, model in MODELS.items()}


def field_words(templates: Path, language: str) -> Words:
    """What each key is called and how it is filled in."""
    name = "fields.yml" if language == "zh" else f"fields-{language}.yml"
    words: Words = yaml.safe_load((templates / "interface" / name).read_text(encoding="utf-8"))
    return words


def _text(model: type[BaseModel], corpus: Corpus, words: Words) -> str:
    schema = model.model_json_schema()
    for name, definition in [(model.__name__, schema), *schema.get("$defs", {}).items()]:
        _describe(name, definition, words)
    schema = {"$schema": "http://json-schema.org/draft-07/schema#", **_resolved(schema, corpus)}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _describe(model: str, definition: dict[str, Any], words: Words) -> None:
    definition.pop("title", None)
    definition.pop("description", None)
    for key, field in definition.get("properties", {}).items():
        said = words.get(f"{model}.{key}") or words[key]
        field["title"], field["description"] = said["title"], said["help"]
        if not field.get("default", True):
            field.pop("default")  # an absent key and an empty one are the same to an editor
        if "$ref" in field:
            field["allOf"] = [{"$ref": field.pop("$ref")}]  # draft 7 ignores what stands beside a reference
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


def _choices(kind: str, corpus: Corpus) -> dict[str, Any]:
    if kind == "units":
        return {"enum": list(corpus.unit)}
    terms = corpus.terms.get(kind)
    if terms is None:
        return {}
    descriptions = [f"{term.label}: {term.definition}" for term in terms.values()]
    return {"enum": list(terms), "markdownEnumDescriptions": descriptions}
