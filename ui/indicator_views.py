"""The views beside the map of an indicator, and the three everybody needs: ranking, table, time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from indicators.smoothing import smoothed_share
from indicators.timeline import WARNING_DATES
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from reporting.text_de import indicators as words
from ui import indicator_charts as charts
from ui import session
from ui.cache import fine_of
from ui.indicator_age import draw_age
from ui.indicator_choice import FINE_LEVELS, Choice
from ui.indicator_comparisons import draw_funnel, draw_radar, draw_scatter, draw_segregation
from ui.indicator_earlier import draw_earlier
from ui.indicator_frames import county_value, names_of, shown_frame
from ui.indicator_index import draw_index
from ui.indicator_patterns import draw_hotspots, draw_types
from ui.indicator_release import Leaving, draw_downloads
from workspace import indicator_desk as desks
from workspace.fine_figures import leaving_below_the_regions
from workspace.indicator_desk import IndicatorDesk
from workspace.workspace import Workspace

Shown = tuple[ReleasedTable, Choice]
_MOST_BARS = 40


def draw_ranking(workspace: Workspace, desk: IndicatorDesk, shown: Shown) -> None:
    """Areas in order, each with its interval."""
    table, choice = shown
    frame = shown_frame(table, choice.indicator, choice.date)
    definition = desk.catalogue[choice.indicator]
    if definition.kind == "proportion" and st.toggle(text.SMOOTH):
        frame["value"] = definition.per * smoothed_share(frame["numerator"].to_numpy(), frame["denominator"].to_numpy())
        st.caption(words.SMOOTHED)
    known = frame[frame["state"] == int(CellState.KNOWN)].sort_values("value", ascending=False, kind="stable")
    if known.empty:
        st.info(text.ALL_HIDDEN)
        return
    county = county_value(desk, choice.indicator, choice.date)
    selected = st.query_params.get("raum", "")
    drawn = known.head(_MOST_BARS)
    st.altair_chart(charts.ranking(drawn, unit=definition.unit, county=county, selected=selected))
    if len(known) > len(drawn):
        st.caption(say.highest_only(len(drawn), len(known)))
    hidden = len(frame) - len(known)
    if hidden:
        st.caption(say.hidden_line(choice.level, hidden, len(frame)))


def draw_table(workspace: Workspace, desk: IndicatorDesk, shown: Shown) -> None:
    """The figures in German writing, with the verdict against the county and downloads; a chosen row is framed on
    the map.
    """
    table, choice = shown
    frame = shown_frame(table, choice.indicator, choice.date)
    verdicts = ["unknown"] * len(frame)
    if choice.level not in ("block", "kreis"):
        judged = desks.verdicts(desk, choice.indicator, level=choice.level, date=choice.date)
        verdicts = judged["verdict"].tolist()
    states = [int(s) for s in frame["state"]]
    columns = {
        text.AREA: frame["name"],
        text.VALUE: frame["shown"],
        text.INTERVAL: _texts(words.interval_text, (frame["low"], frame["high"]), states),
        text.NUMERATOR: _texts(words.count_text, (frame["numerator"],), states),
        text.DENOMINATOR: _texts(words.count_text, (frame["denominator"],), states),
        text.VERDICT: [
            text.VERDICT_SHORT[v] if s == CellState.KNOWN else "" for v, s in zip(verdicts, states, strict=True)
        ],
    }
    widest = {name: 14 + 7 * max(map(len, columns[name]), default=0) for name in (text.AREA, text.VALUE)}
    widths = {text.INTERVAL: 98, text.NUMERATOR: 66, text.DENOMINATOR: 66, text.VERDICT: 116}
    widths |= {text.AREA: max(82, widest[text.AREA]), text.VALUE: max(70, widest[text.VALUE])}
    right = list(columns)[1:5]
    config: Any = {
        name: st.column_config.TextColumn(width=width, alignment="right" if name in right else "left")
        for name, width in widths.items()
    }
    event = st.dataframe(
        pd.DataFrame(columns),
        hide_index=True,
        column_config=config,
        height=420,
        on_select="rerun",
        selection_mode="single-row",
        key=f"tabelle_{choice.level}",
    )
    _frame_on_map(table, event)
    draw_downloads(desk, _leaving(workspace, desk, choice))


def _leaving(workspace: Workspace, desk: IndicatorDesk, choice: Choice) -> Leaving:
    """What a download of this level takes out of the house."""
    if choice.level not in FINE_LEVELS:
        return Leaving(desk.figures)
    figures, audit = leaving_below_the_regions(fine_of(workspace, desk), choice.level, choice.indicator)
    return Leaving(figures, (audit,))


def _frame_on_map(table: ReleasedTable, event: Any) -> None:
    """A newly chosen row becomes the area of the page; the map is drawn anew with its frame."""
    rows = list(event.selection.rows)
    chosen = table.ids[rows[0]] if rows and rows[0] < len(table) else ""
    if chosen == session.recall("table_choice", ""):
        return
    session.remember("table_choice", chosen)
    if chosen:
        st.query_params["raum"] = chosen
        st.rerun()


def draw_time(workspace: Workspace, desk: IndicatorDesk, shown: Shown) -> None:
    """The series of every area, the county, trends and early warnings."""
    table, choice = shown
    if choice.level == "block":
        st.info(text.NOT_FOR_BLOCKS)
        return
    alone = choice.level == "kreis" or desk.catalogue[choice.indicator].kind == "count"  # a sum dwarfs its parts
    levels = [table] if alone else [table, desk.shown["kreis"]]
    rows = [
        shown_frame(level, choice.indicator, date).assign(date=text.german_date(date))
        for date in desk.dates
        for level in levels
    ]
    frame = pd.concat(rows)
    frame = frame[frame["state"] == int(CellState.KNOWN)]
    if frame.empty:
        st.info(say.no_series(choice.level))
        draw_earlier(workspace, desk)
        return
    unit = desk.catalogue[choice.indicator].unit
    warned = [table.ids[i] for i in np.flatnonzero(desks.series(desk, choice.indicator, level=choice.level).warning)]
    chart = charts.time_line(frame, unit=unit, selected=st.query_params.get("raum", ""), named=warned)
    st.altair_chart(chart)
    st.caption(say.time_key(choice.level, counted=desk.catalogue[choice.indicator].kind == "count"))
    _trends(desk, table, choice)
    draw_earlier(workspace, desk)


def _trends(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """Early warning, the steepest trends in words, and what the dates allow."""
    line, names = desks.series(desk, choice.indicator, level=choice.level), names_of(table)
    warned = [names[i] for i in np.flatnonzero(line.warning)]
    if warned:
        certain = line.certain[:, -WARNING_DATES:].all(axis=1) & line.warning
        st.warning(text.early_warning(warned, [names[i] for i in np.flatnonzero(certain)]))
    if len(desk.dates) < 3:
        st.caption(text.TREND_FEW.format(dates=len(desk.dates)))
        return
    unit = desk.catalogue[choice.indicator].unit
    steep = sorted(np.flatnonzero(np.isfinite(line.trend)), key=lambda i: -abs(line.trend[i]))[:3]
    st.markdown("\n".join(f"- {say.trend_line(names[i], float(line.trend[i]), unit)}" for i in steep))
    st.caption(say.TREND_NOTE)


def _texts(write: Callable[..., str], columns: tuple[Any, ...], states: list[int]) -> list[str]:
    return [write(*(float(v) for v in row[:-1]), state=row[-1]) for row in zip(*columns, states, strict=True)]


OVERLAYS = ("haeufungen", "index", "typen")  # these views colour the map themselves
VIEWS: Mapping[str, Callable[[Workspace, IndicatorDesk, Shown], Any]] = {
    "rang": draw_ranking,
    "tabelle": draw_table,
    "zeit": draw_time,
    "haeufungen": draw_hotspots,
    "index": draw_index,
    "typen": draw_types,
    "streuung": draw_scatter,
    "trichter": draw_funnel,
    "netz": draw_radar,
    "mischung": draw_segregation,
    "alter": draw_age,
}
