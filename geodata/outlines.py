"""Drawable shapes for screen and paper: simplified, shared borders kept (Umrisse)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.dissolve import dissolved
from spatial.arrays import FloatArray, IntArray, LabelArray
from spatial.blocks import BlockSet
from spatial.outlines import Outlines

DEGREES = 4326
_BLOCK_TOLERANCE_M = 5.0
_REGION_TOLERANCE_M = 10.0


def outlines_from_polygons(
    ids: Sequence[str], polygons: NDArray[Any], epsg: int, *, tolerance_m: float = _BLOCK_TOLERANCE_M
) -> Outlines:
    """Shapes of blocks in longitude and latitude, simplified so that neighbours keep one common border.

    Parameters
    ----------
    ids : n texts
    polygons : (n,) shapes in the metric system ``epsg``
    tolerance_m : metres, ≥ 0; details smaller than this disappear

    >>> outlines_from_polygons(["a"], np.array([shapely.box(3e5, 56e5, 301e3, 5601e3)]), 25832).epsg
    4326
    """
    return Outlines(tuple(ids), to_degrees(_simplified(polygons, tolerance_m), epsg), DEGREES)


def region_outlines(
    polygons: NDArray[Any], labels: LabelArray | IntArray, epsg: int, *, tolerance_m: float = _REGION_TOLERANCE_M
) -> Outlines:
    """One shape per region, ids are the region numbers as text, ascending by number.

    Parameters
    ----------
    labels : (n,) region number of each block, −1 = in no region
    """
    numbers = np.unique(labels[labels >= 0])
    shapes = _simplified(dissolved(polygons, labels), tolerance_m)
    return Outlines(tuple(str(number) for number in numbers), to_degrees(shapes, epsg), DEGREES)


def municipality_outlines(
    polygons: NDArray[Any], blocks: BlockSet, epsg: int, *, tolerance_m: float = _REGION_TOLERANCE_M
) -> Outlines:
    """One shape per municipality that has blocks, ids are the municipality keys."""
    numbers = np.unique(blocks.municipality[blocks.municipality >= 0])
    shapes = _simplified(dissolved(polygons, blocks.municipality), tolerance_m)
    return Outlines(tuple(blocks.municipalities[k].key for k in numbers), to_degrees(shapes, epsg), DEGREES)


def to_degrees(shapes: NDArray[Any], epsg: int) -> NDArray[Any]:
    """Shapes from a metric system in longitude and latitude (WGS 84)."""
    if epsg == DEGREES:
        return shapes
    transformer = pyproj.Transformer.from_crs(epsg, DEGREES, always_xy=True)

    def moved(points: FloatArray) -> FloatArray:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    degrees: NDArray[Any] = shapely.transform(shapes, moved)
    return degrees


def _simplified(shapes: NDArray[Any], tolerance_m: float) -> NDArray[Any]:
    """Simplify as one coverage; where the shapes are none, each for itself and more gently."""
    if tolerance_m <= 0 or not len(shapes):
        return shapes
    sound = np.where(shapely.is_valid(shapes), shapes, shapely.make_valid(shapes))
    if shapely.coverage_is_valid(sound):
        simple: NDArray[Any] = shapely.coverage_simplify(sound, tolerance_m)
    else:
        simple = shapely.simplify(sound, tolerance_m / 4, preserve_topology=True)
    return np.where(shapely.is_empty(simple), sound, simple)
