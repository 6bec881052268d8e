"""Broken rules on screen: what, where, what now; the same sentences on every page, the remedies one click away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from regionalization.violation import Remedy, Violation
from reporting.text_de import app as text
from reporting.text_de.rules import remedy_sentence, violation_sentence
from ui import session
from workspace.remedies import can_take, take_remedy
from workspace.workspace import Workspace


def show_violations(violations: Sequence[Violation], workspace: Workspace, *, key: str) -> None:
    """List violations with their reason and remedies; says so where there are none."""
    if not violations:
        st.success(text.ALL_KEPT, icon=":material/check_circle:")
        return
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    for number, violation in enumerate(violations):
        with st.container(border=True):
            note = f"  \n*{text.UNAVOIDABLE}*" if violation.unavoidable else ""
            st.markdown(f":material/warning: {violation_sentence(violation, names)}{note}")
            if violation.remedies:
                _remedies(violation, workspace, names=names, key=f"{key}_{number}")


def _remedies(violation: Violation, workspace: Workspace, *, names: Mapping[str, str], key: str) -> None:
    with st.popover(text.REMEDIES):
        for number, remedy in enumerate(violation.remedies):
            sentence = remedy_sentence(remedy, names)
            if not can_take(remedy):
                st.markdown(f"– {sentence}")
            elif st.button(sentence, key=f"remedy_{key}_{number}", width="stretch"):
                _take(violation, remedy, workspace)


def _take(violation: Violation, remedy: Remedy, workspace: Workspace) -> None:
    session.put(workspace.with_settings(take_remedy(workspace.settings, violation, remedy)))
    session.flash(text.REMEDY_TAKEN)
    st.rerun()
