"""A field that follows the settings: a value from outside replaces what it shows only when that value changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ui import session


def held(key: str, value: Any, draw: Callable[[], Any]) -> Any:
    """Draw a widget and return what was chosen.

    A widget that is given its value anew on every run is another widget for Streamlit as soon as that value changes:
    the second of two changes would be lost.

    Parameters
    ----------
    key : of the widget, the same as long as it is the same field
    value : what holds now, as the widget shows it
    draw : draws the widget with this key and without a value of its own
    """
    if not session.knows(key) or value not in session.recall(f"held_{key}", ()):
        session.preset(key, value)
    chosen = draw()
    session.remember(f"held_{key}", (value, chosen))
    return chosen
