"""Ladders side by side: a column a case, the lowest tier at the bottom."""

from itertools import pairwise

from matplotlib.axes import Axes

from casebook.charts.grid import box, column_ems, filled, heads
from casebook.charts.marks import CellChart
from casebook.charts.svg import ACCENT


def draw_tiers(axes: Axes, chart: CellChart) -> None:
    """Each case's tiers in boxes, arrows from each to the next higher one."""
    heads(axes, chart)
    wide = column_ems(chart)
    for column in range(len(chart.columns)):
        tiers = [row for row, cells in enumerate(chart.cells) if cells[column]]
        for higher, lower in pairwise(tiers):
            arrow = {"arrowstyle": "-|>", "color": ACCENT, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", (column, higher + 0.36), (column, lower - 0.36), arrowprops=arrow)
    for row, column, text in filled(chart):
        box(axes, column, row, text, wide)
