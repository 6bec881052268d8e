"""Versions of the plan on the page „Bearbeiten“: copy, name, scenario, archive, and the steps of its life."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from reporting.text_de import editor as editor_text
from reporting.text_de import plan_page as text
from ui.editor.open_projects import OpenProject, utc_now
from workspace.plan_life import NEXT_STATES, LifeError
from workspace.plan_versions import archived, put_into_scenario, renamed
from workspace.store import PlanRecord, StoreError
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
    _proposals(project, workspace)


def _copy(project: OpenProject, record: PlanRecord, author: str) -> None:
    st.subheader(text.NEW_VERSION)
    st.caption(text.NEW_VERSION_WHY)
    name = st.text_input(text.VERSION_NAME, value=text.copy_name(record.name), key=f"copy_name_{record.id}")
    if st.button(text.COPY, key=f"copy_{record.id}", type="primary", width="stretch"):
        plan = project.desk(record.id).draft.plan
        fresh = project.add(
            plan, name=name, author=author, parent_id=record.id, scenario_id=record.scenario_id, origin=record.origin
        )
        _go_to(fresh.id)


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
    if st.button(editor_text.EDITOR["save"], key=f"keep_{record.id}", width="stretch"):
        changed = renamed(store, record, name)
        if scenario:
            put_into_scenario(store, changed, scenario, author=author, now=utc_now)
        st.rerun()
    if st.button(text.ARCHIVE, key=f"archive_{record.id}", width="stretch"):
        archived(store, record)
        st.query_params.pop("plan", None)
        st.rerun()


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
                st.error(editor_text.store_problem(error.code, error.values))


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


def _go_to(plan_id: str) -> None:
    st.query_params["plan"] = plan_id
    st.rerun()
