"""Exact search of small parts and exact mending of a few neighbouring regions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from regionalization.methods.connected_sets import (
    SetPool,
    connected_sets,
    neighbour_bits,
    reduced_costs,
    set_costs,
    set_pool,
)
from regionalization.methods.partitioning import BRANCHES, Partitioning, Status, best_partition
from regionalization.methods.search_state import SearchGraph, Weights, empty_sums, fill_sums, part_energy
from regionalization.methods.set_model import Going
from spatial.arrays import FloatArray, IntArray, LabelArray

LARGEST = 120  # nodes of a part that the exact mode takes on
MOST_SETS = 1_500_000


def _always() -> bool:
    return True


class Limits(NamedTuple):
    """How far a proof may go: most connected sets, most branches, and a question whether to go on."""

    sets: int = MOST_SETS
    branches: int = BRANCHES
    going: Going = _always


@dataclass(frozen=True, eq=False)
class ExactResult:
    """What is proven about a part.

    Attributes
    ----------
    status : ``"optimal"``, ``"infeasible"``, or ``"unknown"`` where a limit was reached or somebody asked to stop
    labels : the best division found in the band, None without any
    bound : no division in the band has less energy (constant part left out); −∞ where nothing is known
    """

    status: Status
    labels: LabelArray | None
    bound: float


def solve_exactly(
    graph: SearchGraph,
    bands: FloatArray,
    weights: Weights,
    *,
    known: LabelArray | None,
    limits: Limits = Limits(),  # noqa: B008
) -> ExactResult:
    """The best division into len(bands) connected regions that all lie in the band, or the proof that none exists.

    Parameters
    ----------
    bands : (k, 2), all equal
    known : an in-band division to narrow the search by, None without any
    limits : the same limits give the same result on any machine

    Prices for leaving home are not part of a set's cost: parts that have any are answered with ``"unknown"``.
    """
    if (graph.home >= 0).any():
        return ExactResult("unknown", None, -np.inf)
    nodes = np.arange(len(graph.weight), dtype=np.int64)
    free = weights._replace(penalty=0.0)
    upper = energy_of(graph, known, bands, free) if known is not None else np.inf
    return divided(graph, nodes, (bands[0, 0], bands[0, 1], len(bands)), free, (limits, upper))


def divided(
    graph: SearchGraph,
    nodes: IntArray,
    wanted: tuple[float, float, int],
    weights: Weights,
    limits: tuple[Limits, float],
) -> ExactResult:
    """The best division of some ``nodes`` into ``wanted`` = (minimum, maximum, count) regions.

    ``limits`` = (how far a proof may go, cost of a known division, infinite without any). The labels are those of the
    nodes in their order.
    """
    low, high, k = wanted
    most, known = limits
    local = np.full(len(graph.weight), -1, dtype=np.int64)
    local[nodes] = np.arange(len(nodes))
    bits = neighbour_bits(graph, local, len(nodes))
    sets, complete = connected_sets(bits, graph.residents[nodes], (float(low), float(high)), most.sets)
    if not complete:
        return ExactResult("unknown", None, -np.inf)
    apart = _apart(graph, nodes, weights)
    pool = set_pool(sets, set_costs(graph, weights, sets, nodes, local))
    pool = pool._replace(costs=reduced_costs(pool, np.append(-apart, 0.0)))
    known = known + float(apart.sum())
    found = best_partition(pool, (len(nodes), k), known=known, branches=most.branches, going=most.going)
    return ExactResult(found.status, _labels(pool, found, len(nodes)), found.bound - float(apart.sum()))


def _apart(graph: SearchGraph, nodes: IntArray, weights: Weights) -> FloatArray:
    """Sum of squares each node would save as a region of its own; with it no set costs less than nothing."""
    squares: FloatArray = weights.homogeneity * (graph.features[nodes] ** 2).sum(axis=1) / graph.weight[nodes]
    return squares


def _labels(pool: SetPool, found: Partitioning, n: int) -> LabelArray | None:
    """The chosen sets as labels 0…k−1 of the nodes."""
    if len(found.chosen) == 0:
        return None
    labels = np.zeros(n, dtype=np.int32)
    for r, q in enumerate(found.chosen):
        labels[pool.member[pool.start[q] : pool.start[q + 1]]] = r
    return labels


def energy_of(graph: SearchGraph, labels: LabelArray, bands: FloatArray, weights: Weights) -> float:
    """Energy of a division without the price of the band, constant sum of squares left out."""
    free = weights._replace(penalty=0.0)
    codes = int(graph.municipality.max()) + 1 if len(graph.municipality) else 0
    sums = empty_sums(bands, graph.features.shape[1], codes)
    fill_sums(graph, labels, sums, free)
    return float(part_energy(graph, labels, sums, free))
