"""The page „Bearbeiten“ alone, on a small county: what the browser tests drive."""

import os

import streamlit as st

from tests.e2e.grid_county import grid_workspace
from ui import session
from ui.pages import bearbeiten
from ui.theme import apply_theme

st.set_page_config(layout="wide")
apply_theme()
if session.recall("grid") is None:
    columns, rows, vertices = (int(n) for n in os.environ.get("RAUMWERK_GRID", "24,16,4").split(","))
    session.put(grid_workspace(columns, rows, vertices=vertices))
    session.remember("grid", True)
bearbeiten.draw()
