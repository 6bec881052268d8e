"""The counts of the blocks in the tables of a project: one row per date and indicator, all blocks in one packed column.

A packed column is ``zlib`` of n × 2 little-endian float64 (numerator, denominator; NaN where there is no number) and
n × 2 bytes of ``CellState``, in the order of the project's blocks.
"""

from __future__ import annotations

import json
import uuid
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, delete, insert, select, update

from indicators.counts import CountTable
from workspace import schema
from workspace.store import CountSource, StoredCounts, StoreError

_BYTES_PER_BLOCK = 18


def present(connection: Connection, ids: Sequence[str]) -> StoredCounts | None:
    """The counts that are not replaced, for the blocks ``ids``."""
    row = _present_set(connection)
    if row is None:
        return None
    table = schema.counts
    wanted = select(table).where(table.c.set_id == row.id).order_by(table.c.stichtag, table.c.indicator)
    columns = connection.execute(wanted).all()
    return StoredCounts(
        _unpacked(columns, ids, geography=row.geography),
        _source(row),
        frozenset((c.indicator, c.stichtag) for c in columns if c.modelled),
        {c.indicator: c.source for c in columns},
    )


def sources(connection: Connection) -> tuple[CountSource, ...]:
    """Where all counts came from, oldest first."""
    table = schema.count_sets
    rows = connection.execute(select(table).order_by(table.c.replaced_at == "", table.c.replaced_at, table.c.taken_at))
    return tuple(_source(row) for row in rows)


def replace_counts(connection: Connection, stored: StoredCounts, ids: Sequence[str], *, instead_of: str) -> None:
    """Put counts in the place of the present ones; of those only the provenance remains."""
    before = _present_set(connection)
    if (before.fingerprint if before is not None else "") != instead_of:
        raise StoreError("store.counts_changed")
    table, source = schema.count_sets, stored.source
    if before is not None:
        connection.execute(delete(schema.counts).where(schema.counts.c.set_id == before.id))
        connection.execute(update(table).where(table.c.id == before.id).values(replaced_at=source.taken_at))
    values = {**vars(source), "modelled": int(source.modelled), "findings": json.dumps(source.findings)}
    number = str(uuid.uuid4())
    connection.execute(insert(table).values(**{**values, "fingerprint": stored.table.fingerprint, "id": number}))
    connection.execute(insert(schema.counts), _rows(stored, ids, number))


def _present_set(connection: Connection) -> Row[Any] | None:
    table = schema.count_sets
    return connection.execute(select(table).where(table.c.replaced_at == "")).first()


def _source(row: Row[Any]) -> CountSource:
    values = {**row._asdict(), "modelled": bool(row.modelled), "findings": tuple(json.loads(row.findings))}
    values.pop("id")
    return CountSource(**values)


def _rows(stored: StoredCounts, ids: Sequence[str], set_id: str) -> list[dict[str, Any]]:
    table = stored.table.ordered(ids)
    return [
        {
            "set_id": set_id,
            "stichtag": day,
            "indicator": key,
            "modelled": int((key, day) in stored.modelled),
            "source": stored.statistics.get(key, ""),
            "content": _packed(table, d, k),
        }
        for d, day in enumerate(table.dates)
        for k, key in enumerate(table.indicators)
    ]


def _packed(table: CountTable, day: int, column: int) -> bytes:
    values = np.ascontiguousarray(table.values[:, day, column], dtype="<f8")
    states = np.ascontiguousarray(table.states[:, day, column], dtype=np.uint8)
    return zlib.compress(values.tobytes() + states.tobytes(), 6)


def _unpacked(columns: Sequence[Row[Any]], ids: Sequence[str], *, geography: str) -> CountTable:
    n = len(ids)
    dates = tuple(sorted({c.stichtag for c in columns}))
    indicators = tuple(sorted({c.indicator for c in columns}))
    values = np.full((n, len(dates), len(indicators), 2), np.nan)
    states = np.zeros(values.shape, dtype=np.uint8)
    for column in columns:
        raw = zlib.decompress(column.content)
        if len(raw) != n * _BYTES_PER_BLOCK:
            raise StoreError("store.damaged")
        where = (slice(None), dates.index(column.stichtag), indicators.index(column.indicator))
        values[where] = np.frombuffer(raw, dtype="<f8", count=2 * n).reshape(n, 2)
        states[where] = np.frombuffer(raw, dtype=np.uint8, offset=16 * n).reshape(n, 2)
    return CountTable(tuple(ids), indicators, dates, values, states, geography)
