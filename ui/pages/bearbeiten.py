"""Bearbeiten: adjust the plan on the map, with scenarios, comments, comparison and the life of a plan."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import app as app_text
from reporting.text_de import editor as text
from ui import session
from ui.editor.editor_view import show_editor
from ui.editor.open_projects import OpenProject
from ui.navigation import link
from ui.project_link import plans_on_offer, project_of, with_plan_of
from workspace.store import PlanRecord, StoreError


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    if workspace.plan is None:
        st.title(app_text.PAGES["bearbeiten"])
        st.info(text.NO_PLAN_YET)
        link("vorschlag", app_text.TO_PROPOSAL, primary=True)
        return
    try:
        project = project_of(workspace)
    except StoreError as error:
        st.error(text.store_problem(error.code, error.values))
        return
    record = _chosen(project)
    show_editor(project, record, workspace.settings.target)
    session.put(with_plan_of(workspace, project, record.id))


def _chosen(project: OpenProject) -> PlanRecord:
    records = plans_on_offer(project)
    by_id = {record.id: record for record in records}
    wanted = st.query_params.get("plan", "")
    chosen = st.selectbox(
        text.PLAN,
        list(by_id),
        index=list(by_id).index(wanted) if wanted in by_id else 0,
        format_func=lambda plan_id: text.plan_line(by_id[plan_id].name, by_id[plan_id].state),
    )
    st.query_params["plan"] = chosen
    return by_id[chosen]
