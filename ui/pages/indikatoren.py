"""Indikatoren: any indicator on any level as a map, ranking, table, over time, with hot spots and index."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting.choropleth import Classing, choropleth
from reporting.class_breaks import METHODS
from reporting.text_de import app as app_text
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from spatial.errors import InputError
from ui import indicator_charts as charts
from ui import session
from ui.cache import hotspots_of
from ui.editor.map_view import show_map
from ui.indicator_choice import Choice, choose, desk_or_reason, start_of, write_url
from ui.indicator_maps import choropleth_content, hotspot_content, index_content, type_content
from ui.indicator_release import draw_ledger
from ui.indicator_views import VIEWS, said
from workspace import indicator_desk as desks
from workspace.indicator_desk import IndicatorDesk
from workspace.workspace import Workspace

_OVERLAYS = ("haeufungen", "index", "typen")  # these views colour the map themselves
_STATISTICS = {"moran": text.MORAN, "getis": text.GETIS}


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    flash = session.take_flash()
    if flash:
        st.info(flash)
    left, right = st.columns([3, 2], gap="medium")
    with right:
        st.title(app_text.PAGES["indikatoren"])
        desk = desk_or_reason(workspace)
        if desk is None:
            return
        choice = choose(desk)
        table = desks.block_table(desk, choice.indicator) if choice.level == "block" else desk.shown[choice.level]
        view = _view_choice()
    with left:
        place = st.container()
    if view not in _OVERLAYS:
        with place:
            _draw_map(workspace, desk, (table, choice), (view, None))
    with right:
        overlay = _hotspots(desk, choice) if view == "haeufungen" else VIEWS[view](desk, table, choice)
        draw_ledger()
    if view in _OVERLAYS:
        with place:
            _draw_map(workspace, desk, (table, choice), (view, overlay))


def _view_choice() -> str:
    names = list(text.SHOWS)
    first = names.index(start_of("darstellung", names, names[0]))
    chosen = st.radio(text.SHOW, names, first, text.SHOWS.__getitem__, horizontal=True, key="choice_darstellung")
    write_url("darstellung", chosen)
    return str(chosen)


def _draw_map(
    workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice], extra: tuple[str, Any]
) -> None:
    table, choice = shown
    view, overlay = extra
    definition = desk.catalogue[choice.indicator]
    place = st.container()
    drawn = None
    if view == "haeufungen" and overlay is not None:
        content, method = hotspot_content(workspace, overlay), text.HOTSPOT_NOTE
    elif view == "index" and overlay is not None and choice.level != "block":
        content, method = index_content(workspace, table, overlay), text.INDEX_NOTE
    elif view == "typen" and overlay is not None and choice.level != "block":
        content, method = type_content(workspace, table, overlay), text.TYPE_NOTE
    else:
        drawn = choropleth(table, choice.indicator, date=choice.date, classing=_classing())
        content, method = choropleth_content(workspace, table, drawn, choice), words.METHODS[definition.kind]
    with place:
        st.markdown(_title(desk, choice, view if drawn is None else ""))
        clicked = show_map(content, key=f"indikatoren_{workspace.county.fingerprint}_{choice.level}", height=620)
        what = ("", "") if view in ("index", "typen") and drawn is None else (definition.id, definition.source.name)
        st.caption(text.source_line(*what, date=choice.date, method=method))
        if definition.modelled:
            st.caption(words.MODELLED)
    if clicked and choice.level == "sozialraum" and st.query_params.get("raum") != clicked:
        st.query_params["raum"] = clicked
    if drawn is not None and len(drawn.breaks) > 1:
        d, k = table.dates.index(choice.date), table.indicators.index(choice.indicator)
        st.altair_chart(charts.histogram(table.value[:, d, k], drawn.breaks.bounds, drawn.palette[: len(drawn.breaks)]))
        st.caption(text.HISTOGRAM)


def _title(desk: IndicatorDesk, choice: Choice, view: str) -> str:
    """What the map shows, above the map."""
    definition = desk.catalogue[choice.indicator]
    if view in ("index", "typen"):
        return f"**{text.SHOWS[view]}** · {text.LEVELS[choice.level]}"
    if view == "haeufungen":
        return f"**{text.SHOWS[view]}: {definition.name_de}** · {text.LEVELS['block']}"
    return f"**{definition.name_de}** ({definition.unit}) · {text.LEVELS[choice.level]}"


def _classing() -> Classing:
    with st.expander(text.CLASSES):
        first, second, third = st.columns([2, 1, 2])
        method = first.selectbox(text.METHOD, METHODS, format_func=words.CLASS_METHODS.__getitem__)
        number = int(second.number_input(text.CLASS_COUNT, 2, 8, 5))
        inner = third.text_input(text.FIXED, disabled=method != "fixed")
    return Classing(method, number, _bounds(inner))


def _bounds(typed: str) -> tuple[float, ...]:
    """Numbers typed with decimal commas and semicolons; what is no number is left out and said."""
    good, bad = [], []
    for part in filter(None, (p.strip() for p in typed.split(";"))):
        try:
            good.append(float(part.replace(".", "").replace(",", ".")))
        except ValueError:
            bad.append(part)
    if bad:
        st.info(text.not_a_number(bad))
    return tuple(sorted(good))


def _hotspots(desk: IndicatorDesk, choice: Choice) -> Any:
    statistic = st.segmented_control(
        text.STATISTIC, list(_STATISTICS), default="moran", format_func=_STATISTICS.__getitem__
    )
    try:
        with st.spinner(text.COMPUTING):
            result = hotspots_of(desk, choice.indicator, date=choice.date, statistic=statistic or "moran")
    except InputError as error:
        said(error.findings)
        return None
    counts = pd.Series(result.classes).value_counts()
    for key in text.HOTSPOT_CLASSES:
        if key in counts:
            st.markdown(f"- {text.HOTSPOT_CLASSES[key]}: {words.count_text(float(counts[key]), state=words.KNOWN)}")
    st.caption(text.HOTSPOT_NOTE)
    return result
