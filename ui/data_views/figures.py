"""Small tables of figures: German numbers, right-aligned."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st


def show_figures(table: pd.DataFrame, numbers: Sequence[str]) -> None:
    """A table whose columns of (already written) numbers stand to the right."""
    right = {name: st.column_config.TextColumn(alignment="right") for name in numbers}
    st.dataframe(table, hide_index=True, column_config=right)
