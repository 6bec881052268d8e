"""Addresses matched to the blocks of the county on the table, and those that lie in none (Adressen zuordnen)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geodata.addresses import (
    AddressColumns,
    Addresses,
    blocks_of_addresses,
    read_address_layer,
    read_addresses,
    read_hauskoordinaten,
)
from geodata.open_layer import open_layer
from geodata.provenance import Provenance, sha256_of
from geodata.table_file import SHEET_SUFFIXES, TEXT_SUFFIXES, TableForm, preview
from spatial.errors import Finding, InputError
from workspace.county import County

COLUMNS = ("municipality", "street", "number", "suffix", "east", "north")
_STREET, _NUMBER = (
    ("strasse", "straße", "street", "str", "lagebezeichnung"),
    ("hausnummer", "hnr", "nummer", "nr", "hn"),
)
_EAST, _NORTH = (
    ("x", "ost", "ostwert", "east", "e", "rechtswert", "lon"),
    ("y", "nord", "nordwert", "north", "hochwert"),
)
_SUFFIX, _TOWN = ("zusatz", "adz", "hausnummernzusatz", "suffix"), ("ags", "gemeinde", "gemeindeschluessel", "gkz")


@dataclass(frozen=True, eq=False)
class MatchedAddresses:
    """Addresses with their block.

    Attributes
    ----------
    frame : COLUMNS and ``block_id``, one row per address; empty text where it lies in no block
    findings : unusable rows, unmatched addresses
    provenance : where the addresses come from
    """

    frame: pd.DataFrame
    findings: tuple[Finding, ...]
    provenance: Provenance

    @property
    def unmatched(self) -> pd.DataFrame:
        """The addresses that lie in no block."""
        return self.frame[self.frame["block_id"] == ""].reset_index(drop=True)


def match_addresses(
    county: County, path: Path, *, columns: AddressColumns | None, epsg: int = 25832, reach_m: float = 0.0
) -> MatchedAddresses:
    """The block of every address of a file.

    Parameters
    ----------
    path : table with coordinates, official house coordinates, or a layer of points
    columns : columns of a table or layer; None = official house coordinates (without header)
    epsg : coordinate system of a table
    reach_m : so far outside an address still goes to the nearest block

    Errors
    ------
    InputError : no addresses in the file, or a column is missing
    """
    addresses = _read(path, columns, epsg)
    found, said = blocks_of_addresses(addresses, county.polygons, epsg=county.epsg, reach_m=reach_m)
    ids = np.array([*county.blocks.ids, ""], dtype=object)
    frame = addresses.frame[list(COLUMNS)].assign(block_id=ids[found])
    return MatchedAddresses(frame, (*addresses.findings, *said), Provenance(path.name, "", sha256_of(path)))


def guessed_columns(names: tuple[str, ...]) -> AddressColumns:
    """The columns of an address table by their usual names; what is not found stays at the first column."""

    def one(usual: tuple[str, ...]) -> str | None:
        return next((name for name in names if name.lower() in usual), None)

    return AddressColumns(
        one(_STREET) or "", one(_NUMBER) or "", one(_EAST) or "", one(_NORTH) or "", one(_SUFFIX), one(_TOWN)
    )


def address_rows(path: Path, form: TableForm | None = None) -> pd.DataFrame:
    """The first rows of an address file as text; empty where it is no table or layer."""
    try:
        if path.suffix.lower() in (*TEXT_SUFFIXES, *SHEET_SUFFIXES):
            return preview(path, form=form)[0]
        frame = open_layer(path, layer="addresses" if path.suffix.lower() == ".gpkg" else None).frame
    except InputError:
        return pd.DataFrame()
    return pd.DataFrame(frame.drop(columns=frame.active_geometry_name).head(20).astype("string").fillna(""))


def as_csv(frame: pd.DataFrame) -> bytes:
    """A table as offices open it: UTF-8 with BOM, semicolons, decimal comma."""
    return frame.to_csv(sep=";", decimal=",", index=False, lineterminator="\n").encode("utf-8-sig")


def _read(path: Path, columns: AddressColumns | None, epsg: int) -> Addresses:
    if columns is None:
        return read_hauskoordinaten(path)
    if path.suffix.lower() in (*TEXT_SUFFIXES, *SHEET_SUFFIXES):
        return read_addresses(path, epsg=epsg, columns=columns)
    return read_address_layer(path, columns=columns)
