"""Open one layer of a file, without ever changing the file (Datei öffnen)."""

from __future__ import annotations

import sqlite3
import struct
import tempfile
import warnings
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas
import pyarrow
import pyogrio
import shapely

from geodata.provenance import Provenance, guessed_licence, kept_provenance, sha256_of
from geodata.table_file import SHEET_SUFFIXES, TEXT_SUFFIXES, TableForm, read_table
from geodata.table_shapes import shaped_table
from geodata.unpack import unpack
from spatial.errors import Finding, InputError

LARGEST_FILE = 4 << 30  # bytes
READ_ERRORS = (
    RuntimeError, ValueError, OSError, LookupError, ArithmeticError, TypeError, AttributeError, MemoryError,
    sqlite3.Error, pyarrow.ArrowException, zipfile.BadZipFile, zlib.error, EOFError, AssertionError, struct.error,
    NameError, shapely.errors.ShapelyError,
)  # fmt: skip
_PREFERRED = ("blocks", "bloecke", "blöcke")
_MAGIC: dict[str, bytes] = {".gpkg": b"SQLite format 3\x00", ".shp": b"\x00\x00\x27\x0a", ".fgb": b"fgb"}
_PARQUET = (".parquet", ".geoparquet")
_JSON = (".geojson", ".json")
FORMATS = (*_MAGIC, *_JSON, *_PARQUET, *TEXT_SUFFIXES, *SHEET_SUFFIXES, ".zip")


@dataclass(frozen=True, eq=False)
class Layer:
    """One layer as it stands in the file: rows in file order, columns untouched.

    ``frame.crs`` is None where the file names none.
    """

    frame: geopandas.GeoDataFrame
    provenance: Provenance
    findings: tuple[Finding, ...] = ()


def open_layer(path: Path, *, layer: str | None = None, form: TableForm | None = None) -> Layer:
    """Read one polygon layer of a GeoPackage, Shapefile, GeoJSON, FlatGeobuf, GeoParquet, CSV or XLSX file.

    Parameters
    ----------
    path : the file; opened read-only, nothing is written beside it
    layer : name of the layer; without it the only one, or the one called ``blocks``
    form : how a table is written, where the file is one (WKT or grid ids as shapes)

    Errors
    ------
    InputError : missing, empty, broken or unknown file; unknown layer (the layers are listed)
    """
    _refuse_unusable(path)
    if path.suffix.lower() != ".zip":
        return _opened(path, layer=layer, form=form, provenance=Provenance(path.name, sha256=sha256_of(path)))
    with tempfile.TemporaryDirectory() as scratch:
        inner = unpack(path, Path(scratch), wanted=layer)
        layer = None if layer is not None and inner.stem.lower() == layer.lower() else layer
        _refuse_unusable(inner)
        return _opened(inner, layer=layer, form=form, provenance=Provenance(path.name, sha256=sha256_of(path)))


def layer_columns(path: Path, *, layer: str | None = None) -> tuple[str, ...]:
    """The names of the columns of a layer, for a choice on screen.

    Errors
    ------
    InputError : as ``open_layer``
    """
    frame = open_layer(path, layer=layer).frame
    return tuple(str(column) for column in frame.columns if column != frame.active_geometry_name)


def _refuse_unusable(path: Path) -> None:
    name = (path.name or str(path),)
    if not path.exists():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    if path.is_dir():
        raise InputError(Finding("read.file.folder", where=name))
    size = path.stat().st_size
    if size == 0:
        raise InputError(Finding("read.file.empty", where=name))
    if size > LARGEST_FILE:
        raise InputError(Finding("read.file.too_large", where=name, values={"gigabytes": size / 2**30}))
    if path.suffix.lower() not in FORMATS:
        offered = ", ".join(suffix.removeprefix(".") for suffix in FORMATS)
        raise InputError(Finding("read.file.format", where=name, values={"formats": offered}))
    if not _looks_right(path):
        raise InputError(Finding("read.file.unreadable", where=name))


def _looks_right(path: Path) -> bool:
    suffix = path.suffix.lower()
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise InputError(Finding("read.file.forbidden", where=(path.name,))) from error
    if suffix in TEXT_SUFFIXES:
        return True
    if suffix in _JSON:
        return head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    if suffix in _PARQUET:
        return head.startswith(b"PAR1")
    return head.startswith(_MAGIC.get(suffix, b"PK"))


def _opened(path: Path, *, layer: str | None, form: TableForm | None, provenance: Provenance) -> Layer:
    _refuse_missing_parts(path)
    if path.suffix.lower() in (*TEXT_SUFFIXES, *SHEET_SUFFIXES):
        return _opened_table(path, form=form or TableForm(sheet=layer), provenance=provenance)
    try:
        with warnings.catch_warnings(record=True) as remarks:
            warnings.simplefilter("always")
            if path.suffix.lower() in _PARQUET:
                return _finished(_parquet(path), "", provenance=provenance, remarks=remarks)
            names = _polygon_layers(path)
            chosen, findings = _chosen_layer(path, names, layer)
            frame = pyogrio.read_dataframe(_address(path), layer=chosen, **_options(path))
    except READ_ERRORS as error:
        if isinstance(error, InputError):
            raise
        raise InputError(Finding("read.file.unreadable", where=(path.name,))) from error
    found = _finished(frame, chosen if len(names) > 1 else "", provenance=provenance, remarks=remarks)
    origin = _with_kept(found.provenance, kept_provenance(path, chosen))
    return replace(found, provenance=origin, findings=(*findings, *found.findings))


def _with_kept(provenance: Provenance, kept: Provenance | None) -> Provenance:
    """A file this program wrote brings along where its layers came from."""
    if kept is None:
        return provenance
    origin = replace(provenance, licence=kept.licence, reference_date=kept.reference_date, steps=kept.steps)
    return origin.together_with(*(part for part in kept.every if part.source != provenance.source))


def _opened_table(path: Path, *, form: TableForm, provenance: Provenance) -> Layer:
    table = read_table(path, form=form)
    frame, said = shaped_table(table.frame, name=path.name)
    return Layer(frame, replace(provenance, layer=table.form.sheet or ""), (*table.findings, *said))


def _refuse_missing_parts(path: Path) -> None:
    if path.suffix.lower() != ".shp":
        return
    beside = {p.suffix.lower() for p in path.parent.glob(f"{path.stem}.*")} if "*" not in path.stem else set()
    missing = tuple(suffix for suffix in (".shx", ".dbf") if suffix not in beside)
    if missing:
        raise InputError(Finding("read.shapefile.part_missing", where=missing, values={"file": path.name}))


def _parquet(path: Path) -> geopandas.GeoDataFrame:
    return geopandas.read_parquet(path)


def _address(path: Path) -> Any:
    """The file under the one driver that fits it, so that no other kind of content is obeyed."""
    return f"GeoJSON:{path}" if path.suffix.lower() in _JSON else path


def _options(path: Path) -> dict[str, Any]:
    """GeoPackages are opened as unchangeable, so that SQLite writes no files beside them."""
    if path.suffix.lower() != ".gpkg":
        return {}
    wal = path.with_name(path.name + "-wal")
    return {} if wal.exists() and wal.stat().st_size else {"IMMUTABLE": "YES"}


def _polygon_layers(path: Path) -> dict[str, str]:
    """Layer name → geometry type, polygon layers first choice; layers without geometry are left out."""
    if path.suffix.lower() == ".gpkg":
        return _gpkg_layers(path)
    listed = pyogrio.list_layers(_address(path))
    return {str(name): str(kind or "") for name, kind in listed}


def _gpkg_layers(path: Path) -> dict[str, str]:
    mode = "immutable=1" if _options(path) else "mode=ro"
    address = f"{path.resolve().as_uri()}?{mode}"
    connection = sqlite3.connect(address, uri=True)
    try:
        rows = connection.execute("select table_name, geometry_type_name from gpkg_geometry_columns").fetchall()
    finally:
        connection.close()
    return {str(name): str(kind).title() for name, kind in rows}


def _chosen_layer(path: Path, names: dict[str, str], wanted: str | None) -> tuple[str, tuple[Finding, ...]]:
    if wanted is not None:
        if wanted in names:
            return wanted, ()
        values = {"layers": ", ".join(names) or "–", "file": path.name}
        raise InputError(Finding("read.layer.unknown", where=(wanted,), values=values))
    areas = [name for name, kind in names.items() if "polygon" in kind.lower()] or list(names)
    if not areas:
        raise InputError(Finding("read.layer.none", where=(path.name,)))
    if len(areas) == 1:
        return areas[0], ()
    preferred = [name for name in areas if name.lower() in _PREFERRED]
    values = {"layers": ", ".join(areas), "file": path.name}
    if len(preferred) != 1:
        raise InputError(Finding("read.layer.ambiguous", "question", where=tuple(areas), values=values))
    return preferred[0], (Finding("read.layer.guessed", "note", where=(preferred[0],), values=values),)


def _finished(frame: Any, layer: str, *, provenance: Provenance, remarks: list[Any]) -> Layer:
    if not isinstance(frame, geopandas.GeoDataFrame) or frame.active_geometry_name is None:
        raise InputError(Finding("read.geometry.none", where=(provenance.source,)))
    if not len(frame):
        raise InputError(Finding("read.layer.no_rows", where=(layer or provenance.source,)))
    texts = tuple(dict.fromkeys(str(remark.message) for remark in remarks))
    findings = (Finding("read.reader.remark", "note", where=texts, values={"count": len(texts)}),) if texts else ()
    licence = provenance.licence or guessed_licence(frame.columns)
    return Layer(frame.reset_index(drop=True), replace(provenance, layer=layer, licence=licence), findings)
