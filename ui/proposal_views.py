"""Proposals side by side, why a region is as it is, and which places are cut (Vorschläge im Vergleich)."""

from __future__ import annotations

import streamlit as st

from regionalization.compare import compare
from reporting.alternatives_table import alternatives_table
from reporting.numbers_de import whole
from reporting.text_de import alternatives as say
from reporting.text_de import app as text
from reporting.text_de import demands as say_demands
from reporting.text_de.plan_map import region_name
from reporting.text_de.rules import cut_place_sentence, explanation_sentences
from spatial.outlines import Outlines
from ui import session
from ui.cache import cut_places_of, explanations_of, plan_key, quartier_plan, quartier_shapes
from ui.editor.comparison_view import changes_content, moves_table
from ui.editor.map_view import show_map
from workspace.outputs import quartiere_download
from workspace.workspace import Workspace, chosen_proposal, plan_of

_SHOWN = 12  # cut places in sight; the rest is counted


def show_alternatives(workspace: Workspace) -> None:
    """All proposals in one table; the one on the table against another one, drawn and counted."""
    proposals, blocks = workspace.proposals, workspace.county.blocks
    residents = int(blocks.population.sum())
    differences = [compare(proposals[0].plan, other.plan, blocks) for other in proposals]
    table = alternatives_table(proposals, differences, residents=residents, places=bool(blocks.places))
    st.dataframe(table, hide_index=True, height="content", placeholder="–")
    st.caption(say.EXPLAINED)
    chosen = chosen_proposal(workspace)
    if chosen is not None:
        _against_another(workspace, next(i for i, p in enumerate(proposals) if p is chosen))


def _against_another(workspace: Workspace, number: int) -> None:
    county, proposals = workspace.county, workspace.proposals
    others = [i for i in range(len(proposals)) if i != number]
    picked = st.segmented_control(
        say.COMPARE_WITH, others, default=others[0], format_func=say.name, key=f"against_{number}_{len(proposals)}"
    )
    other = others[0] if picked is None else picked
    before, after = proposals[other].plan, plan_of(workspace)
    difference = compare(before, after, county.blocks)
    st.markdown(f"**{say.on_table(number, other)}:** {say.difference(difference, int(county.blocks.population.sum()))}")
    show_map(changes_content(county, after, difference), key=f"against_map_{county.fingerprint}", height=480)
    if difference.blocks:
        with st.expander(say.MOVES):
            st.dataframe(moves_table(before, after, county, difference), hide_index=True, width="stretch")


def show_why(workspace: Workspace, clicked: str) -> None:
    """Why a region is as it is: the one clicked on the map, or chosen from the list."""
    reasons = {str(e.score.region): e for e in explanations_of(workspace)}
    names, plan = {m.key: m.name for m in workspace.county.blocks.municipalities}, plan_of(workspace)
    if clicked != session.recall("clicked_region", "") and clicked in reasons:
        session.remember("clicked_region", clicked)
        session.remember("why_region", clicked)

    def line(region: str) -> str:
        score = reasons[region].score
        where = ", ".join(names[key] for key in score.municipalities)
        named = region_name(score.region, plan.names.get(score.region, ""))
        return f"{named} · {where} · {whole(score.residents)}" if where else f"{named} · {whole(score.residents)}"

    st.subheader(text.WHY)
    asked = session.recall("why_region", "")
    region = st.selectbox(
        text.WHY_REGION,
        list(reasons),
        index=list(reasons).index(asked) if asked in reasons else 0,
        key=f"why_{plan_key(workspace)}_{clicked}",  # another plan or click is another list: no line stays behind
        format_func=line,
        help=text.WHY_HINT,
        label_visibility="collapsed",
    )
    session.remember("why_region", region)
    sentences = explanation_sentences(reasons[region], among=len(reasons))
    st.markdown("\n".join(f"- {said}" for said in sentences))


def show_quartiere(workspace: Workspace) -> Outlines | None:
    """The second level where it is wanted: how many Quartiere, on the map, as a file.

    Returns
    -------
    their shapes, where the map shall show them
    """
    if workspace.plan is None or workspace.settings.quartier_target is None:
        return None
    with st.spinner(say_demands.QUARTIERE_RUNNING):
        quartiere = quartier_plan(workspace)
    regions = len(workspace.plan.regions)
    shown = st.toggle(say_demands.quartiere_found(len(quartiere.regions), regions), value=True, key="quartiere_shown")
    st.download_button(
        say_demands.QUARTIERE_FILE,
        data=lambda: quartiere_download(workspace.county, quartiere),
        file_name="plan_quartiere.csv",
        mime="text/csv",
        width="stretch",
        on_click="ignore",
    )
    return quartier_shapes(workspace) if shown else None


def show_cut_places(workspace: Workspace) -> None:
    """Places that lie in several regions, the largest first; nothing where the county names no places."""
    if not workspace.county.blocks.places:
        return
    cut = cut_places_of(workspace)
    if not cut:
        st.caption(text.NO_PLACE_CUT)
        return
    with st.expander(text.places_cut(len(cut), len(workspace.county.blocks.places))):
        st.markdown("\n".join(f"- {cut_place_sentence(place)}" for place in cut[:_SHOWN]))
        if len(cut) > _SHOWN:
            st.caption(text.further(len(cut) - _SHOWN))
