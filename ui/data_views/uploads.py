"""Uploaded files, kept in this browser's private folder under their own name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from geodata.table_file import TableForm
from reporting.text_de import data_page as words
from reporting.text_de import data_rooms as rooms
from ui import session
from workspace.crosswalk_actions import table_columns
from workspace.intake import first_rows


def upload(label: str, *, key: str, kinds: Sequence[str] | None = None, place: Any = None) -> Path | None:
    """A place to drop a file; the path of what was dropped, None while there is nothing."""
    uploaded = (place or st).file_uploader(label, type=list(kinds) if kinds else None, key=key)
    return None if uploaded is None else kept(uploaded, key)[0]


def kept(uploaded: Any, key: str) -> tuple[Path, bool]:
    """The path of an uploaded file, and whether it is another file than at the last drawing."""
    folder = session.upload_folder() / key
    folder.mkdir(exist_ok=True)
    path = folder / Path(uploaded.name).name
    fresh = session.recall(f"{key}_id") != uploaded.file_id
    if fresh:
        path.write_bytes(uploaded.getbuffer())
        session.remember(f"{key}_id", uploaded.file_id)
    return path, fresh


def choose(label: str, names: Sequence[str], *, key: str, first: str = rooms.DETECT, place: Any = None) -> str | None:
    """One of several names, None for the first entry that leaves it open."""
    shown = {"": first, **{name: name for name in names}}
    chosen: str = (place or st).selectbox(label, list(shown), format_func=shown.__getitem__, key=key)
    return chosen or None


def columns_of_table(path: Path) -> tuple[str, ...]:
    """The columns of an uploaded table, read once while it stays the same."""
    seen = session.recall("table_columns", {})
    name = (str(path), path.stat().st_mtime_ns)
    if name not in seen:
        seen = {name: table_columns(path)}
        session.remember("table_columns", seen)
    columns: tuple[str, ...] = seen[name]
    return columns


def rows_as_read(path: Path, *, key: str) -> tuple[pd.DataFrame, TableForm | None, bool]:
    """The first rows exactly as they will be understood, how the table is written, and whether it is a table at all.

    What a person changed about the form is remembered under ``key`` and the rows are read again with it.
    """
    wanted = session.recall(key)
    rows, found = first_rows(path, wanted)
    form = _table_form(found, key=key) if found is not None else None
    if form != wanted:
        session.remember(key, form)
        rows, _ = first_rows(path, form)
    return rows, form, found is not None


def _table_form(found: TableForm, *, key: str) -> TableForm | None:
    """How a table is read, shown and changeable; None while everything is as it was found out."""
    if found.encoding is None:
        return None
    st.markdown(f"**{words.READ_AS}**")
    first, second, third = st.columns(3)
    encoding = _override(first, words.ENCODING, words.ENCODINGS, found.encoding, key=f"{key}_encoding")
    separator = _override(second, words.SEPARATOR, words.SEPARATORS, found.separator or ";", key=f"{key}_separator")
    decimal: Any = _override(third, words.DECIMAL, words.DECIMALS, found.decimal or ",", key=f"{key}_decimal")
    chosen = TableForm(encoding=encoding, separator=separator, decimal=decimal)
    return None if chosen == TableForm() else chosen


def _override(place: Any, label: str, names: dict[str, str], found: str, *, key: str) -> str | None:
    shown = {"": f"{words.FOUND}: {names.get(found, found)}", **names}
    chosen: str = place.selectbox(label, list(shown), format_func=shown.__getitem__, key=key)
    return chosen or None
