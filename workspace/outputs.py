"""Results as files: written beside, then moved, so that an old folder is never half-overwritten."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from geodata.outlines import municipality_outlines, region_outlines
from geodata.plan_exchange import write_plan_blocks_geojson, write_plan_shapefile
from geodata.write_plan import write_plan_csv, write_plan_geojson, write_plan_gpkg, write_quartiere_csv
from regionalization.problem import Problem
from regionalization.proposal import Proposal
from regionalization.quartiere import quartier_target
from regionalization.scores import region_scores
from reporting.map_html import MapRegion, PlanMap, map_html
from reporting.proposal_report import plain, proposal_report
from spatial.errors import Finding, InputError
from spatial.plan import Plan
from workspace.county import County
from workspace.origin import companion_text, origin_rows, source_line
from workspace.region_colours import with_colours
from workspace.workspace import Workspace, plan_of

FILES = ("plan.csv", "plan.csv.quelle.txt", "plan.gpkg", "report.json", "map.html", "plan_quartiere.csv")


def write_results(
    workspace: Workspace, proposals: Sequence[Proposal], folder: Path, *, quartiere: Sequence[Proposal] = ()
) -> Path:
    """Write ``plan.csv``, ``plan.gpkg``, ``report.json`` and ``map.html`` of the first proposal.
    The source notes stand in all of them; those of ``plan.csv`` in ``plan.csv.quelle.txt`` beside it.

    Further proposals go to sub-folders ``alternative_2``, ``alternative_3``, … with the same files. With a second
    level (one proposal of Quartiere for each) ``plan_quartiere.csv`` is written too.
    """
    with beside(folder) as scratch:
        for number, (proposal, nested) in enumerate(zip_longest(proposals, quartiere), start=1):
            place = scratch if number == 1 else scratch / f"alternative_{number}"
            place.mkdir(exist_ok=True)
            _write_one(workspace, proposal, place, nested=nested)
    return folder


@contextmanager
def beside(folder: Path) -> Iterator[Path]:
    """A scratch folder whose files replace those of ``folder`` at the end, or leave it untouched on any error.

    Errors
    ------
    InputError : the folder cannot be written (rights, space, or a file of that name)
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise _unwritable(folder) from error
    try:
        yield scratch
        _move_over(scratch, folder)
    except OSError as error:
        raise _unwritable(folder) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def refuse_unwritable_folder(folder: Path) -> None:
    """Nothing is made; rights and files in the way are seen, a full disk only when writing.

    Errors
    ------
    InputError : the folder cannot be written
    """
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
        raise _unwritable(folder)


def _unwritable(folder: Path) -> InputError:
    return InputError(Finding("output.unwritable", where=(str(folder),)))


def _move_over(scratch: Path, folder: Path) -> None:
    if not folder.exists():
        scratch.chmod(0o755)
        scratch.rename(folder)
        return
    fresh = sorted(p.relative_to(scratch) for p in scratch.rglob("*") if p.is_file())
    for name in fresh:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(scratch / name, folder / name)
    for stale in _own_files(folder) - set(fresh):
        (folder / stale).unlink()
        if stale.parent != Path() and not any((folder / stale.parent).iterdir()):
            (folder / stale.parent).rmdir()


def _own_files(folder: Path) -> set[Path]:
    places = [folder, *(p for p in folder.glob("alternative_*") if p.is_dir())]
    return {(place / name).relative_to(folder) for place in places for name in FILES if (place / name).is_file()}


def _write_one(workspace: Workspace, proposal: Proposal, folder: Path, *, nested: Proposal | None) -> None:
    county, problem = workspace.county, workspace.problem
    plan = with_colours(proposal.plan, county.contiguity)
    write_plan_csv(folder / "plan.csv", county.blocks, plan)
    (folder / "plan.csv.quelle.txt").write_text(companion_text(county, "plan.csv"), encoding="utf-8")
    _write_gpkg(folder / "plan.gpkg", county, problem, plan)
    report = {**proposal_report(proposal, problem), "input": _input(county)}
    if nested is not None:
        write_quartiere_csv(folder / "plan_quartiere.csv", county.blocks, nested.plan)
        band = quartier_target(workspace.settings.quartier_target or 0)
        level = replace(problem, target=band, constraints=replace(problem.constraints, targets={}))
        report["quartiere"] = proposal_report(nested, level)
    (folder / "report.json").write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
    page = map_html(plan_map(county, problem, plan))
    (folder / "map.html").write_text(page, encoding="utf-8", newline="\n")


def _write_gpkg(path: Path, county: County, problem: Problem, plan: Plan) -> None:
    origin = origin_rows(county, ("blocks", "regions"))
    write_plan_gpkg(
        path, county.polygons, county.blocks, plan=plan, target=problem.target, epsg=county.epsg, origin=origin
    )


def _write_geojson(path: Path, county: County, problem: Problem, plan: Plan) -> None:
    write_plan_geojson(path, county.polygons, county.blocks, plan=plan, target=problem.target, epsg=county.epsg)


def _input(county: County) -> dict[str, Any]:
    return {
        "label": county.label,
        "source": county.source,
        "epsg": county.epsg,
        "columns": plain(replace(county.choice, tables=())),
        "tables": [table.path.name for table in county.choice.tables],
        "provenance": plain(county.provenance),
        "fingerprint": county.fingerprint,
        "findings": [plain(finding) for finding in county.findings],
    }


def plan_map(county: County, problem: Problem, plan: Plan) -> PlanMap:
    """The content of the stand-alone map of a plan."""
    names = {m.key: m.name for m in county.blocks.municipalities}
    regions = tuple(
        MapRegion(s.region, plan.names.get(s.region, ""), ", ".join(names[k] for k in s.municipalities), s.residents)
        for s in region_scores(plan, problem)
    )
    return PlanMap(
        title=county.label,
        source=source_line(county),
        plan=plan,
        target=problem.target,
        regions=regions,
        region_outlines=region_outlines(county.polygons, plan.labels, county.epsg),
        municipality_outlines=municipality_outlines(county.polygons, county.blocks, county.epsg),
    )


def plan_download(kind: str, workspace: Workspace) -> bytes:
    """The plan on the table as one file.

    Parameters
    ----------
    kind : ``"csv"``, its ``"origin"``, ``"gpkg"``, ``"shapefile"`` (a ZIP), ``"blocks"`` and ``"geojson"`` (GeoJSON of
        blocks and of regions) or ``"html"``
    """
    county, problem, plan = workspace.county, workspace.problem, plan_of(workspace)
    writers: dict[str, Callable[[Path], object]] = {
        "csv": lambda path: write_plan_csv(path, county.blocks, plan),
        "origin": lambda path: path.write_text(companion_text(county, "plan.csv"), encoding="utf-8"),
        "gpkg": lambda path: _write_gpkg(path, county, problem, plan),
        "geojson": lambda path: _write_geojson(path, county, problem, plan),
        "blocks": lambda path: write_plan_blocks_geojson(
            path, county.polygons, county.blocks, plan=plan, epsg=county.epsg
        ),
        "shapefile": lambda path: write_plan_shapefile(
            path, county.polygons, county.blocks, plan=plan, target=problem.target, epsg=county.epsg
        ),
        "html": lambda path: path.write_text(map_html(plan_map(county, problem, plan)), encoding="utf-8"),
    }
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / f"plan.{kind}"
        writers[kind](path)
        return path.read_bytes()


def quartiere_download(county: County, quartiere: Plan) -> bytes:
    """The second level as ``plan_quartiere.csv``: one row per block with its region and its Quartier."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "plan_quartiere.csv"
        write_quartiere_csv(path, county.blocks, quartiere)
        return path.read_bytes()
