"""Scenarios and archive: put away with all its plans, never lost, and no two lines of the same name."""

from __future__ import annotations

from pathlib import Path

from tests.workspace.small_county import START, small_county
from workspace.plan_versions import archived, archived_scenario, new_scenario, on_offer, put_into_scenario
from workspace.project import add_plan, create_project


def noon() -> str:
    return "2026-01-01T12:00:00Z"


def test_an_archived_scenario_takes_its_plans_out_of_the_list_and_back(tmp_path: Path) -> None:
    project = create_project(tmp_path / "kreis.gpkg", small_county())
    store = project.store
    plan = add_plan(project, START, name="A", author="Kern", now=noon)
    other = add_plan(project, START, name="B", author="Kern", now=noon)
    put_into_scenario(store, plan, "Ortsteile", author="Kern", now=noon)
    (scenario,) = store.scenarios()
    archived_scenario(store, scenario)
    assert [s.archived for s in store.scenarios()] == [True]
    assert [record.id for record in on_offer(store)] == [other.id]
    archived_scenario(store, store.scenarios()[0], back=True)
    assert {record.id for record in on_offer(store)} == {plan.id, other.id}
    archived(store, other)
    assert [record.id for record in on_offer(store)] == [plan.id]
    fresh = [new_scenario(store, "Ortsteile", author="Kern", now=noon).name for _ in range(2)]
    assert fresh == ["Ortsteile 2", "Ortsteile 3"]
    project.close()
