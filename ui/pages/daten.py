"""Daten: the planner's own file, and everything that may have to be done to it before the first proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from reporting.text_de import app as text
from reporting.text_de import data_rooms as words
from ui import session
from ui.count_intake import draw_counts
from ui.data_views import (
    address_view,
    block_file,
    block_making_view,
    crosswalk_view,
    neighbourhood_view,
    service_view,
    table_view,
)
from ui.data_views.county_card import show_county


def draw() -> None:
    """Draw the page: one section at a time, the block file first."""
    st.title(text.PAGES["daten"])
    section = st.segmented_control(
        words.SECTION,
        list(words.SECTIONS),
        default="datei",
        format_func=words.SECTIONS.__getitem__,
        key="daten_section",
        label_visibility="collapsed",
        required=True,
    )
    _VIEWS[section or "datei"]()


def _counts() -> None:
    left, right = st.columns([1.4, 1], gap="large")
    with left:
        draw_counts(session.current())
    with right:
        show_county(findings=False)


_VIEWS: Mapping[str, Callable[[], None]] = {
    "datei": block_file.draw,
    "tabelle": table_view.draw,
    "nachbarschaft": neighbourhood_view.draw,
    "bloecke": block_making_view.draw,
    "adressen": address_view.draw,
    "gebietsstand": crosswalk_view.draw,
    "fallzahlen": _counts,
    "dienst": service_view.draw,
}
