"""The best choice of regions among all connected sets, with proof: pricing, cuts, reduced costs, branch and bound."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from regionalization.methods.connected_sets import SetPool, cheapest_of_each, reduced_costs
from regionalization.methods.set_model import Going, Relaxed, SetModel, Whole
from regionalization.methods.triple_cuts import violated_triples
from spatial.arrays import BoolArray, FloatArray, IntArray

Status = Literal["optimal", "infeasible", "unknown"]
Size = tuple[int, int]  # nodes, regions
BRANCHES = 20_000  # of the branch and bound; numbers, not a clock, so that results repeat
_STARTING = 15  # cheapest sets of every node the relaxation starts from
_PRICED_IN = 400  # sets of negative reduced cost taken in per turn
_PRICINGS, _CUTTINGS = 200, 15
_CUTS = 40  # most violated triples added per turn
_NARROW = 3_000  # sets that the first, hopeful branch and bound looks at
_FEW = 200  # sets from which on branching is faster than cutting
_BRANCHABLE = 600  # sets that are branched on without a trial first
_TRIALS, _PROMISING, _TRIAL_BRANCHES = 6, 300, 200
_NEAR = 0.4  # share of the way to the limit within which sets are promising
_SETS_PER_BRANCH = 8
_WIDER = 4  # times as many sets in the next look
_ROUNDING = 1e-7


@dataclass(frozen=True, eq=False)
class Partitioning:
    """Status, positions of the chosen sets (the best met where nothing is proven), and a bound of the sum of costs."""

    status: Status
    chosen: IntArray
    bound: float


@dataclass(frozen=True, eq=False)
class _Priced:
    """Relaxation over all sets: reduced costs, bound, what is unmet, which sets were taken; is it finished?"""

    reduced: FloatArray
    bound: float
    unmet: float
    taken: BoolArray
    finished: bool


def best_partition(
    pool: SetPool, size: Size, *, known: float = np.inf, branches: int = BRANCHES, going: Going
) -> Partitioning:
    """Choose exactly k sets that hold each of n nodes once at least cost.

    Parameters
    ----------
    pool : all sets allowed; size : (n, k)
    known : cost of a known choice among them; narrows the search, the result is the same
    branches : most branches of one branch and bound; it is not begun with more than eight times as many sets
    going : asked again and again; after no the best known is returned, with status ``"unknown"``

    Returns
    -------
    ``"optimal"`` and ``"infeasible"`` are proven against all sets of the pool; the bound always holds
    """
    if len(pool.costs) == 0:
        return Partitioning("infeasible", _NOTHING, np.inf)
    priced = _relaxed(pool, size, going)
    if not priced.finished:
        return Partitioning("unknown", _NOTHING, priced.bound)
    if priced.unmet > 1e-6:
        return Partitioning("infeasible", _NOTHING, np.inf)
    reach, triples = (
        min(_reach_of(priced.reduced, min(_NARROW, len(pool.costs) // 2)), _above(priced.bound, known)),
        _NO_TRIPLES,
    )
    while True:
        found, triples = _within(pool, size, priced, (reach, triples, branches, going))
        limit = priced.bound + reach
        if found.kind == "unknown":
            return Partitioning("unknown", np.sort(found.picked), min(limit, found.bound))
        if found.value <= limit and len(found.picked):
            return Partitioning("optimal", np.sort(found.picked), found.value)
        if reach == np.inf:
            return Partitioning("infeasible", _NOTHING, np.inf)
        reach = _next_reach(priced, reach, min(found.value, known))


_NOTHING: IntArray = np.empty(0, dtype=np.int64)
_NO_TRIPLES: IntArray = np.empty((0, 3), dtype=np.int64)
_NONE = Whole("infeasible", _NOTHING, np.inf, np.inf)
_UNKNOWN = Whole("unknown", _NOTHING, np.inf, -np.inf)


def _above(bound: float, cost: float) -> float:
    return max(cost - bound, 0.0) + 1e-6


def _reach_of(reduced: FloatArray, count: int) -> float:
    """Reach within which ``count`` sets lie, at least 1e-6; infinite where there are no more."""
    if count >= len(reduced):
        return np.inf
    return float(max(np.partition(reduced, count)[count], 1e-6))


def _next_reach(priced: _Priced, reach: float, known: float) -> float:
    """Wider, but never wider than a known choice asks for; infinite once all sets were within."""
    asked = _above(priced.bound, known)
    if asked <= reach or reach >= float(priced.reduced.max()):
        return np.inf  # a known choice that was not among the sets: nothing is taken for granted
    wider = _reach_of(priced.reduced, _WIDER * int((priced.reduced <= reach).sum()))
    return min(2 * reach if wider == np.inf else max(wider, 1.5 * reach), asked)


def _relaxed(pool: SetPool, size: Size, going: Going) -> _Priced:
    """The relaxation over all sets; where something stays unmet, first whether that must be so."""
    largest = float(np.abs(pool.costs).max()) + 1.0
    start = cheapest_of_each(pool, pool.costs / np.diff(pool.start), size[0], _STARTING)
    taken = np.zeros(len(pool.costs), dtype=bool)
    taken[start[start >= 0]] = True
    priced = _priced(pool, size, (largest, taken), going)
    if not priced.finished or priced.unmet <= 1e-6:
        return priced
    free = pool._replace(costs=np.zeros(len(pool.costs)))
    possible = _priced(free, size, (1.0, priced.taken), going)
    if not possible.finished or possible.unmet > 1e-6:
        return replace(possible, bound=priced.bound)
    return _priced(pool, size, (1e4 * largest, possible.taken), going)


def _priced(pool: SetPool, size: Size, start: tuple[float, BoolArray], going: Going) -> _Priced:
    """Sets of negative reduced cost are taken in until there is none; ``start`` = (penalty, sets to begin with)."""
    penalty, taken = start[0], start[1].copy()
    model = SetModel(size, penalty)
    model.take(pool, np.flatnonzero(taken))
    bound = -np.inf
    for _ in range(_PRICINGS):
        solution = model.solved()
        reduced = reduced_costs(pool, solution.prices)
        bound = max(bound, solution.value + size[1] * min(float(reduced.min()), 0.0))
        fresh = _most_negative(reduced, taken)
        if len(fresh) == 0:
            return _Priced(reduced, solution.value, solution.unmet, taken, True)
        if not going():
            break
        taken[fresh] = True
        model.take(pool, fresh)
    return _Priced(np.zeros(len(pool.costs)), bound, 0.0, taken, False)


def _most_negative(reduced: FloatArray, taken: BoolArray) -> IntArray:
    negative = np.flatnonzero((reduced < -_ROUNDING) & ~taken)
    if len(negative) > _PRICED_IN:
        negative = np.sort(negative[np.argpartition(reduced[negative], _PRICED_IN)[:_PRICED_IN]])
    return negative


def _within(
    pool: SetPool, size: Size, priced: _Priced, limits: tuple[float, IntArray, int, Going]
) -> tuple[Whole, IntArray]:
    """The best choice among the sets whose reduced cost lies within reach, and the cuts that bound it.

    ``limits`` = (reach, cuts to begin with, branches, going).

    While many sets are left, a choice among the most promising ones is sought first, to lower the limit by.
    """
    reach, triples, branches, going = limits
    limit = priced.bound + reach
    left = _Left(np.flatnonzero(priced.reduced <= reach + _ROUNDING), triples, priced.bound)
    best = _NONE
    for _ in range(_TRIALS):
        left, solution = _cut_off(pool, size, left, (limit, going))
        if solution.value > limit + 1e-6 * (1 + abs(priced.bound)):
            return best, left.triples
        if solution.unmet < 1e-9 and (np.abs(solution.share - np.round(solution.share)) < 1e-7).all():
            return Whole("optimal", left.sets[solution.share > 0.5], solution.value, solution.value), left.triples
        if len(left.sets) <= _BRANCHABLE or not going():
            break
        order = np.argsort(np.round(solution.reduced, 9) - solution.share, kind="stable")
        near = int((solution.reduced <= _NEAR * (limit - solution.value)).sum()) if limit < np.inf else 0
        found = _chosen(
            pool, size, left.sets[np.sort(order[: max(_PROMISING, min(near, 4 * branches))])], (_TRIAL_BRANCHES, going)
        )
        if found.value >= limit - 1e-9:
            break
        best, limit = replace(found, kind="optimal"), found.value
    heavy = len(left.sets) > _SETS_PER_BRANCH * branches
    last = _UNKNOWN if heavy else _chosen(pool, size, left.sets, (branches, going))
    if last.kind == "unknown":
        better = last if last.value < best.value else best
        last = replace(better, kind="unknown", bound=min(max(last.bound, left.bound), better.value))
    elif last.value >= best.value:
        last = best
    return last, left.triples


def _chosen(pool: SetPool, size: Size, sets: IntArray, limits: tuple[int, Going]) -> Whole:
    branches, going = limits
    if len(sets) == 0:
        return _NONE
    if not going():
        return _UNKNOWN
    model = SetModel(size, 1.0)
    model.take(pool, sets)
    found = model.whole(branches, going)
    return replace(found, picked=sets[found.picked])


@dataclass(frozen=True, eq=False)
class _Left:
    """Sets that can still be in a choice below the limit, the cuts that bind, and the bound they prove."""

    sets: IntArray
    triples: IntArray
    bound: float


def _cut_off(pool: SetPool, size: Size, left: _Left, limits: tuple[float, Going]) -> tuple[_Left, Relaxed]:
    """What is left after cuts over three nodes, and the relaxation over it; ``limits`` = (highest cost, going)."""
    limit, going = limits
    penalty = 1e4 * (float(np.abs(pool.costs[left.sets]).max(initial=0.0)) + 1.0)
    model = _cut_model(pool, size, left, penalty)
    for turn in range(_CUTTINGS):
        solution = model.solved()
        low = solution.reduced <= limit - solution.value + _ROUNDING
        gained = solution.value - left.bound
        left = replace(left, bound=max(left.bound, solution.value))
        stalled = turn > 2 and gained < 0.03 * (limit - left.bound)
        if low.sum() <= _FEW or solution.value > limit or stalled or not going():
            break
        fresh = _fresh_cuts(pool, left.sets, solution, size[0])
        if len(fresh) == 0:
            break
        if low.mean() >= 0.7:
            model.cut(pool, left.sets, fresh)
            left = replace(left, triples=np.concatenate([left.triples, fresh]))
            continue
        binding = left.triples[solution.cut_prices < -1e-9]
        left = _Left(left.sets[low], np.concatenate([binding, fresh]), left.bound)
        model = _cut_model(pool, size, left, penalty)
    binding = (
        left.triples[solution.cut_prices < -1e-9] if len(solution.cut_prices) == len(left.triples) else left.triples
    )
    solution = replace(solution, share=solution.share[low], reduced=solution.reduced[low])
    return _Left(left.sets[low], binding, left.bound), solution


def _cut_model(pool: SetPool, size: Size, left: _Left, penalty: float) -> SetModel:
    model = SetModel(size, penalty)
    model.take(pool, left.sets)
    if len(left.triples):
        model.cut(pool, left.sets, left.triples)
    return model


def _fresh_cuts(pool: SetPool, sets: IntArray, solution: Relaxed, n: int) -> IntArray:
    """The triples violated most."""
    held = np.flatnonzero(solution.share > _ROUNDING)
    fresh, amount = violated_triples(pool, sets[held], solution.share[held], n)
    most: IntArray = fresh[np.argsort(-np.round(amount, 9), kind="stable")[:_CUTS]]
    return most
