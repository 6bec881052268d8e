"""Tables without shapes, joined to the blocks by key (Tabelle verknüpfen)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd

from geodata.area_codes import restored_keys
from geodata.block_contract import key_texts
from geodata.table_file import TableForm, is_key_name, read_table
from spatial.errors import Finding, InputError

_GOOD_MATCH = 0.5  # share of the blocks a key column has to find before it is guessed


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
    """

    path: Path
    key: str | None = None
    block_key: str | None = None
    form: TableForm | None = None
    restore_zeros: bool = False


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
    read = read_table(table.path, form=table.form)
    block_key, key, said = _keys(frame, read.frame, table)
    blocks, rows = key_texts(frame[block_key]).str.strip(), key_texts(read.frame[key]).str.strip()
    rows, repaired = _restored(rows, set(blocks), table)
    twice = tuple(dict.fromkeys(rows[rows.duplicated(keep=False)]))
    if twice:
        values = {"column": key, "count": len(twice), "file": table.path.name}
        raise InputError(Finding("join.key.twice", where=twice, values=values))
    columns = [c for c in read.frame.columns if c != key]
    added = read.frame[columns].set_axis(rows.to_numpy(), axis=0).reindex(blocks.to_numpy())
    names = {c: f"{c}_{table.path.stem}" if c in frame.columns else c for c in columns}
    joined = frame.copy()
    for column, name in names.items():
        joined[name] = added[column].to_numpy()
    return joined, (*read.findings, *said, *repaired, *_unmatched(blocks, rows, table))


def _keys(frame: Any, rows: Any, table: JoinedTable) -> tuple[str, str, tuple[Finding, ...]]:
    """The pair of columns that fits: as named, or the one with the most matching keys."""
    block_keys = [table.block_key] if table.block_key else [c for c in frame.columns if c != frame.active_geometry_name]
    keys = [table.key] if table.key else list(rows.columns)
    missing = tuple(str(n) for n, owner in ((table.block_key, frame), (table.key, rows)) if n and n not in owner)
    if missing:
        columns = ", ".join(map(str, [*frame.columns, *rows.columns]))
        raise InputError(Finding("read.column.missing", where=missing, values={"columns": columns, "role": "id"}))
    scored = [(_match(frame[b], rows[k]), is_key_name(str(k)), str(b), str(k)) for b in block_keys for k in keys]
    share, _, block_key, key = max(scored, key=lambda score: score[:2])
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
    if one.nunique() < 0.9 * len(one) or other.nunique() < 0.9 * len(other):
        return 0.0
    return float(one.isin(set(other) - {""}).mean())


def _restored(rows: Any, blocks: set[str], table: JoinedTable) -> tuple[Any, tuple[Finding, ...]]:
    repair = restored_keys(list(rows), known=blocks)
    if not repair.new_keys:
        return rows, ()
    values = {"count": len(repair.new_keys), "file": table.path.name}
    if not table.restore_zeros:
        raise InputError(Finding("join.key.lost_zero", "question", tuple(repair.new_keys), values))
    finding = Finding("join.key.restored", "warning", tuple(repair.new_keys.values()), values)
    return pd.Series(repair.applied(list(rows)), dtype=object), (finding,)


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
