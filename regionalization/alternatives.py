"""A small set of really different good plans (Varianten)."""

from __future__ import annotations

from dataclasses import replace

from regionalization.compare import adjusted_rand, compare
from regionalization.draft import draft
from regionalization.problem import Problem
from regionalization.progress import Progress, Watch
from regionalization.proposal import Parameters, Proposal
from regionalization.scores import plan_scores

DIFFERENT = 0.6  # adjusted Rand index up to which two plans count as really different
_TRIES = 2  # candidates per wanted alternative
_EFFORT = 0.35  # of one candidate, a share of a whole search

# measure → (code of what distinguishes a plan, is more better?)
STRENGTHS = {
    "polsby_popper": ("compact", True),
    "ssd_ratio": ("homogeneous", False),
    "mean_deviation": ("balanced", False),
    "settlement_cut": ("settlements_whole", False),
    "cut_m": ("short_borders", False),
    "residents_moved": ("close_to_today", False),
}


def different_proposals(
    problem: Problem,
    *,
    count: int,
    parameters: Parameters,
    seed: int,
    watch: Watch | Progress | None,
) -> tuple[Proposal, ...]:
    """See ``regionalization.propose.propose_alternatives``."""
    orders = _orders(count, parameters, seed)
    progress = watch if isinstance(watch, Progress) else Progress(watch, limit_s=parameters.limit_s)
    candidates: list[Proposal] = []
    for number, (chosen, turn) in enumerate(orders):
        if not progress.stopped_by:
            inner = progress.of_search(number, 1 / len(orders))
            candidates.append(draft(problem, method="annealing", parameters=chosen, seed=turn, watch=inner))
    if progress.stopped_by:
        candidates = [replace(c, stopped_early=True, stopped_by=progress.stopped_by) for c in candidates]
    judged = [_judged(problem, candidate, parameters) for candidate in candidates]
    return _named(problem, _different(judged, count))


def _orders(count: int, parameters: Parameters, seed: int) -> list[tuple[Parameters, int]]:
    """Several seeds with the wanted weights, then one search each for shape, likeness and balance."""
    if count <= 1:
        return [(parameters, seed)]
    quick = replace(parameters, effort=_EFFORT * parameters.effort)
    same = [(quick, seed + turn) for turn in range(_TRIES * count)]
    compact = replace(quick, compactness=2 * quick.compactness)
    alike = replace(quick, compactness=quick.compactness / 2)
    balanced = replace(quick, balance=quick.balance + 1.0)
    return [*same, (compact, seed), (alike, seed), (balanced, seed)]


def _judged(problem: Problem, proposal: Proposal, parameters: Parameters) -> Proposal:
    """Every candidate is judged by the weights that were asked for, whatever it was searched with."""
    if proposal.parameters == replace(parameters, effort=proposal.parameters.effort):
        return proposal
    return replace(proposal, scores=plan_scores(proposal.plan, problem, parameters))


def _different(candidates: list[Proposal], count: int) -> tuple[Proposal, ...]:
    """Greedy choice: the best plan, then always the best that is different enough, else the most different."""
    pool = sorted(candidates, key=_quality)
    taken = [replace(pool.pop(0), extra={"distance": 1.0})]
    while pool and len(taken) < count:
        distances = [min(1 - adjusted_rand(p.plan.labels, t.plan.labels) for t in taken) for p in pool]
        far = [i for i, d in enumerate(distances) if d >= 1 - DIFFERENT]
        best = far[0] if far else max(range(len(pool)), key=lambda i: (distances[i], -i))
        taken.append(replace(pool.pop(best), extra={"distance": round(distances[best], 6)}))
    return tuple(taken)


def _named(problem: Problem, taken: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
    """Say of each plan in what it is the best of the set: ``extra["strengths"]``."""
    today = problem.constraints.current_plan
    table = [dict(proposal.scores) for proposal in taken]
    if today is not None:
        for row, proposal in zip(table, taken, strict=True):
            row["residents_moved"] = float(compare(today, proposal.plan, problem.blocks).residents)
    named = []
    for row, proposal in zip(table, taken, strict=True):
        strengths = tuple(code for measure, (code, more) in STRENGTHS.items() if _is_best(measure, row, table, more))
        named.append(replace(proposal, extra={**proposal.extra, "strengths": strengths}))
    return tuple(named)


def _is_best(measure: str, row: dict[str, float], table: list[dict[str, float]], more: bool) -> bool:
    if measure not in row or len({r[measure] for r in table}) == 1:
        return False
    return row[measure] == (max if more else min)(r[measure] for r in table)


def _quality(proposal: Proposal) -> tuple[int, float, int]:
    avoidable = sum(not v.unavoidable for v in proposal.violations)
    return avoidable, proposal.scores["energy"], proposal.seed
