"""Section „Blöcke bilden“: from census cells and municipalities, or residents from a raster onto given areas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from geodata.read_blocks import ColumnChoice
from reporting.numbers_de import signed, whole
from reporting.text_de import data_rooms as words
from spatial.errors import InputError
from ui import session
from ui.data_views import block_file
from ui.data_views.county_card import show_county
from ui.data_views.figures import show_figures
from ui.data_views.findings_view import show_findings
from ui.data_views.uploads import choose, columns_of_table, upload
from ui.number_field import whole_number
from workspace.block_making import CellSources, MadeBlocks, blocks_from_census, blocks_from_raster

_MADE = "made_blocks"


def draw() -> None:
    """Draw the section: sources on the left, the balance on the right."""
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        st.markdown(words.MAKE_INTRO)
        way = st.radio(words.MAKE_WAY, list(words.MAKE_WAYS), format_func=words.MAKE_WAYS.__getitem__, key="make_way")
        _cells() if way == "cells" else _raster()
    with right:
        made = session.recall(_MADE)
        if made is None:
            show_county(findings=False)
        else:
            _result(made)


def _cells() -> None:
    cells = upload(words.MAKE_CELLS, key="make_cells")
    towns = upload(words.MAKE_TOWNS, key="make_towns")
    with st.expander(words.MAKE_LINES):
        lines = upload(words.MAKE_LINES, key="make_lines")
    first, second = st.columns(2)
    key = first.text_input(words.MAKE_KEY, placeholder=words.MAKE_KEY_HELP, key="make_key").strip()
    minimum = whole_number(words.MAKE_MINIMUM, 100, key="make_minimum", place=second)
    columns = columns_of_table(cells) if cells is not None and cells.suffix.lower() == ".gpkg" else ()
    column = choose(words.MAKE_COLUMN, columns, key="make_column") if columns else None
    totals = st.checkbox(words.MAKE_TOTALS, key="make_totals")
    if cells is None or towns is None:
        return
    if st.button(words.MAKE_GO, type="primary", key="make_go"):
        sources = CellSources(cells, towns, key, column, lines, minimum, totals)
        _make(lambda folder: blocks_from_census(sources, folder))


def _raster() -> None:
    raster = upload(words.MAKE_RASTER, key="make_raster", kinds=("tif", "tiff"))
    areas = upload(words.MAKE_AREAS, key="make_areas")
    if raster is None or areas is None:
        return
    if st.button(words.MAKE_RASTER_GO, type="primary", key="make_raster_go"):
        _make(lambda folder: blocks_from_raster(raster, areas, folder))


def _make(work: Callable[[Path], MadeBlocks]) -> None:
    session.remember(_MADE, None)
    try:
        with st.spinner(words.WORKING):
            session.remember(_MADE, work(session.upload_folder() / "made"))
    except InputError as error:
        show_findings(error.findings)
        return
    st.rerun()


def _result(made: MadeBlocks) -> None:
    """The balance first, then the one next step."""
    if len(made.balance):
        st.markdown(f"**{words.MAKE_BALANCE}**")
        show_figures(_balance(made.balance), list(words.MAKE_BALANCE_COLUMNS.values())[1:])
    show_findings(made.findings)
    use, download = st.columns(2)
    if use.button(words.MAKE_USE, type="primary", key="make_use", width="stretch"):
        session.remember(_MADE, None)
        keys = tuple(made.balance["ags"]) if len(made.balance) else ()
        block_file.look(made.path, ColumnChoice(), name=words.made_name(keys))
        session.remember(_MADE, made)  # still here: the blocks need another decision first
        show_findings(session.recall(block_file.INTAKE).findings)
    download.download_button(
        words.MAKE_DOWNLOAD,
        data=made.path.read_bytes(),
        file_name=made.path.name,
        mime="application/geopackage+sqlite3",
        width="stretch",
        on_click="ignore",
    )


def _balance(table: pd.DataFrame) -> pd.DataFrame:
    """German numbers, the difference to the official sum, and the sums over all municipalities."""
    sums = {name: table[name].sum() for name in ("bloecke", "zellen", "einwohner")}
    known = bool(table["amtlich"].notna().all())
    last = {"gemeinde": words.MAKE_TOTAL_ROW, **sums, "amtlich": table["amtlich"].sum() if known else pd.NA}
    rows = pd.concat([table.astype(object), pd.DataFrame([last])], ignore_index=True)
    rows["difference"] = [
        "" if pd.isna(official) else signed(int(cells) - int(official))
        for cells, official in zip(rows["zellen"], rows["amtlich"], strict=True)
    ]
    for name in ("bloecke", "zellen", "amtlich", "einwohner"):
        rows[name] = ["" if pd.isna(value) else whole(value) for value in rows[name]]
    return rows[list(words.MAKE_BALANCE_COLUMNS)].rename(columns=dict(words.MAKE_BALANCE_COLUMNS))
