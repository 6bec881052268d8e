"""Neighbourhood of blocks (Nachbarschaft) with the length of the border they share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from spatial.arrays import BoolArray, FloatArray, IntArray, LabelArray, frozen
from spatial.components import connected_pieces
from spatial.errors import Finding, InputError


@dataclass(frozen=True, eq=False)
class Contiguity:
    """Which blocks touch, for how many metres, and where a region may not or may go on.

    Attributes
    ----------
    n : number of blocks
    edges : (m, 2) int32, undirected, each row i < j, rows sorted, no doubles
    border_m : (m,) float64, shared border in metres, 0 for a bridge
    barrier : (m,) bool, True where a motorway, railway or river forbids a region to go on; the border still
        counts in perimeters
    bridge : (m,) bool, True where the connection was declared (over gaps, water, a crossing)

    Raises
    ------
    InputError : an edge names a block that does not exist, joins a block to itself, or stands twice

    >>> line = contiguity_from_edges(3, [(1, 0), (1, 2)], [10.0, 20.0])
    >>> line.edges.tolist(), line.components().tolist()
    ([[0, 1], [1, 2]], [0, 0, 0])
    """

    n: int
    edges: LabelArray
    border_m: FloatArray
    barrier: BoolArray
    bridge: BoolArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "edges", frozen(np.reshape(self.edges, (-1, 2)), np.int32))
        object.__setattr__(self, "border_m", frozen(self.border_m, np.float64))
        object.__setattr__(self, "barrier", frozen(self.barrier, np.bool_))
        object.__setattr__(self, "bridge", frozen(self.bridge, np.bool_))
        findings = _findings(self)
        if findings:
            raise InputError(*findings)

    @property
    def passable(self) -> BoolArray:
        """(m,) bool: the edges over which a region may go on."""
        allowed: BoolArray = ~self.barrier
        return allowed

    def csr(self, *, passable_only: bool = True) -> tuple[IntArray, LabelArray, LabelArray]:
        """Neighbour lists as (indptr (n+1,), neighbour, edge number), neighbours ascending."""
        kept = np.flatnonzero(self.passable) if passable_only else np.arange(len(self.edges))
        both = np.concatenate([self.edges[kept], self.edges[kept][:, ::-1]])
        order = np.lexsort((both[:, 1], both[:, 0]))
        indptr = np.zeros(self.n + 1, dtype=np.int64)
        np.cumsum(np.bincount(both[:, 0], minlength=self.n), out=indptr[1:])
        return indptr, both[order, 1], np.concatenate([kept, kept])[order].astype(np.int32)

    def components(self, *, passable_only: bool = True) -> LabelArray:
        """(n,) int32: number of the connected piece of each block, in order of first appearance."""
        kept = self.edges[self.passable] if passable_only else self.edges
        return connected_pieces(kept, self.n)

    def with_barriers(self, barrier: BoolArray) -> Contiguity:
        """The same neighbourhood with these edges also closed; declared bridges stay open."""
        return replace(self, barrier=self.barrier | (np.asarray(barrier, dtype=bool) & ~self.bridge))

    def with_bridges(self, pairs: Any) -> Contiguity:
        """Declare connections (Verbindungen): opens a closed edge or adds one without border."""
        declared = np.sort(np.reshape(np.asarray(pairs, dtype=np.int32), (-1, 2)), axis=1)
        known = {(int(a), int(b)): e for e, (a, b) in enumerate(self.edges)}
        wanted = {(int(a), int(b)) for a, b in declared}
        opened = np.zeros(len(self.edges), dtype=bool)
        opened[[known[pair] for pair in wanted if pair in known]] = True
        extra = sorted(wanted - known.keys())
        return contiguity_from_edges(
            self.n,
            np.concatenate([self.edges, np.array(extra, dtype=np.int32).reshape(-1, 2)]),
            np.concatenate([self.border_m, np.zeros(len(extra))]),
            barrier=np.concatenate([self.barrier & ~opened, np.zeros(len(extra), dtype=bool)]),
            bridge=np.concatenate([self.bridge | opened, np.ones(len(extra), dtype=bool)]),
        )

    def reordered(self, order: IntArray) -> Contiguity:
        """The neighbourhood when block ``order[i]`` becomes block i; blocks left out lose their edges."""
        position = np.full(self.n, -1, dtype=np.int64)
        position[order] = np.arange(len(order))
        kept = (position[self.edges] >= 0).all(axis=1)
        return contiguity_from_edges(
            len(order),
            position[self.edges[kept]],
            self.border_m[kept],
            barrier=self.barrier[kept],
            bridge=self.bridge[kept],
        )


def contiguity_from_edges(
    n: int,
    edges: Any,
    border_m: Any,
    *,
    barrier: Any = None,
    bridge: Any = None,
) -> Contiguity:
    """Neighbourhood from any list of pairs; brings it into the canonical order.

    Parameters
    ----------
    n : number of blocks
    edges : (m, 2) pairs in any order and direction, no doubles
    border_m : (m,) metres
    barrier, bridge : (m,) bool, default False
    """
    pairs = np.sort(np.reshape(np.asarray(edges, dtype=np.int64), (-1, 2)), axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    m = len(pairs)
    closed = np.zeros(m, dtype=bool) if barrier is None else np.asarray(barrier, dtype=bool)
    declared = np.zeros(m, dtype=bool) if bridge is None else np.asarray(bridge, dtype=bool)
    lengths = np.asarray(border_m, dtype=np.float64)
    return Contiguity(n, pairs[order].astype(np.int32), lengths[order], closed[order], declared[order])


def _findings(contiguity: Contiguity) -> list[Finding]:
    edges, m = contiguity.edges, len(contiguity.edges)
    if not len(contiguity.border_m) == len(contiguity.barrier) == len(contiguity.bridge) == m:
        return [Finding("contiguity.length", values={"edges": m, "borders": len(contiguity.border_m)})]
    if not m:
        return []
    found = []
    if edges.min() < 0 or edges.max() >= contiguity.n:
        found.append(Finding("contiguity.block.unknown", values={"largest": int(edges.max()), "blocks": contiguity.n}))
    if (edges[:, 0] >= edges[:, 1]).any():
        found.append(Finding("contiguity.edge.order"))
    keys = edges[:, 0].astype(np.int64) * contiguity.n + edges[:, 1]
    if (np.diff(keys) <= 0).any():
        found.append(Finding("contiguity.edge.double", values={"count": int((np.diff(keys) <= 0).sum())}))
    if not np.isfinite(contiguity.border_m).all() or (contiguity.border_m < 0).any():
        found.append(Finding("contiguity.border.negative"))
    return found
