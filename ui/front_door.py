"""Every page is entered here: with the county its address names, and with German words for what fails."""

from __future__ import annotations

import logging
import traceback
from datetime import datetime
from typing import Any

import streamlit as st

from reporting.text_de import address as text
from reporting.text_de.findings import screen_sentence
from spatial.errors import InputError
from ui.address import follow_address, view_only
from ui.store_problems import show_store_problem
from workspace.store import StoreError

_log = logging.getLogger("raumwerk")


def enter(page: Any) -> None:
    """Draw a page of the navigation; nothing that goes wrong in it is shown in English or with a traceback."""
    try:
        if follow_address():
            if view_only():
                st.caption(f":material/visibility: {text.VIEW_ONLY}")
            page.run()
    except InputError as error:
        for finding in error.findings:
            st.error(screen_sentence(finding))
    except StoreError as error:
        show_store_problem(error)
    except Exception as error:  # noqa: BLE001 the last door before the screen
        # Type and place only: an error's own words may hold names and figures.
        place = "".join(traceback.format_tb(error.__traceback__))
        _log.error("page %s failed: %s\n%s", page.url_path or "start", type(error).__name__, place, exc_info=False)
        st.error(text.PAGE_FAILED.format(page=page.title, time=datetime.now().strftime("%d.%m.%Y %H:%M")))
