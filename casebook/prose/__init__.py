"""Prose that cannot contradict the data: references instead of typed numbers and names.

`files` reads a comparison, `references` is the notation, `paths` finds what a path names, `targets` resolves a
reference, `plain` finds numbers and names that were typed instead. Nothing here knows how a page looks.
"""
