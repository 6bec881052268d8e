"""The store on any SQL database that SQLAlchemy speaks to; nothing here knows which one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, insert, select, update

from spatial.plan import Plan
from workspace import schema, sql_catalogues, sql_counts, sql_releases
from workspace.ledger import Ledger, Release
from workspace.plan_content import bytes_from_plan, plan_from_bytes
from workspace.store import (
    Comment,
    Conflict,
    CountSource,
    Entry,
    KeptCatalogue,
    PlanRecord,
    Scenario,
    StoredCounts,
    StoreError,
)

Guard = Callable[[], AbstractContextManager[None]]


@contextmanager
def _unguarded() -> Iterator[None]:
    yield


class SqlStore:
    """Plans, journal, scenarios, comments, settings, counts and releases of one project.

    Parameters
    ----------
    engine : the database
    ids : block ids in the fixed order of the county
    guard : wraps every access and turns the database's errors into ``StoreError``
    on_close : releases what belongs to the file (its lock)
    """

    def __init__(
        self,
        engine: Engine,
        ids: Sequence[str],
        *,
        guard: Guard = _unguarded,
        on_close: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._ids = tuple(ids)
        self._guard = guard
        self._on_close = on_close
        self._ledger: Ledger | None = None
        self._counts: StoredCounts | None = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._guard(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._guard(), self._engine.begin() as connection:
            yield connection

    def fact(self, key: str) -> str:
        """One fact about the project (its id, schema version, fingerprint); empty where unknown."""
        table = schema.project_facts
        with self._reading() as connection:
            return str(connection.scalar(select(table.c.value).where(table.c.key == key)) or "")

    def settings(self) -> dict[str, Any]:
        """All settings by name."""
        with self._reading() as connection:
            return {row.key: json.loads(row.value) for row in connection.execute(select(schema.settings))}

    def save_settings(self, values: Mapping[str, Any]) -> None:
        """Keep these settings; others stay as they are."""
        rows = [{"key": key, "value": json.dumps(value, ensure_ascii=False)} for key, value in values.items()]
        with self._writing() as connection:
            _replace(connection, schema.settings, rows, key="key")

    def plans(self) -> tuple[PlanRecord, ...]:
        """All plans, oldest first."""
        table = schema.plans
        columns = [c for c in table.c if c.name != "content"]
        with self._reading() as connection:
            rows = connection.execute(select(*columns).order_by(table.c.created_at, table.c.id))
            return tuple(_plan_record(row) for row in rows)

    def add_plan(self, record: PlanRecord, plan: Plan) -> None:
        """Keep a new plan; its id must be new."""
        content = bytes_from_plan(plan, self._ids)
        with self._writing() as connection:
            connection.execute(insert(schema.plans).values(**_plan_row(record), content=content))

    def change_plan(self, record: PlanRecord) -> None:
        """Another name, state, date or scenario; labels only change through the journal."""
        table = schema.plans
        with self._writing() as connection:
            connection.execute(update(table).where(table.c.id == record.id).values(**_plan_row(record)))

    def plan(self, plan_id: str) -> Plan:
        """The plan as it was when it was added, before its journal."""
        table = schema.plans
        with self._reading() as connection:
            content = connection.scalar(select(table.c.content).where(table.c.id == plan_id))
        if content is None:
            raise StoreError("store.no_plan", plan=plan_id)
        return plan_from_bytes(content, self._ids)[0]

    def append(self, entries: Sequence[Entry], conflicts: Sequence[Conflict] = ()) -> None:
        """Write journal lines, new conflicts and decisions on old ones in one transaction: all of them or none."""
        with self._writing() as connection:
            if entries:
                connection.execute(insert(schema.journal), [_entry_row(entry) for entry in entries])
            if conflicts:
                connection.execute(insert(schema.conflicts), [asdict(conflict) for conflict in conflicts])
            for entry in entries:
                if entry.kind == "decide":
                    _note_decision(connection, entry)

    def entries(self, plan_id: str, *, after: int = -1) -> tuple[Entry, ...]:
        """The journal of a plan from revision ``after`` + 1 on."""
        table = schema.journal
        wanted = select(table).where(table.c.plan_id == plan_id, table.c.revision > after).order_by(table.c.revision)
        with self._reading() as connection:
            return tuple(_entry(row) for row in connection.execute(wanted))

    def entry(self, uuid: str) -> Entry | None:
        """The journal line with this id; None where the store never acknowledged it."""
        table = schema.journal
        with self._reading() as connection:
            row = connection.execute(select(table).where(table.c.uuid == uuid)).first()
        return None if row is None else _entry(row)

    def save_snapshot(self, plan_id: str, revision: int, content: bytes) -> None:
        """Keep the state after a revision, so that opening need not replay everything; older snapshots go."""
        table = schema.snapshots
        with self._writing() as connection:
            connection.execute(delete(table).where(table.c.plan_id == plan_id))
            connection.execute(insert(table).values(plan_id=plan_id, revision=revision, content=content))

    def snapshot(self, plan_id: str) -> tuple[int, bytes] | None:
        """The latest snapshot as (revision, content), None where there is none."""
        table = schema.snapshots
        wanted = select(table).where(table.c.plan_id == plan_id).order_by(table.c.revision.desc())
        with self._reading() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else (int(row.revision), bytes(row.content))

    def scenarios(self) -> tuple[Scenario, ...]:
        """All scenarios, oldest first."""
        table = schema.scenarios
        with self._reading() as connection:
            rows = connection.execute(select(table).order_by(table.c.created_at, table.c.id))
            return tuple(Scenario(**{**row._asdict(), "archived": bool(row.archived)}) for row in rows)

    def put_scenario(self, scenario: Scenario) -> None:
        """Keep a scenario, new or changed."""
        with self._writing() as connection:
            _replace(connection, schema.scenarios, [{**asdict(scenario), "archived": int(scenario.archived)}], key="id")

    def comments(self, plan_id: str) -> tuple[Comment, ...]:
        """All comments on a plan, oldest first."""
        table = schema.comments
        wanted = select(table).where(table.c.plan_id == plan_id).order_by(table.c.made_at, table.c.id)
        with self._reading() as connection:
            return tuple(_comment(row) for row in connection.execute(wanted))

    def put_comment(self, comment: Comment) -> None:
        """Keep a comment, new or changed."""
        with self._writing() as connection:
            _replace(connection, schema.comments, [{**asdict(comment), "done": int(comment.done)}], key="id")

    def conflicts(self, plan_id: str) -> tuple[Conflict, ...]:
        """The conflicts of a plan that nobody has decided yet."""
        table = schema.conflicts
        wanted = select(table).where(table.c.plan_id == plan_id, table.c.decided_by == "").order_by(table.c.made_at)
        with self._reading() as connection:
            return tuple(Conflict(**row._asdict()) for row in connection.execute(wanted))

    def counts(self) -> StoredCounts | None:
        """The counts of the blocks with their provenance; None where the project has none."""
        if self._counts is None:
            with self._reading() as connection:
                self._counts = sql_counts.present(connection, self._ids)
        return self._counts

    def count_sources(self) -> tuple[CountSource, ...]:
        """Where the counts came from, the present ones last."""
        with self._reading() as connection:
            return sql_counts.sources(connection)

    def replace_counts(self, stored: StoredCounts, *, instead_of: str) -> None:
        """Take counts in the place of those with the fingerprint ``instead_of`` (empty: the project has none).

        Errors
        ------
        StoreError : ``store.counts_changed`` when the project holds other counts by now; nothing is replaced
        """
        self._counts = None
        with self._writing() as connection:
            sql_counts.replace_counts(connection, stored, self._ids, instead_of=instead_of)

    def catalogue(self) -> KeptCatalogue | None:
        """The county's own catalogue as it was handed in; None where the project has none."""
        with self._reading() as connection:
            return sql_catalogues.present(connection)

    def keep_catalogue(self, kept: KeptCatalogue) -> None:
        """Let a catalogue hold from now on; the one before stays in the file."""
        with self._writing() as connection:
            sql_catalogues.keep(connection, kept)

    def ledger(self) -> Ledger:
        """Everything that was released, oldest first.

        Errors
        ------
        StoreError : ``store.ledger_changed`` when a line was changed or taken out
        """
        if self._ledger is None:
            with self._reading() as connection:
                self._ledger = sql_releases.ledger(connection)
        return self._ledger

    def append_release(self, entry: Release) -> Release:
        """Write a release at the end of the ledger and return it with its number; lines are never changed."""
        before = self.ledger()
        with self._writing() as connection:
            kept = sql_releases.append(connection, entry)
        self._ledger = Ledger((*before.releases, kept))
        return kept

    def close(self) -> None:
        """Let go of the database; closing twice is harmless."""
        self._engine.dispose()
        self._on_close()


def _note_decision(connection: Connection, entry: Entry) -> None:
    table = schema.conflicts
    decided = table.c.id.in_(list(entry.payload["conflicts"]))
    connection.execute(update(table).where(decided).values(decided_by=entry.author))


def _replace(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, key: str) -> None:
    for row in rows:
        connection.execute(delete(table).where(table.c[key] == row[key]))
        connection.execute(insert(table).values(**row))


def _plan_row(record: PlanRecord) -> dict[str, Any]:
    origin = json.dumps(dict(record.origin), ensure_ascii=False, default=str)
    return {**asdict(record), "archived": int(record.archived), "origin": origin}


def _plan_record(row: Row[Any]) -> PlanRecord:
    return PlanRecord(**{**row._asdict(), "archived": bool(row.archived), "origin": json.loads(row.origin)})


def _entry_row(entry: Entry) -> dict[str, Any]:
    texts = {name: json.dumps(dict(getattr(entry, name)), ensure_ascii=False) for name in ("payload", "effect")}
    return {**asdict(entry), **texts, "schema_version": schema.SCHEMA_VERSION}


def _entry(row: Row[Any]) -> Entry:
    values = {**row._asdict(), "payload": json.loads(row.payload), "effect": json.loads(row.effect)}
    values.pop("schema_version")
    return Entry(**values)


def _comment(row: Row[Any]) -> Comment:
    values = {**row._asdict(), "done": bool(row.done)}
    return Comment(**{name: values[name] for name in Comment.__dataclass_fields__})
