"""Zipped layers, opened without trusting the archive (gezippte Shapefiles)."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from spatial.errors import Finding, InputError

LARGEST_UNPACKED = 2 << 30  # bytes: twice the largest official file; more is a mistake or an attack
LARGEST_RATIO = 300  # packed to unpacked; geometry packs to about 1 : 10
MOST_ENTRIES = 5_000
_CHUNK = 1 << 20
_FREE_SIZE = 50 << 20  # below this the ratio says nothing
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    LookupError,
)
KINDS = (
    ".shp", ".shx", ".dbf", ".prj", ".cpg", ".gpkg", ".geojson", ".json", ".fgb", ".parquet", ".geoparquet", ".csv",
    ".txt", ".tsv", ".xlsx",
)  # fmt: skip
_MAIN = (".shp", ".gpkg", ".geojson", ".json", ".fgb", ".parquet", ".geoparquet", ".csv", ".txt", ".tsv", ".xlsx")


def unpack(archive: Path, folder: Path, *, wanted: str | None = None) -> Path:
    """Copy the geodata out of a zip file and return the file to open; the archive is only read.

    Parameters
    ----------
    archive : zip file
    folder : existing empty folder that receives the files, flat, whatever paths the archive names
    wanted : name of the dataset in it, without suffix and in any case; None = the only one

    Errors
    ------
    InputError : broken, encrypted, too large when unpacked, without geodata, or with several of them
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            entries = [e for e in packed.infolist() if not e.is_dir() and _suffix(e.filename) in KINDS]
            refuse_bombs(archive, packed.infolist())
            for entry in entries:
                _copy(packed, entry, folder / _flat(entry.filename))
    except InputError:
        raise
    except _BROKEN as error:
        raise InputError(Finding("read.zip.broken", where=(archive.name,))) from error
    return _main_file(archive, [_flat(e.filename) for e in entries], folder, wanted=wanted)


def unpack_member(archive: Path, folder: Path, *, wanted: str) -> Path:
    """Copy the one table out of a zip file whose name contains a text, for example ``100m``.

    Errors
    ------
    InputError : broken archive, no such table, or several
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            refuse_bombs(archive, packed.infolist())
            tables = [e for e in packed.infolist() if _suffix(e.filename) in (".csv", ".txt")]
            named = [e for e in tables if wanted.lower() in e.filename.lower()] if len(tables) > 1 else tables
            if len(named) == 1:
                target = folder / _flat(named[0].filename)
                _copy(packed, named[0], target)
                return target
    except InputError:
        raise
    except _BROKEN as error:
        raise InputError(Finding("read.zip.broken", where=(archive.name,))) from error
    values = {"file": archive.name}
    if named:
        raise InputError(Finding("read.zip.several", "question", tuple(e.filename for e in named), values))
    raise InputError(Finding("read.zip.no_geodata", where=(archive.name,)))


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _flat(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.stem + path.suffix.lower()


def refuse_bombs(archive: Path, entries: list[zipfile.ZipInfo]) -> None:
    """Raise an InputError where an archive is far larger unpacked than any official file."""
    size = sum(e.file_size for e in entries)
    packed = max(sum(e.compress_size for e in entries), 1)
    if len(entries) > MOST_ENTRIES or size > LARGEST_UNPACKED or (size > _FREE_SIZE and size / packed > LARGEST_RATIO):
        values = {"megabytes": size >> 20, "limit": LARGEST_UNPACKED >> 20, "entries": len(entries)}
        raise InputError(Finding("read.zip.bomb", where=(archive.name,), values=values))


def _copy(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    """Copy one entry and stop where it grows beyond the size it declared."""
    left = entry.file_size
    with packed.open(entry) as source, target.open("wb") as sink:
        while piece := source.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                values = {"megabytes": entry.file_size >> 20, "limit": LARGEST_UNPACKED >> 20, "entries": 1}
                raise InputError(Finding("read.zip.bomb", where=(entry.filename,), values=values))
            sink.write(piece)


def _main_file(archive: Path, names: list[str], folder: Path, *, wanted: str | None) -> Path:
    for suffixes in ((_MAIN[:7]), _MAIN[7:]):
        main = sorted({name for name in names if Path(name).suffix in suffixes})
        if len(main) == 1:
            return folder / main[0]
        chosen = [name for name in main if wanted is not None and Path(name).stem.lower() == wanted.lower()]
        if len(chosen) == 1:
            return folder / chosen[0]
        if main:
            raise InputError(Finding("read.zip.several", "question", where=tuple(main), values={"file": archive.name}))
    raise InputError(Finding("read.zip.no_geodata", where=(archive.name,)))
