"""From located text to the nouns: every refusal keeps the line and column it speaks of."""

import difflib
import types
import typing
import unicodedata
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from casebook.problems import Problem
from casebook.yamlfile import Node, Scalar, locate, node_at, plain

M = TypeVar("M", bound=BaseModel)
Loc = tuple[str | int, ...]

# What pydantic calls a defect → the rule an editor reads about. Custom errors already carry their rule's name.
RULES = {
    "missing": "missing-key",
    "extra_forbidden": "unknown-key",
    "literal_error": "wrong-choice",
    "string_too_short": "empty-value",
    "int_parsing": "not-a-whole-number",
    "int_type": "not-a-whole-number",
    "int_from_float": "not-a-whole-number",
    "greater_than_equal": "too-small",
    "too_short": "empty-list",
    "tuple_type": "not-a-list",
    "dict_type": "not-a-mapping",
    "model_type": "not-a-mapping",
    "model_attributes_type": "not-a-mapping",
    "string_type": "not-a-text",
}


def decode(node: Node, model: type[M], path: str) -> tuple[M | None, list[Problem]]:
    """`node` as an instance of `model`, or everything that is wrong with it."""
    try:
        return model.model_validate(plain(node)), []
    except ValidationError as refused:
        return None, [_problem(node, model, path, error) for error in refused.errors(include_url=False)]


def closest(text: str, candidates: Iterable[str]) -> str:
    """The candidate that `text` was probably meant to be, or nothing."""
    by_form = {_form(c): c for c in candidates}
    found = difflib.get_close_matches(_form(text), list(by_form), n=1, cutoff=0.6)
    return by_form[found[0]] if found else ""


def _form(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("_", "-")


def _problem(node: Node, model: type[BaseModel], path: str, error: Any) -> Problem:
    loc: Loc = error["loc"]
    rule = RULES.get(error["type"], error["type"])
    here = node_at(node, loc)
    if here is not None and plain(here) is None:
        rule = "empty-value"
    values = {"key": str(loc[-1]) if loc else "", "text": here.text if isinstance(here, Scalar) else ""}
    if rule == "unknown-key":
        choices = fields_at(model, loc[:-1])
        values |= {"suggestion": closest(values["key"], choices), "choices": _listed(choices)}
    elif rule == "wrong-choice":
        choices = tuple(_choices(error["ctx"]["expected"]))
        values |= {"suggestion": closest(values["text"], choices), "choices": _listed(choices)}
    elif rule == "too-small":
        values["least"] = str(error["ctx"]["ge"])
    elif rule not in KNOWN_BY_MODELS and error["type"] not in RULES:
        rule, values["why"] = "invalid-value", str(error["msg"])
    line, column = locate(node, loc, key=rule in ("unknown-key", "empty-value"))
    return Problem(path, line, column, rule, values)


# Rules that the models themselves raise (`PydanticCustomError`).
KNOWN_BY_MODELS = frozenset(
    {
        "not-an-id",
        "not-a-locator",
        "not-a-date",
        "not-a-period",
        "not-a-sha256",
        "not-a-flag",
        "not-a-number",
        "stated-or-inferred",
        "value-or-absent",
        "one-tombstone",
        "group-unknown",
        "empty-value",
    }
)


def _choices(expected: str) -> list[str]:
    # pydantic words them: 'a', 'b' or 'c'
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]


def _listed(choices: Iterable[str]) -> str:
    return ", ".join(choices)


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
