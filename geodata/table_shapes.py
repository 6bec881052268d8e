"""Tables that carry their shapes as text: WKT, or ids of the European grid (Flächen aus Tabellen)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.block_contract import key_texts
from spatial.arrays import BoolArray, IntArray
from spatial.errors import Finding, InputError

GRID_EPSG = 3035  # ETRS89-LAEA, the grid of the European and the German census
_UNITS = {"m": 1, "km": 1000}
_GRID_ID = re.compile(r"(?:CRS3035RES)?(\d+)(k?m)N(\d+)E(\d+)")
_WKT = re.compile(r"(?:SRID=(\d+);)?\s*(?:MULTI)?POLYGON", re.IGNORECASE)


def shaped_table(table: pd.DataFrame, *, name: str) -> tuple[geopandas.GeoDataFrame, tuple[Finding, ...]]:
    """The layer of a table that has a WKT column or a column of grid ids.

    Parameters
    ----------
    table : texts and numbers as read
    name : file name, for findings

    Returns
    -------
    layer (without coordinate system where plain WKT names none), note which column gave the shapes

    Errors
    ------
    InputError : no such column (what else there is is named), or values in it that are no shapes
    """
    for column in table.columns:
        texts = key_texts(table[column]).str.strip()
        filled = texts[texts != ""]
        if not len(filled):
            continue
        if bool(filled.str.match(_WKT).mean() > 0.5):
            return _layer(table, str(column), shapes=_from_wkt(texts), epsg=_srid(filled))
        if bool(filled.str.fullmatch(_GRID_ID).all()):
            corner, size = grid_corners(filled.to_numpy())
            squares = np.full(len(texts), None, dtype=object)
            squares[(texts != "").to_numpy(bool)] = shapely.box(*corner.T, *(corner + size[:, None]).T)
            return _layer(table, str(column), shapes=squares, epsg=GRID_EPSG)
    columns = ", ".join(map(str, table.columns))
    raise InputError(Finding("table.shapes.none", where=(name,), values={"columns": columns}))


def grid_corners(ids: NDArray[Any]) -> tuple[IntArray, IntArray]:
    """South-west corners and sizes of grid cells from their ids.

    Parameters
    ----------
    ids : (n,) texts such as ``CRS3035RES100mN3111500E4031700`` or, shortened, ``100mN31115E40317``

    Returns
    -------
    (n, 2) int64 east and north in metres of EPSG:3035, (n,) int64 side length in metres

    >>> [part.tolist() for part in grid_corners(np.array(["CRS3035RES1000mN3096000E4049000", "1kmN3096E4049"]))]
    [[[4049000, 3096000], [4049000, 3096000]], [1000, 1000]]
    """
    parts = [match.groups() for text in ids if (match := _GRID_ID.fullmatch(str(text)))]
    size = np.array([int(number) * _UNITS[unit] for number, unit, _, _ in parts], dtype=np.int64)
    north = np.array([int(n) for _, _, n, _ in parts], dtype=np.int64)
    east = np.array([int(e) for _, _, _, e in parts], dtype=np.int64)
    short: BoolArray = np.array([not str(text).startswith("CRS") for text in ids], dtype=bool)
    scale = np.where(short, size, 1)
    return np.c_[east * scale, north * scale].reshape(-1, 2), size


def _layer(
    table: pd.DataFrame, column: str, *, shapes: NDArray[Any], epsg: int | None
) -> tuple[geopandas.GeoDataFrame, tuple[Finding, ...]]:
    kept = table if epsg == GRID_EPSG else table.drop(columns=column)
    frame = geopandas.GeoDataFrame(kept, geometry=shapes, crs=epsg)
    return frame, (Finding("table.shapes.from", "note", where=(column,)),)


def _srid(texts: Any) -> int | None:
    found = {match.group(1) for text in texts if (match := _WKT.match(text))}
    return int(next(iter(found))) if len(found) == 1 and None not in found else None


def _from_wkt(texts: Any) -> NDArray[Any]:
    plain = texts.str.replace(r"^SRID=\d+;", "", regex=True)
    read: Callable[[Any], NDArray[Any]] = np.vectorize(_one, otypes=[object])
    with np.errstate(all="ignore"):  # numbers beyond all bounds become infinite and are refused as shapes
        shapes = read(plain.to_numpy(dtype=object))
    wrong = tuple(str(row) for row in np.flatnonzero([shape is False for shape in shapes]) + 1)
    if wrong:
        raise InputError(Finding("table.shapes.wkt", where=wrong, values={"count": len(wrong)}))
    return shapes


def _one(text: str) -> Any:
    """A shape, None for nothing, False for what is no WKT."""
    if not text:
        return None
    try:
        return shapely.from_wkt(text)
    except shapely.errors.ShapelyError:
        return False
