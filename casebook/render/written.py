"""Hand-written pages: a title and sections, each of which has an address of its own."""

from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

from casebook.render.prose import prose
from casebook.spelling import spelled, untaken

_HEADINGS = MarkdownIt("commonmark")


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading of the second rank; the first one of a page may have none."""

    id: Markup
    heading: str
    text: Markup


def title_of(text: str) -> str:
    """The heading of the first rank, or nothing."""
    return next((heading for rank, heading, _, _ in _headings(text) if rank == 1), "")


def sections_of(text: str, address: str) -> list[Section]:
    """The page at `address` without its title, in order."""
    lines = text.splitlines(keepends=True)
    cuts = [("", 0, 0), *((h if rank == 2 else "", start, end) for rank, h, start, end in _headings(text))]
    ends = [start for _, start, _ in cuts[1:]] + [len(lines)]
    taken: set[str] = set()
    found = []
    for (heading, _, start), end in zip(cuts, ends, strict=True):
        told = prose("".join(lines[start:end]), address)
        if heading or told.strip():
            found.append(Section(_id(heading, taken), heading, told))
    return found


def _headings(text: str) -> list[tuple[int, str, int, int]]:
    """(rank, words, first line, line after it) of the headings of the first and second rank outside of all else."""
    tokens = _HEADINGS.parse(text)
    return [
        (int(token.tag[1]), str(prose(tokens[at + 1].content).striptags()), token.map[0], token.map[1])
        for at, token in enumerate(tokens)
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2") and token.map
    ]


def _id(heading: str, taken: set[str]) -> Markup:
    """The heading as it is pronounced, so that the address of a section does not depend on those before it."""
    # Letters, digits and hyphens: nothing to escape.
    return Markup(untaken("-".join(spelled(heading)) or "part", taken))
