"""The state of the work (Arbeitsstand): one immutable snapshot per user action."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.proposal import Parameters, Proposal
from regionalization.violation import Violation
from spatial.errors import Finding, InputError
from spatial.plan import Plan
from workspace.county import County


@dataclass(frozen=True)
class Settings:
    """What the planner asks for on the page „Vorgaben“ (Einstellungen).

    Attributes
    ----------
    target : population band and aim
    constraints : demands beside the target
    features : names of the county's columns whose similarity inside a region is wanted
    parameters : weights of the search
    seed : same seed, same plan
    alternatives : how many different plans are wanted, ≥ 1
    quartier_target : residents of a Quartier inside the regions, None = no second level
    """

    target: PopulationTarget = field(default_factory=PopulationTarget)
    constraints: Constraints = field(default_factory=Constraints)
    features: tuple[str, ...] = ()
    parameters: Parameters = field(default_factory=Parameters)
    seed: int = 1
    alternatives: int = 1
    quartier_target: int | None = None


@dataclass(frozen=True, eq=False)
class Workspace:
    """County, wishes, proposals and the plan on the table; every action returns a new one.

    Attributes
    ----------
    county : the open county
    settings : what is asked for
    proposals : what the machine proposed for these settings, best first; empty before the first run
    plan : the plan on the table, None before the first proposal
    origin : ``"proposal"``, ``"edited"`` or ``"import"``: where the plan came from
    quartiere : Quartiere somebody brought along, None = the proposed ones; used while they lie inside the regions
    """

    county: County
    settings: Settings = field(default_factory=Settings)
    proposals: tuple[Proposal, ...] = ()
    plan: Plan | None = None
    origin: str = ""
    quartiere: Plan | None = None

    @property
    def problem(self) -> Problem:
        """The task for the engine as it follows from county and settings."""
        return problem_of(self.county, self.settings)

    def with_settings(self, settings: Settings) -> Workspace:
        """Other wishes; the plan on the table stays, proposals for the old wishes go."""
        return self if settings == self.settings else replace(self, settings=settings, proposals=())


def problem_of(county: County, settings: Settings) -> Problem:
    """County and wishes as one task for the engine.

    Errors
    ------
    InputError : unknown or non-finite features, every one named
    """
    return Problem(
        blocks=county.blocks,
        contiguity=county.contiguity,
        target=settings.target,
        constraints=settings.constraints,
        features=county.feature_table(settings.features),
        feature_names=settings.features,
    )


def chosen_proposal(workspace: Workspace) -> Proposal | None:
    """The proposal whose plan lies on the table, None where that plan was edited or imported."""
    if workspace.plan is None or workspace.origin != "proposal":
        return None
    labels = workspace.plan.labels
    return next((p for p in workspace.proposals if np.array_equal(p.plan.labels, labels)), None)


def plan_of(workspace: Workspace) -> Plan:
    """The plan on the table.

    Errors
    ------
    InputError : there is none yet
    """
    if workspace.plan is None:
        raise InputError(Finding("workspace.no_plan"))
    return workspace.plan


@dataclass(frozen=True)
class Verdict:
    """What the judge says about the plan on the table: all violations, and which of them can be mended."""

    violations: tuple[Violation, ...]

    @property
    def avoidable(self) -> tuple[Violation, ...]:
        """The violations that a better plan would not have."""
        return tuple(v for v in self.violations if not v.unavoidable)

    @property
    def unavoidable(self) -> tuple[Violation, ...]:
        """The violations no plan under these wishes can avoid."""
        return tuple(v for v in self.violations if v.unavoidable)
