"""The projects this server has open: each file once, for all browsers."""

from __future__ import annotations

import contextlib
import gc
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from regionalization.problem import Problem
from spatial.plan import Plan
from ui.operator_settings import project_files
from workspace.county import County
from workspace.desk import Desk
from workspace.layer_upkeep import LayerUpkeep
from workspace.project import Project, add_plan, create_project, open_project, project_id_of
from workspace.store import PlanRecord, StoreError

_turn = threading.RLock()
_by_path: dict[Path, OpenProject] = {}
_by_id: dict[str, OpenProject] = {}
_unknown: set[str] = set()  # ids that no file has; asked for once each
_MOST_UNKNOWN = 1000


def utc_now() -> str:
    """The present time, as the journal writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(eq=False)
class OpenProject:
    """A project file and the desks on which its plans are edited.

    ``problem`` is the task the plans are judged by; the page sets it whenever settings change. ``layers`` lets the
    file's map layers follow the plan shown last.
    """

    project: Project
    problem: Problem | None = None
    desks: dict[str, Desk] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.layers = LayerUpkeep(self.project)

    def desk(self, plan_id: str) -> Desk:
        """The desk of a plan, the same one for everybody."""
        with _turn:
            if plan_id not in self.desks:
                county = self.project.county
                self.desks[plan_id] = Desk(
                    self.project.store, county.contiguity, ids=county.blocks.ids, plan_id=plan_id, now=utc_now
                )
            return self.desks[plan_id]

    def add(self, plan: Plan, *, name: str, author: str, **further: object) -> PlanRecord:
        """Keep a plan as a new draft of this project."""
        return add_plan(self.project, plan, name=name, author=author, now=utc_now, **further)


def opened(path: Path) -> OpenProject:
    """The project file at this place, opened by the first who asks.

    Errors
    ------
    StoreError : the file cannot be used
    """
    with _turn:
        place = path.resolve()
        if place not in _by_path:
            _remember(place, OpenProject(open_project(place)))
        return _by_path[place]


def created(path: Path, county: County, *, companions: Path | None = None) -> OpenProject:
    """Make a project file of a county and open it; one that exists already is opened as it is.

    Errors
    ------
    StoreError : the file cannot be made or used
    """
    with _turn:
        place = path.resolve()
        if place in _by_path or place.exists():
            return opened(place)
        _remember(place, OpenProject(create_project(place, county, companions=companions)))
        return _by_path[place]


def by_id(project_id: str) -> OpenProject | None:
    """The project with this id, None where this server has none.

    After a restart the first browser that asks has its project opened again, before any page has run.
    """
    with _turn:
        if project_id not in _by_id and project_id not in _unknown:
            _search(project_id)
        return _by_id.get(project_id)


def bring_layers_up_to_date() -> None:
    """Let the map layers of all open projects show the last edit: before the server ends.

    A file that cannot be written keeps its journal; its layers are drawn anew when it is opened again.
    """
    with _turn:
        projects = list(_by_path.values())
    for project in projects:
        with contextlib.suppress(StoreError):
            project.layers.catch_up()


def keep_for_good() -> None:
    """Take everything that lives now out of Python's search for garbage.

    Streamlit searches all objects after every run of a page, which stopped every answer of the server for a fifth of a
    second: engine, county and shapes stay until the server ends and need not be looked at again.
    """
    gc.collect()
    gc.freeze()


def _search(project_id: str) -> None:
    for path in project_files():
        if path.resolve() not in _by_path and project_id_of(path) == project_id:
            opened(path)
            return
    if len(_unknown) < _MOST_UNKNOWN:
        _unknown.add(project_id)


def _remember(place: Path, project: OpenProject) -> None:
    _by_path[place] = project
    _by_id[project.project.id] = project
    _unknown.discard(project.project.id)
    keep_for_good()
