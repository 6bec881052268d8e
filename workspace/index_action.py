"""The composite index from a table of values (raumwerk index)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geodata.read_counts import decimal_sign, numeric_columns, read_frame
from geodata.table_text import table_text
from indicators.composite import mss_index
from spatial.errors import Finding, InputError, blocking


@dataclass(frozen=True)
class IndexColumns:
    """Which columns make the index (Spalten des Index).

    Attributes
    ----------
    id : area key
    status, dynamic : columns of the two parts; higher = worse
    valid : column and value that mark eligible areas, or None for all
    missing : number that stands for "no value"
    """

    id: str
    status: tuple[str, ...]
    dynamic: tuple[str, ...]
    valid: tuple[str, str] | None = None
    missing: float = -9999.0


def columns_from_options(
    *, id_column: str, status: str, dynamic: str, valid: str | None = None, missing: float = -9999.0
) -> IndexColumns:
    """Columns from the texts of the command line: ``S1,S3,S4`` and ``KOM=gültig``.

    >>> columns_from_options(id_column="PLR_ID", status="S1, S3", dynamic="D1", valid="KOM=gültig").valid
    ('KOM', 'gültig')

    Errors
    ------
    InputError : ``valid`` without an equals sign
    """
    pair = None
    if valid is not None:
        name, sign, value = valid.partition("=")
        if not sign or not name.strip():
            raise InputError(Finding("index.valid.form", where=(valid,)))
        pair = (name.strip(), value.strip())
    return IndexColumns(id_column, _listed(status), _listed(dynamic), pair, missing)


def compute_index(
    path: Path, columns: IndexColumns, *, out: Path | None = None
) -> tuple[pd.DataFrame, tuple[Finding, ...]]:
    """Status, dynamic and group of every valid area of a table; written to ``out`` when given.

    Returns
    -------
    A frame with the columns ``id``, ``z_<column>``, ``status_sum``, ``status_index``, ``status_class``,
    ``dynamic_sum``, ``dynamic_index``, ``dynamic_class`` and ``group``, in the order of the file, and the findings

    Errors
    ------
    InputError : the table or its columns cannot be used; carries every finding
    """
    frame = read_frame(path)
    _refuse_missing_columns(frame, columns)
    names = list(dict.fromkeys((*columns.status, *columns.dynamic)))
    decimal, certain = decimal_sign([frame[n] for n in names], comma_separated=_comma_separated(path))
    found = [] if certain else [Finding("index.decimal.guessed", "warning", where=tuple(names))]
    eligible = _eligible(frame, columns)
    values, unreadable = numeric_columns(frame[eligible], names, decimal=decimal)
    values.index = pd.Index(frame.loc[eligible, columns.id].astype(str).str.strip(), name="id")
    kept, dropped = _without_gaps(values, columns)
    if blocking(unreadable):
        raise InputError(*unreadable)
    result, notes = mss_index(kept, status=columns.status, dynamic=columns.dynamic)
    table = result.reset_index()
    if out is not None:
        _write(table, out)
    excluded = Finding("index.areas.excluded", "note", values={"count": int((~eligible).sum()), "areas": len(table)})
    return table, (*found, excluded, *dropped, *notes)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _comma_separated(path: Path) -> bool:
    return path.suffix.lower() not in (".xlsx", ".gpkg") and table_text(path).separator == ","


def _refuse_missing_columns(frame: pd.DataFrame, columns: IndexColumns) -> None:
    wanted = (columns.id, *columns.status, *columns.dynamic, *((columns.valid[0],) if columns.valid else ()))
    unknown = tuple(name for name in dict.fromkeys(wanted) if name not in frame.columns)
    if unknown:
        known = ", ".join(str(name) for name in frame.columns)
        raise InputError(Finding("index.column.unknown", where=unknown, values={"columns": known}))


def _eligible(frame: pd.DataFrame, columns: IndexColumns) -> pd.Series[Any]:
    if columns.valid is None:
        return pd.Series(True, index=frame.index)
    name, value = columns.valid
    eligible: pd.Series[Any] = frame[name].astype(str).str.strip() == value
    if not eligible.any():
        seen = ", ".join(sorted(set(frame[name].astype(str)))[:5])
        raise InputError(Finding("index.valid.none", where=(f"{name}={value}",), values={"seen": seen}))
    return eligible


def _without_gaps(values: pd.DataFrame, columns: IndexColumns) -> tuple[pd.DataFrame, list[Finding]]:
    """Areas with a missing value in any column have no index; they are named, never filled."""
    gaps = (values.isna() | (values == columns.missing)).any(axis=1)
    if not gaps.any():
        return values, []
    where = tuple(values.index[gaps])
    return values[~gaps], [Finding("index.area.dropped", "warning", where=where, values={"count": len(where)})]


def _write(table: pd.DataFrame, out: Path) -> None:
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        table.to_csv(out, index=False, encoding="utf-8", lineterminator="\n")
    except OSError as error:
        raise InputError(Finding("output.unwritable", where=(str(out),))) from error
