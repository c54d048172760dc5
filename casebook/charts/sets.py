"""Sets compared: a row an element, a column a case."""

from matplotlib.axes import Axes

from casebook.charts.grid import LINE, column_ems, filled, heads, nothing, row_height, wrapped, write
from casebook.charts.marks import CellChart
from casebook.charts.svg import ACCENT, SOFT


def draw_sets(axes: Axes, chart: CellChart) -> None:
    """A dot where a case names an element, its own wording below where that differs; rows that all share are tinted."""
    heads(axes, chart)
    wide, height = column_ems(chart), row_height(chart)
    for row, cells in enumerate(chart.cells):
        if all(cells):
            axes.axhspan(row - 0.5, row + 0.5, color=SOFT, linewidth=0)
        for column, text in enumerate(cells):
            if not text:
                nothing(axes, column, row)
    for row, column, text in filled(chart):
        same = text == chart.rows[row].label
        lines = [] if same else wrapped(text, wide)
        axes.scatter([column], [row - len(lines) * LINE / 2 / height], s=90, color=ACCENT, zorder=3)
        write(axes, column, row, lines, up=-LINE / 2, size=10)
