"""Blocks that face each other over a street or a square (Nachbarschaft über Lücken)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from spatial.arrays import BoolArray, FloatArray, IntArray
from spatial.boundary_segments import Segments

POINTS_PER_TOLERANCE = 4  # sample points along a boundary for each tolerance length
CLOSEST_POINTS_M = 0.25
_REACH = 2  # the search grid has squares of half the tolerance: two columns to each side, two rows up and down


def gap_neighbours(loose: Segments, *, tolerance_m: float) -> tuple[IntArray, FloatArray]:
    """Pairs of blocks with nothing but a gap of at most the tolerance between them.

    Every stretch of boundary looks for the nearest other block; so a third block between two hides them from each
    other, and blocks that only meet diagonally at a crossing look past each other. The border is the mean of the two
    lengths with which the blocks face each other.

    Parameters
    ----------
    loose : boundary segments that touch nobody
    tolerance_m : metres, ≥ 0.01

    Returns
    -------
    (k, 2) int64 pairs of blocks, each once, sorted, and (k,) float64 metres

    >>> loose = Segments(np.array([[0.0, 0], [0, 9]]), np.array([[100.0, 0], [100, 9]]), np.array([0, 1]))
    >>> pairs, border_m = gap_neighbours(loose, tolerance_m=20)
    >>> pairs.tolist(), border_m.round().tolist()
    ([[0, 1]], [100.0])
    """
    spacing_m = max(tolerance_m / POINTS_PER_TOLERANCE, CLOSEST_POINTS_M)
    points, row, share = _samples(loose, spacing_m=spacing_m)
    if len(points) < 2:
        return np.empty((0, 2), dtype=np.int64), np.empty(0)
    block = loose.block[row]
    nearest = _nearest_others(points, block, tolerance_m=tolerance_m)
    seen = np.flatnonzero(nearest >= 0)
    seen = seen[_looks_at(points[nearest[seen]] - points[seen], (loose.end - loose.start)[row[seen]])]
    n, other = int(block.max()) + 1, block[nearest[seen]]
    low, high = np.minimum(block[seen], other), np.maximum(block[seen], other)
    keys, where = np.unique(low * n + high, return_inverse=True)
    border_m: FloatArray = np.bincount(where, weights=(loose.length_m[row] * share)[seen], minlength=len(keys)) / 2
    return np.c_[keys // n, keys % n], border_m


def _samples(loose: Segments, *, spacing_m: float) -> tuple[FloatArray, IntArray, FloatArray]:
    """Middles of boundary pieces no longer than the spacing, their segment, and the share of it they stand for."""
    steps = np.maximum(np.ceil(loose.length_m / spacing_m).astype(np.int64), 1)
    row = np.repeat(np.arange(len(steps)), steps)
    step = np.arange(len(row)) - np.repeat(np.cumsum(steps) - steps, steps)
    share = ((step + 0.5) / steps[row])[:, None]
    points: FloatArray = loose.start[row] + share * (loose.end - loose.start)[row]
    return points, row, 1 / steps[row]


def _looks_at(way: FloatArray, along: FloatArray) -> BoolArray:
    """Does a way lead off the boundary at 30 degrees or more, and not along it? Touching is always facing."""
    off = np.abs(way[:, 0] * along[:, 1] - way[:, 1] * along[:, 0])
    facing: BoolArray = off >= 0.5 * np.hypot(*way.T) * np.hypot(*along.T)
    return facing


def _nearest_others(points: FloatArray, block: IntArray, *, tolerance_m: float) -> IntArray:
    """(p,) int64: the nearest point of another block within the tolerance, −1 where there is none."""
    column, row = np.floor((points - points.min(axis=0)) / (tolerance_m / _REACH)).astype(np.int64).T + _REACH
    width = int(row.max()) + 2 * _REACH + 1
    key = column * width + row
    order = np.argsort(key)
    squares, first = np.unique(key[order], return_index=True)
    first = np.append(first, len(order)).astype(np.int64)
    found: IntArray = np.full(len(points), -1, dtype=np.int64)
    nearest = _search(points[order], block[order], squares, first, width, tolerance_m)
    found[order] = np.where(nearest >= 0, order[nearest], -1)
    return found


@njit(cache=True, nogil=True)
def _search(points: Any, block: Any, squares: Any, first: Any, width: int, tolerance_m: float) -> Any:
    """Squares are visited in ascending order, so the windows in the columns beside them only ever move on."""
    nearest = np.full(len(points), -1, dtype=np.int64)
    start, stop = np.zeros(2 * _REACH + 1, dtype=np.int64), np.zeros(2 * _REACH + 1, dtype=np.int64)
    for place in range(len(squares)):
        for offset in range(2 * _REACH + 1):
            lowest = squares[place] + (offset - _REACH) * width - _REACH
            while start[offset] < len(squares) and squares[start[offset]] < lowest:
                start[offset] += 1
            while stop[offset] < len(squares) and squares[stop[offset]] <= lowest + 2 * _REACH:
                stop[offset] += 1
        for p in range(first[place], first[place + 1]):
            nearest[p] = _nearest(points, block, p, first[start], first[stop], tolerance_m)
    return nearest


@njit(cache=True)
def _nearest(points: Any, block: Any, p: int, start: Any, stop: Any, tolerance_m: float) -> Any:
    """The nearest foreign point; of two equally near ones that with the smaller coordinates."""
    best, found = tolerance_m * tolerance_m, -1
    for offset in range(len(start)):
        for q in range(start[offset], stop[offset]):
            if block[q] == block[p]:
                continue
            dx, dy = points[q, 0] - points[p, 0], points[q, 1] - points[p, 1]
            gap = dx * dx + dy * dy
            if gap < best or (gap == best and (found < 0 or _before(points[q], points[found]))):
                best, found = gap, q
    return found


@njit(cache=True)
def _before(one: Any, other: Any) -> Any:
    return one[0] < other[0] or (one[0] == other[0] and one[1] < other[1])
