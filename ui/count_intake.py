"""The counts of the project on screen: where they come from, a new file, what it would change, and the decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from indicators.catalogue import Catalogue
from reporting.text_de import project_figures as text
from reporting.text_de.editor import store_problem
from reporting.text_de.findings import screen_sentence
from spatial.errors import Finding, InputError
from ui import session
from ui.address import project_key
from ui.catalogue_intake import draw_catalogue
from ui.editor.open_projects import utc_now
from ui.project_link import county_project, made_county_project
from workspace.county_catalogue import catalogue_of
from workspace.county_counts import CountChange, count_change, counts_from_file, keep_counts
from workspace.store import CountSource, StoredCounts, StoreError
from workspace.workspace import Workspace

_MOST_TOTALS = 8


def draw_counts(workspace: Workspace) -> None:
    """The section about counts: what the project holds, and a place for a new file."""
    try:
        project = county_project(workspace, key=project_key())
        store = project.project.store if project is not None else None
        present = store.counts() if store is not None else None
        if present is not None:
            _provenance(present)
        else:
            st.caption(text.COUNTS_EXAMPLE if workspace.county.is_sample else text.COUNTS_NONE)
        draw_catalogue(workspace, store)
        _upload(workspace, present, catalogue_of(store))
    except InputError as error:
        _say(error.findings, st.error)
    except StoreError as error:
        st.error(store_problem(error.code, error.values))


def _provenance(stored: StoredCounts) -> None:
    table, source = stored.table, stored.source
    kind = text.ESTIMATED if source.modelled else text.COUNTED
    digest = f"`{source.sha256[:16]}…`" if source.sha256 else "–"
    values = (
        source.source,
        digest,
        source.geography or "–",
        text.taken(source.taken_at, source.taken_by),
        text.extent(len(table), len(table.indicators), table.dates),
        kind,
    )
    rows = [f"| {name} | {value} |" for name, value in zip(text.COUNTS_ROWS, values, strict=True)]
    st.markdown("\n".join(["| | |", "|:--|:--|", *rows]))


def _upload(workspace: Workspace, present: StoredCounts | None, catalogue: Catalogue) -> None:
    st.caption(text.COUNTS_INTRO)
    file = st.file_uploader(text.COUNTS_FILE, type=["csv", "txt", "xlsx", "gpkg"], key="counts_file")
    modelled = st.checkbox(text.COUNTS_MODELLED, key="counts_modelled")
    if file is None:
        return
    path = session.upload_folder() / f"counts{Path(file.name).suffix.lower()}"
    path.write_bytes(file.getvalue())
    source = CountSource(
        file.name, taken_at=utc_now(), taken_by=session.recall("author", "") or text.NOBODY, modelled=modelled
    )
    try:
        stored, found = counts_from_file(path, workspace.county.blocks.ids, source=source, catalogue=catalogue)
    except InputError as error:
        _say(error.findings, st.error)
        return
    _say(found, st.warning)
    _decide(workspace, stored, present, catalogue)


def _say(found: tuple[Finding, ...], how: Any) -> None:
    if found:
        how("\n\n".join(screen_sentence(finding) for finding in found))


def _decide(workspace: Workspace, stored: StoredCounts, present: StoredCounts | None, catalogue: Catalogue) -> None:
    """The button; before others are replaced, what changes is said."""
    st.caption(text.extent(len(stored.table), len(stored.table.indicators), stored.table.dates))
    label = text.COUNTS_TAKE
    if present is not None:
        change = count_change(present.table, stored.table)
        if change.nothing and stored.modelled == present.modelled:
            st.info(text.COUNTS_SAME)
            return
        _show_change(change, catalogue)
        label = text.COUNTS_REPLACE
    if st.button(label, type="primary", key="counts_take"):
        keep_counts(made_county_project(workspace, key=project_key()).project.store, stored, instead_of=present)
        session.flash(text.COUNTS_TAKEN)
        st.rerun()


def _show_change(change: CountChange, catalogue: Catalogue) -> None:
    lines = text.change_lines(
        (change.new_dates, change.gone_dates),
        (change.new_indicators, change.gone_indicators),
        cells=change.cells,
        blocks=len(change.blocks),
    )
    totals = [
        text.total_line(catalogue[total.indicator].name_de, total.date, total.before, total.after)
        for total in change.totals[:_MOST_TOTALS]
    ]
    st.markdown("\n".join([f"**{text.COUNTS_CHANGE}**", "", *(f"- {line}" for line in (*lines, *totals))]))
    st.caption(text.COUNTS_REPLACED_NOTE)
