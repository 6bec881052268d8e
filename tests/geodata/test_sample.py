"""The file of the embedded county: counts, facilities, addresses and crossings keep the promises users rely on."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pyogrio
import pytest
import shapely

from geodata.barriers import barriers_from_lines
from geodata.musterkreis.deprivation import QUARTERS
from geodata.read_counts import key_columns, read_frame
from geodata.sample import SampleCounty, write_sample
from indicators.catalogue import standard_catalogue
from indicators.count_checks import counts_from_frame
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.errors import blocking

NOT_ADDITIVE = {"INF01", "INF02"}


@pytest.fixture(scope="module")
def county(musterkreis: Path) -> SampleCounty:
    layers = {layer.name: pyogrio.read_dataframe(musterkreis, layer=layer.name) for layer in fields(SampleCounty)}
    return SampleCounty(**layers)


def test_every_additive_indicator_has_numerator_and_denominator(county: SampleCounty) -> None:
    wanted = {f"{key}_{side}" for key in standard_catalogue().ids if key not in NOT_ADDITIVE for side in ("num", "den")}
    assert set(county.counts.columns) == wanted | {"block_id", "stichtag"}
    assert set(county.counts["stichtag"]) == {"2018-12-31", "2020-12-31", "2022-12-31"}
    assert len(county.counts) == 3 * len(county.blocks)


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


def test_the_indicators_read_the_counts_layer_without_an_error(musterkreis: Path) -> None:
    frame = read_frame(musterkreis)
    area, day = key_columns(frame)
    table, findings = counts_from_frame(frame, standard_catalogue(), id_column=area, date_column=day)
    assert not blocking(findings)
    assert table is not None and table.dates == ("2018-12-31", "2020-12-31", "2022-12-31")
    cases, children = table.totals("EIN02")
    assert 0.09 <= cases / children <= 0.15


def test_child_poverty_is_higher_in_hueckelhoven_centre_than_in_villages(county: SampleCounty) -> None:
    last = county.counts[county.counts["stichtag"] == "2022-12-31"].merge(county.blocks[["block_id", "ort"]])
    totals = last.groupby("ort")[["EIN02_num", "EIN02_den"]].sum()
    share = totals["EIN02_num"] / totals["EIN02_den"]
    assert share["Hückelhoven-Mitte"] > 1.7 * share["Höngen"]


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
    assert 15_000 <= len(found) <= 25_000 and found.crs.to_epsg() == 25832
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


def test_every_quarter_with_a_burden_of_its_own_is_a_quarter_of_the_county(county: SampleCounty) -> None:
    assert set(QUARTERS) <= set(county.blocks["ort"])


def test_a_crossing_lies_on_its_barrier_between_two_blocks_that_meet_there(county: SampleCounty) -> None:
    lines = county.barriers.set_index("name").geometry
    blocks = county.blocks.set_index("block_id").geometry
    assert county.crossings["barrier"].value_counts().min() >= 10
    for row in county.crossings.itertuples():
        border = shapely.intersection(blocks[row.block_a], blocks[row.block_b])
        assert shapely.distance(row.geometry, lines[row.barrier]) < 1
        assert border.length > 1 and shapely.distance(row.geometry, border) < 15
        assert shapely.intersection(border, shapely.buffer(lines[row.barrier], 5)).length > 0.5 * border.length


def test_no_barrier_is_closed_for_longer_than_a_detour_of_a_few_kilometres(county: SampleCounty) -> None:
    lines = county.barriers.set_index("name").geometry
    for barrier, points in county.crossings.groupby("barrier"):
        at = np.sort(shapely.line_locate_point(lines[barrier], points.geometry.to_numpy()))
        assert np.diff(np.r_[0.0, at, lines[barrier].length]).max() <= 2_501


def test_the_crossings_open_the_barriers_when_the_file_is_read(county: SampleCounty) -> None:
    polygons, ids = county.blocks.geometry.to_numpy(), county.blocks["block_id"].tolist()
    contiguity = contiguity_from_polygons(polygons)
    lines, points = county.barriers.geometry.to_numpy(), county.crossings.geometry.to_numpy()
    found = barriers_from_lines(polygons, contiguity, lines, ids=ids, crossings=points)
    edges = {frozenset((ids[a], ids[b])) for a, b in contiguity.edges[found.crossed]}
    wanted = {frozenset(pair) for pair in zip(county.crossings["block_a"], county.crossings["block_b"], strict=True)}
    assert len(wanted & edges) >= 0.9 * len(wanted)
    assert found.closed.sum() > 50


def test_two_runs_give_the_same_bytes(musterkreis: Path, tmp_path: Path) -> None:
    assert write_sample(tmp_path).read_bytes() == musterkreis.read_bytes()


def test_the_file_says_that_it_is_invented_and_holds_every_layer(musterkreis: Path) -> None:
    assert {name for name, _kind in pyogrio.list_layers(musterkreis)} == {layer.name for layer in fields(SampleCounty)}
    about = geopandas.read_file(musterkreis, layer="about").set_index("schluessel")["wert"]
    assert about["titel"] == "Musterkreis (synthetisch, nach Eckwerten des Kreises Heinsberg)"
