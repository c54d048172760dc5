"""Which function draws which chart, and in how much room. Importing this imports matplotlib."""

from pathlib import Path

from casebook.charts.bars import KEY, draw_bars
from casebook.charts.dots import draw_dots
from casebook.charts.grid import head_height, row_height
from casebook.charts.marks import BarChart, CellChart, Chart, DotChart, ScatterChart, TimeChart
from casebook.charts.scatter import draw_scatter
from casebook.charts.sets import draw_sets
from casebook.charts.steps import draw_steps
from casebook.charts.svg import draw_svg
from casebook.charts.tiers import draw_tiers
from casebook.charts.timeline import draw_timeline

CELLS = {"steps": draw_steps, "tiers": draw_tiers, "sets": draw_sets}


def draw(chart: Chart, style: Path) -> str:
    """Any chart as an `<svg>` element."""
    match chart:
        case BarChart():
            return draw_svg(chart, draw_bars, [bar.label for bar in chart.bars], 4, style, head=KEY if chart.key else 0)
        case DotChart():
            return draw_svg(chart, draw_dots, [dot.label for dot in chart.dots], 44, style)
        case TimeChart():
            return draw_svg(chart, draw_timeline, [row.head.label for row in chart.rows], 28, style)
        case ScatterChart():
            return draw_svg(chart, draw_scatter, ["00"] * 9, 44, style)
        case CellChart():
            labels = [row.label for row in chart.rows]
            return draw_svg(chart, CELLS[chart.kind], labels, 4, style, row_height(chart), head_height(chart))
