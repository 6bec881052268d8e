"""The main job on real counties: Heinsberg, Berlin within its districts, and a file in degrees."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import geopandas
import pandas as pd
import pytest
import shapely
from typer.testing import CliRunner

from cli import app


def proposed(file: Path, out: Path, *options: object) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["propose", str(file), *map(str, options), "--out", str(out), "--quiet"])
    assert result.exit_code == 0, result.output
    report: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return report


def regions_of(out: Path) -> dict[str, str]:
    with (out / "plan.csv").open(encoding="utf-8", newline="") as file:
        return {row["block_id"]: row["region"] for row in csv.DictReader(file)}


def pieces(shapes: Any) -> int:
    """Number of parts that touch along a line, by union and without our own contiguity."""
    joined = shapely.union_all(shapes.buffer(0.05).to_numpy()).buffer(-0.06)
    return len(shapely.get_parts(joined))


@pytest.fixture(scope="module")
def heinsberg(real_data: Path) -> Path:
    return real_data / "heinsberg" / "heinsberg_blocks_500m_derived.gpkg"


HEINSBERG = ("--id", "block_id", "--population", "pop_est", "--within", "ags")


def test_heinsberg_keeps_every_demand_that_can_be_kept(heinsberg: Path, tmp_path: Path) -> None:
    report = proposed(heinsberg, tmp_path / "out", *HEINSBERG)
    assert 19 <= len(report["regions"]) <= 21
    out_of_band = {r["municipality"]: r["residents"] for r in report["regions"] if not r["in_band"]}
    assert out_of_band == {"Waldfeucht": 8749, "Selfkant": 9941, "Wassenberg": 16897}
    assert {v["municipality_name"] for v in report["violations"]} == set(out_of_band)
    assert all(v["unavoidable"] and v["message"] and v["remedies"] for v in report["violations"])


def test_heinsbergs_regions_are_whole_and_stay_inside_their_municipality(heinsberg: Path, tmp_path: Path) -> None:
    proposed(heinsberg, tmp_path / "out", *HEINSBERG)
    blocks = geopandas.read_file(heinsberg)
    blocks["region"] = blocks["block_id"].map(regions_of(tmp_path / "out"))
    assert blocks["region"].notna().all()
    assert (blocks.groupby("region")["ags"].nunique() == 1).all()
    assert {region: pieces(part.geometry) for region, part in blocks.groupby("region")} == dict.fromkeys(
        blocks["region"].unique(), 1
    )


def test_wassenberg_can_be_two_regions_when_the_planner_says_so(heinsberg: Path, tmp_path: Path) -> None:
    demands = tmp_path / "vorgaben.toml"
    demands.write_text('[regions_per_municipality]\n"05370036" = 2\n', encoding="utf-8")
    report = proposed(heinsberg, tmp_path / "out", *HEINSBERG, "--constraints", demands)
    assert len([r for r in report["regions"] if r["municipality"] == "Wassenberg"]) == 2


def test_exactly_as_many_regions_as_asked_for_without_municipal_borders(heinsberg: Path, tmp_path: Path) -> None:
    options = ("--id", "block_id", "--population", "pop_est", "--within", "none", "--count", 17)
    assert len(proposed(heinsberg, tmp_path / "out", *options)["regions"]) == 17


@pytest.fixture(scope="module")
def berlin(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = real_data / "berlin_lor2021_mss"
    areas = geopandas.read_file(folder / "lor_plr_2021.shp")
    people = pd.read_csv(folder / "population" / "2024-02-t1.csv", dtype=str, sep=None, engine="python")
    key = next(c for c in people.columns if people[c].str.zfill(8).isin(areas["PLR_ID"]).sum() > 500)
    total = next(c for c in people.columns if c != key and pd.to_numeric(people[c], errors="coerce").sum() == 3_897_145)
    residents = pd.Series(pd.to_numeric(people[total]).to_numpy(), index=people[key].str.zfill(8))
    areas["einwohner"] = areas["PLR_ID"].map(residents).astype("int64")
    areas["bezirk"] = areas["PLR_ID"].str[:2]
    path = tmp_path_factory.mktemp("berlin") / "planungsraeume.gpkg"
    areas[["PLR_ID", "einwohner", "bezirk", "geometry"]].to_file(path)
    return path


BERLIN = ("--id", "PLR_ID", "--population", "einwohner", "--within", "bezirk")


def test_berlins_regions_stay_inside_their_district(berlin: Path, tmp_path: Path) -> None:
    report = proposed(berlin, tmp_path / "out", *BERLIN, "--band", 20_000, 40_000)
    assert report["residents"] == 3_897_145
    assert [v for v in report["violations"] if not v["unavoidable"]] == []
    districts: dict[str, set[str]] = {}
    for block, region in regions_of(tmp_path / "out").items():
        districts.setdefault(region, set()).add(block[:2])
    assert all(len(found) == 1 for found in districts.values())


def test_a_file_in_degrees_gives_nearly_the_same_regions(berlin: Path, tmp_path: Path) -> None:
    degrees = tmp_path / "grad.geojson"
    geopandas.read_file(berlin).to_crs(4326).to_file(degrees)
    report = proposed(degrees, tmp_path / "out", *BERLIN, "--band", 20_000, 40_000)
    assert report["input"]["epsg"] == 25833
    assert [v for v in report["violations"] if not v["unavoidable"]] == []
