"""Residents of cells handed to the ground they live on, nobody lost and nobody doubled (Einwohner verteilen)."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.resident_counts import whole_numbers
from spatial.arrays import FloatArray, IntArray


def shared_counts(
    sources: NDArray[Any], counts: IntArray, targets: NDArray[Any], *, weight: FloatArray | None = None
) -> tuple[IntArray, IntArray]:
    """Whole counts of the sources handed to the targets by the area they have in common.

    Parameters
    ----------
    sources : (s,) polygons
    counts : (s,) int64, ≥ 0
    targets : (t,) polygons in the same metric CRS
    weight : (t,) ≥ 0, how densely a target is lived in compared with others; None = all alike

    Returns
    -------
    (t,) int64, summing exactly to the counts (largest remainder inside each source), and the positions of sources
    that touch no target and went to the nearest one

    >>> two = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    >>> shared_counts(np.array([shapely.box(0, 0, 2, 1)]), np.array([5]), two)[0].tolist()
    [3, 2]
    """
    lived = np.flatnonzero(counts > 0)
    tree = shapely.STRtree(targets)
    source, target = tree.query(sources[lived], predicate="intersects")
    area = shapely.area(shapely.intersection(sources[lived][source], targets[target]))
    share = area * (1.0 if weight is None else weight[target])
    empty = np.bincount(source, weights=share, minlength=len(lived))[source] <= 0
    share = np.where(empty, area, share)  # where nobody is said to live anywhere, area decides
    lonely = np.setdiff1d(np.arange(len(lived)), source[area > 0])
    nearest = tree.nearest(shapely.centroid(sources[lived[lonely]])) if len(lonely) else np.empty(0, dtype=np.int64)
    result = split_counts(counts[lived], source, share, target=target, size=len(targets))
    np.add.at(result, nearest, counts[lived[lonely]])
    return result, lived[lonely]


def split_counts(counts: IntArray, source: IntArray, share: FloatArray, *, target: IntArray, size: int) -> IntArray:
    """Split whole counts by shares; the largest remainders get what is left over (Hare/Niemeyer).

    Parameters
    ----------
    counts : (s,) int64
    source, target, share : (p,) which source gives which target how much, in any unit
    size : number of targets

    Returns
    -------
    (size,) int64; sources without any share give nothing
    """
    total = np.bincount(source, weights=share, minlength=len(counts))
    used = (share > 0) & (total[source] > 0)
    source, target, share = source[used], target[used], share[used]
    exact = counts[source] * share / total[source]
    given = np.floor(exact + 1e-9).astype(np.int64)
    missing = counts - np.bincount(source, weights=given, minlength=len(counts)).astype(np.int64)
    order = np.lexsort((target, -(exact - given), source))
    first = np.searchsorted(source[order], np.arange(len(counts)))
    rank = np.arange(len(order)) - first[source[order]]
    given[order] += rank < missing[source[order]]
    return np.bincount(target, weights=given, minlength=size).astype(np.int64)


def raked_counts(counts: IntArray, group: IntArray, totals: IntArray) -> IntArray:
    """Counts scaled so that each group has exactly its official total.

    Parameters
    ----------
    counts : (n,) int64
    group : (n,) position in ``totals``
    totals : (g,) int64, ≥ 0; a group in which nobody lives gets its total on its first member

    >>> raked_counts(np.array([1, 3, 5]), np.array([0, 0, 1]), np.array([8, 4])).tolist()
    [2, 6, 4]
    """
    result = counts.copy()
    for number, total in enumerate(totals):
        members = np.flatnonzero(group == number)
        if not len(members):
            continue
        base = counts[members].astype(np.float64)
        base = base if base.any() else np.eye(1, len(members)).ravel()
        result[members] = whole_numbers(base * (total / base.sum()))
    return result
