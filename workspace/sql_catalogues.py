"""A county's own catalogue in the tables of a project: the newest holds, older ones stay as they were handed in."""

from __future__ import annotations

from sqlalchemy import Connection, func, insert, select

from workspace import schema
from workspace.store import KeptCatalogue


def present(connection: Connection) -> KeptCatalogue | None:
    """The catalogue that holds; None where the project has none."""
    table = schema.catalogues
    row = connection.execute(select(table).order_by(table.c.number.desc())).first()
    if row is None:
        return None
    values = row._asdict()
    values.pop("number")
    return KeptCatalogue(**values)


def keep(connection: Connection, kept: KeptCatalogue) -> None:
    """Write a catalogue after the last one."""
    table = schema.catalogues
    last = connection.scalar(select(func.max(table.c.number))) or 0
    connection.execute(insert(table).values(number=last + 1, **vars(kept)))
