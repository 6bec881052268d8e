"""Cuts over three nodes: at most one chosen set may hold two or more of any three (subset-row cuts)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from regionalization.methods.connected_sets import SetPool

_ONE = np.uint64(1)


@njit(cache=True, nogil=True)
def violated_triples(pool: SetPool, chosen: Any, share: Any, n: int) -> Any:
    """Triples of nodes of which the chosen sets, each taken to its ``share``, hold two or more above once.

    Every whole choice of disjoint sets keeps these cuts, so adding them only raises the bound (Jepsen et al. 2008).

    Returns
    -------
    ((t, 3) int64 nodes ascending, (t,) by how much each is violated)
    """
    pairs, triples = np.zeros((n, n)), np.zeros((n, n, n))
    for a in range(len(chosen)):
        first, last = pool.start[chosen[a]], pool.start[chosen[a] + 1]
        for i in range(first, last):
            for j in range(i + 1, last):
                pairs[pool.member[i], pool.member[j]] += share[a]
                for k in range(j + 1, last):
                    triples[pool.member[i], pool.member[j], pool.member[k]] += share[a]
    found, amount, count = np.empty((n * n, 3), dtype=np.int64), np.empty(n * n), 0
    for i in range(n):
        for j in range(i + 1, n):
            for k in range(j + 1, n):
                over = pairs[i, j] + pairs[i, k] + pairs[j, k] - 2.0 * triples[i, j, k] - 1.0
                if over > 1e-3 and count < n * n:
                    found[count, 0], found[count, 1], found[count, 2] = i, j, k
                    amount[count] = over
                    count += 1
    return found[:count], amount[:count]


@njit(cache=True, nogil=True)
def cut_rows(bits: Any, chosen: Any, triples: Any) -> Any:
    """Which of the chosen sets hold two or more of each triple: (start (t+1,) int32, position in ``chosen`` int32)."""
    start, at = np.zeros(len(triples) + 1, dtype=np.int32), np.empty(len(triples) * len(chosen), dtype=np.int32)
    count = 0
    for t in range(len(triples)):
        for a in range(len(chosen)):
            held = 0
            for i in range(3):
                u = triples[t, i]
                held += 1 if (bits[chosen[a], u >> 6] >> np.uint64(u & 63)) & _ONE else 0
            if held >= 2:
                at[count] = a
                count += 1
        start[t + 1] = count
    return start, at[:count]
