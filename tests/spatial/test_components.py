"""The pieces of a county, against scipy on random pairs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from spatial.components import connected_pieces


@pytest.mark.parametrize(("n", "pairs"), [(1, 0), (5, 0), (40, 25), (40, 60), (300, 220)])
@pytest.mark.parametrize("seed", range(4))
def test_pieces_are_those_of_scipy_in_order_of_first_appearance(n: int, pairs: int, seed: int) -> None:
    ends = np.random.default_rng([n, pairs, seed]).integers(0, n, (pairs, 2))
    graph = csr_array((np.ones(pairs, dtype=np.int8), (ends[:, 0], ends[:, 1])), shape=(n, n))
    assert connected_pieces(ends, n).tolist() == connected_components(graph, directed=False)[1].tolist()


def test_no_block_has_no_piece() -> None:
    assert connected_pieces(np.empty((0, 2)), 0).tolist() == []
