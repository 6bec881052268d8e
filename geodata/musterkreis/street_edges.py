"""Borders between two blocks as lines: the streets run along them (Blockseiten)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

NO_BLOCK = -1
_DECIMETRE = 10.0
_ALONG_M = 30.0


@dataclass(frozen=True, eq=False)
class BlockSides:
    """Lines with one block on either side; m lines.

    Attributes
    ----------
    lines : m arrays (k, 2) in metres, walking with ``right`` to the right hand
    right, left : (m,) block numbers, −1 outside the county
    length_m : (m,)
    """

    lines: tuple[NDArray[np.float64], ...]
    right: NDArray[np.int64]
    left: NDArray[np.int64]
    length_m: NDArray[np.float64]


def block_sides(polygons: NDArray[Any]) -> BlockSides:
    """Every border between two blocks once, cut where a third block begins.

    Parameters
    ----------
    polygons : (n,) gap-free blocks on a grid of decimetres, outer rings clockwise as ``shapely.normalize`` leaves them
    """
    metres, ring = shapely.get_coordinates(shapely.get_exterior_ring(polygons), return_index=True)
    points: NDArray[np.int64] = np.round(metres * _DECIMETRE).astype(np.int64)
    same = np.flatnonzero(ring[1:] == ring[:-1])
    start, end, own = points[same], points[same + 1], ring[same].astype(np.int64)
    other = _opposite(start, end, own)
    cuts = np.flatnonzero((own[1:] != own[:-1]) | (other[1:] != other[:-1]) | (start[1:] != end[:-1]).any(axis=1)) + 1
    first, last = np.r_[0, cuts], np.r_[cuts, len(own)]
    once = (own[first] < other[first]) | (other[first] == NO_BLOCK)
    lines = tuple(
        np.vstack([start[a:b], end[b - 1 : b]]) / _DECIMETRE for a, b in zip(first[once], last[once], strict=True)
    )
    length = np.array([np.hypot(*np.diff(line, axis=0).T).sum() for line in lines])
    return BlockSides(lines, own[first[once]], other[first[once]], length)


def on_lines(sides: BlockSides, lines: Sequence[Any]) -> NDArray[np.bool_]:
    """(m,) whether a side runs along one of the lines, a motorway or railway."""
    shapes = side_lines(sides)
    along: NDArray[np.bool_] = np.zeros(len(sides.lines), dtype=bool)
    for line in lines:
        along |= shapely.within(shapes, shapely.buffer(line, _ALONG_M))
    return along


def side_lines(sides: BlockSides) -> NDArray[Any]:
    """(m,) the sides as line shapes."""
    owner = np.repeat(np.arange(len(sides.lines)), [len(line) for line in sides.lines])
    return np.asarray(shapely.linestrings(np.vstack(sides.lines), indices=owner))


def _opposite(start: NDArray[np.int64], end: NDArray[np.int64], own: NDArray[np.int64]) -> NDArray[np.int64]:
    """The block on the other side of each piece of ring: it walks the same piece the other way round."""
    low, high = np.minimum(_key(start), _key(end)), np.maximum(_key(start), _key(end))
    order = np.lexsort((high, low))
    pair = (low[order][1:] == low[order][:-1]) & (high[order][1:] == high[order][:-1])
    one, two = order[:-1][pair], order[1:][pair]
    other = np.full(len(own), NO_BLOCK, dtype=np.int64)
    other[one], other[two] = own[two], own[one]
    return other


def _key(points: NDArray[np.int64]) -> NDArray[np.int64]:
    key: NDArray[np.int64] = points[:, 0] * 100_000_000 + points[:, 1]
    return key
