"""The arrays every search works on: one part of the county as a graph, and the running sums of its regions."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit


class SearchGraph(NamedTuple):
    """One part of the county in numbers; nodes are blocks, or blocks that must stay together.

    Attributes
    ----------
    indptr (n+1,), neighbour (2m,) : neighbour lists, closed borders included
    passable (2m,) bool : a region may go on over this border
    links (2m,) uint64 : see ``spatial.connectivity.neighbour_links``
    border_m (2m,), cohesion (2m,) : metres of border; metres × smaller residents per hectare
    residents, weight, area, perimeter (n,) float64 : residents as the search counts them; number of blocks
    features (n, f) : sums of the standardised features of the node's blocks
    municipality (n,) int32 : code, −1 where crossing costs nothing
    frozen (n,) bool : never moves
    home (n,) int32 : region it should stay in, −1 none; stay (n,) float64 : cost of leaving it
    apart (n, p) int32 : nodes it must not share a region with, −1 filled
    """

    indptr: Any
    neighbour: Any
    passable: Any
    links: Any
    border_m: Any
    cohesion: Any
    residents: Any
    weight: Any
    area: Any
    perimeter: Any
    features: Any
    municipality: Any
    frozen: Any
    home: Any
    stay: Any
    apart: Any


class RegionSums(NamedTuple):
    """Running sums of k regions, changed in place by every move; ``minimum``/``maximum`` are the bands."""

    residents: Any
    weight: Any
    nodes: Any
    area: Any
    perimeter: Any
    features: Any
    incidence: Any
    minimum: Any
    maximum: Any


class Weights(NamedTuple):
    """Prices of the energy in one currency (TSS/k).

    shape : per unit of perimeter/√(4π·area); cohesion : per metre × resident per hectare;
    crossing : per municipality incidence beyond need; penalty : per resident out of band;
    balance : per squared share of deviation from ``target``; homogeneity : 1, or 0 when features do not count
    """

    shape: float
    cohesion: float
    crossing: float
    penalty: float
    balance: float
    homogeneity: float
    target: float


def empty_sums(bands: Any, n_features: int, n_municipalities: int) -> RegionSums:
    """Sums of k regions without blocks; ``bands`` is (k, 2) minimum and maximum."""
    k = len(bands)
    limits = np.array(bands, dtype=np.float64).reshape(k, 2)
    return RegionSums(
        np.zeros(k),
        np.zeros(k),
        np.zeros(k, dtype=np.int64),
        np.zeros(k),
        np.zeros(k),
        np.zeros((k, n_features)),
        np.zeros((k, n_municipalities), dtype=np.int64),
        limits[:, 0].copy(),
        limits[:, 1].copy(),
    )


@njit(cache=True, nogil=True)
def fill_sums(graph: SearchGraph, labels: Any, sums: RegionSums) -> None:
    """Recompute the sums of all regions from the labels."""
    sums.residents[:] = 0.0
    sums.weight[:] = 0.0
    sums.nodes[:] = 0
    sums.area[:] = 0.0
    sums.perimeter[:] = 0.0
    sums.features[:] = 0.0
    sums.incidence[:] = 0
    for u in range(len(labels)):
        r = labels[u]
        sums.residents[r] += graph.residents[u]
        sums.weight[r] += graph.weight[u]
        sums.nodes[r] += 1
        sums.area[r] += graph.area[u]
        sums.perimeter[r] += graph.perimeter[u]
        for c in range(graph.features.shape[1]):
            sums.features[r, c] += graph.features[u, c]
        if graph.municipality[u] >= 0:
            sums.incidence[r, graph.municipality[u]] += 1
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            if labels[graph.neighbour[e]] == r:
                sums.perimeter[r] -= graph.border_m[e]


@njit(cache=True, nogil=True)
def excess(residents: float, minimum: float, maximum: float) -> float:
    """Residents missing to the minimum or above the maximum; 0 inside the band."""
    return max(minimum - residents, 0.0) + max(residents - maximum, 0.0)


@njit(cache=True, nogil=True)
def total_excess(sums: RegionSums) -> float:
    """Residents out of band over all regions."""
    total = 0.0
    for r in range(len(sums.residents)):
        total += excess(sums.residents[r], sums.minimum[r], sums.maximum[r])
    return total


@njit(cache=True, nogil=True)
def shape_cost(perimeter: float, area: float) -> Any:
    """Perimeter over that of a circle of the same area: 1 for a circle, larger for anything else."""
    if area <= 0.0:
        return 0.0
    return perimeter / np.sqrt(12.566370614359172 * area)


@njit(cache=True, nogil=True)
def region_energy(sums: RegionSums, weights: Weights, r: int) -> Any:
    """What region r costs, without its cut borders (its constant sum of squares left out)."""
    if sums.nodes[r] == 0:
        return 0.0
    square = 0.0
    for c in range(sums.features.shape[1]):
        square += sums.features[r, c] * sums.features[r, c]
    energy = weights.shape * shape_cost(sums.perimeter[r], sums.area[r])
    energy -= weights.homogeneity * square / sums.weight[r]
    energy += weights.penalty * excess(sums.residents[r], sums.minimum[r], sums.maximum[r])
    off = sums.residents[r] / weights.target - 1.0
    energy += weights.balance * off * off
    for m in range(sums.incidence.shape[1]):
        energy += weights.crossing if sums.incidence[r, m] > 0 else 0.0
    return energy


@njit(cache=True, nogil=True)
def part_energy(graph: SearchGraph, labels: Any, sums: RegionSums, weights: Weights) -> float:
    """Energy of the whole part from its sums; constant sum of squares left out."""
    energy = 0.0
    for r in range(len(sums.residents)):
        energy += region_energy(sums, weights, r)
    for u in range(len(labels)):
        if graph.home[u] >= 0 and labels[u] != graph.home[u]:
            energy += graph.stay[u]
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            v = graph.neighbour[e]
            if v > u and labels[v] != labels[u]:
                energy += weights.cohesion * graph.cohesion[e]
    return energy
