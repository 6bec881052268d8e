"""Findings about a file: what needs a decision first, what was merely noticed behind a fold."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import app as text
from reporting.text_de import data_page as words
from reporting.text_de.findings import screen_sentence
from spatial.errors import Finding

_LOUD = ("error", "question", "warning")


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Every finding once, with its sign and its sentence; notes behind a fold."""
    loud = [f for severity in _LOUD for f in findings if f.severity == severity]
    notes = [f for f in findings if f.severity == "note"]
    if loud:
        st.markdown(f"**{text.FINDINGS}**")
    for finding in loud:
        st.markdown(_line(finding))
    if notes:
        with st.expander(words.noticed(len(notes))):
            for finding in notes:
                st.markdown(_line(finding))


def _line(finding: Finding) -> str:
    return f"{text.SEVERITY[finding.severity]}: {screen_sentence(finding)}"
