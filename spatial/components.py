"""Which blocks hang together over some pairs (Zusammenhangskomponenten)."""

from __future__ import annotations

from typing import Any

import numpy as np

from spatial.arrays import LabelArray
from spatial.compiled import maker


def connected_pieces(pairs: Any, n: int) -> LabelArray:
    """Number of the piece each of n blocks lies in when these pairs connect.

    Parameters
    ----------
    pairs : (m, 2) block positions 0…n−1, in any order and direction

    Returns
    -------
    (n,) int32, numbered by first appearance

    >>> connected_pieces([(3, 1), (1, 0)], 4).tolist()
    [0, 0, 1, 0]
    """
    ends = np.ascontiguousarray(np.reshape(np.asarray(pairs), (-1, 2)), dtype=np.int32)
    numbers: LabelArray = _numbered(ends, n)
    return numbers


@maker
def _numbered(ends: LabelArray, n: int) -> Any:
    """Every pair joins two trees, the smaller root above; then roots are numbered as they come."""
    root = np.arange(n).astype(np.int32)
    for e in range(len(ends)):
        a, b = ends[e, 0], ends[e, 1]
        while root[a] != a:
            root[a] = root[root[a]]
            a = root[a]
        while root[b] != b:
            root[b] = root[root[b]]
            b = root[b]
        root[max(a, b)] = min(a, b)
    pieces = 0
    for u in range(n):
        if root[u] == u:
            root[u] = pieces
            pieces += 1
        else:
            root[u] = root[root[u]]
    return root
