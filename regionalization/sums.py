"""Sums of block columns per region code."""

from __future__ import annotations

from typing import Any

import numpy as np

from spatial.arrays import FloatArray


def sums_by_code(codes: Any, values: Any, k: int) -> FloatArray:
    """(k,) float64 sums of ``values`` over the blocks with each code 0…k−1.

    >>> sums_by_code(np.array([0, 1, 1]), np.array([1, 2, 3]), 2)
    array([1., 5.])
    """
    weights = np.broadcast_to(np.asarray(values, dtype=np.float64), np.shape(codes))
    return np.asarray(np.bincount(codes, weights=weights, minlength=k), dtype=np.float64)
