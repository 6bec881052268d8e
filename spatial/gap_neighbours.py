"""Blocks that face each other over a street or a square (Nachbarschaft über Lücken)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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
    points = np.empty((int(steps.sum()), 2))
    row = np.empty(len(points), dtype=np.int64)
    _fill_middles(loose.start, loose.end, steps, points, row)
    return points, row, 1 / steps[row]


@njit(cache=True, nogil=True)
def _fill_middles(start: Any, end: Any, steps: Any, points: Any, row: Any) -> None:
    place = 0
    for s in range(len(steps)):
        for step in range(steps[s]):
            share = (step + 0.5) / steps[s]
            points[place, 0] = start[s, 0] + share * (end[s, 0] - start[s, 0])
            points[place, 1] = start[s, 1] + share * (end[s, 1] - start[s, 1])
            row[place] = s
            place += 1


def _looks_at(way: FloatArray, along: FloatArray) -> BoolArray:
    """Does a way lead off the boundary at 30 degrees or more, and not along it? Touching is always facing."""
    off = np.abs(way[:, 0] * along[:, 1] - way[:, 1] * along[:, 0])
    facing: BoolArray = off >= 0.5 * np.hypot(*way.T) * np.hypot(*along.T)
    return facing


def _nearest_others(points: FloatArray, block: IntArray, *, tolerance_m: float) -> IntArray:
    """(p,) int64: the nearest point of another block within the tolerance, −1 where there is none."""
    key, width = _square_of_point(points, points.min(axis=0), tolerance_m / _REACH)
    order = np.argsort(key)
    ordered = key[order]
    first = np.append(np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])), len(order))
    squares = ordered[first[:-1]]
    found: IntArray = np.full(len(points), -1, dtype=np.int64)
    state = (points[order], block[order], squares, first, width, tolerance_m)
    nearest = np.full(len(points), -1, dtype=np.int64)
    halves = [(0, len(squares) // 2), (len(squares) // 2, len(squares))]
    with ThreadPoolExecutor(len(halves)) as pool:
        list(pool.map(lambda half: _search(state, half, nearest), halves))
    found[order] = np.where(nearest >= 0, order[nearest], -1)
    return found


@njit(cache=True, nogil=True)
def _square_of_point(points: Any, corner: Any, side_m: float) -> Any:
    """Number of the square of each point, column by column, and how many squares a column has."""
    key, highest = np.empty(len(points), dtype=np.int64), 0
    for p in range(len(points)):
        highest = max(highest, int((points[p, 1] - corner[1]) / side_m))
    width = highest + 3 * _REACH + 1
    for p in range(len(points)):
        column, row = int((points[p, 0] - corner[0]) / side_m), int((points[p, 1] - corner[1]) / side_m)
        key[p] = (column + _REACH) * width + row + _REACH
    return key, width


@njit(cache=True, nogil=True)
def _search(state: Any, half: Any, nearest: Any) -> None:
    """Squares are visited in ascending order, so the windows in the columns beside them only ever move on."""
    points, block, squares, first, width, tolerance_m = state
    start, stop = np.zeros(2 * _REACH + 1, dtype=np.int64), np.zeros(2 * _REACH + 1, dtype=np.int64)
    for place in range(half[0], half[1]):
        for offset in range(2 * _REACH + 1):
            lowest = squares[place] + (offset - _REACH) * width - _REACH
            while start[offset] < len(squares) and squares[start[offset]] < lowest:
                start[offset] += 1
            while stop[offset] < len(squares) and squares[stop[offset]] <= lowest + 2 * _REACH:
                stop[offset] += 1
        for p in range(first[place], first[place + 1]):
            nearest[p] = _nearest(points, block, p, first[start], first[stop], tolerance_m)


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
