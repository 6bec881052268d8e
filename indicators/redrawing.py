"""Does a region differ recognisably before and after its boundary moved? Both hold mostly the same people."""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr
from statsmodels.stats.multitest import multipletests

from indicators.exact_pairs import fisher_p, split_p
from spatial.arrays import BoolArray, FloatArray

TESTED_KINDS = ("proportion", "rate", "ratio")
_SMALL = 5
Counts = tuple[FloatArray, FloatArray]


def redrawing_p(before: Counts, after: Counts, common: Counts, *, kind: str) -> FloatArray:
    """How surprising the difference would be if moved and remaining people had the same risk (Zuschnittsvergleich).

    The two figures share the blocks that lie in the region both times, so that a test for two separate groups would
    find too little. With C the common blocks, R the blocks given away, D the blocks gained, and one rate p for all,
    the difference of the shares has the variance
    ``p (1 − p) (n_C (1/n_after − 1/n_before)² + n_R / n_before² + n_D / n_after²)``, for rates ``p`` instead of
    ``p (1 − p)``. Where only one part moves this is the pooled test of that part against the rest. Where fewer than
    five cases are expected among the moved people, the exact test of the moved part takes its place.

    Parameters
    ----------
    before, after, common : numerators and denominators, (m,) each; common are the blocks in the region both times
    kind : ``"proportion"``, ``"rate"`` or ``"ratio"``; others have no test and give NaN

    Returns
    -------
    (m,) two-sided p; NaN where there is nothing to compare, 1 where nothing moved

    Source
    ------
    Variance of a difference of overlapping sums of independent counts; Agresti, Categorical Data Analysis, 3rd ed.,
    3.1 for the pooled test.

    >>> p = redrawing_p(
    ...     (np.array([60.0]), np.array([300.0])), (np.array([20.0]), np.array([200.0])),
    ...     (np.array([20.0]), np.array([200.0])), kind="proportion")
    >>> bool(p[0] < 1e-8)    # 40 of the 100 who left were poor, of the 200 who stayed 20
    True
    """
    if kind not in TESTED_KINDS:
        return np.full(len(before[0]), np.nan)
    p = _normal_p(before, after, common, share=kind == "proportion")
    removed, added = _apart(before, common), _apart(after, common)
    few = _small(removed, added, common, share=kind == "proportion") & np.isfinite(p)
    if few.any():
        parts = np.stack([[num[few], den[few]] for num, den in (removed, added, common)])
        p[few] = _exact_p(parts, share=kind == "proportion")
    return p


def recognisable(p: FloatArray, *, alpha: float = 0.05) -> BoolArray:
    """Which differences may be called recognisable when all cells are looked at together (Benjamini–Hochberg)."""
    found = np.zeros(np.shape(p), dtype=bool)
    usable = np.isfinite(p)
    if usable.any():
        found[usable] = multipletests(p[usable], alpha=alpha, method="fdr_bh")[0]
    return found


def _normal_p(before: Counts, after: Counts, common: Counts, *, share: bool) -> FloatArray:
    (xb, nb), (xa, na), (xc, nc) = before, after, common
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (xb + xa - xc) / (nb + na - nc)
        spread = pooled * (1 - pooled) if share else pooled
        weight = nc * (1 / na - 1 / nb) ** 2 + (nb - nc) / nb**2 + (na - nc) / na**2
        z = (xa / na - xb / nb) / np.sqrt(np.maximum(spread, 0.0) * weight)
    p: FloatArray = 2 * ndtr(-np.abs(z))
    nothing = (nb > 0) & (na > 0) & ((weight <= 0) | (spread <= 0))
    return np.where(nothing, 1.0, np.where((nb > 0) & (na > 0), p, np.nan))


def _apart(whole: Counts, part: Counts) -> Counts:
    return np.maximum(whole[0] - part[0], 0.0), np.maximum(whole[1] - part[1], 0.0)


def _small(removed: Counts, added: Counts, common: Counts, *, share: bool) -> BoolArray:
    """Too few expected cases among those who moved for the normal approximation."""
    (xr, nr), (xd, nd), (xc, nc) = removed, added, common
    with np.errstate(divide="ignore", invalid="ignore"):
        pooled = (xr + xd + xc) / (nr + nd + nc)
    rarer = np.minimum(pooled, 1 - pooled) if share else pooled
    few: BoolArray = ((nr + nd) > 0) & ((nr + nd) * rarer < _SMALL) & (rarer > 0)
    return few


def _exact_p(parts: FloatArray, *, share: bool) -> FloatArray:
    """The moved people against those who stayed, or against each other where some came and some went.

    ``parts`` is (3, 2, m): cases and people who left, came and stayed.
    """
    people = parts[:, 1]
    first = np.argmax(people > 0, axis=0)
    second = np.where(first == 0, np.where(people[1] > 0, 1, 2), 2)
    cell = np.arange(people.shape[1])
    (a, n), (b, m) = ((parts[side, 0, cell], parts[side, 1, cell]) for side in (first, second))
    p = np.ones(len(cell))
    two = (n > 0) & (m > 0) & (first != second) & (share | (a + b > 0))
    a, n, b, m = (numbers[two] for numbers in (a, n, b, m))
    p[two] = fisher_p(a, n - a, b, m - b) if share else split_p(a, a + b, n / (n + m))
    return p
