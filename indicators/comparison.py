"""Is an area different from the county, has it changed? Tests with a false-discovery rate, and a verdict in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.stats import fisher_exact
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import test_proportions_2indep as score_test
from statsmodels.stats.rates import test_poisson_2indep as poisson_test

from spatial.arrays import FloatArray

_SMALL = 5
TESTED_KINDS = ("proportion", "rate", "ratio")


def difference_from_rest(
    numerator: FloatArray, denominator: FloatArray, *, kind: str = "proportion", alpha: float = 0.05
) -> pd.DataFrame:
    """Each area against the rest of the county (Abweichung vom Kreis).

    The rest leaves the area out, so that no area is compared with itself.

    Parameters
    ----------
    numerator, denominator : (m,) pooled counts; NaN or an empty denominator gives the verdict ``unknown``
    kind : ``"proportion"`` (score test; Fisher where an expected count is below five), ``"rate"`` or ``"ratio"``
        (exact conditional Poisson test)
    alpha : false-discovery rate over all areas (Benjamini–Hochberg)

    Returns
    -------
    A frame with the columns difference (area minus rest, per person), p, q and verdict: ``higher``, ``lower``,
    ``same`` or ``unknown``

    >>> num, den = np.array([300.0, 120.0, 118.0]), np.array([1000.0, 1000.0, 1000.0])
    >>> difference_from_rest(num, den)["verdict"].tolist()
    ['higher', 'lower', 'lower']
    """
    num, den = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    rest_num, rest_den = np.nansum(num) - num, np.nansum(den) - den
    return _verdicts((num, den), (rest_num, rest_den), kind=kind, alpha=alpha)


def change_between(
    earlier: tuple[FloatArray, FloatArray],
    later: tuple[FloatArray, FloatArray],
    *,
    kind: str = "proportion",
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Each area at two dates (Veränderung); many persons are the same at both, so the test is cautious.

    Parameters
    ----------
    earlier, later : numerators and denominators, (m,) each

    Returns
    -------
    As ``difference_from_rest``; the difference is later minus earlier
    """
    return _verdicts(later, earlier, kind=kind, alpha=alpha)


def _verdicts(
    one: tuple[FloatArray, FloatArray], two: tuple[FloatArray, FloatArray], *, kind: str, alpha: float
) -> pd.DataFrame:
    (a, n), (b, m) = one, two
    usable = (n > 0) & (m > 0) & np.isfinite(a + b) & (kind in TESTED_KINDS)
    test = _share_p if kind == "proportion" else _rate_p
    p = np.full(len(a), np.nan)
    for i in np.flatnonzero(usable):
        p[i] = test((float(a[i]), float(n[i])), (float(b[i]), float(m[i])))
    q, rejected = np.full(len(a), np.nan), np.zeros(len(a), dtype=bool)
    if usable.any():
        rejected[usable], q[usable], *_ = multipletests(p[usable], alpha=alpha, method="fdr_bh")
    difference = np.where(usable, a / np.where(n > 0, n, np.nan) - b / np.where(m > 0, m, np.nan), np.nan)
    words = np.where(rejected, np.where(difference > 0, "higher", "lower"), np.where(usable, "same", "unknown"))
    return pd.DataFrame({"difference": difference, "p": p, "q": q, "verdict": words})


def _share_p(one: tuple[float, float], two: tuple[float, float]) -> float:
    (a, n), (b, m) = one, two
    pooled = (a + b) / (n + m)
    if pooled in (0.0, 1.0):
        return 1.0
    if min(n, m) * min(pooled, 1 - pooled) < _SMALL:
        return float(fisher_exact([[round(a), round(n - a)], [round(b), round(m - b)]]).pvalue)
    return float(score_test(a, n, b, m, compare="diff", method="score", correction=False).pvalue)


def _rate_p(one: tuple[float, float], two: tuple[float, float]) -> float:
    if one[0] + two[0] == 0:
        return 1.0
    return float(poisson_test(round(one[0]), one[1], round(two[0]), two[1], method="exact-cond").pvalue)
