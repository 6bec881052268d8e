"""Where young families live and where people have grown old: a smooth pattern over the county (Altersmuster)."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.musterkreis.landscape import Landscape
from geodata.musterkreis.wobble import FloatArray

_WAVES = 40


def family_pattern(land: Landscape, rng: np.random.Generator) -> FloatArray:
    """(n,) about −2 … 2 per block: high in new housing, low where few have moved in; neighbours resemble each other."""
    xy = shapely.get_coordinates(shapely.centroid(land.blocks.shapes))
    urban = np.clip((land.density_per_ha - 14.0) / 12.0, -1.0, 2.5)
    pattern = 0.9 * _surface(xy, rng, 900.0) + 0.4 * _surface(xy, rng, 5_000.0) - 0.15 * urban
    return np.round(pattern, 6)


def _surface(xy: FloatArray, rng: np.random.Generator, length_m: float) -> FloatArray:
    """A smooth random surface with unit variance: a sum of waves of about the given length."""
    angle, phase = rng.uniform(0, 2 * np.pi, (2, _WAVES))
    number = 2.0 * rng.normal(1.0, 0.35, _WAVES) / length_m
    direction = np.stack([np.cos(angle), np.sin(angle)]) * number
    surface: FloatArray = np.cos(xy @ direction + phase).sum(axis=1) * np.sqrt(2.0 / _WAVES)
    return surface
