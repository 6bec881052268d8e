"""Read a block file: the one entrance for planners' data (Blockdatei lesen)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from geodata.area_codes import restored_keys
from geodata.block_contract import block_keys, geometry_findings, key_texts
from geodata.column_choice import NONE, ColumnChoice, completed_choice
from geodata.crs import metric_frame
from geodata.german_numbers import numbers_from_text
from geodata.join_table import JoinedTable, join_table
from geodata.open_layer import Layer, open_layer
from geodata.provenance import Provenance, sha256_of
from geodata.repairs import RESTORE_ZEROS, repaired
from geodata.resident_counts import resident_counts
from geodata.table_file import TableForm
from spatial.errors import Finding, InputError, blocking

__all__ = ["ColumnChoice", "ReadResult", "read_blocks"]


@dataclass(frozen=True, eq=False)
class ReadResult:
    """A block file that can be used, and everything that was noticed while reading it.

    Attributes
    ----------
    frame : GeoDataFrame in a metric CRS, rows as in the file, block and municipality keys as text, residents as int64
    choice : the columns used, nothing left open but what the file does not have
    guessed : names of the choices that were guessed, for example ``("id", "population")``
    findings : warnings and notes; errors and questions raise
    source_epsg : coordinate system of the file, None where it has no EPSG code
    provenance : where it comes from and what was done to it
    """

    frame: geopandas.GeoDataFrame
    choice: ColumnChoice
    guessed: tuple[str, ...]
    findings: tuple[Finding, ...]
    source_epsg: int | None
    provenance: Provenance


@dataclass(frozen=True, eq=False)
class Examination:
    """A file as far as it could be read: ``frame`` is None where its coordinates are not understood.

    ``ids`` are the keys of the blocks, or their rows where they have none; the rest is as in ``ReadResult``, the
    findings with errors and questions.
    """

    frame: geopandas.GeoDataFrame | None
    ids: tuple[str, ...]
    choice: ColumnChoice
    guessed: tuple[str, ...]
    findings: tuple[Finding, ...]
    source_epsg: int | None
    provenance: Provenance


def read_blocks(
    path: Path | str,
    *,
    choice: ColumnChoice | None = None,
    layer: str | None = None,
    form: TableForm | None = None,
    tables: Sequence[JoinedTable] = (),
) -> ReadResult:
    """Blocks from a file of a county office, checked from end to end; the file itself is never changed.

    Parameters
    ----------
    path : GeoPackage, Shapefile, GeoJSON, FlatGeobuf, GeoParquet, CSV or XLSX with WKT or grid ids, also zipped
    choice : columns and coordinate system the planner named; what is open is guessed
    layer : layer of the file; goes before ``choice.layer``
    form : how the file is written, where it is a table
    tables : further tables joined by key, for example the residents

    Errors
    ------
    InputError : with every error and every open question of the file at once
    """
    found = examine_blocks(path, choice=choice, layer=layer, form=form, tables=tables)
    if found.frame is None or blocking(found.findings):
        raise InputError(*found.findings)
    return ReadResult(found.frame, found.choice, found.guessed, found.findings, found.source_epsg, found.provenance)


def examine_blocks(
    path: Path | str,
    *,
    choice: ColumnChoice | None = None,
    layer: str | None = None,
    form: TableForm | None = None,
    tables: Sequence[JoinedTable] = (),
) -> Examination:
    """What a file holds and everything that is wrong with it, also where it cannot be used; for showing on a map.

    Parameters
    ----------
    path, choice, layer, form, tables : as for ``read_blocks``

    Errors
    ------
    InputError : the file cannot even be opened
    """
    wanted = choice or ColumnChoice()
    chosen = layer or wanted.layer
    opened = _with_tables(open_layer(Path(path), layer=chosen, form=form or wanted.form), wanted, tables)
    used, guessed, said = completed_choice(opened.frame, wanted)
    frame, keyed = _keyed(opened.frame, used)
    ids = _labels(frame, used)
    metric, source_epsg, crs_findings = _metric(frame, used)
    metric, ids, mended = _mended(metric, used, ids)
    checked = () if metric is None else geometry_findings(metric.geometry.to_numpy(), ids)
    findings = tuple(
        sorted(
            (*opened.findings, *said, *keyed, *_feature_findings(frame, used, ids), *crs_findings, *mended, *checked),
            key=lambda finding: _ORDER[finding.severity],
        )
    )
    used = replace(used, layer=chosen or opened.provenance.layer or None)
    provenance = _origin(opened.provenance.after(*_steps(metric, source_epsg, mended)), wanted)
    return Examination(metric, ids, used, guessed, findings, source_epsg=source_epsg, provenance=provenance)


_ORDER = {"error": 0, "question": 1, "warning": 2, "note": 3}


def _steps(metric: geopandas.GeoDataFrame | None, source_epsg: int | None, mended: tuple[Finding, ...]) -> list[str]:
    """What was done to the layer, oldest first."""
    epsg = None if metric is None else metric.crs.to_epsg()
    moved = [] if epsg in (None, source_epsg) else [f"crs {source_epsg} {epsg}"]
    return [*moved, *(f"{f.code} {f.values['count']}" for f in mended if "count" in f.values)]


def _origin(provenance: Provenance, choice: ColumnChoice) -> Provenance:
    """Source note and reference date as the planner gives them, otherwise as the file says."""
    return replace(
        provenance,
        licence=choice.licence or provenance.licence,
        reference_date=choice.reference_date or provenance.reference_date,
    )


def _with_tables(opened: Layer, choice: ColumnChoice, tables: Sequence[JoinedTable]) -> Layer:
    for named in (*choice.tables, *tables):
        table = replace(named, restore_zeros=named.restore_zeros or RESTORE_ZEROS in choice.repairs)
        frame, said = join_table(opened.frame, table)
        origin = Provenance(table.path.name, "", sha256_of(table.path), table.licence, table.reference_date)
        provenance = opened.provenance.after(f"join {table.path.name}").together_with(origin)
        opened = Layer(frame, provenance, (*opened.findings, *said))
    return opened


def _keyed(frame: geopandas.GeoDataFrame, used: ColumnChoice) -> tuple[geopandas.GeoDataFrame, list[Finding]]:
    """Keys as text and residents as whole numbers, under the names the file gives them."""
    kept = frame.copy()
    findings: list[Finding] = []
    if used.id is not None:
        ids, found = block_keys(frame[used.id])
        kept[used.id] = pd.Series(ids, dtype=object)
        findings += found
    for column in {used.within, used.places, used.name} - {None, NONE, used.id}:
        kept[column] = key_texts(frame[column]).str.strip()
    findings += _restored_within(kept, used)
    findings += _within_findings(kept, used)
    if used.population is not None:
        counts, found = resident_counts(frame[used.population], _labels(kept, used))
        kept[used.population] = counts
        findings += found
    return kept, findings


def _restored_within(frame: geopandas.GeoDataFrame, used: ColumnChoice) -> Iterator[Finding]:
    """Municipality keys get their leading zero back where the planner agreed."""
    if RESTORE_ZEROS not in used.repairs or used.within in (None, NONE):
        return
    keys = list(frame[used.within])
    repair = restored_keys(keys)
    if repair.new_keys:
        frame[used.within] = pd.Series(repair.applied(keys), index=frame.index, dtype=object)
        values = {"column": used.within, "count": len(repair.new_keys)}
        yield Finding("read.within.restored", "warning", tuple(repair.new_keys.values()), values)


def _labels(frame: geopandas.GeoDataFrame, used: ColumnChoice) -> tuple[str, ...]:
    """What to call each block in a finding: its key, or its row where it has none."""
    if used.id is None:
        return tuple(f"Zeile {row}" for row in range(1, len(frame) + 1))
    return tuple(key or f"Zeile {row}" for row, key in enumerate(frame[used.id], start=1))


def _within_findings(frame: geopandas.GeoDataFrame, used: ColumnChoice) -> Iterator[Finding]:
    if used.within in (None, NONE):
        return
    keys = frame[used.within]
    empty = np.flatnonzero((keys == "").to_numpy(bool))
    if len(empty):
        labels = _labels(frame, used)
        values = {"column": used.within, "count": len(empty)}
        yield Finding("read.within.missing", where=tuple(labels[i] for i in empty), values=values)
    short = sorted({key for key in keys if len(key) == 7 and key.isdigit()})
    if short and "ags" in str(used.within).lower():
        values = {"column": used.within, "count": len(short), "repair": RESTORE_ZEROS}
        yield Finding("read.within.lost_zero", "warning", where=tuple(short), values=values)


def _feature_findings(frame: geopandas.GeoDataFrame, used: ColumnChoice, ids: tuple[str, ...]) -> Iterator[Finding]:
    for name in used.features:
        column: Any = frame[name]
        if not pd.api.types.is_numeric_dtype(column):
            read = numbers_from_text(column)
            if not read.readable.all():
                where = tuple(ids[i] for i in np.flatnonzero(~read.readable))
                yield Finding("read.feature.text", where=where, values={"column": name, "count": len(where)})
                continue
            frame[name] = read.values
        values = pd.Series(frame[name]).astype("Float64").to_numpy(dtype=np.float64, na_value=np.nan)
        bad = np.flatnonzero(~np.isfinite(values))
        if len(bad):
            where = tuple(ids[i] for i in bad)
            yield Finding("read.feature.missing", where=where, values={"column": name, "count": len(where)})


def _mended(
    metric: geopandas.GeoDataFrame | None, used: ColumnChoice, ids: tuple[str, ...]
) -> tuple[geopandas.GeoDataFrame | None, tuple[str, ...], tuple[Finding, ...]]:
    """The layer with the repairs that the planner accepted, and the labels of the blocks that are left."""
    repairs = [name for name in used.repairs if name != RESTORE_ZEROS]
    if metric is None or not repairs:
        return metric, ids, ()
    residents = None if used.population is None else metric[used.population]
    try:
        mended, findings = repaired(metric, repairs, ids=ids, residents=residents)
    except InputError as error:
        return metric, ids, error.findings
    return mended, _labels(mended, used), findings


def _metric(
    frame: geopandas.GeoDataFrame, used: ColumnChoice
) -> tuple[geopandas.GeoDataFrame | None, int | None, tuple[Finding, ...]]:
    """The layer in metres, or None with the findings that say why it cannot be brought there."""
    try:
        return metric_frame(frame, crs=used.crs)
    except InputError as error:
        return None, None, error.findings
