"""What a user can do: each action takes a snapshot and returns a new one."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from geodata.column_choice import columns_of
from geodata.open_layer import open_layer
from geodata.read_blocks import ColumnChoice
from geodata.write_plan import read_plan_csv
from regionalization.check import check
from regionalization.feasibility import feasibility
from regionalization.problem import Problem
from regionalization.progress import Progress
from regionalization.proposal import Proposal
from regionalization.propose import Watch, propose, propose_alternatives
from regionalization.quartiere import propose_quartiere, quartier_target
from regionalization.scores import region_scores
from regionalization.violation import Violation
from reporting.proposal_report import plain, region_row, violation_rows
from reporting.text_de.provenance import SAMPLE_LICENCE
from spatial.errors import Finding, InputError, blocking
from spatial.plan import Plan
from workspace.alike_numbers import coloured_alike, numbered_alike
from workspace.county import SAMPLE_LABEL, open_county
from workspace.region_colours import with_colours
from workspace.workspace import Settings, Verdict, Workspace, plan_of

SAMPLE_CHOICE = ColumnChoice(
    id="block_id", population="einwohner", within="ags", licence=SAMPLE_LICENCE, reference_date="2022-12-31"
)


def open_sample(folder: Path | None = None) -> Workspace:
    """The embedded county (Musterkreis), made anew where ``folder`` holds none yet."""
    with tempfile.TemporaryDirectory() as scratch:
        path = _written_sample(folder or Path(scratch))
        return Workspace(open_county(path, choice=SAMPLE_CHOICE, label=SAMPLE_LABEL))


def write_sample_files(folder: Path) -> Path:
    """Write the embedded county as ``musterkreis.gpkg``; the folder is made where it is missing.

    Errors
    ------
    InputError : the folder cannot be written
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _written_sample(folder)
    except OSError as error:
        raise InputError(Finding("output.unwritable", where=(str(folder),))) from error


def _written_sample(folder: Path) -> Path:
    from geodata.sample import write_sample  # draws a county, which nobody needs who brings one

    return write_sample(folder)


def open_file(path: Path, *, choice: ColumnChoice | None = None, label: str = "") -> Workspace:
    """A county from the planner's own file.

    Errors
    ------
    InputError : the file cannot be used; carries every finding
    """
    return Workspace(open_county(path, choice=choice, label=label))


def run_proposals(problem: Problem, settings: Settings, *, watch: Watch | None = None) -> tuple[Proposal, ...]:
    """Ask the engine for as many different plans as the settings want, best first.

    Takes the task and not the county, so that it travels quickly to the worker process.
    """
    if settings.alternatives <= 1:
        return (propose(problem, parameters=settings.parameters, seed=settings.seed, watch=watch),)
    return propose_alternatives(
        problem, count=settings.alternatives, parameters=settings.parameters, seed=settings.seed, watch=watch
    )


def run_quartiere(
    problem: Problem, settings: Settings, plans: Sequence[Plan], *, watch: Watch | Progress | None = None
) -> tuple[Proposal, ...]:
    """The second level of each plan: Quartiere nested in its regions; none where the settings want none.

    Watched and limited like a proposal; the seconds are counted once for all plans.
    """
    if settings.quartier_target is None:
        return ()
    target = quartier_target(settings.quartier_target)
    progress = watch if isinstance(watch, Progress) else Progress(watch, limit_s=settings.parameters.limit_s)

    def nested(number: int, plan: Plan) -> Proposal:
        part = progress.of_search(number, 1 / len(plans))
        parameters, seed = settings.parameters, settings.seed
        return propose_quartiere(plan, problem, target=target, parameters=parameters, seed=seed, watch=part)

    return tuple(nested(number, plan) for number, plan in enumerate(plans))


def take_proposals(workspace: Workspace, proposals: tuple[Proposal, ...]) -> Workspace:
    """Lay fresh proposals on the table, the first one in front; the others are numbered like it."""
    alike = numbered_alike(proposals, workspace.county.blocks)
    return choose_proposal(replace(workspace, proposals=alike), 0)


def choose_proposal(workspace: Workspace, number: int) -> Workspace:
    """Take one of the proposals as the plan to go on with; its regions get their lasting colours."""
    contiguity = workspace.county.contiguity
    first = with_colours(workspace.proposals[0].plan, contiguity)
    plan = coloured_alike(workspace.proposals[number].plan, first, contiguity)
    return replace(workspace, plan=plan, origin="proposal")


def impossible(workspace: Workspace) -> tuple[Violation, ...]:
    """What no plan can keep under these wishes, with remedies; known before anybody waits."""
    return feasibility(workspace.problem)


def column_names(path: Path) -> tuple[str, ...]:
    """The columns of a file for a choice; empty where it cannot be read (reading says why)."""
    try:
        return tuple(columns_of(open_layer(path).frame))
    except InputError:
        return ()


def judge(workspace: Workspace) -> Verdict:
    """All broken rules of the plan on the table."""
    return Verdict(check(plan_of(workspace), workspace.problem))


def load_plan(workspace: Workspace, path: Path) -> Workspace:
    """Lay a plan from a CSV file on the table.

    Errors
    ------
    InputError : the file is no plan of this county; unknown, missing and doubled blocks are all named
    """
    plan, findings = read_plan_csv(path, workspace.county.blocks)
    if blocking(findings):
        raise InputError(*findings)
    return replace(workspace, plan=plan, proposals=(), origin="import")


def judgement(workspace: Workspace, verdict: Verdict) -> dict[str, Any]:
    """The judge's findings as plain JSON values: regions and violations with their sentences."""
    problem = workspace.problem
    return {
        "target": plain(problem.target),
        "regions": [region_row(score, problem) for score in region_scores(plan_of(workspace), problem)],
        "violations": violation_rows(verdict.violations, problem),
    }


def project_must_exist(path: Path) -> None:
    """Say so before a server starts with a project file that is not there."""
    if not path.is_file():
        raise InputError(Finding("project.missing", where=(str(path),)))
