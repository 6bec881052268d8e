"""Figures as a GeoPackage layer: one row per area and date, secret cells empty with their sign beside them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyogrio
from numpy.typing import NDArray

from indicators.disclosure import ReleasedTable
from spatial.errors import Finding, InputError

_FIXED_DATE = "2000-01-01T00:00:00Z"
_PARTS = (("", "value"), ("_u", "low"), ("_o", "high"), ("_num", "numerator"), ("_den", "denominator"))
_KNOWN = 1


def write_indicators_gpkg(
    path: Path,
    tables: Sequence[ReleasedTable],
    *,
    shapes: dict[str, NDArray[Any]],
    epsg: int | None,
    signs: dict[int, str],
) -> None:
    """Write one layer per level, named like the level (``sozialraum``, ``gemeinde``, ``kreis``).

    Parameters
    ----------
    tables : released tables; a cell that is not known is NULL in every number column, and the column ``<id>_z``
        holds the sign that says why (``.`` secret, ``...`` missing, ``x`` not applicable)
    shapes : per level the shape of each area in table order; a level without shapes becomes a plain table
    signs : sign per state

    Errors
    ------
    InputError : the file cannot be written
    """
    scratch = path.with_name(f".{path.stem}.{os.getpid()}.part.gpkg")
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        scratch.unlink(missing_ok=True)
        for table in reversed(tables):
            _write_level(scratch, table, shapes.get(table.level), (epsg, signs))
        scratch.replace(path)
    except (OSError, RuntimeError) as error:
        scratch.unlink(missing_ok=True)
        raise InputError(Finding("write.failed", where=(str(path),))) from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _write_level(
    path: Path, table: ReleasedTable, shapes: NDArray[Any] | None, options: tuple[int | None, dict[int, str]]
) -> None:
    epsg, signs = options
    frame = level_frame(table, signs)
    named = {"path": path, "layer": table.level, "driver": "GPKG", "append": path.exists()}
    if shapes is None:
        pyogrio.write_dataframe(frame, **named)
        return
    repeated = np.repeat(shapes, len(table.dates))
    placed = geopandas.GeoDataFrame(frame, geometry=repeated, crs=epsg)
    pyogrio.write_dataframe(placed, **named, promote_to_multi=True)


def level_frame(table: ReleasedTable, signs: dict[int, str]) -> pd.DataFrame:
    """The figures of one level, wide: area, name, date, audience, then five columns and a sign per indicator."""
    days, areas = len(table.dates), len(table.ids)
    columns: dict[str, Any] = {
        "area": np.repeat(np.array(table.ids, dtype=object), days),
        "name": np.repeat(np.array(table.names, dtype=object), days),
        "stichtag": np.tile(np.array(table.dates, dtype=object), areas),
        "freigabe": [table.audience] * (days * areas),
    }
    for k, indicator in enumerate(table.catalogue):
        state = table.state[:, :, k].ravel()
        for suffix, name in _PARTS:
            numbers = getattr(table, name)[:, :, k].ravel()
            columns[f"{indicator.id}{suffix}"] = np.where(state == _KNOWN, numbers, np.nan)
        columns[f"{indicator.id}_z"] = [signs.get(int(s), "") for s in state]
    return pd.DataFrame(columns)
