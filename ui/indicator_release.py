"""Downloads of figures: they pass the door of the release, which writes the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting.indicator_rows import indicator_csv
from reporting.numbers_de import whole
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from reporting.text_de import project_figures as words_of
from reporting.text_de.editor import store_problem
from reporting.workbook import indicator_workbook
from ui import session
from ui.address import project_key
from ui.editor.open_projects import utc_now
from ui.project_link import county_project, made_county_project
from workspace.indicator_desk import IndicatorDesk
from workspace.ledger import SECRET, SHOWN, Release
from workspace.origin import origin_cells
from workspace.release import Candidate, Ledger, Occasion, ledger_records, release_into
from workspace.store import StoreError

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_downloads(desk: IndicatorDesk) -> None:
    """The tables of all levels for this audience, as the door hands them out."""
    session.remember("author", st.text_input(words_of.WHO, session.recall("author", ""), key="released_by").strip())
    origin = origin_cells(desk.county)
    makers: dict[str, tuple[str, Callable[[Sequence[ReleasedTable]], bytes], str, str]] = {
        "csv": (text.DOWNLOAD_CSV, indicator_csv, "indikatoren.csv", "text/csv"),
        "xlsx": (text.DOWNLOAD_XLSX, partial(indicator_workbook, origin=origin), "indikatoren.xlsx", _XLSX),
    }
    for place, (kind, (label, write, name, mime)) in zip(st.columns(2), makers.items(), strict=True):
        content = released_then(desk, text.PURPOSES[kind], write)
        place.download_button(label, content, name, mime, width="stretch")
    st.caption(text.RELEASED_NOTE if desk.audience != "intern" else text.INTERN_WARNING)


def released_then(
    desk: IndicatorDesk, purpose: str, write: Callable[[Sequence[ReleasedTable]], bytes], *, only: str = ""
) -> Callable[[], bytes]:
    """A file that is made when it is asked for: through the door first, into the ledger, then written.

    Parameters
    ----------
    write : makes the file from the tables the door hands out
    only : the one region that leaves the house, empty for all
    """
    workspace, key = session.current(), project_key()
    who = session.recall("author", "") or words_of.NOBODY
    figures = _leaving(desk.figures, only)

    def content() -> bytes:
        project = made_county_project(workspace, key=key)
        occasion = Occasion(desk.audience, who, utc_now(), purpose)
        tables, _, _ = release_into(project.project.store, figures, occasion)
        return write(tables)

    return content


def record(desk: IndicatorDesk, purpose: str, only: str = "") -> None:
    """Enter a download into the ledger of the project; the figures are those that the door gave this audience."""
    try:
        released_then(desk, purpose, lambda _tables: b"", only=only)()
    except StoreError as error:
        session.flash(store_problem(error.code, error.values))


def _leaving(figures: Candidate, only: str) -> Candidate:
    """The figures with one region alone leaving; the others stay protected and are not printed."""
    if not only:
        return figures
    others = frozenset(key for key in figures.tables[-1].ids if key != only)
    return replace(figures, withheld=figures.withheld | others)


def draw_ledger() -> None:
    """What left the house, for whom and when, as the project file has it."""
    project = county_project(session.current(), key=project_key())
    ledger = project.project.store.ledger() if project is not None else Ledger()
    with st.expander(words_of.LEDGER, expanded=False):
        show_ledger(ledger)


def show_ledger(ledger: Ledger) -> None:
    """The list itself, newest first, and the whole of it as a file."""
    st.caption(words_of.LEDGER_INTRO)
    if not ledger.releases:
        st.caption(words_of.LEDGER_EMPTY)
        return
    rows = [_ledger_row(entry) for entry in reversed(ledger.releases)]
    st.dataframe(pd.DataFrame(rows, columns=list(words_of.LEDGER_TABLE)), hide_index=True)
    st.download_button(
        words_of.LEDGER_DOWNLOAD,
        lambda: json.dumps(ledger_records(ledger), ensure_ascii=False, indent=1),
        "freigabeverzeichnis.json",
        "application/json",
        on_click="ignore",
    )


def _ledger_row(entry: Release) -> tuple[str, ...]:
    occasion = entry.occasion
    dates = dict.fromkeys(day for level in entry.levels for day in level.dates)
    return (
        whole(entry.number),
        words_of.taken(occasion.released_at, ""),
        occasion.released_by,
        words.AUDIENCES[occasion.audience],
        occasion.purpose,
        entry.plan[:8],
        ", ".join(text.german_date(day) for day in dates),
        ", ".join(words.LEVELS.get(level.level, level.level) for level in entry.levels),
        whole(entry.count(SHOWN)),
        whole(entry.count(SECRET)),
    )
