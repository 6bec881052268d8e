"""A small set of really different good plans (Varianten)."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from regionalization.compare import adjusted_rand, compare
from regionalization.draft import Wish, drafted
from regionalization.preparation import prepare
from regionalization.problem import Problem
from regionalization.progress import Progress, Watch
from regionalization.proposal import Parameters, Proposal

_EFFORT = 0.55  # of one of several plans, a share of a whole search

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
    progress = watch if isinstance(watch, Progress) else Progress(watch, limit_s=parameters.limit_s)
    prepared = prepare(problem, progress.of_part(-1, 0.0))
    chosen = parameters if count <= 1 else replace(parameters, effort=_EFFORT * parameters.effort)
    found: list[Proposal] = []
    for turn in range(max(count, 1)):
        if found and progress.stopped_by:
            break
        wish = Wish("annealing", chosen, seed + turn, tuple(proposal.plan for proposal in found))
        found.append(drafted(prepared, wish, progress.of_search(turn, 1 / max(count, 1))))
    if progress.stopped_by:
        found = [replace(one, stopped_early=True, stopped_by=progress.stopped_by) for one in found]
    found = [_repeatable(one, parameters, (seed, turn, count)) for turn, one in enumerate(found, start=1)]
    return _named(problem, _measured(_without_doubles(found)))


def _repeatable(proposal: Proposal, parameters: Parameters, at: tuple[int, int, int]) -> Proposal:
    """With what has to be given to find it again; a later plan depends on all that were found before it."""
    named = dict(zip(("first_seed", "turn", "count"), at, strict=True))
    return replace(proposal, parameters=parameters, extra=named)


def _without_doubles(found: list[Proposal]) -> list[Proposal]:
    """Every plan once, as it was found first; each says how many searches ended with it again (``same``)."""
    times = Counter(proposal.plan.labels.tobytes() for proposal in found)
    first: dict[bytes, Proposal] = {}
    for proposal in found:
        labels = proposal.plan.labels.tobytes()
        again = {**proposal.extra, "same": times[labels] - 1}
        first.setdefault(labels, replace(proposal, extra=again))
    return list(first.values())


def _measured(found: list[Proposal]) -> tuple[Proposal, ...]:
    """Best first; of each plan its share of energy above the best, and its distance to the most similar one before."""
    ordered = sorted(found, key=_quality)
    least = ordered[0].scores["energy"]
    measured = []
    for turn, proposal in enumerate(ordered):
        alike = [adjusted_rand(proposal.plan.labels, other.plan.labels) for other in ordered[:turn]]
        gap = max(proposal.scores["energy"] - least, 0.0) / abs(least) if least else 0.0
        distance = round(1 - max(alike), 6) if alike else 1.0
        extra = {**proposal.extra, "distance": distance, "gap": round(gap, 6)}
        measured.append(replace(proposal, extra=extra))
    return tuple(measured)


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
