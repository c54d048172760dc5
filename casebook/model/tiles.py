"""The tile maps: where the equal tiles of places stand, as an editor arranges them."""

from typing import Annotated

from pydantic import Field

from casebook.model.base import WHOLE, Model, Text

# A map that is looked at as a whole; a stray figure would make a page that no browser can lay out.
Count = Annotated[int, Field(ge=1, le=100), WHOLE]


class Tile(Model):
    """A place by its `name` in the cases, and the row and column of its tile; `label` is what the tile says."""

    name: Text
    label: Text | None = None
    label_en: Text | None = None
    row: Count
    column: Count


class TileMap(Model):
    """The places inside one place of the widest rank, by its `name` in the cases. No borders, no distances."""

    name: Text
    tiles: Annotated[tuple[Tile, ...], Field(min_length=1)]


class TileMaps(Model):
    """All tile maps, in the order in which they are shown."""

    maps: Annotated[tuple[TileMap, ...], Field(min_length=1)]
