"""Which keys a model takes where, and which one an unknown key was meant to be."""

import types
import typing
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from casebook.meant import VERY_LIKE, closest
from casebook.model.base import Refers
from casebook.yamlnodes import Mapping as MappingNode
from casebook.yamlnodes import Node, Sequence, node_at

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What to say of an unknown key. `meant` is the place of the key that is not missing then."""

    rule: str
    values: Mapping[str, str] = field(default_factory=dict)
    meant: Loc | None = None


def guesses(node: Node, model: type[BaseModel], unknown: Collection[Loc], missing: Collection[Loc]) -> dict[Loc, Guess]:
    """A guess for each unknown key of a file. `missing` are the places of keys that must be there and are not."""
    found = {loc: _guess(model, loc, _keys_of(node, loc[:-1])) for loc in unknown}
    puzzles = [loc for loc, guess in found.items() if guess.rule == "unknown-key" and not guess.meant]
    left = {loc for loc in missing if loc not in {guess.meant for guess in found.values()}}
    for loc in puzzles:
        here = [other for other in (*puzzles, *left) if other[:-1] == loc[:-1]]
        if len(here) == 2 and here[1] in left:  # one key too many, one too few: the same in other words
            found[loc] = Guess("unknown-key", {"suggestion": str(here[1][-1])}, here[1])
    return found


def strays(node: Node, model: type[BaseModel], unknown: Collection[Loc], missing: Collection[Loc]) -> dict[Loc, Guess]:
    """Items of a list that have more than one wrong key there, and would be right in a neighbouring list."""
    found: dict[Loc, Guess] = {}
    for item, count in Counter(loc[:-1] for loc in (*unknown, *missing)).items():
        if count > 1 and item and isinstance(item[-1], int):
            keys, above = _keys_of(node, item), item[:-2]
            if others := [name for name, other in _lists_at(model, above) if _fits(keys, other)]:
                found[item] = Guess("item-belongs-elsewhere", {"inside": " / ".join(others)})
    return found


def pieces(node: Node, model: type[BaseModel], broken: Collection[Loc]) -> dict[Loc, list[Loc]]:
    """Items that are one in truth, with a dash before every key: by the first of them, all. `broken` are refused."""
    found: dict[Loc, list[Loc]] = {}
    for above in dict.fromkeys(item[:-1] for item in broken):
        items, declared = node_at(node, above), model_at(model, above)
        run: list[Loc] = []
        said: set[str] = set()
        for index in range(len(items.items) + 1 if isinstance(items, Sequence) and declared else 0):
            item = (*above, index)
            keys = _keys_of(node, item) if item in broken else set()
            if not keys or keys & said:
                if len(run) > 1 and declared and _fits(said, declared):
                    found[run[0]] = run
                run, said = [], set()
            run, said = [*run, item] if keys else [], said | keys
    return found


def _lists_at(model: type[BaseModel], loc: Loc) -> Iterator[tuple[str, type[BaseModel]]]:
    """The keys at `loc` whose value is a list, with what its items are."""
    here = model_at(model, loc)
    for name, declared in here.model_fields.items() if here else ():
        item = _model_in(declared.annotation)
        if item and typing.get_origin(declared.annotation) is tuple:
            yield name, item


def _fits(keys: Collection[str], model: type[BaseModel]) -> bool:
    required = {name for name, declared in model.model_fields.items() if declared.is_required()}
    return required <= {*keys} <= model.model_fields.keys()


def _keys_of(node: Node, loc: Loc) -> set[str]:
    here = node_at(node, loc)
    return {entry.key.text for entry in here.entries} if isinstance(here, MappingNode) else set()


def _guess(model: type[BaseModel], loc: Loc, there: Collection[str]) -> Guess:
    """`there` are the keys beside it, none of which it can have been meant to be."""
    above, key = loc[:-1], str(loc[-1])
    if name := closest(key, [field for field in fields_at(model, above) if field not in there]):
        return Guess("unknown-key", {"suggestion": name}, (*above, name))
    for depth, step in reversed(list(enumerate(above))):
        if isinstance(step, str) and key in fields_at(model, above[:depth]):
            return Guess("key-belongs-outside", {"beside": step}, (*above[:depth], key))
    inside = _keys_inside(model, above)
    if name := closest(key, inside, cutoff=VERY_LIKE):
        return Guess("key-belongs-inside", {"wanted": name, "inside": inside[name]})
    return Guess("unknown-key")


def _keys_inside(model: type[BaseModel], loc: Loc) -> dict[str, str]:
    """Each key of the next level that stands in one place only → that place."""
    pairs = [(key, name) for name in fields_at(model, loc) for key in fields_at(model, (*loc, name))]
    count = Counter(key for key, _ in pairs)
    return {key: name for key, name in pairs if count[key] == 1}


def fields_at(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The keys allowed at `loc` inside `model`."""
    found = model_at(model, loc)
    return tuple(found.model_fields) if found else ()


def models_in(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and every model inside it."""
    yield model
    for declared in model.model_fields.values():
        if inner := _model_in(declared.annotation):
            yield from models_in(inner)


def house_order(model: type[BaseModel]) -> tuple[str, ...]:
    """The keys as files are written: what a noun itself says, then its evidence, then its parts, then the note."""
    evidence = [key for base in model.__bases__ if issubclass(base, BaseModel) for key in base.model_fields]
    if not evidence:
        return tuple(model.model_fields)
    parts = [key for key, declared in model.model_fields.items() if _model_in(declared.annotation)]
    own = [key for key in model.model_fields if key not in {*evidence, *parts, "note"}]
    note = [key for key in model.model_fields if key == "note"]
    return (*own, *(key for key in evidence if key != "note"), *parts, *note)


def model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model of what stands at `loc` inside `model`."""
    annotation: Any = model
    for step in loc:
        annotation = _inner(annotation, step)
    return _model_in(annotation)


def _inner(annotation: Any, step: str | int) -> Any:
    model = _model_in(annotation)
    if model is not None and isinstance(step, str) and step in model.model_fields:
        return model.model_fields[step].annotation
    return annotation


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model an annotation holds: itself, or inside Annotated, Optional, tuple or dict."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        return annotation if issubclass(annotation, BaseModel) else None
    for argument in typing.get_args(annotation):
        if (found := _model_in(argument)) is not None:
            return found
    return None


def refers_at(model: type[BaseModel], loc: Loc) -> str | None:
    """What kind of thing the text at `loc` is the id of (a vocabulary's name, `cases` …), if it is one."""
    here = model_at(model, loc[:-1])
    declared = here.model_fields.get(str(loc[-1])) if here else None
    return _refers(declared.annotation, declared.metadata) if declared else None


def _refers(annotation: Any, metadata: Iterable[object]) -> str | None:
    if mark := next((each for each in metadata if isinstance(each, Refers)), None):
        return mark.kind
    inner = (_refers(each, getattr(each, "__metadata__", ())) for each in typing.get_args(annotation))
    return next(filter(None, inner), None)
