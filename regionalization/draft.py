"""From a problem to one proposal: prepare, search every part, number, judge."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from regionalization.check import broken_rules
from regionalization.energy_weights import PENALTY, energy_weights
from regionalization.feasibility import prepared_feasibility
from regionalization.identity import VERSION, problem_fingerprint
from regionalization.methods.annealing import SearchOrder
from regionalization.methods.municipal_start import along_municipalities
from regionalization.methods.part_search import PartResult, search_part
from regionalization.methods.registry import METHODS, Method
from regionalization.municipal_groups import closes_open_borders
from regionalization.numbering import numbered
from regionalization.part_order import apart_from, held_back, mostly_known, order_of_part, started_near
from regionalization.parts import Part, parts_of
from regionalization.preparation import Prepared, prepare, weighed
from regionalization.problem import Problem
from regionalization.progress import Progress, Watch
from regionalization.proof import PartProof, proof_of
from regionalization.proposal import Parameters, Proposal
from regionalization.scores import prepared_scores
from regionalization.whole_regions import made_whole
from spatial.arrays import LabelArray
from spatial.errors import Finding, InputError
from spatial.plan import Plan

T = TypeVar("T")
_PREPARING = -1  # its number among the parts that report progress


def draft(
    problem: Problem,
    *,
    method: str,
    parameters: Parameters,
    seed: int,
    watch: Watch | Progress | None,
) -> Proposal:
    """See ``regionalization.propose.propose``."""
    if method not in METHODS:
        raise InputError(Finding("propose.method.unknown", where=(method,), values={"known": tuple(METHODS)}))
    progress = watch if isinstance(watch, Progress) else Progress(watch, limit_s=parameters.limit_s)
    started = time.perf_counter()
    prepared = prepare(problem, progress.of_part(_PREPARING, 0.0))
    prepared_s = time.perf_counter() - started
    proposal = drafted(prepared, Wish(method, parameters, seed), progress)
    return replace(proposal, solve_s=prepared_s + proposal.solve_s)


@dataclass(frozen=True, eq=False)
class Wish:
    """How a county is to be searched: ``known`` are plans that the result should really differ from."""

    method: str
    parameters: Parameters
    seed: int
    known: tuple[Plan, ...] = ()


def drafted(prepared: Prepared, wish: Wish, progress: Progress) -> Proposal:
    """One proposal for a county that is prepared already; numbered and judged. ``solve_s`` is without preparing."""
    started = time.perf_counter()
    problem, method, parameters = prepared.problem, METHODS[wish.method], wish.parameters
    prepared = weighed(prepared, parameters.cohesion)
    parts = parts_of(prepared)
    found = _solve(prepared, parts, wish=wish, progress=progress)
    plan = Plan(_in_callers_order(prepared, numbered(prepared, found.labels)))
    solved = time.perf_counter() - started
    scores = prepared_scores(prepared, plan.labels[prepared.order], parameters)
    known = prepared_feasibility(prepared, parts)
    return Proposal(
        plan=plan,
        method=wish.method,
        version=VERSION,
        parameters=parameters,
        seed=wish.seed,
        scores=scores,
        violations=broken_rules(plan, prepared, parts=parts, known=known),
        infeasibilities=known,
        fingerprint=problem_fingerprint(problem),
        solve_s=solved,
        stopped_early=progress.stopped_by != "",
        stopped_by=progress.stopped_by,
        notes=_notes(prepared, method, found.proofs),
        proof=proof_of(found.proofs, scores["energy"]),
    )


@dataclass(frozen=True, eq=False)
class _Found:
    """Labels 0… in canonical block order, and what is proven about each part."""

    labels: LabelArray
    proofs: tuple[PartProof, ...]


def _solve(prepared: Prepared, parts: tuple[Part, ...], *, wish: Wish, progress: Progress) -> _Found:
    """Parts are searched independently of each other, so they may run side by side."""
    method, parameters = METHODS[wish.method], wish.parameters
    weights = energy_weights(prepared, parameters, sum(p.count for p in parts))
    effort = replace(parameters, effort=parameters.effort * method.effort)
    sizes = np.array([len(p.blocks) if p.count > 1 else 1 for p in parts], dtype=np.float64)
    current = _start_labels(prepared, wish)
    known = [plan.labels[prepared.order] for plan in wish.known]

    def one(part: Part) -> tuple[LabelArray, PartResult]:
        order, node = order_of_part(prepared, part, weights=weights, parameters=effort, seed=wish.seed)
        order = replace(order, threads=parameters.threads if len(parts) == 1 else 1)
        if current is not None and mostly_known(prepared, part):
            order = _near_today(prepared, order, node, current[part.blocks])
        order = apart_from(order, node, [labels[part.blocks] for labels in known])
        keep_going = progress.of_part(part.number, sizes[part.number] / sizes.sum())
        order = along_municipalities(order, keep_going)
        return node, search_part(order, exact=method.exact, keep_going=keep_going)

    labels, first, proofs = np.zeros(len(prepared.blocks), dtype=np.int32), 0, []
    for part, (node, result) in zip(parts, _run(one, parts, parameters.threads), strict=True):
        labels[part.blocks] = result.labels[node] + first
        first += part.count
        proofs.append(result.proof)
    return _Found(labels, tuple(proofs))


def _start_labels(prepared: Prepared, wish: Wish) -> LabelArray | None:
    """Today's regions; none for a plan that is to differ from others and may leave today's at no price."""
    constraints = prepared.problem.constraints
    if constraints.current_plan is None or (wish.known and constraints.stay_close <= 0):
        return None
    return made_whole(prepared, constraints.current_plan.labels[prepared.order])


def _near_today(prepared: Prepared, order: SearchOrder, node: LabelArray, current: LabelArray) -> SearchOrder:
    """Start from today's regions and make leaving them cost: 1 moves nobody for less than a whole region's energy."""
    warm = started_near(order, node, current)
    unit = order.weights.penalty * max(order.weights.target, 1.0) / PENALTY
    people = max(float(prepared.blocks.population.sum()), 1.0)
    regions = people / max(order.weights.target, 1.0)
    stay = prepared.problem.constraints.stay_close * unit * regions / people
    return held_back(warm, stay)


def _run(one: Callable[[Part], T], parts: tuple[Part, ...], threads: int) -> list[T]:
    if threads <= 1 or len(parts) == 1:
        return [one(part) for part in parts]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, parts))


def _in_callers_order(prepared: Prepared, labels: LabelArray) -> LabelArray:
    result = np.empty_like(labels)
    result[prepared.order] = labels
    return result


def _notes(prepared: Prepared, method: Method, proofs: tuple[PartProof, ...]) -> tuple[str, ...]:
    notes = []
    if not prepared.standardised.any():
        notes.append("no_features")
    if not prepared.blocks.population.any():
        notes.append("no_residents")
    if closes_open_borders(prepared.problem.constraints):
        notes.append("own_demands_close_borders")
    kinds = {proof.kind for proof in proofs}
    if "infeasible" in kinds:
        notes.append("proven_infeasible")
    if kinds == {"optimal"}:
        notes.append("proven_optimal")
    elif method.exact and "open" in kinds:
        notes.append("no_bound")
    return tuple(notes)
