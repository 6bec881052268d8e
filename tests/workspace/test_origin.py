"""Source note, reference date and history stand in every file that is made from a county."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import openpyxl
import pyogrio
import pytest
import shapely

from geodata.join_table import JoinedTable
from geodata.provenance import kept_provenance
from geodata.read_blocks import ColumnChoice
from geodata.write_plan import write_plan_csv
from regionalization.population_target import PopulationTarget
from spatial.plan import Plan
from tests.geodata.drawn_blocks import six_blocks
from workspace import actions
from workspace.county import County, open_county
from workspace.indicator_actions import IndicatorOptions, compute_indicators
from workspace.origin import companion_text, origin_cells, source_line
from workspace.outputs import plan_download, write_results
from workspace.project import create_project
from workspace.release import Occasion
from workspace.workspace import Settings, Workspace


@pytest.fixture
def county(tmp_path: Path) -> County:
    blocks, table = tmp_path / "bloecke.gpkg", tmp_path / "kinder.csv"
    six_blocks().to_file(blocks, layer="bloecke")
    table.write_text("block_id;kinder\n" + "".join(f"0{k};{k}\n" for k in range(1, 7)), encoding="utf-8")
    joined = JoinedTable(table, licence="Jugendamt", reference_date="2023-12-31")
    choice = ColumnChoice(tables=(joined,), licence="© Kreis Heinsberg", reference_date="2024-12-31")
    return open_county(blocks, choice=choice, label="Kreis Heinsberg")


def test_every_source_is_named_in_one_line_and_in_full(county: County) -> None:
    assert source_line(county) == "Quelle: © Kreis Heinsberg; Jugendamt. Stand: 31.12.2024."
    said = companion_text(county, "plan.csv")
    assert "Tabelle „kinder.csv“ über den Schlüssel angefügt" in said
    assert "Quellenvermerk: Jugendamt" in said and "Stichtag: 31.12.2023" in said
    assert [cells[0] for cells in origin_cells(county)] == ["bloecke.gpkg", "kinder.csv"]


def test_all_results_of_a_proposal_carry_the_source_and_the_csv_keeps_its_columns(
    county: County, tmp_path: Path
) -> None:
    workspace = Workspace(county, Settings(target=PopulationTarget(300, 700, 1500)))
    proposals = actions.run_proposals(workspace.problem, workspace.settings)
    out = write_results(workspace, proposals, tmp_path / "out")
    assert (out / "plan.csv").read_text("utf-8").splitlines()[0] == "block_id,region"
    assert "© Kreis Heinsberg" in (out / "plan.csv.quelle.txt").read_text("utf-8")
    assert "Quelle: © Kreis Heinsberg; Jugendamt" in (out / "map.html").read_text("utf-8")
    report = json.loads((out / "report.json").read_text("utf-8"))
    assert report["input"]["provenance"]["further"][0]["licence"] == "Jugendamt"
    assert report["input"]["tables"] == ["kinder.csv"]
    rows = pyogrio.read_dataframe(out / "plan.gpkg", layer="provenance")
    assert set(rows["layer"]) == {"blocks", "regions"}
    kept = kept_provenance(out / "plan.gpkg", "regions")
    assert kept is not None and kept.licences == ("© Kreis Heinsberg", "Jugendamt")
    assert "© Kreis" in plan_download("origin", actions.take_proposals(workspace, proposals)).decode()


def test_a_project_file_remembers_sources_and_the_width_of_streets(county: County, tmp_path: Path) -> None:
    apart = six_blocks()
    apart["geometry"] = shapely.buffer(apart.geometry.to_numpy(), -6, join_style="mitre")
    apart.to_file(tmp_path / "strassen.gpkg", layer="bloecke")
    choice = ColumnChoice(gap_m=15.0, licence="© Berlin", reference_date="2022-01-01")
    streets = open_county(tmp_path / "strassen.gpkg", choice=choice)
    project = create_project(tmp_path / "projekt.gpkg", streets)
    try:
        assert project.county.fingerprint == streets.fingerprint
        assert np.unique(project.county.contiguity.components()).tolist() == [0]
        assert source_line(project.county) == "Quelle: © Berlin. Stand: 01.01.2022."
        assert project.county.choice.gap_m == 15.0
    finally:
        project.close()


def test_workbook_and_geopackage_of_the_indicators_say_where_the_counts_came_from(
    musterkreis: Path, tmp_path: Path
) -> None:
    county = open_county(musterkreis, choice=actions.SAMPLE_CHOICE)
    write_plan_csv(tmp_path / "plan.csv", county.blocks, Plan(county.blocks.municipality))
    options = IndicatorOptions(Occasion("intern", "Kern", "2026-03-02T08:00:00Z", "Prüfung"))
    compute_indicators(musterkreis, tmp_path / "plan.csv", out=tmp_path / "o", options=options)
    sheet = openpyxl.load_workbook(tmp_path / "o" / "indicators.xlsx")["Herkunft"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == ["musterkreis.gpkg", "plan.csv"]
    rows = pyogrio.read_dataframe(tmp_path / "o" / "indicators.gpkg", layer="provenance")
    assert set(rows["source"]) == {"musterkreis.gpkg", "plan.csv"}
