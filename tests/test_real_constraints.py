"""Constraints on real counties: Köln, Berlin, Arkansas, the Musterkreis, and Heinsberg with one of each kind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pytest
import shapely
from typer.testing import CliRunner

from cli import app
from regionalization.check import check
from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.propose import propose
from spatial.blocks import block_set
from spatial.connectivity import is_contiguous
from spatial.contiguity import contiguity_from_edges
from tests.test_real_counties import HEINSBERG, pieces, proposed, regions_of

KOELN = ("--id", "NUMMER", "--population", "K_WAHL", "--within", "none", "--band", 1500, 2500)


def test_cologne_is_refused_with_repairs_and_with_them_becomes_regions_in_both_components(
    real_data: Path, tmp_path: Path
) -> None:
    file = real_data / "koeln" / "Stimmbezirk.shp"
    refused = CliRunner().invoke(app, ["propose", str(file), *map(str, KOELN), "--out", str(tmp_path / "out")])
    assert refused.exit_code == 2
    assert "--repair make_valid" in refused.output and "--repair clean" in refused.output
    assert not (tmp_path / "out").exists()
    report = proposed(file, tmp_path / "out", *KOELN, "--repair", "make_valid", "--repair", "clean")
    assert report["blocks"] == 800
    avoidable = [v for v in report["violations"] if not v["unavoidable"]]
    assert avoidable == []
    blocks = geopandas.read_file(tmp_path / "out" / "plan.gpkg", layer="blocks")
    assert pieces(blocks.geometry) == 2
    parts = {region: pieces(part.geometry) for region, part in blocks.groupby("region")}
    assert set(parts.values()) == {1} and len(parts) > 2


def test_the_motorway_and_railway_of_the_musterkreis_are_not_crossed_except_at_their_crossings(
    musterkreis: Path, tmp_path: Path
) -> None:
    demands = tmp_path / "vorgaben.toml"
    source = musterkreis.as_posix()
    demands.write_text(
        f'[[barriers]]\nfile = "{source}"\nlayer = "barriers"\ncrossings = "crossings"\n'
        f'[[prefer_cuts]]\nfile = "{source}"\nlayer = "roads"\n',
        encoding="utf-8",
    )
    plain = proposed(musterkreis, tmp_path / "plain", "--places", "ort")
    report = proposed(musterkreis, tmp_path / "out", "--places", "ort", "--constraints", demands)
    assert [v for v in report["violations"] if not v["unavoidable"]] == []
    assert plain["scores"]["along_lines_share"] == 0.0
    assert report["scores"]["along_lines_share"] > 0.3
    assert all(place["message"] for place in report["places_cut"])
    blocks = geopandas.read_file(musterkreis, layer="blocks")
    closed = shapely.buffer(geopandas.read_file(musterkreis, layer="barriers").union_all(), 30)
    crossings = geopandas.read_file(musterkreis, layer="crossings").buffer(80).union_all()
    blocks["region"] = blocks["block_id"].map(regions_of(tmp_path / "out"))
    assert {r: pieces(p.geometry) for r, p in blocks.groupby("region")} == dict.fromkeys(blocks["region"].unique(), 1)
    for _, part in blocks.groupby("region"):
        inside = shapely.union_all(part.geometry.to_numpy()).buffer(-40).intersection(closed)
        assert inside.is_empty or inside.intersects(crossings)


def heinsberg_demands(folder: Path, blocks: Any) -> tuple[Path, dict[str, Any]]:
    """One demand of each kind for Heinsberg, on blocks chosen by place and not by hand."""
    erkelenz = blocks[blocks["ags"] == "05370004"]
    x = erkelenz.geometry.centroid.x
    west, east = erkelenz[x < x.median()], erkelenz[x >= x.median()]
    line = shapely.intersection(west.geometry.union_all(), east.geometry.union_all())
    lines = [part for part in shapely.get_parts(line) if part.geom_type.endswith("LineString")]
    geopandas.GeoDataFrame(geometry=lines, crs=blocks.crs).to_file(folder / "linien.gpkg", layer="bahn")
    far = x.sort_values().index
    chosen = {"west": str(blocks["block_id"][far[0]]), "east": str(blocks["block_id"][far[-1]])}
    hueckelhoven = blocks[blocks["ags"] == "05370020"].sort_values("pop_est")["block_id"].tolist()
    chosen["pair"] = hueckelhoven[-2:]
    text = f"""
    places_weight = 2.0
    stay_close = 0.1
    joint_municipalities = [["05370032", "05370008"]]
    keep_together = [{json.dumps(chosen["pair"])}]
    keep_apart = [["{chosen["west"]}", "{chosen["east"]}"]]
    bridge_edges = []
    [locked]
    "{chosen["west"]}" = 41
    [regions_per_municipality]
    "05370036" = 2
    [targets."05370036"]
    minimum = 8000
    target = 8500
    maximum = 9000
    [targets."05370024"]
    minimum = 9000
    target = 9900
    maximum = 12000
    [current_plan]
    "{chosen["west"]}" = 41
    "weg" = 5
    [[prefer_cuts]]
    file = "linien.gpkg"
    layer = "bahn"
    price = 0.1
    """
    path = folder / "vorgaben.toml"
    path.write_text(text, encoding="utf-8")
    return path, chosen


def test_heinsberg_keeps_one_demand_of_each_kind(real_data: Path, tmp_path: Path) -> None:
    file = real_data / "heinsberg" / "heinsberg_blocks_500m_derived.gpkg"
    blocks = geopandas.read_file(file)
    demands, chosen = heinsberg_demands(tmp_path, blocks)
    report = proposed(file, tmp_path / "out", *HEINSBERG, "--constraints", demands)
    labels = regions_of(tmp_path / "out")
    assert report["violations"] == []
    assert labels[chosen["west"]] == "41" != labels[chosen["east"]]
    assert len({labels[block] for block in chosen["pair"]}) == 1
    wassenberg = {r["region"]: r["residents"] for r in report["regions"] if r["municipality"] == "Wassenberg"}
    assert len(wassenberg) == 2 and all(8000 <= residents <= 9000 for residents in wassenberg.values())
    shared = {r["municipality"] for r in report["regions"] if "Waldfeucht" in r["municipality"]}
    assert any("Gangelt" in names for names in shared)
    assert 0 <= report["scores"]["along_lines_share"] <= 1
    again = CliRunner().invoke(
        app,
        ["check", str(file), str(tmp_path / "out" / "plan.csv"), *HEINSBERG, "--constraints", str(demands), "--quiet"],
    )
    assert again.exit_code == 0, again.output


@pytest.fixture(scope="module")
def arkansas(real_data: Path) -> Problem:
    """Block groups as a graph without polygons, as the GerryChain documentation gives them."""
    data = json.loads((real_data / "us_ar_blockgroups" / "05_bg_census_consolidated.json").read_text(encoding="utf-8"))
    nodes = data["nodes"]
    index = {node["id"]: i for i, node in enumerate(nodes)}
    shared = {
        (min(a, index[e["id"]]), max(a, index[e["id"]])): float(e["shared_perim"])
        for a, beside in enumerate(data["adjacency"])
        for e in beside
    }
    pairs = np.array(sorted(shared))
    metres = np.array([shared[a, b] for a, b in pairs.tolist()])
    around = np.bincount(pairs.ravel(), weights=np.repeat(metres, 2), minlength=len(nodes))
    centre = np.array([(float(n["INTPTLON20"]), float(n["INTPTLAT20"])) for n in nodes])
    blocks = block_set(
        [n["id"] for n in nodes],
        population=[n["tot_pop_20"] for n in nodes],
        municipality=[n["COUNTYFP20"] for n in nodes],
        shapes=(np.array([n["area"] for n in nodes]), around, centre),
    )
    contiguity = contiguity_from_edges(len(nodes), pairs, metres)
    return Problem(blocks, contiguity, constraints=Constraints(municipal_borders="none", region_count=241))


def test_arkansas_is_divided_into_241_regions_that_are_all_in_the_band(arkansas: Problem) -> None:
    proposal = propose(arkansas, parameters=Parameters(effort=0.2))
    assert check(proposal.plan, arkansas) == ()
    assert len(proposal.plan.regions) == 241
    assert is_contiguous(proposal.plan.labels, arkansas.contiguity)


def test_the_counties_of_arkansas_have_targets_and_locks_of_their_own(arkansas: Problem) -> None:
    blocks = arkansas.blocks
    pulaski = next(m for m in blocks.municipalities if m.key == "119")
    first = next(
        i for i, m in zip(blocks.ids, blocks.municipality, strict=True) if blocks.municipalities[m].key == "119"
    )
    small = PopulationTarget(7000, 8000, 9000)
    demands = Constraints(municipal_borders="soft", targets={"119": small}, locked={first: 900})
    problem = Problem(blocks, arkansas.contiguity, constraints=demands)
    proposal = propose(problem, parameters=Parameters(effort=0.05))
    own = proposal.plan.labels[blocks.municipality == blocks.municipalities.index(pulaski)]
    assert abs(len(np.unique(own)) - pulaski.residents / 8000) < 5
    assert [v for v in proposal.violations if v.rule == "municipality"] == []
    assert proposal.plan.labels[blocks.ids.index(first)] == 900
