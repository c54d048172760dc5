"""House style: what is not wrong, but better written another way. `restyle` does what `hints` tell.

Nothing of it changes what a file says.
"""

import re
from collections.abc import Iterator, Sequence

import yaml
from pydantic import BaseModel

from casebook.problems import Edit, Problem, Severity
from casebook.yamlnodes import Mapping, Node, Scalar
from casebook.yamlsyntax import quoted

_RESOLVER = yaml.resolver.Resolver()
_TEXT = "tag:yaml.org,2002:str"
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]*[1-9]")
_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")  # of YAML 1.2
_MODELINE = "# yaml-language-server:"


def hints(path: str, text: str, node: Node, model: type[BaseModel]) -> Iterator[Problem]:
    """Matters of style in a file that could be read, with the edits that settle them."""
    lines = text.split("\n")
    for row, line in enumerate(lines, 1):
        if (bare := line.rstrip(" ")) != line:
            yield _hint(
                path, row, len(bare) + 1, "style-trailing-space", edit=Edit(len(bare) + 1, line[len(bare) :], "")
            )
    if lines[-1] or not any(lines[-2:]):
        yield _hint(path, len(text.rstrip("\n").split("\n")), 1, "style-final-newline")
    for scalar in _values(node):
        if bent(scalar):
            wanted = quoted(scalar.text)
            edit = Edit(scalar.column, scalar.text, wanted)
            yield _hint(path, scalar.line, scalar.column, "style-bent-value", edit, text=scalar.text, wanted=wanted)
    if isinstance(node, Mapping) and (late := _out_of_order(node, model)):
        key, before = late
        yield _hint(path, key.line, key.column, "style-key-order", key=key.text, before=before)


def restyle(text: str, node: Node, model: type[BaseModel]) -> str:
    """The text of a file that could be read, in house style."""
    lines = text.rstrip("\n").split("\n")
    for problem in hints("", text, node, model):
        if problem.edit:
            # From the end of a line to its beginning no edit moves another; trailing spaces come first.
            lines[problem.line - 1] = problem.edit.applied(lines[problem.line - 1]) or lines[problem.line - 1]
    if isinstance(node, Mapping) and _out_of_order(node, model):
        lines = _reordered(lines, node, list(model.model_fields))
    return "\n".join(lines).rstrip("\n") + "\n"


def bent(scalar: Scalar) -> bool:
    """Whether other programs read a value without quotes as something else than its letters."""
    text = scalar.text
    if scalar.quoted or not text or text in ("true", "false") or _WHOLE.fullmatch(text) or _DECIMAL.fullmatch(text):
        return False
    tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag != _TEXT or _NUMBER.fullmatch(text) is not None


def _hint(path: str, line: int, column: int, rule: str, edit: Edit | None = None, **values: str) -> Problem:
    return Problem(path, line, column, rule, values, Severity.HINT, edit)


def _values(node: Node) -> Iterator[Scalar]:
    """Every text that is no key, those of one line from its end."""
    if isinstance(node, Scalar):
        yield node
        return
    inside = [entry.value for entry in node.entries] if isinstance(node, Mapping) else [*node.items]
    for value in reversed(inside):
        yield from _values(value)


def _out_of_order(node: Mapping, model: type[BaseModel]) -> tuple[Scalar, str] | None:
    """The first key of a file that stands after one it belongs before, with that one; keys nobody knows stay."""
    order, last = {name: index for index, name in enumerate(model.model_fields)}, -1
    keys = [entry.key for entry in node.entries]
    if any(key.text not in order for key in keys) or len({key.line for key in keys}) < len(keys) or keys[0].column > 1:
        return None
    for key in keys:
        if order[key.text] < last:
            return key, next(other.text for other in keys if order[other.text] > order[key.text])
        last = order[key.text]
    return None


def _reordered(lines: Sequence[str], node: Mapping, order: list[str]) -> list[str]:
    """Whole blocks of lines moved: a key, what it says, and the comments right above it."""
    starts = [_with_comments(lines, entry.key.line - 1) for entry in node.entries]
    ends = [*starts[1:], len(lines)]
    blocks = sorted(zip(node.entries, starts, ends, strict=True), key=lambda block: order.index(block[0].key.text))
    return [*lines[: starts[0]], *(line for _, start, end in blocks for line in lines[start:end])]


def _with_comments(lines: Sequence[str], row: int) -> int:
    """The first of the comment lines that stand right above a key of the file; the line for editors stays on top."""
    while row and lines[row - 1].startswith("#") and not lines[row - 1].startswith(_MODELINE):
        row -= 1
    return row
