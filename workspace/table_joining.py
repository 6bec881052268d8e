"""A table without shapes added to the blocks: looked at first, then taken (Tabelle anfügen)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas as pd

from geodata.join_table import Join, JoinedTable, examine_join
from geodata.open_layer import open_layer
from geodata.provenance import Provenance, sha256_of
from spatial.arrays import FloatArray
from spatial.errors import InputError
from workspace.county import County
from workspace.intake import Intake, look_at


def look_at_join(base: Intake | County, table: JoinedTable) -> Join:
    """Lay a table against the blocks of a file or of the county on the table; nothing is changed.

    Errors
    ------
    InputError : the table or the block file cannot be read
    """
    return examine_join(_frame_of(base), table)


def block_columns(base: Intake | County) -> tuple[str, ...]:
    """The columns of the blocks that a key may fit to; empty where the file cannot be opened."""
    try:
        frame = _frame_of(base)
    except InputError:
        return ()
    return tuple(str(column) for column in frame.columns if column != frame.active_geometry_name)


def with_table(intake: Intake, table: JoinedTable) -> Intake:
    """The block file with one more table; ``undone`` goes back."""
    others = tuple(known for known in intake.choice.tables if known.path != table.path)
    choice = replace(intake.choice, tables=(*others, table))
    return replace(look_at(intake.path, choice), before=intake)


def county_with_table(county: County, table: JoinedTable) -> County:
    """The county on the table with the numbers of the table as further features.

    Errors
    ------
    InputError : as ``join_table``; doubled keys and lost zeros are named
    """
    found = look_at_join(county, table)
    if found.frame is None:
        raise InputError(*found.findings)
    added = {name: _numbers(found.frame[name]) for name in found.sums}
    origin = county.provenance or Provenance(county.source)
    part = Provenance(table.path.name, "", sha256_of(table.path), table.licence, table.reference_date)
    return replace(
        county,
        features={**county.features, **added},
        choice=replace(county.choice, tables=(*county.choice.tables, table)),
        findings=(*county.findings, *found.findings),
        provenance=origin.after(f"join {table.path.name}").together_with(part),
    )


def _frame_of(base: Intake | County) -> geopandas.GeoDataFrame:
    if isinstance(base, Intake):
        return open_layer(Path(base.path), layer=base.choice.layer, form=base.choice.form).frame
    blocks = base.blocks
    keys = np.array([m.key for m in blocks.municipalities], dtype=object)
    columns: dict[str, Any] = {"block_id": list(blocks.ids), "municipality_key": keys[blocks.municipality]}
    return geopandas.GeoDataFrame(
        pd.DataFrame({**columns, **base.features}), geometry=list(base.polygons), crs=base.epsg
    )


def _numbers(column: Any) -> FloatArray:
    values: FloatArray = column.to_numpy(np.float64)
    return values
