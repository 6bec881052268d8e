"""Daten: open the planner's own file, see what was understood, choose what was not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from geodata.read_blocks import ColumnChoice
from reporting.text_de import app as text
from reporting.text_de.findings import sentence
from spatial.errors import Finding, InputError
from ui import session
from ui.cache import columns_of_upload, sample_workspace
from ui.navigation import link
from workspace import actions


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    st.title(text.PAGES["daten"])
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        _upload()
    with right:
        blocks = workspace.county.blocks
        st.subheader(f"{text.OPEN_COUNTY}: {workspace.county.label}")
        st.caption(text.opened(len(blocks), int(blocks.population.sum()), len(blocks.municipalities)))
        show_findings(workspace.county.findings)
        if not workspace.county.is_sample:
            link("vorgaben", text.TO_SETTINGS, primary=True)
            if st.button(text.BACK_TO_SAMPLE):
                session.put(sample_workspace())
                st.rerun()


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Every finding with its sign, its sentence and its place."""
    if findings:
        st.markdown(f"**{text.FINDINGS}**")
    for finding in findings:
        st.markdown(f"{text.SEVERITY[finding.severity]}: {sentence(finding)}")


def _upload() -> None:
    st.markdown(text.DATA_INTRO)
    uploaded = st.file_uploader(text.UPLOAD, type=None)
    if uploaded is None:
        return
    path = _kept(uploaded)
    choice = _column_form(columns_of_upload(uploaded.file_id, path))
    if st.button(text.UPLOAD_READ, type="primary"):
        _read(path, choice)
    show_findings(session.recall("refused", ()))


def _read(path: Path, choice: ColumnChoice) -> None:
    session.remember("refused", ())
    try:
        with st.spinner(text.READING):
            workspace = actions.open_file(path, choice=choice)
    except InputError as error:
        session.remember("refused", error.findings)
        return
    session.put(workspace)
    session.flash(text.FILE_ACCEPTED)
    st.rerun()


def _kept(uploaded: Any) -> Path:
    path = session.upload_folder() / Path(uploaded.name).name
    if session.recall("upload_id") != uploaded.file_id:
        path.write_bytes(uploaded.getbuffer())
        session.remember("upload_id", uploaded.file_id)
        session.remember("refused", ())
    return path


def _column_form(names: tuple[str, ...]) -> ColumnChoice:
    if not names:
        return ColumnChoice()
    first, second = st.columns(2)
    with first:
        block_id = _column(text.COLUMN_ID, names)
        within = _column(text.COLUMN_WITHIN, names, extra={"none": text.NO_BORDERS})
    with second:
        population = _column(text.COLUMN_POPULATION, names)
        places = _column(text.COLUMN_PLACE, names)
    return ColumnChoice(id=block_id, population=population, within=within, places=places)


def _column(label: str, names: tuple[str, ...], *, extra: dict[str, str] | None = None) -> str | None:
    shown = {"": text.GUESS, **(extra or {}), **{name: name for name in names}}
    chosen = st.selectbox(label, list(shown), format_func=shown.__getitem__)
    return chosen or None
