"""May a block leave its region? The bit masks and the search agree with counting pieces anew."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from spatial.connectivity import joined_by_links, neighbour_links, pieces_per_region, stays_connected
from spatial.contiguity import Contiguity, contiguity_from_edges

LAWS = settings(max_examples=60, deadline=None, derandomize=True)


@st.composite
def neighbourhoods(draw: st.DrawFn, most: int = 30) -> Contiguity:
    """Random graphs, not planar on purpose, some with a block of more than 64 neighbours, some borders closed."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = draw(st.integers(2, most))
    pairs = np.stack(np.triu_indices(n, 1), axis=1)
    kept = pairs[rng.random(len(pairs)) < draw(st.sampled_from([0.1, 0.3]))]
    if draw(st.booleans()):
        hub = np.stack([np.zeros(80, dtype=np.int64), np.arange(n, n + 80)], axis=1)
        ring = np.stack([np.arange(n, n + 79), np.arange(n + 1, n + 80)], axis=1)
        kept, n = np.concatenate([kept, hub, ring[rng.random(79) < 0.9]]), n + 80
    barrier = rng.random(len(kept)) < 0.1
    return contiguity_from_edges(n, kept, np.ones(len(kept)), barrier=barrier)


@LAWS
@given(contiguity=neighbourhoods(), seed=st.integers(0, 99))
def test_a_block_may_leave_exactly_when_its_region_stays_in_one_piece(contiguity: Contiguity, seed: int) -> None:
    rng, n = np.random.default_rng(seed), contiguity.n
    indptr, neighbour, edge = contiguity.csr(passable_only=False)
    passable = contiguity.passable[edge]
    labels = rng.integers(0, 2, n).astype(np.int32)
    queue, source, root, waiting = (np.zeros(n, dtype=np.int32) for _ in range(4))
    scratch = (queue, np.zeros(n + 1, dtype=np.int64), source, root, waiting)
    for u in range(n):
        beside = neighbour[indptr[u] : indptr[u + 1]][passable[indptr[u] : indptr[u + 1]]]
        if not (labels[beside] == labels[u]).any():
            continue
        reached = np.isin(np.arange(n), _piece(contiguity, labels, u))
        without = np.where(reached & (np.arange(n) != u), 1, -1).astype(np.int32)
        expected = pieces_per_region(without, contiguity).get(1, 0) == 1
        assert stays_connected(u, (indptr, neighbour, passable), labels, scratch) == expected


def _piece(contiguity: Contiguity, labels: np.ndarray, u: int) -> np.ndarray:
    from spatial.connectivity import pieces

    number = pieces(labels, contiguity)
    return np.flatnonzero(number == number[u])


@LAWS
@given(contiguity=neighbourhoods())
def test_links_say_which_neighbours_of_a_block_touch_each_other(contiguity: Contiguity) -> None:
    indptr, neighbour, edge = contiguity.csr(passable_only=False)
    passable = contiguity.passable[edge]
    links = neighbour_links(indptr, neighbour, passable)
    opened = {(int(a), int(b)) for a, b in contiguity.edges[contiguity.passable]}
    opened |= {(b, a) for a, b in opened}
    for u in range(contiguity.n):
        around = neighbour[indptr[u] : indptr[u + 1]].tolist()
        for place, v in enumerate(around):
            expected = [len(around) <= 64 and (u, w) in opened and (v, w) in opened for w in around]
            bits = int(links[indptr[u] + place])
            assert [bool(bits >> p & 1) for p in range(min(len(around), 64))] == expected[:64]


@LAWS
@given(contiguity=neighbourhoods(most=20), chosen=st.integers(0, 2**32 - 1))
def test_neighbours_are_joined_by_links_when_they_are_one_piece_among_themselves(
    contiguity: Contiguity, chosen: int
) -> None:
    indptr, neighbour, edge = contiguity.csr(passable_only=False)
    links = neighbour_links(indptr, neighbour, contiguity.passable[edge])
    for u in range(contiguity.n):
        around = neighbour[indptr[u] : indptr[u + 1]]
        some = [
            p
            for p in range(min(len(around), 64))
            if chosen >> (p % 32) & 1 and contiguity.passable[edge][indptr[u] + p]
        ]
        if len(some) < 2 or len(around) > 64:
            continue
        mask = np.uint64(sum(1 << p for p in some))
        inside = np.where(np.isin(np.arange(contiguity.n), around[some]), 1, -1).astype(np.int32)
        one_piece = pieces_per_region(inside, contiguity).get(1, 0) == 1
        assert joined_by_links(mask, int(indptr[u]), links) == one_piece
