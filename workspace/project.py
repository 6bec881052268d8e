"""The project file (Projektdatei): one GeoPackage per county project, made, opened and checked here."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from geodata.landmarks import Landmarks, read_landmarks
from geodata.project_layers import ProjectBlocks, feature_columns, read_project_blocks, write_project_layers
from geodata.provenance import kept_provenance
from geodata.read_blocks import ColumnChoice
from regionalization.population_target import PopulationTarget
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.fingerprint import county_fingerprint
from spatial.plan import Plan
from workspace.county import County
from workspace.geopackage_file import FileLock, back_up, backup_path, guarded, project_engine, verify
from workspace.migrations import create_version, migrate, version_of
from workspace.origin import origin_rows
from workspace.region_colours import with_colours
from workspace.region_layer import project_regions
from workspace.sql_store import SqlStore
from workspace.store import PlanRecord, StoreError

Clock = Callable[[], str]
_FACTS = ("project_id", "fingerprint", "label", "source", "feature_columns", "gap_m")


@dataclass(frozen=True, eq=False)
class Project:
    """An open project: its county, its store and the file it lives in."""

    path: Path
    id: str
    county: County
    store: SqlStore
    engine: Engine
    landmarks: Landmarks

    def show_plan(self, plan: Plan, target: PopulationTarget, *, everything: bool = True) -> None:
        """Let the map layers of the file show this plan, so that QGIS sees what the app shows.

        Parameters
        ----------
        everything : write every region anew; otherwise only what differs from what the layers show

        Errors
        ------
        StoreError : the file cannot be written
        """
        with guarded():
            project_regions(self.engine, self.county, plan=plan, target=target, everything=everything)

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()


def create_project(
    path: Path, county: County, *, settings: Mapping[str, Any] | None = None, companions: Path | None = None
) -> Project:
    """Make a project file beside its place and move it there when it is complete; then open it.

    Parameters
    ----------
    path : a new file ending in ``.gpkg``
    companions : the file the blocks came from; facilities, barriers and streets are copied from it

    Errors
    ------
    StoreError : ``store.exists``, ``store.read_only``, ``store.full``
    """
    if path.exists():
        raise StoreError("store.exists", path=str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{uuid.uuid4().hex}.gpkg")
    origin = origin_rows(county, ("blocks",))
    content = ProjectBlocks(county.blocks, county.polygons, county.epsg, county.features, origin)
    try:
        write_project_layers(scratch, content, companions=companions)
        _create_tables(scratch, county, settings or {})
        os.replace(scratch, path)
    except OSError as error:
        raise StoreError("store.read_only", path=str(path)) from error
    finally:
        scratch.unlink(missing_ok=True)
    return open_project(path)


def open_project(path: Path, *, own: bool = True) -> Project:
    """Open a project file: checked, upgraded where it is older, locked for this process, backed up.

    Parameters
    ----------
    own : take the file's lock; a reader beside the server passes False

    Errors
    ------
    StoreError : missing, damaged (with the backup's place), made by a later program, open in another process
    """
    verify(path)
    lock = FileLock(path)
    if own:
        lock.acquire()
    try:
        return _opened(path, lock)
    except Exception:
        lock.release()
        raise


def project_id_of(path: Path) -> str:
    """The id of the project in a file that is not open here; empty where there is none."""
    engine = project_engine(path)
    try:
        with guarded():
            return SqlStore(engine, (), guard=guarded).fact("project_id") if version_of(engine) else ""
    except StoreError:
        return ""
    finally:
        engine.dispose()


def add_plan(project: Project, plan: Plan, *, name: str, author: str, now: Clock, **further: Any) -> PlanRecord:
    """Keep a plan in the project as a new draft, with a colour for every region.

    ``further`` are fields of ``PlanRecord``: ``parent_id``, ``scenario_id``, ``origin``.
    """
    record = PlanRecord(str(uuid.uuid4()), name, plan.level, now(), author, **further)
    project.store.add_plan(record, with_colours(plan, project.county.contiguity))
    return record


def _opened(path: Path, lock: FileLock) -> Project:
    facts = _facts(path)
    # GDAL brings its own copy of SQLite, and two copies in one process undo each other's file locks: the layers are
    # read while no other connection is open, and never again afterwards.
    county, landmarks = _county(path, facts), read_landmarks(path)
    if county.fingerprint != facts["fingerprint"]:
        raise StoreError("store.damaged", path=str(path), backup=_existing(path))
    back_up(path)
    engine = project_engine(path)
    store = SqlStore(engine, county.blocks.ids, guard=guarded, on_close=lock.release)
    return Project(path, facts["project_id"], county, store, engine, landmarks)


def _facts(path: Path) -> dict[str, str]:
    engine = project_engine(path)
    try:
        with guarded():
            migrate(engine, before=lambda version: back_up(path, suffix=f"version{version}"))
        store = SqlStore(engine, (), guard=guarded)
        return {key: store.fact(key) for key in _FACTS}
    finally:
        engine.dispose()


def _county(path: Path, facts: Mapping[str, str]) -> County:
    content = read_project_blocks(path, json.loads(facts["feature_columns"]))
    gap_m = float(facts["gap_m"] or 0)
    contiguity = contiguity_from_polygons(content.polygons, tolerance_m=gap_m)
    return County(
        label=facts["label"],
        blocks=content.blocks,
        contiguity=contiguity,
        polygons=content.polygons,
        epsg=content.epsg,
        features=content.features,
        findings=(),
        choice=ColumnChoice(id="block_id", population="residents", within="municipality_key", gap_m=gap_m),
        fingerprint=county_fingerprint(content.blocks, contiguity),
        source=facts["source"],
        provenance=kept_provenance(path, "blocks"),
    )


def _create_tables(path: Path, county: County, settings: Mapping[str, Any]) -> None:
    facts = {
        "project_id": str(uuid.uuid4()),
        "fingerprint": county.fingerprint,
        "label": county.label,
        "source": county.source,
        "gap_m": str(county.choice.gap_m),
        "feature_columns": json.dumps(feature_columns(list(county.features)), ensure_ascii=False),
    }
    engine = project_engine(path)
    try:
        with guarded():
            create_version(engine, facts)
            SqlStore(engine, county.blocks.ids).save_settings(settings)
    finally:
        engine.dispose()


def _existing(path: Path) -> str:
    backup = backup_path(path)
    return str(backup) if backup.is_file() else ""
