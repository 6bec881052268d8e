"""Annealed moves of single blocks over the borders of regions: the heart of the search."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from regionalization.methods.random_numbers import THRESHOLDS, below, draw
from regionalization.methods.search_state import MEETING, RegionSums, SearchGraph, Weights, side_cost
from spatial.compiled import inlined, kernel
from spatial.connectivity import WORD, joined_by_links, stays_connected

_TABLE_MASK = len(THRESHOLDS) - 1


class Scratch(NamedTuple):
    """Work arrays of one search thread.

    queue, source, root, waiting (n,) int32, mark (n+1,) int64 of the connectivity search;
    place (n,) int64, −1 between uses
    """

    queue: Any
    mark: Any
    source: Any
    root: Any
    waiting: Any
    place: Any


def scratch(n: int) -> Scratch:
    """Fresh work arrays for n nodes."""
    queue, source, root, waiting = (np.zeros(n, dtype=np.int32) for _ in range(4))
    return Scratch(queue, np.zeros(n + 1, dtype=np.int64), source, root, waiting, np.full(n, -1, dtype=np.int64))


@inlined
def _border_shares(graph: SearchGraph, labels: Any, u: int, a: int, b: int) -> Any:
    """(metres to a, metres to b, cohesion to a minus to b, open neighbours in a as bits, their number)."""
    to_a, to_b, held = 0.0, 0.0, 0.0
    mask, count = np.uint64(0), 0
    start = graph.indptr[u]
    for e in range(start, graph.indptr[u + 1]):
        r = labels[graph.neighbour[e]]
        if r == a:
            to_a += graph.border_m[e]
            held += graph.cohesion[e]
            if graph.passable[e]:
                mask |= np.uint64(1) << np.uint64((e - start) & (WORD - 1))
                count += 1
        elif r == b:
            to_b += graph.border_m[e]
            held -= graph.cohesion[e]
    return to_a, to_b, held, mask, count


@inlined
def _side_terms(graph: SearchGraph, sums: RegionSums, weights: Weights, move: Any) -> Any:
    """Change of the terms that most searches do not use: municipality crossings, staying at home, known plans."""
    u, a, b = move
    change = 0.0
    m = graph.municipality[u]
    if m >= 0:
        change -= weights.crossing if sums.incidence[a, m] == 1 else 0.0
        change += weights.crossing if sums.incidence[b, m] == 0 else 0.0
    if graph.home[u] >= 0:
        change += graph.stay[u] if a == graph.home[u] else 0.0
        change -= graph.stay[u] if b == graph.home[u] else 0.0
    for q in range(sums.common.shape[1]):
        c = graph.known[u, q]
        more = sums.common[b, q, c] - sums.common[a, q, c] + graph.weight[u]
        change += 2.0 * graph.unlike[q] * graph.weight[u] * more
    return change


@inlined
def flip_costs(graph: SearchGraph, sums: RegionSums, weights: Weights, move: Any, shares: Any) -> Any:
    """New costs of regions a and b when node u goes from a to b (``move`` = (u, a, b))."""
    u, a, b = move
    to_a, to_b, _ = shares
    left, joined = 0.0, 0.0
    for c in range(graph.features.shape[1]):
        x = graph.features[u, c]
        left += (sums.features[a, c] - x) * (sums.features[a, c] - x)
        joined += (sums.features[b, c] + x) * (sums.features[b, c] + x)
    p, w, ground, around = graph.residents[u], graph.weight[u], graph.area[u], graph.perimeter[u]
    rest = (sums.residents[a] - p, sums.weight[a] - w, sums.area[a] - ground, sums.perimeter[a] - around + 2.0 * to_a)
    grown = (sums.residents[b] + p, sums.weight[b] + w, sums.area[b] + ground, sums.perimeter[b] + around - 2.0 * to_b)
    cost_a = side_cost(weights, (sums.minimum[a], sums.maximum[a]), rest, left)
    return cost_a, side_cost(weights, (sums.minimum[b], sums.maximum[b]), grown, joined)


@inlined
def move_node(graph: SearchGraph, labels: Any, sums: RegionSums, move: Any, effect: Any) -> None:
    """Carry out a move: labels and sums follow; ``effect`` = (metres to a, to b, new cost of a, of b)."""
    u, a, b = move
    to_a, to_b, cost_a, cost_b = effect
    sums.cost[a] = cost_a
    sums.cost[b] = cost_b
    labels[u] = b
    sums.residents[a] -= graph.residents[u]
    sums.residents[b] += graph.residents[u]
    sums.weight[a] -= graph.weight[u]
    sums.weight[b] += graph.weight[u]
    sums.nodes[a] -= 1
    sums.nodes[b] += 1
    sums.area[a] -= graph.area[u]
    sums.area[b] += graph.area[u]
    sums.perimeter[a] += 2.0 * to_a - graph.perimeter[u]
    sums.perimeter[b] += graph.perimeter[u] - 2.0 * to_b
    for c in range(graph.features.shape[1]):
        sums.features[a, c] -= graph.features[u, c]
        sums.features[b, c] += graph.features[u, c]
    if graph.municipality[u] >= 0:
        sums.incidence[a, graph.municipality[u]] -= 1
        sums.incidence[b, graph.municipality[u]] += 1
    for q in range(sums.common.shape[1]):
        sums.common[a, q, graph.known[u, q]] -= graph.weight[u]
        sums.common[b, q, graph.known[u, q]] += graph.weight[u]


@inlined
def may_leave(graph: SearchGraph, labels: Any, u: int, found: Any, work: Scratch) -> Any:
    """Does the region of u stay in one piece without u? ``found`` = (open neighbours as bits, their number)."""
    mask, count = found
    if count <= 1:
        return count == 1
    start = graph.indptr[u]
    if graph.indptr[u + 1] - start <= WORD and joined_by_links(mask, start, graph.links):
        return True
    lists = (graph.indptr, graph.neighbour, graph.passable)
    return stays_connected(u, lists, labels, (work.queue, work.mark, work.source, work.root, work.waiting))


@inlined
def _made(
    graph: SearchGraph, labels: Any, sums: RegionSums, weights: Weights, move: Any, allowed: float, work: Scratch
) -> Any:
    """Carry out the move (u, a, b) if energy rises by at most ``allowed`` and no rule breaks; was it made?"""
    u, a, b = move
    to_a, to_b, held, mask, count = _border_shares(graph, labels, u, a, b)
    if count == 0:
        return False
    cost_a, cost_b = flip_costs(graph, sums, weights, (u, a, b), (to_a, to_b, held))
    change = cost_a + cost_b - sums.cost[a] - sums.cost[b] + weights.cohesion * held
    change += _side_terms(graph, sums, weights, (u, a, b))
    for i in range(graph.apart.shape[1]):
        if graph.apart[u, i] >= 0:
            change += MEETING * ((labels[graph.apart[u, i]] == b) - (labels[graph.apart[u, i]] == a))
    if change > allowed:
        return False
    if not may_leave(graph, labels, u, (mask, count), work):
        return False
    move_node(graph, labels, sums, (u, a, b), (to_a, to_b, cost_a, cost_b))
    return True


@kernel
def anneal(
    graph: SearchGraph, labels: Any, sums: RegionSums, weights: Weights, run: Any, zone: Any, work: Scratch
) -> Any:
    """Try one random border of node after node and carry out the moves that pay, or pay little less.

    ``run`` = (tries, temperature, random state (1,) uint64, thresholds, place in the zone to begin at);
    ``zone`` = (nodes to try, zone of each region, own zone): only regions of the own zone are touched. Nodes are tried
    in their order, not at random: neighbours are then still near the processor, and the plans come out no worse.
    Returns the place to go on from.
    """
    tries, temperature, state, thresholds, at = run
    nodes, zone_of, own = zone
    for _ in range(tries):
        bits = draw(state)
        u = nodes[at]
        at = at + 1 if at + 1 < len(nodes) else 0
        start = graph.indptr[u]
        degree = np.uint64(graph.indptr[u + 1] - start)
        e = start + np.int64((((bits >> np.uint64(13)) & np.uint64(0x7FFFF)) * degree) >> np.uint64(19))
        a = labels[u]
        if degree == 0 or graph.frozen[u]:
            continue
        b = labels[graph.neighbour[e]]
        if a == b or not graph.passable[e] or zone_of[b] != own or sums.nodes[a] == 1:
            continue
        allowed = temperature * thresholds[np.int64(bits & np.uint64(_TABLE_MASK))]
        _made(graph, labels, sums, weights, (u, a, b), allowed, work)
    return at


@kernel
def descend(
    graph: SearchGraph, labels: Any, sums: RegionSums, weights: Weights, sweeps: int, zone: Any, work: Scratch
) -> int:
    """Carry out every single move that lowers the energy, block by block, until none is left or ``sweeps`` are done.

    Returns the number of moves made; ``zone`` as in ``anneal``.
    """
    nodes, zone_of, own = zone
    made = 0
    for _ in range(sweeps):
        before = made
        for u in nodes:
            if graph.frozen[u]:
                continue
            for e in range(graph.indptr[u], graph.indptr[u + 1]):
                a, b = labels[u], labels[graph.neighbour[e]]
                if a == b or not graph.passable[e] or zone_of[b] != own or sums.nodes[a] == 1:
                    continue
                if _made(graph, labels, sums, weights, (u, a, b), -1e-9, work):
                    made += 1
        if made == before:
            break
    return made


@kernel
def typical_change(graph: SearchGraph, labels: Any, sums: RegionSums, weights: Weights, run: Any) -> Any:
    """Mean size of the energy changes of random border moves, to set the temperature by; 0 without any.

    ``run`` = (tries, random state); ``weights`` without penalty, as the sums were filled with.
    """
    tries, state = run
    total, seen = 0.0, 0
    for _ in range(tries):
        u = below(state, len(labels))
        degree = graph.indptr[u + 1] - graph.indptr[u]
        if degree == 0 or graph.frozen[u]:
            continue
        e = graph.indptr[u] + below(state, degree)
        a, b = labels[u], labels[graph.neighbour[e]]
        if a == b or not graph.passable[e] or sums.nodes[a] == 1:
            continue
        to_a, to_b, held, _, _ = _border_shares(graph, labels, u, a, b)
        cost_a, cost_b = flip_costs(graph, sums, weights, (u, a, b), (to_a, to_b, held))
        change = cost_a + cost_b - sums.cost[a] - sums.cost[b] + weights.cohesion * held
        total += abs(change + _side_terms(graph, sums, weights, (u, a, b)))
        seen += 1
    return total / seen if seen else 0.0
