"""The file they have works; where it cannot, they learn why."""

from __future__ import annotations

import hashlib
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon

from geodata.blocks_from_frame import blocks_from_frame
from geodata.read_blocks import ColumnChoice, read_blocks
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from tests.geodata.drawn_blocks import SOUTH, WEST, read, refused, six_blocks


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".geojson", ".fgb", ".parquet"])
def test_every_vector_format_gives_the_same_blocks(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"bloecke{suffix}"
    frame = six_blocks().to_crs(4326) if suffix == ".geojson" else six_blocks()
    frame.to_parquet(path) if suffix == ".parquet" else frame.to_file(path)
    result = read_blocks(path)
    blocks, polygons = blocks_from_frame(result)
    residents = dict(zip(blocks.ids, blocks.population.tolist(), strict=True))  # FlatGeobuf sorts its rows in space
    assert residents == {"01": 100, "02": 200, "03": 300, "04": 400, "05": 500, "06": 600}
    assert [(m.key, m.name, m.residents) for m in blocks.municipalities] == [
        ("05370004", "Erkelenz", 600),
        ("05370008", "Gangelt", 1500),
    ]
    assert result.frame.crs.to_epsg() == 25832
    assert np.allclose(shapely.area(polygons), 10_000, rtol=1e-3)


def test_a_zipped_shapefile_in_a_folder_is_opened(tmp_path: Path) -> None:
    six_blocks().to_file(tmp_path / "b.shp")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        for part in tmp_path.glob("b.*"):
            if part.suffix != ".zip":
                packed.write(part, f"Export/Blöcke/{part.name}")
    assert read_blocks(tmp_path / "b.zip").frame["einwohner"].sum() == 2100


def test_guessed_columns_are_said_and_named_ones_are_not(tmp_path: Path) -> None:
    guessed = read(six_blocks(), tmp_path)
    assert guessed.guessed == ("id", "population", "within", "name")
    assert {f.code for f in guessed.findings} == {f"read.column.guessed.{role}" for role in guessed.guessed}
    named = read(six_blocks(), tmp_path / "..", id="block_id", population="einwohner", within="none")
    assert named.guessed == ()
    assert len(blocks_from_frame(named)[0].municipalities) == 1


def test_two_columns_of_the_same_rank_are_a_question_and_not_a_choice(tmp_path: Path) -> None:
    frame = six_blocks(pop=[1, 2, 3, 4, 5, 6])
    finding = refused(lambda: read(frame, tmp_path))["read.column.ambiguous"]
    assert finding.severity == "question"
    assert set(finding.where) == {"pop", "einwohner"}
    assert read(frame, tmp_path, population="pop").frame["pop"].sum() == 21


def test_an_age_group_beside_the_residents_is_no_question(tmp_path: Path) -> None:
    result = read(six_blocks(m_00_04=[1] * 6, ew_dichte=[1.0] * 6, bev_18_25=[1] * 6), tmp_path)
    assert result.choice.population == "einwohner"


def test_column_names_are_found_in_any_case(tmp_path: Path) -> None:
    frame = six_blocks().rename(columns={"einwohner": "EINWOHNER", "block_id": "BLOCK_ID"})
    assert read(frame, tmp_path, population="Einwohner").choice.population == "EINWOHNER"


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    finding = refused(lambda: read(six_blocks(), tmp_path, population="einwoner"))["read.column.missing"]
    assert finding.where == ("einwoner",)
    assert finding.values["close"] == "einwohner"


def test_everything_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    frame = six_blocks(block_id=["01", "01", None, "04", "05", "06"], einwohner=[-5, None, 300, 400, 500, 600])
    frame.loc[3, "geometry"] = Polygon()
    frame.loc[4, "geometry"] = Polygon([(WEST, SOUTH), (WEST + 9, SOUTH + 9), (WEST, SOUTH + 9), (WEST + 9, SOUTH)])
    frame.loc[5, "geometry"] = shapely.box(WEST + 20, SOUTH + 20, WEST + 80, SOUTH + 80)
    found = refused(lambda: read(frame, tmp_path))
    assert {
        "read.id.duplicate",
        "read.id.missing",
        "read.population.negative",
        "read.population.missing",
        "blocks.geometry.empty",
        "blocks.geometry.invalid",
        "blocks.geometry.overlap",
    } <= found.keys()
    assert found["read.id.duplicate"].where == ("01",)
    assert found["read.id.missing"].where == ("3",)
    assert found["blocks.geometry.overlap"].where == ("01 / 06",)
    assert all(sentence(finding).endswith(".") for finding in found.values())


def test_text_in_the_number_column_is_shown_with_its_block(tmp_path: Path) -> None:
    found = refused(lambda: read(six_blocks(einwohner=["100", "viele", "300", "1", "2", "3"]), tmp_path))
    assert found["read.population.text"].where == ("02",)
    assert "viele" in sentence(found["read.population.text"])


def test_residents_written_with_thousands_dots_are_read_and_said(tmp_path: Path) -> None:
    result = read(six_blocks(einwohner=["1.100", "200", "300", "400", "500", "2.600"]), tmp_path)
    assert result.frame["einwohner"].sum() == 5100
    assert "read.population.from_text" in {f.code for f in result.findings}


def test_fractions_of_residents_are_rounded_with_the_same_sum_and_said(tmp_path: Path) -> None:
    result = read(six_blocks(einwohner=[0.5, 0.5, 0.5, 0.5, 1.25, 1.75]), tmp_path)
    assert result.frame["einwohner"].sum() == 5
    warning = next(f for f in result.findings if f.code == "read.population.fraction")
    assert (warning.values["before"], warning.values["after"]) == (5.0, 5)


def test_blocks_that_stand_twice_or_have_no_area_or_are_points_are_refused(tmp_path: Path) -> None:
    frame = six_blocks()
    frame.loc[1, "geometry"] = frame.geometry[0]
    frame.loc[2, "geometry"] = Point(WEST, SOUTH)
    found = refused(lambda: read(frame, tmp_path))
    assert found["blocks.geometry.same"].where == ("01 / 02",)
    assert found["blocks.geometry.not_areal"].where == ("03",)


def test_overlaps_of_a_few_square_metres_are_only_a_warning(tmp_path: Path) -> None:
    frame = six_blocks()
    frame.loc[0, "geometry"] = shapely.box(WEST, SOUTH, WEST + 100.5, SOUTH + 100)
    result = read(frame, tmp_path)
    assert [f.where for f in result.findings if f.code == "blocks.geometry.small_overlap"] == [("01 / 02",)]


def test_blocks_without_a_municipality_are_named(tmp_path: Path) -> None:
    found = refused(lambda: read(six_blocks(ags=["1", None, "1", "2", "2", "2"]), tmp_path, within="ags"))
    assert found["read.within.missing"].where == ("02",)


def test_a_feature_with_text_or_gaps_is_refused(tmp_path: Path) -> None:
    frame = six_blocks(quote=[1.0, None, 3, 4, 5, 6], art=["a", "b", "c", "d", "e", "f"])
    found = refused(lambda: read(frame, tmp_path, features=("quote", "art", "fehlt")))
    assert found["read.feature.missing"].where == ("02",)
    assert found["read.feature.text"].values["column"] == "art"
    assert found["read.column.missing"].where == ("fehlt",)


def test_a_missing_coordinate_system_is_asked_for_with_a_guess(tmp_path: Path) -> None:
    six_blocks().to_file(tmp_path / "b.shp")
    (tmp_path / "b.prj").unlink()
    finding = refused(lambda: read_blocks(tmp_path / "b.shp"))["read.crs.missing"]
    assert finding.severity == "question"
    assert finding.values["guess"] == 25832
    assert read_blocks(tmp_path / "b.shp", choice=ColumnChoice(crs=25832)).source_epsg == 25832


def test_degrees_are_brought_to_metres_in_the_right_zone(tmp_path: Path) -> None:
    heinsberg = read(six_blocks().to_crs(4326), tmp_path)
    assert (heinsberg.source_epsg, heinsberg.frame.crs.to_epsg()) == (4326, 25832)
    assert "read.crs.degrees" in {f.code for f in heinsberg.findings}
    berlin = six_blocks().set_crs(25833, allow_override=True).to_crs(4326)
    assert read(berlin, tmp_path / "..").frame.crs.to_epsg() == 25833


def test_degrees_called_metres_and_metres_called_degrees_and_swapped_axes_are_recognised(tmp_path: Path) -> None:
    degrees = six_blocks().to_crs(4326)
    assert "read.crs.contradicts" in refused(lambda: read(degrees.set_crs(25832, allow_override=True), tmp_path))
    metres = six_blocks().set_crs(4326, allow_override=True)
    assert refused(lambda: read(metres, tmp_path))["read.crs.contradicts"].values["guess"] == 25832
    swapped = degrees.set_geometry(shapely.transform(degrees.geometry.to_numpy(), lambda c: c[:, ::-1]), crs=4326)
    assert "read.crs.swapped" in refused(lambda: read(swapped, tmp_path))
    assert "read.crs.unknown" in refused(lambda: read(six_blocks(), tmp_path, crs=999999))


@pytest.mark.parametrize("epsg", [25833, 3035, 31466, 31467, 4647, 3857, 4258])
def test_usual_coordinate_systems_are_read(tmp_path: Path, epsg: int) -> None:
    result = read(six_blocks().to_crs(epsg), tmp_path)
    assert result.source_epsg == epsg
    assert result.frame.crs.is_projected
    assert result.frame.geometry.area.sum() == pytest.approx(60_000, rel=0.01)


def test_a_file_that_is_missing_empty_or_no_geodata_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leer.gpkg").touch()
    (tmp_path / "text.gpkg").write_text("kein Geopaket")
    (tmp_path / "falsch.geojson").write_text('{"type": "gdal_streamed_alg"}')
    (tmp_path / "brief.docx").write_text("x")
    (tmp_path / "kaputt.zip").write_bytes(b"PK\x03\x04kaputt")
    expected = {
        "fehlt.gpkg": "read.file.missing",
        "leer.gpkg": "read.file.empty",
        "text.gpkg": "read.file.unreadable",
        "falsch.geojson": "read.file.unreadable",
        "brief.docx": "read.file.format",
        "kaputt.zip": "read.zip.broken",
        "": "read.file.folder",
    }
    for name, code in expected.items():
        assert list(refused(lambda name=name: read_blocks(tmp_path / name))) == [code], name


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bombe.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("b.shp", b"\0" * (60 << 20))
    assert "read.zip.bomb" in refused(lambda: read_blocks(tmp_path / "bombe.zip"))


def test_a_zip_with_two_layers_or_none_is_a_question_or_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zwei.zip", "w") as packed:
        packed.writestr("a.geojson", "{}")
        packed.writestr("b.geojson", "{}")
    assert refused(lambda: read_blocks(tmp_path / "zwei.zip"))["read.zip.several"].severity == "question"
    with zipfile.ZipFile(tmp_path / "keine.zip", "w") as packed:
        packed.writestr("liesmich.pdf", "x")
    assert "read.zip.no_geodata" in refused(lambda: read_blocks(tmp_path / "keine.zip"))


def test_a_wrong_layer_lists_the_layers_and_several_layers_are_a_question(tmp_path: Path) -> None:
    path = tmp_path / "zwei.gpkg"
    six_blocks().to_file(path, layer="neu")
    six_blocks().to_file(path, layer="alt")
    assert refused(lambda: read_blocks(path, layer="bloecke"))["read.layer.unknown"].values["layers"] == "neu, alt"
    assert refused(lambda: read_blocks(path))["read.layer.ambiguous"].severity == "question"
    assert len(read_blocks(path, layer="alt").frame) == 6


def test_a_layer_called_blocks_goes_before_others_and_this_is_said(tmp_path: Path) -> None:
    path = tmp_path / "projekt.gpkg"
    six_blocks().to_file(path, layer="regions")
    six_blocks().to_file(path, layer="blocks")
    assert "read.layer.guessed" in {f.code for f in read_blocks(path).findings}


def test_a_shapefile_without_its_parts_is_refused(tmp_path: Path) -> None:
    six_blocks().to_file(tmp_path / "b.shp")
    (tmp_path / "b.shx").unlink()
    assert refused(lambda: read_blocks(tmp_path / "b.shp"))["read.shapefile.part_missing"].where == (".shx",)
    assert not (tmp_path / "b.shx").exists()


def test_a_table_without_shapes_is_refused(tmp_path: Path) -> None:
    import pandas as pd
    import pyogrio

    pyogrio.write_dataframe(pd.DataFrame({"block_id": ["1"]}), tmp_path / "t.gpkg", layer="t")
    assert "read.layer.none" in refused(lambda: read_blocks(tmp_path / "t.gpkg"))


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_reading_changes_neither_the_file_nor_its_folder(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "b.gpkg"
    six_blocks().to_file(path)
    connection = sqlite3.connect(path)
    connection.execute(f"pragma journal_mode={journal}")
    connection.close()
    before, names = hashlib.sha256(path.read_bytes()).hexdigest(), sorted(p.name for p in tmp_path.iterdir())
    path.chmod(0o444)
    read_blocks(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == names


def test_numeric_keys_become_text_without_a_decimal_point(tmp_path: Path) -> None:
    result = read(six_blocks(block_id=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]), tmp_path)
    assert list(result.frame["block_id"]) == ["1", "2", "3", "4", "5", "6"]


def test_municipality_keys_that_lost_their_zero_are_noticed(tmp_path: Path) -> None:
    result = read(six_blocks(ags=[5370004] * 3 + [5370008] * 3), tmp_path)
    assert next(f for f in result.findings if f.code == "read.within.lost_zero").where == ("5370004", "5370008")


def test_blocks_of_several_parts_and_with_holes_are_fine(tmp_path: Path) -> None:
    frame = six_blocks()
    inner = shapely.box(WEST + 30, SOUTH + 30, WEST + 60, SOUTH + 60)
    frame.loc[5, "geometry"] = MultiPolygon([frame.geometry[5], inner])
    frame.loc[0, "geometry"] = frame.geometry[0].difference(inner)
    assert {f.severity for f in read(frame, tmp_path).findings} == {"note"}


# real files


def test_heinsberg_blocks_are_read_with_all_residents(real_data: Path) -> None:
    choice = ColumnChoice(id="block_id", population="pop_est", within="ags")
    result = read_blocks(real_data / "heinsberg/heinsberg_blocks_500m_derived.gpkg", choice=choice)
    blocks, _ = blocks_from_frame(result)
    assert (len(blocks), int(blocks.population.sum()), len(blocks.municipalities)) == (2882, 248_100, 10)
    assert blocks.municipalities[3].name == "Heinsberg"


def test_berlin_planning_areas_want_their_residents(real_data: Path) -> None:
    path = real_data / "berlin_lor2021_mss/lor_plr_2021.shp"
    assert refused(lambda: read_blocks(path))["read.column.none.population"].severity == "question"


def test_cologne_voting_districts_show_their_invalid_and_overlapping_shapes(real_data: Path) -> None:
    choice = ColumnChoice(id="NUMMER", population="K_WAHL", within="none")
    with pytest.raises(InputError) as caught:
        read_blocks(real_data / "koeln/Stimmbezirk.shp", choice=choice)
    found = {f.code: f for f in caught.value.findings}
    assert set(found["blocks.geometry.invalid"].where) == {"90605", "90119", "90515"}
    overlap_m2 = found["blocks.geometry.overlap"].values["area_m2"]
    overlap_m2 += found["blocks.geometry.small_overlap"].values["area_m2"]
    assert overlap_m2 == pytest.approx(36_000, rel=0.05)


def test_a_file_in_degrees_is_read(real_data: Path) -> None:
    result = read_blocks(real_data / "berlin_blocks_odis/blocks.geojson")
    assert result.frame["population"].sum() == 279_882
    assert result.frame.crs.to_epsg() == 25833


def test_secret_values_of_the_census_are_not_taken_for_residents(real_data: Path) -> None:
    path = real_data / "heinsberg/heinsberg_zensus2011_1km_cells.gpkg"
    assert refused(lambda: read_blocks(path))["read.population.negative"].values["count"] == 106


def test_municipalities_without_a_value_are_named_by_key(real_data: Path) -> None:
    path = real_data / "germany_gemeinden/gemeinden_vg5000_2020geom_ewz2022.gpkg"
    found = refused(lambda: read_blocks(path, choice=ColumnChoice(id="AGS")))
    assert found["read.population.missing"].values["count"] == 9
