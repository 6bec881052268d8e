"""Indikatoren: any indicator on any level as a map, ranking, table, over time, with hot spots and index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting import palettes
from reporting.choropleth import Choropleth, Classing, choropleth
from reporting.class_breaks import METHODS
from reporting.text_de import app as app_text
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from spatial.errors import InputError
from spatial.outlines import Outlines
from ui import indicator_charts as charts
from ui import session
from ui.cache import hotspots_of, map_shapes, regions_of
from ui.editor.map_view import MapContent, MapLabel, show_map
from ui.indicator_choice import Choice, choose, desk_or_reason
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
    asked = st.query_params.get("darstellung", "rang")
    first = asked if asked in text.SHOWS else "rang"
    names = list(text.SHOWS)
    chosen = st.radio(text.SHOW, names, names.index(first), text.SHOWS.__getitem__, horizontal=True)
    if st.query_params.get("darstellung") != chosen:
        st.query_params["darstellung"] = chosen
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
        content, method = _hotspot_content(workspace, overlay), text.HOTSPOT_NOTE
    elif view == "index" and overlay is not None and choice.level != "block":
        content, method = _index_content(workspace, table, overlay), text.INDEX_NOTE
    elif view == "typen" and overlay is not None and choice.level != "block":
        content, method = _type_content(workspace, table, overlay), text.TYPE_NOTE
    else:
        drawn = choropleth(table, choice.indicator, date=choice.date, classing=_classing())
        content, method = _choropleth_content(workspace, table, drawn, choice), words.METHODS[definition.kind]
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


def _outlines(workspace: Workspace, level: str) -> Outlines:
    drawn = map_shapes(workspace.county)
    return {"block": drawn.blocks, "gemeinde": drawn.municipalities}.get(level) or regions_of(workspace)


def _choropleth_content(workspace: Workspace, table: ReleasedTable, drawn: Choropleth, choice: Choice) -> MapContent:
    outlines = _outlines(workspace, table.level)
    position = {key: i for i, key in enumerate(table.ids)}
    rows = [position[key] for key in outlines.ids]
    d, k = table.dates.index(choice.date), table.indicators.index(choice.indicator)
    printed = [words.value_text(float(table.value[i, d, k]), state=int(table.state[i, d, k])) for i in rows]
    titles = [_short(table, i) for i in rows]
    labels = [] if table.level == "block" else [MapLabel(t, p) for t, p in zip(titles, printed, strict=True)]
    return _content(
        workspace,
        outlines,
        fill=drawn.fill[rows],
        palette=drawn.palette,
        legend=drawn.legend,
        tooltips=[drawn.tooltips[i] for i in rows],
        labels=labels,
        selected=st.query_params.get("raum", "") if table.level == "sozialraum" else "",
        title=table.catalogue[choice.indicator].name_de,
    )


def _short(table: ReleasedTable, row: int) -> str:
    return table.ids[row] if table.level == "sozialraum" else table.names[row]


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


def _hotspot_content(workspace: Workspace, result: Any) -> MapContent:
    present = [key for key in text.HOTSPOT_CLASSES if (result.classes == key).any()]
    return _content(
        workspace,
        map_shapes(workspace.county).blocks,
        fill=np.array([present.index(str(c)) for c in result.classes]),
        palette=tuple(palettes.HOTSPOTS[key] for key in present),
        legend=[(i, f"{text.HOTSPOT_CLASSES[k]} · {int((result.classes == k).sum())}") for i, k in enumerate(present)],
        tooltips=[text.HOTSPOT_CLASSES[str(c)] for c in result.classes],
        title=text.SHOWS["haeufungen"],
    )


def _index_content(workspace: Workspace, table: ReleasedTable, index: pd.DataFrame) -> MapContent:
    outlines = _outlines(workspace, table.level)
    status = {str(key): int(value) for key, value in index["status_class"].items()}
    groups = {str(key): str(value) for key, value in index.get("group", index["status_class"].astype(str)).items()}
    codes = [status.get(key, 0) for key in outlines.ids]
    counted = {c: codes.count(c) for c in (1, 2, 3, 4, 0)}
    legend = [(c - 1, f"{text.STATUS_CLASSES[c]} · {counted[c]}") for c in (1, 2, 3, 4) if counted[c]]
    legend += [(4, f"{words.MAP_SECRET} · {counted[0]}")] if counted[0] else []
    return _content(
        workspace,
        outlines,
        fill=np.array([c - 1 if c else 4 for c in codes]),
        palette=(*palettes.STATUS.values(), palettes.SECRET),
        legend=legend,
        tooltips=[f"{_name(table, k)}\n{text.STATUS_CLASSES.get(c, '')} {groups.get(k, '')}" for k, c in
                  zip(outlines.ids, codes, strict=True)],
        labels=[MapLabel(_short(table, table.ids.index(k)), groups.get(k, ".")) for k in outlines.ids],
        title=text.SHOWS["index"],
    )  # fmt: skip


def _type_content(workspace: Workspace, table: ReleasedTable, types: dict[str, int]) -> MapContent:
    outlines = _outlines(workspace, table.level)
    codes = [types[key] for key in outlines.ids]
    return _content(
        workspace,
        outlines,
        fill=np.array(codes) - 1,
        palette=palettes.TYPES[: max(codes)],
        legend=[(t - 1, f"Typ {t} · {codes.count(t)}") for t in sorted(set(codes))],
        tooltips=[f"{_name(table, k)}\nTyp {c}" for k, c in zip(outlines.ids, codes, strict=True)],
        labels=[MapLabel(_short(table, table.ids.index(k)), f"Typ {types[k]}") for k in outlines.ids],
        title=text.SHOWS["typen"],
    )


def _name(table: ReleasedTable, key: str) -> str:
    return words.level_name(table.level, key, name=table.names[table.ids.index(key)])


def _content(
    workspace: Workspace,
    outlines: Outlines,
    *,
    fill: Any,
    palette: tuple[str, ...],
    legend: Any,
    tooltips: list[str],
    title: str,
    labels: Any = (),
    selected: str = "",
) -> MapContent:
    drawn = map_shapes(workspace.county)
    regions = regions_of(workspace)
    return MapContent(
        outlines=outlines,
        fill=np.asarray(fill, dtype=np.uint8),
        palette=palette,
        description=f"{title}: {', '.join(words for _, words in legend)}",
        borders=[regions, drawn.municipalities],
        labels=labels,
        tooltips=tooltips,
        legend=list(legend),
        legend_title=title,
        selected=selected,
        opaque=len(palette) > 0 and palette[0] not in palettes.TYPES,
    )
