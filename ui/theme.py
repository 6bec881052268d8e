"""What the theme file cannot say: spacing, numbers, print; no fonts or files from outside."""

from __future__ import annotations

from importlib import resources

import streamlit as st

from reporting.text_de import app as text


def apply_theme() -> None:
    """Add the house style to the page that is being drawn."""
    words = f":root {{ --rw-choose-file: '{text.CHOOSE_FILE}'; --rw-drop-file: '{text.DROP_FILE}'; }}"
    st.html(f"<style>{words}{resources.files('ui').joinpath('theme.css').read_text('utf-8')}</style>")
