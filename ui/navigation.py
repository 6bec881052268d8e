"""The rooms of the app and the ways between them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import streamlit as st

from reporting.text_de import app as text

ROOMS = tuple(text.PAGES)


def room(name: str) -> Any:
    """The page of a room; the module is loaded only now, because pages link to each other."""
    module = import_module(f"ui.pages.{name}")
    return st.Page(module.draw, title=text.PAGES[name], url_path=name, default=name == ROOMS[0])


def draw_anew() -> None:
    """Run the page again, unless a click on a way to another room arrived meanwhile: then that click counts.

    Streamlit keeps one waiting request; asking for a rerun would overwrite the click with the present page. Writing
    anything is the moment at which Streamlit hands over to a waiting click.
    """
    st.empty()
    st.rerun()


def link(name: str, label: str, *, primary: bool = False) -> None:
    """A way to another room, drawn like a button; a real link, so that no click is lost while a page is drawn."""
    with st.container(key=f"{'primary' if primary else 'plain'}-way-{name}"):
        st.page_link(room(name), label=label, width="stretch")
