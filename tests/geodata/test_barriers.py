"""Barriers close borders, crossings open them, bridges join islands."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import shapely
from shapely import LineString, Point, box

from geodata.barriers import barriers_from_lines, suggested_bridges
from spatial.contiguity_from_polygons import contiguity_from_polygons


def row(count: int, *, gap: float = 0.0) -> np.ndarray:
    return np.array([box(k * (100 + gap), 0, k * (100 + gap) + 100, 100) for k in range(count)], dtype=object)


def test_a_motorway_between_two_blocks_closes_their_border() -> None:
    shapes = row(3)
    contiguity = contiguity_from_polygons(shapes)
    motorway = np.array([LineString([(103, -500), (103, 500)])])
    found = barriers_from_lines(shapes, contiguity, motorway, ids=["a", "b", "c"])
    assert found.closed.tolist() == [True, False]
    assert contiguity.with_barriers(found.closed).components().tolist() == [0, 1, 1]


def test_a_bridge_or_a_street_over_the_motorway_keeps_it_open() -> None:
    shapes = row(2)
    contiguity = contiguity_from_polygons(shapes)
    motorway = np.array([LineString([(100, -500), (100, 500)])])
    for crossing in (Point(100, 50), LineString([(50, 50), (150, 50)])):
        found = barriers_from_lines(shapes, contiguity, motorway, ids=["a", "b"], crossings=np.array([crossing]))
        assert found.crossed.tolist() == [True]
        assert not found.closed.any()


def test_a_line_that_only_crosses_a_border_closes_nothing_but_cuts_a_block() -> None:
    shapes = row(2)
    rail = np.array([LineString([(-100, 50), (300, 50)])])
    found = barriers_from_lines(shapes, contiguity_from_polygons(shapes), rail, ids=["a", "b"])
    assert not found.closed.any()
    assert next(f for f in found.findings if f.code == "barrier.through_block").where == ("a", "b")


def test_a_river_between_blocks_on_both_banks_closes_their_border() -> None:
    shapes = row(2, gap=20)
    contiguity = contiguity_from_polygons(shapes, tolerance_m=30)
    river = np.array([LineString([(110, -500), (110, 500)])])
    assert barriers_from_lines(shapes, contiguity, river, ids=["a", "b"]).closed.tolist() == [True]


def test_islands_get_the_shortest_bridges_inside_their_municipality() -> None:
    shapes = np.array([*row(2), box(250, 0, 300, 100), box(320, 0, 400, 100)], dtype=object)
    contiguity = contiguity_from_polygons(shapes)
    pairs, gap_m = suggested_bridges(shapes, contiguity)
    assert pairs.tolist() == [[2, 3], [1, 2]]
    assert gap_m.tolist() == [20, 50]
    assert contiguity.with_bridges(pairs).components().max() == 0
    inside, _ = suggested_bridges(shapes, contiguity, within=np.array([0, 0, 0, 1], dtype=np.int32))
    assert inside.tolist() == [[1, 2]]


def test_the_german_islands_get_twenty_two_bridges(real_data: Path) -> None:
    path = real_data / "germany_gemeinden/gemeinden_vg5000_2020geom_ewz2022.gpkg"
    shapes = shapely.make_valid(geopandas.read_file(path).geometry.to_numpy())
    contiguity = contiguity_from_polygons(shapes)
    pairs, gap_m = suggested_bridges(shapes, contiguity)
    assert len(pairs) == 22
    assert gap_m.max() < 80_000
    assert contiguity.with_bridges(pairs).components().max() == 0
