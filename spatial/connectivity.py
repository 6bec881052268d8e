"""Is a region in one piece, and does it stay so when a block leaves (Zusammenhang)?"""

from __future__ import annotations

from typing import Any

import numpy as np

from spatial.arrays import BoolArray, IntArray, LabelArray
from spatial.compiled import kernel, maker
from spatial.components import connected_pieces
from spatial.contiguity import Contiguity
from spatial.plan import UNASSIGNED

WORD = 64  # positions of a neighbour list that fit into one bit mask


def pieces(labels: LabelArray, contiguity: Contiguity) -> LabelArray:
    """Number of the connected piece each block lies in, when only open borders inside a region connect.

    Parameters
    ----------
    labels : (n,) region number per block; −1 belongs to no region
    contiguity : neighbourhood of the n blocks

    Returns
    -------
    (n,) int32, numbered by first appearance; an unassigned block is a piece of its own

    >>> from spatial.contiguity import contiguity_from_edges
    >>> line = contiguity_from_edges(3, [(0, 1), (1, 2)], [1.0, 1.0])
    >>> pieces(np.array([7, 8, 7]), line).tolist()
    [0, 1, 2]
    """
    a, b = contiguity.edges[:, 0], contiguity.edges[:, 1]
    kept = contiguity.passable & (labels[a] == labels[b]) & (labels[a] != UNASSIGNED)
    return connected_pieces(contiguity.edges[kept], contiguity.n)


def pieces_per_region(labels: LabelArray, contiguity: Contiguity) -> dict[int, int]:
    """How many separate pieces each region has; 1 is what a plan should show.

    >>> from spatial.contiguity import contiguity_from_edges
    >>> pieces_per_region(np.array([7, 8, 7]), contiguity_from_edges(3, [(0, 1), (1, 2)], [1.0, 1.0]))
    {7: 2, 8: 1}
    """
    first = np.unique(pieces(labels, contiguity), return_index=True)[1]
    regions, counts = np.unique(labels[first], return_counts=True)
    return {int(r): int(c) for r, c in zip(regions, counts, strict=True) if r != UNASSIGNED}


def is_contiguous(labels: LabelArray, contiguity: Contiguity) -> bool:
    """Is every region in one piece?

    >>> from spatial.contiguity import contiguity_from_edges
    >>> is_contiguous(np.array([7, 7, 8]), contiguity_from_edges(3, [(0, 1), (1, 2)], [1.0, 1.0]))
    True
    """
    return all(count == 1 for count in pieces_per_region(labels, contiguity).values())


@maker
def neighbour_links(indptr: IntArray, neighbour: LabelArray, passable: BoolArray) -> Any:
    """For each directed border u→v: which other neighbours of u also touch v, as bits over u's list.

    Parameters
    ----------
    indptr : (n+1,) starts of the neighbour lists
    neighbour : (2m,) neighbours, ascending inside each list
    passable : (2m,) bool, only open borders connect

    Returns
    -------
    (2m,) uint64; bit p of entry e is set when the p-th neighbour of u touches ``neighbour[e]``; lists longer than
    64 hold zeros and are searched instead
    """
    links = np.zeros(len(neighbour), dtype=np.uint64)
    position = np.full(len(indptr) - 1, -1, dtype=np.int64)
    for u in range(len(indptr) - 1):
        start, stop = indptr[u], indptr[u + 1]
        if stop - start > WORD:
            continue
        for e in range(start, stop):
            if passable[e]:
                position[neighbour[e]] = e - start
        for e in range(start, stop):
            v = neighbour[e]
            for f in range(indptr[v], indptr[v + 1]):
                p = position[neighbour[f]]
                if p >= 0 and passable[f]:
                    links[e] |= np.uint64(1) << np.uint64(p)
        for e in range(start, stop):
            position[neighbour[e]] = -1
    return links


@kernel
def joined_by_links(mask: np.uint64, start: int, links: Any) -> bool:
    """Are the neighbours in the mask connected among themselves, without leaving the neighbour list?

    ``start`` is the position of the first entry of the list in ``links``.
    """
    one = np.uint64(1)
    reached = mask & (~mask + one)
    front = reached
    while front:
        bit = front & (~front + one)
        front ^= bit
        p = 0
        while bit > one:
            bit >>= one
            p += 1
        fresh = links[start + p] & mask & ~reached
        reached |= fresh
        front |= fresh
    return bool(reached == mask)


@kernel
def stays_connected(u: int, lists: Any, labels: LabelArray, scratch: Any) -> bool:
    """Does the region of block u stay in one piece when u leaves? Searched, for the cases the links leave open.

    All neighbours of u in its region are searched from at once, so a small piece that would be cut off ends it.

    Parameters
    ----------
    u : the leaving block
    lists : (indptr, neighbour, passable)
    scratch : (queue (n,) int32, mark (n + 1,) int64, source (n,) int32, root (n,) int32, waiting (n,) int32);
        ``mark[n]`` is the running stamp
    """
    indptr, neighbour, passable = lists
    queue, mark, source, root, waiting = scratch
    n, own = len(queue), labels[u]
    mark[n] += 1
    stamp = mark[n]
    mark[u] = stamp
    source[u] = -1
    pieces = 0
    for e in range(indptr[u], indptr[u + 1]):
        v = neighbour[e]
        if passable[e] and labels[v] == own:
            mark[v], source[v], queue[pieces] = stamp, pieces, v
            root[pieces], waiting[pieces] = pieces, 1
            pieces += 1
    head, tail = 0, pieces
    while pieces > 1:
        v = queue[head]
        head += 1
        r = _root(root, source[v])
        waiting[r] -= 1
        for e in range(indptr[v], indptr[v + 1]):
            w = neighbour[e]
            if not passable[e] or labels[w] != own or w == u:
                continue
            if mark[w] != stamp:
                mark[w], source[w], queue[tail] = stamp, r, w
                waiting[r] += 1
                tail += 1
            else:
                other = _root(root, source[w])
                if other != r:
                    root[other] = r
                    waiting[r] += waiting[other]
                    pieces -= 1
        if waiting[r] == 0 and pieces > 1:
            return False
    return pieces == 1


@kernel
def _root(root: Any, i: Any) -> Any:
    while root[i] != i:
        root[i] = root[root[i]]
        i = root[i]
    return i
