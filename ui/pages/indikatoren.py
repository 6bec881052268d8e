"""Indikatoren: any indicator on any level as a map, ranking, table, over time, with hot spots and index."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting.choropleth import Classing, choropleth
from reporting.class_breaks import METHODS
from reporting.text_de import app as app_text
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicator_statements as say
from reporting.text_de import indicators as words
from ui import indicator_charts as charts
from ui import session
from ui.cache import blocks_of, fine_of
from ui.editor.map_view import show_map
from ui.indicator_choice import (
    FINE_LEVELS,
    Choice,
    choose,
    desk_or_reason,
    draw_link_notes,
    say_unknown,
    start_of,
    write_url,
)
from ui.indicator_maps import choropleth_content, hotspot_content, index_content, type_content
from ui.indicator_quartiere import draw_quartiere
from ui.indicator_release import draw_ledger
from ui.indicator_statement import draw_area, draw_statement
from ui.indicator_views import OVERLAYS, VIEWS
from workspace.fine_figures import BLOCK, QUARTIER
from workspace.indicator_desk import IndicatorDesk
from workspace.workspace import Workspace


def draw() -> None:
    """Draw the page."""
    workspace = session.current()
    flash = session.take_flash()
    if flash:
        st.info(flash)
    st.title(app_text.PAGES["indikatoren"])
    desk = desk_or_reason(workspace)
    if desk is None:
        return
    choice = choose(desk)
    desk, table = _on_level(workspace, desk, choice)
    with st.container(key="map-room"):
        left, right = st.columns([3, 2], gap="medium")
    with right:
        say_unknown("raum", text.AREA, ["", *table.ids])
        statement = st.container()
        view = _view_choice()
        draw_link_notes()
    if view not in ("index", "typen"):  # these are about several indicators and say their own sentence
        with statement:
            draw_statement(desk, table, choice)
    with left:
        place = st.container()
    if view not in OVERLAYS:
        with place:
            _draw_map(workspace, desk, (table, choice), (view, None))
    with right:
        overlay = VIEWS[view](workspace, desk, (table, choice))
        draw_link_notes()
        if view not in (*OVERLAYS, "alter"):  # the cases by age are somebody's own file
            st.caption(_figure_line(desk, choice, view))
        draw_ledger()
    if view in OVERLAYS:
        with place:
            _draw_map(workspace, desk, (table, choice), (view, overlay))


def _on_level(workspace: Workspace, desk: IndicatorDesk, choice: Choice) -> tuple[IndicatorDesk, ReleasedTable]:
    """The desk with the level somebody asked for, and its table; Quartiere and blocks are worked out only now."""
    if choice.level not in FINE_LEVELS:
        return desk, desk.shown[choice.level]
    with st.spinner(say.QUARTIERE_COMPUTING):
        fine = fine_of(workspace, desk)
        shown = {**desk.shown, QUARTIER: fine.shown}
        if choice.level == BLOCK:
            shown[BLOCK] = blocks_of(workspace, desk, choice.indicator)
    return replace(desk, shown=shown), shown[choice.level]


def _view_choice() -> str:
    names = list(text.SHOWS)
    first = names.index(start_of("darstellung", names, names[0]))
    chosen = st.radio(text.SHOW, names, first, text.SHOWS.__getitem__, horizontal=True, key="choice_darstellung")
    if chosen == names[first]:
        say_unknown("darstellung", text.SHOW, names, shown=text.SHOWS[chosen])
    write_url("darstellung", chosen)
    return str(chosen)


def _draw_map(
    workspace: Workspace, desk: IndicatorDesk, shown: tuple[ReleasedTable, Choice], extra: tuple[str, Any]
) -> None:
    table, choice = shown
    view, overlay = extra
    definition = desk.catalogue[choice.indicator]
    place, drawn = st.container(), None
    if view == "haeufungen" and overlay is not None:
        content, method = hotspot_content(workspace, overlay), text.HOTSPOT_NOTE
    elif view == "index" and overlay is not None:
        content, method = index_content(workspace, table, overlay), text.INDEX_NOTE
    elif view == "typen" and overlay is not None:
        content, method = type_content(workspace, table, overlay), text.TYPE_NOTE
    else:
        drawn = choropleth(table, choice.indicator, date=choice.date, classing=_classing())
        content, method = choropleth_content(workspace, table, drawn, choice), words.METHODS[definition.kind]
    level = overlay.level if view == "haeufungen" and overlay is not None else choice.level
    with place:
        st.markdown(_title(desk, choice, (view if drawn is None else "", level)))
        clicked = show_map(content, key=f"indikatoren_{workspace.county.fingerprint}_{level}", height=560)
        what = ("", "") if view in ("index", "typen") and drawn is None else (definition.id, definition.source.name)
        lines = say.MAP_LINES_TOWNS if level in ("gemeinde", "kreis") else say.MAP_LINES
        st.caption(f"{text.source_line(*what, date=choice.date, method=method)} {lines}")
        if desk.is_modelled(definition.id, choice.date):
            st.caption(words.MODELLED)
        if level == QUARTIER:
            draw_quartiere(workspace)
        if clicked and clicked in table.ids and level == choice.level and _newly(clicked):
            st.query_params["raum"] = clicked
        draw_area(desk, table, choice)
    if drawn is not None and len(drawn.breaks) > 1:
        d, k = table.dates.index(choice.date), table.indicators.index(choice.indicator)
        st.markdown(say.histogram_key(choice.level))
        st.altair_chart(charts.histogram(table.value[:, d, k], drawn.breaks.bounds, drawn.palette[: len(drawn.breaks)]))


def _figure_line(desk: IndicatorDesk, choice: Choice, view: str) -> str:
    """Date and source of what stands beside the map."""
    keys = [choice.indicator]
    if view == "streuung":
        keys.append(st.query_params.get("zweiter", choice.indicator))
    if view == "netz":
        keys = [key for key in text.RADAR_NAMES if key in desk.catalogue.ids]
    dates = desk.dates if view == "zeit" else (choice.date,)
    return say.figure_line(dates, [desk.catalogue[key].source.name for key in keys if key in desk.catalogue.ids])


def _newly(clicked: str) -> bool:
    """Whether this click on the map is a new one; an old one must not undo a later choice in the table."""
    before = session.recall("map_choice")
    session.remember("map_choice", clicked)
    return bool(before != clicked)


def _title(desk: IndicatorDesk, choice: Choice, what: tuple[str, str]) -> str:
    """What the map shows, above the map."""
    view, level = what
    definition = desk.catalogue[choice.indicator]
    if view in ("index", "typen"):
        return f"**{text.SHOWS[view]}** · {text.LEVELS[level]}"
    if view == "haeufungen":
        return f"**{text.SHOWS[view]}: {definition.name_de}** · {text.LEVELS[level]}"
    return f"**{definition.name_de}** ({definition.unit}) · {text.LEVELS[level]}"


def _classing() -> Classing:
    with st.expander(text.CLASSES):
        first, second, third = st.columns([2, 1, 2])
        method = first.selectbox(text.METHOD, METHODS, format_func=words.CLASS_METHODS.__getitem__)
        number = int(second.number_input(text.CLASS_COUNT, 2, 8, 5, disabled=method in ("deviation", "fixed")))
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
