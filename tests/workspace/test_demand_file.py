"""A constraints file handed over in the browser, with the layers it names."""

from __future__ import annotations

from pathlib import Path

import geopandas
import pytest
import shapely

from spatial.errors import InputError
from tests.workspace.small_county import small_county
from workspace.demand_file import with_demand_file
from workspace.remedies import special_demands, without_demand
from workspace.workspace import Workspace

TOML = b"""
municipal_borders = "soft"
keep_together = [["00", "10"]]

[locked]
"23" = 2

[[barriers]]
file = "bahn.gpkg"
layer = "rail"
"""


def opened() -> Workspace:
    return Workspace(small_county())


def railway(folder: Path) -> tuple[str, bytes]:
    """A line along the border between the second and the third column."""
    line = shapely.LineString([(302_000, 5_650_000), (302_000, 5_653_000)])
    path = folder / "bahn.gpkg"
    geopandas.GeoDataFrame(geometry=[line], crs=25832).to_file(path, layer="rail")
    return path.name, path.read_bytes()


def test_the_demands_of_a_file_hold_and_can_be_taken_back_one_by_one(tmp_path: Path) -> None:
    workspace, _notes = with_demand_file(opened(), [("vorgaben.toml", TOML), railway(tmp_path)])
    demands = workspace.settings.constraints
    assert demands.municipal_borders == "soft" and dict(demands.locked) == {"23": 2}
    assert sorted(demands.barrier_edges) == [("01", "02"), ("11", "12"), ("21", "22")]
    settings = workspace.settings
    kinds = [demand.kind for demand in special_demands(settings)]
    assert kinds == ["locked", "together", "barriers", "preferred"]
    for demand in special_demands(settings):
        settings = without_demand(settings, demand)
    assert special_demands(settings) == ()
    assert settings.constraints.municipal_borders == "soft"


def test_a_layer_that_was_not_handed_over_is_named() -> None:
    with pytest.raises(InputError) as refused:
        with_demand_file(opened(), [("vorgaben.toml", TOML)])
    assert [(f.code, f.where) for f in refused.value.findings] == [("constraints.layer.not_chosen", ("bahn.gpkg",))]


@pytest.mark.parametrize("names", [["bahn.gpkg"], ["a.toml", "b.TOML"]])
def test_exactly_one_constraints_file_is_wanted(names: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        with_demand_file(opened(), [(name, b"") for name in names])
    assert [f.code for f in refused.value.findings] == ["constraints.file.one"]


def test_a_file_in_another_encoding_is_refused_with_its_name() -> None:
    with pytest.raises(InputError) as refused:
        with_demand_file(opened(), [("vorgaben.toml", "# Größe".encode("cp1252"))])
    assert [f.code for f in refused.value.findings] == ["constraints.file.unreadable"]
