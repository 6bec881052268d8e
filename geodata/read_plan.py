"""Plans that come back from other offices: CSV, GeoPackage, GeoJSON or Shapefile with block id and region."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from geodata.unpack import unpack
from geodata.write_plan import HEADER, read_plan_csv
from spatial.blocks import BlockSet
from spatial.errors import Finding, InputError
from spatial.plan import Plan

_TABLES = (".csv", ".txt")


def read_plan(path: Path, blocks: BlockSet) -> tuple[Plan, tuple[Finding, ...]]:
    """A plan from a table or from a layer with the columns ``block_id`` and ``region``.

    Parameters
    ----------
    path : CSV, any file GDAL reads, or one of them in a ZIP; of several layers the one called ``blocks`` counts,
        otherwise the first

    Returns
    -------
    plan, findings : unknown, missing and doubled blocks as errors, as for a CSV

    Errors
    ------
    InputError : no file of ours, or one of the columns is missing
    """
    with tempfile.TemporaryDirectory() as scratch:
        return _read(_unpacked(path, Path(scratch)) if path.suffix.lower() == ".zip" else path, blocks)


def _unpacked(archive: Path, folder: Path) -> Path:
    """The one file in a ZIP that holds a plan; of several layers the one called ``blocks``."""
    return unpack(archive, folder, wanted="blocks")


def _read(path: Path, blocks: BlockSet) -> tuple[Plan, tuple[Finding, ...]]:
    if path.suffix.lower() in _TABLES:
        return read_plan_csv(path, blocks)
    frame = _layer(path)
    columns = {str(name).lower(): name for name in frame.columns}
    missing = tuple(name for name in HEADER if name not in columns)
    if missing:
        raise InputError(Finding("plan.column.missing", where=missing, values={"columns": ", ".join(columns)}))
    table = frame[[columns[name] for name in HEADER]].set_axis(list(HEADER), axis=1)
    table["region"] = [_number(value) for value in table["region"]]
    with tempfile.TemporaryDirectory() as scratch:
        written = Path(scratch) / "plan.csv"
        table.to_csv(written, index=False)
        return read_plan_csv(written, blocks)


def _layer(path: Path) -> Any:
    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        return pyogrio.read_dataframe(path, layer="blocks" if "blocks" in names else names[0], read_geometry=False)
    except (DataSourceError, DataLayerError, IndexError) as error:
        raise InputError(Finding("plan.file.unreadable", where=(path.name,))) from error


def _number(value: Any) -> str:
    """A region as text without a decimal point; empty and −1 mean that the block belongs to none."""
    text = "" if value is None or value != value else str(value)
    whole = text.removesuffix(".0")
    return "" if whole == "-1" else whole
