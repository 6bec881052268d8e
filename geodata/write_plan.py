"""Plans as files that offices pass on: CSV, GeoPackage, GeoJSON (Zuschnitt schreiben und lesen)."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import pyogrio
from numpy.typing import NDArray

from geodata.dissolve import dissolved
from geodata.outlines import to_degrees
from geodata.provenance import PROVENANCE_LAYER
from geodata.table_text import table_text
from regionalization.population_target import PopulationTarget
from spatial.arrays import LabelArray
from spatial.blocks import BlockSet
from spatial.errors import Finding, InputError
from spatial.plan import UNASSIGNED, Plan

HEADER = ("block_id", "region")
_FIXED_DATE = "2000-01-01T00:00:00Z"  # GeoPackages carry a date of change; the same plan must give the same file


def write_plan_csv(path: Path, blocks: BlockSet, plan: Plan) -> None:
    """One row per block with its region, UTF-8, by block id; an unassigned block has an empty region.

    The order of the block file does not matter, so that two plans can be compared line by line.

    Errors
    ------
    InputError : the folder cannot be written
    """
    rows = [f"{_quoted(i)},{_number(r)}" for i, r in sorted(zip(blocks.ids, plan.labels, strict=True))]
    text = "\n".join([",".join(HEADER), *rows, ""])
    placed(path, lambda scratch: scratch.write_bytes(text.encode()))


def write_quartiere_csv(path: Path, blocks: BlockSet, plan: Plan) -> None:
    """One row per block with its region and its Quartier; ``plan`` is the lower level with its parent.

    Errors
    ------
    InputError : the folder cannot be written, or the plan has no upper level
    """
    if plan.parent is None:
        raise InputError(Finding("plan.parent.missing"))
    rows = [
        f"{_quoted(i)},{_number(region)},{_number(quartier)}"
        for i, region, quartier in sorted(zip(blocks.ids, plan.parent.labels, plan.labels, strict=True))
    ]
    text = "\n".join([",".join((*HEADER, "quartier")), *rows, ""])
    placed(path, lambda scratch: scratch.write_bytes(text.encode()))


def _number(label: int) -> str:
    return "" if label == UNASSIGNED else str(label)


def read_plan_csv(path: Path, blocks: BlockSet) -> tuple[Plan, tuple[Finding, ...]]:
    """A plan from a table with the columns ``block_id`` and ``region``, in any order of rows.

    Returns
    -------
    plan, findings: unknown, missing and doubled blocks and regions that are no number (errors); the plan is then
        incomplete and only fit for showing. Names instead of numbers get numbers in alphabetical order (note).

    Errors
    ------
    InputError : no file, no table, or one of the columns is missing
    """
    ids, regions = _plan_columns(Path(path))
    known = {block_id: i for i, block_id in enumerate(blocks.ids)}
    numbers, findings = _numbers(regions)
    labels = np.full(len(blocks), UNASSIGNED, dtype=np.int32)
    seen: dict[str, int] = {}
    for block_id, region in zip(ids, regions, strict=True):
        seen[block_id] = seen.get(block_id, 0) + 1
        if block_id in known:
            labels[known[block_id]] = numbers.get(region, UNASSIGNED)
    wrong = {
        "plan.block.unknown": tuple(i for i in seen if i not in known),
        "plan.block.double": tuple(i for i, times in seen.items() if times > 1),
        "plan.block.missing": tuple(i for i in blocks.ids if i not in seen),
    }
    errors = (Finding(code, where=where, values={"count": len(where)}) for code, where in wrong.items() if where)
    return Plan(labels), (*errors, *findings)


def write_plan_gpkg(
    path: Path,
    polygons: NDArray[Any],
    blocks: BlockSet,
    *,
    plan: Plan,
    target: PopulationTarget,
    epsg: int,
    origin: Sequence[Mapping[str, Any]] = (),
) -> None:
    """A GeoPackage with the layers ``blocks`` and ``regions`` (dissolved), the same bytes for the same plan.

    Parameters
    ----------
    polygons : (n,) shapes in block order
    target : decides the column ``in_band``
    epsg : coordinate system of the polygons
    origin : rows of the table ``provenance`` (``geodata.provenance.provenance_rows``)

    Errors
    ------
    InputError : the folder cannot be written
    """
    layers: dict[str, Any] = {
        "blocks": block_frame(polygons, blocks, plan, epsg),
        "regions": region_frame(polygons, blocks, plan=plan, target=target, epsg=epsg),
    }
    if origin:
        layers[PROVENANCE_LAYER] = pd.DataFrame(origin)
    placed(path, lambda scratch: write_layers(scratch, layers))


def write_plan_geojson(
    path: Path,
    polygons: NDArray[Any],
    blocks: BlockSet,
    *,
    plan: Plan,
    target: PopulationTarget,
    epsg: int,
) -> None:
    """The regions as GeoJSON in longitude and latitude (RFC 7946), 7 decimals.

    Errors
    ------
    InputError : the folder cannot be written
    """
    regions = region_frame(polygons, blocks, plan=plan, target=target, epsg=epsg)
    write_in_degrees(path, regions, epsg=epsg, layer="regions")


def write_in_degrees(path: Path, frame: geopandas.GeoDataFrame, *, epsg: int, layer: str) -> None:
    """A metric layer as GeoJSON in longitude and latitude (RFC 7946), 7 decimals.

    Errors
    ------
    InputError : the folder cannot be written
    """
    degrees = frame.set_geometry(to_degrees(frame.geometry.to_numpy(), epsg), crs=4326)
    options = {"RFC7946": "YES", "COORDINATE_PRECISION": "7"}
    placed(path, lambda scratch: pyogrio.write_dataframe(degrees, scratch, driver="GeoJSON", layer=layer, **options))


def region_frame(
    polygons: NDArray[Any],
    blocks: BlockSet,
    *,
    plan: Plan,
    target: PopulationTarget,
    epsg: int,
) -> geopandas.GeoDataFrame:
    """One row per region: number, name, residents, blocks, municipality keys and names, in the band or not."""
    shapes = dissolved(polygons, plan.labels)
    rows = [_region_row(int(region), blocks, plan, target) for region in plan.regions]
    columns = ("region", "name", "residents", "blocks", "municipality", "municipality_name", "in_band")
    return geopandas.GeoDataFrame(pd.DataFrame(rows, columns=columns), geometry=shapes, crs=epsg)


def write_layers(path: Path, layers: Mapping[str, Any]) -> None:
    """Write layers and tables into one new GeoPackage with a fixed date, so that equal content gives equal bytes."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        for name, frame in layers.items():
            shapes = {"promote_to_multi": True} if isinstance(frame, geopandas.GeoDataFrame) else {}
            pyogrio.write_dataframe(frame, path, layer=name, driver="GPKG", append=path.exists(), **shapes)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def append_origin(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add the table ``provenance`` to a GeoPackage that was just written; nothing happens without rows."""
    if not rows:
        return
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_DATE})
    try:
        pyogrio.write_dataframe(pd.DataFrame(rows), path, layer=PROVENANCE_LAYER, driver="GPKG", append=True)
    except (OSError, RuntimeError) as error:
        raise InputError(Finding("write.failed", where=(str(path),))) from error
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _region_row(region: int, blocks: BlockSet, plan: Plan, target: PopulationTarget) -> tuple[Any, ...]:
    inside: LabelArray = np.flatnonzero(plan.labels == region).astype(np.int32)
    residents = int(blocks.population[inside].sum())
    where = [blocks.municipalities[k] for k in np.unique(blocks.municipality[inside])]
    keys, names = ", ".join(m.key for m in where), ", ".join(m.name for m in where)
    return region, plan.names.get(region, ""), residents, len(inside), keys, names, target.holds(residents)


def block_frame(polygons: NDArray[Any], blocks: BlockSet, plan: Plan, epsg: int) -> geopandas.GeoDataFrame:
    """One row per block: id, region (none where unassigned), residents, municipality key and place."""
    keys = np.array([m.key for m in blocks.municipalities], dtype=object)
    places = np.array([*(p.name for p in blocks.places), ""], dtype=object)
    columns = {
        "block_id": list(blocks.ids),
        "region": pd.array([int(r) if r != UNASSIGNED else pd.NA for r in plan.labels], dtype="Int32"),
        "residents": blocks.population,
        "municipality": keys[blocks.municipality],
        "place": places[blocks.place],
    }
    return geopandas.GeoDataFrame(pd.DataFrame(columns), geometry=polygons, crs=epsg)


def placed(path: Path, write: Any) -> None:
    """Write beside the target and rename, so that nobody ever sees half a file."""
    scratch = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
    try:
        scratch.unlink(missing_ok=True)
        write(scratch)
        scratch.replace(path)
    except (OSError, RuntimeError) as error:
        scratch.unlink(missing_ok=True)
        raise InputError(Finding("write.failed", where=(str(path),))) from error


def _quoted(text: str) -> str:
    risky = any(sign in text for sign in ',"\n\r')
    return '"' + text.replace('"', '""') + '"' if risky else text


def _plan_columns(path: Path) -> tuple[list[str], list[str]]:
    text = table_text(path)
    lines = text.text.splitlines()
    try:
        rows = [row for row in csv.reader(lines, delimiter=text.separator, strict=True) if row]
    except csv.Error as error:
        raise InputError(Finding("plan.file.unreadable", where=(path.name,))) from error
    header = [name.strip().lower() for name in rows[0]] if rows else []
    missing = tuple(name for name in HEADER if name not in header)
    if missing:
        raise InputError(Finding("plan.column.missing", where=missing, values={"columns": ", ".join(header) or "–"}))
    block, region = (header.index(name) for name in HEADER)
    width = max(block, region)
    filled = [[*row, *[""] * (width + 1 - len(row))] for row in rows[1:]]
    return [row[block].strip() for row in filled], [row[region].strip() for row in filled]


def _numbers(regions: Sequence[str]) -> tuple[dict[str, int], tuple[Finding, ...]]:
    """Region text → number; negative or empty is unassigned, names are numbered from 1 on."""
    different = sorted(set(regions) - {"", "-1"})
    if all(_is_number(text) for text in different):
        return {text: int(float(text)) for text in different}, ()
    numbers = {text: position for position, text in enumerate(different, start=1)}
    return numbers, (Finding("plan.region.named", "note", where=tuple(different), values={"count": len(different)}),)


def _is_number(text: str) -> bool:
    whole = text.removesuffix(".0")
    return whole.isascii() and whole.isdigit() and int(whole) < 2**31
