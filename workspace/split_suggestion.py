"""How a region could be split in two (Teilungsvorschlag): both halves in one piece and about equally large."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose
from spatial.arrays import IntArray
from spatial.blocks import BlockSet
from spatial.plan import Plan

_EFFORT = 0.1
_TOLERANCE = 0.1


def split_suggestion(plan: Plan, problem: Problem, region: int) -> tuple[str, ...]:
    """Ids of the blocks that would leave a region for a new one; empty where it cannot be split.

    The half that leaves is the one with fewer residents; the same plan always gets the same suggestion.
    """
    members = np.flatnonzero(plan.labels == region)
    if len(members) < 2:
        return ()
    total = int(problem.blocks.population[members].sum())
    half = PopulationTarget(int(total * (0.5 - _TOLERANCE)), total // 2, max(1, int(total * (0.5 + _TOLERANCE)) + 1))
    task = Problem(
        blocks=_part(problem.blocks, members),
        contiguity=problem.contiguity.reordered(members),
        target=half,
        constraints=Constraints(municipal_borders="none", region_count=2),
        features=problem.features[members],
        feature_names=problem.feature_names,
    )
    labels = propose(task, parameters=Parameters(effort=_EFFORT), seed=1).plan.labels
    numbers = np.unique(labels)
    residents = [int(task.blocks.population[labels == number].sum()) for number in numbers]
    if len(numbers) < 2:
        return ()
    leaving = numbers[int(np.argmin(residents))]
    return tuple(problem.blocks.ids[i] for i in members[labels == leaving])


def _part(blocks: BlockSet, members: IntArray) -> BlockSet:
    return replace(
        blocks,
        ids=tuple(blocks.ids[i] for i in members),
        population=blocks.population[members],
        area_m2=blocks.area_m2[members],
        perimeter_m=blocks.perimeter_m[members],
        centroid_m=blocks.centroid_m[members],
        municipality=blocks.municipality[members],
        place=blocks.place[members],
    )
