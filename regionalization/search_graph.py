"""From the prepared county to the search graph of one part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numba import njit

from regionalization.methods.search_state import SearchGraph
from regionalization.parts import Part, counted_residents
from regionalization.preparation import Prepared
from regionalization.sums import sums_by_code
from spatial.arrays import FloatArray, IntArray, LabelArray
from spatial.connectivity import neighbour_links

_LARGE = 3_000  # nodes from which on their order in memory matters


def search_graph(prepared: Prepared, part: Part) -> tuple[SearchGraph, LabelArray]:
    """The graph of one part, and the node of each of its blocks (positions 0…nodes−1)."""
    node = np.unique(prepared.node[part.blocks], return_inverse=True)[1].astype(np.int32)
    n, blocks = int(node.max()) + 1, prepared.blocks
    edges = _joined_edges(prepared, part, node, n)
    if n > _LARGE:
        rank = _near_first(edges, n)
        node, edges = rank[node], replace(edges, ends=np.sort(rank[edges.ends], axis=1)).ordered()
    indptr, neighbour, edge = neighbour_lists(edges.ends, n)
    passable = edges.passable[edge]

    def total(values: Any) -> FloatArray:
        return sums_by_code(node, values[part.blocks], n)

    size = sums_by_code(node, 1.0, n)
    features = [total(prepared.standardised[:, c]) for c in range(prepared.standardised.shape[1])]
    graph = SearchGraph(
        indptr=indptr,
        neighbour=neighbour,
        passable=passable,
        links=neighbour_links(indptr, neighbour, passable),
        border_m=edges.border_m[edge],
        cohesion=edges.cohesion[edge],
        residents=counted_residents(total(blocks.population).astype(np.int64), part.target).astype(np.float64),
        weight=size,
        area=total(blocks.area_m2),
        perimeter=total(blocks.perimeter_m) - _inner(prepared, part, node, n),
        features=np.stack(features, axis=1) if features else np.zeros((n, 0)),
        municipality=_municipality(prepared, part, node, n),
        frozen=np.zeros(n, dtype=np.bool_),
        home=np.full(n, -1, dtype=np.int32),
        stay=np.zeros(n),
        apart=_apart(prepared, part, node, n),
        centroid=np.stack([total(blocks.centroid_m[:, axis]) / size for axis in (0, 1)], axis=1),
        known=np.zeros((n, 0), dtype=np.int32),
        unlike=np.zeros(0),
    )
    return graph, node


@dataclass(frozen=True, eq=False)
class _Edges:
    """Borders between nodes: ends (m, 2) with the smaller first, and their sums over the block borders."""

    ends: Any
    border_m: Any
    cohesion: Any
    passable: Any

    def ordered(self) -> _Edges:
        order = np.lexsort((self.ends[:, 1], self.ends[:, 0]))
        return _Edges(self.ends[order], self.border_m[order], self.cohesion[order], self.passable[order])


def _joined_edges(prepared: Prepared, part: Part, node: LabelArray, n: int) -> _Edges:
    """One edge per pair of nodes, over all borders between their blocks."""
    ends = _local_ends(prepared, part, node)
    contiguity, at = prepared.contiguity, part.edges
    if n == len(part.blocks):
        return _Edges(ends, contiguity.border_m[at], prepared.cohesion[at], contiguity.passable[at])
    kept = ends[:, 0] != ends[:, 1]
    pairs = np.sort(ends[kept].astype(np.int64), axis=1)
    keys, code = np.unique(pairs[:, 0] * n + pairs[:, 1], return_inverse=True)
    columns = (contiguity.border_m[at], prepared.cohesion[at], contiguity.passable[at])
    border, cohesion, is_open = (sums_by_code(code, column[kept], len(keys)) for column in columns)
    return _Edges(np.stack([keys // n, keys % n], axis=1).astype(np.int32), border, cohesion, is_open > 0)


def _local_ends(prepared: Prepared, part: Part, node: LabelArray) -> LabelArray:
    position = np.zeros(len(prepared.blocks), dtype=np.int32)
    position[part.blocks] = node
    return position[prepared.contiguity.edges[part.edges]]


def _inner(prepared: Prepared, part: Part, node: LabelArray, n: int) -> FloatArray:
    """Twice the metres of border inside each node."""
    if n == len(part.blocks):
        return np.zeros(n)
    ends = _local_ends(prepared, part, node)
    inside = ends[:, 0] == ends[:, 1]
    return 2 * sums_by_code(ends[inside, 0], prepared.contiguity.border_m[part.edges][inside], n)


def _near_first(edges: _Edges, n: int) -> LabelArray:
    """New numbers that keep neighbours near each other in memory (reverse Cuthill–McKee)."""
    from scipy.sparse import csr_array  # loaded by large counties only
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    ones = np.ones(2 * len(edges.ends), dtype=np.int8)
    both = np.concatenate([edges.ends, edges.ends[:, ::-1]])
    order = reverse_cuthill_mckee(csr_array((ones, (both[:, 0], both[:, 1])), shape=(n, n)), symmetric_mode=True)
    rank = np.empty(n, dtype=np.int32)
    rank[order] = np.arange(n, dtype=np.int32)
    return rank


@njit(cache=True, nogil=True)
def neighbour_lists(ends: Any, n: int) -> Any:
    """(indptr (n+1,), neighbour (2m,), edge (2m,)) from sorted pairs; neighbours ascend in every list."""
    indptr = np.zeros(n + 1, dtype=np.int64)
    for e in range(len(ends)):
        indptr[ends[e, 0] + 1] += 1
        indptr[ends[e, 1] + 1] += 1
    for u in range(n):
        indptr[u + 1] += indptr[u]
    fill = indptr[:-1].copy()
    neighbour = np.empty(2 * len(ends), dtype=np.int32)
    edge = np.empty(2 * len(ends), dtype=np.int64)
    for side in range(2):
        for e in range(len(ends)):
            u = ends[e, 1 - side]
            neighbour[fill[u]] = ends[e, side]
            edge[fill[u]] = e
            fill[u] += 1
    return indptr, neighbour, edge


def _municipality(prepared: Prepared, part: Part, node: LabelArray, n: int) -> LabelArray:
    codes = np.full(n, -1, dtype=np.int32)
    if prepared.problem.constraints.municipal_borders == "soft":
        codes[node[::-1]] = prepared.blocks.municipality[part.blocks][::-1]
    return codes


def _apart(prepared: Prepared, part: Part, node: LabelArray, n: int) -> IntArray:
    index = {prepared.blocks.ids[b]: int(node[i]) for i, b in enumerate(part.blocks)} if _pairs(prepared) else {}
    partners: list[set[int]] = [set() for _ in range(n)] if index else []
    for a, b in _pairs(prepared):
        if a in index and b in index and index[a] != index[b]:
            partners[index[a]].add(index[b])
            partners[index[b]].add(index[a])
    width = max((len(p) for p in partners), default=0)
    table = np.full((n, width), -1, dtype=np.int64)
    for u, others in enumerate(partners):
        table[u, : len(others)] = sorted(others)
    return table


def _pairs(prepared: Prepared) -> list[tuple[str, str]]:
    """Pairs kept apart: the demanded ones, and blocks locked into different regions."""
    constraints = prepared.problem.constraints
    first: dict[int, str] = {}
    for block, region in sorted(constraints.locked.items()):
        first.setdefault(region, block)
    locked = [(first[r], first[s]) for r in sorted(first) for s in sorted(first) if r < s]
    return [*constraints.keep_apart, *locked]
