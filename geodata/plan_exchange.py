"""Plans for other programs: Shapefiles in a ZIP, and blocks with their regions as GeoJSON (Zuschnitt weitergeben)."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pyogrio
from numpy.typing import NDArray

from geodata.write_plan import block_frame, placed, region_frame, write_in_degrees
from regionalization.population_target import PopulationTarget
from spatial.blocks import BlockSet
from spatial.plan import Plan

# A Shapefile knows field names of ten letters and texts of 254 bytes.
_SHORT = {"municipality": "gem_key", "municipality_name": "gem_name"}
_LONGEST_BYTES = 254
_FIXED_DAY = "2000-01-01"  # a Shapefile carries its date of change; the same plan must give the same file
_FIXED_MOMENT = (2000, 1, 1, 0, 0, 0)


def write_plan_shapefile(
    path: Path,
    polygons: NDArray[Any],
    blocks: BlockSet,
    *,
    plan: Plan,
    target: PopulationTarget,
    epsg: int,
) -> None:
    """A ZIP with the Shapefiles ``blocks`` and ``regions``: UTF-8 (.cpg), coordinate system (.prj), fixed dates.

    Field names keep to ten letters: ``gem_key`` and ``gem_name`` stand for the municipality; ``in_band`` is 1 or 0;
    an unassigned block has no region (NULL). Texts are cut at 254 bytes, which is all a Shapefile holds.

    Parameters
    ----------
    path : the ZIP file
    polygons : (n,) shapes in block order
    target : decides the column ``in_band``
    epsg : coordinate system of the polygons

    Errors
    ------
    InputError : the folder cannot be written
    """
    layers = {
        "blocks": block_frame(polygons, blocks, plan, epsg),
        "regions": region_frame(polygons, blocks, plan=plan, target=target, epsg=epsg),
    }
    placed(path, lambda scratch: _zip_shapefiles(scratch, layers))


def write_plan_blocks_geojson(path: Path, polygons: NDArray[Any], blocks: BlockSet, *, plan: Plan, epsg: int) -> None:
    """The blocks with their region as GeoJSON in longitude and latitude; the kind that can be read back as a plan.

    Errors
    ------
    InputError : the folder cannot be written
    """
    write_in_degrees(path, block_frame(polygons, blocks, plan, epsg), epsg=epsg, layer="blocks")


def _zip_shapefiles(path: Path, layers: dict[str, geopandas.GeoDataFrame]) -> None:
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, frame in layers.items():
            pyogrio.write_dataframe(
                _shortened(frame),
                Path(scratch) / f"{name}.shp",
                driver="ESRI Shapefile",
                ENCODING="UTF-8",
                DBF_DATE_LAST_UPDATE=_FIXED_DAY,
            )
        for part in sorted(Path(scratch).iterdir()):
            entry = zipfile.ZipInfo(part.name, _FIXED_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, part.read_bytes())


def _shortened(frame: geopandas.GeoDataFrame) -> geopandas.GeoDataFrame:
    """The table within the limits of a Shapefile."""
    short = frame.rename(columns=_SHORT)
    for name in short.columns.drop("geometry"):
        if pd.api.types.is_bool_dtype(short[name]):
            short[name] = short[name].astype("int32")
        elif not pd.api.types.is_numeric_dtype(short[name]):
            short[name] = [_cut(str(text)) for text in short[name]]
    return short


def _cut(text: str) -> str:
    """A text of at most 254 bytes in UTF-8, never cut within a letter.

    >>> len(_cut("ä" * 200).encode()), _cut("Wassenberg")
    (254, 'Wassenberg')
    """
    return text.encode()[:_LONGEST_BYTES].decode(errors="ignore")
