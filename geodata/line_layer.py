"""Lines and points that say something about borders: barriers, crossings, roads to cut along (Linienebenen)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import geopandas
import pyogrio
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.open_layer import open_layer
from spatial.errors import Finding, InputError

Kind = Literal["lines", "crossings", "areas"]
_LINES, _POINTS, _AREAS = {1, 2, 5}, {0, 4}, {3, 6}


def read_shapes(path: Path, *, layer: str | None, epsg: int, kind: Kind = "lines") -> NDArray[Any]:
    """The lines (or points, or areas) of a layer in the metric system of the blocks, empty ones left out.

    Parameters
    ----------
    path : any file with shapes; layer : None = the only one of the kind
    kind : ``"crossings"`` may be points or lines

    Errors
    ------
    InputError : no such file or layer, several layers to choose from, no coordinate system, other shapes than asked for
    """
    shapes: NDArray[Any] = read_helper_layer(path, layer=layer, epsg=epsg, kind=kind).geometry.to_numpy()
    return shapes


def read_helper_layer(path: Path, *, layer: str | None, epsg: int, kind: Kind) -> geopandas.GeoDataFrame:
    """The same with all columns of the layer."""
    frame = open_layer(path, layer=layer or _only_layer(path, kind)).frame
    name = f"{path.name}: {layer}" if layer else path.name
    if frame.crs is None:
        raise InputError(Finding("layer.crs", where=(name,)))
    frame = frame.to_crs(pyproj.CRS.from_epsg(epsg))
    frame = frame[~(frame.geometry.isna() | frame.geometry.is_empty)].reset_index(drop=True)
    wanted = {"lines": _LINES, "crossings": _LINES | _POINTS, "areas": _AREAS}[kind]
    if not len(frame) or not set(shapely.get_type_id(frame.geometry.to_numpy()).tolist()) <= wanted:
        raise InputError(Finding(f"layer.no_{kind}", where=(name,)))
    return frame


def _only_layer(path: Path, kind: str) -> str | None:
    """The one layer of the wanted kind where the file has several; a question where it has none or more."""
    if path.suffix.lower() != ".gpkg" or not path.is_file():
        return None
    mark = {"lines": "line", "crossings": "point", "areas": "polygon"}[kind]
    try:
        listed = [(str(name), str(shape)) for name, shape in pyogrio.list_layers(path)]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError):
        return None  # opening it says what is wrong with it
    fitting = [name for name, shape in listed if mark in shape.lower()]
    if len(fitting) == 1 or not fitting:
        return fitting[0] if fitting else None
    values = {"layers": ", ".join(fitting), "file": path.name}
    raise InputError(Finding("layer.ambiguous", "question", where=tuple(fitting), values=values))
