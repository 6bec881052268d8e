"""The list of releases in the tables of a project: written at the end only, each line sealed with the one before."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from workspace import schema
from workspace.ledger import Ledger, Release, release_from_record, release_record
from workspace.store import StoreError


def ledger(connection: Connection) -> Ledger:
    """All releases; a line that was changed, taken out or put between is noticed by its seal."""
    table = schema.releases
    entries, seal = [], ""
    for number, row in enumerate(connection.execute(select(table).order_by(table.c.number)), start=1):
        seal = _seal(seal, bytes(row.content))
        if row.number != number or row.chain != seal:
            raise StoreError("store.ledger_changed", number=number)
        entries.append(release_from_record(json.loads(zlib.decompress(row.content))))
    return Ledger(tuple(entries))


def append(connection: Connection, entry: Release) -> Release:
    """Write a release after the last one; it gets the next number."""
    table = schema.releases
    last = connection.execute(select(table.c.number, table.c.chain).order_by(table.c.number.desc())).first()
    numbered = replace(entry, number=(last.number if last is not None else 0) + 1)
    content = _packed(numbered)
    connection.execute(
        insert(table).values(
            number=numbered.number,
            **vars(numbered.occasion),
            plan=numbered.plan,
            content=content,
            chain=_seal(last.chain if last is not None else "", content),
        )
    )
    return numbered


def _packed(entry: Release) -> bytes:
    text = json.dumps(release_record(entry), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return zlib.compress(text.encode(), 6)


def _seal(before: str, content: bytes) -> str:
    return hashlib.sha256(before.encode() + content).hexdigest()
