"""The same county drawn by st_folium, recoloured with every click: what the editor is compared with."""

import os

import folium
import numpy as np
import streamlit as st
from shapely.geometry import mapping
from streamlit_folium import st_folium

from tests.e2e.grid_county import grid_workspace
from workspace.drawing import shapes_of

COLOURS = ("#4477aa", "#ccbb44", "#228833", "#ee6677", "#66ccee", "#aa3377", "#ee7733", "#bbbbbb")


@st.cache_resource
def county() -> tuple[list[dict], np.ndarray, list[float]]:
    columns, rows, vertices = (int(n) for n in os.environ["RAUMWERK_GRID"].split(","))
    workspace = grid_workspace(columns, rows, vertices=vertices)
    outlines = shapes_of(workspace.county).blocks
    shapes = [mapping(shape) for shape in outlines.shapes]
    middle = outlines.shapes[len(shapes) // 2].centroid
    return shapes, np.array(workspace.plan.labels), [middle.y, middle.x]


shapes, labels, middle = county()
state = st.session_state
state.setdefault("labels", labels.copy())
state.setdefault("clicks", 0)
state.setdefault("last", None)
features = [
    {"type": "Feature", "properties": {"i": i, "r": int(r)}, "geometry": shape}
    for i, (shape, r) in enumerate(zip(shapes, state.labels, strict=True))
]
drawn = folium.Map(location=middle, zoom_start=11, tiles=None)
folium.GeoJson(
    {"type": "FeatureCollection", "features": features},
    style_function=lambda f: {"fillColor": COLOURS[f["properties"]["r"] % 8], "weight": 0.5, "fillOpacity": 0.7},
).add_to(drawn)
result = st_folium(drawn, height=640, width=1000, returned_objects=["last_active_drawing", "last_object_clicked"])
clicked = result.get("last_object_clicked")
if clicked and clicked != state.last:
    state.last = clicked
    state.clicks += 1
    state.labels[result["last_active_drawing"]["properties"]["i"]] = state.clicks
    st.rerun()
st.write(f"Klick {state.clicks} fertig" if state.clicks else "bereit")
