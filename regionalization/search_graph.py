"""From the prepared county to the search graph of one part."""

from __future__ import annotations

from typing import Any

import numpy as np

from regionalization.methods.search_state import SearchGraph
from regionalization.parts import Part, counted_residents
from regionalization.preparation import Prepared
from regionalization.sums import sums_by_code
from spatial.arrays import FloatArray, IntArray, LabelArray
from spatial.connectivity import neighbour_links


def search_graph(prepared: Prepared, part: Part) -> tuple[SearchGraph, LabelArray]:
    """The graph of one part, and the node of each of its blocks (positions 0…nodes−1)."""
    local = np.full(int(prepared.node.max()) + 1, -1, dtype=np.int32)
    used = np.unique(prepared.node[part.blocks])
    local[used] = np.arange(len(used), dtype=np.int32)
    node = local[prepared.node[part.blocks]]
    lists, inner = _neighbour_lists(prepared, local, len(used))
    blocks = prepared.blocks

    def total(values: Any) -> FloatArray:
        return sums_by_code(node, values[part.blocks], len(used))

    size = sums_by_code(node, 1.0, len(used))
    features = [total(prepared.standardised[:, c]) for c in range(prepared.standardised.shape[1])]
    indptr, neighbour, passable, links, border_m, cohesion = lists
    graph = SearchGraph(
        indptr=indptr,
        neighbour=neighbour,
        passable=passable,
        links=links,
        border_m=border_m,
        cohesion=cohesion,
        residents=counted_residents(total(blocks.population).astype(np.int64), part.target).astype(np.float64),
        weight=size,
        area=total(blocks.area_m2),
        perimeter=total(blocks.perimeter_m) - inner,
        features=np.stack(features, axis=1) if features else np.zeros((len(used), 0)),
        municipality=_municipality(prepared, part, node, len(used)),
        frozen=np.zeros(len(used), dtype=np.bool_),
        home=np.full(len(used), -1, dtype=np.int32),
        stay=np.zeros(len(used)),
        apart=_apart(prepared, part, node, len(used)),
        centroid=np.stack([total(blocks.centroid_m[:, axis]) / size for axis in (0, 1)], axis=1),
    )
    return graph, node


def _neighbour_lists(prepared: Prepared, local: LabelArray, n: int) -> tuple[tuple[Any, ...], FloatArray]:
    contiguity = prepared.contiguity
    ends = local[prepared.node[contiguity.edges]]
    mine = (ends >= 0).all(axis=1)
    inside = mine & (ends[:, 0] == ends[:, 1])
    inner = 2 * sums_by_code(ends[inside, 0], contiguity.border_m[inside], n)
    kept = mine & ~inside
    pairs = np.sort(ends[kept].astype(np.int64), axis=1)
    keys, at = np.unique(pairs[:, 0] * n + pairs[:, 1], return_inverse=True)
    sums = [sums_by_code(at, v[kept], len(keys)) for v in (contiguity.border_m, prepared.cohesion)]
    is_open = sums_by_code(at, contiguity.passable[kept], len(keys)) > 0
    a, b = keys // n, keys % n
    source, target = np.concatenate([a, b]), np.concatenate([b, a])
    order = np.lexsort((target, source))
    indptr = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(source, minlength=n), out=indptr[1:])
    neighbour = target[order].astype(np.int32)
    passable = np.concatenate([is_open, is_open])[order]
    links = neighbour_links(indptr, neighbour, passable)
    return (indptr, neighbour, passable, links, *(np.concatenate([s, s])[order] for s in sums)), inner


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
