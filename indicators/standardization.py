"""Age standardisation (Altersstandardisierung): areas compared as if they had the same age structure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from esda.smoothing import direct_age_standardization

from indicators.intervals import poisson_limits
from spatial.arrays import FloatArray
from spatial.errors import Finding

SMALLEST_DIRECT = 10


@dataclass(frozen=True, eq=False)
class StandardizedRate:
    """Standardised values with limits, (m,) each; NaN where they may not or cannot be computed."""

    value: FloatArray
    low: FloatArray
    high: FloatArray


def direct_rate(
    cases: FloatArray, population: FloatArray, standard: FloatArray, *, confidence: float = 0.95
) -> tuple[StandardizedRate, tuple[Finding, ...]]:
    """Rate an area would have with the standard age structure (direkt standardisierte Rate).

    Parameters
    ----------
    cases, population : (m, a) per area and age group
    standard : (a,) standard population, for example the county

    Returns
    -------
    Rate per person with limits after Fay and Feuer; NaN and a finding for areas with fewer than ten cases or an
    empty age group

    Source
    ------
    esda.smoothing.direct_age_standardization; Fay and Feuer (1997); the rule of ten: notes of PHE's
    Fingertips tool.

    >>> cases = np.array([[30, 25, 25, 15], [33, 21, 30, 20]])
    >>> people = np.array([[1000, 1000, 1100, 900], [1000, 900, 1100, 900]])
    >>> rate, _ = direct_rate(cases, people, np.array([1000, 900, 1000, 900]))   # the example of esda
    >>> rate.value.round(4).tolist()
    [0.0237, 0.0267]
    """
    observed, at_risk = np.asarray(cases, dtype=float), np.asarray(population, dtype=float)
    total = observed.sum(axis=1)
    few, empty = total < SMALLEST_DIRECT, (at_risk <= 0).any(axis=1)
    usable = ~few & ~empty & np.isfinite(total)
    result = np.full((len(observed), 3), np.nan)
    if usable.any():
        n = int(usable.sum())
        weights = np.tile(np.asarray(standard, dtype=float), n)
        rows = direct_age_standardization(
            observed[usable].ravel(), at_risk[usable].ravel(), weights, n, alpha=1 - confidence
        )
        result[usable] = np.array(rows)
    where = tuple(str(i) for i in np.flatnonzero(few))
    found = (Finding("standard.cases.few", "note", where=where, values={"limit": SMALLEST_DIRECT}),) if where else ()
    return StandardizedRate(result[:, 0], result[:, 1], result[:, 2]), found


def indirect_ratio(
    cases: FloatArray, population: FloatArray, standard_rate: FloatArray, *, confidence: float = 0.95
) -> StandardizedRate:
    """Observed by expected cases: 1 means as many as the standard rates let expect (indirekt, SMR).

    Parameters
    ----------
    cases : (m,) cases per area
    population : (m, a) persons per area and age group
    standard_rate : (a,) rate of the standard per age group, for example of the county

    Source
    ------
    Breslow and Day (1987); limits of the cases exact below ten, Byar from ten on.

    >>> ratio = indirect_ratio(np.array([95.0]), np.array([[100, 100, 110, 90]]), np.array([0.2, 0.2, 0.3, 0.25]))
    >>> ratio.value.round(3).tolist()     # 95 observed, 20 + 20 + 33 + 22.5 = 95.5 expected
    [0.995]
    """
    observed = np.asarray(cases, dtype=float)
    expected = np.asarray(population, dtype=float) @ np.asarray(standard_rate, dtype=float)
    base = np.where(expected > 0, expected, np.nan)
    low, high = poisson_limits(observed, confidence=confidence)
    return StandardizedRate(observed / base, low / base, high / base)
