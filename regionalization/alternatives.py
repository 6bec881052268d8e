"""A small set of really different good plans (Varianten)."""

from __future__ import annotations

from dataclasses import replace

from regionalization.compare import adjusted_rand
from regionalization.draft import draft
from regionalization.problem import Problem
from regionalization.progress import Watch
from regionalization.proposal import Parameters, Proposal

DIFFERENT = 0.6  # adjusted Rand index up to which two plans count as really different
_TRIES = 3  # candidates per wanted alternative


def different_proposals(
    problem: Problem,
    *,
    count: int,
    parameters: Parameters,
    seed: int,
    watch: Watch | None,
) -> tuple[Proposal, ...]:
    """See ``regionalization.propose.propose_alternatives``."""
    candidates: list[Proposal] = []
    total = max(1, count if count <= 1 else _TRIES * count)
    stopped = False

    def part_watch(done: float) -> bool:
        nonlocal stopped
        stopped = stopped or (watch is not None and watch((len(candidates) + done) / total))
        return stopped

    while len(candidates) < total and not stopped:
        candidates.append(
            draft(problem, method="annealing", parameters=parameters, seed=seed + len(candidates), watch=part_watch)
        )
    return _different(candidates, count)


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


def _quality(proposal: Proposal) -> tuple[int, float, int]:
    avoidable = sum(not v.unavoidable for v in proposal.violations)
    return avoidable, proposal.scores["energy"], proposal.seed
