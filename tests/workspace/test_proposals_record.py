"""What the machine proposed lies in the project file: a reload of the browser loses no search."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from geodata.read_blocks import ColumnChoice
from regionalization.population_target import PopulationTarget
from regionalization.proposal import Parameters
from spatial.blocks import block_set
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.fingerprint import county_fingerprint
from ui.editor.open_projects import OpenProject
from ui.project_link import keep_proposals, with_kept_proposals
from workspace import actions
from workspace.county import County
from workspace.project import create_project, open_project
from workspace.proposals_record import KEY, ON_TABLE, proposals_from_record, proposals_record
from workspace.workspace import Settings, Workspace, chosen_proposal

SIDE = 8
SETTINGS = Settings(
    target=PopulationTarget(1_200, 1_600, 2_000), parameters=Parameters(effort=0.2), features=("quote",), alternatives=3
)


def open_county() -> County:
    """Sixty-four squares of 100 residents in one municipality: many plans of four regions are nearly as good."""
    squares = np.array(
        [shapely.box(500 * x, 500 * y, 500 * x + 500, 500 * y + 500) for y in range(SIDE) for x in range(SIDE)]
    )
    ids = tuple(f"{i:03}" for i in range(len(squares)))
    shapes = (shapely.area(squares), shapely.length(squares), shapely.get_coordinates(shapely.centroid(squares)))
    blocks = block_set(ids, population=[100] * len(ids), municipality=["Mitte"] * len(ids), shapes=shapes)
    contiguity = contiguity_from_polygons(squares)
    return County(
        label="Offener Kreis",
        blocks=blocks,
        contiguity=contiguity,
        polygons=squares,
        epsg=25832,
        features={"quote": np.random.default_rng(1).random(len(ids))},
        findings=(),
        choice=ColumnChoice(id="block_id", population="einwohner", within="ags"),
        fingerprint=county_fingerprint(blocks, contiguity),
        source="von Hand",
    )


def searched(seed: int = 1) -> Workspace:
    settings = replace(SETTINGS, seed=seed)
    workspace = Workspace(open_county(), SETTINGS)
    return actions.take_proposals(workspace, actions.run_proposals(workspace.problem, settings))


@pytest.fixture(scope="module")
def table() -> Workspace:
    found = searched()
    assert len({labels(p) for p in found.proposals}) == 3, "these tests need plans that can be mixed up"
    return found


@pytest.fixture
def project(table: Workspace, tmp_path: Path) -> Iterator[OpenProject]:
    made = create_project(tmp_path / "offen.gpkg", table.county)
    yield OpenProject(made)
    made.close()


def labels(proposal: Any) -> tuple[int, ...]:
    return tuple(proposal.plan.labels.tolist())


def test_every_proposal_comes_back_with_all_that_the_page_says_of_it(table: Workspace) -> None:
    back = proposals_from_record(json.loads(json.dumps(proposals_record(table.proposals))), table.problem)
    assert len(back) == len(table.proposals) == 3
    for one, other in zip(back, table.proposals, strict=True):
        assert labels(one) == labels(other)
        assert dict(one.scores) == dict(other.scores)
        assert (one.violations, one.infeasibilities) == (other.violations, other.infeasibilities)
        assert (one.proof, one.notes, one.parameters) == (other.proof, other.notes, other.parameters)
        assert dict(one.extra) == dict(other.extra)
        assert (one.method, one.seed, one.fingerprint) == (other.method, other.seed, other.fingerprint)


def test_proposals_for_other_demands_do_not_come_back(table: Workspace) -> None:
    other = table.with_settings(replace(SETTINGS, target=PopulationTarget(1_200, 1_600, 2_500)))
    assert proposals_from_record(proposals_record(table.proposals), other.problem) == ()


def test_proposals_of_another_engine_do_not_come_back(table: Workspace) -> None:
    records = [{**record, "version": "0"} for record in proposals_record(table.proposals)]
    assert proposals_from_record(records, table.problem) == ()


@pytest.mark.parametrize(
    "damage",
    [
        {"proof": {"optimal": 1, "another": 2}},
        {"labels": "kein Zuschnitt"},
        {"labels": "eJxjYGBgAAAABAAB"},
        {"parameters": None},
        {"scores": [1, 2]},
        {"notes": None},
    ],
)
def test_a_damaged_proposal_is_left_out_and_the_others_come_back(table: Workspace, damage: dict[str, Any]) -> None:
    first, second, third = proposals_record(table.proposals)
    back = proposals_from_record([first, {**second, **damage}, third], table.problem)
    assert [labels(p) for p in back] == [labels(table.proposals[0]), labels(table.proposals[2])]


@pytest.mark.parametrize("kept", [None, "nichts", 3, ["nichts"], {"a": 1}])
def test_what_is_no_list_of_proposals_brings_none(table: Workspace, kept: Any) -> None:
    assert proposals_from_record(kept, table.problem) == ()


def test_the_chosen_proposal_lies_on_the_table_again_after_a_reload(table: Workspace, project: OpenProject) -> None:
    keep_proposals(project, table, anew=True)
    for number in (2, 0, 1):
        keep_proposals(project, actions.choose_proposal(table, number), anew=False)
        back = with_kept_proposals(Workspace(table.county, SETTINGS), project)
        assert chosen_proposal(back) is back.proposals[number]
        assert labels(back) == labels(table.proposals[number])


def test_the_project_file_keeps_them_until_it_is_opened_again(table: Workspace, tmp_path: Path) -> None:
    place = tmp_path / "offen.gpkg"
    made = create_project(place, table.county)
    keep_proposals(OpenProject(made), actions.choose_proposal(table, 1), anew=True)
    made.close()
    again = open_project(place)
    back = with_kept_proposals(Workspace(again.county, SETTINGS), OpenProject(again))
    assert [labels(p) for p in back.proposals] == [labels(p) for p in table.proposals]
    assert labels(back) == labels(table.proposals[1])
    again.close()


def test_a_choice_from_a_list_that_another_browser_replaced_puts_no_other_plan_on_the_table(
    table: Workspace, project: OpenProject
) -> None:
    keep_proposals(project, table, anew=True)
    one = actions.take_proposals(table, searched(seed=7).proposals[:1])
    keep_proposals(project, one, anew=True)  # another browser searched again
    for number in (1, 2):
        keep_proposals(project, actions.choose_proposal(table, number), anew=False)
        back = with_kept_proposals(Workspace(table.county, SETTINGS), project)
        assert [labels(p) for p in back.proposals] == [labels(one.proposals[0])]
        assert back.plan is None and back.origin == ""


def test_a_place_in_a_list_as_older_files_kept_it_is_not_trusted(table: Workspace, project: OpenProject) -> None:
    project.project.store.save_settings({KEY: proposals_record(table.proposals), ON_TABLE: 7})
    back = with_kept_proposals(Workspace(table.county, SETTINGS), project)
    assert len(back.proposals) == 3 and back.plan is None
