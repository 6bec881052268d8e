"""Motorways, railways and rivers as closed borders, crossings as open ones (Barrieren und Verbindungen)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree

from spatial.arrays import BoolArray, FloatArray, IntArray, LabelArray
from spatial.contiguity import Contiguity
from spatial.errors import Finding

REACH_M = 25.0  # a motorway with its embankments: so far may a border lie from the line that is drawn for it
CROSSING_M = 60.0  # a bridge or underpass opens the border within this distance
_MOSTLY = 0.5  # share of the common border that has to run along the barrier
_TILE_M = 1_000.0  # side of the tiles in which a county-wide strip along lines is looked at
_THROUGH_M = 40.0  # so far inside a block a barrier has to run to cut it


@dataclass(frozen=True, eq=False)
class Barriers:
    """Which neighbourhoods a barrier closes.

    Attributes
    ----------
    closed : (m,) bool, edges of the contiguity over which no region goes on
    crossed : (m,) bool, edges along the barrier that a bridge or underpass keeps open
    findings : blocks that a barrier cuts in two (warning), counts of closed and open edges (note)
    """

    closed: BoolArray
    crossed: BoolArray
    findings: tuple[Finding, ...] = ()


def barriers_from_lines(
    polygons: NDArray[Any],
    contiguity: Contiguity,
    lines: NDArray[Any],
    *,
    ids: Sequence[str],
    crossings: NDArray[Any] | None = None,
) -> Barriers:
    """The neighbourhoods that run along a barrier line, and those of them that a crossing keeps open.

    Parameters
    ----------
    polygons : (n,) blocks in metres
    contiguity : their neighbourhood with m edges
    lines : (k,) motorways, railways, rivers in the same system
    ids : n texts to name blocks with
    crossings : points of bridges and underpasses, or lines that cross the barrier; None = there are none

    Returns
    -------
    Barriers; hand ``closed`` to ``Contiguity.with_barriers``
    """
    line = shapely.union_all(lines)
    near = np.flatnonzero(_near_edges(polygons, contiguity, line))
    border = _common_border(polygons, contiguity.edges[near])
    along = shapely.length(shapely.intersection(border, shapely.buffer(line, REACH_M))) / shapely.length(border)
    barred = np.zeros(len(contiguity.edges), dtype=bool)
    barred[near[along >= _MOSTLY]] = True
    open_edges = np.zeros_like(barred)
    if crossings is not None and len(crossings):
        places = shapely.buffer(shapely.union_all(_crossing_points(crossings, line)), CROSSING_M)
        open_edges[near] = shapely.intersects(border, places)
    crossed = barred & open_edges
    counts = {"closed": int((barred & ~crossed).sum()), "crossed": int(crossed.sum())}
    note = Finding("barrier.edges", "note", values=counts)
    return Barriers(barred & ~crossed, crossed, (note, *_cut_blocks(polygons, line, ids)))


def shares_along(polygons: NDArray[Any], contiguity: Contiguity, lines: NDArray[Any]) -> FloatArray:
    """How much of each common border runs along these lines, at most ``REACH_M`` away from them.

    Returns
    -------
    (m,) float64, 0–1
    """
    line = shapely.union_all(lines)
    shares = np.zeros(len(contiguity.edges))
    near = np.flatnonzero(_near_edges(polygons, contiguity, line))
    if len(near):
        border = _common_border(polygons, contiguity.edges[near])
        length = np.maximum(shapely.length(border), 1e-9)
        shares[near] = np.minimum(_metres_within(border, shapely.buffer(line, REACH_M)) / length, 1.0)
    return shares


def _metres_within(border: NDArray[Any], area: Any) -> FloatArray:
    """Metres of each border inside an area; the area is cut into tiles, because it may span the whole county."""
    west, south, east, north = shapely.bounds(area)
    across = [(x, y) for x in np.arange(west, east, _TILE_M) for y in np.arange(south, north, _TILE_M)]
    tiles = np.array([shapely.clip_by_rect(area, x, y, x + _TILE_M, y + _TILE_M) for x, y in across])
    tiles = tiles[~shapely.is_empty(tiles)]
    at, tile = shapely.STRtree(tiles).query(border, predicate="intersects")
    inside = shapely.length(shapely.intersection(border[at], tiles[tile]))
    return np.asarray(np.bincount(at, weights=inside, minlength=len(border)), dtype=np.float64)


def suggested_bridges(
    polygons: NDArray[Any], contiguity: Contiguity, *, within: LabelArray | None = None
) -> tuple[IntArray, FloatArray]:
    """The shortest connections that would join islands and exclaves to the rest, to be reviewed and declared.

    Parameters
    ----------
    polygons : (n,) blocks in metres
    contiguity : their neighbourhood
    within : (n,) municipality of each block; connections are then sought inside each municipality only

    Returns
    -------
    (k, 2) int64 pairs of blocks and (k,) float64 metres between them; hand the pairs to ``Contiguity.with_bridges``
    """
    group = np.zeros(contiguity.n, dtype=np.int64) if within is None else np.asarray(within, dtype=np.int64)
    inner = contiguity if within is None else _inside(contiguity, group)
    pieces = inner.components()
    pairs: list[tuple[int, int]] = []
    gaps: list[float] = []
    for number in np.unique(group):
        members = np.flatnonzero(group == number)
        found, gap_m = _joining(polygons, members, pieces)
        pairs += found
        gaps += gap_m
    return np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(gaps, dtype=np.float64)


def _near_edges(polygons: NDArray[Any], contiguity: Contiguity, line: Any) -> BoolArray:
    shapely.prepare(line)
    near: BoolArray = np.asarray(shapely.dwithin(polygons, line, REACH_M))
    both: BoolArray = near[contiguity.edges[:, 0]] & near[contiguity.edges[:, 1]]
    return both


def _common_border(polygons: NDArray[Any], edges: LabelArray) -> NDArray[Any]:
    """The common border of two blocks; over a gap, the part of each boundary that faces the other."""
    one, other = shapely.boundary(polygons[edges[:, 0]]), shapely.boundary(polygons[edges[:, 1]])
    reach = np.maximum(shapely.distance(one, other) * 1.5, 0.05)
    border: NDArray[Any] = shapely.intersection(one, shapely.buffer(other, reach))
    return border


def _crossing_points(crossings: NDArray[Any], line: Any) -> NDArray[Any]:
    points = shapely.get_type_id(crossings) == 0
    found: NDArray[Any] = np.where(points, crossings, shapely.intersection(crossings, line))
    return found


def _cut_blocks(polygons: NDArray[Any], line: Any, ids: Sequence[str]) -> list[Finding]:
    inside = shapely.length(shapely.intersection(shapely.buffer(polygons, -REACH_M), line))
    where = tuple(ids[int(i)] for i in np.flatnonzero(inside > _THROUGH_M))
    return [Finding("barrier.through_block", "warning", where, {"count": len(where)})] if where else []


def _inside(contiguity: Contiguity, group: IntArray) -> Contiguity:
    return contiguity.with_barriers(group[contiguity.edges[:, 0]] != group[contiguity.edges[:, 1]])


def _joining(
    polygons: NDArray[Any], members: IntArray, pieces: LabelArray
) -> tuple[list[tuple[int, int]], list[float]]:
    """The shortest links that make one piece of the members' pieces (minimum spanning tree over the gaps)."""
    numbers = np.unique(pieces[members])
    if len(numbers) < 2:
        return [], []
    parts = [members[pieces[members] == number] for number in numbers]
    gaps = np.zeros((len(parts), len(parts)))
    links: dict[tuple[int, int], tuple[int, int]] = {}
    for i, part in enumerate(parts):
        tree = shapely.STRtree(polygons[part])
        for j in range(i + 1, len(parts)):
            found, distance = tree.query_nearest(polygons[parts[j]], return_distance=True, all_matches=False)
            best = int(np.argmin(distance))
            gaps[i, j] = max(float(distance[best]), 1e-3)
            links[i, j] = (int(part[found[1, best]]), int(parts[j][found[0, best]]))
    chosen = minimum_spanning_tree(csr_array(gaps)).tocoo()
    order = sorted(zip(chosen.row, chosen.col, chosen.data, strict=True), key=lambda edge: (edge[2], edge[0], edge[1]))
    return [links[int(i), int(j)] for i, j, _ in order], [float(gap) for *_, gap in order]
