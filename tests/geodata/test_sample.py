"""The embedded county keeps the promises its users rely on."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from geodata.read_counts import key_columns, read_frame
from geodata.sample import SampleCounty, musterkreis, write_sample
from indicators.catalogue import standard_catalogue
from indicators.count_checks import counts_from_frame
from spatial.errors import blocking

# AGS: residents of 31.12.2022, area in km², centre in EPSG 25832 (GV100AD of 30.11.2023; own calculation from VG250)
FACTS = {
    "05370004": (44_215, 117.34, (313576, 5660704)),
    "05370008": (13_240, 48.72, (290561, 5654519)),
    "05370012": (28_252, 83.16, (298577, 5650806)),
    "05370016": (43_476, 92.21, (297577, 5659449)),
    "05370020": (41_301, 61.27, (305826, 5658373)),
    "05370024": (10_557, 42.09, (284133, 5656714)),
    "05370028": (24_215, 26.09, (296517, 5645680)),
    "05370032": (9_164, 30.27, (291057, 5661286)),
    "05370036": (19_339, 42.43, (300150, 5666352)),
    "05370040": (28_074, 84.34, (307619, 5669311)),
}
NEIGHBOURS = {
    ("004", "020"), ("012", "028"), ("004", "040"), ("012", "016"), ("016", "032"), ("016", "020"), ("016", "036"),
    ("008", "024"), ("008", "012"), ("036", "040"), ("008", "016"), ("008", "032"), ("020", "036"), ("012", "020"),
    ("004", "036"), ("024", "032"),
}  # fmt: skip
NOT_ADDITIVE = {"INF01", "INF02"}
LAYERS = {"blocks", "municipalities", "barriers", "places", "counts", "facilities", "addresses", "roads",
                 "crossings", "about"}  # fmt: skip


@pytest.fixture(scope="module")
def county() -> SampleCounty:
    return musterkreis()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("county"))


@pytest.fixture(scope="module")
def shapes(county: SampleCounty) -> dict[str, shapely.Polygon]:
    blocks = county.blocks
    return {ags: shapely.coverage_union_all(part.geometry.to_numpy()) for ags, part in blocks.groupby("ags")}


def test_the_residents_of_every_municipality_are_exactly_its_official_figure(county: SampleCounty) -> None:
    assert county.blocks.groupby("ags")["einwohner"].sum().to_dict() == {ags: f[0] for ags, f in FACTS.items()}
    assert county.municipalities.set_index("ags")["einwohner"].sum() == 261_833


def test_blocks_cover_the_county_without_gap_or_overlap(county: SampleCounty) -> None:
    polygons = county.blocks.geometry.to_numpy()
    assert 1_800 <= len(polygons) <= 2_400
    assert shapely.is_valid(polygons).all()
    assert set(shapely.get_type_id(polygons)) == {shapely.GeometryType.POLYGON}
    assert shapely.coverage_is_valid(polygons)
    whole = shapely.coverage_union_all(polygons)
    assert whole.geom_type == "Polygon" and not list(whole.interiors)
    assert county.blocks.crs.to_epsg() == 25832


def test_every_municipality_is_one_piece_without_holes(shapes: dict[str, shapely.Polygon]) -> None:
    assert {ags: (shape.geom_type, len(shape.interiors)) for ags, shape in shapes.items()} == {
        ags: ("Polygon", 0) for ags in FACTS
    }


@pytest.mark.parametrize("ags", FACTS)
def test_area_and_centre_of_a_municipality_are_near_the_facts(ags: str, shapes: dict[str, shapely.Polygon]) -> None:
    _residents, area_km2, centre = FACTS[ags]
    assert shapes[ags].area / 1e6 == pytest.approx(area_km2, rel=0.03)
    assert shapely.distance(shapes[ags].centroid, shapely.Point(centre)) < 1_500


def test_municipalities_border_on_their_real_neighbours_and_on_no_others(shapes: dict[str, shapely.Polygon]) -> None:
    found = {
        (a[-3:], b[-3:])
        for a, b in combinations(sorted(shapes), 2)
        if shapely.intersection(shapes[a], shapes[b]).length > 1_000
    }
    assert found == NEIGHBOURS


def test_blocks_of_a_municipality_and_its_own_layer_have_the_same_outline(
    county: SampleCounty, shapes: dict[str, shapely.Polygon]
) -> None:
    for row in county.municipalities.itertuples():
        assert shapely.equals(row.geometry, shapes[row.ags])


def test_the_age_groups_of_a_block_sum_to_its_residents(county: SampleCounty) -> None:
    ages = county.blocks.filter(regex=r"^[mf]_\d\d_")
    assert ages.shape[1] == 38
    assert (ages.sum(axis=1) == county.blocks["einwohner"]).all()


def test_no_block_is_too_large_and_some_are_empty(county: SampleCounty) -> None:
    residents = county.blocks["einwohner"]
    assert residents.min() == 0 and residents.max() <= 1_500
    assert 0.10 <= (residents == 0).mean() <= 0.20


def test_block_keys_are_unique_texts_with_their_municipality_in_front(county: SampleCounty) -> None:
    assert county.blocks["block_id"].is_unique
    assert (county.blocks["block_id"].str[:8] == county.blocks["ags"]).all()


def test_every_additive_indicator_has_numerator_and_denominator(county: SampleCounty) -> None:
    wanted = {f"{key}_{side}" for key in standard_catalogue().ids if key not in NOT_ADDITIVE for side in ("num", "den")}
    assert set(county.counts.columns) == wanted | {"block_id", "stichtag"}
    assert set(county.counts["stichtag"]) == {"2020-12-31", "2022-12-31"}
    assert len(county.counts) == 2 * len(county.blocks)


def test_a_share_never_counts_more_cases_than_people(county: SampleCounty) -> None:
    for indicator in standard_catalogue():
        if indicator.kind == "proportion" and indicator.id not in NOT_ADDITIVE:
            cases, people = county.counts[f"{indicator.id}_num"], county.counts[f"{indicator.id}_den"]
            assert (cases >= 0).all() and (cases <= people).all(), indicator.id


def test_counts_of_the_last_date_rest_on_the_residents_of_the_blocks(county: SampleCounty) -> None:
    last = county.counts[county.counts["stichtag"] == "2022-12-31"].set_index("block_id").loc[county.blocks["block_id"]]
    assert (last["BEV01_num"].to_numpy() == county.blocks["einwohner"].to_numpy()).all()
    old = county.blocks.filter(regex=r"^[mf]_(80_84|85_89|90_plus)$").sum(axis=1)
    assert (last["BEV06_num"].to_numpy() == old.to_numpy()).all()


def test_the_indicators_read_the_counts_layer_without_an_error(file: Path) -> None:
    frame = read_frame(file)
    area, day = key_columns(frame)
    table, findings = counts_from_frame(frame, standard_catalogue(), id_column=area, date_column=day)
    assert not blocking(findings)
    assert table is not None and table.dates == ("2020-12-31", "2022-12-31")
    cases, children = table.totals("EIN02")
    assert 0.09 <= cases / children <= 0.15


def test_child_poverty_is_higher_in_hueckelhoven_centre_than_in_villages(county: SampleCounty) -> None:
    last = county.counts[county.counts["stichtag"] == "2022-12-31"].merge(county.blocks[["block_id", "ort"]])
    totals = last.groupby("ort")[["EIN02_num", "EIN02_den"]].sum()
    share = totals["EIN02_num"] / totals["EIN02_den"]
    assert share["Hückelhoven-Mitte"] > 2 * share["Höngen"]


def test_neighbouring_blocks_are_alike_in_child_poverty(county: SampleCounty) -> None:
    last = county.counts[county.counts["stichtag"] == "2022-12-31"].reset_index(drop=True)
    many = last["EIN02_den"] >= 15
    share = (last["EIN02_num"] / last["EIN02_den"])[many].to_numpy()
    left, right = shapely.STRtree(county.blocks.geometry[many.to_numpy()]).query(
        county.blocks.geometry[many.to_numpy()], predicate="touches"
    )
    assert np.corrcoef(share[left], share[right])[0, 1] > 0.25


def test_addresses_lie_in_their_block_and_are_unique(county: SampleCounty) -> None:
    found = county.addresses
    assert 15_000 <= len(found) <= 25_000
    assert not found.duplicated(["plz", "ort", "strasse", "hausnummer"]).any()
    home = county.blocks.set_index("block_id").loc[found["block_id"]]
    assert shapely.intersects(home.geometry.to_numpy(), found.geometry.to_numpy()).all()
    assert (home["ags"].to_numpy() == found["ags"].to_numpy()).all()


def test_every_inhabited_block_has_an_address_and_no_empty_one_has(county: SampleCounty) -> None:
    inhabited = set(county.blocks.loc[county.blocks["einwohner"] > 0, "block_id"])
    assert set(county.addresses["block_id"]) == inhabited


def test_house_numbers_ascend_along_each_side_of_a_street(county: SampleCounty) -> None:
    number = county.addresses["hausnummer"].str.extract(r"^(\d+)([a-h]?)$")
    assert number.notna().all().all()
    assert (number[1] != "").any()
    streets = county.addresses.assign(number=number[0].astype(int), odd=number[0].astype(int) % 2)
    for _street, houses in streets.groupby(["ags", "ort", "strasse", "odd"]):
        assert houses["number"].is_monotonic_increasing


def test_facilities_stand_in_their_block_and_every_municipality_has_each_kind(county: SampleCounty) -> None:
    found = county.facilities
    assert 270 <= len(found) <= 330 and found["facility_id"].is_unique and found["name"].is_unique
    home = county.blocks.set_index("block_id").loc[found["block_id"]]
    assert shapely.intersects(home.geometry.to_numpy(), found.geometry.to_numpy()).all()
    assert (pd.crosstab(found["ags"], found["art"]) > 0).all().all()


def test_places_in_care_are_the_places_of_the_facilities(county: SampleCounty) -> None:
    care = county.facilities[county.facilities["art"].isin(["pflegeheim", "tagespflege"])]
    last = county.counts[county.counts["stichtag"] == "2022-12-31"]
    assert last["ALT05_num"].sum() == care["plaetze"].sum()


def test_roads_link_all_places_and_crossings_lie_on_their_barrier(county: SampleCounty) -> None:
    roads = shapely.union_all(county.roads.geometry.to_numpy())
    assert shapely.distance(county.places.geometry.to_numpy(), roads).max() < 5
    assert county.roads["name"].str.match(r"^[BL] \d+$").all()
    lines = county.barriers.set_index("name").geometry
    for row in county.crossings.itertuples():
        assert shapely.distance(row.geometry, lines[row.barrier]) < 1
        assert row.block_a != row.block_b


def test_block_borders_follow_motorway_and_railway(county: SampleCounty) -> None:
    borders = shapely.multilinestrings(shapely.get_exterior_ring(county.blocks.geometry.to_numpy()))
    shapely.prepare(borders)
    for line in county.barriers.geometry:
        along = shapely.line_interpolate_point(line, np.arange(0.0, line.length, 50.0))
        assert (shapely.distance(borders, along) <= 30).mean() > 0.95


def test_two_runs_give_the_same_bytes(file: Path, tmp_path: Path) -> None:
    assert write_sample(tmp_path).read_bytes() == file.read_bytes()


def test_another_seed_gives_another_county_of_the_same_size(county: SampleCounty) -> None:
    other = musterkreis(5)
    assert len(other.addresses) != len(county.addresses)
    assert other.blocks["einwohner"].sum() == county.blocks["einwohner"].sum()


def test_the_file_says_that_it_is_invented_and_holds_every_layer(file: Path) -> None:
    assert {name for name, _kind in pyogrio.list_layers(file)} == LAYERS
    about = geopandas.read_file(file, layer="about").set_index("schluessel")["wert"]
    assert about["titel"] == "Musterkreis (synthetisch, nach Eckwerten des Kreises Heinsberg)"
