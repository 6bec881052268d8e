"""The editor on a page: hands the browser what it needs once, and learns when the plan has moved on."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import streamlit as st

from regionalization.population_target import PopulationTarget
from reporting.class_breaks import class_breaks
from reporting.numbers_de import decimal
from reporting.palettes import ramp
from reporting.region_palette import REGION_COLOURS
from reporting.text_de import editor as text
from reporting.text_de.address import VIEW_ONLY as LOOKING_ONLY
from spatial.arrays import FloatArray
from ui.cache import map_shapes
from ui.editor.map_view import basemap
from ui.editor.open_projects import OpenProject
from ui.editor.shape_shelf import shape_key
from workspace.store import PlanRecord

_editor = st.components.v2.component("raumwerk.editor", js="editor.js", isolate_styles=False)
_MOST_INDICATORS = 12
_CLASSES = 5


def show_editor(
    project: OpenProject, record: PlanRecord, target: PopulationTarget, *, author: str = "", read_only: bool = False
) -> str:
    """Draw the editor of a plan and return the name of the person before it (empty until one is given).

    The browser runs the page again when the plan has moved on and the hands rest.

    Parameters
    ----------
    target : band and ideal line of the live bars
    author : the name given before, empty for a new visitor
    read_only : a link for looking only
    """
    county = project.project.county
    data = {
        "project": project.project.id,
        "plan": record.id,
        "state": record.state,
        "shapes": shape_key(map_shapes(county).blocks),
        "palette": list(REGION_COLOURS),
        "minimum": target.minimum,
        "target": target.target,
        "maximum": target.maximum,
        "author": author,
        "readOnly": read_only,
        "indicators": [] if read_only else indicator_layers(county.features),  # figures of blocks stay in the house
        "basemap": basemap(),
        "description": text.editor_description(record.name),
        "text": {**text.EDITOR, **({"problem_state": LOOKING_ONLY} if read_only else {})},
    }
    result = _editor(
        key=f"editor_{record.id}",
        data=data,
        on_revision_change=_nothing,
        on_author_change=_nothing,
        default={"revision": 0, "author": author},
    )
    return str(result.author or author)


def indicator_layers(features: Any) -> list[dict[str, Any]]:
    """The county's columns as choropleth layers: classes per block, ramp and legend."""
    layers = (_layer(name, np.asarray(features[name], dtype=np.float64)) for name in features)
    return [layer for layer in layers if layer][:_MOST_INDICATORS]


def _layer(name: str, values: FloatArray) -> dict[str, Any]:
    breaks = class_breaks(values, classes=_CLASSES)
    if not len(breaks):
        return {}
    bounds = [decimal(bound) for bound in breaks.bounds]
    return {
        "id": name,
        "name": name,
        "classes": base64.b64encode(breaks.classes.astype(np.uint8).tobytes()).decode(),
        "palette": list(ramp("context", len(breaks))),
        "legend": [[i, text.from_to(bounds[i], bounds[i + 1])] for i in range(len(breaks))],
    }


def _nothing() -> None:
    """Streamlit asks for a callback per state; the value is read from the result instead."""
