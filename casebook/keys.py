"""Which keys a model takes where, and which one an unknown key was meant to be."""

import types
import typing
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from casebook.meant import closest

Loc = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Guess:
    """What to say of an unknown key. `meant` is the place of the key that is not missing then."""

    rule: str
    values: Mapping[str, str] = field(default_factory=dict)
    meant: Loc | None = None


def guesses(model: type[BaseModel], unknown: Collection[Loc], missing: Collection[Loc]) -> dict[Loc, Guess]:
    """A guess for each unknown key of a file. `missing` are the places of keys that must be there and are not."""
    found = {loc: _guess(model, loc) for loc in unknown}
    puzzling = Counter(loc[:-1] for loc, guess in found.items() if guess.rule == "unknown-key" and not guess.meant)
    taken = {guess.meant for guess in found.values()}
    for level in (level for level, count in puzzling.items() if count == 1):
        left = [loc for loc in missing if loc[:-1] == level and loc not in taken]
        if len(left) == 1:  # one key too many, one too few: it is the same, in other words
            loc = next(loc for loc in unknown if loc[:-1] == level and not found[loc].meant)
            found[loc] = Guess("unknown-key", {"suggestion": str(left[0][-1])}, left[0])
    return found


def _guess(model: type[BaseModel], loc: Loc) -> Guess:
    above, key = loc[:-1], str(loc[-1])
    if name := closest(key, fields_at(model, above)):
        return Guess("unknown-key", {"suggestion": name}, (*above, name))
    for depth, step in reversed(list(enumerate(above))):
        if isinstance(step, str) and key in fields_at(model, above[:depth]):
            return Guess("key-belongs-outside", {"beside": step}, (*above[:depth], key))
    inside = _keys_inside(model, above)
    if name := closest(key, inside):
        return Guess("key-belongs-inside", {"wanted": name, "inside": inside[name]})
    return Guess("unknown-key")


def _keys_inside(model: type[BaseModel], loc: Loc) -> dict[str, str]:
    """Each key of the next level that stands in one place only → that place."""
    pairs = [(key, name) for name in fields_at(model, loc) for key in fields_at(model, (*loc, name))]
    count = Counter(key for key, _ in pairs)
    return {key: name for key, name in pairs if count[key] == 1}


def fields_at(model: type[BaseModel], loc: Loc) -> tuple[str, ...]:
    """The keys allowed at `loc` inside `model`."""
    annotation: Any = model
    for step in loc:
        annotation = _inner(annotation, step)
    found = _model_in(annotation)
    return tuple(found.model_fields) if found else ()


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
