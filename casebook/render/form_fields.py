"""The case as a form sees it: its nouns and their keys, from the models' JSON Schema and the words for people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from casebook.corpus import Corpus
from casebook.keys import house_order, models_in
from casebook.model.base import DATE_PATTERN, LOCATOR_PATTERN, PERIOD_PATTERN
from casebook.model.case import Audit, Case, Finding, Formula, Observation
from casebook.model.evidence import Coded
from casebook.quantities import NUMBER_PATTERN
from casebook.render.words import Words

Item = dict[str, Any]
Titles = Mapping[str, Mapping[str, str]]
"""`Model.key` or `key` → `title`, `help` and, where YAML's signs do not matter, `form`."""

# Written over several lines, since what they say is long; all other nouns take one line.
BLOCK = (Case, Formula, Finding, Audit)
# Which rule refuses a text that does not match.
RULES = {
    LOCATOR_PATTERN: "not-a-locator",
    DATE_PATTERN: "not-a-date",
    PERIOD_PATTERN: "not-a-period",
    NUMBER_PATTERN: "not-a-number",
}
# Choices whose words are called otherwise than the key.
CHOICES = {"Observation.status": "observation-status"}
# An optional key is shown at once where at least such a share of the corpus's nouns has it; otherwise it is folded.
USUAL = 0.1


def nouns(corpus: Corpus, words: Words, titles: Titles) -> Item:
    """Name → {fields, block, rule} of the case and of all that stands inside it; keys in the order of the files."""
    schema = Case.model_json_schema()
    definitions = {**schema["$defs"], "Case": schema}
    usual = _usual(corpus)
    found: Item = {}
    for model in dict.fromkeys(models_in(Case)):
        name = model.__name__
        declared = definitions[name] if "properties" in definitions[name] else definitions[name]["anyOf"][0]
        fields = []
        for key in house_order(model):
            said = titles.get(f"{name}.{key}") or titles[key]
            field: Item = {"key": key, "title": said["title"], "help": said.get("form", said["help"])}
            field |= _kind(declared["properties"][key], f"{name}.{key}", definitions, corpus, words)
            if key in declared.get("required", ()):
                field["required"] = True
            elif (name, key) not in usual:
                field["folded"] = True
            fields.append(field)
        found[name] = {"fields": fields, "block": model in BLOCK, "rule": _rule(model)}
    return found


def _rule(model: type[BaseModel]) -> str:
    """What holds for a noun as a whole."""
    return "stated-or-inferred" if issubclass(model, Coded) else "value-or-absent" if model is Observation else ""


def _kind(declared: Item, place: str, definitions: Item, corpus: Corpus, words: Words) -> Item:
    """What kind of field a piece of JSON Schema makes."""
    choices = [choice for choice in declared.get("anyOf", ()) if choice != {"type": "null"}]
    if choices:
        return _kind({**declared, **choices[0], "anyOf": ()}, place, definitions, corpus, words)
    if "$ref" in declared:
        name = declared["$ref"].rpartition("/")[2]
        word = next((c["const"] for c in definitions[name].get("anyOf", ()) if "const" in c), None)
        return {"kind": "group", "of": name} | ({"word": word, "says": words.t(f"absent.{word}")} if word else {})
    if declared.get("type") == "array":
        return {"kind": "list", "item": _kind(declared["items"], place, definitions, corpus, words)}
    if declared.get("type") == "object":
        keys = [[rank.id, words.rank(rank.id)] for rank in corpus.site.ranks]
        inner = _kind(declared["additionalProperties"], place, definitions, corpus, words)
        return {"kind": "keyed", "item": inner, "keys": keys}
    if declared.get("type") == "boolean":
        return {"kind": "flag"}
    if declared.get("type") == "integer":
        return {"kind": "whole", "least": declared["minimum"]}
    if "enum" in declared:
        prefix = CHOICES.get(place, place.rpartition(".")[2])
        labels = [[value, words.t(f"{prefix}.{value}")] for value in declared["enum"]]
        default = declared.get("default")
        return {"kind": "choice", "choices": labels} | ({"default": default} if default else {})
    if kind := declared.get("x-refers"):
        return {"kind": "refers", "to": kind}
    return {"kind": "text"} | ({"rule": RULES[declared["pattern"]]} if "pattern" in declared else {})


def _usual(corpus: Corpus) -> set[tuple[str, str]]:
    """The keys that are written often enough, each with the name of its noun."""
    total: Counter[str] = Counter()
    having: Counter[tuple[str, str]] = Counter()
    for noun in _inside(tuple(corpus.cases.values())):
        name = type(noun).__name__
        total[name] += 1
        having.update((name, key) for key in noun.model_fields_set)
    return {place for place, count in having.items() if count >= USUAL * total[place[0]]}


def _inside(value: object) -> Iterator[BaseModel]:
    """Every noun of a value."""
    if isinstance(value, BaseModel):
        yield value
        value = tuple(getattr(value, key) for key in type(value).model_fields)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else ():
        yield from _inside(inner)
