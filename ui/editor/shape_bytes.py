"""Shapes for the browser as few bytes: quantised to 1/65535 of the county's extent, in the map's own projection."""

from __future__ import annotations

import gzip
import struct

import numpy as np
import shapely

from spatial.arrays import FloatArray, IntArray
from spatial.outlines import Outlines

MAGIC = 0x31535752  # "RWS1"
_STEPS = 65535
_TILE = 256.0  # side of the world at zoom 0 in pixels, as web maps count


def shape_bytes(outlines: Outlines) -> bytes:
    """All shapes of a map as compressed bytes (little endian).

    Layout before compression: magic, number of shapes, rings and points (4 × uint32); west, north, width, height in
    pixels of the Mercator world at zoom 0 (4 × float64); rings per shape and points per ring (uint32); then all x and
    all y as uint16 differences to the point before, modulo 65536. Rings are not closed; holes follow the even-odd rule.

    Parameters
    ----------
    outlines : n shapes in longitude and latitude (EPSG 4326)
    """
    polygons, shape_of_polygon = shapely.get_parts(outlines.shapes, return_index=True)
    rings, polygon_of_ring = shapely.get_rings(polygons, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    last = np.r_[ring_of_point[1:] != ring_of_point[:-1], np.ones(min(len(points), 1), dtype=bool)]
    points, ring_of_point = points[~last], ring_of_point[~last]
    world = mercator(points)
    corner, size = _extent(world)
    quantised = np.round((world - corner) / size * _STEPS).astype(np.uint16)
    kept = _distinct(quantised, ring_of_point)
    quantised, ring_of_point = quantised[kept], ring_of_point[kept]
    steps = np.diff(quantised, axis=0, prepend=np.zeros((1, 2), dtype=np.uint16))
    rings_per_shape = np.bincount(shape_of_polygon[polygon_of_ring], minlength=len(outlines)).astype("<u4")
    points_per_ring = np.bincount(ring_of_point, minlength=len(rings)).astype("<u4")
    head = struct.pack("<4I4d", MAGIC, len(outlines), len(rings), len(quantised), *corner, *size)
    body = b"".join(a.tobytes() for a in (rings_per_shape, points_per_ring, steps[:, 0], steps[:, 1]))
    return gzip.compress(head + body, compresslevel=6, mtime=0)


def mercator(degrees: FloatArray) -> FloatArray:
    """Longitude and latitude as pixels of the Mercator world at zoom 0; (n, 2) to (n, 2).

    >>> mercator(np.array([[0.0, 0.0], [180.0, 0.0]])).round(6).tolist()
    [[128.0, 128.0], [256.0, 128.0]]
    """
    sine = np.sin(np.radians(degrees[:, 1]))
    x = (degrees[:, 0] / 360 + 0.5) * _TILE
    y = (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * _TILE
    return np.column_stack([x, y])


def _extent(world: FloatArray) -> tuple[FloatArray, FloatArray]:
    if not len(world):
        return np.zeros(2), np.ones(2)
    corner = world.min(axis=0)
    size = world.max(axis=0) - corner
    return corner, np.where(size > 0, size, 1e-9)


def _distinct(quantised: np.ndarray[tuple[int, int], np.dtype[np.uint16]], ring_of_point: IntArray) -> IntArray:
    """Points that differ from the one before in their ring; a ring that shrinks to one point keeps it."""
    same = (np.diff(quantised.astype(np.int32), axis=0) == 0).all(axis=1) & (np.diff(ring_of_point) == 0)
    kept: IntArray = np.flatnonzero(np.r_[True, ~same][: len(quantised)])
    return kept
