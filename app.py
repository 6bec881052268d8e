"""Entry of the app: page settings and navigation, no logic."""

import streamlit as st

from reporting.text_de import app as text
from ui.front_door import enter
from ui.navigation import ROOMS, room
from ui.notices import show_flash
from ui.theme import apply_theme

st.set_page_config(page_title=text.NAME, page_icon="◧", layout="wide", initial_sidebar_state="collapsed")
apply_theme()
show_flash()
enter(st.navigation([room(name) for name in ROOMS], position="top"))
