"""What the page „Daten“ does beside the block file: tables, blocks from cells and rasters, addresses, other borders."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import pytest
import shapely

from geodata.addresses import AddressColumns
from geodata.join_table import JoinedTable
from geodata.read_blocks import ColumnChoice
from spatial.errors import InputError
from tests.geodata.drawn_blocks import SOUTH, WEST, refused, six_blocks
from tests.geodata.official_files import CENSUS_2022, vg250_zip
from workspace.address_matching import address_rows, as_csv, guessed_columns, match_addresses
from workspace.block_making import CellSources, blocks_from_census, blocks_from_raster
from workspace.county import County, open_county
from workspace.crosswalk_actions import CountsFile, counts_by_shapes, counts_by_table
from workspace.intake import look_at, undone
from workspace.neighbourhood import cohesion
from workspace.origin import origin_cells, source_line
from workspace.service_actions import ServiceLayer, fetch_service_layer
from workspace.table_joining import block_columns, county_with_table, look_at_join, with_table
from workspace.workspace import Workspace

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "formats" / "examples"
pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")  # in rasterio


def saved(folder: Path, frame: geopandas.GeoDataFrame, name: str = "bloecke.gpkg") -> Path:
    frame.to_file(folder / name, layer="bloecke")
    return folder / name


@pytest.fixture
def county(tmp_path: Path) -> County:
    return open_county(saved(tmp_path, six_blocks()))


# tables


def test_a_workbook_with_lost_zeros_makes_a_file_without_residents_usable_and_can_be_taken_back() -> None:
    looked = look_at(EXAMPLES / "bloecke_ohne_einwohner.gpkg")
    assert not looked.usable
    table = JoinedTable(EXAMPLES / "einwohner.xlsx")
    found = look_at_join(looked, table)
    assert found.matched == 0
    assert "join.key.lost_zero" in {f.code for f in found.findings}
    restored = JoinedTable(EXAMPLES / "einwohner.xlsx", restore_zeros=True)
    assert look_at_join(looked, restored).sums["einwohner"] == (2100.0, 2100.0)
    joined = with_table(looked, restored)
    assert joined.usable
    assert undone(joined) is looked
    assert "block_id" in block_columns(looked)


def test_a_table_joined_to_the_open_county_adds_features_and_its_source(county: County, tmp_path: Path) -> None:
    path = tmp_path / "arbeit.csv"
    path.write_text("nr;arbeitslos\n01;1\n02;2\n03;3\n04;4\n05;5\n", encoding="utf-8")
    joined = county_with_table(county, JoinedTable(path, licence="© Bundesagentur für Arbeit"))
    assert joined.features["arbeitslos"][:5].tolist() == [1, 2, 3, 4, 5]
    assert np.isnan(joined.features["arbeitslos"][5])
    assert "Bundesagentur" in source_line(joined)
    path.write_text("nr;arbeitslos\n01;1\n01;2\n02;3\n03;4\n04;5\n", encoding="utf-8")
    assert "join.key.twice" in refused(lambda: county_with_table(county, JoinedTable(path, key="nr")))


# blocks where there are none


def test_cells_and_municipalities_become_a_file_with_its_balance_and_both_sources(tmp_path: Path) -> None:
    (tmp_path / "zensus.csv").write_text(CENSUS_2022, encoding="utf-8")
    sources = CellSources(tmp_path / "zensus.csv", vg250_zip(tmp_path), key="05370", minimum=5)
    made = blocks_from_census(sources, tmp_path / "neu")
    assert made.balance["ags"].tolist() == ["05370024", "05370032"]
    assert made.balance["einwohner"].sum() == 250
    assert made.balance["amtlich"].tolist() == [212, 38]
    county = open_county(made.path)
    assert int(county.blocks.population.sum()) == 250
    assert source_line(county) == (
        "Quelle: © Statistische Ämter des Bundes und der Länder, Zensus, dl-de/by-2-0; © GeoBasis-DE / BKG, "
        "dl-de/by-2-0."
    )
    assert "mindestens 5 Einwohner" in origin_cells(county)[0][4]


def test_residents_of_a_raster_come_onto_the_areas_of_a_file(tmp_path: Path) -> None:
    areas = saved(tmp_path, six_blocks().drop(columns="einwohner"))
    made = blocks_from_raster(EXAMPLES / "einwohnerraster.tif", areas, tmp_path / "neu")
    county = open_county(made.path)
    assert int(county.blocks.population.sum()) == 150
    assert made.findings[0].values["raster"] == 150
    assert "einwohnerraster.tif" in origin_cells(county)[0][4]


@pytest.mark.parametrize(
    ("cells", "size_m"), [("heinsberg_zensus2011_100m_cells", 100), ("heinsberg_zensus2011_1km_cells", 1000)]
)
def test_heinsberg_becomes_a_project_from_cells_of_either_size(
    real_data: Path, tmp_path: Path, cells: str, size_m: int
) -> None:
    folder = real_data / "heinsberg"
    towns = geopandas.read_file(folder / "gemeinden_vg250ew_2023.geojson")
    totals = pd.read_csv(folder / "zensus2011_gemeinde_totals.csv", dtype={"ags": str}).set_index("ags")
    towns["pop"] = totals["pop_census_2011_05_09"].reindex(towns["ags"]).to_numpy()
    towns.to_file(tmp_path / "gemeinden.gpkg")
    coarse = size_m == 1000
    sources = CellSources(folder / f"{cells}.gpkg", tmp_path / "gemeinden.gpkg", to_totals=coarse)
    made = blocks_from_census(sources, tmp_path / "neu")
    difference = (made.balance["zellen"] / made.balance["amtlich"].astype(float) - 1).abs()
    county = open_county(made.path)
    assert int(county.blocks.population.sum()) == (248_161 if coarse else 248_100)
    assert bool((difference <= 0.003).all()) is not coarse
    assert ("county.cells.coarse" in {f.code for f in made.findings}) is coarse
    assert cohesion(Workspace(county)).pieces == 1


# addresses


def test_addresses_get_their_block_and_the_lost_ones_a_file_of_their_own(county: County) -> None:
    found = match_addresses(
        county, EXAMPLES / "adressen.csv", columns=guessed_columns(("strasse", "hausnummer", "x", "y")), epsg=25832
    )
    assert found.frame["block_id"].tolist() == ["01", "06"]
    assert len(found.unmatched) == 0
    assert as_csv(found.frame).decode("utf-8-sig").splitlines()[1].endswith(";300050,5;5650050,25;01")
    assert list(address_rows(EXAMPLES / "adressen.csv").columns)[:2] == ["strasse", "hausnummer"]


def test_addresses_of_the_musterkreis_lie_in_the_blocks_they_name(musterkreis: Path) -> None:
    county = open_county(musterkreis, choice=ColumnChoice(id="block_id", population="einwohner", within="ags"))
    found = match_addresses(county, musterkreis, columns=AddressColumns("strasse", "hausnummer", municipality="ags"))
    named = geopandas.read_file(musterkreis, layer="addresses")["block_id"]
    assert len(found.frame) == len(named)
    assert (found.frame["block_id"].to_numpy() == named.to_numpy()).mean() > 0.99


def test_the_school_outside_the_county_is_found_among_the_addresses(real_data: Path, tmp_path: Path) -> None:
    county = open_county(real_data / "heinsberg/heinsberg_blocks_500m_derived.gpkg")
    schools = geopandas.read_file(real_data / "heinsberg/schulen_2024_25.geojson").to_crs(25832)
    table = pd.DataFrame({"strasse": [f"Schule {k}" for k in range(len(schools))], "hausnummer": 1})
    table["x"], table["y"] = schools.geometry.x, schools.geometry.y
    table.to_csv(tmp_path / "schulen.csv", sep=";", decimal=",", index=False)
    found = match_addresses(county, tmp_path / "schulen.csv", columns=AddressColumns(), epsg=25832)
    assert len(found.unmatched) == 1
    assert next(f for f in found.findings if f.code == "address.unmatched").where == (
        f"{found.unmatched['street'][0]} 1",
    )


# other borders


def halves(folder: Path) -> Path:
    squares = [
        shapely.box(WEST, SOUTH, WEST + 150, SOUTH + 200),
        shapely.box(WEST + 150, SOUTH, WEST + 300, SOUTH + 200),
    ]
    frame = geopandas.GeoDataFrame({"key": ["west", "ost"]}, geometry=squares, crs=25832)
    frame.to_file(folder / "haelften.gpkg", layer="haelften")
    return folder / "haelften.gpkg"


def test_counts_move_to_other_areas_and_every_sum_stays(tmp_path: Path) -> None:
    blocks = saved(tmp_path, six_blocks())
    (tmp_path / "kinder.csv").write_text("nr;kinder\n" + "".join(f"{k};{k}0\n" for k in range(1, 7)), encoding="utf-8")
    counts = CountsFile(tmp_path / "kinder.csv", "nr", ("kinder",))
    moved = counts_by_shapes(counts, (blocks, "block_id"), (halves(tmp_path), "key"))
    assert moved.frame["kinder"].tolist() == [85, 125]
    assert moved.sums == {"kinder": (210, 210)}
    assert "join.key.restored" in {f.code for f in moved.findings}
    back = counts_by_shapes(
        CountsFile(tmp_path / "kinder.csv", "nr", ("kinder",)), (blocks, "block_id"), open_county(blocks)
    )
    assert back.frame["gebiet"].tolist() == [f"0{k}" for k in range(1, 7)]


def test_a_published_table_moves_counts_and_unknown_areas_are_refused(tmp_path: Path) -> None:
    (tmp_path / "z.csv").write_text("ags;faelle\n05370004;100\n05370008;100\n", encoding="utf-8")
    columns = ("ags_alt", "ags_neu", "anteil")
    moved = counts_by_table(
        CountsFile(tmp_path / "z.csv", "ags", ("faelle",)), EXAMPLES / "umsteigeschluessel.csv", columns=columns
    )
    assert moved.sums["faelle"] == (200, 200)
    (tmp_path / "z.csv").write_text("ags;faelle\n05370004;100\n99999999;1\n", encoding="utf-8")
    found = refused(
        lambda: counts_by_table(
            CountsFile(tmp_path / "z.csv", "ags", ("faelle",)), EXAMPLES / "umsteigeschluessel.csv", columns=columns
        )
    )
    assert found["crosswalk.area.unknown"].where == ("99999999",)


# services


def test_a_service_that_the_operator_did_not_allow_is_never_asked(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        fetch_service_layer(ServiceLayer("https://dienste.example.de/wfs", "bloecke"), tmp_path, allowed_hosts=())
    assert caught.value.findings[0].code == "service.off"
    assert list(tmp_path.iterdir()) == []
