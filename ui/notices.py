"""What is said once after an action."""

from __future__ import annotations

import streamlit as st

from ui import session


def show_flash() -> None:
    """Say what the last action left to be said, if anything."""
    message = session.take_flash()
    if message:
        st.toast(message, icon=":material/info:", duration="long")
