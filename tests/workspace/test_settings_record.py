"""The page „Vorgaben“ finds again what it was left with: everything that was asked for is in the project file."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.proposal import Parameters
from spatial.plan import Plan
from tests.workspace.small_county import IDS, START, small_county
from workspace.project import create_project, open_project
from workspace.settings_record import KEY, settings_from_record, settings_record
from workspace.workspace import Settings

EVERYTHING = Settings(
    target=PopulationTarget(3_000, 4_000, 5_000),
    constraints=Constraints(
        municipal_borders="soft",
        region_count=3,
        regions_per_municipality={"West": 2},
        targets={"Ost": PopulationTarget(2_000, 2_500, 9_000)},
        joint_municipalities=(("West", "Ost"),),
        locked={"00": 1},
        keep_together=(("00", "01"), ("02", "03", "13")),
        keep_apart=(("00", "23"),),
        barrier_edges=(("00", "10"),),
        bridge_edges=(("20", "23"),),
        preferred_cuts={("01", "02"): 0.25},
        places="hard",
        places_weight=4.0,
        stay_close=0.5,
    ),
    features=("arbeitslos",),
    parameters=Parameters(compactness=0.7, cohesion=2.0, effort=0.5, threads=2, balance=0.1),
    seed=9,
    alternatives=3,
    quartier_target=3_500,
)


def back(settings: Settings) -> Settings:
    record = json.loads(json.dumps(settings_record(settings)))
    return settings_from_record(record, features=("arbeitslos", "Region"), blocks=len(IDS))


def test_every_demand_comes_back_as_it_was_asked() -> None:
    assert back(EVERYTHING) == EVERYTHING and back(Settings()) == Settings()


def test_no_demand_is_forgotten_when_a_new_kind_is_added() -> None:
    """Every field of Constraints and Parameters stands in the example above with another value than usual."""
    for kind, given in ((Constraints, EVERYTHING.constraints), (Parameters, EVERYTHING.parameters)):
        same = {f.name for f in fields(kind) if getattr(kind(), f.name) == getattr(given, f.name)}
        assert same <= {"current_plan", "limit_s"}, same  # plain numbers need no line of their own


def test_the_plan_to_stay_close_to_comes_back_and_one_of_another_county_does_not() -> None:
    close = replace(Settings(), constraints=Constraints(current_plan=START, stay_close=1.0))
    kept = back(close).constraints.current_plan
    assert kept is not None and kept.labels.tolist() == START.labels.tolist()
    other = replace(Settings(), constraints=Constraints(current_plan=Plan(np.array([1, 2]))))
    assert back(other).constraints.current_plan is None


def test_what_another_program_wrote_and_what_the_county_lacks_is_left_out() -> None:
    record = {**settings_record(EVERYTHING), "later": 1, "features": ["arbeitslos", "weg"]}
    record["constraints"] = {**record["constraints"], "later": [1]}
    read = settings_from_record(record, features=("arbeitslos",), blocks=len(IDS))
    assert read == EVERYTHING
    assert settings_from_record({}, features=(), blocks=0) == Settings()


def test_settings_are_in_the_project_file_when_it_is_opened_again(tmp_path: Path) -> None:
    project = create_project(tmp_path / "kreis.gpkg", small_county())
    project.store.save_settings({KEY: settings_record(EVERYTHING)})
    project.close()
    again = open_project(project.path)
    county = again.county
    kept = settings_from_record(again.store.settings()[KEY], features=county.features, blocks=len(county.blocks))
    again.close()
    assert kept == EVERYTHING
