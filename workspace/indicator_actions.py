"""Indicators as use cases: counts and a plan in, tables for an audience out, findings beside them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.dissolve import dissolved
from geodata.open_layer import open_layer
from geodata.provenance import Provenance, kept_provenance, sha256_of
from geodata.read_counts import key_columns, read_frame
from geodata.write_indicators import write_indicators_gpkg
from geodata.write_plan import append_origin, read_plan_csv
from indicators.catalogue import Catalogue, standard_catalogue
from indicators.count_checks import counts_from_frame
from indicators.count_doubts import date_doubts
from indicators.counts import CountTable
from indicators.disclosure import DisclosureRules, ReleasedTable
from reporting.indicator_rows import indicator_csv
from reporting.text_de.indicators import SIGNS
from reporting.text_de.provenance import companion
from reporting.workbook import indicator_workbook
from spatial.blocks import block_set
from spatial.errors import Finding, InputError, blocking
from spatial.plan import Plan
from workspace.county_catalogue import catalogue_of, read_catalogue
from workspace.earlier_counts import earlier_counts, with_earlier
from workspace.figures import figures_of_plan
from workspace.fine_figures import quartier_candidate
from workspace.index_action import IndexColumns, columns_from_options, compute_index
from workspace.origin import cells_of, rows_of
from workspace.outputs import beside
from workspace.project import open_project
from workspace.quartier_file import quartiere_of_file
from workspace.release import Candidate, Ledger, Occasion, ledger_records
from workspace.release_from_files import release_from_files

__all__ = [
    "IndexColumns",
    "IndicatorOptions",
    "columns_from_options",
    "compute_index",
    "compute_indicators",
    "read_catalogue",
    "read_counts",
    "write_tables",
]

FILES = ("indicators.csv", "indicators.xlsx", "indicators.gpkg", "release.json", "indicators.csv.quelle.txt")
_MUNICIPALITY_NAMES = ("ags", "gemeinde", "municipality", "within")


@dataclass(frozen=True)
class IndicatorOptions:
    """How indicators are computed and for whom (Optionen von ``raumwerk indicators``).

    Attributes
    ----------
    catalogue : a county's own second catalogue; None = that of the project, where it has one
    occasion : audience, person, time and purpose; ``intern`` keeps every cell and marks it vertraulich
    rules : limits of disclosure control, None for the default
    layer : layer of the counts in a GeoPackage
    earlier : counts of an earlier territorial status and their crosswalk, None = none
    project : project file whose ledger is consulted and grows, None = no ledger but that of this passage
    """

    occasion: Occasion
    catalogue: Path | None = None
    rules: DisclosureRules | None = None
    layer: str = "counts"
    project: Path | None = None
    earlier: tuple[Path, Path] | None = None


def compute_indicators(
    counts_path: Path, plan_path: Path, *, out: Path | None, options: IndicatorOptions
) -> tuple[tuple[ReleasedTable, ...], tuple[Finding, ...]]:
    """Indicators of every region of a plan with intervals, through the door of the release.

    Parameters
    ----------
    counts_path : CSV, XLSX or GeoPackage with the columns ``<id>_num`` and ``<id>_den`` per block and date
    plan_path : ``plan.csv`` with ``block_id`` and ``region``; a column ``quartier`` adds the level of the Quartiere
    out : folder for ``indicators.csv``, ``indicators.xlsx``, ``indicators.gpkg`` and ``release.json``; None = none

    Returns
    -------
    One released table per level, coarsest first, and all findings

    Errors
    ------
    InputError : counts, plan or catalogue cannot be used; carries every finding
    StoreError : the project file cannot be used; nothing was written
    """
    catalogue, own = _catalogue(options)
    counts, found = _all_dates(counts_path, catalogue, options)
    counts, plan, plan_findings = _with_plan(counts, plan_path)
    candidate = figures_of_plan(catalogue, counts, plan.labels, municipality=_municipalities(counts_path, counts.ids))
    quartiere = quartiere_of_file(plan_path, counts.ids, regions=plan)
    if quartiere is not None:
        candidate = quartier_candidate(candidate, counts, regions=plan, quartiere=quartiere)
    tables, ledger, released = release_from_files(
        candidate, options.occasion, project=options.project, rules=options.rules
    )
    findings = (*own, *found, *plan_findings, *released)
    if out is not None:
        shapes = _shapes_of(counts_path, counts.ids, (candidate, tables))
        with beside(out) as scratch:
            write_tables(
                tables,
                scratch,
                shapes=shapes,
                ledger=Ledger(ledger.releases[-1:]),
                origin=_origin(counts_path, plan_path, options.layer),
            )
        findings += () if shapes else (Finding("indicators.geometry.none", "note"),)
    return tables, findings


def _catalogue(options: IndicatorOptions) -> tuple[Catalogue, tuple[Finding, ...]]:
    """The catalogue that is named, otherwise that of the project, otherwise the standard one."""
    if options.catalogue is not None or options.project is None:
        return read_catalogue(options.catalogue), ()
    opened = open_project(options.project)
    try:
        catalogue = catalogue_of(opened.store)
    finally:
        opened.close()
    if catalogue is standard_catalogue():
        return catalogue, ()
    return catalogue, (Finding("catalogue.of_project", "note", where=(options.project.name,)),)


def _all_dates(path: Path, catalogue: Catalogue, options: IndicatorOptions) -> tuple[CountTable, tuple[Finding, ...]]:
    """The counts, with earlier dates of another territorial status where the options name them."""
    counts, found = read_counts(path, catalogue, layer=options.layer)
    found = (*found, *date_doubts(counts.dates, today=options.occasion.released_at[:10]))
    if options.earlier is None:
        return counts, found
    earlier, said = earlier_counts(*options.earlier, ids=counts.ids, catalogue=catalogue)
    return with_earlier(counts, earlier), (*found, *said)


def read_counts(path: Path, catalogue: Catalogue, *, layer: str = "counts") -> tuple[CountTable, tuple[Finding, ...]]:
    """Counts from a file with all findings; a finding that forbids to go on raises."""
    frame = read_frame(path, layer=layer)
    area, day = key_columns(frame)
    table, found = counts_from_frame(frame, catalogue, id_column=area, date_column=day)
    if table is None:
        raise InputError(*found)
    return table, found


def write_tables(
    tables: Sequence[ReleasedTable],
    folder: Path,
    *,
    shapes: tuple[dict[str, NDArray[Any]], int] | None = None,
    ledger: Ledger | None = None,
    origin: Provenance | None = None,
) -> tuple[Path, ...]:
    """Write released tables as CSV, XLSX and GeoPackage, and the ledger as JSON; nothing else leaves the house.

    ``origin`` names the files the figures were made from; workbook and GeoPackage carry it, beside the CSV lies a text.
    """
    cells = [cells_of(part) for part in origin.every] if origin else []
    (folder / FILES[0]).write_bytes(indicator_csv(tables))
    (folder / FILES[1]).write_bytes(indicator_workbook(tables, origin=cells))
    if cells:
        (folder / FILES[4]).write_text(companion(FILES[0], cells), encoding="utf-8")
    polygons, epsg = shapes or ({}, None)
    write_indicators_gpkg(folder / FILES[2], tables, shapes=polygons, epsg=epsg, signs=dict(SIGNS))
    levels = [table.level for table in tables]
    append_origin(folder / FILES[2], rows_of(origin, levels) if origin else ())
    if ledger is None:
        return _written(folder, FILES[:3])
    records = json.dumps(ledger_records(ledger), ensure_ascii=False, indent=1)
    (folder / FILES[3]).write_text(records, encoding="utf-8")
    return _written(folder, FILES)


def _written(folder: Path, names: Sequence[str]) -> tuple[Path, ...]:
    return tuple(folder / name for name in names if (folder / name).exists())


def _origin(counts: Path, plan: Path, layer: str) -> Provenance:
    """The two files the figures come from; a GeoPackage of this program says more about its counts."""
    kept = kept_provenance(counts, layer) or kept_provenance(counts, "blocks")
    table = Provenance(counts.name, layer if counts.suffix.lower() == ".gpkg" else "", sha256_of(counts))
    if kept is not None:
        table = replace(table, licence=kept.licence, reference_date=kept.reference_date)
    return table.together_with(Provenance(plan.name, "", sha256_of(plan)))


def _with_plan(counts: CountTable, path: Path) -> tuple[CountTable, Plan, tuple[Finding, ...]]:
    """The plan in the order of the counts; blocks of one file that the other lacks are named, not guessed.

    A block of the plan without counts is missing in its region, so that no total stands for less than it says.
    """
    plan, found = _plan_of(path, counts.ids)
    absent = tuple(key for finding in found if finding.code == "plan.block.unknown" for key in finding.where)
    if absent:
        counts = counts.ordered((*counts.ids, *absent))
        plan, _ = _plan_of(path, counts.ids)
    known = {"plan.block.missing": "counts.plan.unknown", "plan.block.unknown": "counts.plan.missing"}
    softened = tuple(Finding(known[f.code], "warning", f.where, f.values) if f.code in known else f for f in found)
    if blocking(softened):
        raise InputError(*softened)
    return counts, plan, softened


def _plan_of(path: Path, ids: Sequence[str]) -> tuple[Plan, tuple[Finding, ...]]:
    return read_plan_csv(path, block_set(ids, population=np.zeros(len(ids))))


def _municipalities(path: Path, ids: Sequence[str]) -> list[str] | None:
    """Municipality of each block where the blocks of the file name one."""
    frame = _blocks_of(path)
    if frame is None:
        return None
    column = next((str(c) for c in frame.columns if str(c).lower() in _MUNICIPALITY_NAMES), None)
    if column is None:
        return None
    keys = frame.set_index(key_columns(frame)[0])[column].astype(str)
    return [str(key) for key in keys.reindex(list(ids)).fillna("")]


def _blocks_of(path: Path) -> pd.DataFrame | None:
    if path.suffix.lower() != ".gpkg":
        return None
    try:
        return read_frame(path, layer="blocks")
    except InputError:
        return None


def _shapes_of(
    path: Path, ids: Sequence[str], figures: tuple[Candidate, Sequence[ReleasedTable]]
) -> tuple[dict[str, NDArray[Any]], int] | None:
    """Shapes of the areas of each level, dissolved from the blocks of the file."""
    if _blocks_of(path) is None:
        return None
    frame = open_layer(path, layer="blocks").frame
    frame = frame.set_index(key_columns(frame)[0]).reindex(list(ids))
    polygons, position = frame.geometry.to_numpy(), {key: i for i, key in enumerate(ids)}
    shapes, epsg = {}, frame.crs.to_epsg() if frame.crs is not None else 25832
    candidate, tables = figures
    for full, members, table in zip(candidate.tables, candidate.members, tables, strict=True):
        labels, drawn = np.full(len(ids), -1, dtype=np.int64), ~shapely.is_missing(polygons)
        printed = {key: i for i, key in enumerate(table.ids)}
        for key, blocks in zip(full.ids, members, strict=True):
            labels[[position[block] for block in blocks]] = printed.get(key, -1)
        shapes[table.level] = dissolved(polygons[drawn], labels[drawn])
    return shapes, int(epsg or 25832)
