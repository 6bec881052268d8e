"""Cells with residents from any file that has them: official CSV, layers of squares, tables with grid ids (Zellen)."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow
from pyarrow import parquet

from geodata.census_grid import GRID_EPSG, CensusCells, read_census
from geodata.column_choice import ColumnChoice, completed_choice
from geodata.open_layer import open_layer
from geodata.provenance import CENSUS_LICENCE, Provenance, guessed_licence, sha256_of
from geodata.table_shapes import grid_corners
from geodata.unpack import unpack_member
from spatial.arrays import IntArray
from spatial.errors import Finding, InputError

_SIZES_M = (100, 1_000, 10_000)
_GRID_ID = r"(?:CRS3035RES)?\d+k?mN\d+E\d+"


@dataclass(frozen=True, eq=False)
class CellFile:
    """Cells and the residents in them.

    Attributes
    ----------
    cells : corners and size
    residents : (n,) int64, nobody where the census says nothing or keeps it secret
    column : the column the residents were taken from
    provenance : where they come from
    """

    cells: CensusCells
    residents: IntArray
    column: str
    provenance: Provenance


def read_cell_file(path: Path, *, column: str | None = None, size: str = "100m") -> CellFile:
    """Cells of the census grid with their residents.

    Parameters
    ----------
    path : grid file of the census (CSV, or the zip it comes in), or GeoPackage, GeoParquet, Parquet, CSV, XLSX with
        squares, grid ids (``CRS3035RES100mN…E…``) or the middle of each cell (``x``, ``y`` in EPSG:3035)
    column : column with the residents; None = guess
    size : which table of a zip file with several sizes

    Errors
    ------
    InputError : no such file, no cells in it, cells of several sizes, or no column with residents
    """
    path = Path(path)
    if path.suffix.lower() in (".csv", ".zip"):
        official = _official(path, column, size)
        if official is not None:
            return official
    return _from_frame(_frame(path), path, column)


def _official(path: Path, column: str | None, size: str) -> CellFile | None:
    """A grid file in the official layout, None where it is something else."""
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    try:
        cells = _unzipped(path, size) if zipfile.is_zipfile(path) else read_census(path)
    except InputError as error:
        if {finding.code for finding in error.findings} <= {"census.layout", "read.zip.no_geodata"}:
            return None
        raise
    table = pd.DataFrame({name: values[:0] for name, values in cells.values.items()})
    used = column or _population(table)
    if used not in cells.values:
        raise InputError(Finding("census.column.missing", where=(used,), values={"columns": ", ".join(cells.values)}))
    origin = Provenance(path.name, "", sha256_of(path), CENSUS_LICENCE)
    return CellFile(cells, cells.counts(used), used, origin)


def _unzipped(path: Path, size: str) -> CensusCells:
    with tempfile.TemporaryDirectory() as scratch:
        return read_census(unpack_member(path, Path(scratch), wanted=size))


def _frame(path: Path) -> Any:
    """The rows of a file, with shapes where it has them."""
    if path.suffix.lower() not in (".parquet", ".geoparquet"):
        return open_layer(path).frame
    try:
        if b"geo" in (parquet.read_schema(path).metadata or {}):
            return open_layer(path).frame
        return parquet.read_table(path).to_pandas()
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        raise InputError(Finding("read.file.unreadable", where=(path.name,))) from error


def _from_frame(frame: Any, path: Path, column: str | None) -> CellFile:
    used = column or _population(frame)
    if used not in frame.columns:
        columns = ", ".join(map(str, frame.columns))
        raise InputError(Finding("census.column.missing", where=(used,), values={"columns": columns}))
    corner, size_m = _squares(frame, path)
    # −1 and −9 stand for „nobody“ and „secret“ in the files of 2011
    counts = pd.to_numeric(frame[used], errors="coerce").fillna(0).clip(lower=0).round().to_numpy(np.int64)
    cells = CensusCells(corner, size_m, {}, np.zeros(len(frame), dtype=bool))
    licence = guessed_licence(frame.columns)
    return CellFile(cells, counts, used, Provenance(path.name, "", sha256_of(path), licence))


def _population(frame: Any) -> str:
    """The column with the residents; a question where several or none could be it."""
    choice, _, findings = completed_choice(frame, ColumnChoice(id="", within="none", name="none", places="none"))
    said = [f for f in findings if f.severity in ("error", "question") and f.values.get("role") != "id"]
    if choice.population is None:
        raise InputError(*said)
    return choice.population


def _squares(frame: Any, path: Path) -> tuple[IntArray, int]:
    """South-west corner of every cell in EPSG:3035 and the one size of all."""
    if getattr(frame, "active_geometry_name", None) is not None and frame.crs is not None:
        corner, sizes = _from_shapes(frame)
    else:
        corner, sizes = _from_texts(frame, path)
    if len(np.unique(sizes)) != 1:
        different = tuple(str(size) for size in np.unique(sizes))
        raise InputError(Finding("census.size.mixed", where=different))
    if int(sizes[0]) not in _SIZES_M:
        raise InputError(Finding("census.layout", where=(path.name,), values=_columns(frame)))
    return corner, int(sizes[0])


def _from_shapes(frame: Any) -> tuple[IntArray, IntArray]:
    bounds = frame.to_crs(GRID_EPSG).geometry.bounds.to_numpy(np.float64)
    sizes = np.round(bounds[:, 2] - bounds[:, 0], -2).astype(np.int64)
    return np.round(bounds[:, :2], -2).astype(np.int64), sizes


def _from_texts(frame: Any, path: Path) -> tuple[IntArray, IntArray]:
    for name in frame.columns:
        texts = frame[name].astype("string")
        if texts.str.fullmatch(_GRID_ID).all():
            return grid_corners(texts.to_numpy())
    raise InputError(Finding("census.layout", where=(path.name,), values=_columns(frame)))


def _columns(frame: Any) -> dict[str, str]:
    return {"columns": ", ".join(str(name) for name in list(frame.columns)[:8])}
