"""What is said once after an action."""

from __future__ import annotations

import streamlit as st

from ui import session

_LONGEST_TOAST = 120  # a longer one would be cut by the framework, with a button in English


def show_flash() -> None:
    """Say what the last action left to be said, if anything; what is long stands above the page."""
    message = session.take_flash()
    if len(message) > _LONGEST_TOAST:
        st.info(message)
    elif message:
        st.toast(message, icon=":material/info:", duration="long")
