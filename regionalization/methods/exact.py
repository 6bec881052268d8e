"""Exact search of small parts and exact mending of a few neighbouring regions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from regionalization.methods.connected_sets import connected_sets, neighbour_bits, set_costs
from regionalization.methods.partitioning import Status, partition_by_sets
from regionalization.methods.search_state import SearchGraph, Weights, empty_sums, fill_sums, part_energy
from spatial.arrays import FloatArray, IntArray, LabelArray

LARGEST = 120  # nodes of a part that the exact mode takes on
MOST_SETS = 1_500_000
_MENDING_SETS = 60_000
_MENDING_NODES = 90
_GROUPS = 40  # groups of neighbouring regions tried per region out of the band


@dataclass(frozen=True, eq=False)
class ExactResult:
    """Status, the labels where there are any, and the proven bound of the energy (constant part left out)."""

    status: Status
    labels: LabelArray | None
    bound: float


def solve_exactly(graph: SearchGraph, bands: FloatArray, weights: Weights, known: LabelArray | None) -> ExactResult:
    """The best division into len(bands) connected regions that all lie in the band, or the proof that none exists.

    ``known`` is an in-band division to narrow the search by. All bands must be equal. ``"unknown"`` where there are
    more than 1.5 million connected sets in the band.
    """
    nodes = np.arange(len(graph.weight), dtype=np.int64)
    free = weights._replace(penalty=0.0)
    upper = _energy(graph, known, bands, free) if known is not None else None
    return _divided(graph, nodes, (bands[0, 0], bands[0, 1], len(bands)), free, (MOST_SETS, upper))


def _divided(
    graph: SearchGraph,
    nodes: IntArray,
    wanted: tuple[float, float, int],
    weights: Weights,
    limits: tuple[int, float | None],
) -> ExactResult:
    """``nodes`` into ``wanted`` = (minimum, maximum, count) regions; ``limits`` = (most sets, known cost)."""
    low, high, k = wanted
    local = np.full(len(graph.weight), -1, dtype=np.int64)
    local[nodes] = np.arange(len(nodes))
    bits = neighbour_bits(graph, local, len(nodes))
    sets, complete = connected_sets(bits, graph.residents[nodes], (float(low), float(high)), limits[0])
    if not complete:
        return ExactResult("unknown", None, -np.inf)
    costs = set_costs(graph, weights, sets, nodes, local)
    sets, costs = sets[np.isfinite(costs)], costs[np.isfinite(costs)]
    result = partition_by_sets(sets, costs, len(nodes), k, limits[1])
    if result.status != "optimal":
        return ExactResult(result.status, None, result.bound)
    labels = np.zeros(len(nodes), dtype=np.int32)
    for r, q in enumerate(result.chosen):
        at = np.arange(len(nodes))
        labels[(sets[q, at >> 6] >> (at & 63).astype(np.uint64)) & np.uint64(1) == 1] = r
    return ExactResult("optimal", labels, result.bound)


def _energy(graph: SearchGraph, labels: LabelArray, bands: FloatArray, weights: Weights) -> float:
    sums = empty_sums(bands, graph.features.shape[1], 0)
    plain = graph._replace(
        municipality=np.full(len(labels), -1, dtype=np.int32), home=np.full(len(labels), -1, np.int32)
    )
    fill_sums(plain, labels, sums, weights)
    return float(part_energy(plain, labels, sums, weights))


def mend_exactly(graph: SearchGraph, labels: LabelArray, bands: FloatArray, weights: Weights) -> LabelArray:
    """Divide groups of two to five neighbouring regions exactly until no region is out of the band, where possible.

    All bands must be equal; groups with frozen nodes or too many connected sets are left alone.
    """
    labels = labels.copy()
    free, k = weights._replace(penalty=0.0), len(bands)
    low, high = float(bands[0, 0]), float(bands[0, 1])
    for region in _out(graph, labels, k, low, high):
        for group in _neighbouring(graph, labels, region, k):
            residents = np.bincount(labels, weights=graph.residents, minlength=k)
            total = residents[group].sum()
            if low <= residents[region] <= high:
                break
            nodes = np.flatnonzero(np.isin(labels, group))
            possible = len(group) * low <= total <= len(group) * high and len(nodes) <= _MENDING_NODES
            if not possible or graph.frozen[nodes].any():
                continue
            found = _divided(graph, nodes, (low, high, len(group)), free, (_MENDING_SETS, None))
            if found.labels is not None:
                labels[nodes] = np.array(group, dtype=np.int32)[found.labels]
                break
    return labels


def _out(graph: SearchGraph, labels: LabelArray, k: int, low: float, high: float) -> list[int]:
    residents = np.bincount(labels, weights=graph.residents, minlength=k)
    return [int(r) for r in np.flatnonzero((residents < low) | (residents > high))]


def _neighbouring(graph: SearchGraph, labels: LabelArray, region: int, k: int) -> Iterable[list[int]]:
    """Connected groups of regions that hold ``region``, small ones first."""
    source = np.repeat(labels, np.diff(graph.indptr))
    target = labels[graph.neighbour]
    touching = np.unique(np.stack([source, target], axis=1)[graph.passable & (source != target)], axis=0)
    beside = [touching[touching[:, 0] == r, 1].tolist() for r in range(k)]
    level, tried = [(region,)], 0
    while level and tried < _GROUPS:
        grown = {tuple(sorted({*group, r})) for group in level for member in group for r in beside[member]}
        level = (
            sorted(group for group in grown if len(group) == len(level[0]) + 1)[:_GROUPS] if len(level[0]) < 5 else []
        )
        for group in level:
            tried += 1
            yield list(group)
