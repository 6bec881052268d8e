"""Sozialraumprofil: one Sozialraum on one A4 page, on screen, in print and as a file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from reporting.profile_pdf import profile_pdf
from reporting.region_profile import RegionProfile, profile_html
from reporting.text_de import app as app_text
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from ui import session
from ui.cache import regions_of
from ui.indicator_choice import choose_audience, desk_or_reason, draw_link_notes, in_url
from ui.indicator_release import draw_ledger, released_profile
from workspace.indicator_desk import IndicatorDesk
from workspace.region_profiles import profile_of


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    with st.container(key="map-room"):
        left, right = st.columns([1, 3], gap="medium")
    with left, st.container(key="not-on-paper"):
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
        choose_audience(desk)
        draw_link_notes()
        if desk.audience == "intern":
            st.warning(text.INTERN_WARNING, icon=":material/lock:")
        profile = profile_of(desk, region, date=date, outlines=regions_of(workspace))
        _downloads(desk, profile, date)
        st.caption(text.PROFILE_PRINT_HINT)
        draw_ledger()
    with right:
        st.html(profile_html(profile, whole_page=False))


def _downloads(desk: IndicatorDesk, profile: RegionProfile, date: str) -> None:
    """The profile as files; each passes the door and stands in the list of releases."""
    purpose = text.PURPOSES["profil"].format(region=profile.region)
    kinds: tuple[tuple[str, Callable[[RegionProfile], bytes], str, str], ...] = (
        (text.PROFILE_PDF, profile_pdf, "pdf", "application/pdf"),
        (text.PROFILE_DOWNLOAD, lambda made: profile_html(made).encode(), "html", "text/html"),
    )
    for label, write, ending, mime in kinds:
        st.download_button(
            label,
            released_profile(desk, profile.region, purpose, partial(_file, profile, date, write)),
            f"sozialraumprofil_{profile.region}.{ending}",
            mime,
            type="primary" if ending == "pdf" else "secondary",
            width="stretch",
        )


def _file(profile: RegionProfile, date: str, write: Callable[[RegionProfile], bytes], desk: IndicatorDesk) -> bytes:
    """The profile as the desk beside the list of releases shows it."""
    return write(profile_of(desk, profile.region, date=date, outlines=profile.outlines))
