"""Section „Blockdatei“: the planner's own file, what was understood, repairs offered, taken back and accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import streamlit as st

from geodata.provenance import guessed_licence
from geodata.read_blocks import ColumnChoice
from geodata.table_file import TableForm
from reporting.text_de import app as text
from reporting.text_de import data_page as words
from reporting.text_de.findings import screen_sentence
from spatial.errors import InputError
from ui import session
from ui.cache import columns_of_upload
from ui.data_views.county_card import lay, show_county
from ui.data_views.findings_view import show_findings
from ui.data_views.uploads import choose, kept, rows_as_read
from ui.editor.map_view import MapContent, show_map
from workspace import actions
from workspace.intake import SEVERITIES, Intake, look_at, undone, with_repair

INTAKE, TAKEN = "intake", "intake_taken"


def draw() -> None:
    """Draw the section: the file on the left, where its findings lie and what is open on the right."""
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        _upload()
    with right:
        _show_map(session.recall(INTAKE))
        show_county()


def look(path: Path, choice: ColumnChoice, *, name: str = "") -> None:
    """Read and check a file; where nothing forbids it, it is laid on the table at once."""
    with st.spinner(text.READING):
        intake = look_at(path, choice)
    session.remember(INTAKE, intake)
    session.remember("county_name", name)
    if intake.usable:
        take(intake)


def take(intake: Intake) -> None:
    """Lay the file on the table; what is only found when the blocks are put together is shown as well."""
    try:
        with st.spinner(text.READING):
            workspace = actions.open_file(intake.path, choice=intake.choice, label=session.recall("county_name", ""))
    except InputError as error:
        session.remember(INTAKE, replace(intake, findings=error.findings))
        return
    session.remember(INTAKE, intake)
    session.remember(TAKEN, intake)
    lay(workspace)
    st.rerun()


def _upload() -> None:
    st.markdown(text.DATA_INTRO)
    uploaded = st.file_uploader(text.UPLOAD, type=None, key="block_file")
    if uploaded is None:
        return
    path, fresh = kept(uploaded, "block_file")
    if fresh:
        session.remember(INTAKE, None)
        session.remember("block_form", None)
    form = _show_rows(path)
    names = columns_of_upload(uploaded.file_id, path)
    choice = _column_form(names, form)
    name, choice = _naming(path, names, choice)
    if st.button(text.UPLOAD_READ, type="primary"):
        look(path, choice, name=name)
    intake = session.recall(INTAKE)
    if intake is not None and intake.path == path:
        _show_intake(intake)


def _show_rows(path: Path) -> TableForm | None:
    """The first rows exactly as they will be understood, and for tables how they are written."""
    rows, form, is_table = rows_as_read(path, key="block_form")
    if len(rows):
        with st.expander(words.FIRST_ROWS, expanded=is_table):
            st.dataframe(rows, hide_index=True, height=240)
    return form


def _column_form(names: tuple[str, ...], form: TableForm | None) -> ColumnChoice:
    if not names:
        return _further(ColumnChoice(form=form))
    first, second = st.columns(2)
    block_id = choose(text.COLUMN_ID, names, key="column_id", place=first)
    within = _within(names, first)
    population = choose(text.COLUMN_POPULATION, names, key="column_population", place=second)
    places = choose(text.COLUMN_PLACE, names, key="column_place", place=second)
    return _further(ColumnChoice(id=block_id, population=population, within=within, places=places, form=form))


def _within(names: tuple[str, ...], place: st.delta_generator.DeltaGenerator) -> str | None:
    shown = {"": text.GUESS, "none": text.NO_BORDERS, **{name: name for name in names}}
    chosen = place.selectbox(text.COLUMN_WITHIN, list(shown), format_func=shown.__getitem__, key="column_within")
    return chosen or None


def _further(choice: ColumnChoice) -> ColumnChoice:
    """Coordinate system, street width and layer, for files that need them."""
    with st.expander(words.MORE):
        shown = {0: words.CRS_AS_IN_FILE, **words.CRS_NAMES}
        crs = st.selectbox(words.CRS, list(shown), format_func=shown.__getitem__)
        gap = st.selectbox(words.GAP, list(words.GAPS), format_func=words.GAPS.__getitem__)
        layer = st.text_input(words.LAYER).strip()
    return replace(choice, crs=crs or None, gap_m=gap, layer=layer or None)


def _naming(path: Path, names: tuple[str, ...], choice: ColumnChoice) -> tuple[str, ColumnChoice]:
    """What stands on every map and report: name of the county, reference date, source note."""
    first, second, third = st.columns([1.2, 0.8, 1.4])
    name = first.text_input(words.COUNTY_NAME, value=words.plain_name(path.stem), key=f"name_{path.name}")
    date = second.text_input(words.DATE, placeholder=words.DATE_EXAMPLE, key=f"date_{path.name}")
    licence = third.text_input(
        words.LICENCE, value=guessed_licence(names), placeholder=words.LICENCE_EXAMPLE, key=f"licence_{path.name}"
    )
    iso = words.iso_date(date)
    if date.strip() and not iso:
        second.error(words.DATE_UNREADABLE)
    return name.strip(), replace(choice, licence=licence.strip(), reference_date=iso)


def _show_intake(intake: Intake) -> None:
    if session.recall(TAKEN) is not intake:  # once it is open, its findings stand beside the county
        show_findings(intake.findings)
    _show_repairs(intake)
    if intake.usable and session.recall(TAKEN) is not intake and st.button(words.USE, type="primary"):
        take(intake)


def _show_repairs(intake: Intake) -> None:
    if not intake.repairs and intake.before is None:
        return
    st.markdown(f"**{words.REPAIRS_TITLE}**")
    st.caption(words.REPAIRS_INTRO)
    for finding in intake.findings:
        if session.recall(TAKEN) is intake and finding.code.startswith("repair."):
            st.markdown(screen_sentence(finding))
    for name in intake.repairs:
        if st.button(words.REPAIRS[name], key=f"repair_{name}"):
            with st.spinner(text.READING):
                session.remember(INTAKE, with_repair(intake, name))
            st.rerun()
    if intake.before is not None and st.button(words.UNDO):
        session.remember(INTAKE, undone(intake))
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
