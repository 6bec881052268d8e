"""Funnel limits (Trichterdiagramm): how far a value may lie from the county by chance alone at its size."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import binom, poisson

from spatial.arrays import FloatArray

LEVELS = (0.95, 0.998)


def funnel_limits(target: float, denominator: FloatArray, *, level: float = 0.95, kind: str = "proportion") -> Any:
    """Lower and upper control limit of a share or rate for groups of a given size.

    Parameters
    ----------
    target : share or rate per person of the county
    denominator : (m,) size of the groups, > 0
    level : 0.95 or 0.998 two-sided
    kind : ``"proportion"`` (binomial) or ``"rate"`` (Poisson)

    Returns
    -------
    Two (m,) arrays per person, from exact quantiles with interpolation

    Source
    ------
    Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine 24, App. A.1.1.

    >>> low, high = funnel_limits(0.12, np.array([390.0, 1300.0, 1950.0]))
    >>> (100 * (high - low) / 2).round(1).tolist()
    [3.2, 1.8, 1.4]
    """
    size = np.asarray(denominator, dtype=float)
    law = binom(np.maximum(size.round(), 1), target) if kind == "proportion" else poisson(size * target)
    tail = (1 - level) / 2
    return tuple(np.clip(_interpolated(law, p) / size, 0, None) for p in (tail, 1 - tail))


def _interpolated(law: Any, probability: float) -> FloatArray:
    """Quantile of a discrete law, between the steps."""
    step = law.ppf(probability)
    here, below = law.cdf(step), law.cdf(step - 1)
    part = np.where(here > below, (here - probability) / np.where(here > below, here - below, 1), 0)
    quantile: FloatArray = np.maximum(step - part, 0)
    return quantile
