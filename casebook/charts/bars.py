"""Horizontal bars: how many."""

from matplotlib.axes import Axes
from matplotlib.patches import Patch

from casebook.charts.marks import BarChart
from casebook.charts.svg import ACCENT, INK, PAPER, SOFT, note, short

KEY = 30  # height of the words for the segments, in px
ABOVE = {"loc": "lower left", "bbox_to_anchor": (0, 1), "borderaxespad": 0.2, "handlelength": 1.4}
# Told apart without colour: solid, hatched, hollow.
STYLES = (
    {"facecolor": ACCENT, "edgecolor": ACCENT},
    {"facecolor": SOFT, "edgecolor": ACCENT, "hatch": "////"},
    {"facecolor": PAPER, "edgecolor": ACCENT},
)


def draw_bars(axes: Axes, chart: BarChart) -> None:
    """One row a bar, first bar on top, the total at its end; what the segments are above them all."""
    for row, bar in enumerate(chart.bars):
        start = 0
        for style, length in zip(STYLES, bar.segments, strict=False):
            if length:
                (patch,) = axes.barh(row, length, left=start, height=0.62, linewidth=1, **style)  # type: ignore[arg-type]
                patch.set_gid(note(bar.note))
                if bar.url:
                    patch.set_url(f"@root/{bar.url}")
            start += length
        axes.annotate(str(start), (start, row), xytext=(6, 0), textcoords="offset points", va="center", color=INK)
    axes.set_yticks(range(len(chart.bars)), [short(bar.label) for bar in chart.bars])
    axes.set_ylim(len(chart.bars) - 0.4, -0.6)
    axes.set_xlim(0, max((sum(bar.segments) for bar in chart.bars), default=1) * 1.06)
    axes.xaxis.set_visible(False)  # every bar says its number
    axes.spines["bottom"].set_visible(False)
    if chart.key:
        patches = [Patch(linewidth=1, label=str(place), **STYLES[place]) for place in range(len(chart.key))]  # type: ignore[arg-type]
        legend = axes.legend(handles=patches, frameon=False, ncols=len(patches), **ABOVE)  # type: ignore[call-overload]
        # A legend leaves out what begins with "_", so that the words come after it.
        for text, name in zip(legend.get_texts(), chart.key, strict=True):
            text.set_text(name)
