"""Tables without shapes, joined to the blocks by key (Tabelle verknüpfen)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from geodata.area_codes import restored_keys
from geodata.block_contract import key_texts
from geodata.repairs import RESTORE_ZEROS
from geodata.table_file import TableForm, is_key_name, read_table
from spatial.errors import Finding, InputError, blocking

_GOOD_MATCH = 0.5  # share of the blocks a key column has to find before it is guessed
_MOSTLY, _HALF = 0.9, 0.5  # share of different values from which a column may be a key
_SAME_SUM = 1e-6


@dataclass(frozen=True)
class JoinedTable:
    """A table to be joined to the blocks.

    Attributes
    ----------
    path : CSV or XLSX
    key : key column of the table, None = guess
    block_key : column of the blocks it fits to, None = guess
    form : how the table is written
    restore_zeros : accept the offered fix for keys that lost their leading zeros
    licence, reference_date : source note and Stichtag, where the planner knows them
    """

    path: Path
    key: str | None = None
    block_key: str | None = None
    form: TableForm | None = None
    restore_zeros: bool = False
    licence: str = ""
    reference_date: str = ""


@dataclass(frozen=True, eq=False)
class Join:
    """A table laid against the blocks, as far as that goes (Abgleich); also where it cannot be used yet.

    Attributes
    ----------
    frame : the layer with the columns of the table; None where a finding forbids it
    key, block_key : the columns that were compared, ``""`` where none fits
    form : how the table was read
    rows : rows of the table
    matched : blocks that found their row
    sums : column of numbers → (sum over the rows of the table, sum over the blocks)
    findings : everything that was noticed, errors and questions among them
    """

    frame: geopandas.GeoDataFrame | None
    key: str
    block_key: str
    form: TableForm
    rows: int
    matched: int = 0
    sums: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def join_table(frame: geopandas.GeoDataFrame, table: JoinedTable) -> tuple[geopandas.GeoDataFrame, tuple[Finding, ...]]:
    """The layer with the columns of the table; blocks without a row get nothing, never 0.

    Parameters
    ----------
    frame : layer, rows stay in their order
    table : what to join and by which key

    Returns
    -------
    layer, findings: rows that fit no block and blocks without a row (warnings, with a count), a guessed key (note)

    Errors
    ------
    InputError : no key fits, keys stand twice in the table, or keys lost their leading zeros (a question: the fix is
        offered, ``restore_zeros`` accepts it)
    """
    found = examine_join(frame, table)
    if found.frame is None:
        raise InputError(*blocking(found.findings))
    return found.frame, found.findings


def examine_join(frame: geopandas.GeoDataFrame, table: JoinedTable) -> Join:
    """Lay a table against the blocks and say everything about it, for a look before it is used.

    Parameters
    ----------
    frame, table : as for ``join_table``

    Errors
    ------
    InputError : the table cannot be read at all
    """
    read = read_table(table.path, form=table.form)
    looked = Join(None, table.key or "", table.block_key or "", read.form, len(read.frame))
    try:
        block_key, key, said = _keys(frame, read.frame, table)
    except InputError as error:
        return _with(looked, findings=(*read.findings, *error.findings))
    blocks, written = key_texts(frame[block_key]).str.strip(), key_texts(read.frame[key]).str.strip()
    rows, repaired = _restored(written, set(blocks), table)
    findings = (*read.findings, *said, *repaired, *_doubled(rows, key, table), *_unmatched(blocks, rows, table))
    looked = _with(looked, key=key, block_key=block_key, matched=int(blocks.isin(set(rows)).sum()), findings=findings)
    if blocking(findings):
        return looked
    joined, names = _joined(frame, read.frame.drop(columns=key), rows=rows, blocks=blocks, stem=table.path.stem)
    sums = _sums(read.frame, joined, names)
    return _with(looked, frame=joined, sums=sums, findings=(*findings, *_differing(sums, table)))


def _with(join: Join, **changes: Any) -> Join:
    return Join(**{**vars(join), **changes})


def _keys(frame: Any, rows: Any, table: JoinedTable) -> tuple[str, str, tuple[Finding, ...]]:
    """The pair of columns that fits: as named, or the one with the most matching keys."""
    block_keys = [table.block_key] if table.block_key else [c for c in frame.columns if c != frame.active_geometry_name]
    keys = [table.key] if table.key else list(rows.columns)
    missing = tuple(str(n) for n, owner in ((table.block_key, frame), (table.key, rows)) if n and n not in owner)
    if missing:
        columns = ", ".join(map(str, [*frame.columns, *rows.columns]))
        raise InputError(Finding("read.column.missing", where=missing, values={"columns": columns, "role": "id"}))
    scored = [(_match(frame[b], rows[k]), str(b), str(k)) for b in block_keys for k in keys]
    share, block_key, key = max(scored, key=lambda score: (is_key_name(score[2]) and score[0] >= _GOOD_MATCH, score[0]))
    if share < _GOOD_MATCH and not (table.key and table.block_key):
        raise InputError(
            Finding("join.key.none", where=(table.path.name,), values={"columns": ", ".join(map(str, keys))})
        )
    if table.key and table.block_key:
        return block_key, key, ()
    values = {"block_key": block_key, "key": key, "file": table.path.name}
    return block_key, key, (Finding("join.key.guessed", "note", where=(key,), values=values),)


def _match(blocks: Any, rows: Any) -> float:
    """Share of the blocks whose key stands in the table, leading zeros set aside; only keys that differ count."""
    one, other = key_texts(blocks).str.strip().str.lstrip("0"), key_texts(rows).str.strip().str.lstrip("0")
    least = _HALF if is_key_name(str(rows.name)) else _MOSTLY  # doubled keys are a finding where the name says key
    if one.nunique() < _MOSTLY * len(one) or other.nunique() < least * len(other):
        return 0.0
    return float(one.isin(set(other) - {""}).mean())


def _restored(rows: Any, blocks: set[str], table: JoinedTable) -> tuple[Any, tuple[Finding, ...]]:
    """The keys with their zeros where the planner agrees; otherwise the question with the keys concerned."""
    repair = restored_keys(list(rows), known=blocks)
    if not repair.new_keys:
        return rows, ()
    values = {"count": len(repair.new_keys), "file": table.path.name, "repair": RESTORE_ZEROS}
    if not table.restore_zeros:
        return rows, (Finding("join.key.lost_zero", "question", tuple(repair.new_keys), values),)
    finding = Finding("join.key.restored", "warning", tuple(repair.new_keys.values()), values)
    return pd.Series(repair.applied(list(rows)), dtype=object), (finding,)


def _doubled(rows: Any, key: str, table: JoinedTable) -> list[Finding]:
    twice = tuple(dict.fromkeys(rows[rows.duplicated(keep=False)]))
    values = {"column": key, "count": len(twice), "file": table.path.name}
    return [Finding("join.key.twice", where=twice, values=values)] if twice else []


def _unmatched(blocks: Any, rows: Any, table: JoinedTable) -> list[Finding]:
    known_rows, known_blocks = set(rows), set(blocks)
    lonely = {
        "join.blocks.without_row": tuple(key for key in blocks if key not in known_rows),
        "join.rows.without_block": tuple(key for key in rows if key not in known_blocks),
    }
    return [
        Finding(code, "warning", where=where, values={"count": len(where), "file": table.path.name})
        for code, where in lonely.items()
        if where
    ]


def _joined(
    frame: geopandas.GeoDataFrame, read: Any, *, rows: Any, blocks: Any, stem: str
) -> tuple[geopandas.GeoDataFrame, dict[str, str]]:
    """The layer with the new columns, and column of the table → column of the layer."""
    added = read.set_axis(rows.to_numpy(), axis=0).reindex(blocks.to_numpy())
    names = {str(c): f"{c}_{stem}" if c in frame.columns else str(c) for c in read.columns}
    joined = frame.copy()
    for column, name in names.items():
        joined[name] = added[column].to_numpy()
    return joined, names


def _sums(read: Any, joined: Any, names: dict[str, str]) -> dict[str, tuple[float, float]]:
    numbers = [column for column in names if pd.api.types.is_numeric_dtype(read[column])]
    return {names[c]: (float(np.nansum(read[c])), float(np.nansum(joined[names[c]]))) for c in numbers}


def _differing(sums: Mapping[str, tuple[float, float]], table: JoinedTable) -> list[Finding]:
    """Columns whose sum over the blocks is not the sum over the table."""
    where = tuple(c for c, (rows, blocks) in sums.items() if abs(rows - blocks) > _SAME_SUM * max(abs(rows), 1))
    if not where:
        return []
    rows, blocks = sums[where[0]]
    values = {"file": table.path.name, "rows_sum": rows, "blocks_sum": blocks, "count": len(where)}
    return [Finding("join.sum", "warning", where=where, values=values)]
