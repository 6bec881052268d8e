"""Daten: open the planner's own file, see what was understood, repair what is offered, choose what was not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from geodata.read_blocks import ColumnChoice
from geodata.table_file import TableForm
from reporting.text_de import app as text
from reporting.text_de import data_page as words
from reporting.text_de import editor as editor_text
from reporting.text_de import project_figures as figure_words
from reporting.text_de.findings import screen_sentence
from spatial.errors import Finding, InputError
from ui import session
from ui.cache import columns_of_upload, sample_workspace
from ui.count_intake import draw_counts
from ui.editor.map_view import MapContent, show_map
from ui.navigation import link
from ui.project_link import project_of, with_kept_plan
from workspace import actions
from workspace.intake import SEVERITIES, Intake, first_rows, look_at, undone, with_repair
from workspace.store import StoreError
from workspace.workspace import Workspace

_INTAKE = "intake"


def draw() -> None:
    """Draw the page."""
    st.title(text.PAGES["daten"])
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        _upload()
    with right:
        _show_map(session.recall(_INTAKE))
        _open_county()
        st.subheader(figure_words.COUNTS)
        draw_counts(session.current())


def show_findings(findings: tuple[Finding, ...]) -> None:
    """Every finding with its sign, its sentence and its place."""
    if findings:
        st.markdown(f"**{text.FINDINGS}**")
    for finding in findings:
        st.markdown(f"{text.SEVERITY[finding.severity]}: {screen_sentence(finding)}")


def _open_county() -> None:
    county = session.current().county
    blocks = county.blocks
    st.subheader(f"{text.OPEN_COUNTY}: {county.label}")
    st.caption(text.opened(len(blocks), int(blocks.population.sum()), len(blocks.municipalities)))
    show_findings(county.findings)
    if county.provenance is not None:
        _show_provenance(county.provenance)
    if not county.is_sample:
        link("vorgaben", text.TO_SETTINGS, primary=True)
        if st.button(text.BACK_TO_SAMPLE):
            session.put(sample_workspace())
            st.rerun()


def _show_provenance(provenance: Any) -> None:
    steps = "; ".join(words.step(code) for code in provenance.steps) or "–"
    values = (
        provenance.source,
        provenance.layer or "–",
        f"`{provenance.sha256[:16]}…`" if provenance.sha256 else "–",
        provenance.reference_date or "–",
        provenance.licence or "–",
        steps,
    )
    rows = [f"| {name} | {value} |" for name, value in zip(words.PROVENANCE_ROWS, values, strict=True)]
    with st.expander(words.PROVENANCE):
        st.markdown("\n".join(["| | |", "|:--|:--|", *rows]))


def _upload() -> None:
    st.markdown(text.DATA_INTRO)
    uploaded = st.file_uploader(text.UPLOAD, type=None)
    if uploaded is None:
        return
    path = _kept(uploaded)
    form = _show_rows(path)
    choice = _column_form(columns_of_upload(uploaded.file_id, path), path, form)
    if st.button(text.UPLOAD_READ, type="primary"):
        _read(path, choice)
    intake = session.recall(_INTAKE)
    if intake is not None and intake.path == path:
        _show_intake(intake)


def _show_rows(path: Path) -> TableForm | None:
    """The first rows exactly as they will be understood, and for tables how they are written."""
    wanted = session.recall("table_form")
    rows, found = first_rows(path, wanted)
    form = _table_form(found) if found is not None else None
    if form != wanted:
        session.remember("table_form", form)
        rows, _ = first_rows(path, form)
    if len(rows):
        with st.expander(words.FIRST_ROWS, expanded=found is not None):
            st.dataframe(rows, hide_index=True, height=240)
    return form


def _table_form(found: TableForm) -> TableForm | None:
    if found.encoding is None:
        return None
    st.markdown(f"**{words.READ_AS}**")
    first, second, third = st.columns(3)
    encoding = _override(first, words.ENCODING, words.ENCODINGS, found.encoding)
    separator = _override(second, words.SEPARATOR, words.SEPARATORS, found.separator or ";")
    decimal: Any = _override(third, words.DECIMAL, words.DECIMALS, found.decimal or ",")
    chosen = TableForm(encoding=encoding, separator=separator, decimal=decimal)
    return None if chosen == TableForm() else chosen


def _override(place: Any, label: str, names: dict[str, str], found: str) -> str | None:
    shown = {"": f"{words.FOUND}: {names.get(found, found)}", **names}
    chosen: str = place.selectbox(label, list(shown), format_func=shown.__getitem__)
    return chosen or None


def _read(path: Path, choice: ColumnChoice) -> None:
    with st.spinner(text.READING):
        intake = look_at(path, choice)
    session.remember(_INTAKE, intake)
    if intake.usable:
        _take(intake)


def _take(intake: Intake) -> None:
    """Lay the file on the table; what is only found when the blocks are put together is shown as well."""
    try:
        with st.spinner(text.READING):
            workspace = actions.open_file(intake.path, choice=intake.choice)
    except InputError as error:
        session.remember(_INTAKE, replace(intake, findings=error.findings))
        return
    _lay(workspace)
    st.rerun()


def _lay(workspace: Workspace) -> None:
    """The county on the table, with the plan that its project already holds, if it was worked on before."""
    try:
        known = with_kept_plan(workspace)
        project_of(known)  # from now on a link or a reload finds this county again
    except StoreError as error:
        session.put(workspace)
        session.flash(editor_text.store_problem(error.code, error.values))
        return
    session.put(known)
    session.flash(text.FILE_ACCEPTED if known.plan is None else text.FILE_KNOWN)


def _show_intake(intake: Intake) -> None:
    show_findings(intake.findings)
    _show_repairs(intake)
    if intake.usable and intake.before is not None and st.button(words.USE, type="primary"):
        _take(intake)


def _show_repairs(intake: Intake) -> None:
    if not intake.repairs and intake.before is None:
        return
    st.markdown(f"**{words.REPAIRS_TITLE}**")
    st.caption(words.REPAIRS_INTRO)
    for name in intake.repairs:
        if st.button(words.REPAIRS[name], key=f"repair_{name}"):
            session.remember(_INTAKE, with_repair(intake, name))
            st.rerun()
    if intake.before is not None and st.button(words.UNDO):
        session.remember(_INTAKE, undone(intake))
        st.rerun()


def _show_map(intake: Intake | None) -> None:
    """The blocks of a file that is being looked at, coloured by their worst finding."""
    if intake is None or intake.outlines is None or not intake.marked.any():
        return
    found = int(intake.marked.sum())
    st.markdown(f"**{words.MAP}**")
    present = sorted(set(intake.severity[intake.marked].tolist()), reverse=True)
    tooltips = [f"{key}\n{words.remark(intake.remarks.get(key, ()))}".strip() for key in intake.outlines.ids]
    content = MapContent(
        outlines=intake.outlines,
        fill=intake.severity,
        palette=words.COLOURS,
        description=words.marked(found, len(intake.outlines)),
        tooltips=tooltips,
        legend=[*((rank, words.MAP_LEGEND[SEVERITIES[rank]]) for rank in present), (len(SEVERITIES), words.CLEAN)],
        opaque=True,
    )
    show_map(content, key=f"daten_{intake.path.name}_{len(intake.choice.repairs)}", height=520)
    st.caption(words.marked(found, len(intake.outlines)))


def _kept(uploaded: Any) -> Path:
    path = session.upload_folder() / Path(uploaded.name).name
    if session.recall("upload_id") != uploaded.file_id:
        path.write_bytes(uploaded.getbuffer())
        session.remember("upload_id", uploaded.file_id)
        session.remember(_INTAKE, None)
        session.remember("table_form", None)
    return path


def _column_form(names: tuple[str, ...], path: Path, form: TableForm | None) -> ColumnChoice:
    if not names:
        return _further(ColumnChoice(form=form))
    first, second = st.columns(2)
    with first:
        block_id = _column(text.COLUMN_ID, names)
        within = _column(text.COLUMN_WITHIN, names, extra={"none": text.NO_BORDERS})
    with second:
        population = _column(text.COLUMN_POPULATION, names)
        places = _column(text.COLUMN_PLACE, names)
    return _further(ColumnChoice(id=block_id, population=population, within=within, places=places, form=form))


def _further(choice: ColumnChoice) -> ColumnChoice:
    """Coordinate system, street width and layer, for files that need them."""
    with st.expander(words.MORE):
        shown = {0: words.CRS_AS_IN_FILE, **words.CRS_NAMES}
        crs = st.selectbox(words.CRS, list(shown), format_func=shown.__getitem__)
        gap = st.selectbox(words.GAP, list(words.GAPS), format_func=words.GAPS.__getitem__)
        layer = st.text_input(words.LAYER).strip()
    return replace(choice, crs=crs or None, gap_m=gap, layer=layer or None)


def _column(label: str, names: tuple[str, ...], *, extra: dict[str, str] | None = None) -> str | None:
    shown = {"": text.GUESS, **(extra or {}), **{name: name for name in names}}
    chosen = st.selectbox(label, list(shown), format_func=shown.__getitem__)
    return chosen or None
