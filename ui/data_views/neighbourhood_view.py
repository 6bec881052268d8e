"""Section „Nachbarschaft prüfen“: streets, islands and exclaves, barriers; every decision on the map."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from reporting.text_de import data_page
from reporting.text_de import data_rooms as words
from reporting.text_de.editor import store_problem
from spatial.errors import InputError
from spatial.fingerprint import digest
from spatial.outlines import Outlines
from ui import session
from ui.address import project_key
from ui.cache import map_shapes
from ui.data_views.county_card import lay
from ui.data_views.findings_view import show_findings
from ui.data_views.uploads import upload
from ui.editor.map_view import MapContent, show_map
from ui.project_link import keep_settings, made_county_project
from workspace import neighbourhood
from workspace.neighbourhood import Bridge, Pair
from workspace.store import StoreError
from workspace.workspace import Workspace

_SHOWN = 12  # suggestions that stand on the page at once
_LONELY = 0.5  # share of blocks without neighbours from which streets are the reason
_LARGEST, _OTHER, _SUGGESTED, _DECLARED, _CLOSED = range(5)


def draw() -> None:
    """Draw the section: decisions on the left, the map of them on the right."""
    workspace = session.current()
    left, right = st.columns([1, 1.3], gap="large")
    refused = _refused(workspace)
    with left, st.spinner(words.WORKING):
        st.markdown(words.NEAR_INTRO)
        streets = _state(workspace)
        suggested = () if streets else _suggestions(workspace, refused)
        if streets:
            st.markdown(words.NEAR_STREETS_FIRST)
            _streets(workspace, expanded=True)
        else:
            _bridges(workspace, suggested, refused)
            _streets(workspace)
        _barriers(workspace, refused)
    with right:
        _map(workspace, suggested)


def _state(workspace: Workspace) -> bool:
    """Say how the blocks hang together; True where streets lie between them and not water between islands."""
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    now = neighbourhood.cohesion(workspace)
    st.markdown(f"**{words.NEAR_NOW}**")
    st.markdown(words.pieces(now.pieces, now.islands, [names[key] for key in now.split if names[key]]))
    return now.islands > _LONELY * len(workspace.county.blocks)


def _suggestions(workspace: Workspace, refused: Sequence[Pair]) -> tuple[Bridge, ...]:
    """What the machine suggests under the present decisions, worked out once for them."""
    key = _key(workspace, refused)
    known, found = session.recall("near_suggested", ("", ()))
    if known != key:
        found = neighbourhood.suggestions(workspace, refused=refused)
        session.remember("near_suggested", (key, found))
    suggested: tuple[Bridge, ...] = found
    return suggested


def _bridges(workspace: Workspace, suggested: Sequence[Bridge], refused: Sequence[Pair]) -> None:
    st.markdown(f"**{words.NEAR_BRIDGES}**")
    declared = workspace.settings.constraints.bridge_edges
    if not (suggested or declared or refused):
        st.caption(words.NEAR_NO_BRIDGES)
    if suggested:
        st.caption(words.NEAR_SUGGESTED)
    for number, bridge in enumerate(suggested[:_SHOWN]):
        said, yes, no = st.columns([3, 1.1, 1.4], vertical_alignment="center")
        said.markdown(words.bridge(*bridge.pair, bridge.gap_m, bridge.municipality))
        if yes.button(words.NEAR_ACCEPT, key=f"bridge_yes_{number}", width="stretch"):
            _keep(neighbourhood.with_bridge(workspace, bridge.pair), refused)
        if no.button(words.NEAR_REFUSE, key=f"bridge_no_{number}", width="stretch"):
            _keep(workspace, (*refused, bridge.pair))
    if len(suggested) > _SHOWN:
        st.caption(words.NEAR_MORE)
    _decided(workspace, declared, refused)


def _decided(workspace: Workspace, declared: Sequence[Pair], refused: Sequence[Pair]) -> None:
    """Bridges somebody decided about; every decision can be taken back."""
    for title, pairs in ((words.NEAR_DECLARED, declared), (words.NEAR_REFUSED, refused)):
        if pairs:
            st.caption(title)
        for number, pair in enumerate(pairs):
            said, button = st.columns([3, 1.4], vertical_alignment="center")
            said.markdown(f"„{pair[0]}“ – „{pair[1]}“")
            accepted = title == words.NEAR_DECLARED
            label = words.UNDO if accepted else words.NEAR_AGAIN
            if button.button(label, key=f"bridge_back_{accepted}_{number}", width="stretch"):
                kept = neighbourhood.without_bridge(workspace, pair) if accepted else workspace
                _keep(kept, [other for other in refused if other != pair])


def _streets(workspace: Workspace, *, expanded: bool = False) -> None:
    present = workspace.county.choice.gap_m
    with st.expander(words.NEAR_STREETS, expanded=expanded):
        st.caption(words.NEAR_STREETS_HELP)
        gaps = {present: data_page.GAPS.get(present, ""), **data_page.GAPS}
        chosen = st.selectbox(
            words.NEAR_GAP,
            sorted(gaps),
            index=sorted(gaps).index(present),
            format_func=gaps.__getitem__,
            key="near_gap",
        )
        if chosen == present:
            return
        before, after = neighbourhood.cohesion(workspace), neighbourhood.cohesion_with_gap(workspace, chosen)
        st.markdown(words.before_and_after(before.pieces, after.pieces))
        if st.button(words.NEAR_GAP_TAKE, key="near_gap_take"):
            lay(neighbourhood.with_gap(workspace, chosen))
            session.flash(words.NEAR_GAP_DONE)
            st.rerun()


def _barriers(workspace: Workspace, refused: Sequence[Pair]) -> None:
    closed = workspace.settings.constraints.barrier_edges
    with st.expander(words.NEAR_BARRIERS, expanded=bool(closed)):
        st.caption(words.NEAR_BARRIERS_HELP)
        st.markdown(words.closed(len(closed)))
        if closed and st.button(words.NEAR_BARRIER_OPEN, key="barrier_open"):
            _keep(neighbourhood.with_barriers(workspace, ()), refused)
        path = upload(words.NEAR_BARRIER_FILE, key="barrier_file")
        if path is None:
            return
        first, second = st.columns(2)
        layer = first.text_input(words.NEAR_BARRIER_LAYER, key="barrier_layer").strip()
        crossings = second.text_input(words.NEAR_CROSSING_LAYER, key="crossing_layer").strip()
        try:
            pairs, findings = neighbourhood.barriers_of(
                workspace.county, path, layer=layer or None, crossings=crossings or None
            )
        except InputError as error:
            show_findings(error.findings)
            return
        if pairs and st.button(words.NEAR_BARRIER_TAKE, key="barrier_take"):
            session.flash(words.NEAR_BARRIER_DONE)
            _keep(neighbourhood.with_barriers(workspace, pairs), refused)
        show_findings(findings)


def _map(workspace: Workspace, suggested: Sequence[Bridge]) -> None:
    county, demands = workspace.county, workspace.settings.constraints
    blocks = map_shapes(county).blocks
    lines = (
        (_CLOSED, neighbourhood.closed_outlines(county, demands.barrier_edges)),
        (_DECLARED, neighbourhood.pair_outlines(county, demands.bridge_edges)),
        (_SUGGESTED, neighbourhood.pair_outlines(county, [bridge.pair for bridge in suggested])),
    )
    pieces = neighbourhood.decided(workspace).components()
    largest = int(np.argmax(np.bincount(pieces)))
    fill = [np.where(pieces == largest, _LARGEST, _OTHER), *(np.full(len(drawn), kind) for kind, drawn in lines)]
    ids = (*blocks.ids, *(name for _, drawn in lines for name in drawn.ids))
    shapes = np.concatenate([blocks.shapes, *(drawn.shapes for _, drawn in lines)])
    everything = np.concatenate(fill).astype(np.uint8)
    said = words.map_summary(len(suggested), len(demands.bridge_edges))
    content = MapContent(
        outlines=Outlines(ids, shapes, 4326),
        fill=everything,
        palette=words.NEAR_COLOURS,
        description=f"{words.NEAR_MAP}: {said}",
        borders=[map_shapes(county).municipalities],
        tooltips=list(ids),
        legend=[(kind, words.NEAR_LEGEND[kind]) for kind in sorted(set(everything.tolist()))],
        opaque=True,
    )
    show_map(content, key=f"near_{digest(county.fingerprint)}", height=620)
    st.caption(f"{words.NEAR_MAP}: {said}")


def _keep(workspace: Workspace, refused: Sequence[Pair]) -> None:
    """Lay the decision on the table and note it in the project file."""
    session.put(workspace)
    session.remember("near_refused", (workspace.county.fingerprint, tuple(refused)))
    try:
        project = made_county_project(workspace, key=project_key())
        keep_settings(project, workspace.settings)
        project.project.store.save_settings(neighbourhood.kept_refusals(refused))
    except StoreError as error:
        session.flash(store_problem(error.code, error.values))
    st.rerun()


def _refused(workspace: Workspace) -> tuple[Pair, ...]:
    """The bridges somebody did not want, as the project file has them."""
    fingerprint, pairs = session.recall("near_refused", ("", ()))
    if fingerprint != workspace.county.fingerprint:
        try:
            settings = made_county_project(workspace, key=project_key()).project.store.settings()
        except StoreError:
            settings = {}
        pairs = neighbourhood.refusals(workspace.county, settings)
        session.remember("near_refused", (workspace.county.fingerprint, pairs))
    refused: tuple[Pair, ...] = pairs
    return refused


def _key(workspace: Workspace, refused: Sequence[Pair]) -> str:
    demands = workspace.settings.constraints
    return digest(workspace.county.fingerprint, demands.bridge_edges, demands.barrier_edges, tuple(refused))
