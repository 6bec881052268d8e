"""Which place each block belongs to, and its number (Ortsteil, Blocknummer)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from geodata.musterkreis.block_shapes import Faces, common_borders
from geodata.musterkreis.facts import MUNICIPALITIES
from geodata.musterkreis.landscape import Landscape

_WITHIN_SETTLED = 0.3  # walking through houses counts less, so a village keeps its own ribbon of houses


@dataclass(frozen=True, eq=False)
class NamedLand:
    """The land with its blocks in their final order, their ids and (n,) the position of the place each belongs to."""

    land: Landscape
    block_ids: tuple[str, ...]
    place: NDArray[np.int64]

    @property
    def ags(self) -> tuple[str, ...]:
        """The municipality key of each block."""
        return tuple(MUNICIPALITIES[town].ags for town in self.land.blocks.town)


def named(land: Landscape) -> NamedLand:
    """Blocks with ids: AGS and four digits, running place by place from north to south."""
    place = place_of_blocks(land)
    xy = shapely.get_coordinates(shapely.centroid(land.blocks.shapes))
    order = np.lexsort((xy[:, 0], -np.round(xy[:, 1], -2), place, land.blocks.town))
    shapes = shapely.normalize(land.blocks.shapes[order])
    blocks = Faces(shapes, land.blocks.town[order], land.blocks.yard[order], land.blocks.settled[order])
    first = np.searchsorted(blocks.town, np.arange(len(MUNICIPALITIES)))
    running = np.arange(len(order)) - first[blocks.town] + 1
    ids = tuple(f"{MUNICIPALITIES[t].ags}{number:04d}" for t, number in zip(blocks.town, running, strict=True))
    return NamedLand(replace(land, blocks=blocks, density_per_ha=land.density_per_ha[order]), ids, place[order])


def place_of_blocks(land: Landscape) -> NDArray[np.int64]:
    """Position of the place each block belongs to: the nearest on foot over neighbouring blocks of the municipality.

    Returns
    -------
    (n,) positions in ``land.places``; the blocks of one place touch each other
    """
    shapes, town, settled = land.blocks.shapes, land.blocks.town, land.blocks.settled
    xy = shapely.get_coordinates(shapely.centroid(shapes))
    a, b, _ = common_borders(shapes)
    here = town[a] == town[b]
    a, b = a[here], b[here]
    walk = np.hypot(*(xy[a] - xy[b]).T) * np.where(settled[a] & settled[b], _WITHIN_SETTLED, 1.0)
    graph = coo_matrix((walk, (a, b)), shape=(len(xy), len(xy))).tocsr()
    starts = _start_blocks(land)
    distance = dijkstra(graph, directed=False, indices=starts)
    result: NDArray[np.int64] = np.round(distance, 3).argmin(axis=0)
    return result


def _start_blocks(land: Landscape) -> NDArray[np.int64]:
    """A block for each place: the nearest of its municipality that no larger place has taken."""
    towns = [town.ags for town in MUNICIPALITIES]
    starts = np.full(len(land.places), -1)
    free = np.ones(len(land.blocks.shapes), dtype=np.bool_)
    for number in sorted(range(len(land.places)), key=lambda i: -land.places[i].size):
        place = land.places[number]
        own = np.flatnonzero(free & (land.blocks.town == towns.index(place.ags)))
        away = shapely.distance(land.blocks.shapes[own], shapely.Point(place.x, place.y))
        starts[number] = own[np.argmin(away)]
        free[starts[number]] = False
    return starts
