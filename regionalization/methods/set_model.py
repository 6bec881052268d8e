"""The linear model of a division into regions: every node in one set, k sets, at least cost (HiGHS)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalization.methods.connected_sets import SetPool
from regionalization.methods.triple_cuts import cut_rows
from spatial.arrays import FloatArray, IntArray

Going = Callable[[], bool]  # answers whether to go on

_INFINITE = np.inf  # as HiGHS has it


@dataclass(frozen=True, eq=False)
class Relaxed:
    """Solution of the relaxation.

    Attributes
    ----------
    value : cost of the solution, penalties included
    share (q,) : to what share each set is taken; reduced (q,) : its reduced cost
    prices (n+1,) : of the nodes and of a region; cut_prices (t,) : of the cuts, ≤ 0
    unmet : how much of the nodes and of the number of regions is left open
    """

    value: float
    share: FloatArray
    reduced: FloatArray
    prices: FloatArray
    cut_prices: FloatArray
    unmet: float


@dataclass(frozen=True, eq=False)
class Whole:
    """Choice of whole sets.

    Attributes
    ----------
    kind : ``"optimal"``, ``"infeasible"``, or ``"unknown"`` when the branches ran out or somebody asked to stop
    picked : positions among the sets taken; value : their cost, infinite without any; bound : no choice costs less
    """

    kind: str
    picked: IntArray
    value: float
    bound: float


class SetModel:
    """The relaxation over some sets of a pool; what stays open costs ``penalty`` each, so a solution always exists."""

    def __init__(self, size: tuple[int, int], penalty: float) -> None:
        n, k = size
        self._n, self._open = n, n + 2
        self._solver = _solver()
        sides = np.append(np.ones(n), float(k))
        none = np.zeros(0, dtype=np.int32)
        self._solver.addRows(n + 1, sides, sides, 0, np.zeros(n + 1, dtype=np.int32), none, np.zeros(0))
        rows = np.append(np.arange(n + 1), n).astype(np.int32)  # each node open; regions missing, regions too many
        signs = np.append(np.ones(n + 1), -1.0)
        self._columns(np.full(n + 2, penalty), np.arange(n + 2, dtype=np.int32), (rows, signs))

    def take(self, pool: SetPool, chosen: IntArray) -> None:
        """Add sets; cuts must come after them."""
        sizes = np.diff(pool.start)[chosen]
        start = np.concatenate([[0], np.cumsum(sizes + 1)])
        rows = np.full(start[-1], self._n, dtype=np.int32)
        inner = np.repeat(pool.start[chosen] - start[:-1], sizes + 1) + np.arange(start[-1])
        held = np.ones(start[-1], dtype=bool)
        held[start[1:] - 1] = False
        rows[held] = pool.member[inner[held]]
        self._columns(pool.costs[chosen], start[:-1].astype(np.int32), (rows, np.ones(len(rows))))

    def cut(self, pool: SetPool, chosen: IntArray, triples: Any) -> None:
        """Add cuts over three nodes; ``chosen`` are all the sets taken, in their order."""
        start, at = cut_rows(pool.bits, chosen, triples)
        t = len(triples)
        lowest, ones = np.full(t, -_INFINITE), np.ones(len(at))
        self._solver.addRows(t, lowest, np.ones(t), len(at), start[:-1], at + np.int32(self._open), ones)

    def solved(self) -> Relaxed:
        """The cheapest solution over the sets taken."""
        self._solver.run()
        solution = self._solver.getSolution()
        values, prices = np.array(solution.col_value), np.array(solution.row_dual)
        return Relaxed(
            value=float(self._solver.getInfo().objective_function_value),
            share=values[self._open :],
            reduced=np.array(solution.col_dual)[self._open :],
            prices=prices[: self._n + 1],
            cut_prices=prices[self._n + 1 :],
            unmet=float(values[: self._open].sum()),
        )

    def whole(self, branches: int, going: Going) -> Whole:
        """The cheapest choice of whole sets that leaves nothing open, by at most so many ``branches``.

        The model cannot be used as a relaxation afterwards.
        """
        from highspy import HighsVarType, SolutionStatus

        solver, q, shut = self._solver, self._solver.getNumCol() - self._open, np.zeros(self._open)
        solver.changeColsBounds(self._open, np.arange(self._open, dtype=np.int32), shut, shut)
        kinds = np.full(q, int(HighsVarType.kInteger), dtype=np.uint8)
        solver.changeColsIntegrality(q, np.arange(self._open, self._open + q, dtype=np.int32), kinds)
        solver.setOptionValue("mip_max_nodes", branches)
        solver.cbMipInterrupt += lambda event: None if going() else event.interrupt()
        solver.run()
        status, found = solver.modelStatusToString(solver.getModelStatus()), solver.getInfo()
        if status == "Infeasible":
            return Whole("infeasible", np.empty(0, dtype=np.int64), np.inf, np.inf)
        has_plan = found.primal_solution_status == SolutionStatus.kSolutionStatusFeasible.value
        share = np.array(solver.getSolution().col_value)[self._open :] if has_plan else np.zeros(q)
        value = float(found.objective_function_value) if has_plan else np.inf
        optimal = status == "Optimal"
        bound = value if optimal else float(found.mip_dual_bound)
        return Whole("optimal" if optimal else "unknown", np.flatnonzero(share > 0.5), value, bound)

    def _columns(self, costs: FloatArray, start: Any, entries: tuple[Any, FloatArray]) -> None:
        q, upper = len(costs), np.full(len(costs), _INFINITE)
        self._solver.addCols(q, costs, np.zeros(q), upper, len(entries[0]), start, *entries)


def _solver() -> Any:
    import highspy  # loaded by those only whose county is small enough for a proof

    solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": 1e-9}.items():
        solver.setOptionValue(name, value)
    return solver
