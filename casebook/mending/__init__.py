"""What is mechanical, put right: encoding, characters, signs, notation, style. Comments and meaning stay.

`mend` reads a file as `load` does, applies the remedies that leave no doubt, and reads it again, until nothing more can
be done. What it does to a file that loads leaves its data as they are.
"""

from collections.abc import Callable, Collection, Mapping

from pydantic import BaseModel

from casebook.characters import check as check_characters
from casebook.characters import decode
from casebook.corpus import Corpus
from casebook.load import load, read_document
from casebook.mending.certain import BLANKS, certain
from casebook.mending.notation import in_other_notation
from casebook.mending.style import hints, restyle
from casebook.problems import Problem
from casebook.rules import check
from casebook.yamlfile import parse, plain

Read = Callable[[str], list[Problem]]

# Rules that are settled by writing the file anew, whatever stands in it.
_OF_THE_FILE = frozenset({"text-bom", "text-crlf", "text-cr"})
_ENCODINGS = {"text-gbk": ("gb18030",), "text-utf16": ("utf-16", "utf-16-le", "utf-16-be")}
_OF_INDENTATION = frozenset({"yaml-tab-indent", "yaml-ideographic-space"})
_OF_STRUCTURE = frozenset(
    {
        "yaml-flow-comma",
        "yaml-folded-line",
        "yaml-indent",
        "yaml-missing-colon",
        "yaml-syntax",
        "yaml-text-after-close",
        "yaml-unclosed-bracket",
        "yaml-unclosed-quote",
    }
)
# How wide a tab and an ideographic space may have been meant: all in one file alike.
_WIDTHS = ((2, 2), (4, 2), (8, 2), (1, 1))
_MOST_PASSES = 50
# Reading a file again costs time: so many characters in all for one round of remedies.
_BUDGET = 3_000_000


def mend(files: Mapping[str, bytes], paths: Collection[str]) -> dict[str, bytes]:
    """The files among `paths` that should be written otherwise, as they should be; `files` are the whole content."""
    now = dict(files) | {path: _mend_file(path, files[path]) for path in paths if path.endswith(".yml")}
    for _ in range(3):
        corpus, _found = load(now)
        problems = check(corpus) if corpus else []
        changed = {path: _apply(now[path], [p for p in problems if p.path == path]) for path in paths}
        changed = {path: _mend_file(path, data) for path, data in changed.items() if data != now[path]}
        if not changed:
            break
        now |= changed
    return {path: now[path] for path in paths if now[path] != files[path]}


def style(corpus: Corpus, files: Mapping[str, bytes]) -> list[Problem]:
    """Matters of style in the files that could be read."""
    problems: list[Problem] = []
    for path, document in corpus.documents.items():
        text, _ = decode(files[path], path) if path.endswith(".yml") else (None, [])
        if text is not None and isinstance(document.model, BaseModel):
            problems += hints(path, text, document.node, type(document.model))
    return problems


def mechanical(problem: Problem, line: str, data: bytes) -> bool:
    """Whether `mend` puts a problem right; `line` is the one it stands in, `data` its file."""
    if problem.rule in _OF_THE_FILE or problem.rule.startswith("style-"):
        return True
    if problem.rule in _ENCODINGS:
        return _decoded(data, problem.path) is not None
    return _mended_line(problem, line, _WIDTHS[0]) is not None


def _mend_file(path: str, data: bytes) -> bytes:
    text = _decoded(data, path)
    if text is None:
        return data

    def reader(text: str) -> list[Problem]:
        return parse(text.encode(), path)[1]

    def decoder(text: str) -> list[Problem]:
        return read_document(path, text.encode())[1]

    for _ in range(_MOST_PASSES):
        mended = _until_done(_until_done(text, reader), decoder)
        if mended == text:
            break
        text = mended
    return _styled(text, path).encode()


def _decoded(data: bytes, path: str) -> str | None:
    """The text of a file, also of one in another encoding, as far as there is one reading."""
    text, problems = decode(data, path)
    if text is not None:
        return text
    for encoding in _ENCODINGS.get(problems[0].rule, ()):
        try:
            text = decode(data.decode(encoding).encode(), path)[0]
        except UnicodeError:
            continue
        if text is not None and not check_characters(text, path)[1] and _common(text, encoding):
            return text
    return None


def _common(text: str, encoding: str) -> bool:
    # What was saved in some third encoding reads as rare characters, where it can be read as GBK at all.
    return encoding != "gb18030" or text == text.encode("gb2312", "replace").decode("gb2312")


def _until_done(text: str, read: Read) -> str:
    """`text` after all certain remedies for what `read` says of it."""
    problems = read(text)
    for _ in range(_passes(text)):
        better = _next(text, problems, read)
        if better is None:
            break
        text, problems = better
    return text


def _next(text: str, problems: list[Problem], read: Read) -> tuple[str, list[Problem]] | None:
    """The text after all remedies at once, or after the first that does good alone; and what is wrong with it."""
    rows = _mendable(text, problems)
    indented = any(problem.rule in _OF_INDENTATION for problem in rows.values())
    together = [_with(text, rows, width) for width in (_WIDTHS if indented else _WIDTHS[:1])] if rows else []
    found = [(attempt, read(attempt)) for attempt in together]
    good = [(attempt, left) for attempt, left in found if _better(problems, left, rows)]
    if good:
        return min(good, key=lambda attempt: _badness(attempt[1]))
    for row, problem in list(rows.items())[: _passes(text)] if len(rows) > 1 else ():
        attempt = _with(text, {row: problem}, _WIDTHS[0])
        if _better(problems, left := read(attempt), {row: problem}):
            return attempt, left
    return None


def _passes(text: str) -> int:
    return max(2, min(_MOST_PASSES, _BUDGET // (len(text) + 1)))


def _mendable(text: str, problems: list[Problem]) -> dict[int, Problem]:
    """Row → the first of its problems that has a certain remedy."""
    lines, rows = text.split("\n"), dict[int, Problem]()
    for problem in problems:
        row = problem.line - 1
        if row not in rows and row >= 0 and _mended_line(problem, lines[row], _WIDTHS[0]) is not None:
            rows[row] = problem
    return rows


def _with(text: str, rows: Mapping[int, Problem], width: tuple[int, int]) -> str:
    lines: list[str | None] = [*text.split("\n")]
    for row, problem in rows.items():
        line = lines[row] or ""
        mended = _mended_line(problem, line, width)
        # A line that held nothing but the mistake goes.
        lines[row] = None if not mended and line.strip() and row + 1 < len(lines) else mended
    return "\n".join(line for line in lines if line is not None)


def _mended_line(problem: Problem, line: str, width: tuple[int, int]) -> str | None:
    bare = line.lstrip(BLANKS)
    if problem.rule in _OF_INDENTATION and problem.column <= len(line) - len(bare):
        indent = line[: len(line) - len(bare)].replace("\u3000", " " * width[1]).expandtabs(width[0])
        return indent + bare if bare else ""
    mended = certain(problem, line)
    return in_other_notation(problem, line) if mended is None else mended


def _better(before: list[Problem], after: list[Problem], rows: Mapping[int, Problem]) -> bool:
    """Whether the mended problems are gone, and others came up only where they could not be seen before."""

    def places(problems: list[Problem]) -> set[tuple[int, int, str]]:
        return {(p.line, p.column, p.rule) for p in problems}

    last = max(problem.line for problem in before)
    new = places(after) - places(before)
    gone = not places([*rows.values()]) & places(after)
    hidden = all(line > last or _uncovered(rows.get(line - 1), rule) for line, _, rule in new)
    return gone and (len(after) < len(before) or hidden)


def _badness(problems: list[Problem]) -> tuple[int, int]:
    # Where the structure is in doubt the rest is not read: then few problems are no good sign.
    return sum(problem.rule in _OF_STRUCTURE for problem in problems), len(problems)


def _uncovered(mended: Problem | None, rule: str) -> bool:
    # A remedy may uncover another slip of its line; it has failed where the line then makes no sense.
    return mended is not None and (rule not in _OF_STRUCTURE or not mended.rule.startswith("yaml-"))


def _apply(data: bytes, problems: list[Problem]) -> bytes:
    rows = _mendable(data.decode(), problems) if problems else {}
    return _with(data.decode(), rows, _WIDTHS[0]).encode() if rows else data


def _styled(text: str, path: str) -> str:
    """In house style, if it loads and its data stay the same."""
    document, problems = read_document(path, text.encode())
    if document is None or problems or not isinstance(document.model, BaseModel):
        return text
    styled = restyle(text, document.node, type(document.model))
    again, _ = parse(styled.encode(), path)
    return styled if again is not None and plain(again) == plain(document.node) else text
