"""What the parts of the scan say to each other."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Something that may not be published: in which file, which rule of the catalogue, and the offending piece."""

    path: str
    rule: str
    text: str
