"""The one place that uses ``st.cache_*``: everything shared between browsers, keyed by fingerprints."""

from __future__ import annotations

import streamlit as st

from regionalization.warm_up import warm_up
from workspace import actions
from workspace.jobs import Worker
from workspace.workspace import Workspace


@st.cache_resource(show_spinner=False)
def worker() -> Worker:
    """The warm process in which proposals are made."""
    return Worker(warm_up)


@st.cache_resource(show_spinner=False)
def sample_workspace() -> Workspace:
    """The embedded county with its first proposal, made once per server."""
    workspace = actions.open_sample()
    return actions.take_proposals(workspace, actions.run_proposals(workspace.problem, workspace.settings))
