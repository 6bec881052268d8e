"""The statement before any chart: county, who differs, how sure that is, and values from outside."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from indicators.comparison import TESTED_KINDS
from indicators.counts import CellState
from indicators.disclosure import ReleasedTable
from indicators.similar_areas import reference_values
from indicators.validity import grade_of, half_width
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from reporting.text_de import indicators as words
from ui.indicator_choice import Choice
from ui.navigation import room
from workspace import indicator_desk as desks
from workspace.indicator_desk import IndicatorDesk


def draw_statement(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """What the indicator says on this level, in two sentences; how sure that is and outside values below."""
    definition = desk.catalogue[choice.indicator]
    st.markdown(f"**{say.county_line(definition.name_de, *_printed(desk.shown['kreis'], 0, choice))}**")
    if choice.level not in ("block", "kreis") and definition.kind in TESTED_KINDS:
        judged = desks.verdicts(desk, choice.indicator, level=choice.level, date=choice.date)
        above, below = (_names(table, judged, verdict) for verdict in ("higher", "lower"))
        st.markdown(say.verdict_line(choice.level, above, below, judged=int((judged["verdict"] != "unknown").sum())))
    st.caption("  \n".join(line for line in (_validity(table, choice), reference_text(desk, choice.indicator)) if line))


def draw_area(desk: IndicatorDesk, table: ReleasedTable, choice: Choice) -> None:
    """The area somebody clicked, judged, with the way to its profile."""
    area = st.query_params.get("raum", "")
    if area not in table.ids:
        return
    row, verdict = table.ids.index(area), "unknown"
    if choice.level != "block" and desk.catalogue[choice.indicator].kind in TESTED_KINDS:
        judged = desks.verdicts(desk, choice.indicator, level=choice.level, date=choice.date)
        verdict = str(judged["verdict"].iloc[row])
    name = words.level_name(table.level, area, name=table.names[row])
    st.markdown(say.area_line(name, *_printed(table, row, choice), verdict))
    if choice.level == "sozialraum":
        query = {"raum": area, "stichtag": choice.date, "sicht": desk.audience}
        st.page_link(room("sozialraumprofil"), label=say.OPEN_PROFILE, query_params=query)


def reference_text(desk: IndicatorDesk, indicator: str) -> str:
    """Published values from outside the county; empty where there are none."""
    unit = desk.catalogue[indicator].unit
    found = reference_values(indicator)
    return say.references([say.reference_line(v.area, v.value, unit, date=v.date, source=v.source) for v in found])


def _printed(table: ReleasedTable, row: int, choice: Choice) -> tuple[str, str]:
    """Value with unit, and interval, of one area."""
    d, k = table.dates.index(choice.date), table.indicators.index(choice.indicator)
    definition = tuple(table.catalogue)[k]
    state, value = int(table.state[row, d, k]), float(table.value[row, d, k])
    digits = words.digits_of(definition.kind, definition.per)
    is_count = definition.kind == "count"
    shown = words.count_text(value, state=state) if is_count else words.value_text(value, state=state, digits=digits)
    limits = float(table.low[row, d, k]), float(table.high[row, d, k])
    interval = words.interval_text(*limits, state=state, digits=digits)
    return words.with_unit(shown, definition.unit), interval


def _names(table: ReleasedTable, judged: pd.DataFrame, verdict: str) -> list[str]:
    """Areas with this verdict, the largest difference first."""
    kept = judged[judged["verdict"] == verdict]
    order = kept["difference"].abs().sort_values(ascending=False, kind="stable").index
    position = {key: i for i, key in enumerate(table.ids)}
    return [words.level_name(table.level, key, name=table.names[position[key]]) for key in order]


def _validity(table: ReleasedTable, choice: Choice) -> str:
    """How wide the interval of the area in the middle is, in points; for shares only."""
    d, k = table.dates.index(choice.date), table.indicators.index(choice.indicator)
    known = table.state[:, d, k] == CellState.KNOWN
    if tuple(table.catalogue)[k].kind != "proportion" or not known.any():
        return ""
    widths = np.atleast_1d(half_width(table.numerator[known, d, k], table.denominator[known, d, k]))
    points = round(100 * float(np.median(widths)), 1)
    return say.validity_of_level(choice.level, text.validity_line(points, grade_of(points)))
