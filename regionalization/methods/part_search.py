"""Everything one part gets: several searches where it is small, exact mending, and the exact mode."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from regionalization.methods.annealing import KeepGoing, SearchOrder, judged
from regionalization.methods.exact import LARGEST, ExactResult, Limits, solve_exactly
from regionalization.methods.group_search import improve_groups
from regionalization.methods.local_search import searched_around
from regionalization.methods.mending import Mender
from regionalization.methods.separation import separated_search
from regionalization.progress import stretched
from regionalization.proof import PartProof
from spatial.arrays import LabelArray

_RESTART_NODES = 600  # parts below search several times, all together as long as one of this size
_MOST_RESTARTS = 12
_MENDING_TURNS = 6  # fresh searches of ever wider neighbourhoods for a part still in trouble
_POLISHED = 3  # best searches whose small groups are divided anew
_PROVEN_FROM = 0.5  # effort from which on small parts are proven without being asked for
_NODES_PER_REGION, _TINY = 10, 24  # parts with smaller regions, or fewer nodes, can be proven quickly as a rule
_QUICK_SETS, _QUICK_BRANCHES = 600_000, 400
_PROVING, _SEARCHED = 0.6, 0.9  # share of the work done after the proof, and after the searches


@dataclass(frozen=True, eq=False)
class PartResult:
    """Labels 0…k−1, and what is proven about them."""

    labels: LabelArray
    proof: PartProof


def restarts(nodes: int, effort: float) -> int:
    """How many searches a part of so many nodes gets; depends on nothing else, so a seed gives one plan.

    >>> [restarts(n, 1.0) for n in (30, 300, 2000)], restarts(2000, 4.0)
    ([12, 2, 1], 4)
    """
    return min(_MOST_RESTARTS, max(1, _RESTART_NODES // max(nodes, 1))) * max(1, round(effort))


def search_part(order: SearchOrder, *, exact: bool, keep_going: KeepGoing) -> PartResult:
    """The best plan of one part; where the part is small also the proof that there is none better, or none at all.

    ``exact`` asks for the proof in every part of at most 120 nodes; else it is tried where it takes about a second.
    """
    if len(order.bands) == 1:
        return PartResult(separated_search(order, keep_going), PartProof("optimal"))
    if not _is_provable(order, exact=exact):
        labels = _mended(order, _best_search(order, stretched(keep_going, 0.0, _SEARCHED)), keep_going)
        keep_going(1.0)
        return PartResult(labels, PartProof("open"))
    labels, found = _proven(order, exact=exact, keep_going=stretched(keep_going, 0.0, _PROVING))
    if found.status != "optimal" and keep_going(_PROVING):
        other = _best_search(order, stretched(keep_going, _PROVING, _SEARCHED))
        if found.status != "infeasible":
            other = _mended(order, other, keep_going)
        labels = min(labels, other, key=lambda plan: judged(order, plan))
    keep_going(1.0)
    return PartResult(labels, _proof(order, labels, found))


def _is_provable(order: SearchOrder, *, exact: bool) -> bool:
    """Small enough for a proof that is asked for or quick; no proof holds with prices for leaving today's regions
    or for likeness to known plans."""
    n, k = len(order.graph.weight), len(order.bands)
    quick = order.effort >= _PROVEN_FROM and n <= max(_NODES_PER_REGION * k, _TINY)
    return n <= LARGEST and (exact or quick) and not (order.graph.home >= 0).any() and not len(order.graph.unlike)


def _proven(order: SearchOrder, *, exact: bool, keep_going: KeepGoing) -> tuple[LabelArray, ExactResult]:
    """One search to have a plan at hand and a cost to beat, then the exact one; the better plan of the two."""
    alone = replace(order, effort=min(order.effort, 1.0), key=f"{order.key}#0", threads=1)
    labels = separated_search(alone, stretched(keep_going, 0.0, 0.3))
    known = labels if _left(order, labels) <= 0 else None
    limits = Limits() if exact else Limits(_QUICK_SETS, _QUICK_BRANCHES)
    limits = limits._replace(going=lambda: keep_going(0.3))
    found = solve_exactly(order.graph, order.bands, order.weights, known=known, limits=limits)
    if found.labels is not None:
        labels = min(labels, found.labels, key=lambda plan: judged(order, plan))
    return labels, found


def _proof(order: SearchOrder, labels: LabelArray, found: ExactResult) -> PartProof:
    if found.status != "unknown":
        return PartProof(found.status)
    missed, energy = judged(order, labels)
    if missed > 0 or found.bound == -np.inf:
        return PartProof("open")
    return PartProof("bound", max(energy - found.bound, 0.0))


def _mended(order: SearchOrder, labels: LabelArray, keep_going: KeepGoing) -> LabelArray:
    """Regions in trouble in a part whose band could hold all: divided exactly, then searched afresh ever wider."""
    if order.effort <= 0 or not _can_fit(order):
        return labels
    mender = Mender(order.graph, order.bands, order.weights, lambda: keep_going(_SEARCHED))
    labels = mender.mended(labels)
    for turn in range(_MENDING_TURNS):
        if _left(order, labels) <= 0 or not keep_going(_SEARCHED):
            return labels
        labels = searched_around(order, labels, turn, lambda done: keep_going(_SEARCHED))
        labels = mender.mended(labels)
    return labels


def _best_search(order: SearchOrder, keep_going: KeepGoing) -> LabelArray:
    """The best of several searches, the earliest among equals; side by side where threads allow."""
    nodes = len(order.graph.weight)
    fresh = order.start is None and order.effort > 0
    count = restarts(nodes, order.effort) if fresh else 1
    if count == 1:
        return _polished(order, separated_search(order, keep_going))
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

        return separated_search(order, going)


def _polished(order: SearchOrder, labels: LabelArray) -> LabelArray:
    """Groups of small regions divided in the best way, where there was time for a search at all."""
    if order.effort <= 0 or not _can_fit(order):
        return labels
    better = improve_groups(order.graph, labels, order.bands, order.weights)
    return better if judged(order, better) < judged(order, labels) else labels


def _left(order: SearchOrder, labels: LabelArray) -> float:
    return judged(order, labels)[0]


def _can_fit(order: SearchOrder) -> bool:
    total = float(np.cumsum(order.graph.residents)[-1])
    return bool(order.bands[:, 0].sum() <= total <= order.bands[:, 1].sum())
