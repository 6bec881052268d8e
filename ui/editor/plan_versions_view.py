"""Versions of the plan on the page „Bearbeiten“: copy, name, scenario, archive, and the steps of its life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from reporting.text_de import plan_page as text
from reporting.text_de.editor import EDITOR, store_problem
from ui.address import show_plan_in_address
from ui.editor.open_projects import OpenProject, utc_now
from ui.project_link import plans_on_offer
from workspace.plan_life import NEXT_STATES, LifeError
from workspace.plan_versions import archived, archived_scenario, new_scenario, put_into_scenario, renamed
from workspace.store import PlanRecord, Scenario, StoreError
from workspace.workspace import Workspace


def show_versions(project: OpenProject, record: PlanRecord, workspace: Workspace, *, author: str) -> None:
    """Everything that concerns the plan as a whole; ``author`` is noted with each step."""
    if not author:
        st.info(text.NAME_FIRST)
        return
    left, middle, right = st.columns(3, gap="large")
    with left:
        _copy(project, record, author)
    with middle:
        _names(project, record, author)
    with right:
        _life(project, record, author)
        _scenario(project, record, author)
    _proposals(project, workspace)
    _archive(project)


def _copy(project: OpenProject, record: PlanRecord, author: str) -> None:
    st.subheader(text.NEW_VERSION)
    st.caption(text.NEW_VERSION_WHY)
    name = st.text_input(text.VERSION_NAME, value=text.copy_name(record.name), key=f"copy_name_{record.id}")
    if st.button(text.COPY, key=f"copy_{record.id}", type="primary", width="stretch"):
        _go_to(_copied(project, record, name=name, author=author, scenario_id=record.scenario_id).id)


def _copied(project: OpenProject, record: PlanRecord, *, name: str, author: str, scenario_id: str) -> PlanRecord:
    plan = project.desk(record.id).draft.plan
    origin = record.origin
    return project.add(plan, name=name, author=author, parent_id=record.id, scenario_id=scenario_id, origin=origin)


def _names(project: OpenProject, record: PlanRecord, author: str) -> None:
    store = project.project.store
    st.subheader(text.NAMES)
    name = st.text_input(text.VERSION_NAME, value=record.name, key=f"name_{record.id}")
    scenarios = {s.id: s.name for s in store.scenarios() if not s.archived}
    scenario = st.selectbox(
        text.SCENARIO,
        list(scenarios.values()),
        index=list(scenarios).index(record.scenario_id) if record.scenario_id in scenarios else None,
        accept_new_options=True,
        placeholder=text.SCENARIO_NONE,
        key=f"scenario_{record.id}",
    )
    if st.button(EDITOR["save"], key=f"keep_{record.id}", width="stretch"):
        changed = renamed(store, record, name)
        if scenario:
            put_into_scenario(store, changed, scenario, author=author, now=utc_now)
        st.rerun()
    if record.archived:
        st.info(text.IN_ARCHIVE)
    elif st.button(text.ARCHIVE, key=f"archive_{record.id}", width="stretch"):
        archived(store, record)
        _go_on(project, record)


def _scenario(project: OpenProject, record: PlanRecord, author: str) -> None:
    """Duplicate the scenario of this plan with all its versions, or put it away."""
    store = project.project.store
    scenario = next((s for s in store.scenarios() if s.id == record.scenario_id), None)
    if scenario is None or scenario.archived:
        return
    st.subheader(text.scenario_title(scenario.name))
    if st.button(text.COPY_SCENARIO, key=f"copy_scenario_{scenario.id}", width="stretch"):
        fresh = new_scenario(store, text.copy_name(scenario.name), author=author, now=utc_now)
        members = [r for r in store.plans() if r.scenario_id == scenario.id and not r.archived]
        copies = {r.id: _copied(project, r, name=r.name, author=author, scenario_id=fresh.id) for r in members}
        _go_to(copies[record.id].id if record.id in copies else record.id)
    if st.button(text.ARCHIVE_SCENARIO, key=f"archive_scenario_{scenario.id}", width="stretch"):
        archived_scenario(store, scenario)
        _go_on(project, record)


def _archive(project: OpenProject) -> None:
    """What was put away, each with the way back."""
    store = project.project.store
    plans = [record for record in store.plans() if record.archived]
    scenarios = [scenario for scenario in store.scenarios() if scenario.archived]
    if not plans and not scenarios:
        return
    with st.expander(text.archive_title(len(plans) + len(scenarios))):
        for number, put_away in enumerate((*scenarios, *plans)):
            words, button = st.columns([4, 1], vertical_alignment="center")
            words.markdown(_archive_line(put_away, store.plans()))
            if button.button(text.FETCH_BACK, key=f"back_{number}_{put_away.id}", width="stretch"):
                if isinstance(put_away, Scenario):
                    archived_scenario(store, put_away, back=True)
                else:
                    archived(store, put_away, back=True)
                st.rerun()


def _archive_line(put_away: PlanRecord | Scenario, plans: Sequence[PlanRecord]) -> str:
    if isinstance(put_away, Scenario):
        return text.archived_scenario(put_away.name, sum(r.scenario_id == put_away.id for r in plans))
    return text.plan_line(put_away.name, put_away.state)


def _life(project: OpenProject, record: PlanRecord, author: str) -> None:
    st.subheader(text.LIFE)
    st.markdown(text.life_line(record.state, record.valid_from))
    for state in NEXT_STATES[record.state]:
        day = ""
        if state == "beschlossen":
            day = _iso_day(st.text_input(text.VALID_FROM, placeholder=text.DAY_PATTERN, key=f"from_{record.id}"))
        waiting = state == "beschlossen" and not day
        label = text.LIFE_STEPS[(record.state, state)]
        if st.button(label, key=f"life_{record.id}_{state}", disabled=waiting, width="stretch"):
            try:
                project.desk(record.id).move_on(state, author=author, valid_from=day)
                st.rerun()
            except LifeError as error:
                st.error(text.LIFE_PROBLEMS[error.code])
            except StoreError as error:
                st.error(store_problem(error.code, error.values))


def _iso_day(written: str) -> str:
    """A day written as 1.7.2026 in ISO form; empty while it is none."""
    try:
        return datetime.strptime(written.strip(), "%d.%m.%Y").date().isoformat()
    except ValueError:
        return ""


def _proposals(project: OpenProject, workspace: Workspace) -> None:
    if not workspace.proposals:
        return
    st.subheader(text.FROM_PROPOSALS)
    columns = st.columns(len(workspace.proposals))
    for number, (column, proposal) in enumerate(zip(columns, workspace.proposals, strict=True), start=1):
        if column.button(text.proposal_name(number), key=f"take_proposal_{number}", width="stretch"):
            origin = {"method": proposal.method, "version": proposal.version, "seed": proposal.seed}
            fresh = project.add(proposal.plan, name=text.proposal_name(number), author=text.MACHINE, origin=origin)
            _go_to(fresh.id)


def _go_on(project: OpenProject, record: PlanRecord) -> None:
    """To the newest plan that is left; where none is left the plan stays in sight, with the way back."""
    left = plans_on_offer(project)
    _go_to(left[0].id if left else record.id)


def _go_to(plan_id: str) -> None:
    show_plan_in_address(plan_id)
    st.rerun()
