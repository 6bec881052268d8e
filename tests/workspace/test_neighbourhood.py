"""The planner decides who is a neighbour: streets, barriers, bridges; the engine obeys and the project remembers."""

from __future__ import annotations

from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from geodata.read_blocks import ColumnChoice
from regionalization.population_target import PopulationTarget
from tests.geodata.drawn_blocks import SOUTH, WEST, six_blocks
from workspace import actions, neighbourhood
from workspace.county import County, open_county
from workspace.workspace import Settings, Workspace


def with_island(folder: Path) -> County:
    """Six blocks; the last one lies 300 m away from its municipality."""
    frame = six_blocks()
    frame.loc[5, "geometry"] = shapely.box(WEST + 500, SOUTH + 100, WEST + 600, SOUTH + 200)
    frame.to_file(folder / "insel.gpkg", layer="bloecke")
    return open_county(folder / "insel.gpkg")


def test_an_island_is_joined_by_the_bridge_that_was_suggested_and_accepted(tmp_path: Path) -> None:
    table = Workspace(with_island(tmp_path), Settings(target=PopulationTarget(500, 800, 1600)))
    assert neighbourhood.cohesion(table) == neighbourhood.Cohesion(2, 1, ("05370008",))
    (bridge,) = neighbourhood.suggestions(table)
    assert (bridge.pair, bridge.gap_m, bridge.municipality) == (("05", "06"), 300.0, "Gangelt")
    assert neighbourhood.suggestions(table, refused=[("06", "05")]) == ()
    decided = neighbourhood.with_bridge(table, bridge.pair)
    assert neighbourhood.cohesion(decided) == neighbourhood.Cohesion(1, 0, ())
    assert neighbourhood.suggestions(decided) == ()
    proposal = actions.run_proposals(decided.problem, decided.settings)[0]
    assert not [v for v in proposal.violations if v.rule == "contiguity"]
    assert neighbourhood.without_bridge(decided, bridge.pair).settings == table.settings


def test_the_bridge_is_drawn_between_both_blocks(tmp_path: Path) -> None:
    county = with_island(tmp_path)
    drawn = neighbourhood.pair_outlines(county, [("05", "06")])
    assert drawn.ids == ("05 / 06",)
    back = geopandas.GeoSeries(drawn.shapes, crs=4326).to_crs(25832)
    assert shapely.length(back[0]) > 600
    assert len(neighbourhood.pair_outlines(county, [])) == 0


def test_streets_between_the_blocks_are_counted_before_and_after(tmp_path: Path) -> None:
    frame = six_blocks()
    frame["geometry"] = shapely.buffer(frame.geometry.to_numpy(), -6, join_style="mitre")
    frame.to_file(tmp_path / "strassen.gpkg", layer="bloecke")
    table = Workspace(open_county(tmp_path / "strassen.gpkg"))
    assert neighbourhood.cohesion(table).pieces == 6
    assert neighbourhood.cohesion_with_gap(table, 15.0).pieces == 1
    joined = neighbourhood.with_gap(table, 15.0)
    assert neighbourhood.cohesion(joined).pieces == 1
    assert joined.county.fingerprint != table.county.fingerprint
    assert joined.county.provenance is not None and joined.county.provenance.steps == ("gap 15.0",)
    assert "topology.streets_between" not in {f.code for f in joined.county.findings}
    again = neighbourhood.with_gap(joined, 0.0)
    assert again.county.fingerprint == table.county.fingerprint


def test_a_railway_closes_borders_until_it_is_taken_back(tmp_path: Path) -> None:
    six_blocks().to_file(tmp_path / "b.gpkg", layer="bloecke")
    rail = shapely.LineString([(WEST + 100, SOUTH - 50), (WEST + 100, SOUTH + 250)])
    geopandas.GeoDataFrame({"art": ["Bahn"]}, geometry=[rail], crs=25832).to_file(tmp_path / "bahn.gpkg", layer="bahn")
    table = Workspace(open_county(tmp_path / "b.gpkg"))
    pairs, findings = neighbourhood.barriers_of(table.county, tmp_path / "bahn.gpkg")
    assert sorted(pairs) == [("01", "02"), ("04", "05")]
    assert findings[0].values["closed"] == 2
    closed = neighbourhood.with_barriers(table, pairs)
    assert neighbourhood.cohesion(closed).pieces == 2
    assert len(neighbourhood.closed_outlines(closed.county, pairs)) == 2
    assert neighbourhood.with_barriers(closed, ()).settings == table.settings


def test_a_bridge_that_nobody_wanted_is_not_suggested_again_after_reopening(tmp_path: Path) -> None:
    county = with_island(tmp_path)
    kept = neighbourhood.kept_refusals([("05", "06"), ("01", "gone")])
    refused = neighbourhood.refusals(county, kept)
    assert refused == (("05", "06"),)
    assert neighbourhood.suggestions(Workspace(county), refused=refused) == ()
    assert neighbourhood.refusals(county, {}) == ()


@pytest.mark.parametrize("gap_m", [0.0, 10.0])
def test_a_gap_that_changes_nothing_changes_no_neighbour(tmp_path: Path, gap_m: float) -> None:
    six_blocks().to_file(tmp_path / "b.gpkg", layer="bloecke")
    county = open_county(tmp_path / "b.gpkg", choice=ColumnChoice())
    assert np.array_equal(neighbourhood.county_with_gap(county, gap_m).contiguity.edges, county.contiguity.edges)
