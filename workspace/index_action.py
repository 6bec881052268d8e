"""The composite index from a table of values (raumwerk index)."""

from __future__ import annotations

from collections.abc import Sequence
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
    valid : pairs of column and value that mark eligible areas; several columns must all hold, of several values of
        one column any; empty = all areas
    missing : number that stands for "no value"
    """

    id: str
    status: tuple[str, ...]
    dynamic: tuple[str, ...]
    valid: tuple[tuple[str, str], ...] = ()
    missing: float = -9999.0


def columns_from_options(
    *, id_column: str, status: str, dynamic: str, valid: Sequence[str] = (), missing: float = -9999.0
) -> IndexColumns:
    """Columns from the texts of the command line: ``S1,S3,S4`` and ``KOM=gültig``.

    >>> columns_from_options(id_column="PLR_ID", status="S1, S3", dynamic="D1", valid=["KOM=gültig"]).valid
    (('KOM', 'gültig'),)

    Errors
    ------
    InputError : a ``valid`` without an equals sign
    """
    pairs = [tuple(part.strip() for part in text.partition("=")) for text in valid]
    wrong = [text for text, (name, sign, _) in zip(valid, pairs, strict=True) if not (name and sign)]
    if wrong:
        raise InputError(*(Finding("index.valid.form", where=(text,)) for text in wrong))
    wanted = tuple((name, value) for name, _, value in pairs)
    return IndexColumns(id_column, _listed(status), _listed(dynamic), wanted, missing)


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
    wanted = (columns.id, *columns.status, *columns.dynamic, *(name for name, _ in columns.valid))
    unknown = tuple(name for name in dict.fromkeys(wanted) if name not in frame.columns)
    if unknown:
        known = ", ".join(str(name) for name in frame.columns)
        raise InputError(Finding("index.column.unknown", where=unknown, values={"columns": known}))


def _eligible(frame: pd.DataFrame, columns: IndexColumns) -> pd.Series[Any]:
    eligible = pd.Series(True, index=frame.index)
    for name in dict.fromkeys(name for name, _ in columns.valid):
        wanted = [value for other, value in columns.valid if other == name]
        eligible &= frame[name].astype(str).str.strip().isin(wanted)
    if not eligible.any() and columns.valid:
        where = tuple(f"{name}={value}" for name, value in columns.valid)
        seen = dict.fromkeys(text for name, _ in columns.valid for text in sorted(set(frame[name].astype(str)))[:5])
        raise InputError(Finding("index.valid.none", where=where, values={"seen": ", ".join(seen)}))
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
