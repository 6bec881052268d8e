"""Sozialraumprofil: one Sozialraum on one A4 page, on screen, in print and as a file."""

from __future__ import annotations

import streamlit as st

from reporting.region_profile import profile_html
from reporting.text_de import app as app_text
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from ui import session
from ui.cache import regions_of
from ui.indicator_choice import desk_or_reason, in_url
from ui.indicator_release import draw_ledger, record
from workspace.region_profiles import profile_of


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    left, right = st.columns([1, 3], gap="medium")
    with left:
        st.title(app_text.PAGES["sozialraumprofil"])
        desk = desk_or_reason(workspace)
        if desk is None:
            return
        table = desk.shown["sozialraum"]
        names = dict(zip(table.ids, table.names, strict=True))
        region = in_url(
            "raum",
            text.PROFILE_REGION,
            list(table.ids),
            lambda key: words.level_name("sozialraum", key, name=names[key]),
        )
        date = in_url("stichtag", text.DATE, list(reversed(desk.dates)), text.german_date)
        in_url("sicht", text.AUDIENCE, list(text.AUDIENCES), text.AUDIENCES.__getitem__)
        if desk.audience == "intern":
            st.warning(text.INTERN_WARNING, icon=":material/lock:")
        profile = profile_of(desk, region, date=date, outlines=regions_of(workspace))
        st.download_button(
            text.PROFILE_DOWNLOAD,
            lambda: profile_html(profile),
            f"sozialraumprofil_{region}.html",
            "text/html",
            type="primary",
            width="stretch",
            on_click=record,
            args=(desk, text.PURPOSES["profil"].format(region=region)),
        )
        st.caption(text.PROFILE_PRINT_HINT)
        draw_ledger()
    with right:
        st.html(profile_html(profile, whole_page=False))
