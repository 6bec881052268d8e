"""Tables of every writing, keys that lost their zeros, repairs with their balance, and how blocks lie."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import openpyxl
import pytest
import shapely
from shapely.geometry import Polygon

from geodata.area_codes import key_findings, restored_keys
from geodata.german_numbers import numbers_from_text
from geodata.join_table import JoinedTable
from geodata.read_blocks import ColumnChoice, read_blocks
from geodata.repairs import repaired
from geodata.table_file import TableForm, read_table
from geodata.topology import topology_findings
from spatial.contiguity_from_polygons import contiguity_from_polygons
from tests.geodata.drawn_blocks import SOUTH, WEST, read, refused, six_blocks


def written(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_encoding_and_separator_are_found_out(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["Schlüssel", "Größe"], ["007", "12"], ["010", "9"]]
    path = written(tmp_path / "t.csv", "\r\n".join(separator.join(row) for row in rows), encoding)
    table = read_table(path)
    assert table.frame["Schlüssel"].tolist() == ["007", "010"]
    assert table.frame["Größe"].tolist() == [12, 9]
    assert table.form.separator == separator


def test_decimal_comma_and_thousands_dot_are_told_from_english_numbers(tmp_path: Path) -> None:
    german = read_table(written(tmp_path / "d.csv", "n;wert;anteil\nx;1.234;12,5\ny;2.500;3,25\n"))
    assert german.frame["wert"].tolist() == [1234, 2500]
    english = read_table(written(tmp_path / "e.csv", "n,wert,anteil\nx,1.234,12.5\ny,2.500,3.25\n"))
    assert english.frame["wert"].tolist() == [1.234, 2.5]
    forced = read_table(written(tmp_path / "f.csv", "n;wert\nx;1.234\n"), form=TableForm(decimal="."))
    assert forced.frame["wert"].tolist() == [1.234]


def test_dashes_and_dots_are_missing_values_and_no_zeros() -> None:
    read_numbers = numbers_from_text(["–", ".", "x", "", "0", "−5", "1 234"])
    assert read_numbers.missing.tolist() == [True] * 4 + [False] * 3
    assert read_numbers.values[4:].tolist() == [0, -5, 1234]


def test_titles_above_the_header_are_skipped_and_this_is_said(tmp_path: Path) -> None:
    path = written(tmp_path / "t.csv", "Einwohner im Kreis\n\nid;name;ew\n01;Nord;5\n02;Süd;7\n")
    table = read_table(path)
    assert table.frame["ew"].sum() == 12
    assert table.findings[0].values["row"] == 3


def test_rows_of_another_width_double_columns_and_binary_files_are_refused(tmp_path: Path) -> None:
    assert refused(lambda: read_table(written(tmp_path / "a.csv", "a;b\n1;2\n3\n4;5;6\n")))[
        "table.row.width"
    ].where == (
        "3",
        "4",
    )
    assert "table.column.twice" in refused(lambda: read_table(written(tmp_path / "b.csv", "a;A\n1;2\n")))
    (tmp_path / "c.csv").write_bytes(b"\x00\x01\x02" * 50)
    assert "table.not_text" in refused(lambda: read_table(tmp_path / "c.csv"))
    wrong = TableForm(encoding="utf-8")
    path = written(tmp_path / "d.csv", "größe\n1\n", "cp1252")
    assert "table.encoding" in refused(lambda: read_table(path, form=wrong))


def test_a_workbook_with_several_sheets_is_a_question(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for name in ("2022", "2023"):
        sheet = book.create_sheet(name)
        sheet.append(["id", "ew"])
        sheet.append(["01", int(name)])
    book.save(tmp_path / "t.xlsx")
    found = refused(lambda: read_table(tmp_path / "t.xlsx"))
    assert found["table.sheet.ambiguous"].where == ("2022", "2023")
    assert read_table(tmp_path / "t.xlsx", form=TableForm(sheet="2023")).frame["ew"].tolist() == [2023]
    assert "table.sheet.unknown" in refused(lambda: read_table(tmp_path / "t.xlsx", form=TableForm(sheet="2024")))


def test_a_table_is_joined_and_what_does_not_fit_is_counted(tmp_path: Path) -> None:
    six_blocks().drop(columns="einwohner").to_file(tmp_path / "b.gpkg")
    rows = "schluessel;einwohner\n01;1\n02;2\n03;3\n04;4\n05;5\n06;6\n99;7\n"
    table = JoinedTable(written(tmp_path / "ew.csv", rows))
    result = read_blocks(tmp_path / "b.gpkg", tables=[table])
    assert result.frame["einwohner"].tolist() == [1, 2, 3, 4, 5, 6]
    assert next(f for f in result.findings if f.code == "join.rows.without_block").where == ("99",)
    short = JoinedTable(written(tmp_path / "kurz.csv", "schluessel;einwohner\n01;1\n02;2\n03;3\n04;4\n05;5\n"))
    found = refused(lambda: read_blocks(tmp_path / "b.gpkg", tables=[short]))
    assert found["read.population.missing"].where == ("06",)
    assert found["join.blocks.without_row"].where == ("06",)
    twice = JoinedTable(written(tmp_path / "zwei.csv", "id;einwohner\n01;1\n01;2\n03;3\n04;4\n05;5\n06;6\n"), key="id")
    named = JoinedTable(twice.path, key="id", block_key="block_id")
    assert "join.key.twice" in refused(lambda: read_blocks(tmp_path / "b.gpkg", tables=[named]))


def test_official_keys_are_checked_and_lost_zeros_are_offered() -> None:
    found = {f.code: f.where for f in key_findings(["05370016", "5370020", "xx", "053700016016", "53700020020"])}
    assert found == {"keys.lost_zero": ("5370020", "53700020020"), "keys.not_official": ("xx",)}
    repair = restored_keys(["1", "7", "010"], known=["001", "01", "007", "010"])
    assert (repair.new_keys, repair.ambiguous) == ({"7": "007"}, ("1",))


# repairs


def bow_tie() -> Polygon:
    return Polygon([(WEST, SOUTH), (WEST + 100, SOUTH + 100), (WEST + 100, SOUTH), (WEST, SOUTH + 100)])


def test_an_accepted_repair_makes_the_file_usable_and_shows_its_balance(tmp_path: Path) -> None:
    frame = six_blocks()
    frame.loc[0, "geometry"] = bow_tie()
    assert refused(lambda: read(frame, tmp_path))["blocks.geometry.invalid"].values["repair"] == "make_valid"
    result = read(frame, tmp_path / "..", repairs=("make_valid",))
    balance = next(f for f in result.findings if f.code == "repair.make_valid")
    assert balance.where == ("01",)
    assert (balance.values["residents_before"], balance.values["residents_after"]) == (2100, 2100)
    assert result.provenance.steps == ("repair.make_valid 1",)


def test_cleaning_removes_overlaps_and_hairline_gaps_but_no_residents(tmp_path: Path) -> None:
    frame = six_blocks()
    frame.loc[0, "geometry"] = shapely.box(WEST, SOUTH, WEST + 110, SOUTH + 100)
    hairline = shapely.box(WEST + 250, SOUTH + 20, WEST + 250.3, SOUTH + 80)
    frame.loc[2, "geometry"] = frame.geometry[2].difference(hairline)
    result = read(frame, tmp_path, repairs=("clean",))
    assert shapely.coverage_is_valid(result.frame.geometry.to_numpy())
    assert result.frame.geometry.area.sum() == pytest.approx(60_000, abs=1)
    assert result.frame["einwohner"].sum() == 2100


def test_rows_without_shape_and_residents_are_dropped_only_when_accepted(tmp_path: Path) -> None:
    frame = six_blocks(einwohner=[100, 200, 300, 400, 500, 0])
    frame.loc[5, "geometry"] = None
    assert "blocks.geometry.empty" in refused(lambda: read(frame, tmp_path))
    assert len(read(frame, tmp_path / "..", repairs=("drop_empty",)).frame) == 5
    frame["einwohner"] = 50
    assert "blocks.geometry.empty" in refused(lambda: read(frame, tmp_path, repairs=("drop_empty",)))


def test_an_unknown_repair_is_refused() -> None:
    assert "repair.unknown" in refused(lambda: repaired(six_blocks(), ["zaubern"], ids=list("abcdef")))


# how the blocks lie


def codes(frame: geopandas.GeoDataFrame, **options: object) -> dict[str, tuple[str, ...]]:
    shapes = frame.geometry.to_numpy()
    contiguity = contiguity_from_polygons(shapes)
    found = topology_findings(shapes, tuple(frame["block_id"]), contiguity=contiguity, **options)  # type: ignore[arg-type]
    return {finding.code: finding.where for finding in found}


def test_a_clean_map_has_nothing_to_say() -> None:
    assert codes(six_blocks()) == {}


def test_islands_gaps_slivers_parts_and_strays_are_named() -> None:
    frame = six_blocks()
    frame.loc[5, "geometry"] = shapely.box(WEST + 50_000, SOUTH, WEST + 50_100, SOUTH + 100)
    found = codes(frame, county=shapely.box(WEST, SOUTH, WEST + 300, SOUTH + 200))
    assert found["topology.pieces"] == found["topology.astray"] == found["topology.outside"] == ("06",)
    parts = six_blocks()
    hole = shapely.box(WEST + 40, SOUTH + 40, WEST + 60, SOUTH + 60)
    parts.loc[0, "geometry"] = parts.geometry[0].difference(hole)
    parts.loc[1, "geometry"] = shapely.MultiPolygon(
        [parts.geometry[1], shapely.box(WEST + 400, SOUTH, WEST + 401, SOUTH + 1)]
    )
    assert {"topology.gap", "topology.multipart"} <= codes(parts).keys()
    thin = six_blocks()
    thin.loc[5, "geometry"] = shapely.box(WEST + 200, SOUTH + 100, WEST + 300, SOUTH + 101)
    assert codes(thin)["topology.sliver"] == ("06",)


def test_streets_between_all_blocks_suggest_their_width() -> None:
    frame = six_blocks()
    frame["geometry"] = shapely.buffer(frame.geometry.to_numpy(), -6, join_style="mitre")
    shapes = frame.geometry.to_numpy()
    found = topology_findings(shapes, tuple(frame["block_id"]), contiguity=contiguity_from_polygons(shapes))
    assert (found[0].code, found[0].values["tolerance_m"]) == ("topology.streets_between", 15)
    assert np.unique(contiguity_from_polygons(shapes, tolerance_m=15).components()).tolist() == [0]


def test_a_layer_in_another_system_is_told_which_one_was_used(tmp_path: Path) -> None:
    result = read(six_blocks(), tmp_path, crs=25833)
    assert result.source_epsg == 25833
    assert "read.crs.overridden" in {finding.code for finding in result.findings}
    assert ColumnChoice().crs is None
