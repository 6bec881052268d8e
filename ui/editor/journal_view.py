"""The journal of a plan (Verlauf): who did what and when, latest first."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from reporting.text_de import plan_page as text
from ui.editor.open_projects import OpenProject
from workspace.drafting import moved_ids
from workspace.store import Entry, PlanRecord

_SHOWN = 500


def show_journal(project: OpenProject, record: PlanRecord) -> None:
    """The latest steps as a table."""
    entries = list(reversed(project.desk(record.id).since(0)))[:_SHOWN]
    if not entries:
        st.info(text.NO_JOURNAL)
        return
    names = text.JOURNAL_COLUMNS
    rows = [
        {
            names["revision"]: entry.revision,
            names["at"]: pd.Timestamp(entry.made_at).tz_convert("Europe/Berlin").strftime("%d.%m.%Y %H:%M:%S"),
            names["author"]: entry.author,
            names["what"]: _words(entry),
        }
        for entry in entries
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


def _words(entry: Entry) -> str:
    moved = len(list(moved_ids(entry.effect)))
    targets = sorted({int(new) for _old, new, _ids in entry.effect.get("moved", ())})
    return text.journal_line(entry.kind, moved=moved, regions=targets, values=dict(entry.payload))
