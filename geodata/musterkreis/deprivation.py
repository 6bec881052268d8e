"""How hard life is in each block: a smooth hidden field that all social counts follow (Belastung); stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from geodata.musterkreis.ground import Ground

# Quarters that are worse or better off than their municipality; invented, as everything below the municipalities.
_QUARTERS = {
    "Hückelhoven-Mitte": 0.95, "Übach": 0.55, "Palenberg": 0.8, "Oberbruch": 0.9, "Heinsberg-Mitte": 0.6,
    "Geilenkirchen-Mitte": 0.7, "Bauchem": 0.35, "Schaufenberg": 0.6, "Boscheln": 0.35, "Ratheim": 0.3,
    "Erkelenz-Mitte": 0.4, "Wegberg-Mitte": 0.3, "Wassenberg-Mitte": 0.35, "Arsbeck": 0.25, "Baal": 0.3,
    "Frelenberg": 0.25, "Hilfarth": 0.15,
}  # fmt: skip
_VILLAGE, _FIELD = -0.4, -0.5
_WAVES = 60
_QUARTER_M, _TOWN_M = 900.0, 4_000.0  # lengths over which the field changes


def deprivation(ground: Ground, of_municipality: Mapping[str, float], rng: np.random.Generator) -> NDArray[np.float64]:
    """(n,) hidden burden of each block: 0 like the county, + worse, − better; neighbours are alike.

    Parameters
    ----------
    of_municipality : AGS → burden of the municipality
    """
    town = np.array([of_municipality[ags] for ags in ground.ags])
    quarter = np.array([_QUARTERS.get(name, _VILLAGE) for name in ground.place])
    quarter = np.where(ground.built_up == 1, quarter, np.minimum(quarter, _FIELD))
    smooth = 0.28 * random_field(ground.middle_m, _QUARTER_M, rng) + 0.15 * random_field(ground.middle_m, _TOWN_M, rng)
    burden: NDArray[np.float64] = np.round(town + quarter + smooth, 6)
    weight = np.maximum(ground.residents, 1)
    return burden - float(np.average(burden, weights=weight))


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
