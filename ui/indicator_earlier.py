"""Earlier dates on boundaries of that time: counts and crosswalk in, a longer series out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from reporting.text_de import indicator_earlier as text
from reporting.text_de.editor import store_problem
from reporting.text_de.findings import screen_sentence
from spatial.errors import InputError
from ui import session
from ui.address import project_key
from ui.editor.open_projects import utc_now
from ui.project_link import county_project, made_county_project
from workspace.county_catalogue import catalogue_of
from workspace.county_counts import counts_of_example, keep_counts
from workspace.earlier_counts import earlier_counts, lengthened
from workspace.indicator_desk import IndicatorDesk
from workspace.store import StoredCounts, StoreError
from workspace.workspace import Workspace


def draw_earlier(workspace: Workspace, desk: IndicatorDesk) -> None:
    """A place for counts of an earlier territorial status; they join the project as estimates."""
    with st.expander(text.TITLE):
        st.caption(text.INTRO)
        counts = st.file_uploader(text.COUNTS, type=["csv", "txt", "xlsx", "gpkg"], key="earlier_counts")
        walk = st.file_uploader(text.CROSSWALK, type=["csv", "txt", "xlsx"], key="earlier_crosswalk")
        if counts is None or walk is None:
            return
        try:
            _offer(workspace, _kept(counts, "earlier"), _kept(walk, "crosswalk"))
        except InputError as error:
            st.error("\n\n".join(screen_sentence(finding) for finding in error.findings))
        except StoreError as error:
            st.error(store_problem(error.code, error.values))


def _offer(workspace: Workspace, counts: Path, walk: Path) -> None:
    ids = workspace.county.blocks.ids
    project = county_project(workspace, key=project_key())
    catalogue = catalogue_of(project.project.store if project is not None else None)
    moved, found = earlier_counts(counts, walk, ids=ids, catalogue=catalogue)
    st.caption("  \n".join(screen_sentence(finding) for finding in found))
    longer = lengthened(_present(workspace), moved, taken_at=utc_now())
    if st.button(text.TAKE, type="primary", key="earlier_take"):
        store = made_county_project(workspace, key=project_key()).project.store
        keep_counts(store, longer, instead_of=store.counts())
        session.flash(text.TAKEN)
        st.rerun()


def _present(workspace: Workspace) -> StoredCounts:
    """The counts on the screen: those of the project, or the example's own."""
    project = county_project(workspace, key=project_key())
    stored = project.project.store.counts() if project is not None else None
    shown = stored or counts_of_example(workspace.county.blocks.ids, taken_at=utc_now())
    if shown is None:
        raise LookupError("no counts on screen")
    return shown


def _kept(file: Any, name: str) -> Path:
    path = session.upload_folder() / f"{name}{Path(file.name).suffix.lower()}"
    path.write_bytes(file.getvalue())
    return path
