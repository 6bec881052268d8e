"""One map for all pages: coloured shapes, labels, borders and a legend; a click returns an id."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from reporting.text_de import editor as text
from spatial.outlines import Outlines
from ui.editor.shape_shelf import shape_key
from ui.operator_settings import operator_settings

_view = st.components.v2.component("raumwerk.map", js="view.js", isolate_styles=False)
NO_FILL = 255


@dataclass(frozen=True)
class MapLabel:
    """Text on the map: a bold first line and a smaller second one, at the middle of a shape."""

    title: str
    subtitle: str = ""


@dataclass(frozen=True, eq=False)
class MapContent:
    """What a map shows.

    Attributes
    ----------
    outlines : n shapes in longitude and latitude; blocks or regions
    fill : (n,) index into ``palette`` for each shape, 255 for no fill
    palette : CSS colours; an entry may be ``"hatched"`` for „nicht ausgewiesen“
    description : what the map shows, read out by screen readers; ends up in the map's accessible name
    borders : further outlines drawn as lines above the fill; the last (municipalities) is strong and dashed
    labels : one label per shape of ``label_outlines`` (default: of ``outlines``)
    group_labels : group number → label, drawn in the middle of the group
    tooltips : n texts, several lines separated by a line break; none where empty
    group_tooltips : group number → text for all shapes of a group
    legend : (palette index, text) in reading order, with an optional title
    selected : id of the shape that is framed
    groups : (n,) numbers; borders between different groups are drawn strongly (region borders over blocks)
    opaque : colours exactly as in the palette, where they are read from a legend; otherwise softened by the background
    """

    outlines: Outlines
    fill: Any
    palette: Sequence[str]
    description: str
    borders: Sequence[Outlines] = ()
    labels: Sequence[MapLabel] = ()
    label_outlines: Outlines | None = None
    group_labels: Mapping[int, MapLabel] = field(default_factory=dict)
    tooltips: Sequence[str] = ()
    group_tooltips: Mapping[int, str] = field(default_factory=dict)
    legend: Sequence[tuple[int, str]] = ()
    legend_title: str = ""
    selected: str = ""
    groups: Any = None
    opaque: bool = False


def show_map(content: MapContent, *, key: str, height: int = 0) -> str:
    """Draw a map that keeps its view on reruns, and return the id of the shape that was clicked last (or ``""``).

    Parameters
    ----------
    key : unique on the page; the same key keeps the same map with its view
    height : pixels; 0 fills what the screen leaves below the navigation

    Example: ``clicked = show_map(MapContent(outlines, fill, palette, "Sozialräume"), key="start")``
    """
    data = {
        "key": key,
        "height": height,
        "shapes": shape_key(content.outlines),
        "fill": _text(np.asarray(content.fill, dtype=np.uint8)),
        "palette": list(content.palette),
        "groups": "" if content.groups is None else _text(np.asarray(content.groups, dtype="<i4")),
        "borders": [shape_key(outlines) for outlines in content.borders],
        "labels": [[label.title, label.subtitle] for label in content.labels],
        "labelShapes": "" if content.label_outlines is None else shape_key(content.label_outlines),
        "groupLabels": {str(g): [label.title, label.subtitle] for g, label in content.group_labels.items()},
        "tooltips": list(content.tooltips),
        "groupTooltips": {str(g): words for g, words in content.group_tooltips.items()},
        "legend": [list(row) for row in content.legend],
        "legendTitle": content.legend_title,
        "ids": list(content.outlines.ids),
        "selected": content.selected,
        "description": content.description,
        "opaque": content.opaque,
        "text": dict(text.MAP),
        "basemap": basemap(),
    }
    result = _view(key=key, data=data, on_clicked_change=_nothing, default={"clicked": ""})
    return str(result.clicked or "")


def basemap() -> dict[str, str]:
    """The operator's basemap, empty where there is none."""
    settings = operator_settings()
    return {"tiles": settings.tiles, "attribution": settings.attribution}


def _nothing() -> None:
    """Streamlit asks for a callback per state; the value is read from the result instead."""


def _text(values: Any) -> str:
    return base64.b64encode(values.tobytes()).decode()
