"""Neighbourhoods of real maps: streets, islands, invalid and overlapping blocks."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from spatial.contiguity_from_polygons import contiguity_from_polygons


def read(path: Path, epsg: int | None = None) -> geopandas.GeoDataFrame:
    frame = geopandas.read_file(path)
    return frame if epsg is None else frame.to_crs(epsg)


def islands(edges: np.ndarray, n: int) -> int:
    return int((np.bincount(edges.ravel(), minlength=n) == 0).sum())


def test_heinsberg_blocks_are_one_piece_and_their_borders_add_up(real_data: Path) -> None:
    shapes = read(real_data / "heinsberg/heinsberg_blocks_500m_derived.gpkg").geometry.to_numpy()
    found = contiguity_from_polygons(shapes)
    assert found.components().max() == 0
    outer = shapely.length(shapely.coverage_union_all(shapes))
    assert shapely.length(shapes).sum() - 2 * found.border_m.sum() == pytest.approx(outer, abs=10)


def test_berlin_planning_areas_are_one_piece(real_data: Path) -> None:
    found = contiguity_from_polygons(read(real_data / "berlin_lor2021_mss/lor_plr_2021.shp").geometry.to_numpy())
    assert (found.n, int(found.components().max())) == (542, 0)


def test_german_municipalities_have_eighteen_islands_in_twenty_three_pieces(real_data: Path) -> None:
    path = real_data / "germany_gemeinden/gemeinden_vg5000_2020geom_ewz2022.gpkg"
    found = contiguity_from_polygons(read(path).geometry.to_numpy())
    assert islands(found.edges, found.n) == 18
    assert int(found.components().max()) + 1 == 23


def test_cologne_voting_districts_are_two_pieces_in_spite_of_overlaps(real_data: Path) -> None:
    found = contiguity_from_polygons(read(real_data / "koeln/Stimmbezirk.shp").geometry.to_numpy())
    assert (islands(found.edges, found.n), int(found.components().max()) + 1) == (0, 2)


def test_berlin_blocks_between_streets_become_one_piece_with_the_neighbours_checked_by_hand(real_data: Path) -> None:
    frame = read(real_data / "berlin_blocks_odis/blocks.geojson", 25833)
    shapes = frame.geometry.to_numpy()
    plain = contiguity_from_polygons(shapes)
    assert islands(plain.edges, plain.n) in (938, 939)
    found = contiguity_from_polygons(shapes, tolerance_m=50)
    assert int(found.components().max()) == 0
    position = {key: i for i, key in enumerate(frame["id"])}
    checked = {
        tuple(sorted((position[key], position[other])))
        for key, others in zip(frame["id"], frame["neighbor_blocks"], strict=True)
        for other in (json.loads(others) if isinstance(others, str) else others)
        if other in position
    }
    ours = {(int(a), int(b)) for a, b in found.edges}
    assert len(checked) == 2847
    assert len(ours & checked) / len(checked) > 0.93  # recall
    assert len(ours & checked) / len(ours) > 0.95  # precision
