"""Two measures of the same cases: one dot a case."""

from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from casebook.charts.marks import ScatterChart
from casebook.charts.svg import ACCENT, INK, note, short

TICKS = tuple(digit * 10**power for power in range(7) for digit in (1, 2, 5))


def draw_scatter(axes: Axes, chart: ScatterChart) -> None:
    """Dots on a logarithmic x axis; every dot is a link and tells its name on hover, some are labelled."""
    for dot in chart.dots:
        mark = axes.scatter([dot.x], [dot.y], s=44, color=ACCENT, alpha=0.6, linewidth=0, zorder=3)
        mark.set_gid(note(dot.label))
        if dot.url:
            mark.set_urls([f"@root/{dot.url}"])
        if dot.shown:
            below = {"xytext": (0, -17), "textcoords": "offset points", "ha": "center", "color": INK, "fontsize": 11}
            axes.annotate(short(dot.shown), (dot.x, dot.y), annotation_clip=False, **below)  # type: ignore[arg-type]
    axes.set_xscale("log")
    low, high = min(dot.x for dot in chart.dots) / 1.3, max(dot.x for dot in chart.dots) * 1.5
    axes.set_xlim(low, high)
    axes.set_ylim(0, max(dot.y for dot in chart.dots) * 1.1 + 1)
    axes.set_xticks([tick for tick in TICKS if low <= tick <= high])
    axes.minorticks_off()
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axes.set_xlabel(chart.x_label)
