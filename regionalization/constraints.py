"""What the planner demands of a plan (Vorgaben)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal

from regionalization.population_target import PopulationTarget
from spatial.plan import Plan

Borders = Literal["hard", "soft", "none"]
Places = Literal["ignore", "soft", "hard"]


@dataclass(frozen=True)
class Constraints:
    """Everything a plan has to obey beside the population target.

    Attributes
    ----------
    municipal_borders : ``"hard"`` no region crosses one, ``"soft"`` crossing costs, ``"none"`` they do not matter
    region_count : exactly so many regions over all, None = as many as fit
    regions_per_municipality : municipality key → exactly so many regions
    targets : municipality key → population target of its own
    joint_municipalities : groups of municipality keys that may share regions (allowed exceptions)
    locked : block id → region number it must stay in
    keep_together : groups of block ids that stay in one region
    keep_apart : pairs of block ids that never share a region
    barrier_edges : pairs of neighbouring block ids that no region may use to go on
    bridge_edges : pairs of block ids a region may use although they do not touch, or over a barrier
    preferred_cuts : pairs of neighbouring block ids whose border runs along a railway, motorway, river or main road →
        share of the ordinary price (0–1) that a cut there costs
    places : are named places ignored, kept whole where possible, or always
    places_weight : a border inside a named place is so many times as dear to cut as one beside it, ≥ 1
    """

    municipal_borders: Borders = "hard"
    region_count: int | None = None
    regions_per_municipality: Mapping[str, int] = field(default_factory=dict)
    targets: Mapping[str, PopulationTarget] = field(default_factory=dict)
    joint_municipalities: tuple[tuple[str, ...], ...] = ()
    locked: Mapping[str, int] = field(default_factory=dict)
    keep_together: tuple[tuple[str, ...], ...] = ()
    keep_apart: tuple[tuple[str, str], ...] = ()
    barrier_edges: tuple[tuple[str, str], ...] = ()
    bridge_edges: tuple[tuple[str, str], ...] = ()
    preferred_cuts: Mapping[tuple[str, str], float] = field(default_factory=dict)
    places: Places = "soft"
    places_weight: float = 3.0
    current_plan: Plan | None = None
    stay_close: float = 0.0

    def __post_init__(self) -> None:
        for name in _MAPPINGS:
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __reduce__(self) -> tuple[Any, ...]:
        values = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return (_constraints, ({k: dict(v) if k in _MAPPINGS else v for k, v in values.items()},))


_MAPPINGS = ("regions_per_municipality", "targets", "locked", "preferred_cuts")


def _constraints(values: dict[str, Any]) -> Constraints:
    return Constraints(**values)
