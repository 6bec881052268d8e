"""A project in one GeoPackage file: the only module that knows SQLite (opening, checking, locking, backing up)."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from workspace.store import StoreError

_PROBLEMS = {
    sqlite3.SQLITE_FULL: "store.full",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_CANTOPEN: "store.read_only",
    sqlite3.SQLITE_PERM: "store.read_only",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_NOTADB: "store.damaged",
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
    sqlite3.SQLITE_IOERR: "store.full",
}
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")


def project_engine(path: Path) -> Engine:
    """The database of a project file: every acknowledged write is on the disk before it is acknowledged."""
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Turn the database's own errors into a ``StoreError`` that has a German sentence."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(problem_code(error.orig)) from error
    except sqlite3.Error as error:
        raise StoreError(problem_code(error)) from error


def problem_code(error: BaseException | None) -> str:
    """The code of what went wrong in the file.

    >>> problem_code(sqlite3.OperationalError("unknown"))
    'store.damaged'
    """
    code = getattr(error, "sqlite_errorcode", None)
    return _PROBLEMS.get(0 if code is None else code & 0xFF, "store.damaged")


def verify(path: Path) -> None:
    """Refuse a file that is no project or is damaged in the middle.

    Errors
    ------
    StoreError : ``store.missing`` or ``store.damaged``, the latter naming the backup where there is one
    """
    if not path.is_file():
        raise StoreError("store.missing", path=str(path))
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
    except (sqlite3.Error, UnicodeDecodeError) as error:  # a damaged page may hold what is no text at all
        code = problem_code(error) if isinstance(error, sqlite3.Error) else "store.damaged"
        raise StoreError(code, path=str(path), backup=_existing(backup_path(path))) from error
    if found != ["ok"]:
        raise StoreError("store.damaged", path=str(path), backup=_existing(backup_path(path)))


def backup_path(path: Path, *, suffix: str = "sicherung") -> Path:
    """Where the backup of a project file stands: beside it.

    >>> backup_path(Path("kreis.gpkg")).name
    'kreis.sicherung.gpkg'
    """
    return path.with_name(f"{path.stem}.{suffix}{path.suffix}")


def back_up(path: Path, *, suffix: str = "sicherung") -> Path:
    """Copy a sound project file beside itself; the old backup stays until the new one is complete."""
    target = backup_path(path, suffix=suffix)
    scratch = target.with_name(target.name + ".neu")
    scratch.unlink(missing_ok=True)
    with (
        guarded(),
        contextlib.closing(sqlite3.connect(path)) as source,
        contextlib.closing(sqlite3.connect(scratch)) as copy,
    ):
        source.backup(copy)
    os.replace(scratch, target)
    return target


def restore_backup(path: Path) -> Path:
    """Put the backup in the place of a damaged file, which is kept beside it with the ending ``.defekt``."""
    backup = backup_path(path)
    if not backup.is_file():
        raise StoreError("store.missing", path=str(backup))
    os.replace(path, path.with_name(path.name + ".defekt"))
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)
    scratch = path.with_name(path.name + ".neu")
    scratch.write_bytes(backup.read_bytes())
    os.replace(scratch, path)
    return path


class FileLock:
    """One server process owns a project file; the lock ends with the process, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(path.name + ".sperre")
        self._file: IO[str] | None = None

    def acquire(self) -> None:
        """Take the lock.

        Errors
        ------
        StoreError : ``store.in_use`` when another process holds it, ``store.read_only`` where no lock can be written
        """
        try:
            self._file = self._path.open("a+", encoding="utf-8")
        except OSError as error:
            raise StoreError("store.read_only", path=str(self._path)) from error
        try:
            _lock(self._file)
        except OSError as error:
            self.release()
            raise StoreError("store.in_use", path=str(self._path)) from error

    def release(self) -> None:
        """Give the lock back; without one nothing happens."""
        if self._file is not None:
            self._file.close()
            self._file = None


if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock(file: IO[str]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _existing(path: Path) -> str:
    return str(path) if path.is_file() else ""
