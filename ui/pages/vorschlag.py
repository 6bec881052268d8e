"""Vorschlag: let the machine search, watch it, compare what it found."""

from __future__ import annotations

import streamlit as st

from regionalization.compare import compare
from reporting.alternatives_table import alternatives_table
from reporting.text_de import app as text
from reporting.text_de.alternatives import difference, name
from reporting.text_de.findings import sentence
from reporting.text_de.proof import proof_sentences, stop_sentence
from reporting.text_de.rules import explanation_sentences
from spatial.errors import InputError
from ui import session
from ui.cache import explanations_of, worker
from ui.navigation import draw_anew, link
from ui.plan_view import show_key_figures, show_plan_map, show_region_table, show_scores
from ui.violations import show_violations
from workspace import actions
from workspace.workspace import Workspace, chosen_proposal


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    with st.container(key="map-room"):
        left, right = st.columns([3, 1], gap="small")
    with right:
        st.title(text.PAGES["vorschlag"])
        st.markdown(text.PROPOSAL_INTRO)
        _search(workspace)
        _choice(workspace)
    workspace = session.current()
    with left:
        clicked = show_plan_map(workspace, key="vorschlag")
    if workspace.plan is None:
        return
    with right:
        show_key_figures(workspace)
        link("export", text.TO_EXPORT)
        show_violations(actions.judge(workspace).violations, workspace, key="vorschlag")
    with left:
        _why(workspace, clicked)
    if len(workspace.proposals) > 1:
        st.subheader(text.COMPARE)
        _comparison(workspace)
    st.subheader(text.REGIONS)
    show_region_table(workspace)


def _why(workspace: Workspace, clicked: str) -> None:
    """Why a region is as it is: the one clicked on the map, or chosen from the list."""
    reasons = {str(e.score.region): e for e in explanations_of(workspace)}
    if clicked != session.recall("clicked_region", "") and clicked in reasons:
        session.remember("clicked_region", clicked)
        session.preset("vorschlag_region", clicked)
    st.subheader(text.WHY)
    region = st.selectbox(text.WHY_REGION, list(reasons), key="vorschlag_region", help=text.WHY_HINT)
    st.markdown("\n".join(f"- {said}" for said in explanation_sentences(reasons[region])))


def _comparison(workspace: Workspace) -> None:
    proposals, residents = workspace.proposals, int(workspace.county.blocks.population.sum())
    differences = [compare(proposals[0].plan, other.plan, workspace.county.blocks) for other in proposals]
    st.dataframe(
        alternatives_table(proposals, differences, residents=residents),
        hide_index=True,
        height="content",
        placeholder="–",
    )
    on_table = chosen_proposal(workspace)
    number = 0 if on_table is None else proposals.index(on_table)
    if number:
        st.caption(f"{name(number)}: {difference(differences[number], residents)}")


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
        draw_anew()
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
    draw_anew()


def _choice(workspace: Workspace) -> None:
    """Which proposal lies on the table; only a click changes that."""
    if not workspace.proposals:
        return
    on_table = chosen_proposal(workspace)
    number = None if on_table is None else workspace.proposals.index(on_table)
    if len(workspace.proposals) > 1 or on_table is None:
        numbers = range(len(workspace.proposals))
        wanted = st.segmented_control(text.CHOOSE, numbers, default=number, format_func=lambda i: str(i + 1))
        if wanted is not None and wanted != number:
            session.put(actions.choose_proposal(workspace, wanted))
            st.rerun()
    if on_table is None:
        st.info(text.EDITED_ON_TABLE)
        return
    if on_table.stopped_by:
        st.info(stop_sentence(on_table))
    show_scores(on_table)
    st.caption("\n\n".join(proof_sentences(on_table.proof)))
