"""Smooth random surfaces: what is near is alike (Zufallsfeld)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WAVES = 60


def random_field(points_m: NDArray[np.float64], length_m: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """(n,) a smooth random surface with mean 0 and variance about 1 (random Fourier features, squared exponential).

    Source
    ------
    Rahimi and Recht (2007), Random features for large-scale kernel machines.
    """
    direction = rng.normal(0.0, 1.0 / length_m, (2, _WAVES))
    phase = rng.uniform(0, 2 * np.pi, _WAVES)
    surface: NDArray[np.float64] = np.cos(points_m @ direction + phase).sum(axis=1) * np.sqrt(2 / _WAVES)
    return np.round(surface, 6)
