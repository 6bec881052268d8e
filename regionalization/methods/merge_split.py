"""Merge two neighbouring regions and divide them anew along the best cut of a random tree."""

from __future__ import annotations

from typing import Any

import numpy as np

from regionalization.methods.flips import Scratch, anneal
from regionalization.methods.random_numbers import below, draw
from regionalization.methods.search_state import (
    MEETING,
    RegionSums,
    SearchGraph,
    Weights,
    add_node,
    clear_region,
    crossing_cost,
    excess,
    likeness_cost,
    meetings,
    region_cost,
    side_cost,
    total_trouble,
)
from regionalization.methods.tree_cuts import add_upwards, spanning_tree, subtree_sizes
from spatial.compiled import inlined, kernel, maker

_LARGEST = 4000  # nodes; pairs above are left to single moves


@kernel
def _union(graph: SearchGraph, labels: Any, u: int, b: int, work: Scratch) -> Any:
    """How many nodes the region of u and region b have, found over open borders into ``work.queue``; 0 where frozen."""
    a, n = labels[u], len(labels)
    queue, mark = work.queue, work.mark
    mark[n] += 2
    stamp = mark[n]
    queue[0], mark[u], head, tail = u, stamp, 0, 1
    while head < tail:
        v = queue[head]
        head += 1
        if graph.frozen[v] or tail > _LARGEST:
            return 0
        for e in range(graph.indptr[v], graph.indptr[v + 1]):
            w = graph.neighbour[e]
            if mark[w] != stamp and graph.passable[e] and (labels[w] == a or labels[w] == b):
                mark[w] = stamp
                queue[tail] = w
                tail += 1
    return tail


@maker
def _cut_tables(graph: SearchGraph, nodes: Any, tree: Any, work: Scratch) -> Any:
    """Sums over the subtree at each visit position: (numbers (s, 7), features (s, f)).

    Columns: residents, weight, area, perimeter, metres to the union, metres inside, cohesion across the cut.
    """
    s = len(tree[0])
    numbers, features = np.zeros((s, 7)), np.zeros((s, graph.features.shape[1]))
    _fill_tables(graph, nodes, tree, (numbers, features, subtree_sizes(tree[1]), np.zeros(s, dtype=np.int64)), work)
    return numbers, features


@inlined
def _lowest_common(above: Any, sizes: Any, depth: Any, i: Any, j: Any) -> Any:
    """Lowest position above both i < j; a subtree is a run of the visit order, and the shorter way up is taken."""
    p = i
    if depth[i] < depth[j]:
        while j >= p + sizes[p]:
            p = above[p]
    else:
        p = j
        while p > i:
            p = above[p]
    return p


@kernel
def _fill_tables(graph: SearchGraph, nodes: Any, tree: Any, tables: Any, work: Scratch) -> None:
    visit, above = tree
    numbers, features, sizes, depth = tables
    s, f = len(visit), features.shape[1]
    place = work.place
    for i in range(s):
        place[nodes[visit[i]]] = i
        depth[i] = depth[above[i]] + 1 if i > 0 else 0
    for i in range(s):
        u = nodes[visit[i]]
        numbers[i, 0] += graph.residents[u]
        numbers[i, 1] += graph.weight[u]
        numbers[i, 2] += graph.area[u]
        numbers[i, 3] += graph.perimeter[u]
        for c in range(f):
            features[i, c] = graph.features[u, c]
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            j = place[graph.neighbour[e]]
            if j > i:
                p = _lowest_common(above, sizes, depth, i, j)
                numbers[i, 4] += graph.border_m[e]
                numbers[j, 4] += graph.border_m[e]
                numbers[p, 5] += graph.border_m[e]
                numbers[i, 6] += graph.cohesion[e]
                numbers[j, 6] += graph.cohesion[e]
                numbers[p, 6] -= 2.0 * graph.cohesion[e]
    for i in range(s):
        place[nodes[visit[i]]] = -1
    add_upwards(above, numbers)
    add_upwards(above, features)


@kernel
def _best_cut(weights: Weights, tables: Any, limits: Any) -> Any:
    """(visit position whose subtree is one side, energy of both sides and of the cut)."""
    numbers, features = tables
    best_at, best_energy = -1, 1e300
    for i in range(1, len(numbers)):
        residents = numbers[0, 0] - numbers[i, 0]
        inner, across = numbers[i, 5], numbers[i, 4] - 2.0 * numbers[i, 5]
        square, other = 0.0, 0.0
        for c in range(features.shape[1]):
            square += features[i, c] * features[i, c]
            rest = features[0, c] - features[i, c]
            other += rest * rest
        side = (numbers[i, 0], numbers[i, 1], numbers[i, 2], numbers[i, 3] - 2.0 * inner)
        around = numbers[0, 3] - numbers[i, 3] - 2.0 * (numbers[0, 5] - inner - across)
        opposite = (residents, numbers[0, 1] - numbers[i, 1], numbers[0, 2] - numbers[i, 2], around)
        energy = side_cost(weights, limits, side, square) + side_cost(weights, limits, opposite, other)
        energy += weights.cohesion * numbers[i, 6]
        if energy < best_energy:
            best_at, best_energy = i, energy
    return best_at, best_energy


@kernel
def _pair_energy(graph: SearchGraph, labels: Any, nodes: Any, sums: RegionSums, weights: Weights) -> Any:
    """Energy of the two regions that the nodes form now, the side terms included."""
    a, energy = labels[nodes[0]], 0.0
    b = a
    for u in nodes:
        b = labels[u] if labels[u] != a else b
        if graph.home[u] >= 0 and labels[u] != graph.home[u]:
            energy += graph.stay[u]
        energy += MEETING * meetings(graph, labels, u)
        if weights.cohesion > 0.0:
            for e in range(graph.indptr[u], graph.indptr[u + 1]):
                v = graph.neighbour[e]
                if labels[v] != labels[u] and (labels[v] == a or labels[v] == b):
                    energy += 0.5 * weights.cohesion * graph.cohesion[e]
    for r in (a, b):
        energy += sums.cost[r] + crossing_cost(sums, weights, r) + likeness_cost(graph, sums, r)
    return energy


@kernel
def _refill(graph: SearchGraph, labels: Any, nodes: Any, sums: RegionSums, weights: Weights) -> None:
    """Recompute the sums of the regions that the nodes form."""
    for u in nodes:
        clear_region(sums, labels[u])
    for u in nodes:
        add_node(graph, labels, sums, u)
    for u in nodes:
        sums.cost[labels[u]] = 0.0
    for u in nodes:
        if sums.cost[labels[u]] == 0.0:
            sums.cost[labels[u]] = region_cost(sums, weights, labels[u])


@kernel
def _relabel(labels: Any, nodes: Any, tree: Any, cut: Any) -> None:
    """Give the subtree one label and the rest the other, so that few nodes change; ``cut`` = (first, stop, a, b)."""
    first, stop, a, b = cut
    visit = tree[0]
    agree = 0
    for i in range(len(visit)):
        agree += 1 if (labels[nodes[visit[i]]] == a) == (first <= i < stop) else -1
    for i in range(len(visit)):
        labels[nodes[visit[i]]] = a if (first <= i < stop) == (agree >= 0) else b


@maker
def divide_again(
    graph: SearchGraph,
    labels: Any,
    sums: RegionSums,
    weights: Weights,
    likeness: Any,
    run: Any,
    pair: Any,
    work: Scratch,
) -> bool:
    """Divide the region of node u and region b (``pair`` = (u, b)) anew; True when it changed for good.

    ``run`` = (noise of the tree 0–1, rise of energy allowed, random state)
    """
    noise, allowed, state = run
    u, b = pair
    a = labels[u]
    count = _union(graph, labels, u, b, work)
    if count < 3 or sums.nodes[a] + sums.nodes[b] != count:
        return False
    both = work.queue[:count].copy()
    tree = spanning_tree(graph, both, likeness, (noise, state), work.place)
    at, energy = _best_cut(weights, _cut_tables(graph, both, tree, work), (sums.minimum[a], sums.maximum[a]))
    before = _pair_energy(graph, labels, both, sums, weights)
    if at < 0 or energy - before > allowed:
        return False
    old = labels[both]
    _relabel(labels, both, tree, (at, at + subtree_sizes(tree[1])[at], a, b))
    _refill(graph, labels, both, sums, weights)
    if _pair_energy(graph, labels, both, sums, weights) - before > allowed:
        for i in range(len(both)):
            labels[both[i]] = old[i]
        _refill(graph, labels, both, sums, weights)
        return False
    return True


@kernel
def neighbour_region(graph: SearchGraph, labels: Any, u: Any, zone: Any, start: Any) -> Any:
    """A region of the own zone that touches node u over an open border, its own where there is none."""
    _, zone_of, own = zone
    degree = graph.indptr[u + 1] - graph.indptr[u]
    for i in range(degree):
        e = graph.indptr[u] + (start + i) % degree
        r = labels[graph.neighbour[e]]
        if r != labels[u] and graph.passable[e] and zone_of[r] == own:
            return r
    return labels[u]


@maker
def merge_split(
    graph: SearchGraph,
    labels: Any,
    sums: RegionSums,
    weights: Weights,
    likeness: Any,
    run: Any,
    zone: Any,
    work: Scratch,
) -> bool:
    """One try at a random neighbouring pair; True when its division changed for good.

    ``run`` = (noise of the tree 0–1, temperature, random state, thresholds); ``zone`` as in ``anneal``.
    """
    noise, temperature, state, thresholds = run
    bits = draw(state)
    allowed = temperature * thresholds[np.int64(bits & np.uint64(len(thresholds) - 1))]
    u = zone[0][below(state, len(zone[0]))]
    b = neighbour_region(graph, labels, u, zone, np.int64(bits >> np.uint64(50)))
    if labels[u] == b:
        return False
    return divide_again(graph, labels, sums, weights, likeness, (noise, allowed, state), (u, b), work)


@kernel
def _in_trouble(graph: SearchGraph, labels: Any, sums: RegionSums, u: Any) -> Any:
    """Is the region of u out of the band, or does u share it with a node that should be apart?"""
    a = labels[u]
    out = excess(sums.residents[a], sums.minimum[a], sums.maximum[a]) > 0.0
    return out or meetings(graph, labels, u) > 0


@maker
def mend_band(
    graph: SearchGraph,
    labels: Any,
    sums: RegionSums,
    weights: Weights,
    likeness: Any,
    run: Any,
    zone: Any,
    work: Scratch,
) -> float:
    """Divide regions out of the band anew with their neighbours until all are in it; returns the trouble left.

    Excess may wander from region to region: ``run`` = (tries, temperature, random state, thresholds).
    """
    tries, temperature, state, thresholds = run
    left = total_trouble(graph, labels, sums)
    for _ in range(tries):
        if left <= 0.0:
            break
        u = zone[0][below(state, len(zone[0]))]
        a, draws = labels[u], 0
        while draws < 100_000 and not _in_trouble(graph, labels, sums, u):
            u = zone[0][below(state, len(zone[0]))]
            a = labels[u]
            draws += 1
        b = neighbour_region(graph, labels, u, zone, below(state, 1024))
        if a == b:
            continue
        allowed = temperature * thresholds[below(state, len(thresholds))]
        if divide_again(graph, labels, sums, weights, likeness, (1.0, allowed, state), (u, b), work):
            left = total_trouble(graph, labels, sums)
    return left


@maker
def search_round(
    graph: SearchGraph,
    labels: Any,
    sums: RegionSums,
    weights: Weights,
    likeness: Any,
    run: Any,
    zone: Any,
    work: Scratch,
) -> None:
    """Single moves with a merge–split after every ``every`` tries, the temperature falling evenly.

    ``run`` = (tries, every, hot, cold, random state, thresholds).
    """
    tries, every, hot, cold, state, thresholds = run
    steps = max(1, tries // every)
    cooling = (cold / hot) ** (1.0 / steps) if hot > 0.0 else 1.0
    temperature = hot
    at = below(state, len(zone[0]))
    for _ in range(steps):
        at = anneal(graph, labels, sums, weights, (min(every, tries), temperature, state, thresholds, at), zone, work)
        noise = 0.3 + 0.7 * np.float64(below(state, 1024)) / 1024.0
        merge_split(graph, labels, sums, weights, likeness, (noise, temperature, state, thresholds), zone, work)
        temperature *= cooling
