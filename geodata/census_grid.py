"""The grid files of the German census: Zensus 2022 and 2011 (Zensus-Gitterzellen)."""

from __future__ import annotations

import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from spatial.arrays import BoolArray, FloatArray, IntArray, frozen
from spatial.errors import Finding, InputError

GRID_EPSG = 3035
_MISSING = ["", "–", "-", "—", ".", "/", "x"]
_OLD_CODES = (-1.0, -9.0)  # 2011: −1 uninhabited or no value, −9 secret
_UNCERTAIN = "KLAMMERN"
_MIDDLE = re.compile(r"([xy])_mp_(\d+)(k?m)", re.IGNORECASE)
_ID = re.compile(r"gitter_id_\d+k?m(_neu)?|id", re.IGNORECASE)
_REMARKS = re.compile(r"werterl\w*_zeichen", re.IGNORECASE)
_SOUGHT = 1 << 16
_FARTHEST_M = 10_000_000  # coordinates of the grid stay below
_LARGEST = 1e9  # no value of a cell is larger


@dataclass(frozen=True, eq=False)
class CensusCells:
    """Cells of the census grid with their counts.

    Attributes
    ----------
    corner_m : (n, 2) int64, south-west corner in EPSG:3035
    size_m : side length in metres
    values : column name → (n,) float64, NaN where the census says nothing or keeps it secret
    uncertain : (n,) bool, True where the census puts the value in brackets (KLAMMERN)
    """

    corner_m: IntArray
    size_m: int
    values: dict[str, FloatArray]
    uncertain: BoolArray

    def __post_init__(self) -> None:
        object.__setattr__(self, "corner_m", frozen(self.corner_m, np.int64))
        object.__setattr__(self, "uncertain", frozen(self.uncertain, np.bool_))

    def __len__(self) -> int:
        return len(self.corner_m)

    def counts(self, column: str) -> IntArray:
        """(n,) int64: a column of counts; nothing and secret count as 0, as in the sums of the census."""
        values = np.nan_to_num(self.values[column], nan=0.0)
        return np.round(values).astype(np.int64)


def read_census(path: Path, *, columns: Sequence[str] | None = None) -> CensusCells:
    """Cells from an official grid file: ``;`` between columns, decimal comma, ``–`` for nothing.

    Parameters
    ----------
    path : CSV of Zensus 2022 (``GITTER_ID_100m;x_mp_100m;y_mp_100m;…``) or of Zensus 2011 (values −1 and −9)
    columns : value columns to read; None = all

    Errors
    ------
    InputError : no file, no grid file (what is missing is named), or values that are no numbers

    Source
    ------
    Statistische Ämter des Bundes und der Länder, Zensus 2022, Gitterzellen; Stichtag 15.05.2022
    """
    names, separator = _header(Path(path))
    x, y, size_m = _middles(names, Path(path))
    remarks = [name for name in names if _REMARKS.fullmatch(name)]
    wanted = [n for n in names if n not in (x, y, *remarks) and not _ID.fullmatch(n)]
    wanted = [name for name in wanted if columns is None or name in columns]
    absent = tuple(name for name in columns or () if name not in names)
    if absent:
        raise InputError(Finding("census.column.missing", where=absent, values={"columns": ", ".join(names)}))
    types = {x: pyarrow.int64(), y: pyarrow.int64(), **dict.fromkeys(remarks, pyarrow.string())}
    table = _table(Path(path), separator, {name: types.get(name, pyarrow.float64()) for name in (*types, *wanted)})
    middle = _middle_points(table, x, y, name=Path(path).name)
    values = {name: _without_codes(_numbers(table[name])) for name in wanted}
    wild = tuple(name for name, column in values.items() if (np.abs(column) > _LARGEST).any())
    if wild:
        raise InputError(Finding("census.unreadable", where=(Path(path).name, *wild)))
    return CensusCells(middle - size_m // 2, size_m, values, _uncertain(table, remarks))


def joined_census(parts: Sequence[CensusCells]) -> CensusCells:
    """Several files over the same grid as one: cells of all, NaN where a file does not know a cell.

    Errors
    ------
    InputError : cells of different size
    """
    if len({part.size_m for part in parts}) != 1:
        raise InputError(Finding("census.size.mixed", where=tuple(str(part.size_m) for part in parts)))
    everything = np.concatenate([part.corner_m for part in parts])
    corners, where = np.unique(everything, axis=0, return_inverse=True)
    values: dict[str, FloatArray] = {}
    uncertain = np.zeros(len(corners), dtype=bool)
    start = 0
    for part in parts:
        rows = where.ravel()[start : start + len(part)]
        start += len(part)
        uncertain[rows] |= part.uncertain
        for name, column in part.values.items():
            filled = values.setdefault(name, np.full(len(corners), np.nan))
            filled[rows] = column
    return CensusCells(corners, parts[0].size_m, values, uncertain)


def _header(path: Path) -> tuple[list[str], str]:
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    with path.open("rb") as stream:
        raw = stream.read(_SOUGHT).split(b"\n", 1)[0]
    if not raw.strip():
        raise InputError(Finding("read.file.empty", where=(path.name,)))
    line = raw.decode("utf-8-sig", errors="replace").strip()
    separator = max(";,\t", key=line.count)
    return [name.strip().strip('"') for name in line.split(separator)], separator


def _middles(names: list[str], path: Path) -> tuple[str, str, int]:
    found = {m.group(1).lower(): (name, m) for name in names if (m := _MIDDLE.fullmatch(name))}
    if set(found) != {"x", "y"}:
        raise InputError(Finding("census.layout", where=(path.name,), values={"columns": ", ".join(names[:8])}))
    match = found["x"][1]
    return found["x"][0], found["y"][0], int(match.group(2)) * (1000 if match.group(3).lower() == "km" else 1)


def _table(path: Path, separator: str, types: dict[str, pyarrow.DataType]) -> pyarrow.Table:
    """The wanted columns; files in Windows-1252 are read as such."""
    convert = arrow_csv.ConvertOptions(
        include_columns=list(types),
        column_types=types,
        null_values=_MISSING,
        strings_can_be_null=True,
        decimal_point="," if separator == ";" else ".",
    )
    parse = arrow_csv.ParseOptions(delimiter=separator)
    for encoding in ("utf8", "cp1252"):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                read = arrow_csv.ReadOptions(encoding=encoding)
                return arrow_csv.read_csv(path, read_options=read, parse_options=parse, convert_options=convert)
        except UnicodeDecodeError:
            continue
        except (pyarrow.ArrowException, ValueError, OSError) as error:
            last = error
    raise InputError(Finding("census.unreadable", where=(path.name,))) from last


def _middle_points(table: pyarrow.Table, x: str, y: str, *, name: str) -> IntArray:
    middle = np.empty((table.num_rows, 2), dtype=np.int64)
    for axis, column in enumerate((x, y)):
        middle[:, axis] = pc.fill_null(table[column], -_FARTHEST_M).to_numpy()
    if len(middle) and (middle.min() <= 0 or middle.max() >= _FARTHEST_M):
        raise InputError(Finding("census.middle.missing", where=(name,)))
    return middle


def _numbers(column: pyarrow.ChunkedArray) -> FloatArray:
    numbers: FloatArray = pc.fill_null(column, float("nan")).to_numpy()
    return numbers


def _without_codes(values: FloatArray) -> FloatArray:
    coded = (values == _OLD_CODES[0]) | (values == _OLD_CODES[1])
    return np.where(coded, np.nan, values) if coded.any() else values


def _uncertain(table: pyarrow.Table, remarks: Sequence[str]) -> BoolArray:
    flags = np.zeros(table.num_rows, dtype=bool)
    for name in remarks:
        flags |= pc.fill_null(pc.equal(table[name], _UNCERTAIN), False).to_numpy(zero_copy_only=False)
    return flags
