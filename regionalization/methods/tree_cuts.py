"""A first plan by recursive balanced cuts of random spanning trees."""

from __future__ import annotations

from typing import Any

import numpy as np

from regionalization.methods.random_numbers import below, share
from regionalization.methods.search_state import SearchGraph
from spatial.compiled import kernel, maker

_BUCKETS = 4096
_LARGE = 400  # nodes from which on one balanced tree is enough


@kernel
def _find(parent: Any, u: Any) -> Any:
    while parent[u] != u:
        parent[u] = parent[parent[u]]
        u = parent[u]
    return u


@maker
def _edge_order(weights: Any, m: int) -> Any:
    """Order of m edges by weight in [0, 1), by counting into buckets: fast, and equal on every machine."""
    buckets = min(_BUCKETS, m // 2 + 1)
    counts = np.zeros(buckets + 1, dtype=np.int64)
    for e in range(m):
        counts[np.int64(weights[e] * buckets) + 1] += 1
    for k in range(buckets):
        counts[k + 1] += counts[k]
    order = np.empty(m, dtype=np.int64)
    for e in range(m):
        bucket = np.int64(weights[e] * buckets)
        order[counts[bucket]] = e
        counts[bucket] += 1
    return order


@maker
def spanning_tree(graph: SearchGraph, nodes: Any, likeness: Any, run: Any, place: Any) -> Any:
    """Random spanning tree over the connected nodes, like neighbours joined first.

    ``likeness`` (2m,) in [0, 1) is small where two neighbours belong together; ``run`` = (noise 0–1, random state);
    ``place`` (n,) is −1 everywhere, before and after.
    Returns (order of visit (s,), position of the parent in it (s,), −1 for the root).
    """
    noise, state = run
    s = len(nodes)
    bound = 0
    for i in range(s):
        bound += graph.indptr[nodes[i] + 1] - graph.indptr[nodes[i]]
    ends, weights = np.empty((bound, 2), dtype=np.int64), np.empty(bound)
    m = _inner_edges(graph, nodes, likeness, (noise, state), (place, ends, weights))
    return _kruskal(ends, _edge_order(weights, m), s, below(state, s))


@kernel
def _inner_edges(graph: SearchGraph, nodes: Any, likeness: Any, run: Any, tables: Any) -> Any:
    """Fill in ends and random weights of the open borders among the nodes; returns how many there are."""
    noise, state = run
    place, ends, weights = tables
    m = 0
    for i in range(len(nodes)):
        place[nodes[i]] = i
    for i in range(len(nodes)):
        u = nodes[i]
        for e in range(graph.indptr[u], graph.indptr[u + 1]):
            v = graph.neighbour[e]
            if v > u and place[v] >= 0 and graph.passable[e]:
                ends[m, 0], ends[m, 1] = i, place[v]
                weights[m] = (1.0 - noise) * likeness[e] + noise * share(state)
                m += 1
    for i in range(len(nodes)):
        place[nodes[i]] = -1
    return m


@maker
def _kruskal(ends: Any, order: Any, s: int, root: int) -> Any:
    parent = np.arange(s)
    kept = np.empty((s, 2), dtype=np.int64)
    degree = np.zeros(s + 1, dtype=np.int64)
    count = 0
    for e in order:
        a, b = _find(parent, ends[e, 0]), _find(parent, ends[e, 1])
        if a != b:
            parent[a] = b
            kept[count, 0], kept[count, 1] = ends[e, 0], ends[e, 1]
            degree[ends[e, 0] + 1] += 1
            degree[ends[e, 1] + 1] += 1
            count += 1
            if count == s - 1:
                break
    for i in range(s):
        degree[i + 1] += degree[i]
    fill = degree.copy()
    joined = np.empty(2 * count, dtype=np.int64)
    for e in range(count):
        a, b = kept[e, 0], kept[e, 1]
        joined[fill[a]] = b
        joined[fill[b]] = a
        fill[a] += 1
        fill[b] += 1
    return _visit(degree, joined, s, root)


@maker
def _visit(indptr: Any, joined: Any, s: int, root: int) -> Any:
    """Order of visit, every subtree a run of it, and the position of each parent."""
    visit, above = np.empty(s, dtype=np.int64), np.full(s, -1, dtype=np.int64)
    waiting, parent = np.empty(s, dtype=np.int64), np.full(s, -1, dtype=np.int64)
    waiting[0], top, count = root, 1, 0
    while top > 0:
        top -= 1
        i = waiting[top]
        visit[count] = i
        p = parent[i]
        above[count] = p
        for e in range(indptr[i], indptr[i + 1]):
            j = joined[e]
            if p < 0 or j != visit[p]:
                parent[j] = count
                waiting[top] = j
                top += 1
        count += 1
    return visit[:count], above[:count]


@maker
def _subtree_sums(graph: SearchGraph, nodes: Any, tree: Any) -> Any:
    s, f = len(tree[0]), graph.features.shape[1]
    sums = np.empty(s), np.empty(s), np.empty((s, f))
    _fill_subtrees(graph, nodes, tree, sums)
    return sums


@kernel
def add_upwards(above: Any, table: Any) -> None:
    """Add the row of every position to that of its parent, children first: rows become sums over subtrees."""
    for i in range(len(above) - 1, 0, -1):
        for c in range(table.shape[1]):
            table[above[i], c] += table[i, c]


@kernel
def _fill_subtrees(graph: SearchGraph, nodes: Any, tree: Any, sums: Any) -> None:
    visit, above = tree
    residents, weight, features = sums
    s, f = len(visit), features.shape[1]
    for i in range(s):
        u = nodes[visit[i]]
        residents[i], weight[i] = graph.residents[u], graph.weight[u]
        for c in range(f):
            features[i, c] = graph.features[u, c]
    for i in range(s - 1, 0, -1):
        residents[above[i]] += residents[i]
        weight[above[i]] += weight[i]
    add_upwards(above, features)


@maker
def subtree_sizes(above: Any) -> Any:
    """Number of nodes in the subtree at each position of the visit order."""
    sizes = np.ones(len(above), dtype=np.int64)
    for i in range(len(above) - 1, 0, -1):
        sizes[above[i]] += sizes[i]
    return sizes


@kernel
def _split_counts(p: float, total: float, k: int, limits: Any, room: Any) -> Any:
    """(regions for the side with p residents, residents by which the split misses the band).

    ``room`` = nodes on this side and on the other: no side gets more regions than it has nodes.
    """
    minimum, maximum, slack = limits
    fewest, most = max(1, k - room[1]), min(k - 1, room[0])
    k1 = min(max(np.int64(np.round(p * k / total)) if total > 0.0 else k // 2, fewest), most)
    best, best_miss = 1 * k1, 1e300
    for trial in range(max(fewest, k1 - 1), min(most, k1 + 1) + 1):
        miss = 0.0
        for side in range(2):
            count = trial if side == 0 else k - trial
            held = p if side == 0 else total - p
            ideal = min(max(total / k, minimum), maximum)
            tight = slack if count > 1 else 1.0
            low, high = ideal - (ideal - minimum) * tight, ideal + (maximum - ideal) * tight
            miss += max(count * low - held, 0.0) + max(held - count * high, 0.0)
        if miss < best_miss:
            best, best_miss = trial, miss
    return best, best_miss


@maker
def best_cut(graph: SearchGraph, nodes: Any, tree: Any, k: int, limits: Any) -> Any:
    """The cut of a tree that leaves both sides divisible and separates what is unlike.

    Returns (position in the visit order whose subtree is one side, its number of regions, residents missed, gain).
    """
    residents, weight, features = _subtree_sums(graph, nodes, tree)
    sizes = subtree_sizes(tree[1])
    total, whole = residents[0], weight[0]
    best_at, best_k, best_miss, best_gain = -1, 1, 1e300, -1.0
    for i in range(1, len(residents)):
        k1, miss = _split_counts(residents[i], total, k, limits, (sizes[i], sizes[0] - sizes[i]))
        gain = 0.0
        for c in range(features.shape[1]):
            difference = features[i, c] / weight[i] - features[0, c] / whole
            gain += difference * difference
        gain = (gain * weight[i] / (whole - weight[i]) * whole + 1e-9) * np.sqrt(min(k1, k - k1) / k)
        if 3 * min(k1, k - k1) + 2 < k:
            miss += 1e-3 * total / k
        if miss < best_miss or (miss == best_miss and gain > best_gain):
            best_at, best_k, best_miss, best_gain = i, k1, miss, gain
    return best_at, best_k, best_miss, best_gain


@maker
def _divide(graph: SearchGraph, nodes: Any, likeness: Any, run: Any, place: Any) -> Any:
    """Best of several trees: (which of the nodes form one side, its number of regions)."""
    k, limits, noise, attempts, state = run
    best_miss, best_gain, best_k = 1e300, -1.0, 1
    best = np.zeros(len(nodes), dtype=np.bool_)
    for attempt in range(attempts):
        rough = min(1.0, noise + 0.15 * attempt)
        tree = spanning_tree(graph, nodes, likeness, (rough, state), place)
        slack = limits[2] if attempt < attempts // 2 else 1.0
        at, k1, miss, gain = best_cut(graph, nodes, tree, k, (limits[0], limits[1], slack))
        if at > 0 and (miss < best_miss or (miss == best_miss and gain > best_gain)):
            best_miss, best_gain, best_k = miss, gain, k1
            stop = at + subtree_sizes(tree[1])[at]
            for i in range(len(nodes)):
                best[tree[0][i]] = at <= i < stop
        if best_miss < 1e-3 * limits[0] and (attempt > 0 or len(nodes) > _LARGE):
            break
    return best, best_k


@maker
def balanced_start(graph: SearchGraph, k: int, likeness: Any, limits: Any, run: Any) -> Any:
    """Labels 0…k−1 of a first plan: connected regions, in the band wherever a cut allows it.

    ``limits`` = (minimum, maximum, share of the band left open above the last cut); ``run`` = (noise of the trees
    0–1, attempts per cut, random state). k must not exceed the number of nodes, and the graph is connected.
    """
    noise, attempts, state = run
    n = len(graph.residents)
    labels = np.zeros(n, dtype=np.int32)
    permutation = np.arange(n)
    place = np.full(n, -1, dtype=np.int64)
    stack = np.empty((2 * k + 2, 4), dtype=np.int64)
    stack[0, 0], stack[0, 1], stack[0, 2], stack[0, 3] = 0, n, k, 0
    top = 1
    while top > 0:
        top -= 1
        start, stop, count, first = stack[top]
        if count <= 1:
            continue
        nodes = permutation[start:stop].copy()
        inside, k1 = _divide(graph, nodes, likeness, (count, limits, noise, attempts, state), place)
        size = np.int64(inside.sum())
        left, right = start, start + size
        for i in range(len(nodes)):
            if inside[i]:
                permutation[left] = nodes[i]
                left += 1
            else:
                permutation[right] = nodes[i]
                labels[nodes[i]] = first + k1
                right += 1
        stack[top, 0], stack[top, 1], stack[top, 2], stack[top, 3] = start, start + size, k1, first
        stack[top + 1, 0], stack[top + 1, 1] = start + size, stop
        stack[top + 1, 2], stack[top + 1, 3] = count - k1, first + k1
        top += 2
    return labels
