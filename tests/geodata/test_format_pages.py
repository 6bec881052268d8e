"""The example of every format page is read, and every page that names one has it."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pandas as pd
import pyogrio
import pytest

from geodata.addresses import read_addresses, read_hauskoordinaten
from geodata.barriers import barriers_from_lines
from geodata.blocks_from_frame import blocks_from_frame
from geodata.census_grid import read_census
from geodata.crosswalk import crosswalk_from_table, moved_counts
from geodata.join_table import JoinedTable
from geodata.line_layer import read_shapes
from geodata.municipalities import read_gv100ad, read_municipalities
from geodata.municipality_table import read_municipality_table
from geodata.raster_counts import counts_from_raster
from geodata.read_blocks import ColumnChoice, read_blocks
from geodata.table_file import preview, read_table
from geodata.write_plan import read_plan_csv
from spatial.contiguity_from_polygons import contiguity_from_polygons
from tests.geodata.drawn_blocks import refused, six_blocks

PAGES = Path(__file__).resolve().parents[2] / "docs" / "formats"
EXAMPLES = PAGES / "examples"
pytestmark = pytest.mark.filterwarnings("ignore:Use `@` matmul:PendingDeprecationWarning")  # in rasterio


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.name)
def test_every_example_that_a_page_names_is_there(page: Path) -> None:
    named = re.findall(r"`examples/([\w.]+)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (EXAMPLES / name).is_file()] == []


@pytest.mark.parametrize(
    "name",
    ["bloecke.gpkg", "bloecke_shapefile.zip", "bloecke.geojson", "bloecke.fgb", "bloecke.parquet", "bloecke_wkt.csv"],
)
def test_the_block_files_hold_2100_residents_in_two_municipalities(name: str) -> None:
    blocks, _ = blocks_from_frame(read_blocks(EXAMPLES / name))
    assert sorted(blocks.ids) == ["01", "02", "03", "04", "05", "06"]
    assert [(m.key, m.residents) for m in blocks.municipalities] == [("05370004", 600), ("05370008", 1500)]


def test_grid_ids_become_squares() -> None:
    result = read_blocks(EXAMPLES / "gitterzellen.csv", choice=ColumnChoice(id="gitter_id"))
    assert result.frame["einwohner"].sum() == 205
    assert result.frame.geometry.area.tolist() == pytest.approx([10_000, 10_000])


def test_a_workbook_that_lost_its_zeros_is_a_question_and_then_joined() -> None:
    def joined(restore: bool) -> int:
        table = JoinedTable(EXAMPLES / "einwohner.xlsx", restore_zeros=restore)
        result = read_blocks(EXAMPLES / "bloecke_ohne_einwohner.gpkg", tables=[table])
        return int(result.frame["einwohner"].sum())

    assert refused(lambda: joined(False))["join.key.lost_zero"].severity == "question"
    assert joined(True) == 2100


def test_how_a_table_is_written_is_found_out_and_shown() -> None:
    rows, form = preview(EXAMPLES / "adressen.csv")
    assert (form.encoding, form.separator, form.decimal) == ("cp1252", ";", ",")
    assert rows.iloc[0].tolist() == ["Hauptstraße", "12 a", "300050,5", "5650050,25"]
    assert read_table(EXAMPLES / "einwohner.xlsx").form.header_row == 2


def test_vg250_and_its_table_name_the_same_municipalities() -> None:
    towns = read_municipalities(EXAMPLES / "vg250-ew.zip", county="05370")
    assert towns["name"].tolist() == ["Selfkant", "Waldfeucht"]
    table = read_municipality_table(EXAMPLES / "verwaltungsgebiete.xlsx", county="05370")
    assert table["ags"].tolist() == ["05370004", "05370008"]
    assert set(table["county_name"]) == {"Heinsberg"}
    assert set(table["state_name"]) == {"Nordrhein-Westfalen"}
    assert "county.unknown" in refused(
        lambda: read_municipality_table(EXAMPLES / "verwaltungsgebiete.xlsx", county="99")
    )
    assert "county.municipalities.layout" in refused(lambda: read_municipality_table(EXAMPLES / "gitterzellen.csv"))


def test_a_table_of_vg250_is_read_from_every_form_it_comes_in(tmp_path: Path) -> None:
    rows = pd.DataFrame({"AGS_G": ["05370004"], "GEN_G": ["Erkelenz"], "GEN_K": ["Heinsberg"]})
    for name, options in (("VGTB_VZ_GEM.dbf", {"driver": "ESRI Shapefile"}), ("vg.gpkg", {"layer": "vgtb_vz_gem"})):
        pyogrio.write_dataframe(rows, tmp_path / name, **options)
        assert read_municipality_table(tmp_path / name)["county_name"].tolist() == ["Heinsberg"]
    with zipfile.ZipFile(tmp_path / "vg250.zip", "w") as packed:
        packed.write(tmp_path / "VGTB_VZ_GEM.dbf", "vg250/VGTB_VZ_GEM.dbf")
        packed.write(tmp_path / "VGTB_VZ_GEM.dbf", "vg250/VG_WERTE.dbf")
    assert read_municipality_table(tmp_path / "vg250.zip")["name"].tolist() == ["Erkelenz"]
    (tmp_path / "kaputt.zip").write_bytes(b"PK kein Archiv")
    assert "read.zip.broken" in refused(lambda: read_municipality_table(tmp_path / "kaputt.zip"))


def test_the_railway_of_the_example_closes_the_borders_its_bridge_does_not_open() -> None:
    _, polygons = blocks_from_frame(read_blocks(EXAMPLES / "bloecke.gpkg"))
    contiguity = contiguity_from_polygons(polygons)
    lines = read_shapes(EXAMPLES / "barrieren.gpkg", layer="barrieren", epsg=25832)
    bridges = read_shapes(EXAMPLES / "barrieren.gpkg", layer="querungen", epsg=25832, kind="crossings")
    ids = [str(i) for i in range(len(polygons))]
    found = barriers_from_lines(polygons, contiguity, lines, ids=ids, crossings=bridges)
    assert (int(found.closed.sum()), int(found.crossed.sum())) == (1, 1)


def test_census_municipalities_raster_crosswalk_addresses_and_plan_are_read() -> None:
    assert read_census(EXAMPLES / "zensus2022_100m.csv").counts("Einwohner").sum() == 250
    assert read_census(EXAMPLES / "zensus2011_1km.csv").counts("Einwohner").sum() == 290
    assert read_gv100ad(EXAMPLES / "gv100ad.txt")["residents"].sum() == 57_455
    assert counts_from_raster(EXAMPLES / "einwohnerraster.tif", six_blocks())[0].sum() == 150
    crosswalk = crosswalk_from_table(EXAMPLES / "umsteigeschluessel.csv", columns=("ags_alt", "ags_neu", "anteil"))
    assert moved_counts(crosswalk, [100, 100]).tolist() == [125, 75]
    assert len(read_addresses(EXAMPLES / "adressen.csv", epsg=25832).frame) == 2
    assert len(read_hauskoordinaten(EXAMPLES / "hauskoordinaten.txt").frame) == 2
    blocks, _ = blocks_from_frame(read_blocks(EXAMPLES / "bloecke.gpkg"))
    plan, findings = read_plan_csv(EXAMPLES / "plan.csv", blocks)
    assert plan.labels.tolist() == [1, 1, 1, 2, 2, 2]
    assert findings == ()
