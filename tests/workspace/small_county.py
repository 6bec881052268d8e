"""A county of twelve unit squares, four across and three up, in two municipalities: small enough to follow by hand."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.read_blocks import ColumnChoice
from spatial.blocks import block_set
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.fingerprint import county_fingerprint
from spatial.plan import Plan
from workspace.county import County

WIDTH, HEIGHT, SIDE_M = 4, 3, 1000.0
IDS = tuple(f"{y}{x}" for y in range(HEIGHT) for x in range(WIDTH))
#  20 21 | 22 23        regions:  1 1 | 2 2
#  10 11 | 12 13                  1 1 | 2 2
#  00 01 | 02 03                  1 1 | 2 2
START = Plan(np.array([1 if int(i[1]) < 2 else 2 for i in IDS]))


def small_county() -> County:
    origin = np.array([300_000.0, 5_650_000.0])
    corners = [origin + SIDE_M * np.array([int(i[1]), int(i[0])]) for i in IDS]
    squares = [shapely.box(x, y, x + SIDE_M, y + SIDE_M) for x, y in corners]
    polygons = np.array(squares, dtype=object)
    centroids = shapely.get_coordinates(shapely.centroid(polygons))
    blocks = block_set(
        IDS,
        population=[100 * (k + 1) for k in range(len(IDS))],
        municipality=["West" if int(i[1]) < 2 else "Ost" for i in IDS],
        shapes=(shapely.area(polygons), shapely.length(polygons), centroids),
        place=["Dorf" if i in ("00", "01") else "" for i in IDS],
    )
    contiguity = contiguity_from_polygons(polygons)
    return County(
        label="Kleiner Kreis",
        blocks=blocks,
        contiguity=contiguity,
        polygons=polygons,
        epsg=25832,
        features={"arbeitslos": np.arange(len(IDS), dtype=float), "Region": np.full(len(IDS), np.nan)},
        findings=(),
        choice=ColumnChoice(id="block_id", population="einwohner", within="ags"),
        fingerprint=county_fingerprint(blocks, contiguity),
        source="von Hand",
    )
