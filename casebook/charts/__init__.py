"""Comparative figures by matplotlib, as SVG that stands in a page.

A figure is described by a small value (`BarChart`, `DotChart`), drawn by its `draw(axes, chart)`, and saved by the one
function in `svg`. Nothing here knows the corpus.
"""
