"""What a user can do: each action takes a snapshot and returns a new one."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from geodata.read_blocks import ColumnChoice
from geodata.sample import write_sample
from regionalization.check import check
from regionalization.proposal import Proposal
from regionalization.propose import Watch, propose, propose_alternatives
from spatial.errors import Finding, InputError
from spatial.plan import Plan
from workspace.county import SAMPLE_LABEL, County, open_county
from workspace.workspace import Settings, Verdict, Workspace, problem_of

SAMPLE_CHOICE = ColumnChoice(id="block_id", population="einwohner", within="ags")


def open_sample(folder: Path | None = None) -> Workspace:
    """The embedded county (Musterkreis), made anew where ``folder`` holds none yet."""
    with tempfile.TemporaryDirectory() as scratch:
        path = write_sample(folder or Path(scratch))
        return Workspace(open_county(path, choice=SAMPLE_CHOICE, label=SAMPLE_LABEL))


def open_file(path: Path, *, choice: ColumnChoice | None = None, label: str = "") -> Workspace:
    """A county from the planner's own file.

    Errors
    ------
    InputError : the file cannot be used; carries every finding
    """
    return Workspace(open_county(path, choice=choice, label=label))


def run_proposals(county: County, settings: Settings, *, watch: Watch | None = None) -> tuple[Proposal, ...]:
    """Ask the engine for as many different plans as the settings want, best first."""
    problem = problem_of(county, settings)
    if settings.alternatives <= 1:
        return (propose(problem, parameters=settings.parameters, seed=settings.seed, watch=watch),)
    return propose_alternatives(
        problem, count=settings.alternatives, parameters=settings.parameters, seed=settings.seed, watch=watch
    )


def take_proposals(workspace: Workspace, proposals: tuple[Proposal, ...]) -> Workspace:
    """Lay fresh proposals on the table, the first one in front."""
    return choose_proposal(replace(workspace, proposals=proposals), 0)


def choose_proposal(workspace: Workspace, number: int) -> Workspace:
    """Take one of the proposals as the plan to go on with."""
    return replace(workspace, plan=workspace.proposals[number].plan, origin="proposal")


def judge(workspace: Workspace) -> Verdict:
    """All broken rules of the plan on the table."""
    return Verdict(check(plan_of(workspace), workspace.problem))


def plan_of(workspace: Workspace) -> Plan:
    """The plan on the table.

    Errors
    ------
    InputError : there is none yet
    """
    if workspace.plan is None:
        raise InputError(Finding("workspace.no_plan"))
    return workspace.plan
