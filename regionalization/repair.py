"""Repair and improve a plan of people: whole regions, in the band, better shape, locked parts untouched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from regionalization.check import check
from regionalization.edits import Edit
from regionalization.energy_weights import energy_weights
from regionalization.methods.annealing import SearchOrder, judged, search
from regionalization.methods.mending import mend_exactly
from regionalization.part_order import held_back, order_of_part, started_from, with_frozen
from regionalization.parts import Part, parts_of, regions_out_of_band
from regionalization.preparation import Prepared, prepare, weighed
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.violation import Remedy, Violation
from regionalization.whole_regions import whole_and_enclosed
from spatial.arrays import BoolArray, LabelArray
from spatial.connectivity import pieces
from spatial.plan import UNASSIGNED, Plan

_IMPROVING = 0.25  # effort of one improvement, a share of a whole search
_REPAIRING = 0.1
_STAYING = 0.3  # price of moving a resident, as a share of the price of one out of the band


@dataclass(frozen=True)
class Repair:
    """One way to put a plan right.

    Attributes
    ----------
    code : ``"make_contiguous"``, ``"into_band"`` or ``"improve"``; its German name stands in ``reporting/text_de``
    edits : the steps that lead there
    residents_moved : residents whose region changes
    violations : what the plan would still break
    """

    code: str
    edits: tuple[Edit, ...]
    residents_moved: int
    violations: tuple[Violation, ...]


def repair(
    plan: Plan,
    problem: Problem,
    *,
    locked: Collection[int] = (),
    parameters: Parameters | None = None,
    seed: int = 0,
) -> Plan:
    """Whole regions first, then into the band with few residents moved; region numbers stay.

    Parameters
    ----------
    plan : any plan, also one with unassigned blocks or regions in pieces
    locked : numbers of regions that stay exactly as they are
    """
    prepared = prepare(problem)
    labels = _searched(prepared, plan, locked, (parameters or Parameters(), seed, True))
    return _as_plan(prepared, plan, labels)


def improve(
    plan: Plan,
    problem: Problem,
    *,
    locked: Collection[int] = (),
    parameters: Parameters | None = None,
    seed: int = 0,
) -> Plan:
    """A better plan near this one: the search starts from it at low temperature; locked regions stay.

    A plan that is already the best of its surroundings comes back unchanged.
    """
    prepared = prepare(problem)
    labels = _searched(prepared, plan, locked, (parameters or Parameters(), seed, False))
    return _as_plan(prepared, plan, labels)


def suggest_repairs(plan: Plan, problem: Problem, *, locked: Collection[int] = ()) -> tuple[Repair, ...]:
    """Up to three ways on from this plan, smallest intervention first; each differs from the one before."""
    prepared = prepare(problem)
    labels, enclosed = whole_and_enclosed(prepared, plan.labels[prepared.order], locked)
    whole = _as_plan(prepared, plan, labels)
    pockets = {prepared.blocks.ids[int(i)] for i in np.flatnonzero(enclosed)}
    found = [("make_contiguous", whole), ("into_band", repair(plan, problem, locked=locked))]
    found.append(("improve", improve(found[-1][1], problem, locked=locked)))
    repairs, seen = [], [plan]
    for code, candidate in found:
        if all((candidate.labels != other.labels).any() for other in seen):
            seen.append(candidate)
            moved = int(problem.blocks.population[candidate.labels != plan.labels].sum())
            left = _because_enclosed(check(candidate, problem), pockets, locked)
            repairs.append(Repair(code, _edits(plan, candidate, problem), moved, left))
    return tuple(repairs)


def _edits(before: Plan, after: Plan, problem: Problem) -> tuple[Edit, ...]:
    """One step per receiving region."""
    changed = after.labels != before.labels
    edits = []
    for region in np.unique(after.labels[changed]):
        at = np.flatnonzero(changed & (after.labels == region))
        edits.append(Edit("assign", int(region), tuple(problem.blocks.ids[i] for i in at)))
    return tuple(edits)


def _as_plan(prepared: Prepared, plan: Plan, labels: LabelArray) -> Plan:
    result = np.empty_like(labels)
    result[prepared.order] = labels
    return plan.with_labels(result)


def _because_enclosed(
    violations: tuple[Violation, ...], pockets: Collection[str], locked: Collection[int]
) -> tuple[Violation, ...]:
    """Blocks between locked regions cannot be joined to anything: say so, and which locks stand in the way."""
    remedies = (Remedy("unlock_regions", {"regions_named": ", ".join(str(r) for r in sorted(locked))}),)
    return tuple(
        replace(v, unavoidable=True, reason="enclosed_by_locked", remedies=remedies)
        if v.rule in ("contiguous", "assigned") and set(v.blocks) <= set(pockets)
        else v
        for v in violations
    )


def _searched(
    prepared: Prepared, plan: Plan, locked: Collection[int], choice: tuple[Parameters, int, bool]
) -> LabelArray:
    """Labels after a warm search of every part; ``choice`` = (parameters, seed, only into the band)."""
    parameters, seed, only_band = choice
    prepared = weighed(prepared, parameters.cohesion)
    start, enclosed = whole_and_enclosed(prepared, plan.labels[prepared.order], locked)
    labels = _apart_for_now(prepared, start, enclosed)
    weights = energy_weights(prepared, parameters, len(np.unique(labels)))
    closed = np.isin(labels, np.array(sorted(locked), dtype=np.int64)) | enclosed
    closed = np.isin(prepared.node, prepared.node[closed])  # what must move with a locked block does not move either
    held = prepared.problem.constraints.locked
    frozen = np.array([held.get(b, -1) == r for b, r in zip(prepared.blocks.ids, labels, strict=True)])
    for part in parts_of(prepared):
        own = labels[part.blocks]
        if closed[part.blocks].all() or len(np.unique(own)) == 1:
            continue
        fresh, node = order_of_part(prepared, part, weights=weights, parameters=parameters, seed=seed)
        fresh = replace(fresh, graph=with_frozen(fresh.graph, node, frozen[part.blocks], closed[part.blocks]))
        order, numbers = started_from(fresh, node, own)
        found = _into_band(order, part) if only_band else _improved(order)
        labels[part.blocks] = numbers[found][node]
    return np.where(closed, start, labels).astype(np.int32)


def _apart_for_now(prepared: Prepared, labels: LabelArray, enclosed: BoolArray) -> LabelArray:
    """Enclosed blocks get numbers of their own while the search runs, because it knows whole regions only."""
    if not enclosed.any():
        return labels.copy()
    piece = pieces(np.where(enclosed, 1, UNASSIGNED).astype(np.int32), prepared.contiguity)
    return np.where(enclosed, labels.max() + 1 + piece, labels).astype(np.int32)


def _improved(order: SearchOrder) -> LabelArray:
    assert order.start is not None
    warm = replace(order, effort=_IMPROVING * order.effort)
    found = search(warm, lambda done: True)
    return found if judged(order, found) < judged(order, order.start) else order.start


def _into_band(order: SearchOrder, part: Part) -> LabelArray:
    """Nothing moves in a part that is in the band; else few residents, by the price of moving."""
    assert order.start is not None
    missed = judged(order, order.start)[0]
    if missed <= 0:
        return order.start
    stay = held_back(order, _STAYING * order.weights.penalty)
    plain = replace(stay, effort=_REPAIRING * order.effort, heat=0.05)
    found = search(plain, lambda done: True)
    fits = regions_out_of_band(part.counted, len(order.bands), part.target) == 0
    if fits and judged(order, found)[0] > 0:
        found = mend_exactly(order.graph, found, order.bands, order.weights)
    return found if judged(order, found)[0] < missed else order.start
