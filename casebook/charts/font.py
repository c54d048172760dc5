"""Fonts that are the same on every machine: matplotlib's own DejaVu Sans, and one that has widths but no shapes.

A figure keeps its text as text, so its layout needs only how wide a character is. Every Han character and full-width
sign is one em wide; one empty glyph stands for all of them.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import matplotlib
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from matplotlib import font_manager

EM = 1000
WIDE = (
    range(0x2E80, 0xA4D0),
    range(0xAC00, 0xD7A4),
    range(0xF900, 0xFB00),
    range(0xFE30, 0xFE70),
    range(0xFF00, 0xFFF0),
    range(0x20000, 0x323B0),
)
ALSO_WIDE = "“”‘’…—·●◐○→×≥≤"  # drawn by the Han font where a page is Chinese


@cache
def use_fixed_fonts() -> None:
    """Make the two fonts the only ones matplotlib knows. Once a process."""
    manager = font_manager.fontManager
    manager.ttflist.clear()
    manager.addfont(Path(matplotlib.get_data_path()) / "fonts/ttf/DejaVuSans.ttf")
    # matplotlib opens a font by its path whenever it needs it: the file stays as long as the process.
    folder = tempfile.mkdtemp(prefix="casebook-font-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "casebook-metrics.ttf"
    _metrics().save(path)
    manager.addfont(path)


def _metrics() -> FontBuilder:
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "em"])
    table = CmapSubtable.newSubtable(12)  # the smaller formats cannot map so many characters to one glyph
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {code: "em" for wide in WIDE for code in wide} | {ord(sign): "em" for sign in ALSO_WIDE}
    builder.font["cmap"] = newTable("cmap")
    builder.font["cmap"].tableVersion, builder.font["cmap"].tables = 0, [table]
    builder.setupGlyf({".notdef": Glyph(), "em": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (EM, 0), "em": (EM, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Casebook Metrics", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    return builder
