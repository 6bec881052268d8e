"""Everything one part gets: several searches where it is small, exact mending, and the exact mode."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from regionalization.methods.annealing import KeepGoing, SearchOrder, judged, search
from regionalization.methods.exact import LARGEST, ExactResult, mend_exactly, solve_exactly
from regionalization.methods.group_search import improve_groups
from spatial.arrays import LabelArray

_RESTART_NODES = 600  # parts below search several times, all together as long as one of this size
_MOST_RESTARTS = 12
_MENDING_TURNS, _MENDING_HEAT, _MENDING_EFFORT = 6, 0.2, 0.1  # of warm searches for a part still out of band
_POLISHED = 3  # best searches whose small groups are divided anew


@dataclass(frozen=True, eq=False)
class PartResult:
    """Labels 0…k−1, and what was proven: ``"proven_optimal"``, ``"proven_infeasible"`` or ``""``."""

    labels: LabelArray
    proven: str = ""


def restarts(nodes: int, effort: float) -> int:
    """How many searches a part of so many nodes gets; depends on nothing else, so a seed gives one plan.

    >>> [restarts(n, 1.0) for n in (30, 300, 2000)], restarts(2000, 4.0)
    ([12, 2, 1], 4)
    """
    return min(_MOST_RESTARTS, max(1, _RESTART_NODES // max(nodes, 1))) * max(1, round(effort))


def search_part(order: SearchOrder, *, exact: bool, keep_going: KeepGoing) -> PartResult:
    """The best plan of one part; ``exact`` also asks for a proof where the part has at most 120 nodes."""
    k, nodes = len(order.bands), len(order.graph.weight)
    if k == 1:
        return PartResult(search(order, keep_going))
    labels = _mended(order, _best_search(order, keep_going))
    missed = _left(order, labels) > 0
    if nodes > LARGEST or not (exact or (missed and order.effort > 0 and _can_fit(order))):
        return PartResult(labels)
    return _proven(
        order, labels, solve_exactly(order.graph, order.bands, order.weights, known=None if missed else labels)
    )


def _mended(order: SearchOrder, labels: LabelArray) -> LabelArray:
    """Regions still out of a band that could hold all are divided exactly; then warm searches try again in turn."""
    if order.effort <= 0 or not _can_fit(order):
        return labels
    for turn in range(_MENDING_TURNS):
        if _left(order, labels) <= 0:
            return labels
        labels = mend_exactly(order.graph, labels, order.bands, order.weights)
        if _left(order, labels) > 0:
            warm = replace(order, start=labels, heat=_MENDING_HEAT, effort=_MENDING_EFFORT, key=f"{order.key}~{turn}")
            labels = min(labels, search(warm, lambda done: True), key=lambda found: judged(order, found))
    return labels


def _best_search(order: SearchOrder, keep_going: KeepGoing) -> LabelArray:
    """The best of several searches, the earliest among equals; side by side where threads allow."""
    nodes = len(order.graph.weight)
    fresh = order.start is None and order.effort > 0
    count = restarts(nodes, order.effort) if fresh else 1
    if count == 1:
        return _polished(order, search(order, keep_going))
    alone = replace(order, effort=order.effort / max(1, round(order.effort)), threads=1)
    orders = [replace(alone, key=f"{order.key}#{turn}") for turn in range(count)]
    turns = _Turns(count, keep_going)
    with ThreadPoolExecutor(max(order.threads, 1)) as pool:
        work = pool.map if order.threads > 1 else map
        found = [labels for labels in work(turns.search, range(count), orders) if labels is not None]
    best = sorted(found, key=lambda labels: judged(order, labels))[:_POLISHED]
    return min((_polished(order, labels) for labels in best), key=lambda labels: judged(order, labels))


class _Turns:
    """Progress over several searches; after the wish to stop no further one begins."""

    def __init__(self, count: int, keep_going: KeepGoing) -> None:
        self.done, self.stopped, self._keep_going = [0.0] * count, False, keep_going

    def search(self, turn: int, order: SearchOrder) -> LabelArray | None:
        if self.stopped and turn > 0:
            return None

        def going(done: float) -> bool:
            self.done[turn] = done
            self.stopped = self.stopped or not self._keep_going(sum(self.done) / len(self.done))
            return not self.stopped

        return search(order, going)


def _polished(order: SearchOrder, labels: LabelArray) -> LabelArray:
    """Groups of small regions divided in the best way, where there was time for a search at all."""
    if order.effort <= 0 or not _can_fit(order):
        return labels
    better = improve_groups(order.graph, labels, order.bands, order.weights)
    return better if judged(order, better) < judged(order, labels) else labels


def _proven(order: SearchOrder, labels: LabelArray, result: ExactResult) -> PartResult:
    if result.status == "optimal" and result.labels is not None:
        return PartResult(result.labels, "proven_optimal")
    return PartResult(labels, "proven_infeasible" if result.status == "infeasible" else "")


def _left(order: SearchOrder, labels: LabelArray) -> float:
    return judged(order, labels)[0]


def _can_fit(order: SearchOrder) -> bool:
    total = float(np.cumsum(order.graph.residents)[-1])
    return bool(order.bands[:, 0].sum() <= total <= order.bands[:, 1].sum())
