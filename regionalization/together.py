"""Blocks that must move as one: keep-together groups, locked blocks of one region, places kept whole."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, dijkstra

from regionalization.problem import Problem
from spatial.arrays import IntArray, LabelArray
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity


def together_groups(problem: Problem, blocks: BlockSet, contiguity: Contiguity) -> LabelArray:
    """Search node of each block: blocks that must share a region share a node, joined over open borders.

    A group in several pieces is joined along its shortest connection; where there is none, its pieces stay
    separate nodes and the rule is reported as one that cannot be kept.

    Returns
    -------
    (n,) int32, numbered by the smallest block
    """
    groups = demanded_groups(problem, blocks)
    if not groups:
        return np.arange(len(blocks), dtype=np.int32)
    ties = [pair for group in groups for pair in _connection(group, contiguity)]
    if not ties:
        return np.arange(len(blocks), dtype=np.int32)
    a, b = np.array(ties, dtype=np.int64).T
    graph = csr_array((np.ones(len(a), dtype=np.int8), (a, b)), shape=(len(blocks), len(blocks)))
    nodes: LabelArray = connected_components(graph, directed=False)[1].astype(np.int32)
    return nodes


def demanded_groups(problem: Problem, blocks: BlockSet) -> list[IntArray]:
    """Groups of positions that must share a region: named groups, blocks locked into one region, hard places.

    A place with more residents than a region may hold is left out: it has to be cut.
    """
    constraints = problem.constraints
    asked = constraints.keep_together or constraints.locked
    index = {block: i for i, block in enumerate(blocks.ids)} if asked else {}
    locked = constraints.locked
    by_region = [[b for b in sorted(locked) if locked[b] == r] for r in sorted(set(locked.values()))]
    named: list[Iterable[str]] = [*constraints.keep_together, *by_region]
    groups = [np.array(sorted({index[block] for block in group}), dtype=np.int64) for group in named]
    if constraints.places == "hard":
        for code in range(len(blocks.places)):
            members = np.flatnonzero(blocks.place == code)
            for m in np.unique(blocks.municipality[members]):
                inside = members[blocks.municipality[members] == m]
                if blocks.population[inside].sum() <= problem.target.maximum:
                    groups.append(inside)
    return [group for group in groups if len(group) > 1]


def _connection(group: IntArray, contiguity: Contiguity) -> list[tuple[int, int]]:
    """Pairs of blocks to tie so that the group becomes one piece, over as few blocks from outside as possible."""
    edges = contiguity.edges[contiguity.passable]
    inside = np.zeros(contiguity.n, dtype=bool)
    inside[group] = True
    cost = np.where(inside[edges].all(axis=1), 1e-6, 1.0)
    both = np.concatenate([edges, edges[:, ::-1]])
    graph = csr_array((np.concatenate([cost, cost]), (both[:, 0], both[:, 1])), shape=(contiguity.n,) * 2)
    ties: list[tuple[int, int]] = []
    reached, missing = {int(group[0])}, {int(g) for g in group[1:]}
    while missing:
        distance, before, _ = dijkstra(graph, indices=sorted(reached), min_only=True, return_predecessors=True)
        goal = min(missing, key=lambda g: (distance[g], g))
        if not np.isfinite(distance[goal]):
            break
        while goal not in reached:
            ties.append((int(before[goal]), goal))
            reached.add(goal)
            missing.discard(goal)
            goal = int(before[goal])
    return ties
