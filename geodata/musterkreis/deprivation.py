"""How hard life is in each block: a smooth hidden field that all social counts follow (Belastung); stored nowhere."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from geodata.musterkreis.ground import Ground
from geodata.musterkreis.random_field import random_field

_MUNICIPALITIES = {
    "05370004": -0.2, "05370008": 0.0, "05370012": 0.15, "05370016": 0.1, "05370020": 0.45, "05370024": 0.05,
    "05370028": 0.55, "05370032": 0.0, "05370036": 0.0, "05370040": -0.25,
}  # fmt: skip
# Quarters that are worse or better off than the villages; invented, as everything below the municipalities.
QUARTERS = {
    "Hückelhoven-Mitte": 1.25, "Übach": 0.55, "Palenberg": 0.8, "Oberbruch": 0.9, "Heinsberg-Mitte": 0.6,
    "Geilenkirchen-Mitte": 0.7, "Bauchem": 0.35, "Schaufenberg": 0.6, "Boscheln": 0.35, "Ratheim": 0.3,
    "Erkelenz-Mitte": 0.4, "Wegberg-Mitte": 0.3, "Wassenberg-Mitte": 0.35, "Arsbeck": 0.25, "Baal": 0.3,
    "Frelenberg": 0.25, "Hilfarth": 0.15,
}  # fmt: skip
_VILLAGE, _FIELD = -0.4, -0.5
_QUARTER_M, _TOWN_M = 900.0, 4_000.0  # lengths over which the field changes


def deprivation(ground: Ground, rng: np.random.Generator) -> NDArray[np.float64]:
    """(n,) hidden burden of each block: 0 like the county, + worse, − better; neighbours are alike."""
    town = np.array([_MUNICIPALITIES[ags] for ags in ground.ags])
    quarter = np.array([QUARTERS.get(name, _VILLAGE) for name in ground.place])
    quarter = np.where(ground.settled, quarter, np.minimum(quarter, _FIELD))
    smooth = 0.28 * random_field(ground.middle_m, _QUARTER_M, rng) + 0.15 * random_field(ground.middle_m, _TOWN_M, rng)
    burden: NDArray[np.float64] = np.round(town + quarter + smooth, 6)
    weight = np.maximum(ground.residents, 1)
    return burden - float(np.average(burden, weights=weight))
