"""What is wrong with a project file, with the way out where there is one (Projektdatei, Sicherung)."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from reporting.text_de.address import RESTORE, RESTORED
from reporting.text_de.editor import store_problem
from ui import session
from workspace.geopackage_file import restore_backup
from workspace.store import StoreError


def show_store_problem(error: StoreError) -> None:
    """Say what is wrong; for a damaged file offer its backup, which keeps the damaged one beside it."""
    st.error(store_problem(error.code, error.values))
    if not error.values.get("backup"):
        return
    if st.button(RESTORE, type="primary"):
        restore_backup(Path(error.values["path"]))
        session.flash(RESTORED)
        st.rerun()
