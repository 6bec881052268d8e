"""Compile the statistics and load their libraries ahead, so that nobody waits: ``python -m indicators.warm_up``."""

from __future__ import annotations

import numpy as np

from indicators.aggregate import aggregate
from indicators.counts import count_table
from indicators.hotspots import getis_ord, local_moran
from spatial.arrays import FloatArray
from spatial.contiguity import Contiguity, contiguity_from_edges

_SIDE, _PERMUTATIONS, _SEED = 6, 9, 1


def warm_up() -> None:
    """Run the statistics and the totals once on a tiny county; numba keeps the compiled code on disk."""
    at = np.arange(_SIDE * _SIDE)
    num, den = np.asarray(5.0 + at % 7, dtype=np.float64), np.full(len(at), 100.0)
    for even in (False, True):  # the two ways of standardising a share
        cases = np.where(at % 2 == 0, 10.0, 10.1) if even else num * (1 + at // _SIDE)
        local_moran(np.asarray(cases, dtype=np.float64), den, _chessboard(), seed=_SEED, permutations=_PERMUTATIONS)
    getis_ord(num, den, _chessboard(), seed=_SEED, permutations=_PERMUTATIONS)
    counts = count_table([f"{i:02d}" for i in at], {"EIN02": (num, den)}, date="2000-01-01")
    aggregate(counts, (at % 3).astype(np.int32))
    _load_the_segregation_library(num, den)


def _load_the_segregation_library(num: FloatArray, den: FloatArray) -> None:
    from indicators.segregation_indices import segregation  # brings a dozen heavy packages along

    segregation(num, den)


def _chessboard() -> Contiguity:
    at = np.arange(_SIDE * _SIDE)
    right, below = at[at % _SIDE < _SIDE - 1], at[at < _SIDE * (_SIDE - 1)]
    edges = np.concatenate([np.stack([right, right + 1], axis=1), np.stack([below, below + _SIDE], axis=1)])
    return contiguity_from_edges(len(at), edges, np.ones(len(edges)))


if __name__ == "__main__":
    warm_up()
