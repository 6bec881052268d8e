"""Section „Tabelle anfügen“: a table without shapes, seen against the blocks before it is used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import streamlit as st

from geodata.join_table import Join, JoinedTable
from geodata.table_file import TableForm
from reporting.numbers_de import signed
from reporting.text_de import data_page
from reporting.text_de import data_rooms as words
from spatial.errors import InputError, blocking
from ui import session
from ui.data_views import block_file
from ui.data_views.county_card import show_county
from ui.data_views.figures import show_figures
from ui.data_views.findings_view import show_findings
from ui.data_views.uploads import choose, columns_of_table, rows_as_read, upload
from workspace.county import County
from workspace.intake import Intake, undone
from workspace.table_joining import block_columns, county_with_table, look_at_join, with_table

_RESTORE = "join_restore"


def draw() -> None:
    """Draw the section: the table on the left, what it would mean on the right."""
    left, right = st.columns([1.2, 1], gap="large")
    base = _base()
    with left:
        st.markdown(words.JOIN_INTRO)
        st.caption(f"{words.JOIN_TO}: {base.path.name if isinstance(base, Intake) else base.label}")
        path = upload(words.JOIN_FILE, key="join_file", kinds=("csv", "txt", "tsv", "xlsx"))
        table = _form(path, base) if path is not None else None
        _joined(base)
    with right:
        if table is not None and not _is_joined(base, table):
            _look(base, table)
        else:
            show_county(findings=False)


def _base() -> Intake | County:
    """The file of this visit, or the county on the table where it came from elsewhere."""
    intake: Intake | None = session.recall(block_file.INTAKE)
    return session.current().county if intake is None else intake


def _is_joined(base: Intake | County, table: JoinedTable) -> bool:
    tables = base.choice.tables
    return any(known.path == table.path for known in tables)


def _form(path: Path, base: Intake | County) -> JoinedTable:
    form = _rows(path)
    first, second = st.columns(2)
    key = choose(words.JOIN_KEY, columns_of_table(path), key="join_key", place=first)
    block_key = choose(words.JOIN_BLOCK_KEY, block_columns(base), key="join_block_key", place=second)
    licence = first.text_input(words.JOIN_LICENCE, key=f"join_licence_{path.name}").strip()
    date = second.text_input(words.JOIN_DATE, placeholder=data_page.DATE_EXAMPLE, key=f"join_date_{path.name}")
    restore = session.recall(_RESTORE, "") == path.name
    return JoinedTable(path, key, block_key, form, restore, licence, data_page.iso_date(date))


def _rows(path: Path) -> TableForm | None:
    """The first rows as they will be read, and how the table is written."""
    rows, form, _ = rows_as_read(path, key="join_form")
    if len(rows):
        st.dataframe(rows, hide_index=True, height=200)
    return form


def _look(base: Intake | County, table: JoinedTable) -> None:
    """What fits and what does not, the offered repair, and the one button that takes the table."""
    try:
        join = look_at_join(base, table)
    except InputError as error:
        show_findings(error.findings)
        return
    total = len(session.current().county.blocks) if isinstance(base, County) else _rows_of(base)
    if join.key:
        st.markdown(words.matched(join.matched, total, join.rows))
    if not blocking(join.findings) and st.button(words.JOIN_TAKE, type="primary", key="join_take"):
        _take(base, table)
    _repair(join, table)
    show_findings(join.findings)
    _sums(join)
    _lists(join)


def _rows_of(intake: Intake) -> int:
    return len(intake.outlines) if intake.outlines is not None else 0


def _repair(join: Join, table: JoinedTable) -> None:
    codes = {finding.code for finding in join.findings}
    if "join.key.lost_zero" in codes and st.button(words.JOIN_RESTORE, key="join_restore_button"):
        session.remember(_RESTORE, table.path.name)
        st.rerun()
    if table.restore_zeros:
        said, button = st.columns([2, 1], vertical_alignment="center")
        said.markdown(words.JOIN_RESTORED)
        if button.button(words.UNDO, key="join_restore_undo"):
            session.remember(_RESTORE, "")
            st.rerun()


def _sums(join: Join) -> None:
    if not join.sums:
        return
    rows = [
        (name, words.number(table), words.number(blocks), signed(blocks - table))
        for name, (table, blocks) in join.sums.items()
    ]
    st.markdown(f"**{words.JOIN_SUMS}**")
    show_figures(pd.DataFrame(rows, columns=list(words.JOIN_SUM_COLUMNS)), words.JOIN_SUM_COLUMNS[1:])


def _lists(join: Join) -> None:
    """Every key that does not fit, in full."""
    for finding in join.findings:
        if finding.code in words.JOIN_LISTS:
            with st.expander(f"{words.JOIN_LISTS[finding.code]}: {words.number(len(finding.where))}"):
                st.dataframe(pd.DataFrame({words.JOIN_KEY: list(finding.where)}), hide_index=True, height=200)


def _take(base: Intake | County, table: JoinedTable) -> None:
    if isinstance(base, Intake):
        intake = with_table(base, table)
        session.remember(block_file.INTAKE, intake)
        session.flash(words.JOIN_DONE)
        if intake.usable:
            block_file.take(intake)
    else:
        workspace = session.current()
        session.put(replace(workspace, county=county_with_table(base, table)))
        session.flash(words.JOIN_DONE)
    st.rerun()


def _joined(base: Intake | County) -> None:
    """The tables that were added in this visit; the last one can be taken back."""
    if not isinstance(base, Intake) or not base.choice.tables:
        return
    st.markdown(f"**{words.JOIN_JOINED}**: " + ", ".join(table.path.name for table in base.choice.tables))
    if base.before is not None and st.button(words.UNDO, key="join_undo"):
        earlier = undone(base)
        session.remember(block_file.INTAKE, earlier)
        if earlier.usable:
            block_file.take(earlier)
        st.rerun()
