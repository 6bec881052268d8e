"""Views that set areas side by side: scatter, funnel, radar with similar areas, segregation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from reporting.region_profile import radar_picture
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from spatial.errors import InputError
from ui import indicator_charts as charts
from ui.indicator_choice import Choice, in_url, indicator_name
from ui.indicator_frames import county_value, names_of, said, shown_frame
from workspace.indicator_desk import IndicatorDesk
from workspace.region_profiles import radar_of, similar_regions
from workspace.workspace import Workspace

if TYPE_CHECKING:
    from indicators.segregation_indices import Segregation


def draw_scatter(workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice]) -> None:
    """This indicator against a second one."""
    table, choice = shown
    others = [key for key in table.indicators if key != choice.indicator]
    if not others:
        st.info(text.NOT_FOR_BLOCKS)
        return
    second = in_url("zweiter", text.SECOND, others, indicator_name(desk.catalogue), default=_second(others))
    one, two = shown_frame(table, choice.indicator, choice.date), shown_frame(table, second, choice.date)
    frame = one.assign(
        x=one["value"], y=two["value"], size=one["denominator"], shown=one["shown"] + " · " + two["shown"]
    )
    frame = frame[(one["state"] == int(CellState.KNOWN)) & (two["state"] == int(CellState.KNOWN))]
    if frame.empty:
        st.info(text.ALL_HIDDEN)
        return
    titles = tuple(f"{desk.catalogue[k].name_de} ({desk.catalogue[k].unit})" for k in (choice.indicator, second))
    st.altair_chart(charts.scatter(frame, titles=titles, selected=st.query_params.get("raum", "")))  # type: ignore[arg-type]
    if len(frame) > 2 and frame["x"].std() > 0 and frame["y"].std() > 0:
        st.markdown(say.correlation_line(float(frame["x"].rank().corr(frame["y"].rank())), len(frame)))
    st.caption(text.SCATTER_NOTE)


def _second(others: list[str]) -> str:
    return next((key for key in ("ARB01", "EIN02") if key in others), others[0])


def draw_funnel(workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice]) -> None:
    """Values against the size of the areas, with the limits of chance."""
    table, choice = shown
    definition = desk.catalogue[choice.indicator]
    county = county_value(desk, choice.indicator, choice.date)
    frame = shown_frame(table, choice.indicator, choice.date)
    frame = frame[frame["state"] == int(CellState.KNOWN)].assign(den=lambda f: f["denominator"])
    if definition.kind not in ("proportion", "rate") or not np.isfinite(county) or len(frame) < 2:
        st.info(text.NO_FUNNEL)
        return
    selected = st.query_params.get("raum", "")
    st.altair_chart(charts.funnel(frame, target=county / definition.per, definition=definition, selected=selected))
    st.caption(text.FUNNEL_NOTE)


def draw_radar(workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice]) -> None:
    """One area on eight axes against the mean of all areas, and the areas most alike."""
    table, choice = shown
    if choice.level in ("block", "kreis"):
        st.info(say.RADAR_LEVEL)
        return
    names = dict(zip(table.ids, names_of(table), strict=True))
    area = in_url("raum", text.AREA, list(table.ids), names.__getitem__)
    dark = st.context.theme.type == "dark"
    picture = radar_picture(radar_of(table, table.ids.index(area), choice.date), dark=dark)
    if picture:
        st.html(f'<img src="{picture}" alt="{text.RADAR}" style="width:100%;max-width:27rem">')
    st.caption(text.RADAR_NOTE)
    alike = similar_regions(table, table.ids.index(area), choice.date)
    if not alike:
        return
    st.markdown(text.similar_line([names[key] for key in alike]))
    frame = shown_frame(table, choice.indicator, choice.date)
    printed = dict(zip(frame["area"], frame["shown"], strict=True))
    rows = [f"| {names[key]} | {printed[key]} |" for key in (area, *alike)]
    head = f"| {text.AREA} | {desk.catalogue[choice.indicator].name_de} |"
    st.markdown("\n".join([head, "|:--|--:|", *rows]))


def draw_segregation(workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice]) -> None:
    """How evenly the group lives over the shown areas."""
    table, choice = shown
    if desk.catalogue[choice.indicator].kind != "proportion" or choice.level == "kreis":
        st.info(say.SEGREGATION_SHARES)
        return
    frame = shown_frame(table, choice.indicator, choice.date)
    known = frame[frame["state"] == int(CellState.KNOWN)]
    try:
        with st.spinner(text.COMPUTING):
            result = _segregation(known["numerator"].to_numpy(), known["denominator"].to_numpy())
    except InputError as error:
        said(error.findings)
        return
    st.markdown(text.segregation_line(result.dissimilarity, result.isolation))
    st.markdown(say.segregation_table(result.dissimilarity, result.isolation, result.gini, result.entropy))
    st.caption(say.segregation_note(choice.level, len(frame) - len(known), len(frame)))


def _segregation(numerator: Any, denominator: Any) -> Segregation:
    """The measures; their library is loaded only now, because it is heavy."""
    from indicators.segregation_indices import segregation

    return segregation(numerator, denominator)
