"""Borders that two blocks share although their vertices differ (T-junctions, rounded coordinates)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from spatial.arrays import FloatArray, IntArray
from spatial.boundary_segments import Segments

SNAP_M = 0.02  # boundaries closer than two centimetres are the same line: below the accuracy of any cadastre


def shared_stretches(loose: Segments, pairs: IntArray) -> FloatArray:
    """Length of the boundary that two blocks share within two centimetres.

    Parameters
    ----------
    loose : boundary segments that were not matched vertex by vertex, in block order
    pairs : (p, 2) int64, pairs of blocks to look at

    Returns
    -------
    (p,) float64, metres, 0 where nothing is shared

    >>> loose = Segments(np.array([[0.0, 0], [2, 0]]), np.array([[4.0, 0], [3, 0]]), np.array([0, 1]))
    >>> shared_stretches(loose, np.array([[0, 1]])).tolist()
    [1.0]
    """
    if not len(pairs):
        return np.empty(0)
    first = np.searchsorted(loose.block, np.arange(int(pairs.max()) + 2))
    lines = np.c_[loose.start, loose.end]
    length: FloatArray = _stretches(lines, first, pairs.astype(np.int64), SNAP_M)
    return length


@njit(cache=True, nogil=True)
def _stretches(lines: Any, first: Any, pairs: Any, snap_m: float) -> Any:
    length = np.zeros(len(pairs))
    for p in range(len(pairs)):
        a, b = pairs[p]
        left, right = _in_box(lines, first, a, b, snap_m), _in_box(lines, first, b, a, snap_m)
        for i in left:
            for j in right:
                if _apart(lines[i], lines[j], snap_m):
                    continue
                length[p] += _stretch(lines[i], lines[j], snap_m)
    return length


@njit(cache=True)
def _in_box(lines: Any, first: Any, a: int, b: int, snap_m: float) -> Any:
    """Segments of block a that meet the box around the segments of block b."""
    other = lines[first[b] : first[b + 1]]
    if len(other) == 0:
        return np.empty(0, dtype=np.int64)
    low_x, high_x = min(other[:, 0].min(), other[:, 2].min()), max(other[:, 0].max(), other[:, 2].max())
    low_y, high_y = min(other[:, 1].min(), other[:, 3].min()), max(other[:, 1].max(), other[:, 3].max())
    kept = np.empty(first[a + 1] - first[a], dtype=np.int64)
    count = 0
    for i in range(first[a], first[a + 1]):
        x0, y0, x1, y1 = lines[i]
        outside_x = max(x0, x1) < low_x - snap_m or min(x0, x1) > high_x + snap_m
        outside_y = max(y0, y1) < low_y - snap_m or min(y0, y1) > high_y + snap_m
        if not (outside_x or outside_y):
            kept[count] = i
            count += 1
    return kept[:count]


@njit(cache=True)
def _apart(one: Any, two: Any, snap_m: float) -> Any:
    for axis in range(2):
        if max(one[axis], one[axis + 2]) < min(two[axis], two[axis + 2]) - snap_m:
            return True
        if max(two[axis], two[axis + 2]) < min(one[axis], one[axis + 2]) - snap_m:
            return True
    return False


@njit(cache=True)
def _stretch(one: Any, two: Any, snap_m: float) -> Any:
    """Length along the longer segment where the other runs within snap_m of it."""
    size_one, size_two = np.hypot(one[2] - one[0], one[3] - one[1]), np.hypot(two[2] - two[0], two[3] - two[1])
    base, other, size = (one, two, size_one) if size_one >= size_two else (two, one, size_two)
    ux, uy = (base[2] - base[0]) / size, (base[3] - base[1]) / size
    along0 = (other[0] - base[0]) * ux + (other[1] - base[1]) * uy
    along1 = (other[2] - base[0]) * ux + (other[3] - base[1]) * uy
    off0 = (other[1] - base[1]) * ux - (other[0] - base[0]) * uy
    off1 = (other[3] - base[1]) * ux - (other[2] - base[0]) * uy
    if abs(along1 - along0) < 0.5 * min(size_one, size_two):  # steeper than 60 degrees: a crossing, no stretch
        return 0.0
    low, high = 0.0, 1.0
    if off0 == off1:
        if abs(off0) > snap_m:
            return 0.0
    else:
        to_low, to_high = (-snap_m - off0) / (off1 - off0), (snap_m - off0) / (off1 - off0)
        low, high = max(low, min(to_low, to_high)), min(high, max(to_low, to_high))
    near, far = along0 + low * (along1 - along0), along0 + high * (along1 - along0)
    return max(0.0, min(max(near, far), size) - max(min(near, far), 0.0)) if high > low else 0.0
