"""Every connected set of nodes whose residents lie in a band, with its cost: the columns of an exact search."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from regionalization.methods.search_state import SearchGraph, Weights, side_cost

_ONE = np.uint64(1)


@njit(cache=True, nogil=True)
def neighbour_bits(graph: SearchGraph, local: Any, count: int) -> Any:
    """(count, words) uint64: open neighbours of each chosen node as bits; ``local`` (n,) is −1 for others."""
    bits = np.zeros((count, (count + 63) // 64), dtype=np.uint64)
    for u in range(len(local)):
        if local[u] < 0:
            continue
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            v = local[graph.neighbour[e]]
            if v >= 0 and graph.passable[e]:
                bits[local[u], v >> 6] |= _ONE << np.uint64(v & 63)
    return bits


@njit(cache=True, nogil=True)
def connected_sets(bits: Any, residents: Any, band: Any, most: int) -> Any:
    """All connected sets with residents in the band: ((q, words) uint64, True when none was left out).

    Enumeration without doubles: every set is grown from its smallest member, each candidate is taken or left once
    (Wernicke 2006). Stops when ``most`` sets were found.
    """
    n, words = bits.shape
    low, high = band
    found = np.zeros((most, words), dtype=np.uint64)
    inside = np.zeros((n + 1, words), dtype=np.uint64)
    waiting = np.zeros((n + 1, words), dtype=np.uint64)
    closed = np.zeros((n + 1, words), dtype=np.uint64)
    total = np.zeros(n + 1)
    count = 0
    for v in range(n):
        inside[0] = np.uint64(0)
        closed[0] = np.uint64(0)
        inside[0, v >> 6] = _ONE << np.uint64(v & 63)
        for u in range(v + 1):
            closed[0, u >> 6] |= _ONE << np.uint64(u & 63)
        waiting[0] = bits[v] & ~closed[0]
        total[0], t, fresh = residents[v], 0, True
        while t >= 0 and residents[v] <= high:
            if fresh and total[t] >= low:
                if count == most:
                    return found, False
                found[count] = inside[t]
                count += 1
            fresh = False
            u = _lowest_bit(waiting[t])
            if u < 0:
                t -= 1
                continue
            word, bit = u >> 6, _ONE << np.uint64(u & 63)
            waiting[t, word] &= ~bit
            closed[t, word] |= bit
            if total[t] + residents[u] <= high:
                inside[t + 1] = inside[t]
                inside[t + 1, word] |= bit
                closed[t + 1] = closed[t]
                waiting[t + 1] = (waiting[t] | bits[u]) & ~closed[t]
                total[t + 1], fresh = total[t] + residents[u], True
                t += 1
    return found[:count], True


@njit(cache=True, nogil=True)
def _lowest_bit(words: Any) -> Any:
    """Position of the lowest bit set, −1 without any."""
    for w in range(len(words)):
        if words[w] != np.uint64(0):
            bit, u = words[w] & (~words[w] + _ONE), 64 * w
            while bit > _ONE:
                bit >>= _ONE
                u += 1
            return u
    return -1


@njit(cache=True, nogil=True)
def set_costs(graph: SearchGraph, weights: Weights, sets: Any, nodes: Any, local: Any) -> Any:
    """(q,) energy of each set as a region: its own cost and half the cohesion of its border; infinite where nodes
    that must be apart meet.
    """
    costs = np.empty(len(sets))
    features = np.empty(graph.features.shape[1])
    for q in range(len(sets)):
        features[:] = 0.0
        residents, weight, area, perimeter, cut = 0.0, 0.0, 0.0, 0.0, 0.0
        left = sets[q].copy()
        i = _lowest_bit(left)
        while i >= 0:
            left[i >> 6] &= left[i >> 6] - _ONE
            u = nodes[i]
            i = _lowest_bit(left)
            residents += graph.residents[u]
            weight += graph.weight[u]
            area += graph.area[u]
            perimeter += graph.perimeter[u]
            features += graph.features[u]
            for e in range(graph.indptr[u], graph.indptr[u + 1]):
                v = local[graph.neighbour[e]]
                if v >= 0 and (sets[q, v >> 6] >> np.uint64(v & 63)) & _ONE:
                    perimeter -= graph.border_m[e]
                else:
                    cut += graph.cohesion[e]
            cut += _meeting(graph, sets[q], u, local)
        side = (residents, weight, area, perimeter)
        costs[q] = side_cost(weights, (0.0, 1e300), side, (features * features).sum()) + 0.5 * weights.cohesion * cut
        if cut >= 1e290:
            costs[q] = np.inf
    return costs


@njit(cache=True, nogil=True)
def _meeting(graph: SearchGraph, members: Any, u: Any, local: Any) -> Any:
    """1e300 when a node that must be apart from u is in the set, else 0."""
    for i in range(graph.apart.shape[1]):
        if graph.apart[u, i] >= 0:
            v = local[graph.apart[u, i]]
            if v >= 0 and (members[v >> 6] >> np.uint64(v & 63)) & _ONE:
                return 1e300
    return 0.0


@njit(cache=True, nogil=True)
def price_sums(sets: Any, prices: Any) -> Any:
    """(q,) sum of node prices over each set."""
    sums = np.zeros(len(sets))
    for q in range(len(sets)):
        for i in range(len(prices)):
            if (sets[q, i >> 6] >> np.uint64(i & 63)) & _ONE:
                sums[q] += prices[i]
    return sums
