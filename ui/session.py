"""The one place that touches ``st.session_state``: the snapshot on the table and what is running."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

from reporting.text_de.editor import store_problem
from ui.cache import sample_workspace
from ui.operator_settings import chosen_project
from ui.project_link import county_project, keep_proposals, keep_settings, workspace_from_project
from workspace.jobs import Job
from workspace.store import StoreError
from workspace.workspace import Workspace

VIEW_ONLY = "ansehen"  # what is remembered of a visitor who came by a link for looking only
_WORKSPACE = "raumwerk_workspace"
_JOB = "raumwerk_job"
_FLASH = "raumwerk_flash"


def current() -> Workspace:
    """The snapshot this browser works on; at first the embedded county with a proposal."""
    if _WORKSPACE not in st.session_state:
        path = chosen_project()
        st.session_state[_WORKSPACE] = workspace_from_project(path) if path else sample_workspace()
    workspace: Workspace = st.session_state[_WORKSPACE]
    return workspace


def put(workspace: Workspace) -> None:
    """Lay a new snapshot on the table; wishes and proposals for the same county are kept in its project file.

    A visitor who came to look searches and chooses on a table of their own: their project file stays as it is.
    """
    before: Workspace | None = st.session_state.get(_WORKSPACE)
    st.session_state[_WORKSPACE] = workspace
    if before is not None and before.county is workspace.county and not recall(VIEW_ONLY, False):
        _keep(before, workspace)


def _keep(before: Workspace, workspace: Workspace) -> None:
    other_wishes = before.settings != workspace.settings
    searched = before.proposals is not workspace.proposals and bool(workspace.proposals)
    chosen = before.origin != workspace.origin or (before.plan is not workspace.plan and workspace.origin == "proposal")
    if not (other_wishes or searched or chosen):
        return
    key, fingerprint = recall("projekt", ("", ""))
    try:
        project = county_project(workspace, key=key if fingerprint == workspace.county.fingerprint else "")
        if project is not None and other_wishes:
            keep_settings(project, workspace.settings)
        if project is not None and (searched or chosen) and not workspace.county.is_sample:
            keep_proposals(project, workspace, anew=searched)
    except StoreError as error:
        flash(store_problem(error.code, error.values))


def job() -> Job | None:
    """The search that is running or just ended for this browser."""
    running: Job | None = st.session_state.get(_JOB)
    return running


def set_job(running: Job | None) -> None:
    """Remember or forget the running search."""
    st.session_state[_JOB] = running


def flash(message: str) -> None:
    """Say something once, on the next drawing of any page."""
    st.session_state[_FLASH] = message


def take_flash() -> str:
    """What is to be said once; forgets it."""
    message: str = st.session_state.pop(_FLASH, "")
    return message


def remember(key: str, value: Any) -> None:
    """Keep a value of a page beyond its widgets."""
    st.session_state[f"raumwerk_{key}"] = value


def recall(key: str, default: Any = None) -> Any:
    """A value a page kept."""
    return st.session_state.get(f"raumwerk_{key}", default)


def knows(widget: str) -> bool:
    """Does this widget have a value already?"""
    return widget in st.session_state


def preset(widget: str, value: Any) -> None:
    """Give a widget its value before it is drawn."""
    st.session_state[widget] = value


def upload_folder() -> Path:
    """A private folder for this browser's uploads; goes with the session."""
    if "raumwerk_uploads" not in st.session_state:
        st.session_state["raumwerk_uploads"] = tempfile.TemporaryDirectory(prefix="raumwerk-")
    return Path(st.session_state["raumwerk_uploads"].name)
