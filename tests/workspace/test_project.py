"""The project file: QGIS opens it, older ones are upgraded, damaged ones refused, and nobody opens it twice."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pytest

from regionalization.population_target import PopulationTarget
from tests.workspace.small_county import IDS, START, small_county
from workspace.geopackage_file import backup_path, project_engine, restore_backup
from workspace.migrations import create_version, version_of
from workspace.project import Project, add_plan, create_project, open_project
from workspace.schema import SCHEMA_VERSION
from workspace.store import StoreError

NOW = "2026-03-02T08:00:00Z"


def made(path: Path) -> Project:
    project = create_project(path, small_county(), settings={"seed": 3})
    add_plan(project, START, name="Entwurf", author="Kern", now=lambda: NOW)
    return project


def test_a_county_comes_back_from_its_project_file_exactly(tmp_path: Path) -> None:
    county, project = small_county(), made(tmp_path / "kreis.gpkg")
    project.close()
    again = open_project(tmp_path / "kreis.gpkg")
    assert again.county.fingerprint == county.fingerprint and again.county.label == county.label
    assert again.county.blocks.ids == IDS and again.county.blocks.places == county.blocks.places
    np.testing.assert_array_equal(again.county.features["arbeitslos"], county.features["arbeitslos"])
    assert np.isnan(again.county.features["Region"]).all()
    assert again.store.settings() == {"seed": 3} and [p.name for p in again.store.plans()] == ["Entwurf"]
    again.close()


def test_gdal_sees_the_layers_of_a_project(tmp_path: Path) -> None:
    made(tmp_path / "kreis.gpkg").close()
    layers = set(pyogrio.list_layers(tmp_path / "kreis.gpkg")[:, 0])
    assert {"blocks", "regions", "municipalities", "layer_styles"} <= layers
    styles = pyogrio.read_dataframe(tmp_path / "kreis.gpkg", layer="layer_styles")
    assert set(styles["f_table_name"]) == {"blocks", "regions", "municipalities"}
    assert styles["styleQML"].str.contains("qgis").all()


def test_a_second_process_is_told_that_the_project_is_open(tmp_path: Path) -> None:
    project = made(tmp_path / "kreis.gpkg")
    attempt = (
        "import sys; from pathlib import Path; from workspace.project import open_project\n"
        "try: open_project(Path(sys.argv[1]))\nexcept Exception as error: sys.exit(error.code)"
    )
    second = subprocess.run(
        [sys.executable, "-c", attempt, str(project.path)], capture_output=True, text=True, check=False, cwd=Path.cwd()
    )
    assert second.stderr.strip() == "store.in_use"
    project.close()
    open_project(project.path).close()


def test_another_program_sees_what_is_kept_while_the_project_is_open(tmp_path: Path) -> None:
    project = made(tmp_path / "kreis.gpkg")
    question = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT name FROM rw_plan').fetchall())"
    answer = subprocess.run(
        [sys.executable, "-c", question, str(project.path)], capture_output=True, text=True, check=True
    )
    project.close()
    assert answer.stdout.strip() == "[('Entwurf',)]"


def test_a_file_of_version_1_is_upgraded_with_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "kreis.gpkg"
    made(path).close()
    with sqlite3.connect(path) as connection:
        for table in ("rw_journal", "rw_snapshot", "rw_scenario", "rw_comment", "rw_conflict"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("UPDATE rw_project SET value='1' WHERE key='schema_version'")
    connection.close()
    project = open_project(path)
    assert project.store.fact("schema_version") == str(SCHEMA_VERSION)
    (record,) = project.store.plans()
    assert (
        project.store.entries(record.id) == ()
        and project.store.plan(record.id).labels.tolist() == START.labels.tolist()
    )
    project.close()
    old = project_engine(backup_path(path, suffix="version1"))
    assert version_of(old) == 1
    old.dispose()


def test_a_file_of_a_later_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "kreis.gpkg"
    made(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE rw_project SET value='99' WHERE key='schema_version'")
    connection.close()
    with pytest.raises(StoreError, match=r"store\.newer"):
        open_project(path)


@pytest.mark.parametrize("seed", range(3))
def test_a_file_damaged_in_the_middle_is_refused_and_its_backup_offered(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "kreis.gpkg"
    made(path).close()
    open_project(path).close()
    content = bytearray(path.read_bytes())
    rng = np.random.default_rng(seed)
    start = int(rng.integers(len(content) // 4, len(content) // 2))
    content[start : start + 40_000] = rng.bytes(len(content[start : start + 40_000]))
    path.write_bytes(content)
    with pytest.raises(StoreError) as refused:
        open_project(path)
    assert refused.value.code == "store.damaged" and refused.value.values["backup"] == str(backup_path(path))
    restore_backup(path)
    project = open_project(path)
    assert [p.name for p in project.store.plans()] == ["Entwurf"]
    project.close()
    assert path.with_name("kreis.gpkg.defekt").is_file()


@pytest.mark.parametrize("content", [b"", b"this is no database at all" * 100])
def test_what_is_no_project_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kreis.gpkg"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"store\.(damaged|no_project)"):
        open_project(path)
    with pytest.raises(StoreError, match=r"store\.missing"):
        open_project(tmp_path / "nirgends.gpkg")


def test_an_existing_file_is_never_written_over(tmp_path: Path) -> None:
    project = made(tmp_path / "kreis.gpkg")
    project.close()
    with pytest.raises(StoreError, match=r"store\.exists"):
        create_project(tmp_path / "kreis.gpkg", small_county())


@pytest.mark.parametrize(("pragma", "code"), [("max_page_count=1", "store.full"), ("query_only=1", "store.read_only")])
def test_a_full_disk_and_a_read_only_file_are_said_and_lose_nothing(tmp_path: Path, pragma: str, code: str) -> None:
    project = made(tmp_path / "kreis.gpkg")
    project.store.save_settings({"note": "kept"})
    with project.store._engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
        connection.rollback()
    with pytest.raises(StoreError, match=code.replace(".", r"\.")):
        project.store.save_settings({"note": "x" * 300_000})
    project.close()
    again = open_project(project.path)
    assert again.store.settings()["note"] == "kept"
    again.close()


def test_a_new_project_knows_its_version(tmp_path: Path) -> None:
    engine = project_engine(tmp_path / "leer.gpkg")
    assert version_of(engine) == 0
    create_version(engine, {}, version=1)
    assert version_of(engine) == 1
    engine.dispose()


def test_the_layers_of_the_file_show_the_plan_as_it_stands(tmp_path: Path) -> None:
    project = made(tmp_path / "kreis.gpkg")
    plan = replace(START, names={2: "Osten"}, colours={1: 0, 2: 1})
    target = PopulationTarget(3_000, 4_000, 5_000)
    for _twice in range(2):
        project.show_plan(plan, target)
    project.close()
    regions = pyogrio.read_dataframe(project.path, layer="regions")
    assert regions[["region", "residents", "name", "municipality"]].to_numpy().tolist() == [
        [1, 3300, "", "West"],
        [2, 4500, "Osten", "Ost"],
    ]
    assert regions["in_band"].tolist() == ["✓", "✓"] and regions["colour"].tolist() == ["#4477aa", "#ccbb44"]
    assert regions.geometry.area.tolist() == [6e6, 6e6] and regions.crs.to_epsg() == 25832
    blocks = pyogrio.read_dataframe(project.path, layer="blocks")
    assert blocks["region"].tolist() == START.labels.tolist()


@pytest.mark.parametrize("seed", range(3))
def test_layers_that_follow_step_by_step_show_the_same_as_layers_written_anew(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    target = PopulationTarget(1_000, 2_000, 3_000)
    steps, anew = made(tmp_path / "schrittweise.gpkg"), made(tmp_path / "neu.gpkg")
    plan = START
    for number in range(12):
        labels = plan.labels.copy()
        labels[rng.integers(0, len(labels), size=3)] = rng.integers(-1, 6, size=3)
        plan = replace(plan, labels=labels, names={1: f"Name {number // 4}"}, colours={2: number % 3})
        steps.show_plan(plan, target, everything=number == 0)
    anew.show_plan(plan, target)
    layers = []
    for project in (steps, anew):
        project.close()
        regions = pyogrio.read_dataframe(project.path, layer="regions").sort_values("region", ignore_index=True)
        layers.append((regions, pyogrio.read_dataframe(project.path, layer="blocks")))
    (followed, blocks), (written, expected) = layers
    assert followed.drop(columns="geometry").equals(written.drop(columns="geometry"))
    assert followed.geometry.geom_equals(written.geometry).all() and len(followed) == len(plan.regions)
    assert blocks["region"].tolist() == expected["region"].tolist() == plan.labels.tolist()
