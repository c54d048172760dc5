"""The one place where a figure becomes SVG: stable bytes, CSS colours, links, titles, no ids that could collide."""

import hashlib
import io
import re
import unicodedata
import warnings
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from casebook.charts.font import use_fixed_fonts
from casebook.charts.marks import BarChart, CellChart, DotChart, ScatterChart, TimeChart

C = TypeVar("C", BarChart, DotChart, CellChart, TimeChart, ScatterChart)

# The colours of the house style and of the drawing functions → variables of the site's style sheet.
COLOURS = {
    "#0a0b01": "var(--ink)",
    "#0a0b02": "var(--ink-2)",
    "#0a0b03": "var(--line)",
    "#0a0b04": "var(--accent)",
    "#0a0b05": "var(--accent-soft)",
    "#0a0b06": "var(--paper)",
}
INK, INK_2, LINE, ACCENT, SOFT, PAPER = COLOURS
WIDTH = 720  # of a figure, in px
ROW = 28  # height of a row
LONGEST = 26  # ems of a label
_TAG = re.compile("<[^>]*>")  # attributes are escaped: no other sign closes one
_NOTE = re.compile(r"""<g id=(["'])note:(.*?)\1>""", re.DOTALL)  # in single quotes where the words hold double ones


def draw_svg(
    chart: C,
    draw: Callable[[Axes, C], None],
    labels: Sequence[str],
    axis: int,
    style: Path,
    row: int = ROW,
    head: int = 0,
) -> str:
    """`chart` as an `<svg>` element, `row` px a row, `axis` px below and `head` px above them.

    `labels` stand left of the rows; room for the longest is reckoned rather than measured, which halves the time.
    """
    use_fixed_fonts()
    with matplotlib.rc_context(fname=style), warnings.catch_warnings():
        # A rare sign is drawn by the reader's fonts; here it is as wide as most.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        matplotlib.rcParams["svg.hashsalt"] = hashlib.sha256(repr(chart).encode()).hexdigest()
        height = len(labels) * row + axis + head
        figure = Figure(figsize=(WIDTH / 72, height / 72))
        FigureCanvasSVG(figure)
        left = margin(labels) / WIDTH
        axes = figure.add_axes((left, axis / height, 0.99 - left, 1 - (axis + head) / height))
        draw(axes, chart)
        out = io.StringIO()
        figure.savefig(
            out, format="svg", dpi=72, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    return _inline(out.getvalue(), chart.title, chart.description)


def margin(labels: Sequence[str]) -> float:
    """Room for the longest label left of the rows, in px."""
    return max((ems(short(label)) for label in labels), default=0) * 12 + 14


def short(text: str) -> str:
    """`text`, cut where it would leave no room for the figure; the table beside it has it whole."""
    if ems(text) <= LONGEST:
        return text
    while ems(text) > LONGEST - 1:
        text = text[: len(text) * 2 // 3] if ems(text) > 2 * LONGEST else text[:-1]
    return text.rstrip() + "…"


def ems(text: str) -> float:
    """About how wide `text` is, in ems: Han characters one, others a good half."""
    return sum(1 if unicodedata.east_asian_width(c) in "WFA" else 0.64 for c in text)


def note(text: str) -> str:
    """A `gid` that becomes the mark's title, shown on hover and read aloud."""
    return f"note:{text}"


def _inline(svg: str, title: str, description: str) -> str:
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>\s*", "", body, flags=re.S)
    body = _NOTE.sub(lambda found: "<g><title>" + found[2].replace('"', "&quot;") + "</title>", body)
    # All words stand between the tags now: what they say is nothing to be changed.
    used = set(re.findall(r"#([\w-]+)", "".join(_TAG.findall(body))))
    body = _name_links(_TAG.sub(lambda tag: _restyled(tag[0], used), body))
    head = re.search(r'viewBox="([^"]*)"', body)
    assert head is not None
    rest = body[body.index(">") + 1 :]
    text = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    role = "group" if "<a " in rest else "img"  # what is inside an image cannot be reached
    # A blank line would end the HTML block that the figure stands in.
    return re.sub(
        r"\n\s*", "\n", f'<svg viewBox="{head.group(1)}" role="{role}" xmlns="http://www.w3.org/2000/svg">{text}{rest}'
    )


def _restyled(tag: str, used: Collection[str]) -> str:
    """A tag as it stands in a page: the fonts and colours of the page, links that open in place, only `used` ids."""
    tag = re.sub(r' id="([^"]*)"', lambda found: found[0] if found[1] in used else "", tag)
    tag = tag.replace("xlink:href", "href").replace(' target="_blank"', "")
    tag = re.sub(r"font: (?:\w+ )*?([\d.]+)px [^;\"]*", r"font-size: \1px", tag)
    for colour, variable in COLOURS.items():
        tag = tag.replace(colour, variable)
    return tag


def _name_links(body: str) -> str:
    """Links are called as their mark; several for one mark are one stop of the keyboard."""
    seen: set[tuple[str, str]] = set()

    def named(found: re.Match[str]) -> str:
        title, between, link = found.groups()
        again = (title, link) in seen
        seen.add((title, link))
        name = 'tabindex="-1" aria-hidden="true"' if again else f'aria-label="{title}"'
        return f"<g><title>{title}</title>{between}<a {link} {name}"

    return re.sub(r'<g><title>([^<]*)</title>((?:(?!</g>).)*?)<a (href="[^"]*")', named, body, flags=re.S)
