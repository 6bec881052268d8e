"""Counts of one geography as counts of another, with every sum kept (Gebietsstand umrechnen)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely

from geodata.area_codes import restored_keys
from geodata.block_contract import key_texts
from geodata.cell_files import read_cell_file
from geodata.census_grid import GRID_EPSG
from geodata.crosswalk import Crosswalk, crosswalk_from_shapes, crosswalk_from_table, moved_counts
from geodata.crs import metric_frame
from geodata.open_layer import open_layer
from geodata.resident_counts import whole_numbers
from geodata.table_file import Table, TableForm, read_table
from spatial.errors import Finding, InputError
from workspace.county import County


@dataclass(frozen=True)
class CountsFile:
    """Counts of old areas: a table with a key column and columns of whole counts."""

    path: Path
    key: str
    columns: tuple[str, ...]
    form: TableForm | None = None


@dataclass(frozen=True, eq=False)
class MovedCounts:
    """Counts in the new geography.

    Attributes
    ----------
    frame : key of the new area and one column of whole numbers per count
    sums : column → (sum before, sum after); equal by construction
    findings : old areas without counts, keys the crosswalk does not know
    """

    frame: pd.DataFrame
    sums: dict[str, tuple[int, int]]
    findings: tuple[Finding, ...]


def counts_by_table(counts: CountsFile, crosswalk: Path, *, columns: tuple[str, str, str | None]) -> MovedCounts:
    """Counts moved with a published table of old key, new key and share.

    Errors
    ------
    InputError : columns missing, shares that do not sum to 1, or counts for areas that the table does not know
    """
    return _moved(counts, crosswalk_from_table(crosswalk, columns=columns))


def counts_by_shapes(
    counts: CountsFile,
    old: tuple[Path, str],
    new: tuple[Path, str] | County,
    *,
    homes: Path | None = None,
) -> MovedCounts:
    """Counts moved by the borders of both geographies: by area, or by where people live.

    Parameters
    ----------
    old : file with the old areas, and its key column
    new : file with the new areas and its key column, or the county on the table (then its blocks)
    homes : census cells whose residents say where people live; None = by area

    Errors
    ------
    InputError : a file or column cannot be used, or an old area lies in no new one
    """
    before, after = _areas(*old), _county_frame(new) if isinstance(new, County) else _areas(*new)
    after_key = "block_id" if isinstance(new, County) else new[1]
    before = before.to_crs(after.crs)
    lived = None if homes is None else _homes(homes, after.crs)
    return _moved(counts, crosswalk_from_shapes(before, after, keys=(old[1], after_key), homes=lived))


def table_columns(path: Path, form: TableForm | None = None) -> tuple[str, ...]:
    """The columns of a table or layer for a choice; empty where it cannot be read."""
    try:
        if path.suffix.lower() in (".csv", ".txt", ".tsv", ".xlsx"):
            return tuple(map(str, read_table(path, form=form).frame.columns))
        frame = open_layer(path).frame
    except InputError:
        return ()
    return tuple(str(c) for c in frame.columns if c != frame.active_geometry_name)


def number_columns(path: Path, form: TableForm | None = None) -> tuple[str, ...]:
    """The columns of a table that hold numbers; empty where it cannot be read."""
    try:
        frame = read_table(path, form=form).frame
    except InputError:
        return ()
    return tuple(str(column) for column in frame.columns if pd.api.types.is_numeric_dtype(frame[column]))


def _moved(counts: CountsFile, crosswalk: Crosswalk) -> MovedCounts:
    table = read_table(counts.path, form=counts.form)
    absent = tuple(name for name in (counts.key, *counts.columns) if name not in table.frame.columns)
    if absent:
        values = {"columns": ", ".join(map(str, table.frame.columns)), "role": "id"}
        raise InputError(Finding("read.column.missing", where=absent, values=values))
    keys, said = _known_keys(table, counts, crosswalk)
    frame = pd.DataFrame({"gebiet": list(crosswalk.new_keys)})
    sums = {}
    for column in counts.columns:
        given = _whole(table.frame[column], keys, crosswalk)
        frame[column] = moved_counts(crosswalk, given)
        sums[column] = (int(given.sum()), int(frame[column].sum()))
    return MovedCounts(frame, sums, (*table.findings, *said))


def _known_keys(table: Table, counts: CountsFile, crosswalk: Crosswalk) -> tuple[Any, tuple[Finding, ...]]:
    """The keys of the rows as the crosswalk writes them; rows of unknown areas are refused, none is dropped."""
    written = list(key_texts(table.frame[counts.key]).str.strip())
    repair = restored_keys(written, known=crosswalk.old_keys)
    keys = repair.applied(written)
    unknown = tuple(dict.fromkeys(key for key in keys if key not in set(crosswalk.old_keys)))
    if unknown:
        raise InputError(Finding("crosswalk.area.unknown", where=unknown, values={"count": len(unknown)}))
    values = {"count": len(repair.new_keys), "file": counts.path.name}
    restored = Finding("join.key.restored", "warning", tuple(repair.new_keys.values()), values)
    without = tuple(key for key in crosswalk.old_keys if key not in set(keys))
    empty = Finding("crosswalk.area.empty", "warning", without, {"count": len(without)})
    return keys, (*((restored,) if repair.new_keys else ()), *((empty,) if without else ()))


def _whole(column: Any, keys: Sequence[str], crosswalk: Crosswalk) -> Any:
    numbers = pd.to_numeric(column, errors="coerce")
    if numbers.isna().any() or (numbers < 0).any():
        rows = tuple(str(row) for row in np.flatnonzero(numbers.isna() | (numbers < 0)) + 1)
        raise InputError(Finding("crosswalk.count.text", where=rows, values={"column": str(column.name)}))
    sums = pd.Series(whole_numbers(numbers.to_numpy(np.float64)), index=list(keys)).groupby(level=0).sum()
    return sums.reindex(list(crosswalk.old_keys)).fillna(0).to_numpy(np.int64)


def _areas(path: Path, key: str) -> geopandas.GeoDataFrame:
    frame, _, _ = metric_frame(open_layer(path).frame, crs=None)
    if key not in frame.columns:
        values = {"columns": ", ".join(map(str, frame.columns)), "role": "id"}
        raise InputError(Finding("read.column.missing", where=(key,), values=values))
    sound = frame.set_geometry(shapely.make_valid(frame.geometry.to_numpy()), crs=frame.crs)
    return sound.assign(**{key: key_texts(frame[key]).str.strip().to_numpy()})


def _county_frame(county: County) -> geopandas.GeoDataFrame:
    return geopandas.GeoDataFrame(
        {"block_id": list(county.blocks.ids)}, geometry=list(county.polygons), crs=county.epsg
    )


def _homes(path: Path, crs: Any) -> tuple[Any, Any]:
    found = read_cell_file(path)
    middle = found.cells.corner_m + found.cells.size_m / 2
    points = geopandas.GeoSeries(shapely.points(middle), crs=GRID_EPSG).to_crs(crs)
    return points.to_numpy(), found.residents
