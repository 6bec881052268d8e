"""Which project file belongs to what lies on the table, and the way back from a project to the table."""

from __future__ import annotations

import re
import tempfile
from dataclasses import replace
from pathlib import Path

from geodata.sample import write_sample
from regionalization.population_target import PopulationTarget
from reporting.text_de import plan_page as text
from reporting.text_de.app import draft_name
from ui.editor.open_projects import OpenProject, created, opened
from ui.operator_settings import chosen_project, operator_settings
from workspace.county import County
from workspace.store import PlanRecord
from workspace.workspace import Workspace, chosen_proposal


def workspace_from_project(path: Path) -> Workspace:
    """The table as a project file has it: its county, the latest plan and the settings that were kept.

    Errors
    ------
    StoreError : the file cannot be used
    """
    project = opened(path)
    offered = plans_on_offer(project)
    table = Workspace(project.project.county)
    return with_plan_of(table, project, offered[0].id) if offered else table


def project_of(workspace: Workspace) -> OpenProject:
    """The project of the county on the table; made in the project folder when there is none yet.

    Errors
    ------
    StoreError : the file cannot be made or used
    """
    chosen = _fitting(workspace)
    project = opened(chosen) if chosen else _own(workspace.county)
    project.problem = workspace.problem
    if workspace.plan is not None and not _kept(project, workspace):
        name = draft_name(len(project.project.store.plans()) + 1)
        project.add(workspace.plan, name=name, author=text.MACHINE, origin=_origin(workspace))
    return project


def plan_on_table(project: OpenProject, workspace: Workspace) -> str:
    """The id of the draft that was made from the proposal on the table, empty where an edited plan lies there."""
    if workspace.origin != "proposal":
        return ""
    origin = _origin(workspace)
    return next((record.id for record in plans_on_offer(project) if dict(record.origin) == origin), "")


def with_kept_plan(workspace: Workspace) -> Workspace:
    """The table with the newest plan that the county's project file already holds; unchanged where there is none.

    Errors
    ------
    StoreError : the file cannot be used
    """
    place = _place(workspace.county)
    if not place.exists():
        return workspace
    project = opened(place)
    offered = plans_on_offer(project)
    return with_plan_of(workspace, project, offered[0].id) if offered else workspace


def _kept(project: OpenProject, workspace: Workspace) -> bool:
    """Does the project hold the plan on the table, or is the table's plan one of its own?"""
    if workspace.origin != "proposal":
        return bool(project.project.store.plans())
    return bool(plan_on_table(project, workspace))


def plans_on_offer(project: OpenProject) -> tuple[PlanRecord, ...]:
    """The plans a page offers, newest first."""
    return tuple(record for record in reversed(project.project.store.plans()) if not record.archived)


def with_plan_of(workspace: Workspace, project: OpenProject, plan_id: str) -> Workspace:
    """The table with the plan as it stands on the editor's desk."""
    return replace(workspace, plan=project.desk(plan_id).draft.plan, origin="edited")


def show_in_layers(project: OpenProject, plan_id: str, target: PopulationTarget) -> None:
    """Let the map layers of the project file follow the plan from now on, in the background.

    Errors
    ------
    StoreError : the file could not be written the last time
    """
    project.layers.follow(project.desk(plan_id), target)


def _fitting(workspace: Workspace) -> Path | None:
    path = chosen_project()
    if path is None or opened(path).project.county.fingerprint != workspace.county.fingerprint:
        return None
    return path


def _own(county: County) -> OpenProject:
    """The county's project in the project folder; the embedded county brings its facilities and streets along."""
    place = _place(county)
    if place.exists() or not county.is_sample:
        return created(place, county)
    with tempfile.TemporaryDirectory() as scratch:
        return created(place, county, companions=write_sample(Path(scratch)))


def _place(county: County) -> Path:
    name = re.sub(r"[^a-z0-9]+", "-", county.label.lower()).strip("-")[:40].strip("-") or "projekt"
    return operator_settings().project_folder / f"{name}-{county.fingerprint[:8]}.gpkg"


def _origin(workspace: Workspace) -> dict[str, object]:
    made = chosen_proposal(workspace)
    if made is None:
        return {"source": workspace.origin}
    return {"method": made.method, "version": made.version, "seed": made.seed, "fingerprint": made.fingerprint}
