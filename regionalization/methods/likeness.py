"""How much two neighbours belong together, between 0 (alike, one settlement) and 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from regionalization.methods.search_state import SearchGraph
from spatial.arrays import FloatArray


def edge_likeness(graph: SearchGraph, homogeneity: float, cohesion: float) -> FloatArray:
    """(2m,) in [0, 1): small where the features are alike and where a cut would divide a settlement.

    Both sides are ranked by their own mean, so that neither unit matters.
    """
    source = np.repeat(np.arange(len(graph.weight)), np.diff(graph.indptr))
    unlike = np.zeros(len(graph.neighbour))
    for c in range(graph.features.shape[1]):
        mean = graph.features[:, c] / graph.weight
        unlike += homogeneity * (mean[source] - mean[graph.neighbour]) ** 2
    parts = [_scaled(unlike)]
    if cohesion > 0 and graph.cohesion.any():
        settled = _scaled(graph.cohesion)
        parts.append(1.0 - settled)
    if (graph.municipality >= 0).any():
        parts.append((graph.municipality[source] != graph.municipality[graph.neighbour]).astype(np.float64))
    result: FloatArray = np.minimum(np.mean(parts, axis=0), 1.0 - 1e-9)
    return result


def _scaled(values: Any) -> FloatArray:
    mean = values.mean() if len(values) else 0.0
    return values / (values + mean) if mean > 0 else np.full(len(values), 0.5)
