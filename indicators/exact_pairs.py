"""Exact tests of many pairs of small counts at once: Fisher for shares, the binomial split for rates.

scipy tests one pair per call; while a boundary is dragged there are hundreds, and that must stay quick.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from spatial.arrays import FloatArray, IntArray

_TIE = 1 + 1e-7  # outcomes as likely as the one observed count, whatever the rounding of the last digits (as in R)
_LogChance = Callable[[FloatArray, IntArray], FloatArray]


def fisher_p(cases: FloatArray, others: FloatArray, cases_there: FloatArray, others_there: FloatArray) -> FloatArray:
    """Two-sided p of Fisher's exact test for each of m two-by-two tables.

    Parameters
    ----------
    cases, others : (m,) people with and without in the one group
    cases_there, others_there : (m,) the same in the other group

    Source
    ------
    Fisher (1922); all tables as likely as the observed one or less, as in R and ``scipy.stats.fisher_exact``.

    >>> fisher_p(*(np.array([n]) for n in (1, 9, 11, 3))).round(6).tolist()   # worked example of Wikipedia
    [0.002759]
    """
    a, b, c, d = (np.rint(np.asarray(part, dtype=np.float64)) for part in (cases, others, cases_there, others_there))
    drawn, rest, ill = a + b, c + d, a + c

    def log_chance(k: FloatArray, pair: IntArray) -> FloatArray:
        return _log_choose(drawn[pair], k) + _log_choose(rest[pair], ill[pair] - k)

    return _two_sided(a, (np.maximum(0.0, ill - rest), np.minimum(ill, drawn)), log_chance)


def split_p(cases: FloatArray, total: FloatArray, share: FloatArray) -> FloatArray:
    """Two-sided p of each split of cases over two groups, whose sizes say what share belongs to the first.

    Parameters
    ----------
    cases : (m,) cases of the first group, of ``total`` in both; 0 < ``share`` < 1 of the people are in the first

    Source
    ------
    Przyborowski and Wilenski (1940), conditional test of two Poisson counts; as ``scipy.stats.binomtest``.

    >>> split_p(np.array([3.0]), np.array([15.0]), np.array([0.1])).round(4).tolist()
    [0.1841]
    """
    a, n = (np.rint(np.asarray(part, dtype=np.float64)) for part in (cases, total))
    p = np.asarray(share, dtype=np.float64)

    def log_chance(k: FloatArray, pair: IntArray) -> FloatArray:
        chosen = _log_choose(n[pair], k) + xlogy(k, p[pair]) + xlog1py(n[pair] - k, -p[pair])
        return np.asarray(chosen, dtype=np.float64)

    return _two_sided(a, (np.zeros_like(n), n), log_chance)


def _two_sided(observed: FloatArray, support: tuple[FloatArray, FloatArray], log_chance: _LogChance) -> FloatArray:
    """(m,) chance of every outcome that is no more likely than the observed one, over all outcomes."""
    first, last = support
    sizes = (last - first + 1).astype(np.int64)
    starts = np.cumsum(sizes) - sizes
    pair = np.repeat(np.arange(len(observed)), sizes)
    outcome = first[pair] + np.arange(len(pair)) - starts[pair]
    found = log_chance(outcome, pair)
    chance = np.exp(found - np.maximum.reduceat(found, starts)[pair]) if len(pair) else found
    seen = chance[starts + (observed - first).astype(np.int64)] * _TIE
    rare = np.where(chance <= seen[pair], chance, 0.0)
    p: FloatArray = np.add.reduceat(rare, starts) / np.add.reduceat(chance, starts) if len(pair) else np.zeros(0)
    return p


def _log_choose(n: FloatArray, k: FloatArray) -> FloatArray:
    chosen: FloatArray = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return chosen
