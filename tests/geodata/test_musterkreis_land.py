"""The land of the embedded county: does it keep the facts it is built on, and is it a map that every engine can use?"""

from __future__ import annotations

from itertools import pairwise

import geopandas as gpd
import numpy as np
import pytest
import shapely
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from geodata.musterkreis.block_shapes import common_borders
from geodata.musterkreis.county import County, county
from geodata.musterkreis.facts import AGE_COLUMNS, MUNICIPALITIES, NEIGHBOURS
from geodata.musterkreis.land_layers import (
    barrier_layer,
    block_layer,
    municipality_layer,
    place_layer,
    road_layer,
)

SEED = 37


@pytest.fixture(scope="module")
def made() -> County:
    return county(SEED)


@pytest.fixture(scope="module")
def blocks(made: County) -> gpd.GeoDataFrame:
    return block_layer(made.ground, made.residents)


@pytest.fixture(scope="module")
def municipalities(made: County) -> gpd.GeoDataFrame:
    return municipality_layer(made.ground)


def components(blocks: gpd.GeoDataFrame, key: np.ndarray) -> int:
    """Connected groups of blocks that share a key and a border line, counted apart from the module under test."""
    a, b = gpd.GeoSeries(blocks.geometry).sindex.query(blocks.geometry.to_numpy(), predicate="touches")
    polygons = blocks.geometry.to_numpy()
    same = (a < b) & (key[a] == key[b])
    line = shapely.length(shapely.intersection(polygons[a[same]], polygons[b[same]])) > 0.05
    a, b = a[same][line], b[same][line]
    graph = coo_matrix((np.ones(len(a)), (a, b)), shape=(len(key), len(key)))
    return int(connected_components(graph, directed=False)[0])


def test_blocks_cover_the_county_without_gap_or_overlap(blocks: gpd.GeoDataFrame) -> None:
    assert shapely.coverage_is_valid(blocks.geometry.to_numpy(), gap_width=0.0)
    county_shape = shapely.coverage_union_all(blocks.geometry.to_numpy())
    assert county_shape.geom_type == "Polygon" and not len(county_shape.interiors)
    assert blocks.geometry.area.sum() == pytest.approx(county_shape.area)


def test_every_block_is_one_valid_piece_of_sensible_size(blocks: gpd.GeoDataFrame) -> None:
    assert set(blocks.geom_type) == {"Polygon"} and blocks.geometry.is_valid.all()
    assert (shapely.get_num_interior_rings(blocks.geometry.to_numpy()) == 0).all()
    assert blocks.geometry.area.min() > 5_000
    assert blocks.crs.to_epsg() == 25832
    assert 1_900 <= len(blocks) <= 2_150


def test_coordinates_lie_on_the_decimetre_grid(blocks: gpd.GeoDataFrame) -> None:
    xy = shapely.get_coordinates(blocks.geometry.to_numpy())
    assert np.abs(xy * 10 - np.round(xy * 10)).max() < 1e-6


def test_the_land_is_light_enough_to_be_drawn_without_simplifying(blocks: gpd.GeoDataFrame) -> None:
    assert shapely.get_num_coordinates(blocks.geometry.to_numpy()).sum() < 110_000


def test_the_blocks_of_a_municipality_hang_together(blocks: gpd.GeoDataFrame) -> None:
    assert components(blocks, blocks["ags"].to_numpy()) == len(MUNICIPALITIES)


def test_the_blocks_of_a_place_hang_together(blocks: gpd.GeoDataFrame) -> None:
    names = (blocks["ags"] + blocks["ort"]).to_numpy()
    assert components(blocks, names) == len(set(names))


def test_block_numbers_start_with_the_municipality_and_keep_the_leading_zero(blocks: gpd.GeoDataFrame) -> None:
    assert blocks["block_id"].is_unique
    assert (blocks["block_id"].str.fullmatch(r"05370\d{7}") & (blocks["block_id"].str[:8] == blocks["ags"])).all()


def test_residents_add_up_to_the_official_number_of_each_municipality(blocks: gpd.GeoDataFrame) -> None:
    sums = blocks.groupby("ags")["einwohner"].sum()
    assert {town.ags: town.residents for town in MUNICIPALITIES} == sums.to_dict()
    assert sums.sum() == 261_833


def test_men_add_up_to_the_official_number_of_each_municipality(blocks: gpd.GeoDataFrame) -> None:
    men = blocks[[name for name in AGE_COLUMNS if name.startswith("m_")]].sum(axis=1)
    assert {town.ags: town.men for town in MUNICIPALITIES} == men.groupby(blocks["ags"]).sum().to_dict()


def test_ages_add_up_to_the_residents_of_every_block(blocks: gpd.GeoDataFrame) -> None:
    ages = blocks[list(AGE_COLUMNS)]
    assert (ages >= 0).all().all()
    assert (ages.sum(axis=1) == blocks["einwohner"]).all()


def test_some_blocks_are_empty_and_none_is_larger_than_a_quarter(blocks: gpd.GeoDataFrame) -> None:
    assert 0.10 < (blocks["einwohner"] == 0).mean() < 0.20
    assert blocks["einwohner"].max() <= 1_500
    assert (blocks.loc[blocks["einwohner"] > 0, "siedlung_ha"] > 0).all()
    assert (blocks["siedlung_ha"] <= blocks["flaeche_ha"]).all()


def test_areas_are_within_three_percent_of_the_facts(municipalities: gpd.GeoDataFrame) -> None:
    wanted = np.array([town.area_km2 for town in MUNICIPALITIES])
    assert np.abs(municipalities.geometry.area / 1e6 / wanted - 1).max() < 0.03


def test_centres_are_within_one_and_a_half_kilometres_of_the_facts(municipalities: gpd.GeoDataFrame) -> None:
    centres = shapely.points([town.centre for town in MUNICIPALITIES])
    assert shapely.distance(municipalities.geometry.centroid.to_numpy(), centres).max() < 1_500


def test_municipalities_border_exactly_on_those_they_should(municipalities: gpd.GeoDataFrame) -> None:
    a, b, border_m = common_borders(municipalities.geometry.to_numpy())
    ags = municipalities["ags"].to_numpy()
    assert {frozenset((ags[i], ags[j])) for i, j in zip(a, b, strict=True)} == NEIGHBOURS
    assert border_m.min() > 1_000


def test_borders_wind_instead_of_running_straight(municipalities: gpd.GeoDataFrame) -> None:
    """No straight piece of a municipal border is longer than a field is wide."""
    longest = 0.0
    for ring in municipalities.geometry.exterior:
        xy = np.asarray(ring.simplify(1.0).coords)
        longest = max(longest, *(float(np.hypot(*(q - p))) for p, q in pairwise(xy)))
    assert longest < 400


def test_no_place_is_without_a_block(made: County, blocks: gpd.GeoDataFrame) -> None:
    wanted = {(place.ags, place.quarter) for place in made.ground.land.places}
    assert set(zip(blocks["ags"], blocks["ort"], strict=True)) == wanted


def test_block_borders_follow_motorway_and_railway(made: County, blocks: gpd.GeoDataFrame) -> None:
    tree = shapely.STRtree(shapely.get_rings(blocks.geometry.to_numpy()))
    for barrier in barrier_layer(made.ground).itertuples():
        stops = shapely.line_interpolate_point(barrier.geometry, np.arange(5.0, barrier.geometry.length, 25.0))
        apart = tree.query_nearest(stops, return_distance=True, all_matches=False)[1]
        assert (apart < 1.0).mean() > 0.995, barrier.name


def test_roads_reach_every_place_and_federal_ones_every_town(made: County, municipalities: gpd.GeoDataFrame) -> None:
    roads, places = road_layer(made.ground), place_layer(made.ground)
    assert set(roads["art"]) == {"bundesstrasse", "landesstrasse", "kreisstrasse"}
    assert (roads["name"].str[0] == roads["art"].str[0].str.upper()).all()
    assert shapely.distance(places.geometry.to_numpy(), roads.geometry.union_all()).max() < 1
    federal = roads[roads["art"] == "bundesstrasse"]
    towns = municipalities["ags"].isin([town.ags for town in MUNICIPALITIES if town.is_town])
    assert municipalities[towns].geometry.intersects(federal.geometry.union_all()).all()
    assert set(federal["name"]) == {"B 56", "B 57", "B 221"}


def test_a_name_is_that_of_one_road_only(made: County) -> None:
    roads = road_layer(made.ground)
    assert (roads.groupby("name")["art"].nunique() == 1).all()
    assert shapely.is_simple(roads.geometry.to_numpy()).mean() > 0.9 and set(roads.geom_type) == {"LineString"}


def test_every_municipality_has_one_label_of_first_rank(made: County) -> None:
    first = place_layer(made.ground).query("rang == 1")
    assert sorted(first["ags"]) == sorted(town.ags for town in MUNICIPALITIES)


def test_another_seed_moves_the_blocks_and_keeps_the_facts() -> None:
    other = county(5)
    blocks, shapes = block_layer(other.ground, other.residents), municipality_layer(other.ground)
    assert blocks.groupby("ags")["einwohner"].sum().tolist() == [town.residents for town in MUNICIPALITIES]
    assert components(blocks, blocks["ags"].to_numpy()) == len(MUNICIPALITIES)
    assert np.abs(shapes["flaeche_km2"] - [town.area_km2 for town in MUNICIPALITIES]).max() < 1.0
