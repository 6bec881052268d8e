"""Who came by a link for looking only leaves the owner's project file as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import streamlit as st

from regionalization.population_target import PopulationTarget
from tests.workspace.small_county import small_county
from ui import session
from ui.address import view_only
from ui.project_link import county_project, keep_settings, made_county_project, project_of
from workspace import actions
from workspace.proposals_record import KEY as PROPOSALS
from workspace.proposals_record import ON_TABLE
from workspace.settings_record import KEY as SETTINGS_KEY
from workspace.workspace import Settings, Workspace

SETTINGS = Settings(target=PopulationTarget(1_000, 2_000, 4_000), features=("arbeitslos",))
OTHER = replace(SETTINGS, target=PopulationTarget(1_000, 2_500, 5_000))


@pytest.fixture(autouse=True)
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """The owner's project with settings kept; a fresh browser with the same county on its table."""
    monkeypatch.chdir(tmp_path)  # the project folder lies where the server was started
    st.session_state.clear()
    workspace = Workspace(small_county(), SETTINGS)
    keep_settings(made_county_project(workspace), SETTINGS)
    session.put(workspace)
    yield workspace
    st.session_state.clear()


def kept(workspace: Workspace) -> dict[str, object]:
    project = county_project(workspace)
    assert project is not None
    return {key: project.project.store.settings().get(key) for key in (SETTINGS_KEY, PROPOSALS, ON_TABLE)}


def searched(workspace: Workspace) -> Workspace:
    return actions.take_proposals(workspace, actions.run_proposals(workspace.problem, workspace.settings))


def test_the_owner_keeps_wishes_and_proposals(table: Workspace) -> None:
    before = kept(table)
    session.put(table.with_settings(OTHER))
    session.put(searched(table.with_settings(OTHER)))
    after = kept(table)
    assert all(after[key] != before[key] for key in before)


def test_a_visitor_who_looks_on_changes_neither_wishes_nor_proposals(table: Workspace) -> None:
    before = kept(table)
    session.remember(session.VIEW_ONLY, True)
    assert view_only()
    session.put(table.with_settings(OTHER))
    session.put(searched(table.with_settings(OTHER)))
    assert session.current().proposals, "on the visitor's own table the search counts"
    assert kept(table) == before


def test_the_desk_of_a_visitor_who_looks_on_gets_no_new_plan_and_no_other_demands(table: Workspace) -> None:
    theirs = searched(table.with_settings(OTHER))
    assert project_of(theirs, looking=True).project.store.plans() == ()
    mine = searched(table)
    project = project_of(mine)
    plans, demands = len(project.project.store.plans()), project.problem
    assert project_of(theirs, looking=True) is project
    assert len(project.project.store.plans()) == plans and project.problem is demands
