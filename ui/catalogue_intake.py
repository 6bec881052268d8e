"""A county's own indicators on screen: which hold, and a place for a new file of them."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import project_figures as text
from reporting.text_de.findings import screen_sentence
from spatial.errors import InputError
from ui import session
from ui.address import project_key
from ui.editor.open_projects import utc_now
from ui.project_link import made_county_project
from workspace.county_catalogue import catalogue_from_upload, catalogue_of, keep_catalogue, own_indicators
from workspace.store import KeptCatalogue, Store
from workspace.workspace import Workspace


def draw_catalogue(workspace: Workspace, store: Store | None) -> None:
    """The catalogue of the county beside its counts; every mistake of a new file is said at once.

    Errors
    ------
    StoreError : the project file cannot be used
    """
    kept = store.catalogue() if store is not None else None
    with st.expander(text.CATALOGUE, expanded=False):
        st.caption(text.CATALOGUE_INTRO)
        if kept is not None:
            st.markdown(_holding(kept, store))
        file = st.file_uploader(text.CATALOGUE_FILE, type=["toml"], key="catalogue_file")
        if file is not None:
            try:
                _offer(workspace, file.getvalue(), file.name, kept)
            except InputError as error:
                st.error("\n\n".join(screen_sentence(finding) for finding in error.findings))


def _holding(kept: KeptCatalogue, store: Store | None) -> str:
    try:
        own = own_indicators(catalogue_of(store))
    except InputError:
        own = ()
    return text.catalogue_line(kept.name, text.taken(kept.taken_at, kept.taken_by), own)


def _offer(workspace: Workspace, content: bytes, name: str, before: KeptCatalogue | None) -> None:
    who = session.recall("author", "") or text.NOBODY
    kept, catalogue = catalogue_from_upload(content, name, taken_at=utc_now(), taken_by=who)
    if before is not None and before.sha256 == kept.sha256:
        st.info(text.CATALOGUE_SAME)
        return
    rows = [f"- {key} · {catalogue[key].name_de} ({catalogue[key].unit})" for key in own_indicators(catalogue)]
    st.markdown("\n".join(rows))
    if st.button(text.CATALOGUE_TAKE, type="primary", key="catalogue_take"):
        keep_catalogue(made_county_project(workspace, key=project_key()).project.store, kept)
        session.flash(text.CATALOGUE_TAKEN)
        st.rerun()
