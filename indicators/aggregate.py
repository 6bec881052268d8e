"""Exact totals of counts for any drawing of boundaries (Aggregation)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from indicators.counts import CountTable
from spatial.arrays import IntArray, LabelArray

_UNASSIGNED = -1


def aggregate(counts: CountTable, labels: LabelArray, *, regions: IntArray | None = None) -> CountTable:
    """Counts of each region as the sum over its blocks, for every indicator and date (Fallzahlen je Raum).

    Parameters
    ----------
    counts : counts of n blocks
    labels : (n,) int, region number ≥ 0 or −1 for a block outside every region
    regions : numbers to report, ascending; default all that occur. A region without blocks is missing.

    Returns
    -------
    A table whose ids are the region numbers as text. The state of a cell is the union of the states of its blocks:
    one missing block makes the total missing, one suppressed block makes it suppressed, and neither is zero.

    >>> from indicators.counts import count_table
    >>> blocks = count_table(["a", "b", "c"], {"EIN02": ([1, 2, 4], [10, 10, 10])}, date="2022-12-31")
    >>> aggregate(blocks, np.array([5, 5, 9])).values[:, 0, 0].tolist()
    [[3.0, 20.0], [4.0, 10.0]]
    """
    codes = np.asarray(labels, dtype=np.int64)
    numbers = np.unique(codes[codes != _UNASSIGNED]) if regions is None else np.asarray(regions, dtype=np.int64)
    rows = _rows(codes, numbers)
    width = int(np.prod(counts.values.shape[1:]))
    flat = counts.values.reshape(len(counts), width)
    totals, states = _sum_by_region(flat, counts.states.reshape(len(counts), width), rows, len(numbers))
    shape = (len(numbers), *counts.values.shape[1:])
    states, totals = _merged(states.reshape(shape), totals.reshape(shape))
    ids = tuple(str(number) for number in numbers)
    return CountTable(ids, counts.indicators, counts.dates, totals, states, counts.geography)


def _rows(codes: IntArray, numbers: IntArray) -> IntArray:
    """Row of the result for each block, −1 where its region is not asked for."""
    if not len(numbers):
        return np.full(len(codes), -1, dtype=np.int64)
    place = np.minimum(np.searchsorted(numbers, codes), len(numbers) - 1)
    return np.where(numbers[place] == codes, place, -1).astype(np.int64)


@njit(cache=True)
def _sum_by_region(values: Any, states: Any, rows: Any, regions: int) -> Any:
    totals = np.zeros((regions, values.shape[1]))
    union = np.zeros((regions, values.shape[1]), dtype=np.uint8)
    for i in range(len(rows)):
        row = rows[i]
        if row < 0:
            continue
        for j in range(values.shape[1]):
            value = values[i, j]
            totals[row, j] += value if value == value else 0.0
            union[row, j] |= states[i, j]
    return totals, union


_KNOWN, _MISSING, _SUPPRESSED, _NOT_APPLICABLE = 1, 2, 4, 8


def _merged(union: Any, totals: Any) -> tuple[Any, Any]:
    """One state per total: suppressed before missing before known; blocks where it does not apply add nothing."""
    states = np.full(union.shape, _MISSING, dtype=np.uint8)
    states[union == _NOT_APPLICABLE] = _NOT_APPLICABLE
    states[(union & _KNOWN > 0) & (union & (_MISSING | _SUPPRESSED) == 0)] = _KNOWN
    states[union & _SUPPRESSED > 0] = _SUPPRESSED
    return states, np.where(states == _KNOWN, totals, np.nan)
