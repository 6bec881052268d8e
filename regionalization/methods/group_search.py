"""Small regions: every group of a few neighbours is divided anew in the best possible way, until none improves."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from regionalization.methods.connected_sets import connected_sets, neighbour_bits, set_costs
from regionalization.methods.search_state import SearchGraph, Weights
from spatial.arrays import FloatArray, LabelArray

LARGEST = 150  # nodes of a part whose groups are searched
_GROUP_NODES = 24
_GROUP_REGIONS = 4
_MOST_SETS = 8_000
_BRANCHES = 200_000

Band = tuple[float, float]


def improve_groups(graph: SearchGraph, labels: LabelArray, bands: FloatArray, weights: Weights) -> LabelArray:
    """Labels in which no group of up to four neighbouring regions (24 nodes) can be divided at less energy.

    All bands must be equal; parts above 150 nodes, frozen nodes and prices for leaving home are left alone.
    """
    labels, k = labels.copy(), len(bands)
    plain = not (graph.frozen.any() or (graph.home >= 0).any() or weights.crossing > 0)
    if len(labels) > LARGEST or k < 2 or not plain:
        return labels
    band, free = (float(bands[0, 0]), float(bands[0, 1])), weights._replace(penalty=0.0)
    settled: set[tuple[tuple[int, ...], bytes]] = set()
    while True:
        changed = False
        for group in _groups(graph, labels, k):
            key = (group, np.isin(labels, group).tobytes())
            if key not in settled:
                settled.add(key)
                changed |= _divided_better(graph, labels, group, (band, free))
        if not changed:
            return labels


def _groups(graph: SearchGraph, labels: LabelArray, k: int) -> list[tuple[int, ...]]:
    """Connected groups of regions within the limits that are not part of a larger one listed."""
    source = np.repeat(labels, np.diff(graph.indptr))
    target = labels[graph.neighbour]
    pairs = np.unique(np.stack([source, target], axis=1)[graph.passable & (source != target)], axis=0)
    beside: list[list[int]] = [pairs[pairs[:, 0] == r, 1].tolist() for r in range(k)]
    size = np.bincount(labels, minlength=k)
    level: set[tuple[int, ...]] = {(r,) for r in range(k)}
    full: list[tuple[int, ...]] = []
    for _ in range(_GROUP_REGIONS - 1):
        grown: set[tuple[int, ...]] = set()
        for group in level:
            wider = {tuple(sorted({*group, r})) for member in group for r in beside[member] if r not in group}
            fitting = {g for g in wider if size[list(g)].sum() <= _GROUP_NODES}
            grown |= fitting
            if not fitting and len(group) > 1:
                full.append(group)
        level = grown
    return sorted({*full, *(group for group in level if len(group) > 1)})


def _divided_better(
    graph: SearchGraph, labels: LabelArray, group: tuple[int, ...], prices: tuple[Band, Weights]
) -> bool:
    band, weights = prices
    nodes = np.flatnonzero(np.isin(labels, group))
    local = np.full(len(labels), -1, dtype=np.int64)
    local[nodes] = np.arange(len(nodes))
    bits = neighbour_bits(graph, local, len(nodes))
    sets, complete = connected_sets(bits, graph.residents[nodes], band, _MOST_SETS)
    if not complete or len(sets) < len(group):
        return False
    costs = set_costs(graph, weights, sets, nodes, local)
    now = np.array([_bits_of(local[np.flatnonzero(labels == r)]) for r in group], dtype=np.uint64)[:, None]
    residents = np.bincount(labels, weights=graph.residents)[list(group)]
    in_band = bool(((residents >= band[0]) & (residents <= band[1])).all())
    known = float(set_costs(graph, weights, now, nodes, local).sum()) if in_band else np.inf
    chosen = best_cover(sets[:, 0], costs, (len(nodes), len(group), min(known - 1e-9 * abs(known), 1e300), _BRANCHES))
    if chosen[0] < 0:
        return False
    for region, q in zip(group, chosen, strict=True):
        at = np.arange(len(nodes), dtype=np.uint64)
        labels[nodes[(sets[q, 0] >> at) & np.uint64(1) == 1]] = region
    return True


def _bits_of(positions: Any) -> int:
    return sum(1 << int(p) for p in positions)


@njit(cache=True, nogil=True)
def _by_lowest(sets: Any, costs: Any, n: int) -> Any:
    """(order of the sets by lowest node and cost, start of each node in it (n+1,), cheapest share of each node)."""
    one = np.uint64(1)
    cheap, lowest = np.argsort(costs), np.zeros(len(sets), dtype=np.int64)
    share, start = np.full(n, 1e300), np.zeros(n + 2, dtype=np.int64)
    for q in range(len(sets)):
        size, first = 0, -1
        for i in range(n):
            if (sets[q] >> np.uint64(i)) & one:
                first = i if first < 0 else first
                size += 1
        lowest[q] = first
        start[first + 1] += 1
        for i in range(n):
            if (sets[q] >> np.uint64(i)) & one:
                share[i] = min(share[i], costs[q] / size)
    for i in range(n):
        start[i + 1] += start[i]
    order, fill = np.empty(len(sets), dtype=np.int64), start.copy()
    for q in cheap:
        order[fill[lowest[q]]] = q
        fill[lowest[q]] += 1
    return order, start, share


@njit(cache=True, nogil=True)
def best_cover(sets: Any, costs: Any, wanted: Any) -> Any:
    """Positions of the cheapest ``k`` sets that hold each of n ≤ 63 nodes once; −1s where none beats the limit.

    ``wanted`` = (n, k, cost to beat, most branches). Depth first over the lowest node not yet held, cheap sets first,
    bounded by the cheapest share of every open node.
    """
    n, k, limit, branches = wanted
    one = np.uint64(1)
    order, start, share = _by_lowest(sets, costs, n)
    best, chosen, at = np.full(k, -1, dtype=np.int64), np.full(k, -1, dtype=np.int64), np.zeros(k, dtype=np.int64)
    held, cost, node = np.zeros(k + 1, dtype=np.uint64), np.zeros(k + 1), np.zeros(k + 1, dtype=np.int64)
    open_share, everything, t = np.zeros(k + 1), (one << np.uint64(n)) - one, 0
    open_share[0] = share.sum()
    while t >= 0 and branches > 0:
        if at[t] == start[node[t] + 1]:
            t -= 1
            continue
        q = order[at[t]]
        at[t] += 1
        branches -= 1
        if cost[t] + costs[q] >= limit:
            at[t] = start[node[t] + 1]
            continue
        if sets[q] & held[t]:
            continue
        now, rest, lowest = held[t] | sets[q], open_share[t], n
        for i in range(n - 1, -1, -1):
            rest -= share[i] if (sets[q] >> np.uint64(i)) & one else 0.0
            lowest = lowest if (now >> np.uint64(i)) & one else i
        if cost[t] + costs[q] + rest >= limit - 1e-12 or (t + 1 == k) != (now == everything):
            continue
        chosen[t] = q
        if t + 1 == k:
            limit = cost[t] + costs[q]
            best[:] = chosen
            continue
        t += 1
        held[t], cost[t], open_share[t], node[t], at[t] = now, cost[t - 1] + costs[q], rest, lowest, start[lowest]
    return best
