"""Main roads between the places, and where they cross motorway and railway (Hauptstraßen, Querungen)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree, shortest_path
from scipy.spatial import cKDTree

from geodata.musterkreis.chains import walked, walks
from geodata.musterkreis.ground import Ground
from geodata.sample_land.wobble import smoothed, wobbled

# Federal roads by the main places they link; the ways between are the shortest over the network.
_FEDERAL = (
    ("B 221", ("Wassenberg", "Heinsberg", "Geilenkirchen", "Übach-Palenberg")),
    ("B 57", ("Wegberg", "Erkelenz", "Hückelhoven", "Geilenkirchen")),
    ("B 56", ("Selfkant", "Gangelt", "Geilenkirchen")),
)
_STATE_NUMBERS = (3, 12, 14, 19, 42, 46, 47, 117, 126, 148, 202, 203, 207, 211, 225, 226, 227, 228, 230, 240, 250,
                  351, 360, 364, 366, 368, 371, 377, 400, 410)  # fmt: skip
_DETOUR = 1.7  # places whose way over the tree is that much longer than the straight line get a link
_LINK_M = 6_500.0
_STREAM = 600
_SHORT_CUT_M = 2_500.0  # without a main road a barrier is crossed at least this often


@dataclass(frozen=True, eq=False)
class Centres:
    """Centres of the places: (p, 2) metres, name of the municipality of each, and whether it is its main place."""

    points_m: NDArray[np.float64]
    municipality: NDArray[Any]
    is_main: NDArray[np.bool_]


def roads(centres: Centres, *, seed: int, epsg: int) -> geopandas.GeoDataFrame:
    """Federal and state roads as irregular lines: a spanning tree over the places and links where the way is long.

    Returns
    -------
    ``name`` (B 221, L 19), ``art`` (``bundesstrasse`` or ``landesstrasse``), line
    """
    edges = _network(centres.points_m)
    names = _federal(centres, edges)
    rng = np.random.default_rng([seed, _STREAM])
    lines = [_course(centres.points_m[[a, b]], rng) for a, b in edges]
    groups = [names.get(edge, "") for edge in edges]
    rows = []
    for walk in walks(lines, groups, sharpest=1.9, longest_m=60_000.0):
        name = groups[walk[0][0]]
        course = smoothed(np.round(walked(lines, walk), 1), parts=3)
        rows.append((name, "bundesstrasse" if name else "landesstrasse", shapely.LineString(course)))
    rows.sort(key=lambda row: (row[0] == "", row[0], -row[2].length))
    numbers = iter([f"L {number}" for number in (*_STATE_NUMBERS, *range(411, 700))])
    table = {"name": [row[0] or next(numbers) for row in rows], "art": [row[1] for row in rows]}
    return geopandas.GeoDataFrame(table, geometry=shapely.set_precision([r[2] for r in rows], 0.1), crs=epsg)


def crossings(
    roads: geopandas.GeoDataFrame, barriers: geopandas.GeoDataFrame, ground: Ground
) -> geopandas.GeoDataFrame:
    """Points where a region may cross motorway or railway, with the blocks on both sides.

    Returns
    -------
    ``name``, ``art`` (``unterfuehrung`` or ``bahnuebergang``), ``barrier``, ``block_a``, ``block_b``, point
    """
    rows = [
        {"name": f"{road} / {barrier}", "barrier": barrier, "geometry": point,
         "art": "bahnuebergang" if kind == "bahn" else "unterfuehrung"}
        for barrier, kind, line in zip(barriers["name"], barriers["art"], barriers.geometry, strict=True)
        for road, point in _met(roads, line)
    ]  # fmt: skip
    found = geopandas.GeoDataFrame(rows, geometry="geometry", crs=roads.crs)
    pairs = [_blocks_beside(point, ground) for point in found.geometry]
    found["block_a"], found["block_b"] = [a for a, _b in pairs], [b for _a, b in pairs]
    return found[["name", "art", "barrier", "block_a", "block_b", "geometry"]]


def _network(points: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Edges (a < b) of the spanning tree and of links that save a long way round."""
    away = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    tree = np.array(minimum_spanning_tree(csr_array(away)).nonzero()).T
    edges = sorted({(int(min(pair)), int(max(pair))) for pair in tree})
    near = sorted(cKDTree(points).query_pairs(_LINK_M), key=lambda pair: (round(away[pair], 1), pair))
    for a, b in near:
        if shortest_path(_matrix(edges, away), indices=a, directed=False)[b] > _DETOUR * away[a, b]:
            edges.append((int(min(a, b)), int(max(a, b))))
    return sorted(edges)


def _matrix(edges: Sequence[tuple[int, int]], away: NDArray[np.float64]) -> csr_array:
    a, b = np.array(edges).T
    return csr_array((away[a, b], (a, b)), shape=away.shape)


def _federal(centres: Centres, edges: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    points = centres.points_m
    away = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    before = shortest_path(_matrix(edges, away), directed=False, return_predecessors=True)[1]
    main = {str(centres.municipality[i]): int(i) for i in np.flatnonzero(centres.is_main)}
    names: dict[tuple[int, int], str] = {}
    for road, stops in _FEDERAL:
        for start, stop in pairwise(stops):
            at = main[stop]
            while at != main[start]:
                back = int(before[main[start], at])
                names.setdefault((min(at, back), max(at, back)), road)
                at = back
    return names


def _course(ends: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    return wobbled(ends, rng, step_m=650.0, roughness=0.07)


def _met(roads: geopandas.GeoDataFrame, line: Any) -> list[tuple[str, Any]]:
    """Points where main roads meet the line, and minor streets where no main road is near; in order along it."""
    met = []
    near = roads[roads.intersects(line)]
    for name, road in zip(near["name"], near.geometry, strict=True):
        points = shapely.get_parts(shapely.intersection(road, line))
        met += [(float(shapely.line_locate_point(line, point)), str(name)) for point in points]
    stops = np.sort(np.r_[0.0, [at for at, _name in met], line.length])
    for begin, gap in zip(stops[:-1], np.diff(stops), strict=True):
        between = int(gap // _SHORT_CUT_M)
        met += [(float(begin + gap * (k + 1) / (between + 1)), "Wirtschaftsweg") for k in range(between)]
    spots = shapely.set_precision(shapely.line_interpolate_point(line, [at for at, _name in sorted(met)]), 0.1)
    return [(name, spot) for (_at, name), spot in zip(sorted(met), spots, strict=True)]


def _blocks_beside(point: Any, ground: Ground) -> tuple[str, str]:
    """The two blocks nearest to the crossing."""
    near = shapely.STRtree(ground.polygons).query(shapely.buffer(point, 150.0))
    order = near[np.lexsort((near, np.round(shapely.distance(ground.polygons[near], point), 2)))]
    a, b = sorted(str(key) for key in ground.ids[order[:2]])
    return a, b
