"""Every connected set of nodes whose residents lie in a band, with its cost: the columns of an exact search."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from regionalization.methods.search_state import SearchGraph, Weights, side_cost

_ONE = np.uint64(1)


class SetPool(NamedTuple):
    """Sets of nodes that regions are chosen from.

    Attributes
    ----------
    bits (q, words) uint64 : node i is in the set where bit i is set
    start (q+1,) int64, member int32 : the nodes of set q are ``member[start[q]:start[q + 1]]``, ascending
    costs (q,) : energy of each set as a region, finite
    """

    bits: Any
    start: Any
    member: Any
    costs: Any


def set_pool(bits: Any, costs: Any) -> SetPool:
    """The pool of the given sets; sets of infinite cost are left out.

    >>> pool = set_pool(np.array([[3], [4]], dtype=np.uint64), np.array([1.5, 2.5]))
    >>> pool.start.tolist(), pool.member.tolist()
    ([0, 2, 3], [0, 1, 2])
    """
    possible = np.isfinite(costs)
    if not possible.all():
        bits, costs = bits[possible], costs[possible]
    start, member = set_members(bits)
    return SetPool(bits, start, member, costs)


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
    (Wernicke 2006). Stops when ``most`` sets were found, or after 8·``most`` steps.
    """
    n, words = bits.shape
    low, high = band
    found = np.empty((most, words), dtype=np.uint64)
    inside = np.zeros((n + 1, words), dtype=np.uint64)
    waiting = np.zeros((n + 1, words), dtype=np.uint64)
    closed = np.zeros((n + 1, words), dtype=np.uint64)
    total = np.zeros(n + 1)
    count, steps = 0, 0
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
            u = lowest_bit(waiting[t])
            if u < 0:
                t -= 1
                continue
            word, bit = u >> 6, _ONE << np.uint64(u & 63)
            waiting[t, word] &= ~bit
            closed[t, word] |= bit
            if total[t] + residents[u] <= high:
                steps += 1
                if steps > 8 * most:
                    return found[:count], False
                inside[t + 1] = inside[t]
                inside[t + 1, word] |= bit
                closed[t + 1] = closed[t]
                waiting[t + 1] = (waiting[t] | bits[u]) & ~closed[t]
                total[t + 1], fresh = total[t] + residents[u], True
                t += 1
    return found[:count], True


@njit(cache=True, nogil=True)
def lowest_bit(words: Any) -> Any:
    """Position of the lowest bit set, −1 without any."""
    for w in range(len(words)):
        x = words[w]
        if x != np.uint64(0):
            u, width = 64 * w, 32
            while width > 0:
                if x & ((_ONE << np.uint64(width)) - _ONE) == np.uint64(0):
                    x >>= np.uint64(width)
                    u += width
                width >>= 1
            return u
    return -1


@njit(cache=True, nogil=True)
def set_members(bits: Any) -> Any:
    """(start (q+1,), member): the nodes of every set one after the other."""
    start = np.zeros(len(bits) + 1, dtype=np.int64)
    for q in range(len(bits)):
        size = 0
        for w in range(bits.shape[1]):
            x = bits[q, w]
            while x != np.uint64(0):
                x &= x - _ONE
                size += 1
        start[q + 1] = start[q] + size
    member = np.empty(start[-1], dtype=np.int32)
    for q in range(len(bits)):
        left = bits[q].copy()
        for i in range(start[q], start[q + 1]):
            u = lowest_bit(left)
            left[u >> 6] &= left[u >> 6] - _ONE
            member[i] = u
    return start, member


@njit(cache=True, nogil=True)
def set_costs(graph: SearchGraph, weights: Weights, sets: Any, nodes: Any, local: Any) -> Any:
    """(q,) energy of each set as a region: its own cost, its municipalities, and half the cohesion of its border;
    infinite where nodes that must be apart meet.
    """
    costs = np.empty(len(sets))
    features = np.empty(graph.features.shape[1])
    left = np.empty(sets.shape[1], dtype=np.uint64)
    for q in range(len(sets)):
        features[:] = 0.0
        residents, weight, area, perimeter, cut = 0.0, 0.0, 0.0, 0.0, 0.0
        left[:] = sets[q]
        i = lowest_bit(left)
        while i >= 0:
            left[i >> 6] &= left[i >> 6] - _ONE
            u = nodes[i]
            i = lowest_bit(left)
            residents += graph.residents[u]
            weight += graph.weight[u]
            area += graph.area[u]
            perimeter += graph.perimeter[u]
            for c in range(len(features)):
                features[c] += graph.features[u, c]
            for e in range(graph.indptr[u], graph.indptr[u + 1]):
                v = local[graph.neighbour[e]]
                if v >= 0 and (sets[q, v >> 6] >> np.uint64(v & 63)) & _ONE:
                    perimeter -= graph.border_m[e]
                else:
                    cut += graph.cohesion[e]
            cut += _meeting(graph, sets[q], u, local)
        square = 0.0
        for c in range(len(features)):
            square += features[c] * features[c]
        side = (residents, weight, area, perimeter)
        costs[q] = side_cost(weights, (0.0, 1e300), side, square) + 0.5 * weights.cohesion * cut
        if weights.crossing > 0.0:
            costs[q] += weights.crossing * _municipalities(graph, sets[q], nodes)
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
def _municipalities(graph: SearchGraph, members: Any, nodes: Any) -> int:
    """How many municipalities the nodes of a set lie in."""
    count = 0
    for i in range(len(nodes)):
        m = graph.municipality[nodes[i]]
        fresh = m >= 0 and (members[i >> 6] >> np.uint64(i & 63)) & _ONE
        for j in range(i if fresh else 0):
            if graph.municipality[nodes[j]] == m and (members[j >> 6] >> np.uint64(j & 63)) & _ONE:
                fresh = False
                break
        count += 1 if fresh else 0
    return count


@njit(cache=True, nogil=True)
def reduced_costs(pool: SetPool, prices: Any) -> Any:
    """(q,) cost of each set less the prices of its nodes and the price of a region, the last of ``prices`` (n+1,)."""
    reduced = pool.costs - prices[-1]
    for q in range(len(reduced)):
        for i in range(pool.start[q], pool.start[q + 1]):
            reduced[q] -= prices[pool.member[i]]
    return reduced


@njit(cache=True, nogil=True)
def cheapest_of_each(pool: SetPool, worth: Any, n: int, per: int) -> Any:
    """(n, per) positions of the sets of least ``worth`` (q,) that hold each node, best first; −1 for want of sets."""
    best, value = np.full((n, per), -1, dtype=np.int64), np.full((n, per), np.inf)
    for q in range(len(worth)):
        for i in range(pool.start[q], pool.start[q + 1]):
            u = pool.member[i]
            if worth[q] < value[u, per - 1]:
                at = per - 1
                while at > 0 and worth[q] < value[u, at - 1]:
                    value[u, at], best[u, at] = value[u, at - 1], best[u, at - 1]
                    at -= 1
                value[u, at], best[u, at] = worth[q], q
    return best
