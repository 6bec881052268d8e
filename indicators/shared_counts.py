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
    numerator, denominator : (d, k) number of the count, −1 for none; the counts of two dates never share a number
    sums : triples (part, part, whole) of counts that add up in every area where all three are known
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
            counts = {*self.numerator[:, k].tolist(), *self.denominator[:, k].tolist()} - {-1}
            counts |= {part for triple in self.sums if counts & set(triple) for part in triple}
            more = {int(i) for i in np.flatnonzero(np.isin(self.numerator, list(counts)).any(axis=0))} - found
            found |= more
            open_ones += more
        return sorted(found)


def shared_counts(table: IndicatorTable) -> SharedCounts:
    """Find equal counts and sums of counts in the numbers themselves, whatever the indicators are called.

    Counts are compared date by date, in the areas where both are known: a gap in one of them hides nothing in the
    other. One area with a number above zero must be among them.

    Parameters
    ----------
    table : of the finest level; a count that is zero or unknown everywhere is like no other

    >>> from indicators.catalogue import standard_catalogue
    >>> from indicators.compute import compute
    >>> from indicators.counts import count_table
    >>> counts = count_table(["a", "b"], {"BEV05": ([20, 50], [100, 180]), "BEV08": ([20, 50], [70, 110])}, date="")
    >>> found = shared_counts(compute(standard_catalogue(), counts, np.array([0, 1])))
    >>> found.numerator.tolist(), found.denominator.tolist(), found.sums
    ([[0, 0]], [[1, 2]], ())
    """
    k, days = len(table.indicators), len(table.dates)
    numbers, sums, used = np.full((days, 2 * k), -1, dtype=np.int64), [], 0
    for day in range(days):
        columns = np.concatenate([table.numerator[:, day].T, table.denominator[:, day].T]).round(6) + 0.0
        different, of_column = _different(columns)
        count_of = _equal_where_known(different)
        counted = of_column >= 0
        numbers[day, counted] = used + count_of[of_column[counted]]
        sums += sorted({tuple(used + count_of[list(triple)]) for triple in _sums(different)})
        used += 1 + int(count_of.max(initial=-1))
    return SharedCounts(numbers[:, :k], numbers[:, k:], tuple((int(a), int(b), int(whole)) for a, b, whole in sums))


def told_elsewhere(shared: SharedCounts, mask: BoolArray) -> BoolArray:
    """(m, d, k) bool: the cells that would tell a count which is hidden in another indicator of the same area.

    Parameters
    ----------
    mask : (m, d, k) bool, cells hidden so far; a hidden cell hides its numerator, its denominator may stand elsewhere
    """
    counts = 1 + max(int(shared.numerator.max(initial=-1)), int(shared.denominator.max(initial=-1)))
    secret, cells = np.zeros((len(mask), counts), dtype=bool), mask.reshape(len(mask), -1)
    numerator = shared.numerator.ravel()
    for i in np.flatnonzero(numerator >= 0):
        secret[:, numerator[i]] |= cells[:, i]
    told, secret = np.zeros_like(cells), _with_sums(secret, shared.sums)
    for side in (numerator, shared.denominator.ravel()):
        has = side >= 0
        told[:, has] |= secret[:, side[has]]
    return told.reshape(mask.shape) & ~mask


def _with_sums(secret: BoolArray, sums: tuple[tuple[int, int, int], ...]) -> BoolArray:
    """(m, c) bool: the secret counts and the parts of sums that would tell them."""
    found, before = secret.copy(), -1
    while before != (before := int(found.sum())):
        for first, second, whole in sums:
            either = found[:, first] | found[:, second] | found[:, whole]
            found[:, first] |= either
            found[:, second] |= either
    return found


def _different(columns: FloatArray) -> tuple[FloatArray, IntArray]:
    """The columns that differ, gaps included, and which of them each column is; −1 where all is zero or unknown."""
    known: dict[bytes, int] = {}
    of_column = np.full(len(columns), -1, dtype=np.int64)
    for i in np.flatnonzero(np.nan_to_num(columns).any(axis=1)):
        of_column[i] = known.setdefault(columns[i].tobytes(), len(known))
    return columns[[int(np.argmax(of_column == i)) for i in range(len(known))]], of_column


def _equal_where_known(columns: FloatArray) -> IntArray:
    """(c,) number of each column's count: alike are columns that are equal wherever both are known."""
    names = np.arange(len(columns))
    for i, column in enumerate(columns):
        apart = np.abs(columns[i + 1 :] - column)
        same = ~(apart > _TOLERANCE).any(axis=1) & ((apart <= _TOLERANCE) & (column != 0)).any(axis=1)
        for other in names[i + 1 :][same]:
            names[names == other] = names[i]
    numbers: IntArray = np.unique(names, return_inverse=True)[1].ravel()
    return numbers


def _sums(columns: FloatArray) -> list[tuple[int, int, int]]:
    """Triples (part, part, whole); found by one weighted total where all are known, then held against every cell."""
    areas = columns.shape[1]
    known = np.isfinite(columns)
    given = known.astype(np.float64)
    weighed = np.nan_to_num(columns) * (1.0 + np.mod(np.arange(1, areas + 1) * _GOLDEN, 1.0))
    found = []
    for one in range(len(columns)):
        both = given[one] * given[one:]
        parts = (both * (weighed[one] + weighed[one:])) @ given.T
        near = np.abs(parts - both @ weighed.T) <= _TOLERANCE * (2 * areas + 1e-3 * np.abs(parts))
        found += [(one, one + int(two), int(whole)) for two, whole in np.argwhere(near & (parts != 0))]
    return [triple for triple in found if _adds_up(*columns[list(triple)])]


def _adds_up(one: FloatArray, two: FloatArray, whole: FloatArray) -> bool:
    """Do two counts add up wherever all three are known, each part somewhere more than nothing?"""
    off = np.abs(one + two - whole)
    common = np.isfinite(off)
    return bool(one[common].any() and two[common].any() and off[common].max() < _TOLERANCE)
