"""Counts over time, from rasters, and the addresses of a town."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import pyproj
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import from_origin
from shapely import Point, box

from geodata.addresses import AddressColumns, blocks_of_addresses, read_addresses, read_hauskoordinaten
from geodata.blocks_from_frame import blocks_from_frame
from geodata.crosswalk import (
    crosswalk_from_mergers,
    crosswalk_from_shapes,
    crosswalk_from_table,
    interpolated_counts,
    moved_counts,
)
from geodata.raster_counts import counts_from_raster, dasymetric_counts, raster_total
from geodata.read_blocks import ColumnChoice, read_blocks
from tests.geodata.drawn_blocks import SOUTH, WEST, refused, six_blocks

pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")  # in rasterio


def halves() -> geopandas.GeoDataFrame:
    """Two areas over the six blocks, the border in the middle of the middle column."""
    squares = [box(WEST, SOUTH, WEST + 150, SOUTH + 200), box(WEST + 150, SOUTH, WEST + 300, SOUTH + 200)]
    return geopandas.GeoDataFrame({"key": ["west", "ost"]}, geometry=squares, crs=25832)


# time


def test_a_merger_of_municipalities_adds_their_residents() -> None:
    crosswalk = crosswalk_from_mergers({"05370004": "05370004", "05370005": "05370004", "05370008": "05370008"})
    assert moved_counts(crosswalk, [10, 5, 7]).tolist() == [15, 7]


def test_a_published_table_moves_counts_and_wrong_shares_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "umstieg.csv"
    path.write_text("ags_alt;ags_neu;anteil\n01;01;0,667\n01;02;0,333\n02;02;1\n", encoding="utf-8")
    crosswalk = crosswalk_from_table(path, columns=("ags_alt", "ags_neu", "anteil"))
    assert crosswalk.new_keys == ("01", "02")
    assert moved_counts(crosswalk, [100, 10]).tolist() == [67, 43]
    path.write_text("ags_alt;ags_neu;anteil\n01;01;0,6\n01;02;0,3\n", encoding="utf-8")
    found = refused(lambda: crosswalk_from_table(path, columns=("ags_alt", "ags_neu", "anteil")))
    assert found["crosswalk.share.sum"].where == ("01",)


def test_shares_by_area_and_shares_by_residents_differ_where_people_live_on_one_side() -> None:
    old, new = six_blocks(), halves()
    by_area = crosswalk_from_shapes(old, new, keys=("block_id", "key"))
    assert moved_counts(by_area, old["einwohner"]).sum() == 2100
    assert moved_counts(by_area, [0, 100, 0, 0, 0, 0]).tolist() == [50, 50]
    homes = np.array([Point(WEST + 110, SOUTH + 50), Point(WEST + 120, SOUTH + 50)]), np.array([30, 10])
    by_people = crosswalk_from_shapes(old, new, keys=("block_id", "key"), homes=homes)
    assert moved_counts(by_people, [0, 100, 0, 0, 0, 0]).tolist() == [100, 0]


def test_an_old_area_without_new_ground_is_named() -> None:
    found = refused(lambda: crosswalk_from_shapes(six_blocks(), halves().iloc[:1], keys=("block_id", "key")))
    assert found["crosswalk.uncovered"].where == ("03", "06")


def test_several_columns_are_interpolated_with_their_sums() -> None:
    moved = interpolated_counts(six_blocks(kinder=[1, 2, 3, 4, 5, 7]), halves(), ["einwohner", "kinder"])
    assert moved.sum().to_dict() == {"einwohner": 2100, "kinder": 22}
    assert moved["einwohner"].tolist() == [850, 1250]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 10_000), min_size=6, max_size=6), st.floats(1, 299))
def test_no_cut_through_a_geography_loses_anybody(counts: list[int], cut: float) -> None:
    new = halves().set_geometry(
        [box(WEST, SOUTH, WEST + cut, SOUTH + 200), box(WEST + cut, SOUTH, WEST + 300, SOUTH + 200)], crs=25832
    )
    assert moved_counts(crosswalk_from_shapes(six_blocks(), new, keys=("block_id", "key")), counts).sum() == sum(counts)


# rasters


def population_raster(path: Path, values: np.ndarray, size: float = 50.0) -> Path:
    place = from_origin(WEST, SOUTH + values.shape[0] * size, size, size)
    profile = {"driver": "GTiff", "height": values.shape[0], "width": values.shape[1], "count": 1, "nodata": -9999}
    with rasterio.open(path, "w", **profile, dtype="float32", crs="EPSG:25832", transform=place) as raster:
        raster.write(values.astype("float32"), 1)
    return path


def test_cells_on_a_border_are_counted_by_the_part_inside(tmp_path: Path) -> None:
    values = np.zeros((4, 6))
    values[3, 2] = 40  # in block 02
    values[0, 0] = 10  # in block 04
    path = population_raster(tmp_path / "r.tif", values)
    counts, findings = counts_from_raster(path, six_blocks())
    assert counts.tolist() == [0, 40, 0, 10, 0, 0]
    assert findings[0].values["raster"] == 50
    assert counts_from_raster(path, halves())[0].tolist() == [50, 0]
    shifted = halves().translate(-25, 0).to_frame("geometry").set_geometry("geometry")
    assert counts_from_raster(path, shifted)[0].tolist() == [30, 20]


def test_missing_cells_are_no_residents_and_negative_ones_are_refused(tmp_path: Path) -> None:
    values = np.full((4, 6), -9999.0)
    values[0, 0] = 3
    assert counts_from_raster(population_raster(tmp_path / "r.tif", values), six_blocks())[0].sum() == 3
    values[0, 1] = -5
    path = population_raster(tmp_path / "n.tif", values)
    assert "raster.negative" in refused(lambda: counts_from_raster(path, six_blocks()))
    assert raster_total(path) == -2


def test_a_raster_without_system_or_band_or_content_is_refused(tmp_path: Path) -> None:
    path = population_raster(tmp_path / "r.tif", np.ones((4, 6)))
    assert "raster.band" in refused(lambda: counts_from_raster(path, six_blocks(), band=3))
    (tmp_path / "x.tif").write_bytes(b"II*\x00kaputt")
    assert "raster.unreadable" in refused(lambda: counts_from_raster(tmp_path / "x.tif", six_blocks()))


@pytest.mark.parametrize("kind", ["polygons", "raster"])
def test_residents_of_a_town_go_where_its_settlement_is(tmp_path: Path, kind: str) -> None:
    town = np.array([box(WEST, SOUTH, WEST + 300, SOUTH + 200)])
    settled = box(WEST, SOUTH, WEST + 100, SOUTH + 50)
    if kind == "polygons":
        mask: geopandas.GeoDataFrame | Path = geopandas.GeoDataFrame(geometry=[settled], crs=25832)
    else:
        values = np.zeros((4, 6))
        values[3, :2] = 1
        mask = population_raster(tmp_path / "s.tif", values)
    counts = dasymetric_counts(town, np.array([1000]), six_blocks(), settled=mask)
    assert counts.tolist() == [1000, 0, 0, 0, 0, 0]
    nowhere = geopandas.GeoDataFrame(geometry=[box(0, 0, 1, 1)], crs=25832)
    assert dasymetric_counts(town, np.array([1000]), six_blocks(), settled=nowhere).sum() == 1000


# addresses


def test_addresses_find_their_block_and_the_lost_ones_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "adressen.csv"
    path.write_text(
        "Straße;Hnr;Ost;Nord\nHauptstraße;1;300050,5;5650050\nHauptstraße;12 a;300250;5650150,25\n"
        "Am Rand;3;299990;5650050\nWeit weg;4;0;0\nOhne Nummer;;300050;5650050\n",
        encoding="cp1252",
    )
    columns = AddressColumns("Straße", "Hnr", "Ost", "Nord")
    addresses = read_addresses(path, epsg=25832, columns=columns)
    assert addresses.frame[["number", "suffix"]].to_numpy().tolist() == [[1, ""], [12, "a"], [3, ""], [4, ""]]
    assert addresses.findings[0].where == ("5",)
    blocks = six_blocks().geometry.to_numpy()
    found, findings = blocks_of_addresses(addresses, blocks, epsg=25832)
    assert found.tolist() == [0, 5, -1, -1]
    assert findings[0].where == ("Am Rand 3", "Weit weg 4")
    assert blocks_of_addresses(addresses, blocks, epsg=25832, reach_m=20)[0].tolist() == [0, 5, 0, -1]
    wrong = AddressColumns("Str", "Hnr", "Ost", "Nord")
    assert refused(lambda: read_addresses(path, epsg=25832, columns=wrong))["read.column.missing"].where == ("Str",)


def test_official_house_coordinates_are_read_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "hk.txt"
    path.write_text(
        "# Hauskoordinaten\n"
        ";DENW1;A;05;3;70;004;0000;01234;12;A;32300050,500;5650050,250;Hauptstraße;41812;Erkelenz;;Lövenich\n"
        "N;DENW3;A;05;3;70;004;0000;01234;13;;32300070,500;5650050,250;Hauptstraße;41812;Erkelenz;;\n"
        "L;DENW2;A;05;3;70;004;0000;01234;14;;32300060,000;5650050,000;Hauptstraße;41812;Erkelenz;;\n",
        encoding="utf-8",
    )
    addresses = read_hauskoordinaten(path)
    assert addresses.epsg == 25832
    assert addresses.frame.iloc[0].tolist() == ["05370004", "Hauptstraße", 12, "a", 300050.5, 5650050.25]
    assert len(addresses.frame) == 2
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    assert "address.layout" in refused(lambda: read_hauskoordinaten(path))


def test_house_coordinates_on_both_sides_of_a_zone_border_come_into_one_system(tmp_path: Path) -> None:
    path = tmp_path / "hk.txt"
    east_33, north_33 = pyproj.Transformer.from_crs(25832, 25833, always_xy=True).transform(700_000, 5_650_000)
    path.write_text(
        ";DE1;A;14;0;00;001;0000;00001;1;;32700000,000;5650000,000;Weg;04000;Ort;;\n"
        f";DE2;A;14;0;00;001;0000;00001;2;;33{east_33:.3f};{north_33:.3f};Weg;04000;Ort;;\n".replace(".", ","),
        encoding="utf-8",
    )
    addresses = read_hauskoordinaten(path)
    assert addresses.epsg == 25832
    assert addresses.frame[["east", "north"]].round(2).to_numpy().tolist() == [[700_000, 5_650_000]] * 2


# real files


def test_the_wrongly_geocoded_school_is_found(real_data: Path) -> None:
    county = read_blocks(
        real_data / "heinsberg/heinsberg_blocks_500m_derived.gpkg", choice=ColumnChoice(population="pop_est")
    )
    _, polygons = blocks_from_frame(county)
    schools = geopandas.read_file(real_data / "heinsberg/schulen_2024_25.geojson").to_crs(25832)
    inside = shapely.STRtree(polygons).query(schools.geometry.to_numpy(), predicate="intersects")[0]
    assert len(schools) - len(np.unique(inside)) == 1


def test_berlin_areas_of_2021_move_to_the_districts_with_everybody(real_data: Path) -> None:
    areas = geopandas.read_file(real_data / "berlin_lor2021_mss/lor_plr_2021.shp")
    districts = areas.assign(district=areas["PLR_ID"].str[:2]).dissolve("district").reset_index()
    counts = np.arange(len(areas)) * 7
    crosswalk = crosswalk_from_shapes(areas, districts, keys=("PLR_ID", "district"))
    moved = moved_counts(crosswalk, counts)
    assert moved.sum() == counts.sum()
    exact = np.bincount(areas["PLR_ID"].str[:2].astype(int) - 1, weights=counts)
    assert np.abs(moved - exact).max() <= 0.0005 * exact.max()
