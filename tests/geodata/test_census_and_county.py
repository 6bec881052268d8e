"""From official files to a county with blocks, every resident kept."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.blocks_from_frame import blocks_from_frame
from geodata.cell_shares import raked_counts, shared_counts, split_counts
from geodata.census_grid import CensusCells, joined_census, read_census
from geodata.county import CountyForm, blocks_from_cells
from geodata.county_from_sources import make_county
from geodata.fetch import Source, fetch, read_sources
from geodata.municipalities import read_gv100ad, read_municipalities
from geodata.read_blocks import read_blocks
from spatial.contiguity_from_polygons import contiguity_from_polygons
from tests.geodata.drawn_blocks import refused
from tests.geodata.official_files import CENSUS_2011, CENSUS_2022, GV100AD, SOUTH, WEST, census_zip, office, vg250_zip


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def cells_of(frame: pd.DataFrame, size_m: int) -> CensusCells:
    corner = np.c_[frame["x"] - size_m // 2, frame["y"] - size_m // 2]
    return CensusCells(corner, size_m, {}, np.zeros(len(frame), dtype=bool))


# the official layouts


def test_the_grid_of_2022_is_read_with_decimal_comma_dashes_and_brackets(tmp_path: Path) -> None:
    cells = read_census(written(tmp_path / "z.csv", CENSUS_2022))
    assert cells.size_m == 100
    assert cells.corner_m[0].tolist() == [4_031_000, 3_111_000]
    assert cells.counts("Einwohner").tolist() == [120, 85, 7, 38]
    assert np.isnan(cells.values["Durchschnittsalter"][1])
    assert cells.values["Durchschnittsalter"][2] == 51.25
    assert cells.uncertain.tolist() == [False, False, True, False]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_the_grid_is_read_in_every_encoding_it_comes_in(tmp_path: Path, encoding: str) -> None:
    cells = read_census(written(tmp_path / "z.csv", CENSUS_2022, encoding))
    assert cells.counts("Einwohner").sum() == 250


def test_the_codes_of_2011_are_no_residents(tmp_path: Path) -> None:
    cells = read_census(written(tmp_path / "z.csv", CENSUS_2011))
    assert (cells.size_m, cells.counts("Einwohner").tolist()) == (1000, [250, 0, 40])
    assert np.isnan(cells.values["Alter_D"]).tolist() == [False, True, True]


def test_a_file_that_is_no_grid_or_lacks_a_column_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "z.csv", CENSUS_2022)
    assert "census.column.missing" in refused(lambda: read_census(path, columns=["Kinder"]))
    assert "census.layout" in refused(lambda: read_census(written(tmp_path / "x.csv", "a;b\n1;2\n")))
    broken = written(tmp_path / "y.csv", CENSUS_2022.replace("120", "viele"))
    assert "census.unreadable" in refused(lambda: read_census(broken))
    assert "read.file.missing" in refused(lambda: read_census(tmp_path / "nix.csv"))


def test_two_grid_files_are_joined_by_cell(tmp_path: Path) -> None:
    one = read_census(written(tmp_path / "z.csv", CENSUS_2022), columns=["Einwohner"])
    other = read_census(written(tmp_path / "z.csv", CENSUS_2022), columns=["Durchschnittsalter"])
    joined = joined_census([one, other])
    assert sorted(joined.values) == ["Durchschnittsalter", "Einwohner"]
    assert joined.counts("Einwohner").sum() == 250


def test_the_municipality_list_in_fixed_width_is_read(tmp_path: Path) -> None:
    for encoding in ("utf-8", "cp1252"):
        rows = read_gv100ad(written(tmp_path / "gv.txt", GV100AD, encoding))
        assert rows.iloc[0].tolist() == [
            "05370004", "053700004004", "Erkelenz, Stadt", 117.34, 44215, 21626, "41812", "2023-11-30",
        ]  # fmt: skip
        assert rows["residents"].sum() == 57_455
    assert "county.gv100ad.layout" in refused(lambda: read_gv100ad(written(tmp_path / "x.txt", "60abc\n")))


def test_the_zip_of_the_federal_agency_gives_its_municipalities(tmp_path: Path) -> None:
    frame = read_municipalities(vg250_zip(tmp_path), county="05370")
    assert frame["ags"].tolist() == ["05370024", "05370032"]
    assert frame["residents"].tolist() == [212, 38]
    assert "county.unknown" in refused(lambda: read_municipalities(vg250_zip(tmp_path), county="01"))


# download


def test_an_official_file_is_fetched_once_and_then_taken_from_the_cache(tmp_path: Path) -> None:
    census_zip(tmp_path)
    with office(tmp_path) as (address, requests):
        source = Source("z", "Zensus", f"{address}/Zensus2022_Bevoelkerungszahl.zip", "z.zip", "Lizenz")
        steps: list[tuple[int, int]] = []
        first = fetch(source, tmp_path / "cache", progress=lambda done, whole: steps.append((done, whole)))
        second = fetch(source, tmp_path / "cache")
    assert (first.downloaded, second.downloaded) == (True, False)
    assert len(requests) == 1
    assert steps[-1][0] == steps[-1][1] == first.path.stat().st_size
    assert first.provenance.licence == "Lizenz" and len(first.provenance.sha256) == 64


def test_a_broken_download_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = census_zip(tmp_path)
    with office(tmp_path, break_after=200) as (address, requests):
        fetched = fetch(Source("z", "Z", f"{address}/{path.name}", "z.zip", ""), tmp_path / "cache")
    assert fetched.path.read_bytes() == path.read_bytes()
    assert requests == [f"/{path.name}", f"/{path.name} bytes=200-"]


def test_a_wrong_hash_a_missing_page_and_no_network_are_said(tmp_path: Path) -> None:
    path = census_zip(tmp_path)
    with office(tmp_path) as (address, requests):
        wrong = Source("z", "Z", f"{address}/{path.name}", "z.zip", "", sha256="0" * 64)
        assert "fetch.hash" in refused(lambda: fetch(wrong, tmp_path / "cache"))
        assert not (tmp_path / "cache/z.zip").exists()
        gone = Source("z", "Z", f"{address}/weg.zip", "z.zip", "")
        assert refused(lambda: fetch(gone, tmp_path / "cache"))["fetch.refused"].values["status"] == 404
        assert len(requests) == 2
    assert "fetch.offline" in refused(lambda: fetch(gone, tmp_path / "cache"))
    local = Source("z", "Z", "file:///etc/hostname", "z.zip", "")
    assert "fetch.address" in refused(lambda: fetch(local, tmp_path / "cache"))


def test_every_official_source_names_its_licence() -> None:
    assert all(source.licence and source.url.startswith("https://") for source in read_sources().values())


# conservation


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 1000), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 5), st.floats(0, 10)), min_size=1, max_size=30),
)
def test_splitting_keeps_every_count_that_has_a_share(counts: list[int], links: list[tuple[int, int, float]]) -> None:
    known = [(s % len(counts), t, w) for s, t, w in links]
    source, target, share = (np.array(column) for column in zip(*known, strict=True))
    given_out = split_counts(np.array(counts), source, share.astype(float), target=target, size=6)
    reached = {int(s) for s, _, w in known if w > 0}
    assert given_out.sum() == sum(c for s, c in enumerate(counts) if s in reached)
    assert (given_out >= 0).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=4, max_size=4), st.integers(0, 5000), st.integers(0, 5000))
def test_official_totals_are_met_exactly(counts: list[int], one: int, other: int) -> None:
    result = raked_counts(np.array(counts), np.array([0, 0, 1, 1]), np.array([one, other]))
    assert [result[:2].sum(), result[2:].sum()] == [one, other]


def test_a_cell_outside_everything_goes_to_the_nearest_ground_and_is_named() -> None:
    targets = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)])
    counts, strays = shared_counts(np.array([shapely.box(25, 0, 30, 5)]), np.array([9]), targets)
    assert counts.tolist() == [0, 9]
    assert strays.tolist() == [0]


# a whole county


def test_one_call_makes_a_county_that_can_be_proposed(tmp_path: Path) -> None:
    out = tmp_path / "selfkant.gpkg"
    made = make_county(
        "05370",
        out,
        municipalities=vg250_zip(tmp_path),
        census=census_zip(tmp_path),
        form=CountyForm(minimum_residents=5),
    )
    blocks, polygons = blocks_from_frame(read_blocks(out))
    assert int(blocks.population.sum()) == 250
    assert [m.name for m in blocks.municipalities] == ["Selfkant", "Waldfeucht"]
    assert (blocks.population >= 5).all()
    assert len(blocks) > 2
    assert contiguity_from_polygons(polygons).components().max() == 0
    assert made.findings[0].values["after"] == 250
    assert "county.key" in refused(lambda: make_county("53", out, municipalities=out, census=out))


def test_blocks_do_not_cross_a_given_line_where_they_need_not(tmp_path: Path) -> None:
    cells = read_census(written(tmp_path / "z.csv", CENSUS_2022))
    towns = read_municipalities(vg250_zip(tmp_path), county="05370")
    rail = shapely.LineString([(WEST - 99, SOUTH + 100), (WEST + 1001, SOUTH + 100)])
    rail = geopandas.GeoSeries([rail], crs=3035).to_crs(25832)[0]
    form = CountyForm(minimum_residents=5, lines=np.array([rail]))
    made = blocks_from_cells(cells, cells.counts("Einwohner"), towns, form=form)
    assert made.frame["einwohner"].sum() == 250
    assert shapely.coverage_is_valid(made.frame.geometry.to_numpy())
    inside = shapely.buffer(made.frame.geometry.to_numpy(), -5)
    assert shapely.length(shapely.intersection(inside, rail)).max() < 1
    assert (made.frame["ags"] == "05370024").sum() >= 2


def heinsberg(folder: Path) -> geopandas.GeoDataFrame:
    frame = geopandas.read_file(folder / "heinsberg/gemeinden_vg250ew_2023.geojson").to_crs(25832)
    return frame[["ags", "name", "geometry"]].sort_values("ags").reset_index(drop=True)


def official(folder: Path) -> pd.Series:
    table = pd.read_csv(folder / "heinsberg/zensus2011_gemeinde_totals.csv", dtype={"ags": str}).set_index("ags")
    return table["pop_census_2011_05_09"]


def test_heinsberg_from_cells_of_100_m_keeps_everybody_and_meets_the_census(real_data: Path) -> None:
    frame = geopandas.read_file(real_data / "heinsberg/heinsberg_zensus2011_100m_cells.gpkg", ignore_geometry=True)
    residents = frame["pop_est"].to_numpy(np.int64)
    made = blocks_from_cells(cells_of(frame, 100), residents, heinsberg(real_data)).frame
    assert made["einwohner"].sum() == residents.sum() == 248_100
    assert made["einwohner"].min() >= 100
    sums = made.groupby("ags")["einwohner"].sum()
    assert (abs(sums / official(real_data) - 1) <= 0.003).all()
    assert shapely.coverage_is_valid(made.geometry.to_numpy())
    assert contiguity_from_polygons(made.geometry.to_numpy()).components().max() == 0


def test_heinsberg_from_cells_of_1_km_says_how_far_off_it_is(real_data: Path) -> None:
    frame = geopandas.read_file(real_data / "heinsberg/heinsberg_zensus2011_1km_cells.gpkg", ignore_geometry=True)
    residents = frame["Einwohner"].clip(lower=0).to_numpy(np.int64)
    totals = official(real_data)
    form = CountyForm(totals={str(key): int(value) for key, value in totals.items()})
    made = blocks_from_cells(cells_of(frame, 1000), residents, heinsberg(real_data), form=form)
    assert made.frame.groupby("ags")["einwohner"].sum().to_dict() == totals.to_dict()
    differences = [f for f in made.findings if f.code == "county.totals.difference"]
    assert len(differences) == 10
    assert max(abs(f.values["cells"] / f.values["official"] - 1) for f in differences) > 0.05


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_the_whole_region_of_cologne_becomes_blocks_with_everybody(real_data: Path) -> None:
    frame = pd.read_parquet(real_data / "zensus2011_100m/rb_koeln_100m_cells.parquet")
    towns = geopandas.read_file(real_data / "germany_gemeinden/gemeinden_vg5000_2020geom_ewz2022.gpkg")
    towns = towns[towns["AGS"].str.startswith("053")].rename(columns={"AGS": "ags", "GEN": "name"})
    towns = towns[["ags", "name", "geometry"]].sort_values("ags").reset_index(drop=True)
    residents = frame["pop_est"].to_numpy(np.int64)
    made = blocks_from_cells(cells_of(frame, 100), residents, towns)
    assert (len(frame), len(towns), residents.sum()) == (104_035, 99, 4_284_540)
    assert made.frame["einwohner"].sum() == 4_284_540
    assert made.frame["ags"].nunique() == 99
    stray = next(f for f in made.findings if f.code == "county.cells.stray")
    assert stray.values["residents"] < 0.001 * 4_284_540  # the borders of the map are generalised to 1 : 5 million
