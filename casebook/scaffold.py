"""A new content file, to be filled in: every required key empty (or as given), the others as comments.

Keys, their order and what must be there come from the model, titles and help from the words for people, terms from the
vocabularies, ranks from the site: nothing here is kept by hand.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from pydantic import BaseModel

from casebook.corpus import Corpus
from casebook.keys import house_order, models_in
from casebook.mending.style import bent
from casebook.model.base import ID_PATTERN
from casebook.phrases import phrase
from casebook.spelling import spelled
from casebook.yamlfile import Scalar, node_at, parse, plain
from casebook.yamlsyntax import quoted

Words = Mapping[str, Mapping[str, str]]
Given = Mapping[tuple[str, ...], str]
"""What is known already: the path of a key → its value. A list has at most one item, which its path does not count."""

MOST_SYLLABLES = 6
"""An id is typed and read aloud: a longer name is cut."""
# Names that an address or a file cannot have: of pages beside the cases, and of devices of Windows.
RESERVED = frozenset(
    {"index", "404", "con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
)


def propose_id(names: Iterable[str], endings: Collection[str], taken: Collection[str]) -> str:
    """An id that is free: the names in pinyin (a place without its `endings`), in this order, none said twice."""
    parts: list[str] = []
    for name in names:
        fitting = [ending for ending in endings if name.endswith(ending) and len(name) > len(ending) + 1]
        word = "-".join(spelled(name.removesuffix(max(fitting, key=len, default="")), MOST_SYLLABLES))
        if word := word.removeprefix("".join(parts)).strip("-"):
            parts.append(word)
    stem = "-".join(parts) or "case"
    return next(id for n in count(1) if is_free(id := stem if n == 1 else f"{stem}-{n}", taken))


def is_free(id: str, taken: Collection[str]) -> bool:
    """Whether a file may be called so, and none is."""
    return re.fullmatch(ID_PATTERN, id) is not None and id not in taken and id not in RESERVED


def scaffold(model: type[BaseModel], corpus: Corpus, words: Words, language: str, given: Given, schema: str) -> str:
    """The text of a new file of `model`; `schema` is where people's editors find its JSON Schema."""
    writer = _Writer(model, corpus, words, language, given)
    return "\n".join([f"# yaml-language-server: $schema={schema}", *writer.head(), "", *writer.body(), ""])


def value_text(value: str) -> str:
    """A value as it is written, in quotes only where it needs them."""
    node, problems = parse(f"key: {value}\n".encode(), "")
    found = node_at(node, ("key",)) if node and not problems else None
    as_is = node is not None and plain(node) == {"key": value} and isinstance(found, Scalar)
    return value if as_is and isinstance(found, Scalar) and not found.quoted and not bent(found) else quoted(value)


@dataclass(frozen=True, slots=True)
class _Key:
    """One key of a model: what it may hold, as JSON Schema says it, and in which model it stands."""

    name: str
    model: str
    schema: Mapping[str, Any]
    required: bool
    loc: tuple[str, ...]


class _Writer:
    def __init__(self, model: type[BaseModel], corpus: Corpus, words: Words, language: str, given: Given) -> None:
        self._schema = model.model_json_schema()
        self._definitions = {model.__name__: self._schema, **self._schema.get("$defs", {})}
        self._orders = {inner.__name__: house_order(inner) for inner in models_in(model)}
        self._model, self._corpus, self._words = model.__name__, corpus, words
        self._language, self._given = language, given

    def head(self) -> list[str]:
        """How to fill it in."""
        evidence = any(
            "as_stated" in self._resolved(each)[0].get("properties", ()) for each in self._definitions.values()
        )
        keys = ["scaffold-head", *(["scaffold-evidence"] if evidence else []), "scaffold-explanations"]
        return [f"# {phrase(key, self._language)}" for key in keys]

    def body(self) -> list[str]:
        """Every key of the file, each below what it is for."""
        return [line for key in self._keys(self._model, ()) for line in self._whole(key)]

    def _whole(self, key: _Key) -> list[str]:
        said = [f"# {line}" for line in [self._help(key), *self._terms(key)]]
        lines = self._lines(key)
        wanted = key.required or any(loc[: len(key.loc)] == key.loc for loc in self._given)
        return [*said, *(lines if wanted else _commented(lines))]

    def _keys(self, model: str, loc: tuple[str, ...]) -> list[_Key]:
        definition, _ = self._resolved(self._definitions[model])
        fields, required = definition["properties"], definition.get("required", ())
        order = self._orders[model]
        return [_Key(name, model, fields[name], name in required, (*loc, name)) for name in order]

    def _lines(self, key: _Key) -> list[str]:
        """A key and what belongs below it, as far as it must be filled in."""
        schema, inside = self._resolved(key.schema)
        if schema.get("x-keys") == "ranks":
            return [f"{key.name}:", *self._ranks(key, self._resolved(schema["additionalProperties"])[1])]
        if schema.get("type") == "array":
            _, inside = self._resolved(schema["items"])
            one_line = f"{key.name}: [{self._given.get(key.loc, '')}]"
            return [f"{key.name}:", *self._group(inside, key.loc, "  - ")] if inside else [one_line]
        if not inside or not schema.get("required"):
            also = [f"# {self._also(self._keys(inside, key.loc))}"] if inside else []
            value = self._given.get(key.loc, "")
            return [*also, f"{key.name}: {value_text(value)}" if value else f"{key.name}:"]
        return [f"{key.name}:", *self._group(inside, key.loc, "  ")]

    def _group(self, model: str, loc: tuple[str, ...], lead: str) -> list[str]:
        keys = self._keys(model, loc)
        wanted = [key for key in keys if key.required or key.loc in self._given]
        others = [key for key in keys if key not in wanted]
        blank = " " * len(lead)
        also = [f"{blank[:2]}# {self._also(others)}"] if others else []
        lines = [line for key in wanted for line in self._lines(key)]
        return [*also, *(f"{blank if number else lead}{line}" for number, line in enumerate(lines))]

    def _ranks(self, key: _Key, model: str) -> list[str]:
        """The widest rank, which every file has, those given, and the others as comments."""
        lines = []
        for number, rank in enumerate(self._corpus.site.ranks):
            loc = (*key.loc, rank.id)
            group = [
                f"{rank.id}:",
                *(line for line in self._group(model, loc, "  ") if not line.lstrip().startswith("#")),
            ]
            wanted = number == 0 or (*loc, "name") in self._given
            label = rank.label if self._language == "zh" else rank.label_en
            lines += [f"# {label}", *(group if wanted else _commented(group))]
        also = self._also([inner for inner in self._keys(model, key.loc) if not inner.required])
        return [f"  {line}" for line in [f"# {also}", *lines]]

    def _resolved(self, schema: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
        """A schema without its references and choices, and the model it means, if it means one."""
        for choice in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
            if choice.get("type") != "null":
                return self._resolved(choice)
        name = schema.get("$ref", "").rpartition("/")[2]
        return (self._resolved(self._definitions[name])[0], name) if name else (schema, "")

    def _said(self, key: _Key) -> Mapping[str, str]:
        return self._words.get(f"{key.model}.{key.name}") or self._words[key.name]

    def _help(self, key: _Key) -> str:
        said = self._said(key)
        return f"{said['title']}{phrase('colon', self._language)}{said['help']}"

    def _also(self, keys: Iterable[_Key]) -> str:
        separator = phrase("list-separator", self._language)
        named = separator.join(f"{key.name} {self._said(key)['title']}" for key in keys)
        return phrase("scaffold-also", self._language) + named

    def _terms(self, key: _Key) -> list[str]:
        """The terms that a required key may name, with their labels."""
        _, inside = self._resolved(key.schema)
        inner = [self._resolved(sub.schema)[0] for sub in self._keys(inside, ())] if inside and key.required else []
        kinds = [schema["x-refers"] for schema in inner if schema.get("x-refers") in self._corpus.terms]
        terms = [term for kind in kinds for term in self._corpus.terms[kind].values()]
        return [f"  {term.id} {term.label if self._language == 'zh' else term.label_en}" for term in terms]


def _commented(lines: Iterable[str]) -> list[str]:
    return [line.lstrip() if line.lstrip().startswith("#") else f"# {line}" for line in lines]
