"""Broken rules on screen: what, where, what now; the same sentences on every page."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from regionalization.violation import Violation
from reporting.text_de import app as text
from reporting.text_de.rules import remedy_sentence, violation_sentence
from workspace.workspace import Workspace


def show_violations(violations: Sequence[Violation], workspace: Workspace) -> None:
    """List violations with their reason and remedies; says so where there are none."""
    if not violations:
        st.success(text.ALL_KEPT, icon=":material/check_circle:")
        return
    names = {m.key: m.name for m in workspace.county.blocks.municipalities}
    for violation in violations:
        sentence = violation_sentence(violation, names)
        remedies = "".join(f"\n- {remedy_sentence(remedy, names)}" for remedy in violation.remedies)
        note = f"  \n*{text.UNAVOIDABLE}*" if violation.unavoidable else ""
        advice = f"\n\n{text.REMEDIES}:\n{remedies}" if remedies else ""
        st.warning(f"{sentence}{note}{advice}", icon=":material/warning:")
