"""The map layers of a project file, as QGIS opens them: blocks, regions, municipalities and what else came along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray

from geodata.layer_styles import LAYER_STYLES
from geodata.provenance import PROVENANCE_LAYER
from spatial.arrays import FloatArray
from spatial.blocks import BlockSet, Municipality, Place

COMPANIONS = ("facilities", "barriers", "streets", "addresses", "places", "roads")
_RESERVED = (
    "fid", "geom", "block_id", "residents", "municipality_key", "municipality", "place_key", "place", "region",
    "area_m2", "perimeter_m", "x_m", "y_m",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class ProjectBlocks:
    """The blocks of a project file with everything the county is made of.

    Attributes
    ----------
    blocks : n blocks in the fixed order
    polygons : (n,) shapes in the metric CRS ``epsg``
    features : name → (n,) float64
    origin : rows of the table ``provenance`` (``geodata.provenance.provenance_rows``)
    """

    blocks: BlockSet
    polygons: NDArray[Any]
    epsg: int
    features: Mapping[str, FloatArray]
    origin: Sequence[Mapping[str, Any]] = ()


def write_project_layers(path: Path, content: ProjectBlocks, *, companions: Path | None = None) -> None:
    """Write ``blocks``, ``municipalities``, an empty ``regions`` and the companions of the source file.

    Parameters
    ----------
    path : a new GeoPackage
    content : n blocks with shapes and features
    companions : the file the blocks came from; its layers of a known name (``facilities``, ``barriers``, …) are copied
    """
    crs = f"EPSG:{content.epsg}"
    # Without a spatial index the store may rewrite a layer with plain SQL: the index needs GDAL's own functions.
    plain = {"driver": "GPKG", "layer_options": {"SPATIAL_INDEX": "NO"}}
    blocks = gpd.GeoDataFrame(_block_columns(content), geometry=list(content.polygons), crs=crs)
    pyogrio.write_dataframe(blocks, path, layer="blocks", promote_to_multi=True, **plain)
    municipality_frame(content).to_file(path, layer="municipalities", driver="GPKG", engine="pyogrio")
    if content.origin:
        pyogrio.write_dataframe(pd.DataFrame(content.origin), path, layer=PROVENANCE_LAYER, driver="GPKG")
    _copy_companions(companions, path, crs)
    empty = {"region": np.array([], dtype=np.int64), "residents": np.array([], dtype=np.int64)}
    texts: dict[str, Any] = {name: np.array([], dtype=str) for name in ("name", "municipality", "colour", "in_band")}
    frame = gpd.GeoDataFrame({**empty, **texts}, geometry=[], crs=crs)
    pyogrio.write_dataframe(frame, path, layer="regions", geometry_type="MultiPolygon", **plain)
    _write_styles(path)


def municipality_frame(content: ProjectBlocks) -> gpd.GeoDataFrame:
    """One row per municipality with key, name, residents and its shape."""
    blocks = content.blocks
    shapes = [shapely.union_all(content.polygons[blocks.municipality == i]) for i in range(len(blocks.municipalities))]
    columns = {
        "municipality_key": [m.key for m in blocks.municipalities],
        "name": [m.name for m in blocks.municipalities],
        "residents": [m.residents for m in blocks.municipalities],
    }
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=f"EPSG:{content.epsg}")


def read_project_blocks(path: Path, feature_columns: Mapping[str, str]) -> ProjectBlocks:
    """The blocks of a project file, exactly as they were written.

    Parameters
    ----------
    feature_columns : feature name → column, as ``feature_columns`` gave it when the file was made
    """
    frame = pyogrio.read_dataframe(path, layer="blocks")
    municipalities = _named(frame, "municipality_key", "municipality")
    places = {key: name for key, name in _named(frame, "place_key", "place").items() if key}
    residents = frame["residents"].to_numpy(np.int64)
    keys, place_keys = sorted(municipalities), sorted(places)
    codes = np.array([keys.index(k) for k in frame["municipality_key"].fillna("")], dtype=np.int32)
    sums = np.bincount(codes, weights=residents, minlength=len(keys))
    place_index = {key: i for i, key in enumerate(place_keys)}
    blocks = BlockSet(
        ids=tuple(str(i) for i in frame["block_id"]),
        population=residents,
        area_m2=frame["area_m2"].to_numpy(),
        perimeter_m=frame["perimeter_m"].to_numpy(),
        centroid_m=frame[["x_m", "y_m"]].to_numpy(),
        municipality=codes,
        municipalities=tuple(Municipality(k, municipalities[k], int(s)) for k, s in zip(keys, sums, strict=True)),
        place=np.array([place_index.get(k, -1) for k in frame["place_key"].fillna("")], dtype=np.int32),
        places=tuple(Place(k, places[k]) for k in place_keys),
    )
    features = {name: frame[column].to_numpy(np.float64) for name, column in feature_columns.items()}
    return ProjectBlocks(blocks, frame.geometry.to_numpy(), int(frame.crs.to_epsg()), features)


def feature_columns(names: Sequence[str]) -> dict[str, str]:
    """A column for every feature; names that the layer needs itself get an underscore.

    >>> feature_columns(["arbeitslos", "Region"])
    {'arbeitslos': 'arbeitslos', 'Region': 'Region_'}
    """
    taken = set(_RESERVED)
    columns = {}
    for name in names:
        column = name
        while column.lower() in taken:
            column += "_"
        taken.add(column.lower())
        columns[name] = column
    return columns


def _block_columns(content: ProjectBlocks) -> dict[str, Any]:
    blocks = content.blocks
    place = [blocks.places[i] if i >= 0 else Place("", "") for i in blocks.place]
    municipality = [blocks.municipalities[i] for i in blocks.municipality]
    columns: dict[str, Any] = {
        "block_id": list(blocks.ids),
        "residents": blocks.population,
        "municipality_key": [m.key for m in municipality],
        "municipality": [m.name for m in municipality],
        "place_key": [p.key for p in place],
        "place": [p.name for p in place],
        "region": np.full(len(blocks), -1, dtype=np.int64),
        "area_m2": blocks.area_m2,
        "perimeter_m": blocks.perimeter_m,
        "x_m": blocks.centroid_m[:, 0],
        "y_m": blocks.centroid_m[:, 1],
    }
    features = {column: content.features[name] for name, column in feature_columns(list(content.features)).items()}
    return {**columns, **features}


def _named(frame: gpd.GeoDataFrame, key: str, name: str) -> dict[str, str]:
    pairs = frame[[key, name]].fillna("").drop_duplicates(key)
    return dict(zip(pairs[key].astype(str), pairs[name].astype(str), strict=True))


def _copy_companions(source: Path | None, target: Path, crs: str) -> None:
    if source is None or source.suffix.lower() != ".gpkg":
        return
    present = {str(name) for name in pyogrio.list_layers(source)[:, 0]}
    for layer in COMPANIONS:
        if layer in present:
            frame = pyogrio.read_dataframe(source, layer=layer).to_crs(crs)
            frame.to_file(target, layer=layer, driver="GPKG", engine="pyogrio")


def _write_styles(path: Path) -> None:
    rows = [
        {
            "f_table_catalog": "", "f_table_schema": "", "f_table_name": layer, "f_geometry_column": "geom",
            "styleName": layer, "styleQML": qml, "styleSLD": "", "useAsDefault": True, "description": "Raumwerk",
            "owner": "", "ui": "", "update_time": "2026-01-01T00:00:00Z",
        }
        for layer, qml in LAYER_STYLES.items()
    ]  # fmt: skip
    frame = pd.DataFrame(rows).astype({"update_time": "datetime64[ms, UTC]"})
    pyogrio.write_dataframe(frame, path, layer="layer_styles", driver="GPKG")
