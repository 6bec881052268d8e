"""Whole persons out of shares, with exact sums (Rundung)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.musterkreis.wobble import FloatArray

IntArray = NDArray[np.int64]


def largest_remainder(weights: FloatArray, total: int) -> IntArray:
    """A total shared out in whole numbers by weight (Hare/Niemeyer); ties go to the first.

    Parameters
    ----------
    weights : (n,) ≥ 0, not all zero
    total : ≥ 0

    >>> largest_remainder(np.array([1.0, 1.0, 2.0]), 5).tolist()
    [1, 1, 3]
    """
    exact = weights / weights.sum() * total
    whole: IntArray = np.floor(exact).astype(np.int64)
    order = np.argsort(whole - np.round(exact, 9), kind="stable")
    whole[order[: total - int(whole.sum())]] += 1
    return whole


def within_limit(weights: FloatArray, total: int, limit: int) -> IntArray:
    """The same with no share above ``limit``: what is cut off goes to the others by weight.

    >>> within_limit(np.array([8.0, 1.0, 1.0]), 10, 6).tolist()
    [6, 2, 2]
    """
    shares = largest_remainder(weights, total)
    while (shares > limit).any():
        weights = np.minimum(weights, weights.sum() * 0.999 * limit / total)
        shares = largest_remainder(weights, total)
    return shares


def shared_rows(totals: IntArray, weights: FloatArray, start: FloatArray) -> IntArray:
    """Each row's total shared over the columns in whole numbers, without favouring any column over many rows.

    Every row is rounded along its running sum from its own random start, so sums are exact and expectations kept.

    Parameters
    ----------
    totals : (n,) whole numbers per row
    weights : (n, k) ≥ 0, rows with a positive total have a positive sum
    start : (n,) in [0, 1), random

    >>> shared_rows(np.array([3]), np.array([[1.0, 1.0, 1.0, 1.0]]), np.array([0.4])).tolist()
    [[1, 0, 1, 1]]
    """
    sums = weights.sum(axis=1, keepdims=True)
    part = np.cumsum(weights / np.where(sums > 0, sums, 1.0), axis=1)
    part[:, -1] = 1.0
    steps = np.floor(np.round(part * totals[:, None], 9) + start[:, None]).astype(np.int64)
    whole: IntArray = np.diff(steps, axis=1, prepend=0)
    return whole


def rounded(expected: FloatArray, chance: FloatArray) -> IntArray:
    """Whole numbers with the given expectation; never above the next whole number.

    >>> rounded(np.array([2.0, 2.5, 2.5]), np.array([0.9, 0.2, 0.6])).tolist()
    [2, 2, 3]
    """
    whole: IntArray = np.floor(np.round(expected, 9) + chance).astype(np.int64)
    return whole
