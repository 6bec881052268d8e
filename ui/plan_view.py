"""The plan on the table as every page shows it: map, key figures, table, scores."""

from __future__ import annotations

import streamlit as st

from regionalization.proposal import Proposal
from reporting.numbers_de import count, decimal, metres, share
from reporting.region_table import region_table
from reporting.text_de import app as text
from ui.cache import scores_of
from workspace.workspace import Workspace


def show_key_figures(workspace: Workspace) -> None:
    """How many regions, how many of them in the band, in one sentence and two numbers."""
    scores = scores_of(workspace)
    in_band = sum(score.in_band for score in scores)
    first, second, third = st.columns(3)
    first.metric(text.REGIONS, count(len(scores)))
    second.metric(text.IN_BAND, count(in_band))
    third.metric(text.RESIDENTS, count(sum(score.residents for score in scores)))
    st.caption(text.summary(len(scores), in_band))


def show_region_table(workspace: Workspace) -> None:
    """One row per region, sortable, German numbers."""
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    table = region_table(scores_of(workspace), names, target=workspace.settings.target)
    columns = {
        text.REGION_TABLE[key]: st.column_config.Column(help=explanation)
        for key, explanation in text.REGION_TABLE_HELP.items()
    }
    st.dataframe(table, hide_index=True, column_config=columns, height="content")


def show_scores(proposal: Proposal) -> None:
    """What a proposal is worth, in the few measures a planner asks for."""
    writers = {"ssd_ratio": share, "polsby_popper": lambda v: decimal(v, 2), "cut_m": metres, "places_cut": count}
    rows = [
        f"| {text.SCORES[key]} | {write(proposal.scores[key])} |"
        for key, write in writers.items()
        if key in proposal.scores and not (key == "ssd_ratio" and "no_features" in proposal.notes)
    ]
    rows.append(f"| {text.SEARCH_TIME} | {text.seconds(proposal.solve_s)} |")
    st.markdown("\n".join([f"| {text.MEASURE} | {text.VALUE} |", "|:--|--:|", *rows]))
