"""The view of the composite index: rule of the MSS, rank ranges, other weightings, leave-one-out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting.numbers_de import decimal, share
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from spatial.errors import InputError
from ui.indicator_choice import Choice, indicator_name
from ui.indicator_frames import names_of, said
from workspace import indicator_desk as desks
from workspace.index_figures import ranks_by_method, weights_by_method
from workspace.indicator_desk import IndicatorDesk
from workspace.workspace import Workspace


def draw_index(workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice]) -> pd.DataFrame | None:
    """The composite index with rank intervals; returns it for the map."""
    table, choice = shown
    if choice.level == "block":
        st.info(text.NOT_FOR_BLOCKS)
        return None
    offered = [i.id for i in desk.catalogue if i.polarity != 0 and i.kind in ("proportion", "rate")]
    chosen = tuple(
        st.multiselect(
            text.STATUS_COLUMNS, offered, default=[k for k in desks.DEFAULT_STATUS if k in offered],
            format_func=indicator_name(desk.catalogue),
        )
    )  # fmt: skip
    try:
        with st.spinner(text.COMPUTING):
            index = desks.index_of(desk, chosen, level=choice.level, date=choice.date)
    except InputError as error:
        said(error.findings)
        return None
    names = dict(zip(table.ids, names_of(table), strict=True))
    st.markdown(say.index_line([names[str(k)] for k in index.index[index["status_class"] == 4]], len(index)))
    first, second, third = st.tabs([say.INDEX_TAB, say.WEIGHTS_TAB, text.LEAVE_OUT_TAB])
    with first:
        _ranking(index, names)
    with second:
        _weightings(desk, chosen, choice, names)
    with third:
        _leave_out(desk, chosen, choice)
    return index


def _ranking(index: pd.DataFrame, names: dict[str, str]) -> None:
    ordered = index.sort_values("rank")
    shown = {text.AREA: [names[str(key)] for key in ordered.index]}
    ranks = zip(ordered["rank"], ordered["rank_low"], ordered["rank_high"], strict=True)
    shown[text.INDEX_TABLE["ranks"]] = [f"{r} ({low}–{high})" for r, low, high in ranks]
    if "group" in ordered:
        shown[text.INDEX_TABLE["group"]] = ordered["group"].tolist()
    shown[text.INDEX_TABLE["status_index"]] = [decimal(v, 2) for v in ordered["status_index"]]
    if "group" in ordered:
        shown[text.INDEX_TABLE["dynamic_index"]] = [decimal(v, 2) for v in ordered["dynamic_index"]]
    shown[text.INDEX_TABLE["worst"]] = [share(v, 0) for v in ordered["worst_share"]]
    right: Any = {name: st.column_config.TextColumn(alignment="right") for name in list(shown)[1:]}
    st.dataframe(pd.DataFrame(shown), hide_index=True, height=360, column_config=right)
    st.caption(say.GROUPS if "group" in ordered else say.NO_GROUPS)


def _weightings(desk: IndicatorDesk, chosen: tuple[str, ...], choice: Choice, names: dict[str, str]) -> None:
    """Ranks under five ways to weigh; where they agree, the weights do not matter."""
    ranks = ranks_by_method(desk, chosen, level=choice.level, date=choice.date)
    ordered = ranks.sort_values("equal")
    columns = {say.WEIGHTINGS[name]: ordered[name].tolist() for name in ranks.columns}
    st.dataframe(
        pd.DataFrame({text.AREA: [names[str(key)] for key in ordered.index], **columns}), hide_index=True, height=300
    )
    weights = weights_by_method(desk, chosen, level=choice.level, date=choice.date)
    shown = weights.map(lambda value: share(float(value), 0))
    shown.columns = [say.WEIGHTINGS[name] for name in weights.columns]
    shown.insert(0, text.INDICATOR, [desk.catalogue[str(key)].name_de for key in weights.index])
    st.dataframe(shown, hide_index=True)
    st.caption(say.WEIGHTS_NOTE)


def _leave_out(desk: IndicatorDesk, chosen: tuple[str, ...], choice: Choice) -> None:
    if len(chosen) < 2:
        st.info(say.LEAVE_OUT_TWO)
        return
    result = desks.left_out(desk, chosen, level=choice.level, date=choice.date)
    st.markdown(text.LEAVE_OUT_TITLE)
    frame = pd.DataFrame(
        {
            text.INDICATOR: [desk.catalogue[str(key)].name_de for key in result.index],
            text.LEAVE_OUT_TABLE["rank_correlation"]: [decimal(v, 2) for v in result["rank_correlation"]],
            text.LEAVE_OUT_TABLE["largest_move"]: result["largest_move"].tolist(),
            text.LEAVE_OUT_TABLE["class_changes"]: result["class_changes"].tolist(),
        }
    )
    st.dataframe(frame, hide_index=True)
