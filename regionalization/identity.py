"""What makes a result repeatable: the version of the engine and the fingerprint of its input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from regionalization.constraints import Constraints
from regionalization.problem import Problem
from spatial.fingerprint import county_fingerprint, digest
from spatial.plan import Plan

VERSION = "3"
_DECIMALS = 9  # stated rounding of feature values


def problem_fingerprint(problem: Problem) -> str:
    """Fingerprint of blocks, neighbourhood, features, target and constraints; block order does not matter."""
    order = np.array(sorted(range(len(problem.blocks)), key=problem.blocks.ids.__getitem__), dtype=np.int64)
    columns = sorted(range(len(problem.feature_names)), key=problem.feature_names.__getitem__)
    features = np.round(problem.features[order][:, columns], _DECIMALS) + 0.0
    names = tuple(sorted(problem.feature_names))
    demands = _demands(problem.constraints, order)
    return digest(county_fingerprint(problem.blocks, problem.contiguity), names, features, problem.target, demands)


def _demands(constraints: Constraints, order: Any) -> tuple[Any, ...]:
    values: list[Any] = []
    for name in sorted(constraints.__dataclass_fields__):
        value = getattr(constraints, name)
        if isinstance(value, Mapping):
            value = sorted(value.items())
        elif isinstance(value, Plan):
            value = value.labels[order].tolist()
        elif isinstance(value, tuple):
            value = sorted(tuple(sorted(group)) for group in value)
        values.append((name, value))
    return tuple(values)
