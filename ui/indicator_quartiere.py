"""Quartiere somebody drafted before: a table in, and level and hot spots use them instead of the proposed ones."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from reporting.text_de import indicator_statements as say
from reporting.text_de import quartiere as text
from reporting.text_de.findings import screen_sentence
from spatial.errors import InputError
from ui import session
from workspace.fine_figures import QUARTIER_RESIDENTS, own_quartiere
from workspace.quartier_file import quartiere_of_file
from workspace.workspace import Workspace, plan_of


def draw_quartiere(workspace: Workspace) -> None:
    """Whose Quartiere are shown, and a place for a table with others."""
    own = own_quartiere(workspace)
    if own is not None:
        st.caption(text.brought(len(np.unique(own.labels))))
    else:
        st.caption(say.quartiere_proposed(workspace.settings.quartier_target or QUARTIER_RESIDENTS))
    if workspace.quartiere is not None and own is None:
        st.info(text.OUTDATED)
    with st.expander(text.TITLE):
        st.caption(text.HINT)
        if workspace.quartiere is not None and st.button(text.BACK, key="quartiere_back"):
            _put(replace(workspace, quartiere=None), text.TAKEN_BACK)
        file = st.file_uploader(text.FILE, type=["csv", "txt", "xlsx"], key="quartiere_file")
        if file is not None and file.file_id != session.recall("quartiere_taken"):
            _take(workspace, file)


def _take(workspace: Workspace, file: Any) -> None:
    path = session.upload_folder() / f"quartiere{Path(file.name).suffix.lower()}"
    path.write_bytes(file.getvalue())
    try:
        found = quartiere_of_file(path, workspace.county.blocks.ids, regions=plan_of(workspace))
    except InputError as error:
        st.error("\n\n".join(screen_sentence(finding) for finding in error.findings))
        return
    if found is None:
        st.error(text.NO_COLUMN)
        return
    session.remember("quartiere_taken", file.file_id)
    _put(replace(workspace, quartiere=found), text.taken(len(np.unique(found.labels))))


def _put(workspace: Workspace, message: str) -> None:
    session.put(workspace)
    session.flash(message)
    st.rerun()
