"""The shapes a screen draws: simplified once, shared borders kept, in longitude and latitude."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.outlines import municipality_outlines, outlines_from_polygons, region_outlines
from spatial.outlines import Outlines
from spatial.plan import Plan
from workspace.county import County


@dataclass(frozen=True, eq=False)
class MapShapes:
    """Blocks and municipalities of a county as outlines, in the order of ``County.blocks``."""

    blocks: Outlines
    municipalities: Outlines


def shapes_of(county: County) -> MapShapes:
    """The outlines of a county."""
    return MapShapes(
        outlines_from_polygons(county.blocks.ids, county.polygons, county.epsg),
        municipality_outlines(county.polygons, county.blocks, county.epsg),
    )


def plan_shapes(county: County, plan: Plan) -> Outlines:
    """The outlines of the regions of a plan; ids are the region numbers as text, ascending."""
    return region_outlines(county.polygons, plan.labels, county.epsg)
