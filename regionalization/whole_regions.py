"""Make every region of a plan one piece inside its borders, with as few changes as possible."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from regionalization.municipal_groups import target_of_blocks
from regionalization.preparation import Prepared
from spatial.arrays import BoolArray, IntArray, LabelArray
from spatial.connectivity import pieces
from spatial.plan import UNASSIGNED

_ANCHOR = 1e12  # a locked block outweighs all residents


def made_whole(prepared: Prepared, labels: LabelArray, untouched: Collection[int] = ()) -> LabelArray:
    """Every region in one piece inside one part, numbers kept; see ``whole_and_enclosed``."""
    return whole_and_enclosed(prepared, labels, untouched)[0]


def whole_and_enclosed(
    prepared: Prepared, labels: LabelArray, untouched: Collection[int]
) -> tuple[LabelArray, BoolArray]:
    """Every block assigned and every region in one piece inside one part, as far as untouched regions allow it.

    Blocks locked into a region go there first; the piece that holds them, else the one with most residents, keeps the
    number; other pieces and unassigned blocks go to the neighbour they share most border with. A piece that no region
    can take becomes a new region where nothing at all touches it or it has residents enough; a smaller one that only
    untouched regions enclose keeps the number it had, because no region of its own would be one worth the name.

    Parameters
    ----------
    labels : (n,) in canonical block order, −1 unassigned
    untouched : numbers of regions that neither give nor take blocks

    Returns
    -------
    (n,) int32 in canonical block order, and (n,) bool: the enclosed blocks, the only ones that may be −1 or apart
    """
    fixed = np.isin(labels, np.array(sorted(untouched), dtype=np.int64)) & (labels != UNASSIGNED)
    given = labels
    labels = _together(prepared, _locked_home(prepared, labels))
    labels = np.where(fixed | np.isin(labels, np.array(sorted(untouched))), given, labels).astype(np.int32)
    kept = _largest_pieces(prepared, labels) | fixed
    result = np.where(kept, labels, UNASSIGNED).astype(np.int32)
    enclosed = np.zeros(len(labels), dtype=bool)
    while ((result == UNASSIGNED) & ~enclosed).any():
        result = _filled(prepared, result, fixed)
        enclosed |= _enclosed(prepared, result, fixed)
        loose = np.flatnonzero((result == UNASSIGNED) & ~enclosed)
        if len(loose):
            number = 1 + max(int(result.max()), int(labels.max()), *untouched, 0)
            result = _new_region(prepared, result, loose, number)
    return np.where(enclosed, given, result).astype(np.int32), enclosed


def _enclosed(prepared: Prepared, result: LabelArray, fixed: BoolArray) -> BoolArray:
    """Loose pieces between untouched regions with fewer residents than a region should have."""
    loose = result == UNASSIGNED
    enclosed = np.zeros(len(result), dtype=bool)
    if not fixed.any() or not loose.any():
        return enclosed
    a, b = prepared.contiguity.edges[prepared.contiguity.passable].T
    piece = pieces(np.where(loose, 1, UNASSIGNED).astype(np.int32), prepared.contiguity)
    walled = np.unique(np.concatenate([piece[a[loose[a] & fixed[b]]], piece[b[loose[b] & fixed[a]]]]))
    for number in walled:
        members = np.flatnonzero((piece == number) & loose)
        constraints, general = prepared.problem.constraints, prepared.problem.target
        target = target_of_blocks(prepared.blocks, members, constraints, general)[1]
        enclosed[members] = prepared.blocks.population[members].sum() < max(target.minimum, 1)
    return enclosed


def _locked_home(prepared: Prepared, labels: LabelArray) -> LabelArray:
    """Locked blocks carry the number of the region they are locked into."""
    locked = prepared.problem.constraints.locked
    if not locked:
        return labels
    wanted = np.array([locked.get(block, UNASSIGNED) for block in prepared.blocks.ids], dtype=np.int32)
    return np.where(wanted != UNASSIGNED, wanted, labels).astype(np.int32)


def _together(prepared: Prepared, labels: LabelArray) -> LabelArray:
    """Blocks of one search node share the label most of their residents have."""
    if int(prepared.node.max()) + 1 == len(labels):
        return labels
    result = labels.copy()
    sizes = np.bincount(prepared.node)
    for node in np.flatnonzero(sizes > 1):
        members = np.flatnonzero(prepared.node == node)
        values, codes = np.unique(labels[members], return_inverse=True)
        result[members] = values[np.argmax(np.bincount(codes, weights=prepared.blocks.population[members] + 1e-6))]
    return result


def _largest_pieces(prepared: Prepared, labels: LabelArray) -> BoolArray:
    """Which blocks lie in the piece of their region with most residents."""
    piece = pieces(labels, prepared.contiguity)
    locked = prepared.problem.constraints.locked
    anchor = (
        np.array([block in locked for block in prepared.blocks.ids]) if locked else np.zeros(len(labels), dtype=bool)
    )
    people = np.bincount(piece, weights=prepared.blocks.population + 1e-6 + _ANCHOR * anchor)
    first = np.unique(piece, return_index=True)[1]
    region = labels[first]
    best = np.zeros(len(people), dtype=bool)
    for r in np.unique(region[region != UNASSIGNED]):
        own = np.flatnonzero(region == r)
        best[own[np.argmax(people[own])]] = True
    return best[piece]


def _filled(prepared: Prepared, result: LabelArray, fixed: BoolArray) -> LabelArray:
    """Loose blocks join the region they share most border with, ring by ring."""
    edges = prepared.contiguity.edges[prepared.contiguity.passable]
    metres = prepared.contiguity.border_m[prepared.contiguity.passable] + 1e-3
    both, lengths = np.concatenate([edges, edges[:, ::-1]]), np.concatenate([metres, metres])
    while True:
        reach = (result[both[:, 0]] == UNASSIGNED) & (result[both[:, 1]] != UNASSIGNED) & ~fixed[both[:, 1]]
        if not reach.any():
            return result
        block, region = both[reach, 0], result[both[reach, 1]]
        pairs, at = np.unique(np.stack([block, region], axis=1), axis=0, return_inverse=True)
        shared = np.bincount(at.ravel(), weights=lengths[reach])
        order = np.lexsort((pairs[:, 1], -shared, pairs[:, 0]))
        chosen = pairs[order][np.unique(pairs[order, 0], return_index=True)[1]]
        result = result.copy()
        result[chosen[:, 0]] = chosen[:, 1]
        result = np.where(fixed, result, _nodes_whole(prepared, result, chosen[:, 0])).astype(np.int32)


def _nodes_whole(prepared: Prepared, result: LabelArray, fresh: IntArray) -> LabelArray:
    """A block that joins takes along the loose blocks it must stay together with."""
    if int(prepared.node.max()) + 1 == len(result):
        return result
    label_of_node = np.full(int(prepared.node.max()) + 1, UNASSIGNED, dtype=np.int32)
    label_of_node[prepared.node[fresh[::-1]]] = result[fresh[::-1]]
    given = label_of_node[prepared.node]
    return np.where(given != UNASSIGNED, given, result).astype(np.int32)


def _new_region(prepared: Prepared, result: LabelArray, loose: IntArray, number: int) -> LabelArray:
    """One loose piece becomes the region ``number``, because no region can reach it."""
    part = prepared.part_of_block
    same_part = loose[part[loose] == part[loose[0]]]
    at_hand = np.where(np.isin(np.arange(len(result)), same_part), 1, UNASSIGNED).astype(np.int32)
    piece = pieces(at_hand, prepared.contiguity)
    people = np.bincount(piece[same_part], weights=prepared.blocks.population[same_part] + 1e-6)
    result = result.copy()
    result[same_part[piece[same_part] == np.argmax(people)]] = number
    return result
