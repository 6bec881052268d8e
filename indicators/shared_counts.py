"""Counts that several indicators share (gemeinsame Fallzahlen): what one hides, another must not tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.compute import IndicatorTable
from spatial.arrays import BoolArray, FloatArray, IntArray

_TOLERANCE = 1e-6
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, eq=False)
class SharedCounts:
    """Which count each indicator has as numerator and denominator, and which counts are sums of two others.

    Attributes
    ----------
    numerator, denominator : (k,) number of the count, −1 for none
    sums : triples (part, part, whole) of counts that add up in every area at every date
    """

    numerator: IntArray
    denominator: IntArray
    sums: tuple[tuple[int, int, int], ...]

    def needed_for(self, column: int) -> list[int]:
        """The indicators that must be looked at together with one, itself included, in ascending order.

        Those whose secrets the one could tell: they count its numerator or denominator, or what adds up with it.
        """
        found, open_ones = {column}, [column]
        while open_ones:
            k = open_ones.pop()
            counts = {int(self.numerator[k]), int(self.denominator[k])} - {-1}
            counts |= {part for triple in self.sums if counts & set(triple) for part in triple}
            more = {int(i) for i in np.flatnonzero(np.isin(self.numerator, list(counts)))} - found
            found |= more
            open_ones += more
        return sorted(found)


def shared_counts(table: IndicatorTable) -> SharedCounts:
    """Find equal counts and sums of counts in the numbers themselves, whatever the indicators are called.

    Parameters
    ----------
    table : of the finest level; a count that is zero or unknown everywhere is like no other

    >>> from indicators.catalogue import standard_catalogue
    >>> from indicators.compute import compute
    >>> from indicators.counts import count_table
    >>> counts = count_table(["a", "b"], {"BEV05": ([20, 50], [100, 180]), "BEV08": ([20, 50], [70, 110])}, date="")
    >>> found = shared_counts(compute(standard_catalogue(), counts, np.array([0, 1])))
    >>> found.numerator.tolist(), found.denominator.tolist(), found.sums
    ([0, 0], [1, 2], ())
    """
    sides = [part.reshape(-1, part.shape[2]).T for part in (table.numerator, table.denominator)]
    columns = np.concatenate(sides).round(6)
    numbers, first = _numbered(columns)
    half = len(columns) // 2
    return SharedCounts(numbers[:half], numbers[half:], _sums(columns[first]))


def told_elsewhere(shared: SharedCounts, mask: BoolArray) -> BoolArray:
    """(m, d, k) bool: the cells that would tell a count which is hidden in another indicator of the same area.

    Parameters
    ----------
    mask : (m, d, k) bool, cells hidden so far; a hidden cell hides its numerator, its denominator may stand elsewhere
    """
    counts = 1 + max(int(shared.numerator.max(initial=-1)), int(shared.denominator.max(initial=-1)))
    secret = np.zeros((*mask.shape[:2], counts), dtype=bool)
    for k in np.flatnonzero(shared.numerator >= 0):
        secret[:, :, shared.numerator[k]] |= mask[:, :, k]
    for first, second, whole in shared.sums:
        secret[:, :, second] |= secret[:, :, first]
        secret[:, :, first] |= secret[:, :, second] | secret[:, :, whole]
        secret[:, :, second] |= secret[:, :, whole]
    told = np.zeros_like(mask)
    for side in (shared.numerator, shared.denominator):
        has = side >= 0
        told[:, :, has] |= secret[:, :, side[has]]
    return told & ~mask


def _numbered(columns: FloatArray) -> tuple[IntArray, list[int]]:
    """Number of each column's count, equal columns alike, and the first column of each number."""
    known: dict[bytes, int] = {}
    numbers, first = np.full(len(columns), -1, dtype=np.int64), []
    for i, column in enumerate(columns):
        if not np.nan_to_num(column).any():
            continue
        key = (column + 0.0).tobytes()
        if key not in known:
            known[key] = len(known)
            first.append(i)
        numbers[i] = known[key]
    return numbers, first


def _sums(columns: FloatArray) -> tuple[tuple[int, int, int], ...]:
    """Triples (part, part, whole); found by one weighted total of each column, then held against every cell."""
    if not len(columns):
        return ()
    weights = 1.0 + np.mod(np.arange(1, columns.shape[1] + 1) * _GOLDEN, 1.0)
    totals = np.nan_to_num(columns) @ weights
    order = np.argsort(totals, kind="stable")
    one, two = np.triu_indices(len(columns))
    wanted = totals[one] + totals[two]
    width = _TOLERANCE * np.maximum(1.0, np.abs(wanted))
    low, high = (np.searchsorted(totals[order], wanted + side * width) for side in (-1, 1))
    near = [
        (int(one[i]), int(two[i]), int(whole)) for i in np.flatnonzero(high > low) for whole in order[low[i] : high[i]]
    ]
    return tuple(triple for triple in near if _adds_up(columns, triple))


def _adds_up(columns: FloatArray, triple: tuple[int, int, int]) -> bool:
    one, two, whole = (columns[i] for i in triple)
    same_gaps = (np.isnan(one) == np.isnan(whole)) & (np.isnan(two) == np.isnan(whole))
    return bool(same_gaps.all() and np.nanmax(np.abs(one + two - whole), initial=0.0) < _TOLERANCE)
