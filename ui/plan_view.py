"""The plan on the table as every page shows it: map, key figures, table, scores."""

from __future__ import annotations

import numpy as np
import streamlit as st

from regionalization.proposal import Proposal
from reporting.numbers_de import count, decimal, metres, share, whole
from reporting.region_palette import REGION_COLOURS
from reporting.region_table import region_table
from reporting.text_de import app as text
from reporting.text_de.plan_map import band as plan_band
from reporting.text_de.plan_map import band_sign, region_name
from spatial.outlines import Outlines
from ui.cache import map_shapes, regions_of, scores_of
from ui.editor.map_view import MapContent, MapLabel, show_map
from workspace.drawing import MapShapes
from workspace.origin import source_line
from workspace.workspace import Workspace, plan_of

NEUTRAL = ("#cfd8d5",)


def show_plan_map(workspace: Workspace, *, key: str, quartiere: Outlines | None = None) -> str:
    """The county with its regions: coloured, numbered, with residents; municipalities as strong lines.

    Parameters
    ----------
    quartiere : a second level inside the regions, drawn as fine lines

    Returns
    -------
    number of the region clicked last as text, empty where none
    """
    drawn = map_shapes(workspace.county)
    if workspace.plan is None:
        names = [MapLabel(m.name) for m in workspace.county.blocks.municipalities]
        plain = np.zeros(len(drawn.municipalities), dtype=np.uint8)
        content = MapContent(
            drawn.municipalities, plain, NEUTRAL, text.MAP_WITHOUT_PLAN, borders=[drawn.municipalities], labels=names
        )
        show_map(content, key=f"{key}_{workspace.county.fingerprint}")
        st.caption(f"{text.MAP_WITHOUT_PLAN}. {source_line(workspace.county)}")
        return ""
    clicked = show_map(_plan_content(workspace, drawn, quartiere), key=f"{key}_{workspace.county.fingerprint}")
    st.caption(f"{text.MAP_SOURCE} {source_line(workspace.county)}")
    return clicked


def _plan_content(workspace: Workspace, drawn: MapShapes, quartiere: Outlines | None) -> MapContent:
    plan, target, scores = plan_of(workspace), workspace.settings.target, scores_of(workspace)
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    signs = {s.region: band_sign(s.residents, s.target.minimum, s.target.maximum) for s in scores}
    labels = [
        MapLabel(str(s.region), whole(s.residents) + ("" if s.in_band else f" {signs[s.region][0]}")) for s in scores
    ]
    tooltips = [
        f"{region_name(s.region, plan.names.get(s.region, ''))}\n{', '.join(names[k] for k in s.municipalities)}\n"
        f"{whole(s.residents)} {text.RESIDENTS} {signs[s.region]}"
        for s in scores
    ]
    return MapContent(
        outlines=regions_of(workspace),
        fill=np.array([plan.colours.get(s.region, s.region) % len(REGION_COLOURS) for s in scores], dtype=np.uint8),
        palette=REGION_COLOURS,
        description=f"{workspace.county.label}: {plan_band(target.minimum, target.maximum)}",
        borders=[drawn.municipalities] if quartiere is None else [quartiere, drawn.municipalities],
        labels=labels,
        tooltips=tooltips,
    )


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
    table = region_table(scores_of(workspace), names)
    columns = {
        text.REGION_TABLE[key]: st.column_config.Column(help=explanation)
        for key, explanation in text.REGION_TABLE_HELP.items()
    }
    st.dataframe(table, hide_index=True, column_config=columns, height="content")


def show_scores(proposal: Proposal, *, places: bool) -> None:
    """What a proposal is worth, in the few measures a planner asks for.

    Parameters
    ----------
    places : does the county name places that could be cut?
    """
    writers = {"ssd_ratio": share, "polsby_popper": lambda v: decimal(v, 2), "cut_m": metres}
    writers |= {"places_cut": count, "residents_in_cut_places": count} if places else {}
    writers |= {"residents_near_border": count}
    rows = [
        f"| {text.SCORES[key]} | {write(proposal.scores[key])} |"
        for key, write in writers.items()
        if key in proposal.scores and not (key == "ssd_ratio" and "no_features" in proposal.notes)
    ]
    rows.append(f"| {text.SEARCH_TIME} | {text.seconds(proposal.solve_s)} |")
    st.markdown("\n".join([f"| {text.MEASURE} | {text.VALUE} |", "|:--|--:|", *rows]))
