"""Demands beside the form: the list of special ones, and a constraints file handed over in the browser."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import demands as say
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from ui import session
from workspace.demand_file import with_demand_file
from workspace.remedies import special_demands, without_demand
from workspace.workspace import Workspace


def show_special_demands(workspace: Workspace) -> None:
    """Demands that are not in the form, each with a button that takes it back."""
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    demands = special_demands(workspace.settings)
    if not demands:
        return
    st.subheader(say.SPECIAL)
    for number, demand in enumerate(demands):
        words, button = st.columns([3, 1], vertical_alignment="center")
        words.markdown(
            say.special_demand(demand.kind, [names.get(k, k) for k in demand.municipalities], demand.numbers)
        )
        if button.button(say.TAKE_BACK, key=f"special_{number}", width="stretch"):
            session.put(workspace.with_settings(without_demand(workspace.settings, demand)))
            st.rerun()


def take_demand_file(workspace: Workspace) -> None:
    """A constraints file with the layers it names; nothing is taken before the button is pressed."""
    with st.expander(say.FILE):
        st.markdown(say.FILE_INTRO)
        files = st.file_uploader(say.FILE_UPLOAD, accept_multiple_files=True, key="demand_file")
        if not files:
            return
        try:
            changed, notes = with_demand_file(workspace, [(file.name, file.getvalue()) for file in files])
        except InputError as error:
            for finding in error.findings:
                st.error(sentence(finding))
            return
        for note in notes:
            st.info(sentence(note))
        if st.button(say.FILE_TAKE, type="primary", width="stretch"):
            session.put(changed)
            session.flash(say.FILE_TAKEN)
            st.rerun()
