"""Zones of regions that threads may work on side by side, redrawn every round."""

from __future__ import annotations

from typing import Any

import numpy as np

from regionalization.methods.search_state import SearchGraph
from spatial.arrays import LabelArray

Zone = tuple[Any, Any, int]  # nodes to draw from, zone of each region, own zone
MOST = 8
# Whole-number directions, so that no machine's sine can change a plan.
_DIRECTIONS = np.array([(1, 0), (0, 1), (1, 1), (1, -1), (2, 1), (1, -2), (1, 2), (2, -1)], dtype=np.float64)


def zone_count(k: int) -> int:
    """How many zones k regions are divided into; depends on nothing else, so threads never change a plan.

    >>> [zone_count(k) for k in (3, 20, 100, 1000)]
    [1, 2, 4, 8]
    """
    return 1 if k < 8 else 2 if k < 64 else 4 if k < 256 else MOST


def zones(graph: SearchGraph, labels: LabelArray, k: int, turn: int) -> list[Zone]:
    """Divide the regions into strips across a direction that changes with every turn.

    Strips hold equally many regions, in the order of the regions' centres.
    """
    count = zone_count(k)
    if count == 1:
        return [(np.arange(len(labels), dtype=np.int64), np.zeros(k, dtype=np.int64), 0)]
    along = graph.centroid @ _DIRECTIONS[turn % len(_DIRECTIONS)]
    size = np.maximum(np.bincount(labels, minlength=k), 1)
    centre = np.round(np.bincount(labels, weights=along, minlength=k) / size, 3)
    rank = np.empty(k, dtype=np.int64)
    rank[np.lexsort((np.arange(k), centre))] = np.arange(k)
    shift = (turn // len(_DIRECTIONS)) * k // (3 * count) if count > 2 else 0
    zone_of = np.clip((rank + shift % (k // count)) * count // k, 0, count - 1)
    own = zone_of[labels]
    return [(np.flatnonzero(own == z), zone_of, z) for z in range(count)]
