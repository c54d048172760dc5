"""What steps, tiers and sets share: rows and columns of words, with heads that may be links."""

import textwrap
from collections.abc import Iterable, Iterator
from math import floor

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from casebook.charts.marks import CellChart, Head
from casebook.charts.svg import ACCENT, INK, INK_2, PAPER, SOFT, WIDTH, ems, margin, short

LINE = 17  # height of a line of words, in px
MOST_LINES = 8
SMALL = 11


def heads(axes: Axes, chart: CellChart) -> None:
    """The names of rows and columns, and room for every cell: row and column n stand at n."""
    wide = _column_ems(chart)
    axes.set_yticks(range(len(chart.rows)), [short(row.label) for row in chart.rows])
    for column, head in enumerate(chart.columns):
        lines = wrapped(head.label, wide)
        write(axes, column, -0.5, lines, up=len(lines) * LINE / 2 + 2, size=12, url=head.url)
    axes.xaxis.set_visible(False)
    axes.set_xlim(-0.5, len(chart.columns) - 0.5)
    axes.set_ylim(len(chart.rows) - 0.5, -0.5)
    axes.grid(visible=False)
    for side in axes.spines.values():
        side.set_visible(False)
    link(axes, chart.rows)


def link(axes: Axes, rows: Iterable[Head]) -> None:
    """Make the labels of the rows links to their cases."""
    for label, head in zip(axes.get_yticklabels(), rows, strict=True):
        if head.url:
            label.set_url(f"@root/{head.url}")


def write(
    axes: Axes, column: float, row: float, lines: list[str], up: float = 0, size: int = SMALL, url: str = ""
) -> None:
    """Lines of words around (column, row), their middle `up` px higher.

    Line by line and from the base line: an empty glyph has no height to be centred by.
    """
    for number, line in enumerate(lines):
        lift = up + ((len(lines) - 1) / 2 - number) * LINE - size * 0.36
        at = {"xytext": (0, lift), "textcoords": "offset points", "ha": "center", "va": "baseline"}
        text = axes.annotate(line, (column, row), color=INK, fontsize=size, annotation_clip=False, **at)  # type: ignore[arg-type]
        if url:
            text.set_url(f"@root/{url}")


def filled(chart: CellChart) -> Iterator[tuple[int, int, str]]:
    """(row, column, words) of every cell that holds something."""
    for row, cells in enumerate(chart.cells):
        yield from ((row, column, text) for column, text in enumerate(cells) if text)


def box(axes: Axes, column: float, row: float, text: str, wide: float) -> None:
    """Words in a box around (column, row)."""
    shape = FancyBboxPatch(
        (column - 0.43, row - 0.36), 0.86, 0.72, boxstyle="square,pad=0", facecolor=SOFT, edgecolor=ACCENT, linewidth=1
    )
    axes.add_patch(shape)
    write(axes, column, row, wrapped(text, wide))


def nothing(axes: Axes, column: float, row: float) -> None:
    """A small hollow mark: nothing is said here."""
    axes.scatter([column], [row], s=9, facecolor=PAPER, edgecolor=INK_2, linewidth=0.8)


def column_ems(chart: CellChart) -> float:
    """How many ems of small words fit into a column's box."""
    return _column_ems(chart) * 12 / SMALL


def _column_ems(chart: CellChart) -> float:
    return (WIDTH * 0.99 - margin([row.label for row in chart.rows])) / len(chart.columns) * 0.84 / 12


def row_height(chart: CellChart) -> int:
    """Height of a row, in px, so that the longest words fit."""
    wide = column_ems(chart)
    return max((len(wrapped(text, wide)) for _, _, text in filled(chart)), default=1) * LINE + 18


def head_height(chart: CellChart) -> int:
    """Height of the heads of the columns, in px."""
    wide = _column_ems(chart)
    return max(len(wrapped(column.label, wide)) for column in chart.columns) * LINE + 8


def wrapped(text: str, wide: float) -> list[str]:
    """`text` in lines of at most `wide` ems; so many at most, as the table beside a figure has it whole."""
    if text.isascii():
        lines = textwrap.wrap(text, max(4, floor(wide / 0.64))) or [""]
    else:
        lines = [""]
        for sign in text:
            if lines[-1] and ems(lines[-1] + sign) > wide:
                lines.append("")
            lines[-1] += sign
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], lines[MOST_LINES - 1][:-1] + "…"]
