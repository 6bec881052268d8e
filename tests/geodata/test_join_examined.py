"""A table is laid against the blocks and looked at before it is used; where everything came from is kept."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from geodata.join_table import JoinedTable, examine_join
from geodata.provenance import Provenance, guessed_licence, kept_provenance, provenance_rows
from geodata.read_blocks import ColumnChoice, read_blocks
from geodata.write_plan import write_layers
from reporting.text_de.findings import sentence
from tests.geodata.drawn_blocks import refused, six_blocks


def table(folder: Path, text: str) -> Path:
    path = folder / "zahlen.csv"
    path.write_text(text, encoding="cp1252")
    return path


def test_unmatched_and_doubled_keys_and_the_sums_are_known_before_anything_is_used(tmp_path: Path) -> None:
    path = table(tmp_path, "block_id;kinder\n01;1.000,5\n02;20\n03;30\n04;40\n05;50\n99;7\n")
    looked = examine_join(six_blocks(), JoinedTable(path))
    assert (looked.key, looked.block_key, looked.rows, looked.matched) == ("block_id", "block_id", 6, 5)
    assert looked.sums == {"kinder": (1147.5, 1140.5)}
    where = {finding.code: finding.where for finding in looked.findings}
    assert where["join.blocks.without_row"] == ("06",)
    assert where["join.rows.without_block"] == ("99",)
    assert where["join.sum"] == ("kinder",)
    twice = examine_join(six_blocks(), JoinedTable(table(tmp_path, "block_id;kinder\n01;1\n01;2\n02;3\n03;4\n04;5\n")))
    assert {f.code: f.where for f in twice.findings}["join.key.twice"] == ("01",)
    assert twice.frame is None


def test_lost_zeros_are_a_question_that_a_named_repair_answers(tmp_path: Path) -> None:
    blocks = tmp_path / "bloecke.gpkg"
    six_blocks().drop(columns="einwohner").to_file(blocks, layer="bloecke")
    path = table(tmp_path, "nr;einwohner\n" + "".join(f"{k};{k}00\n" for k in range(1, 7)))
    choice = ColumnChoice(tables=(JoinedTable(path, licence="Einwohnermeldeamt", reference_date="2023-12-31"),))
    finding = refused(lambda: read_blocks(blocks, choice=choice))["join.key.lost_zero"]
    assert "--repair restore_zeros" in sentence(finding)
    accepted = ColumnChoice(tables=choice.tables, repairs=("restore_zeros",))
    result = read_blocks(blocks, choice=accepted)
    assert result.frame["einwohner"].sum() == 2100
    assert result.provenance.licences == ("Einwohnermeldeamt",)
    assert [part.source for part in result.provenance.every] == ["bloecke.gpkg", "zahlen.csv"]


def test_municipality_keys_that_lost_their_zero_get_it_back_on_request(tmp_path: Path) -> None:
    path = tmp_path / "bloecke.gpkg"
    six_blocks(ags=["5370004"] * 3 + ["5370008"] * 3).to_file(path, layer="bloecke")
    said = {finding.code: finding for finding in read_blocks(path).findings}
    assert "--repair restore_zeros" in sentence(said["read.within.lost_zero"])
    result = read_blocks(path, choice=ColumnChoice(repairs=("restore_zeros",)))
    assert sorted(set(result.frame["ags"])) == ["05370004", "05370008"]
    assert "read.within.restored" in {finding.code for finding in result.findings}


@pytest.mark.parametrize("name", ["bloecke", "blocks"])
def test_a_geopackage_remembers_where_its_layers_came_from(tmp_path: Path, name: str) -> None:
    cells = Provenance("zensus.csv", licence="© Zensus", reference_date="2022-05-15")
    origin = Provenance("vg250.zip", "VG250_GEM", licence="© BKG", steps=("cells 100",)).together_with(cells)
    rows = pd.DataFrame(provenance_rows(origin, [name], described=lambda part: f"aus {part.source}"))
    path = tmp_path / "kreis.gpkg"
    write_layers(path, {name: six_blocks(), "provenance": rows})
    kept = kept_provenance(path, name)
    assert kept == origin
    read = read_blocks(path).provenance
    assert read.licences == ("© BKG", "© Zensus")
    assert read.steps == ("cells 100",)
    assert kept_provenance(tmp_path / "fehlt.gpkg", name) is None


def test_official_products_bring_their_source_note_and_the_planner_may_give_another(tmp_path: Path) -> None:
    assert guessed_licence(["id", "einwohner"]) == ""
    path = tmp_path / "gem.gpkg"
    six_blocks(ags=[f"0537000{k}" for k in range(1, 7)]).rename(columns={"ags": "AGS", "gemeinde": "GEN"}).assign(
        BEZ="Gemeinde"
    ).to_file(path, layer="vg250_gem")
    assert "BKG" in read_blocks(path, choice=ColumnChoice(within="none")).provenance.licence
    own = ColumnChoice(within="none", licence="© Kreis Heinsberg", reference_date="2024-12-31")
    said = read_blocks(path, choice=own).provenance
    assert (said.licence, said.reference_date) == ("© Kreis Heinsberg", "2024-12-31")
