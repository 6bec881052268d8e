"""The boundary of blocks as straight segments, and the segments that two blocks have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray

from spatial.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Segments:
    """Boundary segments of all blocks, in block order.

    Attributes
    ----------
    start, end : (m, 2) float64, metres
    block : (m,) int64, number of the block, ascending
    """

    start: FloatArray
    end: FloatArray
    block: IntArray

    def kept(self, mask: BoolArray) -> Segments:
        """The segments where the mask is True."""
        return Segments(self.start[mask], self.end[mask], self.block[mask])

    @property
    def length_m(self) -> FloatArray:
        """(m,) metres."""
        length: FloatArray = np.hypot(*(self.end - self.start).T)
        return length


def boundary_segments(shapes: NDArray[Any]) -> Segments:
    """Every straight piece of every ring, holes included, without pieces of length 0.

    Parameters
    ----------
    shapes : (n,) object array of shapely geometries; None, empty ones and lines give no segments

    >>> len(boundary_segments(np.array([shapely.box(0, 0, 1, 1)])).block)
    4
    """
    parts, block_of_part = shapely.get_parts(shapes, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    points = points + 0.0  # −0.0 and 0.0 are the same place
    block_of_point = block_of_part[part_of_ring[ring_of_point]]
    same_ring = ring_of_point[1:] == ring_of_point[:-1]
    moved = (points[1:] != points[:-1]).any(axis=1)
    kept = same_ring & moved
    return Segments(points[:-1][kept], points[1:][kept], block_of_point[:-1][kept].astype(np.int64))


def matched_segments(segments: Segments) -> tuple[tuple[IntArray, FloatArray], BoolArray]:
    """Borders made of segments that two blocks have vertex by vertex in common.

    Returns
    -------
    ((k, 2) int64 pairs of blocks, one row per common segment, and (k,) metres), (m,) bool: segment is common
    """
    order, group = _equal_segments(segments)
    members = [np.empty((0, 2), dtype=np.int64)]
    step = 1
    while step < len(order) and (same := group[step:] == group[:-step]).any():
        members.append(np.c_[order[:-step][same], order[step:][same]])
        step += 1
    joined = np.concatenate(members)
    joined = joined[segments.block[joined[:, 0]] != segments.block[joined[:, 1]]]
    common = np.zeros(len(order), dtype=bool)
    common[joined.ravel()] = True
    return (np.sort(segments.block[joined], axis=1), segments.length_m[joined[:, 0]]), common


def _equal_segments(segments: Segments) -> tuple[IntArray, IntArray]:
    """Order that puts equal segments beside each other, whatever their direction, and their group numbers."""
    hashed = _hashes(segments.start, segments.end)
    order: IntArray = np.argsort(hashed, kind="stable")
    group: IntArray = _groups(hashed, segments.start, segments.end, order)
    return order, group


@njit(cache=True, nogil=True)
def _hashes(start: Any, end: Any) -> Any:
    """(m,) uint64 from the exact bits of the coordinates of both ends, the smaller end first."""
    hashed = np.empty(len(start), dtype=np.uint64)
    bits, other = start.view(np.uint64), end.view(np.uint64)
    for s in range(len(start)):
        low, high = (other, bits) if _backward(start, end, s) else (bits, other)
        hashed[s] = _mixed(_mixed(_mixed(_mixed(np.uint64(0), low[s, 0]), low[s, 1]), high[s, 0]), high[s, 1])
    return hashed


@njit(cache=True)
def _backward(start: Any, end: Any, s: int) -> Any:
    return start[s, 0] > end[s, 0] or (start[s, 0] == end[s, 0] and start[s, 1] > end[s, 1])


@njit(cache=True)
def _mixed(mixed: Any, bits: Any) -> Any:
    """One coordinate more (the finaliser of SplitMix64)."""
    mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + bits
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@njit(cache=True, nogil=True)
def _groups(hashed: Any, start: Any, end: Any, order: Any) -> Any:
    """(m,) int64 along the order, rising by one wherever the segment differs from the one before."""
    group = np.zeros(len(order), dtype=np.int64)
    for at in range(1, len(order)):
        one, two = order[at - 1], order[at]
        equal = hashed[one] == hashed[two] and _equal(start, end, one, two)
        group[at] = group[at - 1] + (0 if equal else 1)
    return group


@njit(cache=True)
def _equal(start: Any, end: Any, one: int, two: int) -> Any:
    same = (start[one] == start[two]).all() and (end[one] == end[two]).all()
    return same or ((start[one] == end[two]).all() and (end[one] == start[two]).all())
