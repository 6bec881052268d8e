"""Residents per block as whole numbers, with everything that is wrong with them (Einwohner lesen)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from geodata.german_numbers import numbers_from_text
from spatial.arrays import BoolArray, FloatArray, IntArray
from spatial.errors import Finding

LARGEST_BLOCK = 5_000_000  # residents; no block of any city is larger
_FRACTION = 1e-6


def resident_counts(column: Any, ids: tuple[str, ...]) -> tuple[IntArray, tuple[Finding, ...]]:
    """Residents of each block, whole and summing to the rounded total of the column.

    Parameters
    ----------
    column : (n,) numbers, or texts in German or English writing
    ids : n texts to name blocks with

    Returns
    -------
    (n,) int64, 0 where a value is unusable, and the findings: text, missing, negative, not finite, too large, all zero
    (errors); fractions that were rounded (warning, with the sum before and after); text that was read (note)
    """
    name = str(getattr(column, "name", ""))
    values, findings = _values(column, ids, name)
    missing = np.isnan(values) & ~_at(findings, ids)
    wrong = {
        "read.population.missing": missing,
        "read.population.negative": values < 0,
        "read.population.too_large": values > LARGEST_BLOCK,
    }
    for code, bad in wrong.items():
        if bad.any():
            findings.append(_finding(code, bad, ids, name))
    usable = np.where(np.isnan(values) | (values < 0) | (values > LARGEST_BLOCK), 0.0, values)
    counts = whole_numbers(usable)
    if not findings and not counts.any():
        findings.append(Finding("read.population.all_zero", values={"column": name}))
    fractions = np.abs(usable - np.round(usable)) > _FRACTION
    if fractions.any():
        sums = {"before": float(usable.sum()), "after": int(counts.sum())}
        findings.append(_finding("read.population.fraction", fractions, ids, name, severity="warning", **sums))
    return counts, tuple(findings)


def whole_numbers(values: FloatArray) -> IntArray:
    """Round to whole numbers that sum to the rounded total (largest remainder, Hare/Niemeyer).

    Parameters
    ----------
    values : (n,) float64, ≥ 0; ties go to the earlier one

    >>> whole_numbers(np.array([0.4, 0.4, 0.2])).tolist()
    [1, 0, 0]
    """
    floors = np.floor(values + _FRACTION / 1000)
    missing = round(float(values.sum())) - int(floors.sum())
    order = np.argsort(-(values - floors), kind="stable")
    counts = floors.astype(np.int64)
    counts[order[: max(missing, 0)]] += 1
    return counts


def _values(column: Any, ids: tuple[str, ...], name: str) -> tuple[FloatArray, list[Finding]]:
    series = pd.Series(column)
    if pd.api.types.is_bool_dtype(series) or not pd.api.types.is_numeric_dtype(series):
        read = numbers_from_text(series)
        if read.readable.all():
            note = Finding("read.population.from_text", "note", where=(name,), values={"decimal": read.decimal})
            return read.values, [note] if not read.missing.all() else []
        samples = tuple(dict.fromkeys(str(v) for v in series[~read.readable]))[:3]
        text = _finding("read.population.text", ~read.readable, ids, name, samples=", ".join(samples))
        return read.values, [text]
    values = series.astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
    infinite = np.isinf(values)
    found = [_finding("read.population.not_finite", infinite, ids, name)] if infinite.any() else []
    return np.where(infinite, np.nan, values), found


def _at(findings: list[Finding], ids: tuple[str, ...]) -> BoolArray:
    """Blocks whose value has been complained about already."""
    named = {where for f in findings if f.severity == "error" for where in f.where}
    return np.array([block_id in named for block_id in ids], dtype=bool)


def _finding(
    code: str, bad: BoolArray, ids: tuple[str, ...], column: str, *, severity: Any = "error", **values: Any
) -> Finding:
    where = tuple(ids[i] for i in np.flatnonzero(bad))
    return Finding(code, severity, where=where, values={"count": len(where), "column": column, **values})
