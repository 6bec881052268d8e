"""Compile the search ahead, so that no planner waits for a compiler: ``python -m regionalization.warm_up``."""

from __future__ import annotations

import numpy as np

from regionalization.methods.connected_sets import set_pool
from regionalization.methods.group_search import best_cover
from regionalization.methods.triple_cuts import cut_rows, violated_triples
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.propose import propose
from regionalization.repair import improve, repair
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges
from spatial.plan import Plan
from spatial.warm_up import neighbours_of_polygons


def warm_up() -> None:
    """Run every search kernel once on a tiny county; the compiled code is kept on disk by numba."""
    for features in (None, np.arange(36.0).reshape(36, 1) % 5):
        problem = _chessboard(6, features)
        improve(propose(problem, method="exact").plan, problem)
    neighbours_of_polygons()
    repair(Plan(np.zeros(100, dtype=np.int32)), _chessboard(10, None))
    _warm_up_proofs()


def _warm_up_proofs() -> None:
    """The loops of a proof that so tiny a county does not need: cuts over three nodes, groups of small regions."""
    pool = set_pool(np.array([[3], [6], [5]], dtype=np.uint64), np.ones(3))
    triples, _ = violated_triples(pool, np.arange(3), np.full(3, 0.5), 3)
    cut_rows(pool.bits, np.arange(3), triples)
    best_cover(pool.bits[:, 0], pool.costs, (3, 1, 1e300, 10))


def _chessboard(side: int, features: object) -> Problem:
    at = np.arange(side * side)
    row, column = at // side, at % side
    right, below = at[column < side - 1], at[row < side - 1]
    edges = np.concatenate([np.stack([right, right + 1], axis=1), np.stack([below, below + side], axis=1)])
    shapes = (np.ones(len(at)), np.full(len(at), 4.0), np.stack([column, row], axis=1).astype(np.float64))
    blocks = block_set([f"{i:03d}" for i in at], population=np.full(len(at), 10), shapes=shapes)
    names = () if features is None else ("feature",)
    contiguity = contiguity_from_edges(len(at), edges, np.ones(len(edges)))
    return Problem(blocks, contiguity, PopulationTarget(80, 90, 100), features=features, feature_names=names)


if __name__ == "__main__":
    warm_up()
