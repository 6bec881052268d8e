"""The views beside the map of an indicator: ranking, table, time, scatter, funnel, index, types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from indicators.smoothing import smoothed_share
from indicators.typology import Typology, typology
from reporting.numbers_de import decimal, share
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from reporting.text_de.findings import sentence
from spatial.errors import Finding, InputError
from ui import indicator_charts as charts
from ui.indicator_choice import Choice, in_url, indicator_name
from ui.indicator_release import draw_downloads
from workspace import indicator_desk as desks
from workspace.indicator_desk import IndicatorDesk


def shown_frame(table: ReleasedTable, indicator: str, date: str) -> pd.DataFrame:
    """One indicator at one date as the screen shows it: area, name, numbers, and the printed value."""
    d, k = table.dates.index(date), table.indicators.index(indicator)
    names = [words.level_name(table.level, key, name=name) for key, name in zip(table.ids, table.names, strict=True)]
    frame = pd.DataFrame({"area": table.ids, "name": names, "state": table.state[:, d, k]})
    for column in ("value", "low", "high", "numerator", "denominator"):
        frame[column] = getattr(table, column)[:, d, k]
    unit = table.catalogue[indicator].unit
    pairs = zip(frame["value"], frame["state"], strict=True)
    frame["shown"] = [words.with_unit(words.value_text(v, state=int(s)), unit) for v, s in pairs]
    return frame


def county_value(desk: IndicatorDesk, indicator: str, date: str) -> float:
    """The value of the county as it may be shown."""
    table = desk.shown["kreis"]
    return float(table.value[0, table.dates.index(date), table.indicators.index(indicator)])


def draw_ranking(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """Areas in order, each with its interval."""
    frame = shown_frame(table, choice.indicator, choice.date)
    definition = desk.catalogue[choice.indicator]
    if definition.kind == "proportion" and st.toggle(text.SMOOTH):
        frame["value"] = definition.per * smoothed_share(frame["numerator"].to_numpy(), frame["denominator"].to_numpy())
        st.caption(words.SMOOTHED)
    known = frame[frame["state"] == CellState.KNOWN]
    if known.empty:
        st.info(text.ALL_HIDDEN)
        return
    county = county_value(desk, choice.indicator, choice.date)
    selected = st.query_params.get("raum", "")
    st.altair_chart(charts.ranking(known.head(80), unit=definition.unit, county=county, selected=selected))
    hidden = len(frame) - len(known)
    if hidden:
        st.caption(text.without_value(hidden))


def draw_table(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """The figures in German writing, with the verdict against the county and downloads."""
    frame = shown_frame(table, choice.indicator, choice.date)
    verdicts = ["unknown"] * len(frame)
    if choice.level != "block":
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
            words.VERDICTS[v] if s == CellState.KNOWN else "" for v, s in zip(verdicts, states, strict=True)
        ],
    }
    config: Any = {name: st.column_config.TextColumn(alignment="right", width=76) for name in list(columns)[1:5]}
    config |= {text.AREA: st.column_config.TextColumn(width=84), text.VERDICT: st.column_config.TextColumn(width=280)}
    st.dataframe(pd.DataFrame(columns), hide_index=True, column_config=config, height=420)
    if desk.catalogue[choice.indicator].kind == "proportion" and st.button(text.SEGREGATION):
        _segregation(frame)
    draw_downloads(desk)


def _segregation(frame: pd.DataFrame) -> None:
    """How evenly the group lives over the shown areas; the library is loaded only now, because it is heavy."""
    from indicators.segregation_indices import segregation

    known = frame[frame["state"] == CellState.KNOWN]
    try:
        result = segregation(known["numerator"].to_numpy(), known["denominator"].to_numpy())
    except InputError as error:
        said(error.findings)
        return
    st.caption(text.segregation_line(result.dissimilarity, result.isolation))


def draw_time(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """The series of every area, the county, and early warnings."""
    if choice.level == "block":
        st.info(text.NOT_FOR_BLOCKS)
        return
    both = [(table, key) for key in range(len(table))] + [(desk.shown["kreis"], 0)]
    rows = [
        shown_frame(owner, choice.indicator, date).iloc[[row]].assign(date=text.german_date(date))
        for date in desk.dates
        for owner, row in both
    ]
    frame = pd.concat(rows)
    frame = frame[frame["state"] == CellState.KNOWN]
    unit = desk.catalogue[choice.indicator].unit
    st.altair_chart(charts.time_line(frame, unit=unit, selected=st.query_params.get("raum", "")))
    line = desks.series(desk, choice.indicator, level=choice.level)
    warned = [words.level_name(table.level, table.ids[i], name=table.names[i]) for i in np.flatnonzero(line.warning)]
    if warned:
        st.warning(text.early_warning(warned))
    if len(desk.dates) < 3:
        st.caption(text.TREND_FEW.format(dates=len(desk.dates)))


def draw_scatter(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """This indicator against a second one."""
    others = [key for key in table.indicators if key != choice.indicator]
    if not others:
        st.info(text.NOT_FOR_BLOCKS)
        return
    second = in_url("zweiter", text.SECOND, others, indicator_name(desk.catalogue), default="ARB01")
    one, two = shown_frame(table, choice.indicator, choice.date), shown_frame(table, second, choice.date)
    frame = one.assign(
        x=one["value"], y=two["value"], size=one["denominator"], shown=one["shown"] + " · " + two["shown"]
    )
    frame = frame[(one["state"] == CellState.KNOWN) & (two["state"] == CellState.KNOWN)]
    titles = tuple(f"{desk.catalogue[k].name_de} ({desk.catalogue[k].unit})" for k in (choice.indicator, second))
    st.altair_chart(charts.scatter(frame, titles=titles, selected=st.query_params.get("raum", "")))  # type: ignore[arg-type]
    st.caption(text.SCATTER_NOTE)


def draw_funnel(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """Values against the size of the areas, with the limits of chance."""
    definition = desk.catalogue[choice.indicator]
    county = county_value(desk, choice.indicator, choice.date)
    frame = shown_frame(table, choice.indicator, choice.date)
    frame = frame[frame["state"] == CellState.KNOWN].assign(den=lambda f: f["denominator"])
    if definition.kind not in ("proportion", "rate") or not np.isfinite(county) or len(frame) < 2:
        st.info(text.NO_FUNNEL)
        return
    kind = "proportion" if definition.kind == "proportion" else "rate"
    chart = charts.funnel(frame, target=county / definition.per, per=definition.per, unit=definition.unit, kind=kind)
    st.altair_chart(chart)
    st.caption(text.FUNNEL_NOTE)


def draw_index(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> pd.DataFrame | None:
    """The composite index with rank intervals; returns it for the map."""
    offered = [i.id for i in desk.catalogue if i.polarity != 0 and i.kind in ("proportion", "rate")]
    chosen = tuple(
        st.multiselect(
            text.STATUS_COLUMNS, offered, default=[k for k in desks.DEFAULT_STATUS if k in offered],
            format_func=indicator_name(desk.catalogue),
        )
    )  # fmt: skip
    try:
        index = desks.index_of(desk, chosen, level=choice.level, date=choice.date)
    except InputError as error:
        said(error.findings)
        return None
    names = {key: words.level_name(table.level, key, name=n) for key, n in zip(table.ids, table.names, strict=True)}
    ordered = index.sort_values("rank")
    shown = {text.AREA: [names[str(key)] for key in ordered.index]}
    if "group" in ordered:
        shown[text.INDEX_TABLE["group"]] = ordered["group"].tolist()
        shown[text.INDEX_TABLE["dynamic_index"]] = [decimal(v, 2) for v in ordered["dynamic_index"]]
    shown[text.INDEX_TABLE["status_index"]] = [decimal(v, 2) for v in ordered["status_index"]]
    ranks = zip(ordered["rank"], ordered["rank_low"], ordered["rank_high"], strict=True)
    shown[text.INDEX_TABLE["ranks"]] = [f"{r} ({low}–{high})" for r, low, high in ranks]
    shown[text.INDEX_TABLE["worst"]] = [share(v, 0) for v in ordered["worst_share"]]
    st.dataframe(pd.DataFrame(shown), hide_index=True, height=360)
    st.caption(text.INDEX_NOTE)
    _leave_out(desk, chosen, choice)
    return index


def _leave_out(desk: IndicatorDesk, chosen: tuple[str, ...], choice: Choice) -> None:
    if len(chosen) < 2:
        return
    result = desks.left_out(desk, chosen, level=choice.level, date=choice.date)
    with st.expander(text.LEAVE_OUT_TITLE):
        frame = pd.DataFrame(
            {
                text.INDICATOR: [desk.catalogue[str(key)].name_de for key in result.index],
                text.LEAVE_OUT_TABLE["rank_correlation"]: [decimal(v, 2) for v in result["rank_correlation"]],
                text.LEAVE_OUT_TABLE["largest_move"]: result["largest_move"].tolist(),
                text.LEAVE_OUT_TABLE["class_changes"]: result["class_changes"].tolist(),
            }
        )
        st.dataframe(frame, hide_index=True)


def draw_types(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> dict[str, int] | None:
    """Types of areas in words, with their stability; returns the type of each area for the map."""
    usable = [k for k, i in enumerate(table.catalogue) if i.polarity != 0 and i.kind == "proportion"]
    d = table.dates.index(choice.date)
    values = table.value[:, d, usable]
    complete = np.isfinite(values).all(axis=0) & (np.nan_to_num(values).std(axis=0) > 1e-9)
    kept = [k for k, ok in zip(usable, complete, strict=True) if ok]
    number = int(st.number_input(text.TYPES, 2, 6, 3))
    indicators = [tuple(table.catalogue)[k] for k in kept]
    try:
        result = typology(
            table.value[:, d, kept],
            [i.name_de for i in indicators],
            types=number,
            seed=desks.SEED,
            burden=np.array([-i.polarity for i in indicators]),
        )
    except InputError as error:
        said(error.findings)
        return None
    _type_profiles(result, number)
    return dict(zip(table.ids, (int(t) for t in result.types), strict=True))


def _type_profiles(result: Typology, number: int) -> None:
    for kind in range(1, number + 1):
        above, below = result.profiles[kind - 1]
        areas = int((result.types == kind).sum())
        st.markdown(f"- {text.type_words(kind, areas, list(above[:4]), list(below[:4]))}")
    st.caption(f"{text.TYPE_NOTE} {text.stability_words(result.stability)}")


def said(findings: tuple[Finding, ...]) -> None:
    """Say what forbids a figure, in German."""
    st.info("\n\n".join(sentence(finding) for finding in findings))


def _texts(write: Callable[..., str], columns: tuple[Any, ...], states: list[int]) -> list[str]:
    return [write(*(float(v) for v in row[:-1]), state=row[-1]) for row in zip(*columns, states, strict=True)]


VIEWS: Mapping[str, Callable[[IndicatorDesk, ReleasedTable, Choice], Any]] = {
    "rang": draw_ranking,
    "tabelle": draw_table,
    "zeit": draw_time,
    "streuung": draw_scatter,
    "trichter": draw_funnel,
    "index": draw_index,
    "typen": draw_types,
}
