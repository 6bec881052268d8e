"""The map layers follow the plan without anybody waiting, and are right when the file is closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyogrio
import pytest

from regionalization.population_target import PopulationTarget
from tests.workspace.small_county import IDS, START, small_county
from workspace.desk import Desk
from workspace.drafting import Operation
from workspace.layer_upkeep import LayerUpkeep
from workspace.project import Project, add_plan, create_project
from workspace.store import StoreError

NOW = "2026-03-02T08:00:00Z"
TARGET = PopulationTarget(3_000, 4_000, 5_000)


@dataclass
class Later:
    """Work that waits until the test lets it run."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def __call__(self, work: Callable[[], None]) -> None:
        self.waiting.append(work)

    def run(self) -> None:
        due, self.waiting = self.waiting, []
        for work in due:
            work()


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = create_project(tmp_path / "kreis.gpkg", small_county())
    yield made
    made.close()


def desk_of(project: Project) -> Desk:
    record = add_plan(project, START, name="Entwurf", author="Kern", now=lambda: NOW)
    return Desk(project.store, project.county.contiguity, ids=IDS, plan_id=record.id, now=lambda: NOW)


def move(desk: Desk, block: str, region: int) -> None:
    operation = Operation(f"{block}-{region}", "assign", {"moves": [[region, [block]]]}, 0, "Kern", "c")
    assert desk.submit([operation])[0].entry


def layers(project: Project) -> tuple[list[int], dict[int, int]]:
    """Regions of the blocks and residents of the regions, as QGIS sees them once the file is closed."""
    project.close()
    regions = pyogrio.read_dataframe(project.path, layer="regions")
    residents = dict(zip(regions["region"].tolist(), regions["residents"].tolist(), strict=True))
    return pyogrio.read_dataframe(project.path, layer="blocks")["region"].tolist(), residents


def test_edits_are_acknowledged_before_the_layers_follow_and_a_burst_is_drawn_once(project: Project) -> None:
    desk, later = desk_of(project), Later()
    upkeep = LayerUpkeep(project, later=later)
    upkeep.follow(desk, TARGET)
    later.run()
    for block in ("02", "12", "22"):
        move(desk, block, 1)
        upkeep.moved_on(desk.plan_id)
    assert len(later.waiting) == 1
    later.run()
    upkeep.moved_on(desk.plan_id)
    assert later.waiting == []
    labels, residents = layers(project)
    assert labels == desk.draft.plan.labels.tolist() and residents == {1: 5400, 2: 2400}


def test_closing_catches_up_with_the_last_acknowledged_edit(project: Project) -> None:
    desk, later = desk_of(project), Later()
    upkeep = LayerUpkeep(project, later=later)
    upkeep.follow(desk, TARGET)
    later.run()
    move(desk, "02", 7)
    upkeep.moved_on(desk.plan_id)
    upkeep.catch_up()
    labels, residents = layers(project)
    assert labels == desk.draft.plan.labels.tolist() and residents[7] == 300


def test_the_layers_stay_with_the_plan_that_was_shown_last(project: Project) -> None:
    shown, other, later = desk_of(project), desk_of(project), Later()
    upkeep = LayerUpkeep(project, later=later)
    upkeep.follow(other, TARGET)
    upkeep.follow(shown, TARGET)
    later.run()
    move(other, "02", 9)
    upkeep.moved_on(other.plan_id)
    assert later.waiting == []
    upkeep.catch_up()
    labels, _residents = layers(project)
    assert labels == START.labels.tolist()


def test_another_target_rewrites_the_layers(project: Project) -> None:
    desk, later = desk_of(project), Later()
    upkeep = LayerUpkeep(project, later=later)
    upkeep.follow(desk, TARGET)
    later.run()
    upkeep.follow(desk, PopulationTarget(1_000, 1_500, 2_000))
    later.run()
    project.close()
    assert pyogrio.read_dataframe(project.path, layer="regions")["in_band"].tolist() == ["▲ zu groß", "▲ zu groß"]


def test_a_full_disk_is_said_the_next_time_and_then_tried_again(project: Project) -> None:
    desk, later = desk_of(project), Later()
    upkeep = LayerUpkeep(project, later=later)
    with project.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=1")
        connection.rollback()
    upkeep.follow(desk, TARGET)
    later.run()
    with pytest.raises(StoreError, match=r"store\.read_only"):
        upkeep.follow(desk, TARGET)
    with project.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only=0")
        connection.rollback()
    later.run()
    upkeep.follow(desk, TARGET)
    assert layers(project)[0] == START.labels.tolist()
