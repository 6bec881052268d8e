"""What lies open: county, size, source and date; findings and full provenance behind folds."""

from __future__ import annotations

import streamlit as st

from reporting.text_de import app as text
from reporting.text_de import data_page as words
from reporting.text_de import editor as editor_text
from reporting.text_de import provenance as origin_words
from ui import session
from ui.cache import sample_workspace
from ui.data_views.findings_view import show_findings
from ui.navigation import link
from ui.project_link import made_county_project, with_kept_plan
from workspace.county import County
from workspace.origin import origin_cells, source_line
from workspace.store import StoreError
from workspace.workspace import Workspace


def show_county(*, findings: bool = True) -> None:
    """The county on the table; ``findings`` where the page has room for them."""
    county = session.current().county
    blocks = county.blocks
    st.subheader(f"{text.OPEN_COUNTY}: {county.label}")
    st.caption(text.opened(len(blocks), int(blocks.population.sum()), len(blocks.municipalities)))
    st.caption(source_line(county))
    if findings:
        show_findings(county.findings)
    _show_origin(county)
    if not county.is_sample:
        link("vorgaben", text.TO_SETTINGS, primary=True)
        if st.button(text.BACK_TO_SAMPLE, key="back_to_sample"):
            session.put(sample_workspace())
            st.rerun()


def lay(workspace: Workspace) -> None:
    """The county on the table, with the plan that its project already holds, if it was worked on before."""
    try:
        known = with_kept_plan(workspace)
        made_county_project(known)  # from now on a link or a reload finds this county again
    except StoreError as error:
        session.put(workspace)
        session.flash(editor_text.store_problem(error.code, error.values))
        return
    session.put(known)
    session.flash(text.FILE_ACCEPTED if known.plan is None else text.FILE_KNOWN)


def _show_origin(county: County) -> None:
    rows = origin_cells(county)
    if not rows:
        return
    with st.expander(words.PROVENANCE):
        for cells in rows:
            named = [(n, _short(n, v)) for n, v in zip(origin_words.HEADER, cells, strict=True) if v]
            st.markdown("\n".join(["| | |", "|:--|:--|", *(f"| {n} | {v} |" for n, v in named)]))


def _short(name: str, value: str) -> str:
    return f"`{value[:16]}…`" if name == origin_words.HEADER[-1] else value
