"""Which blocks touch, and for how many metres, read from their polygons (Nachbarschaft aus Flächen)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.arrays import FloatArray, IntArray
from spatial.boundary_segments import Segments, boundary_segments, matched_segments
from spatial.contiguity import Contiguity, contiguity_from_edges
from spatial.gap_neighbours import gap_neighbours
from spatial.shared_stretches import SNAP_M, shared_stretches

Rule = Literal["rook", "queen"]
Pairs = tuple[IntArray, FloatArray]

SHORTEST_BORDER_M = 0.2  # a contact shorter than this, found only by nearness, is a corner and no border
CORNER_SHARE = 0.2  # blocks facing each other for less than this share of the tolerance only meet at a crossing
_MILLIMETRE = 3  # border lengths are rounded to it, so that the order of the blocks cannot show in them


def contiguity_from_polygons(polygons: NDArray[Any], *, rule: Rule = "rook", tolerance_m: float = 0.0) -> Contiguity:
    """Neighbourhood of blocks with the length of the border they share (Nachbarschaft).

    Identical boundary segments are matched first; only blocks whose boundary is not fully matched are looked at
    geometrically, so that borders with extra vertices on one side (T-junctions), overlapping blocks and, with a
    tolerance, blocks on both sides of a street are found as well.

    Parameters
    ----------
    polygons : (n,) object array of shapely polygons or multipolygons in a metric CRS; None and empty ones touch nobody
    rule : ``"rook"`` a common border is needed, ``"queen"`` a common point is enough (border 0)
    tolerance_m : metres, ≥ 0; blocks that face each other over a gap of at most this width are neighbours, the border
        is the length of the line in the middle of the gap; under rook, meeting diagonally at a crossing is not enough

    Returns
    -------
    Contiguity with border lengths in metres, rounded to millimetres; overlapping blocks count as touching

    >>> squares = np.array([shapely.box(x, 0, x + 1, 1) for x in range(3)])
    >>> found = contiguity_from_polygons(squares)
    >>> found.edges.tolist(), found.border_m.tolist()
    ([[0, 1], [1, 2]], [1.0, 1.0])
    """
    shapes = np.asarray(polygons, dtype=object)
    segments = boundary_segments(shapes)
    matched, is_matched = matched_segments(segments)
    loose = segments.kept(~is_matched)
    candidates = _candidates(shapes, loose)
    near = _nearby(shapes, loose, candidates=candidates, known=matched)
    if tolerance_m > SNAP_M:
        shortest_m = tolerance_m * CORNER_SHARE if rule == "rook" else 0.0
        near = _longer(near, gap_neighbours(loose, tolerance_m=tolerance_m), n=len(shapes), shortest_m=shortest_m)
    found = [matched, near]
    if rule == "queen":
        found.append(_corners(shapes, segments, candidates=candidates))
    pairs, border_m = _summed(found, len(shapes))
    return contiguity_from_edges(len(shapes), pairs, np.round(border_m, _MILLIMETRE))


def _longer(near: Pairs, facing: Pairs, *, n: int, shortest_m: float) -> Pairs:
    """Touching and facing blocks once each with the longer of both lengths; mere meetings at a crossing fall out."""
    wide = facing[1] >= shortest_m
    pairs, border_m = np.concatenate([near[0], facing[0][wide]]), np.concatenate([near[1], facing[1][wide]])
    order = np.lexsort((-border_m, pairs[:, 1], pairs[:, 0]))
    keys = pairs[order, 0] * n + pairs[order, 1]
    first = order[np.append(True, np.diff(keys) != 0)[: len(order)]]
    return pairs[first], border_m[first]


def _candidates(shapes: NDArray[Any], loose: Segments) -> IntArray:
    """(m, 2) pairs of blocks that may meet outside matched segments: one of them has a loose boundary, boxes meet."""
    blocks = np.unique(loose.block)
    if not len(blocks):
        return np.empty((0, 2), dtype=np.int64)
    bounds = shapely.bounds(shapes[blocks]) + np.array([-SNAP_M, -SNAP_M, SNAP_M, SNAP_M])
    tree = shapely.STRtree(shapes)
    hits, others = tree.query(shapely.box(*bounds.T))
    pairs = np.sort(np.c_[blocks[hits], others], axis=1)
    return np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0)


def _nearby(shapes: NDArray[Any], loose: Segments, *, candidates: IntArray, known: Pairs) -> Pairs:
    """Borders with unequal vertices, then overlaps among the pairs that still have no border."""
    length = shared_stretches(loose, candidates)
    long_enough = length >= SHORTEST_BORDER_M
    also_matched = _contains(known[0], candidates, len(shapes))
    kept = long_enough | also_matched
    overlaps, inside_m = _overlaps(shapes, candidates[~kept])
    return np.concatenate([candidates[kept], overlaps]), np.concatenate([length[kept], inside_m])


def _contains(known: IntArray, pairs: IntArray, n: int) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = np.isin(pairs[:, 0] * n + pairs[:, 1], known[:, 0] * n + known[:, 1])
    return found


def _overlaps(shapes: NDArray[Any], pairs: IntArray) -> Pairs:
    """Pairs whose interiors meet; their border is the mean length of one boundary inside the other."""
    if not len(pairs):
        return pairs, np.empty(0)
    used = np.unique(pairs)
    valid = dict(zip(used, shapely.make_valid(shapes[used]), strict=True))
    first = np.array([valid[i] for i in pairs[:, 0]], dtype=object)
    second = np.array([valid[i] for i in pairs[:, 1]], dtype=object)
    shapely.prepare(first)
    meeting = np.flatnonzero(shapely.intersects(first, second))
    inner = shapely.relate_pattern(first[meeting], second[meeting], "T********")
    chosen = meeting[inner]
    a, b = first[chosen], second[chosen]
    inside = shapely.length(shapely.intersection(shapely.boundary(a), b))
    inside += shapely.length(shapely.intersection(shapely.boundary(b), a))
    return pairs[chosen], inside / 2


def _corners(shapes: NDArray[Any], segments: Segments, *, candidates: IntArray) -> Pairs:
    """Pairs that share at least one point, with border 0."""
    points = np.concatenate([segments.start, segments.end])
    blocks = np.concatenate([segments.block, segments.block])
    by_point = _pairs_at_equal_points(points, blocks)
    touching = shapely.dwithin(shapes[candidates[:, 0]], shapes[candidates[:, 1]], SNAP_M)
    pairs = np.concatenate([by_point, candidates[touching]])
    return pairs, np.zeros(len(pairs))


def _pairs_at_equal_points(points: FloatArray, blocks: IntArray) -> IntArray:
    rows = np.unique(np.c_[points, blocks], axis=0)
    same = np.append(0, np.cumsum((np.diff(rows[:, :2], axis=0) != 0).any(axis=1)))
    pairs = []
    step = 1
    while step < len(rows):
        meets = same[step:] == same[:-step]
        if not meets.any():
            break
        pairs.append(np.c_[rows[:-step, 2][meets], rows[step:, 2][meets]].astype(np.int64))
        step += 1
    return np.concatenate([np.empty((0, 2), dtype=np.int64), *pairs])


def _summed(found: list[Pairs], n: int) -> Pairs:
    """One row per pair with the sum of its borders."""
    pairs = np.concatenate([p for p, _ in found])
    lengths = np.concatenate([b for _, b in found])
    keys, position = np.unique(pairs.min(axis=1) * n + pairs.max(axis=1), return_inverse=True)
    border_m: FloatArray = np.bincount(position, weights=lengths, minlength=len(keys)).astype(np.float64)
    return np.c_[keys // max(n, 1), keys % max(n, 1)], border_m
