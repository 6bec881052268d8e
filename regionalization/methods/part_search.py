"""Everything one part gets: several searches where it is small, exact mending, and the exact mode."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from regionalization.methods.annealing import KeepGoing, SearchOrder, judged, search
from regionalization.methods.exact import LARGEST, ExactResult, mend_exactly, solve_exactly
from spatial.arrays import LabelArray

_RESTART_NODES = 600  # parts below search several times, all together as long as one of this size
_MOST_RESTARTS = 12


@dataclass(frozen=True, eq=False)
class PartResult:
    """Labels 0…k−1, and what was proven: ``"proven_optimal"``, ``"proven_infeasible"`` or ``""``."""

    labels: LabelArray
    proven: str = ""


def restarts(nodes: int) -> int:
    """How many searches a part of so many nodes gets; depends on nothing else, so a seed gives one plan.

    >>> [restarts(n) for n in (30, 300, 2000)]
    [12, 2, 1]
    """
    return min(_MOST_RESTARTS, max(1, _RESTART_NODES // max(nodes, 1)))


def search_part(order: SearchOrder, *, exact: bool, keep_going: KeepGoing) -> PartResult:
    """The best plan of one part; ``exact`` also asks for a proof where the part has at most 120 nodes."""
    k, nodes = len(order.bands), len(order.graph.weight)
    if k == 1:
        return PartResult(search(order, keep_going))
    labels = _best_search(order, keep_going)
    if order.effort > 0 and _can_fit(order) and _left(order, labels) > 0:
        labels = mend_exactly(order.graph, labels, order.bands, order.weights)
    missed = _left(order, labels) > 0
    if nodes > LARGEST or not (exact or (missed and order.effort > 0 and _can_fit(order))):
        return PartResult(labels)
    return _proven(order, labels, solve_exactly(order.graph, order.bands, order.weights, None if missed else labels))


class _Turns:
    """Progress over several searches; remembers the wish to stop."""

    def __init__(self, count: int, keep_going: KeepGoing) -> None:
        self.count, self.turn, self.stopped, self._keep_going = count, 0, False, keep_going

    def __call__(self, done: float) -> bool:
        self.stopped = not self._keep_going((self.turn + done) / self.count)
        return not self.stopped


def _best_search(order: SearchOrder, keep_going: KeepGoing) -> LabelArray:
    turns = _Turns(restarts(len(order.graph.weight)) if order.start is None and order.effort > 0 else 1, keep_going)
    best = search(order, turns)
    value = judged(order, best)
    while not turns.stopped and turns.turn + 1 < turns.count:
        turns.turn += 1
        labels = search(replace(order, key=f"{order.key}#{turns.turn}"), turns)
        if judged(order, labels) < value:
            best, value = labels, judged(order, labels)
    return best


def _proven(order: SearchOrder, labels: LabelArray, result: ExactResult) -> PartResult:
    if result.status == "optimal" and result.labels is not None:
        return PartResult(result.labels, "proven_optimal")
    return PartResult(labels, "proven_infeasible" if result.status == "infeasible" else "")


def _left(order: SearchOrder, labels: LabelArray) -> float:
    return judged(order, labels)[0]


def _can_fit(order: SearchOrder) -> bool:
    total = float(np.cumsum(order.graph.residents)[-1])
    return bool(order.bands[:, 0].sum() <= total <= order.bands[:, 1].sum())
