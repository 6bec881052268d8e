"""The main search of one part: balanced start, then annealed moves with a fixed number of tries."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalization.methods.flips import scratch, typical_change
from regionalization.methods.likeness import edge_likeness
from regionalization.methods.merge_split import search_round
from regionalization.methods.random_numbers import THRESHOLDS, stream
from regionalization.methods.search_state import (
    RegionSums,
    SearchGraph,
    Weights,
    empty_sums,
    fill_sums,
    part_energy,
    total_excess,
)
from regionalization.methods.tree_cuts import balanced_start
from spatial.arrays import FloatArray, LabelArray

TRIES_PER_NODE = 1500
ROUNDS = 40
MEASURED = 20_000  # border moves looked at to set the temperature
EVERY = 300  # tries between two merge–split moves
HOT, COLD = 2.0, 0.02  # first and last temperature, in mean changes of energy


@dataclass(frozen=True, eq=False)
class SearchOrder:
    """What one part is to be searched for.

    Attributes
    ----------
    graph : the part
    bands : (k, 2) minimum and maximum residents of each region
    weights : prices of the energy
    key : names the random stream together with the seed
    seed : chosen by the caller
    effort : 1.0 = default number of tries; 0 = start only
    start : (n,) labels 0…k−1 to start from, None = a fresh start
    heat : share of the first temperature; small values keep close to ``start``
    """

    graph: SearchGraph
    bands: FloatArray
    weights: Weights
    key: str
    seed: int
    effort: float = 1.0
    start: LabelArray | None = None
    heat: float = 1.0


def search(order: SearchOrder, keep_going: Callable[[float], bool]) -> LabelArray:
    """Labels 0…k−1 of the best plan found; ``keep_going(done 0–1)`` is asked between rounds.

    The labels after every round are a valid plan wherever the start was one, so stopping early loses only quality.
    """
    labels = first_labels(order)
    sums = empty_sums(order.bands, order.graph.features.shape[1], _municipalities(order.graph))
    if len(order.bands) == 1 or order.effort <= 0:
        return labels
    return _cooled(order, labels, sums, keep_going)


def first_labels(order: SearchOrder) -> LabelArray:
    """A connected plan to start from: the given one, or balanced cuts of random spanning trees."""
    k = len(order.bands)
    if order.start is not None:
        return order.start.astype(np.int32)
    if k == 1:
        return np.zeros(len(order.graph.weight), dtype=np.int32)
    likeness = edge_likeness(order.graph, order.weights.homogeneity, order.weights.cohesion)
    limits = (float(order.bands[:, 0].mean()), float(order.bands[:, 1].mean()), 0.6)
    run = (0.2, 12, stream(order.seed, order.key, "start"))
    labels: LabelArray = balanced_start(order.graph, k, likeness, limits, run)
    return labels


def _cooled(
    order: SearchOrder, labels: LabelArray, sums: RegionSums, keep_going: Callable[[float], bool]
) -> LabelArray:
    graph, weights = order.graph, order.weights
    n, k = len(graph.weight), len(order.bands)
    state = stream(order.seed, order.key, "moves")
    free = weights._replace(penalty=0.0)
    fill_sums(graph, labels, sums, free)
    change = typical_change(graph, labels, sums, free, (min(20 * n, MEASURED), state)) or 1.0
    zone = (np.arange(n, dtype=np.int64), np.zeros(k, dtype=np.int64), 0)
    tries = max(1, int(TRIES_PER_NODE * n * order.effort) // ROUNDS)
    work = scratch(n)
    likeness = edge_likeness(graph, weights.homogeneity, weights.cohesion)
    best, best_energy = labels.copy(), _judged(order, labels, sums)
    for done in range(ROUNDS):
        fall = (COLD / HOT) ** (1.0 / ROUNDS)
        hot = HOT * order.heat * change * fall**done
        priced = weights._replace(penalty=weights.penalty * (1 + 9 * done / ROUNDS))
        fill_sums(graph, labels, sums, priced)
        run = (tries, EVERY, hot, hot * fall, state, THRESHOLDS)
        search_round(graph, labels, sums, priced, likeness, run, zone, work)
        energy = _judged(order, labels, sums)
        if energy < best_energy:
            best, best_energy = labels.copy(), energy
        if not keep_going((done + 1) / ROUNDS):
            break
    return best


def _judged(order: SearchOrder, labels: LabelArray, sums: RegionSums) -> tuple[float, float]:
    """Residents out of band first, energy second."""
    free = order.weights._replace(penalty=0.0)
    return round(float(total_excess(sums)), 6), float(part_energy(order.graph, labels, sums, free))


def _municipalities(graph: Any) -> int:
    return int(graph.municipality.max()) + 1 if len(graph.municipality) else 0
