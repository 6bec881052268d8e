"""Tables of counts and of values as they stand in the file, every cell as text or number (Tabellen lesen)."""

from __future__ import annotations

import csv
import io
import sqlite3
import warnings
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.german_numbers import Decimal, numbers_from_text
from geodata.table_text import table_text
from spatial.errors import Finding, InputError

COUNTS_LAYER = "counts"
_ID_NAMES = ("block_id", "id", "block", "gebiet", "area", "plr_id")
_DATE_NAMES = ("stichtag", "date", "datum", "zeit")


def read_frame(path: Path, *, layer: str = COUNTS_LAYER) -> pd.DataFrame:
    """A table from CSV, XLSX or a layer of a GeoPackage; texts stay texts, so that keys keep leading zeros.

    Errors
    ------
    InputError : no file, an empty or unreadable one, or no such layer
    """
    suffix = path.suffix.lower()
    if suffix == ".gpkg":
        return _layer_frame(path, layer)
    if suffix == ".xlsx":
        return _sheet_frame(path)
    table = table_text(path)
    try:
        longer = _longer_rows(table.text, table.separator)
    except csv.Error as error:
        raise InputError(Finding("table.broken", where=(path.name,), values={"reason": str(error)})) from error
    if longer:
        raise InputError(Finding("table.ragged", where=longer, values={"count": len(longer)}))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", pd.errors.ParserWarning)  # only empty cells stand beyond the header
            return pd.read_csv(
                io.StringIO(table.text), sep=table.separator, dtype=str, keep_default_na=False, index_col=False
            )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError) as error:
        raise InputError(Finding("table.broken", where=(path.name,), values={"reason": str(error)})) from error


def _longer_rows(text: str, separator: str) -> tuple[str, ...]:
    """Rows with more filled cells than the header were shifted: their numbers stand in wrong columns."""
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    width = len(next(rows, []))
    return tuple(str(number) for number, row in enumerate(rows, start=2) if any(row[width:]))


def decimal_sign(texts: Sequence[pd.Series[Any]], *, comma_separated: bool) -> tuple[Decimal, bool]:
    """The decimal sign of a file of shares and whether it was certain: 4.226 alone is never four thousand.

    >>> decimal_sign([pd.Series(["4,2", "3"])], comma_separated=False)
    (',', True)
    """
    if comma_separated:
        return ".", True
    cells = pd.concat([column.astype(str) for column in texts]) if texts else pd.Series([], dtype=str)
    if cells.str.contains(",", regex=False).any():
        return ",", True
    return ".", not cells.str.fullmatch(r"[-−]?\d{1,3}(\.\d{3})+").any()


def numeric_columns(
    frame: pd.DataFrame, columns: Sequence[str], *, decimal: Decimal
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """The columns as numbers, NaN where nothing stands; text that is no number is a finding."""
    found, numbers = [], {}
    for name in columns:
        read = numbers_from_text(frame[name], decimal=decimal)
        numbers[name] = read.values
        wrong = tuple(str(text) for text in frame[name][~read.readable])
        if wrong:
            found.append(Finding("index.number.unreadable", where=wrong, values={"column": name, "count": len(wrong)}))
    return pd.DataFrame(numbers, index=frame.index), tuple(found)


def key_columns(frame: pd.DataFrame) -> tuple[str, str]:
    """Names of the area and date columns by their usual names; the first usual name where none is there."""
    lower = {str(name).lower(): str(name) for name in frame.columns}
    area = next((lower[name] for name in _ID_NAMES if name in lower), _ID_NAMES[0])
    return area, next((lower[name] for name in _DATE_NAMES if name in lower), _DATE_NAMES[0])


def _layer_frame(path: Path, layer: str) -> pd.DataFrame:
    """A layer without its shapes; read with sqlite so that tables without geometry need no driver."""
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            names = [row[0] for row in connection.execute("SELECT table_name FROM gpkg_contents ORDER BY table_name")]
            if layer not in names:
                raise InputError(Finding("read.layer.unknown", where=(layer,), values={"layers": names}))
            quoted = layer.replace('"', '""')
            frame = pd.read_sql_query(f'SELECT * FROM "{quoted}"', connection)
    except (sqlite3.DatabaseError, pd.errors.DatabaseError) as error:
        raise InputError(Finding("table.broken", where=(path.name,), values={"reason": str(error)})) from error
    return frame.drop(columns=[name for name in ("fid", "ogc_fid", "geom") if name in frame.columns])


def _sheet_frame(path: Path) -> pd.DataFrame:
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    try:
        return pd.read_excel(path, engine="openpyxl", dtype=object, keep_default_na=False)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise InputError(Finding("table.broken", where=(path.name,), values={"reason": str(error)})) from error
