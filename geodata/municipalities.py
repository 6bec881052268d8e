"""Municipalities from the official products: VG250-EW with borders, GV100AD as a list (Gemeinden)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import shapely

from geodata.area_codes import ags_from_ars
from geodata.crs import ETRS89_UTM32
from geodata.open_layer import open_layer
from geodata.provenance import BKG_LICENCE, Provenance
from geodata.resident_counts import resident_counts
from spatial.errors import Finding, InputError

VG250_LAYER = "VG250_GEM"
_LAND = 4  # GF: land with structure; 1 to 3 are waters and land without
_MUNICIPALITY = "60"  # Satzart
_OTHER_NAMES = {  # what offices call the columns of VG250 in layers of their own
    "AGS": ("GEMEINDE_AGS", "GEM_AGS", "AGS_GEM", "GKZ"),
    "GEN": ("NAME", "GEMEINDE", "GEMEINDENAME", "GEM_NAME"),
    "EWZ": ("EINWOHNER", "EW", "POP", "BEV", "BEVOELKERUNG"),
}
_COLUMNS = ("ags", "ars", "name", "kind", "residents", "geometry")


def read_municipalities(path: Path, *, county: str = "", layer: str | None = None) -> geopandas.GeoDataFrame:
    """Municipalities with their borders from VG250 or VG250-EW, one row each, in ETRS89/UTM 32.

    Parameters
    ----------
    path : GeoPackage, Shapefile or the official zip file; a layer of one's own with key, name and residents will do
    county : first digits of the AGS to keep, for example ``"05370"``; empty = all
    layer : layer of the file; None = ``VG250_GEM`` or the only one

    Returns
    -------
    columns ags, ars, name, kind, residents (Int64, missing where the product has none), geometry; sorted by ags;
    ``attrs["provenance"]`` says where it comes from

    Errors
    ------
    InputError : not the official layout (AGS, GEN), or no municipality of this county in it
    """
    opened = _opened(Path(path), layer)
    frame = _official_names(opened.frame)
    missing = tuple(name for name in ("AGS", "GEN") if name not in frame.columns)
    if missing or frame.crs is None:
        values = {"columns": ", ".join(map(str, frame.columns))}
        raise InputError(Finding("county.municipalities.layout", where=missing or (".prj",), values=values))
    land = frame[frame["GF"] == _LAND] if "GF" in frame.columns else frame
    kept = land[land["AGS"].astype("string").str.startswith(county).fillna(False)]
    if not len(kept):
        raise InputError(Finding("county.unknown", where=(county,)))
    merged = _one_row_each(kept).to_crs(ETRS89_UTM32)
    origin = opened.provenance
    licence = origin.licence or BKG_LICENCE
    merged.attrs["provenance"] = Provenance(origin.source, origin.layer, origin.sha256, licence, origin.reference_date)
    return merged


def read_gv100ad(path: Path) -> pd.DataFrame:
    """Municipalities from the Gemeindeverzeichnis in fixed width: keys, names, area, residents.

    Parameters
    ----------
    path : ``GV100AD_*.txt``, UTF-8 or ISO 8859-1

    Returns
    -------
    columns ags, ars, name, area_km2, residents, male, postcode, reference_date; one row per municipality (Satzart 60)

    Errors
    ------
    InputError : no such file, or none of its lines is a municipality

    Source
    ------
    Statistisches Bundesamt, Gemeindeverzeichnis-Informationssystem GV-ISys, Datensatzbeschreibung GV100AD
    """
    if not Path(path).is_file():
        raise InputError(Finding("read.file.missing", where=(str(path),)))
    raw = Path(path).read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    rows = [_gv100ad_row(line) for line in text.splitlines() if line.startswith(_MUNICIPALITY)]
    whole = [row for row in rows if row is not None]
    if not whole or len(whole) < len(rows):
        values = {"count": len(rows) - len(whole), "lines": len(rows)}
        raise InputError(Finding("county.gv100ad.layout", where=(Path(path).name,), values=values))
    columns = ("ags", "ars", "name", "area_km2", "residents", "male", "postcode", "reference_date")
    return pd.DataFrame(whole, columns=columns)


def _official_names(frame: Any) -> Any:
    """The columns under the names of VG250; a layer of a county's own may call them otherwise."""
    upper = frame.rename(columns={c: str(c).upper() for c in frame.columns if c != "geometry"})
    for official, others in _OTHER_NAMES.items():
        known = next((name for name in others if name in upper.columns), None)
        if official not in upper.columns and known is not None:
            upper = upper.rename(columns={known: official})
    return upper


def _opened(path: Path, layer: str | None) -> Any:
    if layer is not None:
        return open_layer(path, layer=layer)
    try:
        return open_layer(path, layer=VG250_LAYER)
    except InputError as error:
        if "read.layer.unknown" not in {finding.code for finding in error.findings}:
            raise
        return open_layer(path)


def _one_row_each(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """Municipalities of several rows (islands) as one; residents stand on one of the rows or on all."""
    residents = "EWZ" if "EWZ" in frame.columns else None
    rows = []
    for ags, group in frame.groupby("AGS", sort=True):
        count: Any = pd.NA
        if residents and group[residents].notna().any():
            whole, _ = resident_counts(pd.Series([group[residents].max()]), (str(ags),))
            count = int(whole[0])
        ars = str(group["ARS"].iloc[0]) if "ARS" in frame.columns else ""
        kind = str(group["BEZ"].iloc[0]) if "BEZ" in frame.columns else ""
        shape = shapely.make_valid(shapely.union_all(group.geometry.to_numpy()))
        rows.append((str(ags), ars, str(group["GEN"].iloc[0]), kind, count, shape))
    merged = geopandas.GeoDataFrame(rows, columns=list(_COLUMNS), geometry="geometry", crs=frame.crs)
    return merged.astype({"residents": "Int64"})


def _gv100ad_row(line: str) -> tuple[str, str, str, float, int, int, str, str] | None:
    ars = line[10:15] + line[18:22] + line[15:18]
    area_ha, residents, male = (line[start : start + 11].strip() for start in (128, 139, 150))
    if not (len(ars) == 12 and ars.isdigit() and area_ha.isdigit() and residents.isdigit() and male.isdigit()):
        return None
    date = f"{line[2:6]}-{line[6:8]}-{line[8:10]}"
    name, postcode = line[22:72].strip(), line[165:170].strip()
    return ags_from_ars(ars), ars, name, int(area_ha) / 100, int(residents), int(male), postcode, date
