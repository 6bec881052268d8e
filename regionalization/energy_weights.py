"""The prices of the energy for a county: everything in units of TSS/k."""

from __future__ import annotations

import numpy as np

from regionalization.methods.search_state import Weights
from regionalization.population_target import PopulationTarget
from regionalization.preparation import Prepared
from regionalization.proposal import Parameters

COHESION = 0.5  # share of the cohesion scale that a weight of 1 stands for; chosen on the real Kreis Heinsberg
CROSSING = 1.0  # μ of a soft municipal border
PENALTY = 4.0  # TSS/k for one whole target of residents out of band


def energy_weights(prepared: Prepared, parameters: Parameters, count: int) -> Weights:
    """Prices for a county of ``count`` regions.

    The unit is TSS/k: total sum of squares of the standardised features over the number of regions, 1 without
    features. Cohesion is counted against a circle of mean region area settled at the county's mean density.
    """
    square = float(np.cumsum((prepared.standardised**2).ravel())[-1]) if prepared.standardised.size else 0.0
    unit = square / max(count, 1) if square > 0 else 1.0
    target: PopulationTarget = prepared.problem.target
    lines = 1.0 if prepared.problem.constraints.preferred_cuts else 0.0  # the weight that lines alone have
    soft = prepared.problem.constraints.municipal_borders == "soft"
    return Weights(
        shape=parameters.compactness * unit,
        cohesion=COHESION * (parameters.cohesion or lines) * unit / cohesion_scale(prepared, count),
        crossing=CROSSING * unit if soft else 0.0,
        penalty=PENALTY * unit / max(target.target, 1),
        balance=parameters.balance * unit,
        homogeneity=1.0 if square > 0 else 0.0,
        target=float(max(target.target, 1)),
    )


def cohesion_scale(prepared: Prepared, count: int) -> float:
    """Metres × residents per hectare around a circle of mean region area at mean density; > 0."""
    area = float(np.cumsum(prepared.blocks.area_m2)[-1])
    people = float(prepared.blocks.population.sum())
    if area <= 0 or people <= 0:
        return 1.0
    return float(np.sqrt(4 * np.pi * area / max(count, 1))) * people / (area / 10_000)
