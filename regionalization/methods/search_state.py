"""The arrays every search works on: one part of the county as a graph, and the running sums of its regions."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from spatial.compiled import inlined, kernel

MEETING = 1e9  # energy of two nodes that must be apart in one region; dearer than anything else


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
    apart (n, p) int64 : nodes it must not share a region with, −1 filled
    centroid (n, 2) float64 : metres, to divide large parts among threads
    known (n, q) int32 : region 0… of each node in q plans that the search should differ from
    unlike (q,) float64 : price of two blocks (in either order, so twice a pair) that such a plan holds together too
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
    centroid: Any
    known: Any
    unlike: Any


class RegionSums(NamedTuple):
    """Running sums of k regions, changed in place by every move.

    ``minimum``/``maximum`` are the bands, ``cost`` the energy of each region without its cut borders,
    ``common`` (k, q, c) the blocks that a region shares with each region of each known plan
    """

    residents: Any
    weight: Any
    nodes: Any
    area: Any
    perimeter: Any
    features: Any
    incidence: Any
    common: Any
    minimum: Any
    maximum: Any
    cost: Any


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


def sums_for(graph: SearchGraph, bands: Any) -> RegionSums:
    """Sums of k regions without blocks, of the size the graph asks for; ``bands`` is (k, 2) minimum and maximum."""
    municipalities = int(graph.municipality.max()) + 1 if len(graph.municipality) else 0
    known = (graph.known.shape[1], int(graph.known.max()) + 1 if graph.known.size else 0)
    return empty_sums(bands, graph.features.shape[1], municipalities, known)


def empty_sums(bands: Any, n_features: int, n_municipalities: int, known: tuple[int, int] = (0, 0)) -> RegionSums:
    """Sums of k regions without blocks; ``known`` = (plans to differ from, most regions of one of them)."""
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
        np.zeros((k, *known)),
        limits[:, 0].copy(),
        limits[:, 1].copy(),
        np.zeros(k),
    )


@kernel
def clear_region(sums: RegionSums, r: int) -> None:
    """Take everything out of region r."""
    sums.residents[r] = 0.0
    sums.weight[r] = 0.0
    sums.nodes[r] = 0
    sums.area[r] = 0.0
    sums.perimeter[r] = 0.0
    for c in range(sums.features.shape[1]):
        sums.features[r, c] = 0.0
    for m in range(sums.incidence.shape[1]):
        sums.incidence[r, m] = 0
    for q in range(sums.common.shape[1]):
        for c in range(sums.common.shape[2]):
            sums.common[r, q, c] = 0.0


@inlined
def add_node(graph: SearchGraph, labels: Any, sums: RegionSums, u: int) -> None:
    """Count node u into the region of its label; its inner borders are halved between both ends.

    Inlined, because handing the whole graph over for every node took ten times as long as counting.
    """
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
    for q in range(sums.common.shape[1]):
        sums.common[r, q, graph.known[u, q]] += graph.weight[u]
    for e in range(graph.indptr[u], graph.indptr[u + 1]):
        if labels[graph.neighbour[e]] == r:
            sums.perimeter[r] -= graph.border_m[e]


@kernel
def fill_sums(graph: SearchGraph, labels: Any, sums: RegionSums, weights: Weights) -> None:
    """Recompute the sums and costs of all regions from the labels."""
    for r in range(len(sums.nodes)):
        clear_region(sums, r)
    for u in range(len(labels)):
        add_node(graph, labels, sums, u)
    for r in range(len(sums.nodes)):
        sums.cost[r] = region_cost(sums, weights, r)


@inlined
def excess(residents: float, minimum: float, maximum: float) -> float:
    """Residents missing to the minimum or above the maximum; 0 inside the band."""
    return max(minimum - residents, 0.0) + max(residents - maximum, 0.0)


@kernel
def meetings(graph: SearchGraph, labels: Any, u: int) -> int:
    """How many nodes that must be apart from u share its region."""
    count = 0
    for i in range(graph.apart.shape[1]):
        if graph.apart[u, i] >= 0 and labels[graph.apart[u, i]] == labels[u]:
            count += 1
    return count


@kernel
def total_trouble(graph: SearchGraph, labels: Any, sums: RegionSums) -> float:
    """Residents out of band, and a very large number for every two nodes that should be apart."""
    met = 0
    if graph.apart.shape[1] > 0:
        for u in range(len(labels)):
            met += meetings(graph, labels, u)
    return total_excess(sums) + MEETING * met


@kernel
def total_excess(sums: RegionSums) -> float:
    """Residents out of band over all regions."""
    total = 0.0
    for r in range(len(sums.residents)):
        total += excess(sums.residents[r], sums.minimum[r], sums.maximum[r])
    return total


@inlined
def shape_cost(perimeter: float, area: float) -> Any:
    """Perimeter over that of a circle of the same area: 1 for a circle, larger for anything else."""
    if area <= 0.0:
        return 0.0
    return perimeter / np.sqrt(12.566370614359172 * area)


@inlined
def side_cost(weights: Weights, limits: Any, side: Any, square: float) -> Any:
    """Energy of one region without its cut borders and crossings (its constant sum of squares left out).

    ``limits`` = (minimum, maximum); ``side`` = (residents, weight, area, perimeter); ``square`` = |feature sums|²
    """
    residents, weight, area, perimeter = side
    off = residents / weights.target - 1.0
    cost = weights.shape * shape_cost(perimeter, area) - weights.homogeneity * square / weight
    return cost + weights.penalty * excess(residents, limits[0], limits[1]) + weights.balance * off * off


@kernel
def region_cost(sums: RegionSums, weights: Weights, r: int) -> Any:
    """``side_cost`` of region r from its sums; 0 for an empty region."""
    if sums.nodes[r] == 0:
        return 0.0
    square = 0.0
    for c in range(sums.features.shape[1]):
        square += sums.features[r, c] * sums.features[r, c]
    side = (sums.residents[r], sums.weight[r], sums.area[r], sums.perimeter[r])
    return side_cost(weights, (sums.minimum[r], sums.maximum[r]), side, square)


@kernel
def crossing_cost(sums: RegionSums, weights: Weights, r: int) -> Any:
    """Price of the municipalities region r touches."""
    cost = 0.0
    for m in range(sums.incidence.shape[1]):
        cost += weights.crossing if sums.incidence[r, m] > 0 else 0.0
    return cost


@kernel
def likeness_cost(graph: SearchGraph, sums: RegionSums, r: int) -> Any:
    """Price of the blocks that region r and a region of a known plan both hold together."""
    cost = 0.0
    for q in range(sums.common.shape[1]):
        for c in range(sums.common.shape[2]):
            cost += graph.unlike[q] * sums.common[r, q, c] * sums.common[r, q, c]
    return cost


@kernel
def part_energy(graph: SearchGraph, labels: Any, sums: RegionSums, weights: Weights) -> float:
    """Energy of the whole part from its sums; constant sum of squares left out."""
    energy = 0.0
    for r in range(len(sums.residents)):
        energy += region_cost(sums, weights, r) + crossing_cost(sums, weights, r) + likeness_cost(graph, sums, r)
    for u in range(len(labels)):
        energy += MEETING * meetings(graph, labels, u)
        if graph.home[u] >= 0 and labels[u] != graph.home[u]:
            energy += graph.stay[u]
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            v = graph.neighbour[e]
            if v > u and labels[v] != labels[u]:
                energy += weights.cohesion * graph.cohesion[e]
    return energy
