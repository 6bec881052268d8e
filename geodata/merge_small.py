"""Pieces of ground joined until each holds enough residents (Blöcke zusammenfassen)."""

from __future__ import annotations

import heapq
from collections.abc import Sequence

import numpy as np

from spatial.arrays import FloatArray, IntArray, LabelArray
from spatial.contiguity import Contiguity

_ACROSS_LINE = 1e-3  # a border along a given line counts for so little: crossed only where nothing else is left


def merged_labels(
    contiguity: Contiguity,
    residents: IntArray,
    area_m2: FloatArray,
    *,
    group: LabelArray,
    minimum: tuple[int, float],
) -> LabelArray:
    """Which block each piece belongs to, so that blocks hold a minimum of residents and of area.

    The smallest piece is joined first, to the neighbour of its group with the longest common border for its number of
    residents. A group that is too small as a whole stays one block.

    Parameters
    ----------
    contiguity : pieces with common borders; edges marked as barriers follow given lines
    residents, area_m2 : (n,) of each piece
    group : (n,) municipality; nothing is joined across
    minimum : residents and square metres of a block

    Returns
    -------
    (n,) int32 labels 0 … k−1 in order of first appearance
    """
    neighbours = _neighbours(contiguity, group)
    people, ground = residents.astype(np.int64).copy(), area_m2.astype(np.float64).copy()
    parent = np.arange(contiguity.n)
    least, smallest = minimum
    queue = [(int(people[i]), float(ground[i]), i) for i in range(contiguity.n)]
    heapq.heapify(queue)
    while queue:
        count, area, piece = heapq.heappop(queue)
        stale = parent[piece] != piece or count != people[piece] or area != ground[piece]
        if stale or (count >= least and area >= smallest) or not neighbours[piece]:
            continue
        other = _best(neighbours[piece], people, least)
        _join(piece, other, neighbours)
        parent[piece] = other
        people[other] += people[piece]
        ground[other] += ground[piece]
        heapq.heappush(queue, (int(people[other]), float(ground[other]), other))
    return _labels(parent)


def _neighbours(contiguity: Contiguity, group: LabelArray) -> list[dict[int, float]]:
    found: list[dict[int, float]] = [{} for _ in range(contiguity.n)]
    weight = np.where(contiguity.barrier, _ACROSS_LINE, 1.0) * contiguity.border_m
    for (a, b), border in zip(contiguity.edges.tolist(), weight.tolist(), strict=True):
        if group[a] == group[b] and border > 0:
            found[a][b] = found[b][a] = border
    return found


def _best(neighbours: dict[int, float], people: IntArray, least: int) -> int:
    """Long border first, but not always to the largest neighbour; the lower number on a tie."""
    return max(neighbours, key=lambda k: (neighbours[k] / (1 + people[k] / max(least, 1)), -k))


def _join(piece: int, other: int, neighbours: Sequence[dict[int, float]]) -> None:
    for third, border in neighbours[piece].items():
        del neighbours[third][piece]
        if third != other:
            neighbours[other][third] = neighbours[other].get(third, 0.0) + border
            neighbours[third][other] = neighbours[other][third]
    neighbours[piece].clear()


def _labels(parent: IntArray) -> LabelArray:
    root = parent.copy()
    while (root != parent[root]).any():
        root = parent[root]
    _, first, number = np.unique(root, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int32)
    rank[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    return rank[number]
