"""Project files of older versions are upgraded step by step, each step once, with a backup before the first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlalchemy import Connection, Engine, insert, select, update

from workspace import schema
from workspace.store import StoreError

Step = Callable[[Connection], None]


def _to_version_2(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=list(schema.VERSION_2))


def _to_version_3(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=list(schema.VERSION_3))


def _to_version_4(connection: Connection) -> None:
    schema.metadata.create_all(connection, tables=list(schema.VERSION_4))


STEPS: Mapping[int, Step] = MappingProxyType({2: _to_version_2, 3: _to_version_3, 4: _to_version_4})


def create_version(engine: Engine, facts: Mapping[str, str], *, version: int = schema.SCHEMA_VERSION) -> None:
    """Make the tables of a new project and note what it is.

    Parameters
    ----------
    facts : key → text (project id, county fingerprint, label)
    version : the schema to stop at; older ones are for the tests of the migrations
    """
    with engine.begin() as connection:
        schema.metadata.create_all(connection, tables=list(schema.VERSION_1))
        rows = [{"key": key, "value": value} for key, value in {**facts, "schema_version": "1"}.items()]
        connection.execute(insert(schema.project_facts), rows)
    migrate(engine, up_to=version)


def version_of(engine: Engine) -> int:
    """Schema version of a project; 0 where there is none."""
    table = schema.project_facts
    with engine.connect() as connection:
        if not engine.dialect.has_table(connection, table.name):
            return 0
        return int(connection.scalar(select(table.c.value).where(table.c.key == "schema_version")) or 0)


def migrate(
    engine: Engine, *, before: Callable[[int], object] = lambda version: None, up_to: int = schema.SCHEMA_VERSION
) -> int:
    """Bring a project to the present version and return it.

    Parameters
    ----------
    before : called once with the old version when something is to be changed; makes the backup

    Errors
    ------
    StoreError : ``store.newer`` for a file of a later program, ``store.no_project`` for a GeoPackage without project
    """
    version = version_of(engine)
    if version == 0:
        raise StoreError("store.no_project")
    if version > schema.SCHEMA_VERSION:
        raise StoreError("store.newer", version=version, known=schema.SCHEMA_VERSION)
    if version < up_to:
        before(version)
    for step in range(version + 1, up_to + 1):
        with engine.begin() as connection:
            STEPS[step](connection)
            table = schema.project_facts
            connection.execute(update(table).where(table.c.key == "schema_version").values(value=str(step)))
    return up_to
