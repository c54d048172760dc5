"""How many cases each tile of the tile maps stands for, and which places have none."""

from dataclasses import dataclass
from math import ceil

from casebook.analyse.places import PlaceNode
from casebook.corpus import Corpus
from casebook.model.tiles import Tile, TileMap

SHADES = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """A tile and its numbers: `cases` that count, `entries` with umbrellas and mentions; `shade` from 0 to `SHADES`.

    `node` is the place in the tree, `None` where no case is.
    """

    tile: Tile
    node: PlaceNode | None
    cases: int
    entries: int
    shade: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tile map, its tiles row by row. `beside` are places that have no tile, `loose` cases that name none."""

    name: str
    node: PlaceNode | None
    tiles: tuple[Counted, ...]
    beside: tuple[PlaceNode, ...]
    loose: tuple[str, ...]

    @property
    def columns(self) -> int:
        """How many tiles are side by side."""
        return max(counted.tile.column for counted in self.tiles)


@dataclass(frozen=True, slots=True)
class Sheets:
    """All tile maps, shaded alike; `elsewhere` are places of the widest rank that have none."""

    sheets: tuple[Sheet, ...]
    elsewhere: tuple[PlaceNode, ...]


def sheets(corpus: Corpus, root: PlaceNode) -> Sheets:
    """The tile maps of a corpus with the numbers of its places; none where nobody arranged any."""
    maps = corpus.tile_maps.maps if corpus.tile_maps else ()
    known = [found for one in maps for tile in one.tiles if (found := _node(root, one, tile))]
    most = max((_counted(corpus, node) for node in known), default=0)
    mapped = {one.name for one in maps}
    elsewhere = tuple(node for name, node in root.inside.items() if name not in mapped)
    return Sheets(tuple(_sheet(corpus, root, one, most) for one in maps), elsewhere if maps else ())


def _sheet(corpus: Corpus, root: PlaceNode, one: TileMap, most: int) -> Sheet:
    node = root.inside.get(one.name)
    tiled = {tile.name for tile in one.tiles}
    beside = tuple(child for name, child in node.inside.items() if name not in tiled) if node else ()
    in_order = sorted(one.tiles, key=lambda tile: (tile.row, tile.column))
    counted = tuple(_tile(corpus, tile, _node(root, one, tile), most) for tile in in_order)
    return Sheet(one.name, node, counted, beside, tuple(node.cases) if node else ())


def _tile(corpus: Corpus, tile: Tile, node: PlaceNode | None, most: int) -> Counted:
    cases = _counted(corpus, node) if node else 0
    return Counted(tile, node, cases, len(node.all_cases()) if node else 0, ceil(SHADES * cases / most) if most else 0)


def _node(root: PlaceNode, one: TileMap, tile: Tile) -> PlaceNode | None:
    within = root.inside.get(one.name)
    return within.inside.get(tile.name) if within else None


def _counted(corpus: Corpus, node: PlaceNode) -> int:
    return sum(id in corpus.counted for id in node.all_cases())
