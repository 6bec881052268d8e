"""The view of age standardisation: cases by age group in, rates out that age no longer explains."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from indicators.age_counts import AgeCounts
from reporting.age_table import age_rows
from reporting.text_de import indicator_age as text
from reporting.text_de.findings import screen_sentence
from reporting.text_de.indicator_rooms import COMPUTING
from spatial.errors import InputError
from ui import session
from ui.indicator_frames import names_of
from workspace.age_figures import Blocks, read_age_counts, standardized_rates
from workspace.indicator_desk import IndicatorDesk
from workspace.workspace import Workspace

_WIDTHS = (66, 50, 58, 74, 88, 74, 88)


def draw_age(workspace: Workspace, desk: IndicatorDesk, shown: Any) -> None:
    """Rates of the Sozialräume standardised by age; without a table, what is needed for them."""
    st.markdown(text.INTRO)
    place = f"ages_{workspace.county.fingerprint}"
    file = st.file_uploader(text.FILE, type=["csv", "txt", "xlsx", "gpkg"], key="ages_file")
    if file is not None:
        path = session.upload_folder() / f"ages{Path(file.name).suffix.lower()}"
        path.write_bytes(file.getvalue())
        try:
            with st.spinner(COMPUTING):
                ages, found = read_age_counts(path, workspace.county.blocks.ids)
        except InputError as error:
            st.error("\n\n".join(screen_sentence(finding) for finding in error.findings))
            return
        if found:
            st.caption("  \n".join(screen_sentence(finding) for finding in found))
        session.remember(place, ages)
    ages_kept: AgeCounts | None = session.recall(place)
    if ages_kept is None:
        st.caption(text.COLUMNS)
        return
    _draw_rates(workspace, desk, ages_kept)


def _draw_rates(workspace: Workspace, desk: IndicatorDesk, ages: AgeCounts) -> None:
    blocks = workspace.county.blocks
    towns = [blocks.municipalities[c].key for c in blocks.municipality]
    place = Blocks(blocks.ids, towns)
    with st.spinner(COMPUTING):
        rates, found = standardized_rates(ages, desk.plan, place, audience=desk.audience, ledger=desk.ledger)
    table = desk.shown["sozialraum"]
    names = dict(zip(table.ids, names_of(table), strict=True))
    rows = age_rows(rates, names)
    st.markdown(text.verdict(*_beyond_chance(rates, names)))
    config: Any = {
        name: st.column_config.TextColumn(width=width, alignment="right" if place else "left")
        for place, (name, width) in enumerate(zip(text.TABLE, _WIDTHS, strict=True))
    }
    st.dataframe(pd.DataFrame(rows, columns=list(text.TABLE)), hide_index=True, height=360, column_config=config)
    st.caption("  \n".join([*(screen_sentence(finding) for finding in found), text.NOTE]))


def _beyond_chance(rates: pd.DataFrame, names: dict[str, str]) -> tuple[list[str], list[str]]:
    """Areas whose ratio lies above or below 1 with its whole interval."""
    areas = rates.drop(index="kreis").sort_values("ratio", ascending=False)
    above = [names[str(key)] for key in areas.index[areas["ratio_low"] > 1]]
    below = [names[str(key)] for key in areas.index[areas["ratio_high"] < 1]]
    return above, below[::-1]
