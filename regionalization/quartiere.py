"""The lower level: Quartiere nested in Sozialräume."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regionalization.constraints import Constraints
from regionalization.draft import draft
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.progress import Progress, Watch
from regionalization.proposal import Parameters, Proposal
from spatial.blocks import BlockSet, Municipality
from spatial.plan import UNASSIGNED, Plan

_TOLERANCE = 1 / 3  # band of a Quartier around its target, as a share


def quartier_target(target: int) -> PopulationTarget:
    """Band of a third around the target of a Quartier.

    >>> quartier_target(3_000)
    PopulationTarget(minimum=2000, target=3000, maximum=4000)
    """
    return PopulationTarget(round(target * (1 - _TOLERANCE)), target, round(target * (1 + _TOLERANCE)))


def propose_quartiere(
    plan: Plan,
    problem: Problem,
    *,
    target: PopulationTarget,
    parameters: Parameters | None = None,
    seed: int = 0,
    watch: Watch | Progress | None = None,
) -> Proposal:
    """Quartiere of about ``target`` residents, each inside one Sozialraum of ``plan``.

    The plan of the proposal has level ``"quartier"`` and ``plan`` as its parent; numbers run through the county in
    the order of the Sozialräume. Blocks without a Sozialraum get Quartiere of their own among themselves.
    """
    nested = nested_problem(plan, problem, target)
    proposal = draft(nested, method="annealing", parameters=parameters or Parameters(), seed=seed, watch=watch)
    return replace(proposal, plan=Plan(proposal.plan.labels, level="quartier", parent=plan))


def nested_problem(plan: Plan, problem: Problem, target: PopulationTarget) -> Problem:
    """The task of the lower level: every Sozialraum takes the part of a municipality with a hard border."""
    old = problem.constraints
    constraints = Constraints(
        keep_together=old.keep_together,
        barrier_edges=old.barrier_edges,
        bridge_edges=old.bridge_edges,
        places="soft" if old.places == "hard" else old.places,
    )
    return replace(problem, blocks=_within_regions(problem.blocks, plan), target=target, constraints=constraints)


def _within_regions(blocks: BlockSet, plan: Plan) -> BlockSet:
    regions, codes = np.unique(plan.labels, return_inverse=True)
    people = np.bincount(codes, weights=blocks.population)
    keys = ["" if r == UNASSIGNED else f"{r:06d}" for r in regions.tolist()]
    named = [plan.names.get(int(r), str(r)) for r in regions]
    municipalities = tuple(Municipality(k, n, int(p)) for k, n, p in zip(keys, named, people, strict=True))
    return replace(blocks, municipality=codes.astype(np.int32), municipalities=municipalities)
