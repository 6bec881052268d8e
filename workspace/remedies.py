"""Taking a remedy (Abhilfe): the planner's click becomes a changed demand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.violation import Remedy, Violation
from workspace.workspace import Settings

TAKEABLE = ("widen_band", "join_municipality", "other_count", "set_count")


def can_take(remedy: Remedy) -> bool:
    """Is this a remedy that a click can carry out? The others need the planner's own hand."""
    return remedy.code in TAKEABLE


def take_remedy(settings: Settings, violation: Violation, remedy: Remedy) -> Settings:
    """The settings after a remedy was taken; one that needs the planner's own hand changes nothing.

    A wider band and another number of regions hold only for the municipality concerned, where there is one.

    >>> violation = Violation("population", municipality="05370036", measured=16_897, limit=15_000)
    >>> taken = take_remedy(Settings(), violation, Remedy("widen_band", {"maximum": 16_897}))
    >>> taken.constraints.targets["05370036"].maximum
    16897
    """
    place, demands = violation.municipality, settings.constraints
    if remedy.code == "widen_band":
        return _wider(settings, place, remedy)
    if remedy.code == "join_municipality":
        joint = (*demands.joint_municipalities, (place, str(remedy.values["municipality"])))
        return replace(settings, constraints=replace(demands, joint_municipalities=joint))
    if remedy.code in ("other_count", "set_count"):
        count = int(remedy.values["count"])
        if not place:
            return replace(settings, constraints=replace(demands, region_count=count))
        counts = {**demands.regions_per_municipality, place: count}
        return replace(settings, constraints=replace(demands, regions_per_municipality=counts))
    return settings


def _wider(settings: Settings, place: str, remedy: Remedy) -> Settings:
    demands = settings.constraints
    band = demands.targets.get(place, settings.target)
    minimum = min(band.minimum, int(remedy.values.get("minimum", band.minimum)))
    maximum = max(band.maximum, int(remedy.values.get("maximum", band.maximum)))
    wider = PopulationTarget(minimum, band.target, maximum)
    if not place:
        return replace(settings, target=wider)
    return replace(settings, constraints=replace(demands, targets={**demands.targets, place: wider}))


@dataclass(frozen=True)
class SpecialDemand:
    """A demand beside the form: its kind, the municipalities it holds for (none = blocks), and its numbers.

    Kinds: ``"target"``, ``"joint"``, ``"count"`` for municipalities; ``"locked"``, ``"together"``, ``"apart"``,
    ``"barriers"``, ``"bridges"``, ``"preferred"`` and ``"today"`` with the number of blocks, groups or borders.
    """

    kind: str
    municipalities: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()


# kind → field of the constraints and what it holds when nothing is demanded
_OF_BLOCKS: dict[str, tuple[str, Any]] = {
    "locked": ("locked", {}),
    "together": ("keep_together", ()),
    "apart": ("keep_apart", ()),
    "barriers": ("barrier_edges", ()),
    "bridges": ("bridge_edges", ()),
    "preferred": ("preferred_cuts", {}),
}


def special_demands(settings: Settings) -> tuple[SpecialDemand, ...]:
    """Every demand that is not in the form, in the order a list shows it."""
    demands = settings.constraints
    targets = (SpecialDemand("target", (key,), (t.minimum, t.maximum)) for key, t in sorted(demands.targets.items()))
    joint = (SpecialDemand("joint", group) for group in demands.joint_municipalities)
    counts = (SpecialDemand("count", (key,), (n,)) for key, n in sorted(demands.regions_per_municipality.items()))
    blocks = (SpecialDemand(kind, (), (len(getattr(demands, name)),)) for kind, (name, _) in _OF_BLOCKS.items())
    today = (SpecialDemand("today"),) if demands.current_plan is not None else ()
    return (*targets, *joint, *counts, *(demand for demand in blocks if demand.numbers[0]), *today)


def without_demand(settings: Settings, demand: SpecialDemand) -> Settings:
    """The settings with one special demand taken back.

    >>> violation, remedy = Violation("population", municipality="a"), Remedy("other_count", {"count": 2})
    >>> settings = take_remedy(Settings(), violation, remedy)
    >>> special_demands(without_demand(settings, special_demands(settings)[0]))
    ()
    """
    return replace(settings, constraints=replace(settings.constraints, **_taken_back(settings.constraints, demand)))


def _taken_back(demands: Constraints, demand: SpecialDemand) -> dict[str, Any]:
    if demand.kind in _OF_BLOCKS:
        name, nothing = _OF_BLOCKS[demand.kind]
        return {name: nothing}
    if demand.kind == "today":
        return {"current_plan": None, "stay_close": 0.0}
    key = demand.municipalities[0]
    if demand.kind == "target":
        return {"targets": {k: v for k, v in demands.targets.items() if k != key}}
    if demand.kind == "count":
        return {"regions_per_municipality": {k: v for k, v in demands.regions_per_municipality.items() if k != key}}
    return {"joint_municipalities": tuple(g for g in demands.joint_municipalities if g != demand.municipalities)}
