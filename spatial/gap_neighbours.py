"""Blocks that face each other over a street or a square (Nachbarschaft über Lücken)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay

from spatial.arrays import BoolArray, FloatArray, IntArray
from spatial.boundary_segments import Segments

POINTS_PER_TOLERANCE = 4  # sample points along a boundary for each tolerance length
CLOSEST_POINTS_M = 0.25
_SHARED = -1
_NOBODY = 2**62


def gap_neighbours(loose: Segments, *, tolerance_m: float) -> tuple[IntArray, FloatArray]:
    """Pairs of blocks with nothing but a gap of at most the tolerance between them.

    The boundary is sampled; two blocks are neighbours where their samples are joined by a Delaunay edge no longer than
    the tolerance, so that a third block between them hides them from each other. The border is the length of the
    Voronoi ridge between the samples: the line in the middle of the street.

    Parameters
    ----------
    loose : boundary segments that touch nobody
    tolerance_m : metres, > 0

    Returns
    -------
    (k, 2) int64 pairs of blocks, one row per Delaunay edge, and (k,) metres
    """
    spacing_m = max(tolerance_m / POINTS_PER_TOLERANCE, CLOSEST_POINTS_M)
    points, block = _samples(loose, spacing_m=spacing_m)
    near = _near_another_block(points, block, reach_m=max(tolerance_m, spacing_m))
    points, block = points[near], block[near]
    if len(np.unique(block)) < 2 or len(points) < 4:
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    mesh = Delaunay(points - points.mean(axis=0))
    triangle, corner = _inner_sides(mesh)
    ends = np.c_[mesh.simplices[triangle, (corner + 1) % 3], mesh.simplices[triangle, (corner + 2) % 3]]
    kept = _between_blocks(block[ends]) & (np.hypot(*(points[ends[:, 0]] - points[ends[:, 1]]).T) <= tolerance_m)
    ridge_m = _ridge_m(mesh, triangle[kept], corner[kept], longest_m=spacing_m)
    return np.sort(block[ends[kept]], axis=1), ridge_m


def _samples(loose: Segments, *, spacing_m: float) -> tuple[FloatArray, IntArray]:
    """Points along the boundary, at most the spacing apart, and their block (−1 where blocks share the point)."""
    steps = np.maximum(np.ceil(loose.length_m / spacing_m).astype(np.int64), 1)
    row = np.repeat(np.arange(len(steps)), steps + 1)
    step = np.arange(len(row)) - np.repeat(np.cumsum(steps + 1) - (steps + 1), steps + 1)
    share = (step / steps[row])[:, None]
    points = loose.start[row] * (1 - share) + loose.end[row] * share
    places, where = np.unique(points, axis=0, return_inverse=True)
    lowest, highest = np.full(len(places), _NOBODY), np.full(len(places), _SHARED)
    np.minimum.at(lowest, where.ravel(), loose.block[row])
    np.maximum.at(highest, where.ravel(), loose.block[row])
    return places, np.where(lowest == highest, lowest, _SHARED)


def _near_another_block(points: FloatArray, block: IntArray, *, reach_m: float) -> BoolArray:
    """Which points have a point of another block in their square of the grid or in one beside it."""
    column, row = np.floor(points / reach_m).astype(np.int64).T
    column, row = column - column.min(initial=0) + 1, row - row.min(initial=0) + 1
    width = int(row.max(initial=0)) + 2
    squares, where = np.unique(column * width + row, return_inverse=True)
    lowest, highest = np.full(len(squares) + 1, _NOBODY), np.full(len(squares) + 1, -_NOBODY)
    np.minimum.at(lowest, where, block)
    np.maximum.at(highest, where, block)
    low, high = lowest.copy(), highest.copy()
    for shift in (-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1):
        beside = np.searchsorted(squares, squares + shift)
        found = np.append(squares, _NOBODY)[beside] == squares + shift
        beside = np.where(found, beside, len(squares))
        low[:-1], high[:-1] = np.minimum(low[:-1], lowest[beside]), np.maximum(high[:-1], highest[beside])
    several: BoolArray = (low[:-1] != high[:-1])[where]
    return several


def _inner_sides(mesh: Delaunay) -> tuple[IntArray, IntArray]:
    """Every side of the mesh once, as (triangle, corner opposite to the side)."""
    beyond = mesh.neighbors
    mine = (beyond > np.arange(len(beyond))[:, None]) | (beyond < 0)
    triangle, corner = np.nonzero(mine)
    return triangle, corner


def _between_blocks(pair: NDArray[Any]) -> BoolArray:
    joins: BoolArray = (pair[:, 0] != pair[:, 1]) & (pair != _SHARED).all(axis=1)
    return joins


def _ridge_m(mesh: Delaunay, triangle: IntArray, corner: IntArray, *, longest_m: float) -> FloatArray:
    """Length of the Voronoi ridge across a side, each half of it cut at ``longest_m`` (it may run to infinity)."""
    points = mesh.points
    tip, left, right = (points[mesh.simplices[triangle, (corner + k) % 3]] for k in range(3))
    middle, along = (left + right) / 2, right - left
    across = np.c_[-along[:, 1], along[:, 0]] / np.hypot(*along.T)[:, None]
    beyond = mesh.neighbors[triangle, corner]
    here = ((_circumcentres(mesh, triangle) - middle) * across).sum(axis=1)
    there = ((_circumcentres(mesh, beyond) - middle) * across).sum(axis=1)
    outward = -np.sign(((tip - middle) * across).sum(axis=1)) * longest_m
    there = np.where(beyond < 0, outward, there)
    ends = np.clip(np.nan_to_num(np.c_[here, there], nan=0.0), -longest_m, longest_m)
    ridge: FloatArray = np.abs(ends[:, 0] - ends[:, 1])
    return ridge


def _circumcentres(mesh: Delaunay, triangle: IntArray) -> FloatArray:
    a, b, c = (mesh.points[mesh.simplices[triangle, k]] for k in range(3))
    ab, ac = b - a, c - a
    cross = 2 * (ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0])
    square_ab, square_ac = (ab**2).sum(axis=1), (ac**2).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        x = (ac[:, 1] * square_ab - ab[:, 1] * square_ac) / cross
        y = (ab[:, 0] * square_ac - ac[:, 0] * square_ab) / cross
    centres: FloatArray = a + np.c_[x, y]
    return centres
