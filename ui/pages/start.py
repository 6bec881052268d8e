"""Start: the county, the state of the project, and the one next step."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import app as text
from ui import session
from ui.navigation import link
from ui.plan_view import show_key_figures, show_plan_map, show_region_table
from ui.violations import show_violations
from workspace import actions
from workspace.workspace import Workspace


def draw() -> None:
    """Draw the page."""
    with st.spinner(text.OPENING):
        workspace = session.current()
    with st.container(key="map-room"):
        left, right = st.columns([3, 1], gap="small")
    with left:
        show_plan_map(workspace, key="start")
    with right:
        _side(workspace)
    if workspace.plan is not None:
        st.subheader(text.REGIONS)
        show_region_table(workspace)


def _side(workspace: Workspace) -> None:
    blocks = workspace.county.blocks
    st.title(workspace.county.label)
    st.caption(text.opened(len(blocks), int(blocks.population.sum()), len(blocks.municipalities)))
    st.markdown(text.START_INTRO)
    if workspace.plan is None:
        st.info(text.NO_PLAN)
        link("vorschlag", text.TO_PROPOSAL, primary=True)
        return
    show_key_figures(workspace)
    if workspace.county.is_sample:
        st.caption(text.SAMPLE_HINT)
        link("daten", text.TO_OWN_DATA, primary=True)
    else:
        link("export", text.TO_EXPORT, primary=True)
    link("vorgaben", text.TO_SETTINGS)
    st.subheader(text.WHAT_IS_BROKEN)
    show_violations(actions.judge(workspace).violations, workspace, key="start")
