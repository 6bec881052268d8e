"""Which named place each block belongs to, from a layer with the areas of the places (Ortsteile, Pfarreien)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.block_contract import key_texts
from geodata.line_layer import read_helper_layer
from spatial.errors import Finding, InputError

_USUAL = r"name|ort|ortsteil|ortschaft|stadtteil|bezeichnung|gen|bezirk|pfarrei|gemarkung|titel|schulbezirk"
_LEAST_OF_BLOCK = 0.01  # a place that covers less of a block is a drawing inaccuracy,
_LEAST_OF_PLACE = 0.5  # unless half of the place lies in that block


def read_place_areas(
    path: Path, *, layer: str | None, column: str | None, epsg: int
) -> tuple[NDArray[Any], list[str], tuple[Finding, ...]]:
    """Areas and names of places in the metric system of the blocks; invalid areas are made valid, and that is said.

    Errors
    ------
    InputError : the layer cannot be used, has no areas, or no column with names (its columns are listed)
    """
    frame = read_helper_layer(path, layer=layer, epsg=epsg, kind="areas")
    names = [str(name).strip() for name in key_texts(frame[_name_column(frame, column)])]
    shapes: NDArray[Any] = np.array(frame.geometry.to_numpy(), dtype=object)
    invalid = ~shapely.is_valid(shapes)
    said = (Finding("places.made_valid", "warning", values={"count": int(invalid.sum())}),) if invalid.any() else ()
    shapes[invalid] = shapely.make_valid(shapes[invalid])
    return shapes, names, said


def places_of_blocks(polygons: NDArray[Any], areas: NDArray[Any], names: list[str]) -> list[str]:
    """The place that covers most of each block; empty where none does.

    Residents are taken to live evenly over a block, so the place with most area is the one with most residents.

    >>> blocks = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)])
    >>> places_of_blocks(blocks, np.array([shapely.box(0, 0, 11, 10)]), ["Rath"])
    ['Rath', 'Rath']
    >>> places_of_blocks(blocks, np.array([shapely.box(0, 0, 10.05, 10)]), ["Rath"])
    ['Rath', '']
    """
    block, area = shapely.STRtree(areas).query(polygons, predicate="intersects")
    shared = shapely.area(shapely.intersection(polygons[block], areas[area]))
    enough = shared >= _LEAST_OF_BLOCK * shapely.area(polygons[block])
    enough |= (shared > 0) & (shared >= _LEAST_OF_PLACE * shapely.area(areas[area]))
    table = pd.DataFrame({"block": block, "name": np.array(names, dtype=object)[area], "shared": shared})
    table = table[enough & (table["name"] != "")].groupby(["block", "name"], sort=True)["shared"].sum().reset_index()
    best = table.sort_values(["shared", "name"], ascending=[False, True], kind="stable").drop_duplicates("block")
    found = dict(zip(best["block"], best["name"], strict=True))
    return [str(found.get(i, "")) for i in range(len(polygons))]


def _name_column(frame: geopandas.GeoDataFrame, wanted: str | None) -> str:
    columns = [str(c) for c in frame.columns if c != frame.active_geometry_name]
    listed = ", ".join(columns) or "–"
    if wanted:
        if wanted in columns:
            return wanted
        raise InputError(Finding("places.column.unknown", where=(wanted,), values={"columns": listed}))
    texts = [c for c in columns if not pd.api.types.is_numeric_dtype(frame[c])]
    usual = [c for c in texts if re.fullmatch(_USUAL, c, re.IGNORECASE)] or (texts if len(texts) == 1 else [])
    if not usual:
        raise InputError(Finding("places.column.which", "question", values={"columns": listed}))
    return usual[0]
