"""The address of every page names the county and the plan on the table, so that a reload or a link shows the same."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import address as text
from ui import session
from ui.cache import sample_workspace
from ui.operator_settings import chosen_project, project_files
from ui.project_link import (
    key_of,
    path_of_key,
    plan_labels,
    plans_on_offer,
    project_of,
    with_plan_of,
    workspace_from_project,
)
from ui.session import VIEW_ONLY
from workspace.workspace import Workspace

PROJECT, PLAN = "projekt", "plan"


def follow_address() -> bool:
    """Lay on the table what the address names, and write into the address what lies there.

    Returns
    -------
    False where the address names a project or plan that is not here; that has then been said on the page

    Errors
    ------
    StoreError : the project file cannot be used
    """
    if VIEW_ONLY in st.query_params:
        session.remember(VIEW_ONLY, True)
    if not (_follow_project() and _follow_plan()):
        return False
    _write()
    return True


def view_only() -> bool:
    """Did this visitor come by a link that is for looking only?"""
    return bool(session.recall(VIEW_ONLY, False))


def project_key() -> str:
    """The name of the project on the table; empty while the county has no project file."""
    key, fingerprint = session.recall(PROJECT, ("", ""))
    workspace = session.current()
    if fingerprint != workspace.county.fingerprint:
        key = key_of(workspace)
        if key:
            session.remember(PROJECT, (key, workspace.county.fingerprint))
    return str(key)


def show_plan_in_address(plan_id: str) -> None:
    """Note that this plan lies on the table."""
    session.remember(PLAN, plan_id)
    _set(PLAN, plan_id)


def _follow_project() -> bool:
    wanted = st.query_params.get(PROJECT, "")
    if not wanted or wanted == session.recall("address", ""):
        return True
    table = _table_of(wanted)
    if table is None:
        _say_unknown_project(wanted)
        return False
    session.put(table)
    session.remember(PROJECT, (wanted, table.county.fingerprint))
    return True


def _table_of(key: str) -> Workspace | None:
    path = path_of_key(key)
    table = None if path is None else workspace_from_project(path)
    if chosen_project() is None and (key == key_of(sample_workspace()) if table is None else table.county.is_sample):
        return sample_workspace()
    return table


def _follow_plan() -> bool:
    wanted = st.query_params.get(PLAN, "")
    if not wanted or wanted == session.recall(PLAN, ""):
        return True
    workspace = session.current()
    project = project_of(workspace, key=project_key(), looking=view_only())
    if wanted not in {record.id for record in project.project.store.plans()}:
        st.title(text.UNKNOWN_TITLE)
        st.error(text.unknown_plan(workspace.county.label))
        st.subheader(text.PLANS_HERE)
        labels = plan_labels(project)
        for record in plans_on_offer(project):
            if st.button(labels[record.id], key=f"instead_{record.id}"):
                st.query_params[PLAN] = record.id
                st.rerun()
        return False
    session.put(with_plan_of(workspace, project, wanted))
    session.remember(PLAN, wanted)
    return True


def _say_unknown_project(key: str) -> None:
    st.title(text.UNKNOWN_TITLE)
    st.error(text.unknown_project(key))
    st.subheader(text.PROJECTS_HERE)
    keys = [path.stem for path in project_files()]
    if not keys:
        st.caption(text.NO_PROJECTS)
    for known in keys:
        if st.button(known, key=f"instead_{known}"):
            st.query_params.from_dict({PROJECT: known})
            st.rerun()
    if st.button(text.TO_START, type="primary"):
        st.query_params.clear()
        st.rerun()


def _write() -> None:
    key = project_key()
    session.remember("address", key)
    _set(PROJECT, key)
    edited = session.current().origin == "edited"
    _set(PLAN, str(session.recall(PLAN, "")) if edited else "")
    _set(VIEW_ONLY, "1" if view_only() else "")


def _set(name: str, value: str) -> None:
    """One part of the address; writing what stands there already would only add to the browser's history."""
    if not value:
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value
