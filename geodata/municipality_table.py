"""The tables that come with VG250: every municipality with the areas above it (VGTB_VZ_GEM)."""

from __future__ import annotations

import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio

from geodata.block_contract import key_texts
from geodata.open_layer import READ_ERRORS
from geodata.table_file import SHEET_SUFFIXES, TableForm, read_table
from geodata.unpack import refuse_bombs
from spatial.errors import Finding, InputError

TABLE = "VGTB_VZ_GEM"
_KINDS = (".xlsx", ".dbf", ".csv", ".gpkg")
_LEVELS = {"V": "association", "K": "county", "R": "region", "L": "state"}  # Verband, Kreis, Regierungsbezirk, Land
_AGS_DIGITS = 8


def read_municipality_table(path: Path, *, county: str = "") -> pd.DataFrame:
    """Municipalities with key, name, kind and the areas they belong to, from the tables of VG250 or VG250-EW.

    Parameters
    ----------
    path : ``verwaltungsgebiete.xlsx``, ``VGTB_VZ_GEM.dbf`` or ``.csv``, a GeoPackage, or the zip they come in
    county : first digits of the AGS to keep, empty = all

    Returns
    -------
    columns ags, ars, name, kind, and for association, county, region and state the key (``county_ars``) and the name
    (``county_name``) as far as the table has them; all text, sorted by ags

    Errors
    ------
    InputError : no such table, or its columns AGS_G and GEN_G are missing

    Source
    ------
    BKG, Dokumentation Verwaltungsgebiete 1 : 250 000 (VG250), Tabelle VGTB_VZ_GEM
    """
    with _file_in(Path(path)) as inner:
        frame = _rows(inner)
    frame.columns = pd.Index([str(column).upper() for column in frame.columns])
    missing = tuple(name for name in ("AGS_G", "GEN_G") if name not in frame.columns)
    if missing:
        values = {"columns": ", ".join(frame.columns)}
        raise InputError(Finding("county.municipalities.layout", where=missing, values=values))
    named = {"ars": "ARS_G", "name": "GEN_G", "kind": "BEZ_G"}
    named |= {f"{word}_ars": f"ARS_{letter}" for letter, word in _LEVELS.items()}
    named |= {f"{word}_name": f"GEN_{letter}" for letter, word in _LEVELS.items()}
    columns = {"ags": key_texts(frame["AGS_G"]).str.strip().str.zfill(_AGS_DIGITS)}
    columns |= {ours: key_texts(frame[theirs]).str.strip() for ours, theirs in named.items() if theirs in frame.columns}
    table = pd.DataFrame(columns)
    kept = table[table["ags"].str.startswith(county)]
    if not len(kept):
        raise InputError(Finding("county.unknown", where=(county,)))
    return kept.sort_values("ags").reset_index(drop=True)


@contextmanager
def _file_in(path: Path) -> Iterator[Path]:
    """The file itself, or the one table in a zip file, unpacked for the time being."""
    if not path.is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    if path.suffix.lower() != ".zip":
        yield path
        return
    with tempfile.TemporaryDirectory() as scratch:
        try:
            with zipfile.ZipFile(path) as packed:
                refuse_bombs(path, packed.infolist())
                member = _member(path, packed)
                inner = Path(scratch) / Path(member.filename).name
                inner.write_bytes(packed.read(member))
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
            raise InputError(Finding("read.zip.broken", where=(path.name,))) from error
        yield inner


def _member(path: Path, packed: zipfile.ZipFile) -> zipfile.ZipInfo:
    found = [e for e in packed.infolist() if Path(e.filename).suffix.lower() in _KINDS]
    named = [e for e in found if TABLE in e.filename.upper()]
    sheets = [e for e in found if Path(e.filename).suffix.lower() in (".xlsx", ".gpkg")]
    if not (named or sheets):
        raise InputError(Finding("read.zip.no_geodata", where=(path.name,)))
    return (named or sheets)[0]


def _rows(path: Path) -> Any:
    """The rows as text or numbers, as the format has them."""
    suffix = path.suffix.lower()
    if suffix in SHEET_SUFFIXES:
        return read_table(path, form=TableForm(sheet=TABLE)).frame
    if suffix == ".csv":
        return read_table(path).frame
    try:
        layer = _gpkg_table(path) if suffix == ".gpkg" else None
        return pyogrio.read_dataframe(path, layer=layer, read_geometry=False)
    except (*READ_ERRORS, InputError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(Finding("read.file.unreadable", where=(path.name,))) from error


def _gpkg_table(path: Path) -> str:
    address = f"{path.resolve().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        names = [str(row[0]) for row in connection.execute("select table_name from gpkg_contents")]
    found = [name for name in names if name.upper() == TABLE]
    if not found:
        values = {"layers": ", ".join(names) or "–", "file": path.name}
        raise InputError(Finding("read.layer.unknown", where=(TABLE,), values=values))
    return found[0]
