"""What the machine proposed lies in the project file: a reload of the browser loses no search."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from regionalization.population_target import PopulationTarget
from tests.workspace.small_county import small_county
from workspace import actions
from workspace.project import create_project, open_project
from workspace.proposals_record import KEY, proposals_from_record, proposals_record
from workspace.workspace import Settings, Workspace

SETTINGS = Settings(target=PopulationTarget(1_000, 2_000, 4_000), features=("arbeitslos",), alternatives=2)


def searched() -> Workspace:
    workspace = Workspace(small_county(), SETTINGS)
    return actions.take_proposals(workspace, actions.run_proposals(workspace.problem, SETTINGS))


def test_every_proposal_comes_back_with_all_that_the_page_says_of_it() -> None:
    workspace = searched()
    back = proposals_from_record(json.loads(json.dumps(proposals_record(workspace.proposals))), workspace.problem)
    assert len(back) == len(workspace.proposals) == 2
    for one, other in zip(back, workspace.proposals, strict=True):
        assert np.array_equal(one.plan.labels, other.plan.labels)
        assert dict(one.scores) == dict(other.scores)
        assert (one.violations, one.infeasibilities) == (other.violations, other.infeasibilities)
        assert (one.proof, one.notes, one.parameters) == (other.proof, other.notes, other.parameters)
        assert one.extra["strengths"] == other.extra["strengths"]
        assert (one.method, one.seed, one.fingerprint) == (other.method, other.seed, other.fingerprint)


def test_proposals_for_other_demands_do_not_come_back() -> None:
    workspace = searched()
    other = workspace.with_settings(replace(SETTINGS, target=PopulationTarget(1_000, 2_000, 5_000)))
    assert proposals_from_record(proposals_record(workspace.proposals), other.problem) == ()


def test_the_project_file_keeps_them_until_it_is_opened_again(tmp_path: Path) -> None:
    workspace, place = searched(), tmp_path / "klein.gpkg"
    project = create_project(place, workspace.county)
    project.store.save_settings({KEY: proposals_record(workspace.proposals)})
    project.close()
    again = open_project(place)
    back = proposals_from_record(again.store.settings()[KEY], replace(workspace, county=again.county).problem)
    assert [p.plan.labels.tolist() for p in back] == [p.plan.labels.tolist() for p in workspace.proposals]
    again.close()
