"""Taking in a plan from a file: every unknown, missing and doubled block is named before anything is kept."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from geodata.read_plan import read_plan
from reporting.text_de import plan_page as text
from reporting.text_de.findings import sentence
from spatial.errors import InputError, blocking
from ui import session
from ui.address import show_plan_in_address
from ui.editor.open_projects import OpenProject


def show_import(project: OpenProject) -> None:
    """Upload a plan, see what is wrong with it, and keep it as a new version."""
    st.caption(text.IMPORT_INTRO)
    uploaded = st.file_uploader(text.IMPORT, type=["csv", "gpkg", "geojson", "json", "zip"], key="plan_upload")
    if uploaded is None:
        return
    path = session.upload_folder() / Path(uploaded.name).name
    path.write_bytes(uploaded.getvalue())
    try:
        plan, findings = read_plan(path, project.project.county.blocks)
    except InputError as error:
        for finding in error.findings:
            st.error(sentence(finding))
        return
    for finding in findings:
        (st.error if finding.severity == "error" else st.info)(sentence(finding))
    st.markdown(text.import_summary(len(plan.regions), int((plan.labels >= 0).sum())))
    label = text.IMPORT_ANYWAY if blocking(findings) else text.IMPORT_KEEP
    if st.button(label, type="primary", key="keep_import"):
        record = project.add(plan, name=path.stem, author=text.MACHINE, origin={"file": path.name})
        show_plan_in_address(record.id)
        st.rerun()
