"""Comparative figures by matplotlib, as SVG that stands in a page.

A figure is described by a small value of `marks`, drawn by its `draw_…(axes, chart)`, and saved by the one function in
`svg`; `drawing` knows which is which. Nothing here knows the corpus.
"""
