"""Figures of one level as frames for tables and charts on the pages about indicators."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting.text_de import indicators as words
from reporting.text_de.findings import sentence
from spatial.errors import Finding
from workspace.indicator_desk import IndicatorDesk


def shown_frame(table: ReleasedTable, indicator: str, date: str) -> pd.DataFrame:
    """One indicator at one date as the screen shows it: area, name, numbers, and the printed value."""
    d, k = table.dates.index(date), table.indicators.index(indicator)
    definition = tuple(table.catalogue)[k]
    frame = pd.DataFrame(
        {
            "area": table.ids,
            "name": names_of(table),
            "short": _short_names(table),
            "state": table.state[:, d, k].astype(int),
        }
    )
    for column in ("value", "low", "high", "numerator", "denominator"):
        frame[column] = getattr(table, column)[:, d, k]
    pairs = zip(frame["value"], frame["state"], strict=True)
    printed = [words.figure_text(definition.kind, definition.per, v, state=s) for v, s in pairs]
    frame["shown"] = [words.with_unit(value, definition.unit) for value in printed]
    return frame


def names_of(table: ReleasedTable) -> list[str]:
    """What the areas of a table are called."""
    return [words.level_name(table.level, key, name=name) for key, name in zip(table.ids, table.names, strict=True)]


def _short_names(table: ReleasedTable) -> list[str]:
    """The number of a region or Quartier, the name of every other area."""
    return list(table.ids) if table.level in ("sozialraum", "quartier") else names_of(table)


def county_value(desk: IndicatorDesk, indicator: str, date: str) -> float:
    """The value of the county as it may be shown."""
    table = desk.shown["kreis"]
    return float(table.value[0, table.dates.index(date), table.indicators.index(indicator)])


def said(findings: tuple[Finding, ...]) -> None:
    """Say what forbids a figure, in German."""
    st.info("\n\n".join(sentence(finding) for finding in findings))
