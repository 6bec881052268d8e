"""The task of drafting regions (Aufgabe): everything the engine needs, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from spatial.arrays import FloatArray, frozen
from spatial.blocks import BlockSet
from spatial.contiguity import Contiguity
from spatial.errors import Finding, InputError


@dataclass(frozen=True, eq=False)
class Problem:
    """Blocks, their neighbourhood, what they are like, and what is demanded; lengths agree.

    Attributes
    ----------
    blocks, contiguity : n blocks and their neighbourhood
    target : population band and aim of a region
    constraints : demands beside the target
    features : (n, f) float64, raw columns whose similarity inside a region is wanted; f may be 0
    feature_names : f texts

    Raises
    ------
    InputError : lengths disagree, or a feature is not finite (every column named)
    """

    blocks: BlockSet
    contiguity: Contiguity
    target: PopulationTarget = field(default_factory=PopulationTarget)
    constraints: Constraints = field(default_factory=Constraints)
    features: Any = None
    feature_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        n = len(self.blocks)
        empty = np.empty((n, 0))
        values: FloatArray = frozen(empty if self.features is None else self.features, np.float64)
        object.__setattr__(self, "features", values)
        findings = _findings(n, self)
        if findings:
            raise InputError(*findings)


def _findings(n: int, problem: Problem) -> list[Finding]:
    found = []
    if problem.contiguity.n != n:
        found.append(Finding("problem.contiguity.length", values={"blocks": n, "contiguity": problem.contiguity.n}))
    if problem.features.shape != (n, len(problem.feature_names)):
        shape = {"blocks": n, "rows": len(problem.features), "names": len(problem.feature_names)}
        return [*found, Finding("problem.features.length", values=shape)]
    bad = ~np.isfinite(problem.features)
    for column in np.flatnonzero(bad.any(axis=0)):
        where = tuple(problem.blocks.ids[i] for i in np.flatnonzero(bad[:, column]))
        values = {"column": problem.feature_names[column], "count": len(where)}
        found.append(Finding("problem.features.not_finite", where=where, values=values))
    return found
