"""Exact choice of regions among all connected sets: set partitioning with HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array, identity, vstack

from regionalization.methods.connected_sets import price_sums
from spatial.arrays import FloatArray, IntArray

Status = Literal["optimal", "infeasible", "unknown"]
_STARTING = 2_000  # cheapest sets the relaxation starts from
_PRICED_IN = 4_000  # sets with negative reduced cost taken in per turn
_ROUNDING = 1e-7
_BRANCHES = 20_000  # nodes of the branch and bound; a number, not a clock, so that results repeat


@dataclass(frozen=True, eq=False)
class Partitioning:
    """Result: positions of the chosen sets, and the proven bound on the sum of costs."""

    status: Status
    chosen: IntArray
    bound: float


def partition_by_sets(sets: Any, costs: FloatArray, n: int, k: int, upper: float | None = None) -> Partitioning:
    """Choose exactly k sets that hold each of n nodes once at least cost.

    Parameters
    ----------
    sets : (q, words) uint64, node i in set q where bit i is set
    costs : (q,) finite
    upper : cost of a known choice; narrows the search, the result is the same

    Returns
    -------
    ``"optimal"`` is proven against all sets given; ``"infeasible"`` likewise; ``"unknown"`` when the branches ran out
    """
    if len(sets) == 0:
        return Partitioning("infeasible", np.empty(0, dtype=np.int64), np.inf)
    reduced, bound, feasible = _relaxed(sets, costs, n, k)
    if not feasible:
        return Partitioning("infeasible", np.empty(0, dtype=np.int64), np.inf)
    reach = max(upper - bound, 0.0) + 1e-6 if upper is not None else 0.02 * abs(bound) + 1e-6
    while True:
        within = np.flatnonzero(reduced <= reach + _ROUNDING)
        model = _model(_columns(sets[within], n), costs[within], k, whole=True)
        model.run()
        status = model.modelStatusToString(model.getModelStatus())
        if status == "Optimal":
            value = float(model.getInfo().objective_function_value)
            picked = within[np.array(model.getSolution().col_value) > 0.5]
            if value - bound <= reach or len(within) == len(sets):
                return Partitioning("optimal", picked, value)
            reach = value - bound + 1e-6
        elif status == "Infeasible" and len(within) < len(sets):
            reach = 3 * reach if len(within) < len(sets) // 2 else np.inf
        else:
            kind: Status = "infeasible" if status == "Infeasible" else "unknown"
            return Partitioning(kind, np.empty(0, dtype=np.int64), bound)


def _relaxed(sets: Any, costs: FloatArray, n: int, k: int) -> tuple[FloatArray, float, bool]:
    """Reduced cost of every set, bound, and whether the relaxation has a solution; sets are priced in as needed."""
    active = np.sort(np.argsort(costs, kind="stable")[:_STARTING])
    penalty = 10 * float(np.abs(costs).max()) + 1.0
    while True:
        model = _model(_columns(sets[active], n), costs[active], k, whole=False, penalty=penalty)
        model.run()
        prices = np.array(model.getSolution().row_dual)
        bound = float(model.getInfo().objective_function_value)
        reduced: FloatArray = costs - price_sums(sets, prices[:n]) - prices[n]
        negative = np.flatnonzero(reduced < -_ROUNDING)
        fresh = np.setdiff1d(negative[np.argsort(reduced[negative], kind="stable")[:_PRICED_IN]], active)
        if len(fresh) == 0:
            artificial = np.array(model.getSolution().col_value)[len(active) :]
            return reduced, bound, bool(artificial.sum() < 1e-6)
        active = np.union1d(active, fresh)


def _columns(sets: Any, n: int) -> Any:
    """(q, n) sparse 0/1 membership."""
    bytes_ = np.ascontiguousarray(sets).view(np.uint8).reshape(len(sets), -1)
    dense = np.unpackbits(bytes_, axis=1, bitorder="little", count=n)
    return csr_array(dense.astype(np.float64))


def _model(columns: Any, costs: FloatArray, k: int, *, whole: bool, penalty: float = 0.0) -> Any:
    """Rows: every node once, and k sets; the relaxation may also pay ``penalty`` to leave a node or the count open."""
    q, n = columns.shape
    blocks = [vstack([csr_array(columns.T), csr_array(np.ones((1, q)))])]
    if not whole:
        slack = identity(n + 1, format="csr")
        shortage = csr_array((np.full(1, -1.0), ([n], [0])), shape=(n + 1, 1))
        blocks += [slack, shortage]
    matrix = csc_array(_beside(blocks))
    problem = highspy.HighsLp()
    problem.num_col_, problem.num_row_ = matrix.shape[1], n + 1
    problem.col_cost_ = np.concatenate([costs, np.full(matrix.shape[1] - q, penalty)])
    problem.col_lower_ = np.zeros(matrix.shape[1])
    problem.col_upper_ = np.full(matrix.shape[1], 1.0 if whole else highspy.kHighsInf)
    sides = np.append(np.ones(n), float(k))
    problem.row_lower_, problem.row_upper_ = sides, sides.copy()
    problem.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    starts, indices = matrix.indptr.astype(np.int32), matrix.indices.astype(np.int32)
    problem.a_matrix_.start_, problem.a_matrix_.index_, problem.a_matrix_.value_ = starts, indices, matrix.data
    if whole:
        problem.integrality_ = [highspy.HighsVarType.kInteger] * matrix.shape[1]
    return _solver(problem)


def _beside(blocks: list[Any]) -> Any:
    return vstack([block.T for block in blocks]).T


def _solver(problem: Any) -> Any:
    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 1e-9, "mip_max_nodes": _BRANCHES}
    for name, value in options.items():
        solver.setOptionValue(name, value)
    solver.passModel(problem)
    return solver
