"""Where a region may cross motorway or railway: bridges, underpasses, level crossings (Querungen)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.musterkreis.facts import EPSG
from geodata.musterkreis.ground import Ground
from geodata.musterkreis.street_edges import NO_BLOCK, BlockSides, block_sides, on_lines, side_lines
from geodata.musterkreis.traffic import Way

_SHORT_CUT_M = 2_500.0  # without a road a barrier is crossed at least this often


def crossing_layer(barriers: Sequence[Way], roads: Sequence[Way], ground: Ground) -> gpd.GeoDataFrame:
    """The points where a road passes a barrier, each with a block on either side.

    Returns
    -------
    ``name``, ``art`` (``unterfuehrung`` or ``bahnuebergang``), ``barrier``, ``block_a``, ``block_b``, point
    """
    sides, parts = block_sides(ground.polygons), []
    for barrier in barriers:
        stops = _stops(barrier, roads)
        at = np.array([metres for metres, _road in stops])
        points = shapely.set_precision(shapely.line_interpolate_point(barrier.line, at), 0.1)
        blocks = ground.ids[_both_sides(points, barrier, sides)]
        table = {
            "name": [f"{road} / {barrier.name}" for _metres, road in stops],
            "art": "bahnuebergang" if barrier.art == "bahn" else "unterfuehrung",
            "barrier": barrier.name,
            "block_a": blocks.min(axis=1),
            "block_b": blocks.max(axis=1),
        }
        parts.append(gpd.GeoDataFrame(table, geometry=points, crs=EPSG))
    return gpd.GeoDataFrame(pd.concat(parts, ignore_index=True))


def _stops(barrier: Way, roads: Sequence[Way]) -> list[tuple[float, str]]:
    """Metres along the barrier and the road that passes there; farm tracks where the next road is far."""
    stops = [
        (float(shapely.line_locate_point(barrier.line, point)), road.name)
        for road in roads
        for point in shapely.get_parts(shapely.intersection(barrier.line, road.line))
        if point.geom_type == "Point"
    ]
    ends = np.sort([0.0, *(metres for metres, _road in stops), barrier.line.length])
    for begin, gap in zip(ends[:-1], np.diff(ends), strict=True):
        between = int(gap // _SHORT_CUT_M)
        stops += [(float(begin + gap * k / (between + 1)), "Wirtschaftsweg") for k in range(1, between + 1)]
    return sorted(stops)


def _both_sides(points: NDArray[Any], barrier: Way, sides: BlockSides) -> NDArray[np.int64]:
    """(k, 2) numbers of the blocks right and left of the barrier at each point."""
    along = np.flatnonzero(on_lines(sides, [barrier.line]) & (sides.left != NO_BLOCK))
    away = np.round(shapely.distance(points[:, None], side_lines(sides)[along][None, :]), -1)
    best = along[np.lexsort((np.broadcast_to(-sides.length_m[along], away.shape), away), axis=1)[:, 0]]
    return np.column_stack([sides.right[best], sides.left[best]])
