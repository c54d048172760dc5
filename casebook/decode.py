"""From located text to the nouns: every refusal keeps the line and column it speaks of.

One mistake is one problem: what only follows from another defect is not told.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from casebook.keys import Guess, Loc, fields_at, guesses, pieces, strays
from casebook.meant import (
    address_meant,
    closest,
    date_meant,
    id_meant,
    locator_meant,
    number_meant,
    period_meant,
    start_meant,
)
from casebook.problems import Problem
from casebook.yamlfile import MAX_PROBLEMS, Mapping, Node, Scalar, Sequence, locate, node_at, plain, too_many

M = TypeVar("M", bound=BaseModel)

# What pydantic calls a defect → the rule an editor reads about. Custom errors already carry their rule's name; unknown
# keys and empty values are told apart below.
RULES = {
    "missing": "missing-key",
    "literal_error": "wrong-choice",
    "int_type": "not-a-whole-number",
    "greater_than_equal": "too-small",
    "less_than_equal": "too-large",
    "too_short": "empty-list",
    "tuple_type": "not-a-list",
    "dict_type": "not-a-mapping",
    "model_type": "not-a-mapping",
    "string_type": "not-a-text",
}
GUESSES: dict[str, Callable[[str], str]] = {
    "not-a-date": date_meant,
    "not-a-period": period_meant,
    "not-a-locator": locator_meant,
    "not-a-number": number_meant,
    "not-a-whole-number": number_meant,
    "not-an-id": id_meant,
    "not-a-start": start_meant,
    "not-an-address": address_meant,
}
# Stands for a value that was left empty: no model takes it, not even where a key may be absent.
_NOTHING = object()


def decode(node: Node, model: type[M], path: str) -> tuple[M | None, list[Problem]]:
    """`node` as an instance of `model`, or everything that is wrong with it."""
    try:
        return model.model_validate(plain(node, _NOTHING)), []
    except ValidationError as refused:
        errors = refused.errors(include_url=False, include_input=False)
        # Nobody reads thousands, and what each one means is not found for nothing.
        told = _told(node, model, errors[:MAX_PROBLEMS])
        rest = [too_many(_problem(node, model, path, error, None)) for error in errors[MAX_PROBLEMS:][:1]]
        return None, [*(_problem(node, model, path, *each) for each in told), *rest]


def _told(node: Node, model: type[BaseModel], errors: list[ErrorDetails]) -> list[tuple[ErrorDetails, Guess | None]]:
    """The errors that do not follow from others, with what is known of unknown keys."""
    unknown, missing = ([e["loc"] for e in errors if e["type"] == kind] for kind in ("extra_forbidden", "missing"))
    items = strays(node, model, unknown, missing)
    split = pieces(node, model, {*(loc[:-1] for loc in missing), *(e["loc"] for e in errors)})
    items |= {first: Guess("item-in-pieces", {"count": str(len(run))}) for first, run in split.items()}
    parts = {loc for run in split.values() for loc in run}
    within = {loc for loc in (*unknown, *missing) if loc[:-1] in items} | parts
    within |= {loc for loc in missing if loc[:-1] in parts}
    within |= set(_below_nothing(node, unknown))
    keys = guesses(node, model, [loc for loc in unknown if loc not in within], missing)
    within |= {guess.meant for guess in keys.values() if guess.meant in missing}
    within |= {e["loc"] for e in errors if e["type"] == "too_short" and _has_items(node, e["loc"])}
    told = [(error, keys.get(error["loc"])) for error in errors if error["loc"] not in within]
    return [
        *told,
        *((ErrorDetails(type=guess.rule, loc=loc, msg="", input=None), guess) for loc, guess in items.items()),
    ]


def _below_nothing(node: Node, unknown: Collection[Loc]) -> Iterator[Loc]:
    """Unknown keys right below a key that says nothing: its content, but for the indentation."""
    for level in {loc[:-1]: None for loc in unknown}:
        here, after_nothing = node_at(node, level), False
        for entry in here.entries if isinstance(here, Mapping) else ():
            loc = (*level, entry.key.text)
            if loc not in unknown:
                after_nothing = plain(entry.value) is None
            elif after_nothing:
                yield loc


def _has_items(node: Node, loc: Loc) -> bool:
    # A list is called too short, too, when its only items were refused.
    here = node_at(node, loc)
    return isinstance(here, Sequence) and bool(here.items)


def _problem(node: Node, model: type[BaseModel], path: str, error: ErrorDetails, guess: Guess | None) -> Problem:
    # What is wrong with a mapping as a whole may say which key tells it best.
    at = error.get("ctx", {}).get("at")
    loc, kind = (*error["loc"], at) if at else error["loc"], error["type"]
    here = node_at(node, loc)
    text = here.text if isinstance(here, Scalar) else ""
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    rule = RULES.get(kind, kind if "-" in kind else "invalid-value")
    values = {"key": key, "text": text, "why": error["msg"]} | {k: str(v) for k, v in error.get("ctx", {}).items()}
    if guess:
        rule, values = guess.rule, {**values, **guess.values, "choices": _listed(fields_at(model, loc[:-1]))}
    elif isinstance(here, Scalar) and (here.says_nothing or not text.strip()):
        rule = "null-value" if text.strip() else "empty-value"
    elif rule == "wrong-choice":
        choices = _choices(error["ctx"]["expected"])
        values |= {"suggestion": closest(text, choices), "choices": _listed(choices)}
    elif rule == "too-small":
        values["least"] = str(error["ctx"]["ge"])
    elif rule == "too-large":
        values["most"] = str(error["ctx"]["le"])
    elif kind == "model_type":
        values["suggestion"] = values["choices"] = _listed(fields_at(model, loc))
    elif rule in GUESSES:
        meant = GUESSES[rule](text)
        values["suggestion"] = meant if meant != text else ""
    line, column = locate(node, loc, key=guess is not None or rule == "empty-value")
    return Problem(path, line, column, rule, values)


def _choices(expected: str) -> list[str]:
    # pydantic words them: 'a', 'b' or 'c'
    return [part.strip().strip("'") for part in expected.replace(" or ", ", ").split(",")]


def _listed(choices: Iterable[str]) -> str:
    return ", ".join(choices)
