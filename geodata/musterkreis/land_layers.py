"""Blocks and municipalities as map layers (Karten-Ebenen)."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import LineString

from geodata.musterkreis.block_names import NamedLand
from geodata.musterkreis.borders import GRID_M
from geodata.musterkreis.facts import EPSG, MUNICIPALITIES
from geodata.musterkreis.people import Residents


def block_layer(ground: NamedLand, residents: Residents) -> gpd.GeoDataFrame:
    """One row per block: keys, names, residents by sex and age, settled area."""
    shapes, town = ground.land.blocks.shapes, ground.land.blocks.town
    head = pd.DataFrame(
        {
            "block_id": ground.block_ids,
            "ags": ground.ags,
            "gemeinde": [MUNICIPALITIES[number].name for number in town],
            "ort": [ground.land.places[number].quarter for number in ground.place],
            "einwohner": residents.total,
            "flaeche_ha": np.round(shapely.area(shapes) / 1e4, 2),
            "siedlung_ha": residents.settled_ha,
        }
    )
    return gpd.GeoDataFrame(head.join(residents.frame()), geometry=shapes, crs=EPSG)


def municipality_layer(ground: NamedLand) -> gpd.GeoDataFrame:
    """One row per municipality; its shape is the union of its blocks, so both layers fit exactly."""
    blocks, rows = ground.land.blocks, []
    for number, facts in enumerate(MUNICIPALITIES):
        shape = shapely.coverage_union_all(blocks.shapes[blocks.town == number])
        rows.append((facts.ags, facts.ars, facts.name, facts.residents, round(shape.area / 1e6, 2), shape))
    columns = ["ags", "ars", "name", "einwohner", "flaeche_km2", "geometry"]
    return gpd.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry="geometry", crs=EPSG)


def barrier_layer(ground: NamedLand) -> gpd.GeoDataFrame:
    """Motorway and railway; block borders follow them (Barrieren)."""
    ways = ground.land.barriers
    head = pd.DataFrame({"name": [way.name for way in ways], "art": [way.art for way in ways]})
    return gpd.GeoDataFrame(head, geometry=[way.line for way in ways], crs=EPSG)


def road_layer(ground: NamedLand) -> gpd.GeoDataFrame:
    """Through roads from place to place, for orientation without any tiles (Hauptstraßen)."""
    pieces: dict[tuple[str, str], list[LineString]] = {}
    for road in ground.land.roads:
        pieces.setdefault((road.art, road.name), []).append(road.line)
    lines = shapely.line_merge([shapely.multilinestrings(pieces[road]) for road in sorted(pieces)])
    head = pd.DataFrame([(name, art) for art, name in sorted(pieces)], columns=["name", "art"])
    layer = gpd.GeoDataFrame(head, geometry=shapely.set_precision(lines, GRID_M), crs=EPSG)
    return layer.explode(ignore_index=True)


def place_layer(ground: NamedLand) -> gpd.GeoDataFrame:
    """Names for the map: seats of the municipalities first (rang 1), then by size (Ortsnamen)."""
    places = ground.land.places
    towns = {facts.ags for facts in MUNICIPALITIES if facts.is_town}
    head = pd.DataFrame(
        {
            "name": [place.name for place in places],
            "art": ["stadt" if place.is_seat and place.ags in towns else "ort" for place in places],
            "rang": [1 if place.is_seat else 2 if place.size >= _LARGE else 3 for place in places],
            "ags": [place.ags for place in places],
        }
    )
    return gpd.GeoDataFrame(head, geometry=gpd.points_from_xy(*_xy(ground)), crs=EPSG)


_LARGE = 2_000  # residents of a place that is named on the map of the whole county


def _xy(ground: NamedLand) -> tuple[list[float], list[float]]:
    return [place.x for place in ground.land.places], [place.y for place in ground.land.places]
