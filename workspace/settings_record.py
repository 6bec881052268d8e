"""The page „Vorgaben“ as plain values for the project file, and back: band, count, features, weights, demands."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

import numpy as np

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.proposal import Parameters
from spatial.plan import Plan
from workspace.workspace import Settings

KEY = "demands"
_GROUPS = ("joint_municipalities", "keep_together", "keep_apart", "barrier_edges", "bridge_edges")
_PLAN = "current_plan"


def settings_record(settings: Settings) -> dict[str, Any]:
    """The settings as JSON values.

    >>> record = settings_record(Settings(features=("arbeitslos",), seed=7))
    >>> record["target"], record["features"], record["seed"]
    ({'minimum': 10000, 'target': 12500, 'maximum': 15000}, ['arbeitslos'], 7)
    """
    plain = {name: getattr(settings, name) for name in ("seed", "alternatives", "quartier_target")}
    return {
        **plain,
        "target": _fields(settings.target),
        "features": list(settings.features),
        "parameters": _fields(settings.parameters),
        "constraints": _constraints_record(settings.constraints),
    }


def settings_from_record(record: Mapping[str, Any], *, features: Collection[str], blocks: int) -> Settings:
    """The settings back; what a later or earlier program wrote beside them is left out, what is missing is usual.

    Parameters
    ----------
    features : columns of the county; others are dropped
    blocks : number of blocks; a plan to stay close to with another number is dropped

    Errors
    ------
    InputError : a band that is no band

    >>> settings = Settings(constraints=Constraints(regions_per_municipality={"05370016": 3}), seed=4)
    >>> settings_from_record(settings_record(settings), features=(), blocks=0) == settings
    True
    """
    usual = Settings()
    plain = {name: record.get(name, getattr(usual, name)) for name in ("seed", "alternatives", "quartier_target")}
    return Settings(
        target=PopulationTarget(**_known(PopulationTarget, record.get("target", {}))),
        constraints=_constraints(record.get("constraints", {}), blocks),
        features=tuple(name for name in record.get("features", ()) if name in features),
        parameters=Parameters(**_known(Parameters, record.get("parameters", {}))),
        **plain,
    )


def _fields(value: Any) -> dict[str, Any]:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _known(kind: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}


def _constraints_record(constraints: Constraints) -> dict[str, Any]:
    return {name: _plain(value) for name, value in _fields(constraints).items() if value is not None}


def _plain(value: Any) -> Any:
    """A demand as JSON values; pairs stand for a mapping, whose keys may be pairs of blocks themselves."""
    if isinstance(value, Plan):
        return {"labels": value.labels.tolist(), "level": value.level}
    if isinstance(value, PopulationTarget):
        return _fields(value)
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(entry)] for key, entry in value.items()]
    if isinstance(value, tuple):
        return [_plain(entry) for entry in value]
    return value


def _constraints(record: Mapping[str, Any], blocks: int) -> Constraints:
    values = _known(Constraints, record)
    for name, value in values.items():
        usual = getattr(Constraints(), name)
        if isinstance(usual, Mapping):
            values[name] = {_back(key): _back(entry) for key, entry in value}
        elif name in _GROUPS:
            values[name] = tuple(tuple(group) for group in value)
    plan = values.pop(_PLAN, None)
    if plan is not None and len(plan["labels"]) == blocks:
        values[_PLAN] = Plan(np.array(plan["labels"], dtype=np.int32), level=plan["level"])
    return Constraints(**values)


def _back(value: Any) -> Any:
    """A key or an entry of a mapping: pairs are lists in JSON, bands are records."""
    if isinstance(value, list):
        return tuple(value)
    return PopulationTarget(**_known(PopulationTarget, value)) if isinstance(value, Mapping) else value
