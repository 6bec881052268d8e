"""Downloads of figures: they pass the door of the release, which writes the ledger."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting.indicator_rows import indicator_csv
from reporting.numbers_de import whole
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from reporting.text_de import project_figures as words_of
from reporting.text_de.provenance import companion
from reporting.workbook import indicator_workbook
from ui import session
from ui.address import project_key
from ui.editor.open_projects import utc_now
from ui.project_link import county_project, made_county_project
from workspace.indicator_desk import IndicatorDesk, seen_beside
from workspace.ledger import SECRET, SHOWN, Release
from workspace.origin import counts_cells, origin_cells
from workspace.release import Candidate, Ledger, Occasion, ReleaseAudit, ledger_records, release_into
from workspace.release_from_files import leaving_alone

CSV_NAME = "indikatoren.csv"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, eq=False)
class Leaving:
    """What goes out with one file: the figures, and the audits that keep them to what the page shows."""

    figures: Candidate
    audits: tuple[ReleaseAudit, ...] = ()


def draw_downloads(desk: IndicatorDesk, leaving: Leaving) -> None:
    """The tables for this audience, as the door hands them out, and the note of their sources."""
    session.remember("author", st.text_input(words_of.WHO, session.recall("author", ""), key="released_by").strip())
    origin = _origin(desk)
    makers: dict[str, tuple[str, Callable[[Sequence[ReleasedTable]], bytes], str, str]] = {
        "csv": (text.DOWNLOAD_CSV, indicator_csv, CSV_NAME, "text/csv"),
        "xlsx": (text.DOWNLOAD_XLSX, partial(indicator_workbook, origin=origin), "indikatoren.xlsx", _XLSX),
    }
    *places, last = st.columns(3)
    for place, (kind, (label, write, name, mime)) in zip(places, makers.items(), strict=True):
        content = released_then(desk, text.PURPOSES[kind], write, leaving=leaving)
        place.download_button(label, content, name, mime, width="stretch")
    note = companion(CSV_NAME, origin)
    last.download_button(
        text.DOWNLOAD_ORIGIN, note, f"{CSV_NAME}.quelle.txt", "text/plain", width="stretch", on_click="ignore"
    )
    st.caption(text.RELEASED_NOTE if desk.audience != "intern" else text.INTERN_WARNING)


def released_then(
    desk: IndicatorDesk, purpose: str, write: Callable[[Sequence[ReleasedTable]], bytes], *, leaving: Leaving
) -> Callable[[], bytes]:
    """A file that is made when it is asked for: through the door first, into the ledger, then written.

    Parameters
    ----------
    write : makes the file from the tables the door hands out
    """
    passed = _passing(desk, purpose, leaving)
    return lambda: write(passed()[0])


def released_profile(
    desk: IndicatorDesk, region: str, purpose: str, write: Callable[[IndicatorDesk], bytes]
) -> Callable[[], bytes]:
    """A file about one region, made when it is asked for from what may be seen after the region is in the ledger.

    Parameters
    ----------
    write : makes the file from the desk
    """
    passed = _passing(desk, purpose, Leaving(leaving_alone(desk.figures, region)))
    return lambda: write(seen_beside(desk, passed()[1]))


def _passing(
    desk: IndicatorDesk, purpose: str, leaving: Leaving
) -> Callable[[], tuple[Sequence[ReleasedTable], Ledger]]:
    """The way through the door, to be gone when somebody clicks: the tables, and the ledger with its new line.

    The session is asked now: a file is made where there is none.
    """
    workspace, key = session.current(), project_key()
    who = session.recall("author", "") or words_of.NOBODY

    def passed() -> tuple[Sequence[ReleasedTable], Ledger]:
        store = made_county_project(workspace, key=key).project.store
        occasion = Occasion(desk.audience, who, utc_now(), purpose)
        tables, entry, _ = release_into(store, leaving.figures, occasion, audits=leaving.audits)
        return tables, store.ledger().up_to(entry)

    return passed


def _origin(desk: IndicatorDesk) -> list[tuple[str, ...]]:
    """Where the figures come from: the file of the counts first, then the blocks."""
    project = county_project(session.current(), key=project_key())
    stored = project.project.store.counts() if project is not None else None
    return [*counts_cells(stored), *origin_cells(desk.county)]


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
        ", ".join(text.german_date(day) for day in dates if day),
        ", ".join(words.LEVELS.get(level.level, level.level) for level in entry.levels),
        whole(entry.count(SHOWN)),
        whole(entry.count(SECRET)),
    )
