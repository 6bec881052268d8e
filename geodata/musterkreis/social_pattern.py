"""Where young families live and where people have grown old: a smooth pattern over the county (Altersmuster)."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.musterkreis.landscape import Landscape
from geodata.musterkreis.random_field import random_field
from geodata.musterkreis.wobble import FloatArray


def family_pattern(land: Landscape, rng: np.random.Generator) -> FloatArray:
    """(n,) about −2 … 2 per block: high in new housing, low where few have moved in; neighbours resemble each other."""
    xy = shapely.get_coordinates(shapely.centroid(land.blocks.shapes))
    urban = np.clip((land.density_per_ha - 14.0) / 12.0, -1.0, 2.5)
    pattern = 0.9 * random_field(xy, 600.0, rng) + 0.4 * random_field(xy, 3_000.0, rng) - 0.15 * urban
    return np.round(pattern, 6)
