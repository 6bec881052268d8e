"""Keeping a search away from plans made before: a price on blocks that both plans hold together."""

from __future__ import annotations

import numpy as np

from regionalization.methods.search_state import RegionSums, SearchGraph
from spatial.arrays import FloatArray

DIFFERENT = 0.6  # adjusted Rand index up to which two plans count as really different
_AIM = 0.59  # index that the prices steer to, a little below
# Shares of the scale of the energy, per unit of the index: rise of a price in a round, and its limit, which grows with
# the number of regions, because few regions can be divided in few good ways only.
_RISE, _LIMIT, _LIMIT_PER_REGION = 0.31, 0.09, 0.005


def own_prices(graph: SearchGraph) -> SearchGraph:
    """The same graph with prices of its own that begin at nothing, so that searches side by side share none."""
    return graph._replace(unlike=np.zeros(len(graph.unlike)))


def likeness(sums: RegionSums) -> FloatArray:
    """(q,) adjusted Rand index to each known plan, over blocks, from the blocks in common.

    Counts are whole numbers, so their sums are exact on every machine.

    Source
    ------
    Hubert and Arabie (1985), Journal of Classification 2.
    """
    both = _pairs(sums.common).sum(axis=(0, 2))
    here, there = _pairs(sums.common.sum(axis=2)).sum(axis=0), _pairs(sums.common.sum(axis=0)).sum(axis=1)
    chance = here * there / np.maximum(_pairs(sums.common.sum(axis=(0, 2))), 1.0)
    room = (here + there) / 2 - chance
    index: FloatArray = np.where(room > 0, (both - chance) / np.where(room > 0, room, 1.0), 1.0)
    return index


def repriced(graph: SearchGraph, sums: RegionSums, scale: float) -> None:
    """Between two rounds: dearer where the plan is too like a known one, cheaper where it is different enough.

    ``scale`` is the size of the energy of the whole part; prices change in place.
    """
    if not len(graph.unlike):
        return
    size = sums.common.sum(axis=0)
    squares, blocks = (size**2).sum(axis=1), size.sum(axis=1)
    per_index = np.maximum(squares - (squares / blocks) ** 2, 1.0)  # what the priced sum rises by with the index
    price = graph.unlike * per_index + _RISE * scale * (likeness(sums) - _AIM)
    graph.unlike[:] = np.clip(price, 0.0, _dearest(sums, scale)) / per_index


def too_alike(sums: RegionSums, scale: float) -> float:
    """The fine for being nearer to known plans than two really different plans are, in units of energy."""
    if not sums.common.shape[1]:
        return 0.0
    return _dearest(sums, scale) * float(np.maximum(likeness(sums) - DIFFERENT, 0.0).sum())


def _dearest(sums: RegionSums, scale: float) -> float:
    return min(_LIMIT, _LIMIT_PER_REGION * len(sums.common)) * scale


def _pairs(blocks: FloatArray) -> FloatArray:
    return blocks * (blocks - 1) / 2
