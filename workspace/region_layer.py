"""The map layers of a project follow its journal: ``regions`` is rebuilt and ``blocks.region`` set, never edited.

Written with plain SQL in one transaction, so that QGIS sees the old plan or the new one and nothing between. Shapes are
joined before the transaction begins and only what differs is written, so that the journal never waits for the layers.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from sqlalchemy import (
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from regionalization.population_target import PopulationTarget
from reporting.region_palette import region_colour
from reporting.text_de.plan_map import band_sign
from spatial.arrays import IntArray, LabelArray
from spatial.plan import Plan, region_totals
from workspace.county import County

_layers = MetaData()
_regions = Table(
    "regions",
    _layers,
    Column("fid", Integer, primary_key=True),
    Column("geom", LargeBinary),
    Column("region", Integer),
    Column("residents", Integer),
    Column("name", Text),
    Column("municipality", Text),
    Column("colour", Text),
    Column("in_band", Text),
)
_blocks = Table(
    "blocks",
    _layers,
    Column("fid", Integer, primary_key=True),
    Column("block_id", Text),
    Column("region", Integer),
)
Row = dict[str, Any]


def project_regions(
    engine: Engine, county: County, *, plan: Plan, target: PopulationTarget, everything: bool = True
) -> None:
    """Bring the layers of the project file to the state of a plan.

    Parameters
    ----------
    engine : of the project file
    plan : n labels in the order of the county
    target : decides what the column ``in_band`` says
    everything : write every region anew; otherwise only what differs from the plan the layers show
    """
    with engine.connect() as connection:
        fids, shown = _shown_labels(connection, county)
        present = {} if everything else _fid_of_region(connection)
    differs = shown != plan.labels
    touched = set(plan.labels.tolist()) - set(present) | {*shown[differs].tolist(), *plan.labels[differs].tolist()}
    rows = _region_rows(county, plan, target)
    for row in rows:
        if row["region"] in touched or everything:
            row["geom"] = geopackage_bytes(
                shapely.union_all(county.polygons[plan.labels == row["region"]]), county.epsg
            )
    gone = None if everything else [present[r] for r in set(present) - {row["region"] for row in rows}]
    with engine.begin() as connection:
        _write_regions(connection, rows, present=present, gone=gone)
        _move_blocks(connection, fids[differs], plan.labels[differs])


def _shown_labels(connection: Connection, county: County) -> tuple[IntArray, LabelArray]:
    """Row number and region of every block as the file shows them, in the order of the county."""
    rows = {i: (fid, region) for fid, i, region in connection.execute(select(_blocks))}
    both = np.array([rows[i] for i in county.blocks.ids], dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1].astype(np.int32)


def _fid_of_region(connection: Connection) -> dict[int, int]:
    return {region: fid for fid, region in connection.execute(select(_regions.c.fid, _regions.c.region))}


def _region_rows(county: County, plan: Plan, target: PopulationTarget) -> list[Row]:
    residents = region_totals(plan, county.blocks.population)
    rows = []
    for region, people in residents.items():
        codes = np.unique(county.blocks.municipality[plan.labels == region])
        names = sorted({county.blocks.municipalities[c].name for c in codes})
        rows.append(
            {
                "region": region,
                "residents": people,
                "name": plan.names.get(region, ""),
                "municipality": ", ".join(names),
                "colour": region_colour(plan.colours.get(region, region)),
                "in_band": band_sign(people, target.minimum, target.maximum),
            }
        )
    return rows


def _write_regions(
    connection: Connection, rows: Sequence[Row], *, present: Mapping[int, int], gone: Sequence[int] | None
) -> None:
    """Write the rows of all regions; those in ``present`` keep their place, ``gone`` are deleted (None: all)."""
    if gone is None:
        connection.execute(delete(_regions))
    elif gone:
        connection.execute(delete(_regions).where(_regions.c.fid == bindparam("b_fid")), [{"b_fid": f} for f in gone])
    known = [{**row, "b_fid": present[row["region"]]} for row in rows if row["region"] in present]
    changed = update(_regions).where(_regions.c.fid == bindparam("b_fid"))
    for drawn in (True, False):
        if some := [row for row in known if ("geom" in row) == drawn]:
            connection.execute(changed, some)
    if new := [row for row in rows if row["region"] not in present]:
        connection.execute(insert(_regions), new)


def _move_blocks(connection: Connection, fids: IntArray, labels: LabelArray) -> None:
    """By row number: the layer has no index on ``block_id``, and searching it for every block takes minutes."""
    rows = [{"b_fid": fid, "region": label} for fid, label in zip(fids.tolist(), labels.tolist(), strict=True)]
    if rows:
        connection.execute(update(_blocks).where(_blocks.c.fid == bindparam("b_fid")), rows)


def geopackage_bytes(shape: Any, epsg: int) -> bytes:
    """A shape as GeoPackages keep it: a short head with bounding box, then well-known binary.

    Source: OGC 12-128r18, clause 2.1.3.

    >>> geopackage_bytes(shapely.box(0, 0, 1, 1), 25832)[:4]
    b'GP\\x00\\x03'
    """
    west, south, east, north = shape.bounds
    many = shape if shape.geom_type == "MultiPolygon" else shapely.multipolygons([shape])
    body: bytes = shapely.to_wkb(many, byte_order=1)
    return struct.pack("<2sBBi4d", b"GP", 0, 3, epsg, west, east, south, north) + body
