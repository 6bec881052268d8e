"""Vorschlag: let the machine search, watch it, compare what it found."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import app as text
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from ui import session
from ui.cache import worker
from ui.navigation import link
from ui.plan_view import show_key_figures, show_plan_map, show_region_table, show_scores
from ui.violations import show_violations
from workspace import actions
from workspace.workspace import Workspace


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    left, right = st.columns([2, 1], gap="medium")
    with right:
        st.title(text.PAGES["vorschlag"])
        st.markdown(text.PROPOSAL_INTRO)
        _search(workspace)
        _choice(workspace)
    workspace = session.current()
    with left:
        show_plan_map(workspace, key="vorschlag")
    if workspace.plan is None:
        return
    with right:
        show_key_figures(workspace)
        link("export", text.TO_EXPORT)
        show_violations(actions.judge(workspace).violations, workspace, key="vorschlag")
    st.subheader(text.REGIONS)
    show_region_table(workspace)


def _search(workspace: Workspace) -> None:
    if session.job() is not None:
        _watch()
        return
    label = text.PROPOSE_AGAIN if workspace.proposals else text.PROPOSE
    if st.button(label, type="primary", width="stretch"):
        try:
            session.set_job(worker().submit(actions.run_proposals, workspace.problem, workspace.settings))
        except InputError as error:
            st.error("\n\n".join(sentence(finding) for finding in error.findings))
            return
        st.rerun()
    if not workspace.settings.features:
        st.caption(text.NO_FEATURES)


@st.fragment(run_every=0.4)
def _watch() -> None:
    job = session.job()
    if job is None:
        st.rerun()
        return
    st.progress(min(1.0, job.progress), text=text.RUNNING)
    if st.button(text.CANCEL, width="stretch"):
        job.cancel()
    if not job.done:
        return
    session.set_job(None)
    try:
        session.put(actions.take_proposals(session.current(), job.wait()))
    except InputError as error:
        session.flash("\n\n".join(sentence(finding) for finding in error.findings))
    st.rerun()


def _choice(workspace: Workspace) -> None:
    if not workspace.proposals:
        return
    number = 0
    if len(workspace.proposals) > 1:
        numbers = range(len(workspace.proposals))
        number = st.segmented_control(text.CHOOSE, numbers, default=0, format_func=lambda i: str(i + 1)) or 0
        if session.recall("chosen") != (number, id(workspace.proposals)):
            session.remember("chosen", (number, id(workspace.proposals)))
            session.put(actions.choose_proposal(workspace, number))
    proposal = workspace.proposals[number]
    if proposal.stopped_early:
        st.info(text.STOPPED_EARLY)
    show_scores(proposal)
