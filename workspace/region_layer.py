"""The map layers of a project follow its journal: ``regions`` is rebuilt and ``blocks.region`` set, never edited.

Written with plain SQL in one transaction, so that QGIS sees the old plan or the new one and nothing between.
"""

from __future__ import annotations

import struct
from typing import Any

import shapely
from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, Table, Text, bindparam, delete, insert, update

from regionalization.population_target import PopulationTarget
from reporting.region_palette import region_colour
from reporting.text_de.plan_map import band_sign
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
_blocks = Table("blocks", _layers, Column("block_id", Text, primary_key=True), Column("region", Integer))


def project_regions(engine: Engine, county: County, *, plan: Plan, target: PopulationTarget) -> None:
    """Bring the layers of the project file to the state of a plan.

    Parameters
    ----------
    engine : of the project file
    plan : n labels in the order of the county
    target : decides what the column ``in_band`` says
    """
    rows = _region_rows(county, plan, target)
    changed = [{"b_id": i, "b_region": int(r)} for i, r in zip(county.blocks.ids, plan.labels, strict=True)]
    with engine.begin() as connection:
        connection.execute(delete(_regions))
        if rows:
            connection.execute(insert(_regions), rows)
        where = _blocks.c.block_id == bindparam("b_id")
        connection.execute(update(_blocks).where(where).values(region=bindparam("b_region")), changed)


def _region_rows(county: County, plan: Plan, target: PopulationTarget) -> list[dict[str, Any]]:
    residents = region_totals(plan, county.blocks.population)
    rows = []
    for region, people in residents.items():
        inside = plan.labels == region
        names = sorted({county.blocks.municipalities[c].name for c in county.blocks.municipality[inside]})
        rows.append(
            {
                "geom": geopackage_bytes(shapely.union_all(county.polygons[inside]), county.epsg),
                "region": region,
                "residents": people,
                "name": plan.names.get(region, ""),
                "municipality": ", ".join(names),
                "colour": region_colour(plan.colours.get(region, region)),
                "in_band": band_sign(people, target.minimum, target.maximum),
            }
        )
    return rows


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
