"""Downloads of figures: they pass the door of the release, which writes the ledger."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from reporting.indicator_rows import indicator_csv
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from reporting.workbook import indicator_workbook
from ui import session
from workspace.indicator_desk import IndicatorDesk
from workspace.release import Ledger, Occasion, release

_LEDGER = "ledger"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_downloads(desk: IndicatorDesk) -> None:
    """The tables of all levels for this audience, as the door hands them out."""
    tables = list(desk.shown.values())
    kinds = {
        "csv": (text.DOWNLOAD_CSV, lambda: indicator_csv(tables), "indikatoren.csv", "text/csv"),
        "xlsx": (text.DOWNLOAD_XLSX, lambda: indicator_workbook(tables), "indikatoren.xlsx", _XLSX),
    }
    for place, (kind, (label, content, name, mime)) in zip(st.columns(2), kinds.items(), strict=True):
        place.download_button(
            label, content, name, mime, width="stretch", on_click=record, args=(desk, text.PURPOSES[kind])
        )
    st.caption(text.RELEASED_NOTE if desk.audience != "intern" else text.INTERN_WARNING)


def record(desk: IndicatorDesk, purpose: str) -> None:
    """Enter a download into the ledger; the figures are those that the door gave this audience."""
    when = datetime.now(UTC).isoformat(timespec="seconds")
    occasion = Occasion(desk.audience, "", when, purpose)
    _, ledger, _ = release(desk.figures, occasion, ledger=session.recall(_LEDGER, Ledger()))
    session.remember(_LEDGER, ledger)


def draw_ledger() -> None:
    """What left the house in this session, for whom and when."""
    ledger: Ledger = session.recall(_LEDGER, Ledger())
    if not ledger.releases:
        return
    rows = []
    for entry in ledger.releases:
        shown = sum(figure.shown for figure in entry.figures)
        at, audience = entry.occasion.released_at[11:16], words.AUDIENCES[entry.occasion.audience]
        rows.append((entry.number, at, audience, entry.occasion.purpose, shown, len(entry.figures) - shown))
    with st.expander(text.LEDGER):
        st.dataframe(pd.DataFrame(rows, columns=list(text.LEDGER_TABLE)), hide_index=True)
