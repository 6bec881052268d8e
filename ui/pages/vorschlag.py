"""Vorschlag: let the machine search, watch it, compare what it found."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from regionalization.proposal import Proposal
from reporting.text_de import app as text
from reporting.text_de.alternatives import left_out
from reporting.text_de.findings import sentence
from reporting.text_de.proof import proof_sentences, stop_sentence
from reporting.text_de.rules import note_sentences
from spatial.errors import InputError
from ui import session
from ui.cache import worker
from ui.navigation import draw_anew, link
from ui.plan_view import show_key_figures, show_plan_map, show_region_table, show_scores
from ui.proposal_views import show_alternatives, show_cut_places, show_quartiere, show_why
from ui.violations import show_violations
from workspace import actions
from workspace.workspace import Workspace, chosen_proposal

_COUNTS = (1, 3, 5, 9)


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    with st.container(key="map-room"):
        left, right = st.columns([3, 1], gap="small")
    with right:
        st.title(text.PAGES["vorschlag"])
        _search(workspace)
        _choice(workspace)
    workspace = session.current()
    with right:
        quartiere = show_quartiere(workspace)
    with left:
        clicked = show_plan_map(workspace, key="vorschlag", quartiere=quartiere)
    if workspace.plan is None:
        return
    with right:
        _beside(workspace, clicked)
    below, broken = st.columns([2, 1], gap="medium")
    with broken:
        _broken(workspace)
    with below:
        if len(workspace.proposals) > 1:
            st.subheader(text.COMPARE)
            show_alternatives(workspace)
        st.subheader(text.REGIONS)
        show_region_table(workspace)


def _beside(workspace: Workspace, clicked: str) -> None:
    """What stands beside the map: figures, the way on, why a region is as it is."""
    show_key_figures(workspace)
    link("bearbeiten", text.TO_EDIT, primary=bool(workspace.proposals))
    link("export", text.TO_EXPORT)
    show_why(workspace, clicked)
    if workspace.county.is_sample:
        st.caption(text.SAMPLE_NOT_KEPT)


def _broken(workspace: Workspace) -> None:
    """What is not kept, which places are cut, and what the proposal is worth."""
    st.subheader(text.WHAT_IS_BROKEN)
    show_violations(actions.judge(workspace).violations, workspace, key="vorschlag")
    show_cut_places(workspace)
    proposal = chosen_proposal(workspace)
    if proposal is not None:
        with st.expander(text.MEASURES):
            show_scores(proposal, places=bool(workspace.county.blocks.places))
            st.caption("\n\n".join(proof_sentences(proposal.proof)))


def _search(workspace: Workspace) -> None:
    if session.job() is not None:
        _watch()
        return
    if workspace.plan is None:
        st.markdown(text.PROPOSAL_INTRO)
    wanted = workspace.settings.alternatives
    offered = sorted({*_COUNTS, wanted})
    many = st.segmented_control(text.HOW_MANY, offered, default=wanted, help=text.HOW_MANY_HELP, key="how_many")
    label = text.PROPOSE_AGAIN if workspace.proposals else text.PROPOSE
    if st.button(label, type="secondary" if workspace.proposals else "primary", width="stretch"):
        _start(workspace, many or wanted)
    if not workspace.settings.features:
        st.caption(text.NO_FEATURES)


def _start(workspace: Workspace, many: int) -> None:
    """Send the search on its way; the proposals on the table stay until it has ended."""
    settings = replace(workspace.settings, alternatives=many)
    try:
        job = worker().submit(actions.run_proposals, workspace.problem, settings)
    except InputError as error:
        st.error("\n\n".join(sentence(finding) for finding in error.findings))
        return
    searching = replace(workspace, settings=settings)
    session.put(searching)
    session.set_job(job)
    session.remember("searching", searching)
    st.rerun()


@st.fragment(run_every=0.4)
def _watch() -> None:
    job = session.job()
    if job is None:
        draw_anew()
        return
    st.progress(min(1.0, job.progress), text=text.STOPPING if job.cancelled else text.running(job.progress))
    if st.button(text.CANCEL, width="stretch", disabled=job.cancelled):
        job.cancel()
    if not job.done:
        return
    session.set_job(None)
    try:
        _take(job.wait())
    except InputError as error:
        session.flash("\n\n".join(sentence(finding) for finding in error.findings))
    draw_anew()


def _take(proposals: tuple[Proposal, ...]) -> None:
    """Lay what was found on the table, unless another county or other demands lie there by now."""
    asked, now = session.recall("searching"), session.current()
    if asked.county is not now.county or asked.settings != now.settings:
        session.flash(text.OTHER_TABLE)
        return
    fresh = actions.take_proposals(now, proposals)
    if [p.plan.labels.tobytes() for p in fresh.proposals] == [p.plan.labels.tobytes() for p in now.proposals]:
        session.flash(text.SAME_AGAIN)
    session.put(fresh)


def _choice(workspace: Workspace) -> None:
    """Which proposal lies on the table; only a click changes that."""
    if not workspace.proposals:
        if workspace.plan is not None:
            st.info(text.OLD_WISHES)
        return
    if missing := left_out(workspace.proposals):
        st.caption(missing)
    on_table = chosen_proposal(workspace)
    number = None if on_table is None else workspace.proposals.index(on_table)
    if len(workspace.proposals) > 1 or on_table is None:
        numbers = range(len(workspace.proposals))
        wanted = st.segmented_control(text.CHOOSE, numbers, default=number, format_func=lambda i: str(i + 1))
        if wanted is not None and wanted != number:
            session.put(actions.choose_proposal(workspace, wanted))
            st.rerun()
    if on_table is None:
        if workspace.plan is not None:
            st.info(text.EDITED_ON_TABLE)
        return
    if on_table.stopped_by:
        st.info(stop_sentence(on_table))
    for remark in note_sentences(on_table.notes):
        st.info(remark)
