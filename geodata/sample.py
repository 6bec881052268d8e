"""The embedded county (Musterkreis): invented, but with the size and shape of a real one, made from a seed."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path

import geopandas
import pyogrio

from geodata.sample_land.landscape import landscape
from geodata.sample_land.layers import about, barriers, blocks, municipalities, places

FILE_NAME = "musterkreis.gpkg"
SEED = 37
_FIXED_DATE = "2022-12-31T00:00:00Z"  # a GeoPackage carries a date of change; the same county gives the same file


@dataclass(frozen=True, eq=False)
class SampleCounty:
    """The layers of ``musterkreis.gpkg``; all shapes in EPSG 25832, all keys text.

    Attributes
    ----------
    blocks : gap-free statistical blocks with residents by sex and age
    municipalities : ten municipalities with residents of 31.12.2022
    barriers : motorway and railway
    places : names of towns and villages as points
    about : title, date and sources as key and value
    """

    blocks: geopandas.GeoDataFrame
    municipalities: geopandas.GeoDataFrame
    barriers: geopandas.GeoDataFrame
    places: geopandas.GeoDataFrame
    about: geopandas.GeoDataFrame


def musterkreis(seed: int = SEED) -> SampleCounty:
    """Make the embedded county; the same seed gives the same county on every machine.

    Source
    ------
    Residents and areas: GV100AD (30.11.2023); age structure: LZG NRW; all shapes and all other figures are invented.
    """
    land = landscape(seed)
    return SampleCounty(
        blocks=blocks(land),
        municipalities=municipalities(land),
        barriers=barriers(land),
        places=places(land),
        about=about(),
    )


def write_sample(directory: Path, *, seed: int = SEED) -> Path:
    """Write ``musterkreis.gpkg`` with one layer per field of ``SampleCounty``; an older file is replaced at the end.

    Returns
    -------
    path of the file
    """
    directory.mkdir(parents=True, exist_ok=True)
    county = musterkreis(seed)
    with tempfile.TemporaryDirectory(dir=directory, prefix=".musterkreis-") as scratch:
        path = Path(scratch) / FILE_NAME
        for layer in fields(county):
            _write(path, getattr(county, layer.name), layer.name)
        os.replace(path, directory / FILE_NAME)
    return directory / FILE_NAME


def _write(path: Path, frame: geopandas.GeoDataFrame, layer: str) -> None:
    previous = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        pyogrio.write_dataframe(frame, path, layer=layer, append=path.exists())
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": previous})
