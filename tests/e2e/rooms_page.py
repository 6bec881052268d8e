"""A small app entered by the front door: a county in a project file, a search that ends, and a page that fails."""

import time

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tests.e2e.grid_county import grid_workspace
from ui import session
from ui.front_door import enter
from ui.navigation import draw_anew
from ui.pages import bearbeiten
from ui.project_link import project_of
from ui.theme import apply_theme


def daten() -> None:
    """Opens the small county, as the page „Daten“ does with an own file."""
    st.title("Daten")
    if st.button("Öffnen"):
        workspace = grid_workspace()
        project_of(workspace)
        session.put(workspace)
        st.rerun()


def search() -> None:
    """A search that ends exactly when somebody has clicked on another room."""
    st.title("Suche")
    _ends_with_a_click()


@st.fragment
def _ends_with_a_click() -> None:
    if session.recall("ended"):
        return
    if st.button("Beenden"):
        context = get_script_run_ctx()
        assert context is not None and context.script_requests is not None
        st.session_state["waiting"] = True
        end = time.monotonic() + 20
        while context.script_requests._state.name == "CONTINUE" and time.monotonic() < end:
            time.sleep(0.01)  # no yield point of Streamlit: the click arrives and waits
        session.remember("ended", True)
        draw_anew()


def broken() -> None:
    """Fails as a page of ours should not."""
    st.title("Kaputt")
    raise RuntimeError(f"Block {40 * 100 + 711} has 3 residents")


st.set_page_config(layout="wide")
apply_theme()
pages = [
    st.Page(daten, title="Daten", url_path="daten", default=True),
    st.Page(bearbeiten.draw, title="Bearbeiten", url_path="bearbeiten"),
    st.Page(search, title="Suche", url_path="suche"),
    st.Page(broken, title="Kaputt", url_path="kaputt"),
]
enter(st.navigation(pages, position="top"))
