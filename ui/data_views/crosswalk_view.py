"""Section „Gebietsstand umrechnen“: counts of old areas as counts of new ones, every sum kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import streamlit as st

from reporting.numbers_de import whole
from reporting.text_de import data_rooms as words
from spatial.errors import InputError
from ui import session
from ui.data_views.county_card import show_county
from ui.data_views.figures import show_figures
from ui.data_views.findings_view import show_findings
from ui.data_views.uploads import columns_of_table, upload
from workspace.address_matching import as_csv
from workspace.crosswalk_actions import CountsFile, MovedCounts, counts_by_shapes, counts_by_table, number_columns

_MOVED = "moved_counts"
_TABLES = ("csv", "txt", "tsv", "xlsx")


def draw() -> None:
    """Draw the section: tables and borders on the left, sums and result on the right."""
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        st.markdown(words.MOVE_INTRO)
        path = upload(words.MOVE_COUNTS, key="move_counts", kinds=_TABLES)
        if path is not None:
            _form(path)
    with right:
        moved = session.recall(_MOVED)
        if moved is None:
            show_county(findings=False)
        else:
            _result(moved)


def _form(path: Path) -> None:
    names = columns_of_table(path)
    first, second = st.columns(2)
    key = first.selectbox(words.MOVE_KEY, names, key="move_key")
    numbers = [name for name in number_columns(path) if name != key]
    columns = second.pills(words.MOVE_COLUMNS, numbers, selection_mode="multi", default=numbers, key="move_columns")
    way = st.radio(words.MOVE_WAY, list(words.MOVE_WAYS), format_func=words.MOVE_WAYS.__getitem__, key="move_way")
    counts = CountsFile(path, str(key), tuple(columns))
    work = _by_table(counts) if way == "table" else _by_shapes(counts)
    if work is not None and columns and st.button(words.MOVE_GO, type="primary", key="move_go"):
        _move(work)


def _by_table(counts: CountsFile) -> Callable[[], MovedCounts] | None:
    path = upload(words.MOVE_TABLE, key="move_table", kinds=_TABLES)
    if path is None:
        return None
    names = columns_of_table(path)
    first, second, third = st.columns(3)
    old = first.selectbox(words.MOVE_OLD_KEY, names, key="move_old_key")
    new = second.selectbox(words.MOVE_NEW_KEY, names, index=min(1, len(names) - 1), key="move_new_key")
    shares = [words.MOVE_NO_SHARE, *names]
    share = third.selectbox(words.MOVE_SHARE, shares, index=min(3, len(shares) - 1), key="move_share")
    columns = (str(old), str(new), None if share == words.MOVE_NO_SHARE else share)
    return lambda: counts_by_table(counts, path, columns=columns)


def _by_shapes(counts: CountsFile) -> Callable[[], MovedCounts] | None:
    old = upload(words.MOVE_OLD, key="move_old")
    new = upload(words.MOVE_NEW, key="move_new")
    homes = upload(words.MOVE_HOMES, key="move_homes")
    if old is None:
        return None
    first, second = st.columns(2)
    old_key = str(first.selectbox(words.MOVE_OLD_KEY, columns_of_table(old), key="move_old_area_key"))
    if new is None:
        county = session.current().county
        return lambda: counts_by_shapes(counts, (old, old_key), county, homes=homes)
    new_key = str(second.selectbox(words.MOVE_NEW_KEY, columns_of_table(new), key="move_new_area_key"))
    return lambda: counts_by_shapes(counts, (old, old_key), (new, new_key), homes=homes)


def _move(work: Callable[[], MovedCounts]) -> None:
    session.remember(_MOVED, None)
    try:
        with st.spinner(words.WORKING):
            session.remember(_MOVED, work())
    except InputError as error:
        show_findings(error.findings)
        return
    st.rerun()


def _result(moved: MovedCounts) -> None:
    rows = [(name, whole(before), whole(after)) for name, (before, after) in moved.sums.items()]
    show_figures(pd.DataFrame(rows, columns=list(words.MOVE_SUMS)), words.MOVE_SUMS[1:])
    show_findings(moved.findings)
    german = moved.frame.assign(**{name: [whole(value) for value in moved.frame[name]] for name in moved.sums})
    show_figures(german.rename(columns={"gebiet": words.MOVE_AREA}), list(moved.sums))
    st.download_button(
        words.MOVE_RESULT,
        data=as_csv(moved.frame),
        file_name="umgerechnet.csv",
        mime="text/csv",
        on_click="ignore",
    )
