"""Section „Aus einem Dienst“: a layer of a WFS or OGC API, only where the operator allows its server."""

from __future__ import annotations

from typing import Any

import streamlit as st

from geodata.read_blocks import ColumnChoice
from reporting.text_de import data_rooms as words
from spatial.errors import InputError
from ui import session
from ui.data_views import block_file
from ui.data_views.county_card import show_county
from ui.data_views.findings_view import show_findings
from ui.operator_settings import operator_settings
from workspace.service_actions import ServiceLayer, fetch_service_layer

_FETCHED = "service_layer"


def draw() -> None:
    """Draw the section: the request on the left, what came on the right."""
    hosts = operator_settings().service_hosts
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        st.markdown(words.SERVICE_INTRO)
        if hosts:
            _form(hosts)
        else:
            st.info(words.SERVICE_OFF, icon=":material/cloud_off:")
    with right:
        _result()
        show_county(findings=False)


def _form(hosts: tuple[str, ...]) -> None:
    st.caption(words.SERVICE_HOSTS.format(hosts=", ".join(hosts)))
    url = st.text_input(words.SERVICE_URL, key="service_url").strip()
    first, second = st.columns(2)
    layer = first.text_input(words.SERVICE_LAYER, key="service_layer_name").strip()
    kind: Any = second.selectbox(
        words.SERVICE_KIND, list(words.SERVICE_KINDS), format_func=words.SERVICE_KINDS.__getitem__, key="service_kind"
    )
    licence = st.text_input(words.SERVICE_LICENCE, key="service_licence").strip()
    if not (url and layer and st.button(words.SERVICE_GO, type="primary", key="service_go")):
        return
    session.remember(_FETCHED, None)
    try:
        with st.spinner(words.WORKING):
            wanted = ServiceLayer(url, layer, kind, licence)
            path, count = fetch_service_layer(wanted, session.upload_folder(), allowed_hosts=hosts)
    except InputError as error:
        show_findings(error.findings)
        return
    session.remember(_FETCHED, (path, count, layer))
    st.rerun()


def _result() -> None:
    fetched = session.recall(_FETCHED)
    if fetched is None:
        return
    path, count, layer = fetched
    st.markdown(words.fetched(count, layer))
    use, download = st.columns(2)
    if use.button(words.MAKE_USE, type="primary", key="service_use", width="stretch"):
        block_file.look(path, ColumnChoice())
        intake = session.recall(block_file.INTAKE)
        if intake is not None and not intake.usable:
            show_findings(intake.findings)
    download.download_button(
        words.SERVICE_DOWNLOAD,
        data=path.read_bytes(),
        file_name=path.name,
        mime="application/geopackage+sqlite3",
        width="stretch",
        on_click="ignore",
    )
