"""Procedures aligned step by step: a row a case, a column a stage."""

from itertools import pairwise

from matplotlib.axes import Axes

from casebook.charts.grid import box, column_ems, filled, heads, nothing
from casebook.charts.marks import CellChart
from casebook.charts.svg import ACCENT


def draw_steps(axes: Axes, chart: CellChart) -> None:
    """Each case's own words at their stages, arrows from step to step; a small ring where a stage is not written."""
    heads(axes, chart)
    wide = column_ems(chart)
    for row, cells in enumerate(chart.cells):
        for column, text in enumerate(cells):
            if not text:
                nothing(axes, column, row)
        for one, other in pairwise(column for column, text in enumerate(cells) if text):
            arrow = {"arrowstyle": "-|>", "color": ACCENT, "linewidth": 1, "shrinkA": 0, "shrinkB": 0}
            axes.annotate("", (other - 0.43, row), (one + 0.43, row), arrowprops=arrow)
    for row, column, text in filled(chart):
        box(axes, column, row, text, wide)
