"""Empirical-Bayes smoothing: small areas lean on the county; for looking, never for allocating (Glättung)."""

from __future__ import annotations

import numpy as np
from esda.smoothing import Empirical_Bayes

from spatial.arrays import FloatArray

LABEL = "empirical-bayes"


def smoothed_share(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Shares drawn towards the mean, the more the smaller the area (empirisches Bayes-Verfahren).

    Parameters
    ----------
    numerator, denominator : (m,) counts; areas without a positive denominator give NaN

    Returns
    -------
    (m,) shares 0–1 for display and hot spots; a figure that shows them must say so

    Source
    ------
    Marshall (1991); esda.smoothing.Empirical_Bayes. Where the areas differ less than chance lets expect, Marshall
    sets the variance to zero and every area gets the mean; esda leaves it negative, so that case is caught here.

    >>> smoothed_share(np.array([0.0, 30, 180]), np.array([10.0, 300, 1000])).round(3).tolist()
    [0.151, 0.122, 0.177]
    >>> smoothed_share(np.array([0.0, 30, 120]), np.array([10.0, 300, 1000])).round(3).tolist()
    [0.115, 0.115, 0.115]
    """
    num, den = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    usable = (den > 0) & np.isfinite(num)
    shares = np.full(len(num), np.nan)
    if not usable.any():
        return shares
    events, people = num[usable], den[usable]
    if between_variance(events, people) <= 0:
        shares[usable] = events.sum() / people.sum()
    else:
        shares[usable] = np.ravel(Empirical_Bayes(events, people).r)
    return shares


def between_variance(events: FloatArray, people: FloatArray) -> float:
    """Variance of the true shares between areas (moment estimate); at or below zero all areas may be alike."""
    mean = events.sum() / people.sum()
    spread = (people * (events / people - mean) ** 2).sum() / people.sum()
    return float(spread - mean / people.mean())
