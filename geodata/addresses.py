"""Addresses matched to blocks: the base of the street register (Adressen zuordnen)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyproj
import shapely
from numpy.typing import NDArray

from geodata.block_contract import key_texts
from geodata.german_numbers import numbers_from_text
from geodata.open_layer import open_layer
from geodata.table_file import TableForm, read_table
from geodata.table_text import table_text
from spatial.arrays import FloatArray, IntArray
from spatial.errors import Finding, InputError

# Hauskoordinaten (HK-DE): no header, „;“; 0-based positions of the fields that are used here
_HK_KEY = (3, 4, 5, 6)  # state, region, county, municipality
_HK_NUMBER, _HK_SUFFIX, _HK_EAST, _HK_NORTH, _HK_STREET = 9, 10, 11, 12, 13
_HK_KINDS = ("", "N", "A", "L")  # new, changed, deleted; left empty in deliveries of today
_ZONE = 1_000_000  # the east value bears the UTM zone before its six digits: 32.300.050,500
_ETRS89_UTM = 25_800
_LARGEST_NUMBER = 9_999
_NUMBER = re.compile(r"\s*(\d+)\s*(.*)")


@dataclass(frozen=True)
class AddressColumns:
    """Which column of an address table holds what; ``suffix`` and ``municipality`` may be missing.

    A number column such as „12a“ is divided into number and suffix.
    """

    street: str = "strasse"
    number: str = "hausnummer"
    east: str = "x"
    north: str = "y"
    suffix: str | None = None
    municipality: str | None = None


@dataclass(frozen=True, eq=False)
class Addresses:
    """Addresses with their place.

    Attributes
    ----------
    frame : columns municipality, street, number (Int64), suffix, east, north; one row per address
    epsg : coordinate system of east and north
    findings : rows that could not be used
    """

    frame: pd.DataFrame
    epsg: int
    findings: tuple[Finding, ...] = ()


def read_addresses(
    path: Path, *, epsg: int, columns: AddressColumns | None = None, form: TableForm | None = None
) -> Addresses:
    """A table of addresses with coordinates; the columns can be named.

    Errors
    ------
    InputError : no table, or one of the columns is missing
    """
    used = columns or AddressColumns()
    table = read_table(path, form=form)
    frame = table.frame
    _refuse_absent(frame, (used.street, used.number, used.east, used.north, used.suffix, used.municipality))
    place = {name: numbers_from_text(frame[getattr(used, name)], decimal=None).values for name in ("east", "north")}
    return _usable(_words(frame, used).assign(**place), epsg, table.findings)


def read_address_layer(path: Path, *, columns: AddressColumns | None = None, layer: str = "addresses") -> Addresses:
    """Addresses from a layer of points; their place is the point, whatever the columns say.

    Errors
    ------
    InputError : no such layer, no coordinate system, or one of the columns is missing
    """
    used = columns or AddressColumns()
    opened = open_layer(path, layer=layer if path.suffix.lower() == ".gpkg" else None)
    if opened.frame.crs is None:
        raise InputError(Finding("layer.crs", where=(path.name,)))
    _refuse_absent(opened.frame, (used.street, used.number, used.suffix, used.municipality))
    middle = opened.frame.geometry.representative_point()
    plain = _words(opened.frame, used).assign(east=middle.x.to_numpy(), north=middle.y.to_numpy())
    return _usable(plain, int(opened.frame.crs.to_epsg() or 0), opened.findings)


def _refuse_absent(frame: Any, names: tuple[str | None, ...]) -> None:
    absent = tuple(name for name in names if name is not None and name not in frame.columns)
    if absent:
        values = {"columns": ", ".join(map(str, frame.columns)), "role": "id"}
        raise InputError(Finding("read.column.missing", where=absent, values=values))


def _words(frame: Any, used: AddressColumns) -> pd.DataFrame:
    """Municipality, street, number and suffix as text."""
    parts = key_texts(frame[used.number]).str.extract(_NUMBER)
    columns = {
        "municipality": key_texts(frame[used.municipality]) if used.municipality else "",
        "street": key_texts(frame[used.street]).str.strip(),
        "number": parts[0],
        "suffix": key_texts(frame[used.suffix]) if used.suffix else parts[1],
    }
    return pd.DataFrame(columns)


def read_hauskoordinaten(path: Path, *, epsg: int = 25832) -> Addresses:
    """Official house coordinates (Amtliche Hauskoordinaten, HK): no header, semicolons, one address per line.

    Parameters
    ----------
    epsg : system of east values that bear no UTM zone; the official ones do („32300050,500“)

    Source
    ------
    ZSHH, Datenformatbeschreibung Hauskoordinaten Deutschland (HK-DE), version 4.2, 1.7.2019: 18 fields NBA; OI; QUA;
    LAN; RBZ; KRS; GMD; OTT; SSS; HNR; ADZ; east; north; STN; PLZ; ONM; ZON; POT

    Errors
    ------
    InputError : no such file, or lines of another layout
    """
    lines = [line for line in table_text(path, separator=";").text.splitlines() if not line.startswith("#")]
    rows = [row for row in csv.reader(lines, delimiter=";") if row]
    if not rows or any(len(row) <= _HK_STREET or row[0] not in _HK_KINDS for row in rows):
        raise InputError(Finding("address.layout", where=(Path(path).name,)))
    kept = [row for row in rows if row[0] != "L"]  # L marks deleted addresses
    plain = pd.DataFrame(
        {
            "municipality": ["".join(row[k].strip() for k in _HK_KEY) for row in kept],
            "street": [row[_HK_STREET].strip() for row in kept],
            "number": [row[_HK_NUMBER].strip() for row in kept],
            "suffix": [row[_HK_SUFFIX].strip() for row in kept],
            "east": numbers_from_text([row[_HK_EAST] for row in kept]).values,
            "north": numbers_from_text([row[_HK_NORTH] for row in kept]).values,
        }
    )
    return _usable(*_without_zone(plain, epsg), ())


def _without_zone(plain: pd.DataFrame, epsg: int) -> tuple[pd.DataFrame, int]:
    """East values without the zone before them, all in the system of the first zone, and that system."""
    east, north = plain["east"].to_numpy(float, copy=True), plain["north"].to_numpy(float, copy=True)
    zone = np.where(east >= 10 * _ZONE, east // _ZONE, 0)
    named = zone[zone > 0]
    if not len(named):
        return plain, epsg
    east, chosen = east - zone * _ZONE, _ETRS89_UTM + int(named[0])
    for other in np.unique(named[named != named[0]]):
        at = zone == other
        moved = pyproj.Transformer.from_crs(_ETRS89_UTM + int(other), chosen, always_xy=True)
        east[at], north[at] = moved.transform(east[at], north[at])
    return plain.assign(east=east, north=north), chosen


def blocks_of_addresses(
    addresses: Addresses, polygons: NDArray[Any], *, epsg: int, reach_m: float = 0.0
) -> tuple[IntArray, tuple[Finding, ...]]:
    """The block each address lies in.

    Parameters
    ----------
    polygons : (n,) blocks in the metric system ``epsg``
    reach_m : addresses this far outside still go to the nearest block (gardens, streets between blocks)

    Returns
    -------
    (a,) int64 position of the block, −1 for none, and a finding that lists the unmatched addresses
    """
    points: NDArray[Any] = np.asarray(shapely.points(_moved(addresses, epsg)))
    tree = shapely.STRtree(polygons)
    address, block = tree.query(points, predicate="intersects")
    found: IntArray = np.full(len(points), len(polygons), dtype=np.int64)
    np.minimum.at(found, address, block)  # on a border: the first block in the file
    found = np.where(found == len(polygons), -1, found)
    if reach_m > 0:
        lonely = np.flatnonzero(found < 0)
        near, nearest = tree.query_nearest(points[lonely], max_distance=reach_m, all_matches=False)
        found[lonely[near]] = nearest
    lost = np.flatnonzero(found < 0)
    where = tuple(_label(addresses.frame.iloc[int(i)]) for i in lost)
    return found, (Finding("address.unmatched", "warning", where, {"count": len(where)}),) if where else ()


def _moved(addresses: Addresses, epsg: int) -> FloatArray:
    east, north = addresses.frame["east"].to_numpy(float), addresses.frame["north"].to_numpy(float)
    if addresses.epsg != epsg:
        transformer = pyproj.Transformer.from_crs(addresses.epsg, epsg, always_xy=True)
        east, north = transformer.transform(east, north)
    return np.column_stack([east, north])


def _usable(plain: pd.DataFrame, epsg: int, findings: tuple[Finding, ...]) -> Addresses:
    """Rows with street, number and place; the others are listed by row."""
    read = pd.to_numeric(plain["number"], errors="coerce").astype("float64")
    number = read.where(read.between(0, _LARGEST_NUMBER)).astype("Int64")
    good = number.notna() & (plain["street"] != "") & np.isfinite(plain["east"]) & np.isfinite(plain["north"])
    bad = tuple(str(row) for row in np.flatnonzero(~good.to_numpy(bool)) + 1)
    more = (Finding("address.incomplete", "warning", where=bad, values={"count": len(bad)}),) if bad else ()
    frame = plain.assign(number=number, suffix=plain["suffix"].fillna("").str.strip().str.lower())
    return Addresses(frame[good].reset_index(drop=True), epsg, (*findings, *more))


def _label(row: Any) -> str:
    return f"{row['street']} {row['number']}{row['suffix']}".strip()
