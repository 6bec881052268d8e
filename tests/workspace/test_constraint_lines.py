"""Barriers and preferred cuts from line layers that a constraints file names."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pytest
import shapely

from regionalization.constraints import Constraints
from regionalization.constraints_file import ConstraintsFile, read_constraints
from regionalization.cut_measures import cut_places
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from regionalization.propose import propose
from regionalization.scores import plan_scores
from reporting.text_de.findings import sentence
from spatial.errors import InputError
from spatial.plan import Plan
from tests.workspace.small_county import START, small_county
from workspace.constraint_lines import line_reader
from workspace.options import Options, open_with_options

WEST, SOUTH = 300_000.0, 5_650_000.0


def lines_file(folder: Path, *, crs: int | None = 25832) -> Path:
    """A railway along the middle of the small county with an underpass in its north, and a road between two rows."""
    path = folder / "linien.gpkg"
    rail = shapely.LineString([(WEST + 2000, SOUTH), (WEST + 2000, SOUTH + 3000)])
    road = shapely.LineString([(WEST, SOUTH + 1000), (WEST + 4000, SOUTH + 1000)])
    layers = {"bahn": rail, "strasse": road, "fern": shapely.LineString([(WEST + 9000, SOUTH), (WEST + 9999, SOUTH)])}
    layers["unterfuehrung"] = shapely.Point(WEST + 2000, SOUTH + 2500)
    for name, shape in layers.items():
        geopandas.GeoDataFrame(geometry=[shape], crs=crs).to_file(path, layer=name)
    return path


def demands(text: str, folder: Path) -> ConstraintsFile:
    county = small_county()
    return read_constraints(text, county.blocks, line_reader(county, folder))


def test_a_railway_closes_the_borders_along_it_but_not_at_its_underpass(tmp_path: Path) -> None:
    lines_file(tmp_path)
    file = demands('[[barriers]]\nfile = "linien.gpkg"\nlayer = "bahn"\ncrossings = "unterfuehrung"\n', tmp_path)
    assert set(file.constraints.barrier_edges) == {("01", "02"), ("11", "12")}
    assert set(file.constraints.preferred_cuts) == {("01", "02"), ("11", "12"), ("21", "22")}
    assert "2 Nachbarschaften" in sentence(file.notes[0])


def test_a_bridge_given_as_a_pair_of_blocks_keeps_a_region_connected_over_the_railway(tmp_path: Path) -> None:
    lines_file(tmp_path)
    text = 'municipal_borders = "none"\nregion_count = 1\n[[barriers]]\nfile = "linien.gpkg"\nlayer = "bahn"\n'
    county, whole = small_county(), PopulationTarget(1, 7800, 7800)
    for extra, regions in (("", 2), ('bridges = [["01", "02"]]\n', 1)):
        constraints = demands(text + extra, tmp_path).constraints
        problem = Problem(county.blocks, county.contiguity, whole, constraints)
        assert len(propose(problem).plan.regions) == regions


def test_borders_of_regions_follow_the_preferred_road_and_the_report_says_how_far(tmp_path: Path) -> None:
    lines_file(tmp_path)
    text = 'municipal_borders = "none"\n[[prefer_cuts]]\nfile = "linien.gpkg"\nlayer = "strasse"\nprice = 0.1\n'
    county = small_county()
    halves = PopulationTarget(1000, 3900, 6800)
    problem = Problem(county.blocks, county.contiguity, halves, demands(text, tmp_path).constraints)
    problem = replace(problem, constraints=replace(problem.constraints, region_count=2, places="ignore"))
    along = propose(problem)
    assert along.scores["along_lines_share"] == 1.0
    assert along.scores["along_lines_m"] == pytest.approx(4000)
    plain = replace(problem, constraints=Constraints(municipal_borders="none", region_count=2, places="ignore"))
    assert plan_scores(along.plan, plain)["along_lines_share"] == 0.0
    across = Plan(np.array([1 if int(i[1]) < 2 else 2 for i in county.blocks.ids]))
    assert plan_scores(across, problem)["energy"] > along.scores["energy"]


@pytest.mark.filterwarnings("ignore:'crs' was not provided")  # that is the mistake
def test_all_mistakes_about_lines_are_said_at_once_in_german(tmp_path: Path) -> None:
    lines_file(tmp_path)
    (tmp_path / "ohne").mkdir()
    lines_file(tmp_path / "ohne", crs=None)
    text = """
    [[barriers]]
    file = "nirgends.gpkg"
    [[barriers]]
    file = "linien.gpkg"
    layer = "autobahn"
    [[barriers]]
    file = "ohne/linien.gpkg"
    layer = "bahn"
    [[barriers]]
    layer = "bahn"
    [[prefer_cuts]]
    file = "linien.gpkg"
    layer = "unterfuehrung"
    [[prefer_cuts]]
    file = "linien.gpkg"
    [[prefer_cuts]]
    file = "linien.gpkg"
    layer = "strasse"
    price = 7
    """
    with pytest.raises(InputError) as caught:
        demands(text, tmp_path)
    assert [f.code for f in caught.value.findings] == [
        "constraints_file.lines.no_file",
        "constraints_file.type",
        "read.file.missing",
        "read.layer.unknown",
        "layer.crs",
        "layer.no_lines",
        "layer.ambiguous",
    ]
    assert all("{" not in sentence(finding) for finding in caught.value.findings)


def test_lines_that_separate_nothing_are_noted_and_change_nothing(tmp_path: Path) -> None:
    lines_file(tmp_path)
    text = "".join(f'[[{kind}]]\nfile = "linien.gpkg"\nlayer = "fern"\n' for kind in ("barriers", "prefer_cuts"))
    file = demands(text, tmp_path)
    assert {f.code for f in file.notes} >= {"barriers.nothing", "prefer_cuts.nothing"}
    assert (file.constraints.barrier_edges, dict(file.constraints.preferred_cuts)) == ((), {})


def test_a_constraints_file_without_a_folder_cannot_name_lines() -> None:
    with pytest.raises(InputError) as caught:
        read_constraints('[[barriers]]\nfile = "linien.gpkg"\n', small_county().blocks)
    assert caught.value.findings[0].code == "constraints_file.lines.no_folder"


def test_a_cut_place_is_named_with_its_residents_and_regions() -> None:
    county = small_county()
    problem = Problem(county.blocks, county.contiguity, PopulationTarget(1, 100, 250))
    assert cut_places(START, problem) == ()
    (place,) = cut_places(Plan(np.arange(1, 13)), problem)
    assert (place.name, place.residents, place.regions, place.too_large) == ("Dorf", 300, (1, 2), True)


def test_the_roads_and_barriers_of_the_musterkreis_are_read_through_the_options(
    musterkreis: Path, tmp_path: Path
) -> None:
    file = tmp_path / "vorgaben.toml"
    source = musterkreis.as_posix()
    file.write_text(
        f'[[barriers]]\nfile = "{source}"\nlayer = "barriers"\ncrossings = "crossings"\n'
        f'[[prefer_cuts]]\nfile = "{source}"\nlayer = "roads"\n',
        encoding="utf-8",
    )
    workspace = open_with_options(musterkreis, Options(constraints=file))
    assert len(workspace.settings.constraints.barrier_edges) == 97
    assert len(workspace.settings.constraints.preferred_cuts) > 1000
    assert {"barrier.edges", "prefer_cuts.edges"} <= {f.code for f in workspace.county.findings}


def test_the_example_of_the_format_page_holds_every_entry_and_is_kept_completely() -> None:
    examples = Path(__file__).resolve().parents[2] / "docs" / "formats" / "examples"
    known = set(Constraints.__dataclass_fields__) - {"preferred_cuts"} | {"barriers", "prefer_cuts"}
    written = tomllib.loads((examples / "vorgaben.toml").read_text(encoding="utf-8"))
    assert set(written) == known
    page = (examples.parent / "vorgaben.md").read_text(encoding="utf-8")
    assert all(f"`{key}" in page or f"`[[{key}]]`" in page for key in known)
    options = Options(band=(300, 1200), constraints=examples / "vorgaben.toml")
    workspace = open_with_options(examples / "bloecke.gpkg", options)
    assert workspace.settings.constraints.barrier_edges == (("02", "05"), ("04", "05"))
    assert set(workspace.settings.constraints.preferred_cuts) == {
        ("01", "02"),
        ("04", "05"),
        ("02", "03"),
        ("05", "06"),
    }
    proposal = propose(workspace.problem)
    assert proposal.violations == proposal.infeasibilities == ()
    assert dict(zip(workspace.county.blocks.ids, proposal.plan.labels.tolist(), strict=True))["04"] == 7
