"""The effect of a draft on the indicators: one sentence, a table with intervals, and a map of one indicator."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from reporting.text_de import indicator_rooms as rooms
from reporting.text_de import project_figures as text
from reporting.text_de.editor import store_problem
from ui.address import view_only
from ui.cache import effect_of, map_shapes
from ui.editor.map_view import MapContent, MapLabel, show_map
from ui.indicator_choice import chosen_audience, county_figures, in_url
from workspace.effect_rows import RECOGNISABLE, Plans, difference_text, effect_row, effect_tooltip, kind_of
from workspace.redrawing_effect import Onlooker, RedrawingEffect
from workspace.store import StoreError
from workspace.workspace import Workspace

_KINDS = tuple(text.EFFECT_LEGEND)


def show_effect(workspace: Workspace, plans: Plans, matching: dict[int, int], *, as_map: bool) -> None:
    """Before and after of every region that changes, as the audience may see it.

    Parameters
    ----------
    plans : before and after
    matching : region of the plan after → region of the plan before that it continues
    as_map : draw the map of one indicator above the table
    """
    st.subheader(text.EFFECT)
    try:
        counts, known = county_figures(workspace)
    except StoreError as error:
        st.error(store_problem(error.code, error.values))
        return
    if counts is None:
        st.info(text.EFFECT_NO_COUNTS)
        return
    first, second, third = st.columns(3)
    with first:
        date = in_url("stichtag", rooms.DATE, list(reversed(counts.dates)), rooms.german_date)
    with second:
        audience = _audience()
    seen = Onlooker(audience, known.ledger, known.catalogue)
    effect = effect_of(workspace.county, counts, (plans, matching), date=date, seen=seen)
    if not effect.regions:
        st.info(text.EFFECT_NONE)
        return
    with third:
        offered = _offered(effect)
    st.markdown(_summary(effect, offered))
    if as_map:
        _map(workspace, effect, plans, offered)
    _table(effect, plans, offered)
    st.caption(text.EFFECT_NOTE)


def _audience() -> Any:
    """Who looks on by a link for looking sees what the workshop may see; others choose."""
    if view_only():
        return "workshop"
    in_url("sicht", rooms.AUDIENCE, list(rooms.AUDIENCES), rooms.AUDIENCES.__getitem__)
    return chosen_audience()


def _offered(effect: RedrawingEffect) -> list[str]:
    """The indicators looked at: the core, a view, or all."""
    catalogue = effect.catalogue
    views = {"kern": rooms.CORE, **catalogue.views, "alle": catalogue.ids}
    names = {"kern": text.EFFECT_CORE, **rooms.VIEWS}
    view = st.selectbox(rooms.VIEW, list(views), format_func=names.__getitem__, key="effect_view")
    return [key for key in catalogue.ids if key in set(views[view])]


def _summary(effect: RedrawingEffect, offered: list[str]) -> str:
    compared = effect.count(*RECOGNISABLE, "same", indicators=offered)
    found = effect.count(*RECOGNISABLE, indicators=offered)
    return text.effect_summary(len(effect.regions), found, compared)


def _map(workspace: Workspace, effect: RedrawingEffect, plans: Plans, offered: list[str]) -> None:
    names = effect.catalogue
    default = offered.index("EIN02") if "EIN02" in offered else 0
    key = st.selectbox(text.EFFECT_INDICATOR, offered, default, lambda i: names[i].name_de, key="effect_indicator")
    shapes = map_shapes(workspace.county)
    kinds = {region: kind_of(effect, region, key) for region in effect.regions}
    fill = np.array([_KINDS.index(kinds.get(int(r), "untouched")) for r in effect.labels], dtype=np.uint8)
    groups = plans[1].labels
    shown = {effect.numbers[r]: r for r in effect.regions if r in effect.numbers}
    content = MapContent(
        outlines=shapes.blocks,
        fill=fill,
        palette=list(text.EFFECT_COLOURS),
        description=text.effect_description(names[key].name_de),
        borders=[shapes.municipalities],
        groups=groups,
        group_labels={
            int(r): MapLabel(str(r), difference_text(effect, shown[int(r)], key) if int(r) in shown else "")
            for r in plans[1].regions
        },
        group_tooltips={n: effect_tooltip(effect, r, key, plans) for n, r in shown.items()},
        legend=[(i, text.EFFECT_LEGEND[kind]) for i, kind in enumerate(_KINDS) if (fill == i).any()],
        opaque=True,
    )
    show_map(content, key=f"effect_{key}", height=520)


def _table(effect: RedrawingEffect, plans: Plans, offered: list[str]) -> None:
    only = st.checkbox(text.EFFECT_ONLY, key="effect_only")
    rows = []
    for region in effect.regions:
        for key in offered:
            found = effect.cell(region, key)[1] in RECOGNISABLE
            if found or not only:
                rows.append((not found, effect_row(effect, (region, key), plans)))
    rows.sort(key=lambda row: row[0])
    columns = list(text.EFFECT_COLUMNS.values())
    st.dataframe(pd.DataFrame([row for _, row in rows], columns=columns), hide_index=True, width="stretch")
