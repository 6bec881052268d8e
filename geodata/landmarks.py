"""What people look for on a map (Orientierung): facilities by kind, and streets by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio

from spatial.arrays import FloatArray

_DEGREES = 4326
_KIND, _NAME = ("art", "kind", "type"), ("name", "bezeichnung")
_STREET, _TOWN = ("strasse", "straße", "street"), ("ort", "gemeinde", "place", "town")


@dataclass(frozen=True, eq=False)
class Landmarks:
    """Points in longitude and latitude.

    Attributes
    ----------
    facility_names, facility_kinds : f texts each
    facility_points : (f, 2) degrees
    street_names : s texts, with the place behind a comma where it is known, each once
    street_points : (s, 2) degrees, one address of the street
    """

    facility_names: tuple[str, ...]
    facility_kinds: tuple[str, ...]
    facility_points: FloatArray
    street_names: tuple[str, ...]
    street_points: FloatArray


def read_landmarks(path: Path) -> Landmarks:
    """The landmarks of a GeoPackage; layers or columns that are not there give none."""
    present = {str(name) for name in pyogrio.list_layers(path)[:, 0]}
    facilities = _points(path, "facilities" if "facilities" in present else "")
    streets = _points(path, next((name for name in ("streets", "addresses") if name in present), ""))
    kind, name = _column(facilities, _KIND), _column(facilities, _NAME)
    names = _street_names(streets)
    first = np.unique(names, return_index=True)[1] if names else np.array([], dtype=np.int64)
    kept = [int(i) for i in first if names[i]]
    return Landmarks(
        facility_names=tuple(name or [""] * len(facilities)),
        facility_kinds=tuple(kind or [""] * len(facilities)),
        facility_points=_coordinates(facilities),
        street_names=tuple(names[i] for i in kept),
        street_points=_coordinates(streets)[kept],
    )


def _points(path: Path, layer: str) -> gpd.GeoDataFrame:
    if not layer:
        return gpd.GeoDataFrame(geometry=[], crs=_DEGREES)
    frame = pyogrio.read_dataframe(path, layer=layer)
    return frame[~(frame.geometry.isna() | frame.geometry.is_empty)].to_crs(_DEGREES)


def _column(frame: gpd.GeoDataFrame, names: tuple[str, ...]) -> list[str]:
    found = next((c for c in frame.columns if str(c).lower() in names), None)
    return [] if found is None else [str(value) for value in frame[found].fillna("")]


def _street_names(frame: gpd.GeoDataFrame) -> list[str]:
    streets = _column(frame, (*_STREET, *_NAME))
    towns = _column(frame, _TOWN) or [""] * len(streets)
    return [f"{street}, {town}" if street and town else street for street, town in zip(streets, towns, strict=True)]


def _coordinates(frame: gpd.GeoDataFrame) -> FloatArray:
    middle = frame.geometry.representative_point()
    points: FloatArray = np.column_stack([middle.x.to_numpy(), middle.y.to_numpy()]).astype(np.float64).reshape(-1, 2)
    return points
