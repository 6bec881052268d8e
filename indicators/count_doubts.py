"""Counts that can hardly be right (Zweifel): a total among the blocks, an office's address, a date to come."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indicators.catalogue import Catalogue
from indicators.counts import DENOMINATOR, NUMERATOR, CellState, CountTable
from spatial.arrays import BoolArray, FloatArray
from spatial.errors import Finding

_FEW_AREAS, _MANY_AREAS = 3, 20
_CASES, _PERSONS = 20, 30
_ABOVE_REST, _ABOVE_MOST = 5.0, 2.5
_FIRST_YEAR = "1950-01-01"


def doubts(table: CountTable, catalogue: Catalogue) -> list[Finding]:
    """Everything in the numbers that should be looked at before they are used.

    An area that is the sum of all others is refused, because every total would be twice as large. Reported are areas
    where only one of numerator and denominator is there, cases where nobody lives, denominators of 100 everywhere, and
    single areas with far more cases than their population lets expect: people registered at the address of an office.
    """
    found = _totals(table)
    for k, key in enumerate(table.indicators):
        indicator = catalogue[key]
        num, den = table.values[:, :, k, NUMERATOR], table.values[:, :, k, DENOMINATOR]
        if indicator.has_denominator:
            found += named(table, "counts.cell.half", "warning", key, _half(table, k))
        if indicator.kind in ("rate", "balance"):
            found += named(table, "counts.nobody", "warning", key, (np.abs(num) > 0) & (den == 0))
        if indicator.kind in ("proportion", "rate"):
            found += _hundreds(key, den)
            found += named(table, "counts.outlier", "warning", key, _outliers(num, den))
    return found


def date_doubts(dates: Sequence[str], *, today: str) -> list[Finding]:
    """Reference dates after today or long before any register.

    Parameters
    ----------
    dates : ISO texts
    today : ISO date; empty = unknown

    >>> [f.code for f in date_doubts(["2022-12-31", "2099-12-31", "1822-12-31"], today="2026-03-02")]
    ['counts.date.future', 'counts.date.old']
    """
    future = tuple(day for day in dates if today and day > today)
    old = tuple(day for day in dates if "" < day < _FIRST_YEAR)
    pairs = (("counts.date.future", future), ("counts.date.old", old))
    return [Finding(code, "warning", where=days) for code, days in pairs if days]


def named(table: CountTable, code: str, severity: str, key: str, wrong: BoolArray) -> list[Finding]:
    """One finding that names the areas and dates of an indicator, none where all is well."""
    rows, days = np.nonzero(wrong)
    if not len(rows):
        return []
    where = tuple(f"{table.ids[i]} · {table.dates[d]}" for i, d in zip(rows, days, strict=True))
    values = {"indicator": key, "count": len(where)}
    return [Finding(code, severity, where=where, values=values)]  # type: ignore[arg-type]


def _totals(table: CountTable) -> list[Finding]:
    """Areas whose every number is the sum of all other areas."""
    if len(table) <= _FEW_AREAS:
        return []
    flat = np.nan_to_num(table.values.reshape(len(table), -1))
    sums = flat.sum(axis=0)
    counted = sums > 0
    if counted.sum() < 2:
        return []
    same = np.abs(2 * flat[:, counted] - sums[counted]) < 1e-6
    where = tuple(table.ids[i] for i in np.flatnonzero(same.all(axis=1)))
    return [Finding("counts.row.total", where=where)] if where else []


def _half(table: CountTable, column: int) -> BoolArray:
    """Only one of numerator and denominator is there, and the other is plainly missing."""
    states = table.states[:, :, column]
    half: BoolArray = (states == CellState.KNOWN).any(axis=2) & (states == CellState.MISSING).any(axis=2)
    return half


def _hundreds(key: str, den: FloatArray) -> list[Finding]:
    known = den[~np.isnan(den)]
    if len(known) < _MANY_AREAS or not np.all(known == 100):
        return []
    return [Finding("counts.hundreds", "warning", where=(key,))]


def _outliers(num: FloatArray, den: FloatArray) -> BoolArray:
    """(n, d) bool: at least 20 cases, five times the rate of all others and far above nearly all of them."""
    cases, persons = np.nan_to_num(num), np.nan_to_num(den)
    rate = cases / np.where(persons > 0, persons, np.inf)
    rest = (cases.sum(axis=0) - cases) / np.maximum(persons.sum(axis=0) - persons, 1.0)
    high = np.zeros_like(rate, dtype=bool)
    for day in range(rate.shape[1]):
        large = rate[persons[:, day] >= _PERSONS, day]
        most = np.quantile(large, 0.95, method="lower") if len(large) > _FEW_AREAS else np.inf
        high[:, day] = rate[:, day] > _ABOVE_MOST * most
    found: BoolArray = (cases >= _CASES) & (persons > 0) & (rate > _ABOVE_REST * rest) & high
    return found
