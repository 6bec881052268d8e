"""Today's plan as the start of a search for more or fewer regions: small ones merged, large ones split."""

from __future__ import annotations

import numpy as np

from regionalization.methods.search_state import SearchGraph
from spatial.arrays import IntArray, LabelArray


def with_regions(graph: SearchGraph, labels: LabelArray, count: int) -> LabelArray:
    """Labels 0…count−1 nearest to the given ones: the smallest region joins its smallest neighbour, the largest halves.

    Parameters
    ----------
    labels : (n,) region of each node, 0…k−1; every region in one piece
    count : 1 ≤ count ≤ n

    Returns
    -------
    (n,) int32, every region in one piece
    """
    labels = np.unique(labels, return_inverse=True)[1].astype(np.int32)
    while labels.max() + 1 > count:
        labels = _merged(graph, labels)
    while labels.max() + 1 < count:
        labels = _split(graph, labels)
    return labels


def _merged(graph: SearchGraph, labels: LabelArray) -> LabelArray:
    """The smallest region joins its smallest neighbour, if possible one without a block it must be apart from."""
    residents = np.bincount(labels, weights=graph.residents)
    source = np.repeat(labels, np.diff(graph.indptr))
    target = labels[graph.neighbour]
    for small in np.argsort(residents, kind="stable"):
        beside = np.unique(target[(source == small) & (target != small) & graph.passable])
        if len(beside):
            meets = np.array([_meet(graph, labels, int(small), int(other)) for other in beside])
            chosen = beside[np.lexsort((beside, residents[beside], meets))[0]]
            joined = np.where(labels == small, chosen, labels)
            return np.unique(joined, return_inverse=True)[1].astype(np.int32)
    return np.zeros_like(labels)


def _meet(graph: SearchGraph, labels: LabelArray, one: int, other: int) -> bool:
    """Would two nodes that must be apart share the merged region?"""
    partners = graph.apart[labels == one].ravel()
    return bool((labels[partners[partners >= 0]] == other).any())


def _split(graph: SearchGraph, labels: LabelArray) -> LabelArray:
    """The region with most residents is cut in two at the most even branch of its tightest tree."""
    residents, nodes = np.bincount(labels, weights=graph.residents), np.bincount(labels)
    order = np.lexsort((np.arange(len(nodes)), -nodes, -residents))
    largest = next(int(r) for r in order if nodes[r] > 1)
    members = np.flatnonzero(labels == largest)
    result = labels.copy()
    result[_branch(graph, members)] = labels.max() + 1
    return result


def _branch(graph: SearchGraph, members: IntArray) -> IntArray:
    """Nodes of the branch that holds nearest to half of the residents; neighbours in one settlement are tied first."""
    from scipy.sparse import csr_array  # loaded by those only whose plan of today has too few regions
    from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

    local = np.full(len(graph.weight), -1, dtype=np.int64)
    local[members] = np.arange(len(members))
    source = np.repeat(np.arange(len(local)), np.diff(graph.indptr))
    inner = (local[source] >= 0) & (local[graph.neighbour] >= 0) & graph.passable
    ends = (local[source[inner]], local[graph.neighbour[inner]])
    looseness = 1.0 / (1.0 + graph.cohesion[inner])
    tree = minimum_spanning_tree(csr_array((looseness, ends), shape=(len(members),) * 2))
    visit, above = breadth_first_order(tree, 0, directed=False)
    held = graph.residents[members] + 1e-3 * graph.weight[members]
    for i in visit[:0:-1]:
        held[above[i]] += held[i]
    cut = visit[1:][np.argmin(np.abs(held[visit[1:]] - held[0] / 2))]
    inside = np.zeros(len(members), dtype=bool)
    inside[cut] = True
    for i in visit[1:]:
        inside[i] |= inside[above[i]]
    return members[inside]
