"""Two plans side by side or as a map of differences, with the residents and indicators that would change."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from regionalization.compare import Difference, compare
from regionalization.population_target import PopulationTarget
from reporting.numbers_de import count, decimal, share, signed, whole
from reporting.region_palette import REGION_COLOURS
from reporting.text_de import plan_page as text
from reporting.text_de import project_figures as figure_text
from reporting.text_de.plan_map import band_sign, region_name
from spatial.plan import UNASSIGNED, Plan, region_totals
from ui.cache import map_shapes
from ui.editor.effect_view import show_effect
from ui.editor.map_view import NO_FILL, MapContent, MapLabel, show_map
from ui.editor.open_projects import OpenProject
from ui.project_link import plan_labels
from workspace.county import County
from workspace.store import PlanRecord
from workspace.workspace import Workspace

_SAME, _CHANGED = "#dfe5e2", "#b3261e"


def show_comparison(project: OpenProject, record: PlanRecord, workspace: Workspace) -> None:
    """Choose another plan, or the draft's own beginning, and see what would change."""
    others = {**plan_labels(project), record.id: figure_text.START}
    chosen = st.selectbox(text.COMPARE_WITH, list(others), format_func=others.__getitem__, key=f"compare_{record.id}")
    store = project.project.store
    before = store.plan(record.id) if chosen == record.id else project.desk(chosen).draft.plan
    after = project.desk(record.id).draft.plan
    county, target = project.project.county, workspace.settings.target
    difference = compare(before, after, county.blocks)
    _figures(difference, county)
    views = (*text.VIEWS, figure_text.EFFECT_VIEW)
    view = st.segmented_control(text.VIEW, views, default=views[0], key="compare_view") or views[0]
    if view == views[1]:
        left, right = st.columns(2)
        with left:
            st.markdown(f"**{others[chosen]}**")
            show_map(plan_content(county, before, target), key=f"before_{chosen}", height=460)
        with right:
            st.markdown(f"**{record.name}**")
            show_map(plan_content(county, after, target), key=f"after_{record.id}", height=460)
    elif view == views[0]:
        show_map(changes_content(county, after, difference), key=f"difference_{record.id}", height=520)
    if view != views[2]:
        st.dataframe(moves_table(before, after, county, difference), hide_index=True, width="stretch")
    show_effect(workspace, (before, after), difference.matching, as_map=view == views[2])


def _figures(difference: Difference, county: County) -> None:
    columns = st.columns(4)
    residents = difference.residents / max(1, int(county.blocks.population.sum()))
    columns[0].metric(text.BLOCKS_MOVED, count(len(difference.blocks)))
    columns[1].metric(text.RESIDENTS_MOVED, count(difference.residents))
    columns[2].metric(text.SHARE_MOVED, share(residents))
    columns[3].metric(text.ALIKE, decimal(difference.adjusted_rand, 2))


def changes_content(county: County, after: Plan, difference: Difference) -> MapContent:
    """The blocks of a plan, those marked that lie in another region than before."""
    shapes = map_shapes(county)
    fill = np.zeros(len(county.blocks), dtype=np.uint8)
    fill[county.blocks.positions(difference.blocks)] = 1
    return MapContent(
        outlines=shapes.blocks,
        fill=fill,
        palette=[_SAME, _CHANGED],
        description=text.difference_description(len(difference.blocks)),
        borders=[shapes.municipalities],
        groups=after.labels,
        group_labels={int(r): MapLabel(str(r)) for r in after.regions},
        legend=[(1, text.LEGEND_CHANGED), (0, text.LEGEND_SAME)],
    )


def plan_content(county: County, plan: Plan, target: PopulationTarget) -> MapContent:
    """A plan as a map of its blocks, coloured by region."""
    shapes = map_shapes(county)
    residents = region_totals(plan, county.blocks.population)
    fill = [plan.colours.get(int(r), int(r)) % len(REGION_COLOURS) if r != UNASSIGNED else NO_FILL for r in plan.labels]
    signs = {r: band_sign(n, target.minimum, target.maximum) for r, n in residents.items()}
    return MapContent(
        outlines=shapes.blocks,
        fill=np.array(fill, dtype=np.uint8),
        palette=REGION_COLOURS,
        description=text.plan_description(len(residents)),
        borders=[shapes.municipalities],
        groups=plan.labels,
        group_labels={r: MapLabel(str(r), whole(n)) for r, n in residents.items()},
        group_tooltips={
            r: text.region_tooltip(region_name(r, plan.names.get(r, "")), n, signs[r]) for r, n in residents.items()
        },
    )


def moves_table(before: Plan, after: Plan, county: County, difference: Difference) -> pd.DataFrame:
    """From which region to which how many blocks and residents change."""
    where = county.blocks.positions(difference.blocks)
    moved = pd.DataFrame(
        {"from": before.labels[where], "to": after.labels[where], "residents": county.blocks.population[where]}
    )
    sums = moved.groupby(["from", "to"], as_index=False).agg(
        blocks=("residents", "size"), residents=("residents", "sum")
    )
    totals = (region_totals(before, county.blocks.population), region_totals(after, county.blocks.population))
    names = text.COMPARE_COLUMNS
    return pd.DataFrame(
        {
            names["from"]: [text.region_or_none(int(r)) for r in sums["from"]],
            names["to"]: [text.region_or_none(int(r)) for r in sums["to"]],
            names["blocks"]: [count(n) for n in sums["blocks"]],
            names["residents"]: [count(n) for n in sums["residents"]],
            names["change"]: [signed(totals[1].get(int(r), 0) - totals[0].get(int(r), 0)) for r in sums["to"]],
        }
    )
