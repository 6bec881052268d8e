"""The embedded county (Musterkreis): invented, but with the size and shape of a real one, made from a seed."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path

import geopandas
import pandas as pd
import pyogrio

from geodata.musterkreis.about import about_table
from geodata.musterkreis.addresses import addresses
from geodata.musterkreis.counts import counts
from geodata.musterkreis.county import county
from geodata.musterkreis.crossings import crossing_layer
from geodata.musterkreis.facilities import facilities, places_per_block
from geodata.musterkreis.ground import ground_of
from geodata.musterkreis.land_layers import barrier_layer, block_layer, municipality_layer, place_layer, road_layer

FILE_NAME = "musterkreis.gpkg"
SEED = 37
_FIXED_DATE = "2022-12-31T00:00:00Z"  # a GeoPackage carries a date of change; the same county gives the same file

_SUPPLY = {"jugend": ("jugendzentrum",), "pflege": ("pflegeheim", "tagespflege")}  # places that indicators count


@dataclass(frozen=True, eq=False)
class SampleCounty:
    """The layers of ``musterkreis.gpkg``; all shapes in EPSG 25832, all keys text.

    Attributes
    ----------
    blocks : gap-free statistical blocks with residents by sex and age
    municipalities : ten municipalities with residents of 31.12.2022
    barriers : motorway and railway
    places : names of towns and villages as points
    counts : numerators and denominators of every additive indicator per block and date, no shapes
    facilities : Kitas, schools, care homes, doctors and youth clubs as points
    addresses : streets with house numbers as points
    roads : federal, state and county roads
    crossings : points where a region may cross motorway or railway
    about : title, date and sources as key and value
    """

    blocks: geopandas.GeoDataFrame
    municipalities: geopandas.GeoDataFrame
    barriers: geopandas.GeoDataFrame
    places: geopandas.GeoDataFrame
    counts: pd.DataFrame
    facilities: geopandas.GeoDataFrame
    addresses: geopandas.GeoDataFrame
    roads: geopandas.GeoDataFrame
    crossings: geopandas.GeoDataFrame
    about: pd.DataFrame


def musterkreis(seed: int = SEED) -> SampleCounty:
    """Make the embedded county; the same seed gives the same county on every machine.

    Source
    ------
    See ``geodata.musterkreis.facts``; all shapes and all figures below the municipalities are invented.
    """
    made = county(seed)
    land, ground = made.ground, ground_of(made)
    barriers, sites = barrier_layer(land), facilities(ground, seed=seed)
    supply = places_per_block(sites, ground.ids.tolist(), _SUPPLY)
    return SampleCounty(
        blocks=block_layer(land, made.residents),
        municipalities=municipality_layer(land),
        barriers=barriers,
        places=place_layer(land),
        counts=counts(ground, supply, seed=seed),
        facilities=sites,
        addresses=addresses(ground, barriers.geometry, seed=seed),
        roads=road_layer(land),
        crossings=crossing_layer(land.land.barriers, land.land.roads, ground),
        about=about_table(seed),
    )


def write_sample(directory: Path, *, seed: int = SEED) -> Path:
    """Write ``musterkreis.gpkg`` with one layer per field of ``SampleCounty``; an older file is replaced at the end.

    Returns
    -------
    path of the file
    """
    directory.mkdir(parents=True, exist_ok=True)
    layers = musterkreis(seed)
    with tempfile.TemporaryDirectory(dir=directory, prefix=".musterkreis-") as scratch:
        path = Path(scratch) / FILE_NAME
        for layer in fields(layers):
            _write(path, getattr(layers, layer.name), layer.name)
        os.replace(path, directory / FILE_NAME)
    return directory / FILE_NAME


def _write(path: Path, frame: pd.DataFrame, layer: str) -> None:
    previous = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        pyogrio.write_dataframe(frame, path, layer=layer, append=path.exists())
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": previous})
