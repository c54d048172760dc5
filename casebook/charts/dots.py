"""Dots on one axis: comparable values, the firm ones solid, the approximate ones hollow, ranges as lines."""

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from casebook.charts.marks import DotChart
from casebook.charts.svg import ACCENT, INK, PAPER, note, short


def draw_dots(axes: Axes, chart: DotChart) -> None:
    """One row a case, first on top; the value in words beside its dot."""
    for row, dot in enumerate(chart.dots):
        if dot.low != dot.high:
            axes.plot([dot.low, dot.high], [row, row], color=ACCENT, linewidth=3, solid_capstyle="round")
        mark = axes.scatter(
            [dot.high], [row], s=64, facecolor=ACCENT if dot.firm else PAPER, edgecolor=ACCENT, linewidth=1.8, zorder=3
        )
        mark.set_gid(note(f"{dot.label} {dot.shown}"))
        if dot.url:
            mark.set_urls([f"@root/{dot.url}"])
        axes.annotate(
            short(dot.shown), (dot.high, row), xytext=(9, 0), textcoords="offset points", va="center", color=INK
        )
    axes.set_yticks(range(len(chart.dots)), [short(dot.label) for dot in chart.dots])
    axes.set_ylim(len(chart.dots) - 0.4, -0.6)
    axes.set_xlabel(short(chart.unit))
    _scale(axes, chart)


def _scale(axes: Axes, chart: DotChart) -> None:
    high = max(dot.high for dot in chart.dots)
    if chart.logarithmic:
        axes.set_xscale("log")
        axes.set_xlim(min(dot.low for dot in chart.dots) / 1.6, high * 3)
        axes.minorticks_off()
    else:
        axes.set_xlim(0, high * 1.25 or 1)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.6g}"))
