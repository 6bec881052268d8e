"""What the theme file cannot say: spacing, numbers, print; no fonts or files from outside."""

from __future__ import annotations

from importlib import resources

import streamlit as st


def apply_theme() -> None:
    """Add the house style to the page that is being drawn."""
    st.html(f"<style>{resources.files('ui').joinpath('theme.css').read_text('utf-8')}</style>")
