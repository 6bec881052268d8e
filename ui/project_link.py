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
from ui.editor.open_projects import OpenProject, created, opened, utc_now
from ui.operator_settings import chosen_project, operator_settings, project_files
from workspace.actions import choose_proposal
from workspace.county import County
from workspace.county_counts import counts_of_example, keep_counts
from workspace.plan_versions import on_offer
from workspace.proposals_record import KEY as PROPOSALS
from workspace.proposals_record import (
    ON_TABLE,
    label_digest,
    number_on_table,
    proposals_from_record,
    proposals_record,
)
from workspace.settings_record import KEY, settings_from_record, settings_record
from workspace.store import PlanRecord
from workspace.workspace import Settings, Workspace, chosen_proposal


def workspace_from_project(path: Path) -> Workspace:
    """The table as a project file has it: its county, the latest plan and the settings that were kept.

    Errors
    ------
    StoreError : the file cannot be used
    """
    project = opened(path)
    return _with_kept(Workspace(project.project.county), project)


def path_of_key(key: str) -> Path | None:
    """The project file with this name, without its ending; None where this server has none."""
    return next((path for path in project_files() if path.stem == key), None)


def key_of(workspace: Workspace) -> str:
    """The name under which the county on the table is found again; empty while it has no project file.

    The embedded county needs no file for that.
    """
    place = _fitting(workspace) or _place(workspace.county)
    return place.stem if place.exists() or workspace.county.is_sample else ""


def project_of(workspace: Workspace, *, key: str = "", looking: bool = False) -> OpenProject:
    """The project of the county on the table; made in the project folder when there is none yet.

    Parameters
    ----------
    key : the file the county was opened from, where that is known
    looking : for a visitor who changes nothing: neither the plan on their table nor their demands go into the project

    Errors
    ------
    StoreError : the file cannot be made or used
    """
    chosen = _opened_from(key, workspace) or _fitting(workspace)
    project = opened(chosen) if chosen else _own(workspace.county)
    if looking:
        project.problem = project.problem or workspace.problem
        return project
    project.problem = workspace.problem
    if KEY not in project.project.store.settings():
        keep_settings(project, workspace.settings)
    if workspace.plan is not None and not _kept(project, workspace):
        name = draft_name(len(project.project.store.plans()) + 1)
        project.add(workspace.plan, name=name, author=text.MACHINE, origin=_origin(workspace))
    return project


def county_project(workspace: Workspace, *, key: str = "") -> OpenProject | None:
    """The project of the county on the table as far as there is a file already; nothing is made.

    Errors
    ------
    StoreError : the file cannot be used
    """
    place = _opened_from(key, workspace) or _fitting(workspace) or _place(workspace.county)
    return opened(place) if place.exists() else None


def made_county_project(workspace: Workspace, *, key: str = "") -> OpenProject:
    """The project of the county on the table, made where there is none; the plan on the table stays outside.

    Errors
    ------
    StoreError : the file cannot be made or used
    """
    return county_project(workspace, key=key) or _own(workspace.county)


def keep_settings(project: OpenProject, settings: Settings) -> None:
    """Keep what the page „Vorgaben“ asks for in the project.

    Errors
    ------
    StoreError : the file cannot be written
    """
    project.project.store.save_settings({KEY: settings_record(settings)})


def with_kept_settings(workspace: Workspace, project: OpenProject) -> Workspace:
    """The table with the settings the project was left with; unchanged where it has none."""
    record = project.project.store.settings().get(KEY)
    if record is None:
        return workspace
    county = workspace.county
    return workspace.with_settings(settings_from_record(record, features=county.features, blocks=len(county.blocks)))


def keep_proposals(project: OpenProject, workspace: Workspace, *, anew: bool) -> None:
    """Keep what the machine proposed, and which of it lies on the table, so that a reload finds it again.

    Several browsers may keep lists of their own: so the one on the table is named by its regions, not by its place.

    Parameters
    ----------
    anew : other proposals than those kept; otherwise only another one was chosen

    Errors
    ------
    StoreError : the file cannot be written
    """
    chosen = chosen_proposal(workspace)
    values: dict[str, object] = {ON_TABLE: None if chosen is None else label_digest(chosen)}
    if anew:
        values[PROPOSALS] = proposals_record(workspace.proposals)
    project.project.store.save_settings(values)


def with_kept_proposals(workspace: Workspace, project: OpenProject) -> Workspace:
    """The table with the proposals the project was left with; unchanged where they were made for other demands."""
    settings = project.project.store.settings()
    kept = proposals_from_record(settings.get(PROPOSALS, ()), workspace.problem)
    table = replace(workspace, proposals=kept) if kept else workspace
    on_table = number_on_table(kept, settings.get(ON_TABLE))
    return table if on_table is None else choose_proposal(table, on_table)


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
    return _with_kept(workspace, opened(place))


def _with_kept(workspace: Workspace, project: OpenProject) -> Workspace:
    """The table as it was left: settings, proposals, and the proposal or the newest draft that lay there."""
    table = with_kept_proposals(with_kept_settings(workspace, project), project)
    offered = plans_on_offer(project)
    return with_plan_of(table, project, offered[0].id) if offered and table.origin != "proposal" else table


def _kept(project: OpenProject, workspace: Workspace) -> bool:
    """Does the project hold the plan on the table, or is the table's plan one of its own?"""
    if workspace.origin != "proposal":
        return bool(project.project.store.plans())
    return bool(plan_on_table(project, workspace))


def plans_on_offer(project: OpenProject) -> tuple[PlanRecord, ...]:
    """The plans a page offers, newest first."""
    return on_offer(project.project.store)


def plan_labels(project: OpenProject) -> dict[str, str]:
    """How each plan is called in a list, the archived ones too."""
    scenarios = {scenario.id: scenario.name for scenario in project.project.store.scenarios()}
    plans = project.project.store.plans()
    return text.plan_lines((p.id, p.name, p.state, scenarios.get(p.scenario_id or "", "")) for p in plans)


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


def _opened_from(key: str, workspace: Workspace) -> Path | None:
    path = path_of_key(key)
    return path if path is not None and _holds(path, workspace.county) else None


def _fitting(workspace: Workspace) -> Path | None:
    path = chosen_project()
    return path if path is not None and _holds(path, workspace.county) else None


def _holds(path: Path, county: County) -> bool:
    return opened(path).project.county.fingerprint == county.fingerprint


def _own(county: County) -> OpenProject:
    """The county's project in the project folder; the embedded county brings facilities, streets and counts along."""
    place = _place(county)
    if place.exists() or not county.is_sample:
        return created(place, county)
    with tempfile.TemporaryDirectory() as scratch:
        project = created(place, county, companions=write_sample(Path(scratch)))
    counts = counts_of_example(county.blocks.ids, taken_at=utc_now())
    if counts is not None and project.project.store.counts() is None:
        keep_counts(project.project.store, counts, instead_of=None)
    return project


def _place(county: County) -> Path:
    name = re.sub(r"[^a-z0-9]+", "-", county.label.lower()).strip("-")[:40].strip("-") or "projekt"
    return operator_settings().project_folder / f"{name}-{county.fingerprint[:8]}.gpkg"


def _origin(workspace: Workspace) -> dict[str, object]:
    made = chosen_proposal(workspace)
    if made is None:
        return {"source": workspace.origin}
    return {"method": made.method, "version": made.version, "seed": made.seed, "fingerprint": made.fingerprint}
