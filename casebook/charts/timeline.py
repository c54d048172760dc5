"""Dates on one axis: bars as long as what is not known of a date, dots where it is known to the month or the day."""

from math import ceil, floor

from matplotlib.axes import Axes

from casebook.charts.grid import link
from casebook.charts.marks import TimeChart
from casebook.charts.svg import ACCENT, INK_2, LINE, PAPER, note, short

EXACT = 0.1  # years


def draw_timeline(axes: Axes, chart: TimeChart) -> None:
    """A row a case: solid where the case begins, hollow for what happened later, a square for a plan."""
    spans = [span for row in chart.rows for span in row.spans]
    first, last = floor(min(span.low for span in spans)), ceil(max(span.high for span in spans))
    for number, row in enumerate(chart.rows):
        axes.axhline(number, color=LINE, linewidth=0.6, zorder=0)
        for span in row.spans:
            face = ACCENT if span.begins and not span.plan else PAPER
            middle = (span.low + span.high) / 2
            if span.high - span.low > EXACT:
                axes.plot([span.low, span.high], [number, number], color=ACCENT, linewidth=3, solid_capstyle="butt")
            look = {"marker": "s" if span.plan else "o", "facecolor": face, "edgecolor": ACCENT, "linewidth": 1.6}
            mark = axes.scatter([middle], [number], s=60, zorder=3 + span.begins, **look)  # type: ignore[arg-type]
            mark.set_gid(note(span.note))
            if row.head.url:
                mark.set_urls([f"@root/{row.head.url}"])
    axes.set_yticks(range(len(chart.rows)), [short(row.head.label) for row in chart.rows])
    link(axes, [row.head for row in chart.rows])
    axes.set_ylim(len(chart.rows) - 0.4, -0.6)
    axes.set_xlim(first - 0.2, last + 0.2)
    step = max(1, (last - first) // 8)
    axes.set_xticks(range(first, last + 1, step), [str(year) for year in range(first, last + 1, step)], color=INK_2)
