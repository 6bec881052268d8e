"""Many blocks to one shape (Flächen zusammenfassen)."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from spatial.arrays import IntArray, LabelArray


def dissolved(polygons: NDArray[Any], labels: LabelArray | IntArray) -> NDArray[Any]:
    """One shape per label ≥ 0, ascending; blocks with a negative label belong nowhere.

    Parameters
    ----------
    polygons : (n,) shapely polygons
    labels : (n,) whole numbers

    Returns
    -------
    (k,) object array; exact where the blocks are a clean coverage, by general union where they are not

    >>> squares = np.array([shapely.box(x, 0, x + 1, 1) for x in range(3)])
    >>> shapely.area(dissolved(squares, np.array([5, 5, 2]))).tolist()
    [1.0, 2.0]
    """
    numbers = np.unique(labels[labels >= 0])
    clean = bool(shapely.is_valid(polygons).all()) and bool(shapely.coverage_is_valid(polygons))
    sound = polygons if clean else shapely.make_valid(polygons)
    unite = shapely.coverage_union_all if clean else shapely.union_all
    shapes = np.empty(len(numbers), dtype=object)
    for position, number in enumerate(numbers):
        shapes[position] = _areas(unite(sound[labels == number]))
    return shapes


def _areas(shape: Any) -> Any:
    """The areal parts of a shape: repairs leave lines behind."""
    if shape.geom_type in ("Polygon", "MultiPolygon"):
        return shape
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type.endswith("Polygon")])
