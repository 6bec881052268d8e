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
from ui.cache import county_shape, map_shapes, quartier_shapes, regions_of
from ui.editor.map_view import MapContent, MapLabel
from ui.indicator_choice import Choice
from ui.indicator_patterns import HotspotMap
from workspace.workspace import Workspace

UNLABELLED = ("block", "quartier")  # too many for labels; their tooltips say it


@dataclass(frozen=True, eq=False)
class Painting:
    """Colours, legend and texts of a map, one entry per shape."""

    fill: Any
    palette: tuple[str, ...]
    legend: Sequence[tuple[int, str]]
    tooltips: Sequence[str]
    title: str
    level: str
    labels: Sequence[MapLabel] = ()
    selected: str = ""


def _outlines(workspace: Workspace, level: str) -> Outlines:
    if level == "quartier":
        return quartier_shapes(workspace)
    if level == "kreis":
        return county_shape(workspace.county)
    drawn = map_shapes(workspace.county)
    return {"block": drawn.blocks, "gemeinde": drawn.municipalities}.get(level) or regions_of(workspace)


def _shown(outlines: Outlines, table: ReleasedTable) -> Outlines:
    """The shapes of the areas a table has; a rest without region is not printed."""
    printed = set(table.ids)
    kept = [i for i, key in enumerate(outlines.ids) if key in printed]
    return Outlines(tuple(outlines.ids[i] for i in kept), outlines.shapes[kept], outlines.epsg)


def choropleth_content(workspace: Workspace, table: ReleasedTable, drawn: Choropleth, choice: Choice) -> MapContent:
    outlines = _shown(_outlines(workspace, table.level), table)
    position = {key: i for i, key in enumerate(table.ids)}
    rows = [position[key] for key in outlines.ids]
    d, k = table.dates.index(choice.date), table.indicators.index(choice.indicator)
    kind, per = table.catalogue[choice.indicator].kind, table.catalogue[choice.indicator].per
    printed = [words.figure_text(kind, per, float(table.value[i, d, k]), state=int(table.state[i, d, k])) for i in rows]
    titles = [_short(table, i) for i in rows]
    labels = [] if table.level in UNLABELLED else [MapLabel(t, p) for t, p in zip(titles, printed, strict=True)]
    painting = Painting(
        fill=drawn.fill[rows],
        palette=drawn.palette,
        legend=drawn.legend,
        tooltips=[drawn.tooltips[i] for i in rows],
        labels=labels,
        selected=st.query_params.get("raum", ""),
        title=table.catalogue[choice.indicator].name_de,
        level=table.level,
    )
    return _content(workspace, outlines, painting)


def _short(table: ReleasedTable, row: int) -> str:
    return table.ids[row] if table.level in ("sozialraum", "quartier") else _name(table, row)


def hotspot_content(workspace: Workspace, spots: HotspotMap) -> MapContent:
    """Classes of hot spots; the tooltip tells the class and no figure."""
    outlines = _shown(_outlines(workspace, spots.level), spots.table)
    position = {key: i for i, key in enumerate(spots.table.ids)}
    classes = [str(spots.classes[position[key]]) for key in outlines.ids]
    present = [key for key in text.HOTSPOT_CLASSES if key in classes]
    names = [_name(spots.table, position[key]) for key in outlines.ids]
    painting = Painting(
        fill=np.array([present.index(c) for c in classes]),
        palette=tuple(palettes.HOTSPOTS[key] for key in present),
        legend=[
            (i, f"{text.HOTSPOT_CLASSES[k]} · {words.area_count(spots.level, classes.count(k))}")
            for i, k in enumerate(present)
        ],
        tooltips=[f"{name}\n{text.HOTSPOT_CLASSES[c]}" for name, c in zip(names, classes, strict=True)],
        title=text.SHOWS["haeufungen"],
        level=spots.level,
    )
    return _content(workspace, outlines, painting)


def index_content(workspace: Workspace, table: ReleasedTable, index: pd.DataFrame) -> MapContent:
    outlines = _shown(_outlines(workspace, table.level), table)
    row = {key: i for i, key in enumerate(table.ids)}
    status = {str(key): int(value) for key, value in index["status_class"].items()}
    groups = {str(key): str(value) for key, value in index.get("group", index["status_class"].astype(str)).items()}
    codes = [status.get(key, 0) for key in outlines.ids]
    counted = {c: codes.count(c) for c in (1, 2, 3, 4, 0)}
    legend = [
        (c - 1, f"{text.STATUS_CLASSES[c]} · {words.area_count(table.level, counted[c])}")
        for c in (1, 2, 3, 4)
        if counted[c]
    ]
    legend += [(4, f"{words.MAP_SECRET} · {words.area_count(table.level, counted[0])}")] if counted[0] else []
    painting = Painting(
        fill=np.array([c - 1 if c else 4 for c in codes]),
        palette=(*palettes.STATUS.values(), palettes.SECRET),
        legend=legend,
        tooltips=[f"{_name(table, row[k])}\n{text.STATUS_CLASSES.get(c, '')} {groups.get(k, '')}" for k, c in
                  zip(outlines.ids, codes, strict=True)],
        labels=_labels(table, outlines, [groups.get(k, ".") for k in outlines.ids]),
        title=text.SHOWS["index"],
        level=table.level,
    )  # fmt: skip
    return _content(workspace, outlines, painting)


def type_content(workspace: Workspace, table: ReleasedTable, types: dict[str, int]) -> MapContent:
    outlines = _shown(_outlines(workspace, table.level), table)
    row = {key: i for i, key in enumerate(table.ids)}
    codes = [types.get(key, 0) for key in outlines.ids]
    most = max(types.values())
    legend = [
        (t - 1, f"Typ {t} · {words.area_count(table.level, codes.count(t))}") for t in sorted(set(types.values()))
    ]
    legend += [(most, f"{text.NO_TYPE} · {words.area_count(table.level, codes.count(0))}")] if 0 in codes else []
    printed = [f"Typ {c}" if c else text.NO_TYPE for c in codes]
    painting = Painting(
        fill=np.array([c - 1 if c else most for c in codes]),
        palette=(*palettes.TYPES[:most], palettes.SECRET),
        legend=legend,
        tooltips=[f"{_name(table, row[k])}\n{p}" for k, p in zip(outlines.ids, printed, strict=True)],
        labels=_labels(table, outlines, [f"Typ {c}" if c else "." for c in codes]),
        title=text.SHOWS["typen"],
        level=table.level,
    )
    return _content(workspace, outlines, painting)


def _labels(table: ReleasedTable, outlines: Outlines, printed: Sequence[str]) -> list[MapLabel]:
    if table.level in UNLABELLED:
        return []
    rows = {key: i for i, key in enumerate(table.ids)}
    return [MapLabel(_short(table, rows[key]), below) for key, below in zip(outlines.ids, printed, strict=True)]


def _name(table: ReleasedTable, row: int) -> str:
    return words.level_name(table.level, table.ids[row], name=table.names[row])


def _content(workspace: Workspace, outlines: Outlines, painting: Painting) -> MapContent:
    return MapContent(
        outlines=outlines,
        fill=np.asarray(painting.fill, dtype=np.uint8),
        palette=painting.palette,
        description=f"{painting.title}: {', '.join(line for _, line in painting.legend)}",
        borders=_borders(workspace, painting.level),
        labels=painting.labels,
        tooltips=painting.tooltips,
        legend=list(painting.legend),
        legend_title=painting.title,
        selected=painting.selected,
        opaque=True,
    )


def _borders(workspace: Workspace, level: str) -> list[Outlines]:
    """Lines above the colours: municipalities dashed; the regions too where the areas are not larger than they."""
    towns = map_shapes(workspace.county).municipalities
    return [towns] if level in ("gemeinde", "kreis") else [regions_of(workspace), towns]
