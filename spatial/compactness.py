"""Shape of regions from block figures alone: no polygon is touched (Kompaktheit)."""

from __future__ import annotations

from typing import Any

import numpy as np

from spatial.arrays import FloatArray, LabelArray
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity


def polsby_popper(area_m2: FloatArray, perimeter_m: FloatArray) -> FloatArray:
    """Compactness of each region: 1 for a circle, towards 0 for a ribbon (Kompaktheit).

    Parameters
    ----------
    area_m2 : (m,) float64, square metres, ≥ 0
    perimeter_m : (m,) float64, metres, inner rings included; 0 gives compactness 0

    Returns
    -------
    (m,) float64, dimensionless, 0 ≤ value ≤ 1 for true shapes

    Source
    ------
    Polsby and Popper (1991), Yale Law & Policy Review 9(2).

    >>> polsby_popper(np.array([1.0]), np.array([4.0])).round(3)   # unit square
    array([0.785])
    """
    around = np.asarray(perimeter_m, dtype=np.float64) ** 2
    inside = 4 * np.pi * np.asarray(area_m2, dtype=np.float64)
    compactness: FloatArray = np.divide(inside, around, out=np.zeros_like(inside), where=around > 0)
    return compactness


def region_perimeters(labels: LabelArray, blocks: BlockSet, contiguity: Contiguity) -> dict[int, float]:
    """Metres around each region: block perimeters minus twice the borders inside it (barriers included).

    >>> from spatial.blocks import block_set
    >>> from spatial.contiguity import contiguity_from_edges
    >>> squares, pair = block_set(["a", "b"], population=[1, 1]), contiguity_from_edges(2, [(0, 1)], [1.0])
    >>> region_perimeters(np.array([5, 5]), squares, pair)   # a domino of unit squares
    {5: 6.0}
    """
    regions, codes = np.unique(labels, return_inverse=True)
    a, b = codes[contiguity.edges[:, 0]], codes[contiguity.edges[:, 1]]
    inner = a == b
    around = np.bincount(codes, weights=blocks.perimeter_m, minlength=len(regions))
    around -= 2 * np.bincount(a[inner], weights=contiguity.border_m[inner], minlength=len(regions))
    return {int(r): float(p) for r, p in zip(regions, np.maximum(around, 0.0), strict=True) if r >= 0}


def inner_border_m(labels: LabelArray, contiguity: Contiguity, weight: Any = 1.0) -> float:
    """Metres of border between regions of the plan, each counted once; optionally weighted per border.

    >>> from spatial.contiguity import contiguity_from_edges
    >>> inner_border_m(np.array([1, 1, 2]), contiguity_from_edges(3, [(0, 1), (1, 2)], [10.0, 20.0]))
    20.0
    """
    cut = labels[contiguity.edges[:, 0]] != labels[contiguity.edges[:, 1]]
    return float((contiguity.border_m * weight)[cut].sum())


def settlement_density(blocks: BlockSet, contiguity: Contiguity) -> FloatArray:
    """How densely settled both sides of each border are: the smaller residents per hectare of the two blocks.

    Returns
    -------
    (m,) float64, residents per hectare, 0 where one side is empty or has no area

    >>> from spatial.blocks import block_set
    >>> from spatial.contiguity import contiguity_from_edges
    >>> shapes = (np.full(2, 1e4), np.full(2, 400.0), np.zeros((2, 2)))
    >>> blocks = block_set(["a", "b"], population=[30, 8], shapes=shapes)
    >>> settlement_density(blocks, contiguity_from_edges(2, [(0, 1)], [100.0]))
    array([8.])
    """
    hectares = blocks.area_m2 / 10_000
    people = blocks.population.astype(np.float64)
    density = np.divide(people, hectares, out=np.zeros_like(people), where=hectares > 0)
    smaller: FloatArray = density[contiguity.edges].min(axis=1)
    return smaller
