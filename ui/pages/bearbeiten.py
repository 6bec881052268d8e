"""Bearbeiten: adjust the plan on the map; versions, comparison, import and journal below it."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import app as app_text
from reporting.text_de import plan_page as text
from ui import session
from ui.address import project_key, show_plan_in_address, view_only
from ui.editor.comparison_view import show_comparison
from ui.editor.editor_view import show_editor
from ui.editor.journal_view import show_journal
from ui.editor.open_projects import OpenProject
from ui.editor.plan_import_view import show_import
from ui.editor.plan_versions_view import show_versions
from ui.navigation import link
from ui.project_link import plan_labels, plan_on_table, plans_on_offer, project_of, show_in_layers, with_plan_of
from ui.store_problems import show_store_problem
from workspace.store import PlanRecord, StoreError
from workspace.workspace import Workspace


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    if workspace.plan is None:
        _say_no_plan()
        return
    try:
        project = project_of(workspace, key=project_key(), looking=view_only())
        if project.project.store.plans():
            _draw(project)
        else:
            _say_no_plan()
    except StoreError as error:
        show_store_problem(error)


def _say_no_plan() -> None:
    st.title(app_text.PAGES["bearbeiten"])
    st.info(text.NO_PLAN_YET)
    link("vorschlag", app_text.TO_PROPOSAL, primary=True)


def _draw(project: OpenProject) -> None:
    workspace = session.current()
    record = _chosen(project, plan_on_table(project, workspace))
    known = session.recall("author", "")
    author = show_editor(project, record, workspace.settings.target, author=known, read_only=view_only())
    session.remember("author", author)
    session.put(with_plan_of(workspace, project, record.id))
    if not view_only():
        show_in_layers(project, record.id, workspace.settings.target)
    with st.container(key="not-on-paper"):
        _sections(project, record, workspace, author)


def _sections(project: OpenProject, record: PlanRecord, workspace: Workspace, author: str) -> None:
    """What stands below the map; who came only to look sees what changes nothing."""
    sections = {
        text.TABS[0]: lambda: show_versions(project, record, workspace, author=author),
        text.TABS[1]: lambda: show_comparison(project, record, workspace),
        text.TABS[2]: lambda: show_import(project),
        text.TABS[3]: lambda: show_journal(project, record),
    }
    offered = (text.TABS[1], text.TABS[3]) if view_only() else text.TABS
    chosen = st.segmented_control(text.SECTION, offered, default=offered[0], label_visibility="collapsed")
    sections[chosen or offered[0]]()


def _chosen(project: OpenProject, on_table: str) -> PlanRecord:
    """The plan that is asked for by the address or lies on the table; an archived one is shown when it is asked for."""
    every = {record.id: record for record in project.project.store.plans()}
    wanted = st.query_params.get("plan", "") or on_table
    ids = [record.id for record in plans_on_offer(project)] or list(every)
    if wanted in every and wanted not in ids:
        ids.append(wanted)
    chosen = st.selectbox(
        text.PLAN,
        ids,
        index=ids.index(wanted) if wanted in ids else 0,
        format_func=plan_labels(project).__getitem__,
        label_visibility="collapsed",
    )
    show_plan_in_address(chosen)
    return every[chosen]
