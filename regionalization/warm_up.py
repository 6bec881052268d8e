"""Compile the search ahead, so that no planner waits for a compiler: ``python -m regionalization.warm_up``."""

from __future__ import annotations

import numpy as np

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
