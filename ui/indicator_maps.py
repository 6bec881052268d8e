"""What the map shows on the page Indikatoren: an indicator, hot spots, the index, or types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from indicators.disclosure import ReleasedTable
from reporting import palettes
from reporting.choropleth import Choropleth
from reporting.text_de import indicator_rooms as text
from reporting.text_de import indicators as words
from spatial.outlines import Outlines
from ui.cache import map_shapes, regions_of
from ui.editor.map_view import MapContent, MapLabel
from ui.indicator_choice import Choice
from workspace.workspace import Workspace


@dataclass(frozen=True, eq=False)
class Painting:
    """Colours, legend and texts of a map, one entry per shape."""

    fill: Any
    palette: tuple[str, ...]
    legend: Sequence[tuple[int, str]]
    tooltips: Sequence[str]
    title: str
    labels: Sequence[MapLabel] = ()
    selected: str = ""


def _outlines(workspace: Workspace, level: str) -> Outlines:
    drawn = map_shapes(workspace.county)
    return {"block": drawn.blocks, "gemeinde": drawn.municipalities}.get(level) or regions_of(workspace)


def choropleth_content(workspace: Workspace, table: ReleasedTable, drawn: Choropleth, choice: Choice) -> MapContent:
    outlines = _outlines(workspace, table.level)
    position = {key: i for i, key in enumerate(table.ids)}
    rows = [position[key] for key in outlines.ids]
    d, k = table.dates.index(choice.date), table.indicators.index(choice.indicator)
    printed = [words.value_text(float(table.value[i, d, k]), state=int(table.state[i, d, k])) for i in rows]
    titles = [_short(table, i) for i in rows]
    labels = [] if table.level == "block" else [MapLabel(t, p) for t, p in zip(titles, printed, strict=True)]
    painting = Painting(
        fill=drawn.fill[rows],
        palette=drawn.palette,
        legend=drawn.legend,
        tooltips=[drawn.tooltips[i] for i in rows],
        labels=labels,
        selected=st.query_params.get("raum", "") if table.level == "sozialraum" else "",
        title=table.catalogue[choice.indicator].name_de,
    )
    return _content(workspace, outlines, painting)


def _short(table: ReleasedTable, row: int) -> str:
    return table.ids[row] if table.level == "sozialraum" else table.names[row]


def hotspot_content(workspace: Workspace, result: Any) -> MapContent:
    present = [key for key in text.HOTSPOT_CLASSES if (result.classes == key).any()]
    painting = Painting(
        fill=np.array([present.index(str(c)) for c in result.classes]),
        palette=tuple(palettes.HOTSPOTS[key] for key in present),
        legend=[(i, f"{text.HOTSPOT_CLASSES[k]} · {int((result.classes == k).sum())}") for i, k in enumerate(present)],
        tooltips=[text.HOTSPOT_CLASSES[str(c)] for c in result.classes],
        title=text.SHOWS["haeufungen"],
    )
    return _content(workspace, map_shapes(workspace.county).blocks, painting)


def index_content(workspace: Workspace, table: ReleasedTable, index: pd.DataFrame) -> MapContent:
    outlines = _outlines(workspace, table.level)
    status = {str(key): int(value) for key, value in index["status_class"].items()}
    groups = {str(key): str(value) for key, value in index.get("group", index["status_class"].astype(str)).items()}
    codes = [status.get(key, 0) for key in outlines.ids]
    counted = {c: codes.count(c) for c in (1, 2, 3, 4, 0)}
    legend = [(c - 1, f"{text.STATUS_CLASSES[c]} · {counted[c]}") for c in (1, 2, 3, 4) if counted[c]]
    legend += [(4, f"{words.MAP_SECRET} · {counted[0]}")] if counted[0] else []
    painting = Painting(
        fill=np.array([c - 1 if c else 4 for c in codes]),
        palette=(*palettes.STATUS.values(), palettes.SECRET),
        legend=legend,
        tooltips=[f"{_name(table, k)}\n{text.STATUS_CLASSES.get(c, '')} {groups.get(k, '')}" for k, c in
                  zip(outlines.ids, codes, strict=True)],
        labels=[MapLabel(_short(table, table.ids.index(k)), groups.get(k, ".")) for k in outlines.ids],
        title=text.SHOWS["index"],
    )  # fmt: skip
    return _content(workspace, outlines, painting)


def type_content(workspace: Workspace, table: ReleasedTable, types: dict[str, int]) -> MapContent:
    outlines = _outlines(workspace, table.level)
    codes = [types[key] for key in outlines.ids]
    painting = Painting(
        fill=np.array(codes) - 1,
        palette=palettes.TYPES[: max(codes)],
        legend=[(t - 1, f"Typ {t} · {codes.count(t)}") for t in sorted(set(codes))],
        tooltips=[f"{_name(table, k)}\nTyp {c}" for k, c in zip(outlines.ids, codes, strict=True)],
        labels=[MapLabel(_short(table, table.ids.index(k)), f"Typ {types[k]}") for k in outlines.ids],
        title=text.SHOWS["typen"],
    )
    return _content(workspace, outlines, painting)


def _name(table: ReleasedTable, key: str) -> str:
    return words.level_name(table.level, key, name=table.names[table.ids.index(key)])


def _content(workspace: Workspace, outlines: Outlines, painting: Painting) -> MapContent:
    return MapContent(
        outlines=outlines,
        fill=np.asarray(painting.fill, dtype=np.uint8),
        palette=painting.palette,
        description=f"{painting.title}: {', '.join(line for _, line in painting.legend)}",
        borders=[regions_of(workspace), map_shapes(workspace.county).municipalities],
        labels=painting.labels,
        tooltips=painting.tooltips,
        legend=list(painting.legend),
        legend_title=painting.title,
        selected=painting.selected,
        opaque=bool(painting.palette) and painting.palette[0] not in palettes.TYPES,
    )
