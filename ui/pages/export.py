"""Export: the plan on the table as files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from reporting.text_de import app as text
from ui import session
from ui.cache import download_of
from ui.indicator_release import draw_ledger
from ui.navigation import link


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    st.title(text.PAGES["export"])
    if workspace.plan is None:
        st.info(text.WHAT_NOW_PROPOSAL)
        link("vorschlag", text.TO_PROPOSAL, primary=True)
        return
    st.markdown(text.EXPORT_INTRO)
    st.warning(text.CONFIDENTIAL, icon=":material/lock:")
    for kind, (title, explanation, name, mime) in text.DOWNLOADS.items():
        words, button = st.columns([3, 1], vertical_alignment="center")
        words.markdown(f"**{title}**  \n{explanation}")
        button.download_button(
            text.DOWNLOAD,
            data=partial(download_of, workspace, kind),  # made when it is asked for: the page stands at once
            file_name=name,
            mime=mime,
            key=f"download_{kind}",
            width="stretch",
            on_click="ignore",
        )
    draw_ledger()
