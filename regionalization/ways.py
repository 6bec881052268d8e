"""Ways that join the blocks of several groups at once, as many groups as possible, with proof (Verbindungen)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from spatial.arrays import BoolArray, FloatArray, IntArray, LabelArray

_LARGEST = 30_000  # columns of a task that is tried
_BRANCHES = 2_000
_ROUNDS = 20  # of ruling out ways that together bring blocks into one region which must be apart
_BLOCK = 1e-3  # price of a connecting block, as a share of the worth of a group

Arcs = tuple[Any, Any, Any]  # (block left, block reached, number of the group), one entry per arc


@dataclass(frozen=True, eq=False)
class Ways:
    """Blocks each joined group uses, its own among them; groups that are given up; is it proven that no more fit?"""

    used: Mapping[int, IntArray]
    given_up: tuple[int, ...]
    proven: bool


def best_ways(
    unit: LabelArray,
    groups: Sequence[int],
    apart: Mapping[int, frozenset[int]],
    *,
    edges: Any,
    keep_going: Callable[[], bool] = lambda: True,
) -> Ways | None:
    """Join as many groups as possible over open borders, none over blocks it must be apart from.

    Parameters
    ----------
    unit : (n,) unit of each block; groups : units of several blocks, each inside one connected piece
    apart : unit → units it must not share a region with
    edges : (m, 2) open borders
    keep_going : asked before every round of solving

    Returns
    -------
    None where the task is too large, a limit was reached, or ``keep_going`` said no. Found as a mixed-integer program:
    every group sends one unit of flow from its first block to each of its others, and only through blocks that it uses.
    """
    if len(groups) * (3 * len(unit) + 2 * len(edges)) > _LARGEST:
        return None
    model = _Model(unit, groups, apart, edges)
    for _ in range(_ROUNDS):
        share = model.solved() if keep_going() else None
        if share is None:
            return None
        used = model.used(share)
        quarrel = _quarrel(unit, used, apart)
        if not len(quarrel):
            return Ways(used, tuple(g for g in groups if g not in used), True)
        model.rule_out(quarrel)
    return None


class _Model:
    """Columns: is the group joined; does it use the block; flow of the group over the border, both ways."""

    def __init__(
        self, unit: LabelArray, groups: Sequence[int], apart: Mapping[int, frozenset[int]], edges: Any
    ) -> None:
        self.unit, self.groups, n, m = unit, list(groups), len(unit), 2 * len(edges)
        self._n, self._g = n, len(self.groups)
        self._use, self._flow = self._g, self._g * (1 + n)
        import highspy  # loaded by those only whose groups stand in each other's way

        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for name, value in {"output_flag": False, "threads": 1, "random_seed": 0, "mip_max_nodes": _BRANCHES}.items():
            solver.setOptionValue(name, value)
        self._solver = solver
        count = self._flow + self._g * m
        worth = np.concatenate([np.full(self._g, -1.0), np.full(self._g * n, _BLOCK / n), np.zeros(self._g * m)])
        upper = np.concatenate([np.ones(self._flow), np.full(self._g * m, float(n))])
        upper[self._use : self._flow] = self._allowed(apart).ravel()
        none = np.zeros(0, dtype=np.int32)
        solver.addCols(count, worth, np.zeros(count), upper, 0, none, none, np.zeros(0))
        whole = np.arange(self._flow, dtype=np.int32)
        solver.changeColsIntegrality(len(whole), whole, np.full(len(whole), 1, dtype=np.uint8))
        self._add_flow(np.concatenate([edges, edges[:, ::-1]]))
        self._add_apart(apart)

    def _allowed(self, apart: Mapping[int, frozenset[int]]) -> FloatArray:
        """(g, n) 1 where the group may use the block."""
        rows = [~np.isin(self.unit, sorted(apart.get(g, ()))) for g in self.groups]
        return np.array(rows, dtype=np.float64)

    def _add_flow(self, arcs: Any) -> None:
        for i, group in enumerate(self.groups):
            members = np.flatnonzero(self.unit == group)
            flow = self._flow + i * len(arcs)
            for v in range(self._n):
                into, out = flow + np.flatnonzero(arcs[:, 1] == v), flow + np.flatnonzero(arcs[:, 0] == v)
                columns, signs = [*into, *out], [1.0] * len(into) + [-1.0] * len(out)
                if v == members[0]:
                    self._row(0.0, 0.0, ([i, *columns], [len(members) - 1.0, *signs]))
                elif v in members:
                    self._row(0.0, 0.0, ([i, *columns], [-1.0, *signs]))
                else:
                    self._row(0.0, 0.0, (columns, signs))
                    limit = [1.0] * len(into) + [1.0 - len(members)]
                    self._row(-np.inf, 0.0, ([*into, self._use + i * self._n + v], limit))

    def _add_apart(self, apart: Mapping[int, frozenset[int]]) -> None:
        for i, group in enumerate(self.groups):
            for j in range(i):
                if self.groups[j] in apart.get(group, ()):
                    for v in range(self._n):
                        columns = [self._use + i * self._n + v, self._use + j * self._n + v]
                        self._row(-np.inf, 1.0, (columns, [1.0, 1.0]))

    def rule_out(self, quarrel: IntArray) -> None:
        """Not all of these uses at once; ``quarrel`` (q, 2) number of the group, block."""
        at = {g: i for i, g in enumerate(self.groups)}
        columns = [self._use + at[int(g)] * self._n + int(v) for g, v in quarrel]
        self._row(-np.inf, len(columns) - 1.0, (columns, [1.0] * len(columns)))

    def solved(self) -> FloatArray | None:
        """Values of the columns in the proven best solution."""
        self._solver.run()
        if self._solver.modelStatusToString(self._solver.getModelStatus()) != "Optimal":
            return None
        values: FloatArray = np.array(self._solver.getSolution().col_value)
        return values

    def used(self, share: FloatArray) -> dict[int, IntArray]:
        """Blocks that each joined group uses."""
        uses: BoolArray = share[self._use : self._flow].reshape(self._g, self._n) > 0.5
        joined = [i for i in range(self._g) if share[i] > 0.5]
        return {self.groups[i]: np.flatnonzero(uses[i] | (self.unit == self.groups[i])) for i in joined}

    def _row(self, low: float, high: float, entries: tuple[Sequence[Any], Sequence[float]]) -> None:
        columns, signs = np.array(entries[0], dtype=np.int32), np.array(entries[1])
        self._solver.addRow(low, high, len(columns), columns, signs)


def _quarrel(unit: LabelArray, used: Mapping[int, IntArray], apart: Mapping[int, frozenset[int]]) -> IntArray:
    """(q, 2) uses (group, block of others) that together bring units into one region which must be apart."""
    cluster = {int(u): int(u) for u in np.unique(unit)}
    for group, blocks in used.items():
        met = {cluster[int(u)] for u in unit[blocks]} | {cluster[group]}
        cluster = {u: min(met) if c in met else c for u, c in cluster.items()}
    for a, others in sorted(apart.items()):
        for b in sorted(others):
            if cluster[a] == cluster[b]:
                inside = [g for g in used if cluster[g] == cluster[a]]
                uses = [(g, int(v)) for g in inside for v in used[g] if unit[v] != g]
                return np.array(uses, dtype=np.int64).reshape(-1, 2)
    return np.empty((0, 2), dtype=np.int64)
