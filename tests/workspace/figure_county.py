"""A county of 64 square blocks in four regions with counts drawn from a seed: large enough for a difference to show."""

from __future__ import annotations

import numpy as np
import shapely

from geodata.read_blocks import ColumnChoice
from indicators.counts import CountTable, count_table
from spatial.blocks import block_set
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.fingerprint import county_fingerprint
from spatial.plan import Plan
from workspace.county import County

SIDE, DATE = 8, "2022-12-31"
AT = np.arange(SIDE * SIDE)
ROW, COLUMN = AT // SIDE, AT % SIDE
IDS = tuple(f"{i:02d}" for i in AT)
QUARTERS = 1 + 2 * (ROW >= SIDE // 2) + (COLUMN >= SIDE // 2)  # 1 2 over 3 4
START = Plan(QUARTERS.astype(np.int32))


def figure_county(towns: int = 1) -> County:
    squares = [shapely.box(x * 500, y * 500, (x + 1) * 500, (y + 1) * 500) for x, y in zip(COLUMN, ROW, strict=True)]
    polygons = np.array(squares, dtype=object)
    blocks = block_set(
        IDS,
        population=np.full(len(IDS), 1000),
        municipality=["Nord" if towns == 1 or row < SIDE // 2 else "Süd" for row in ROW],
        shapes=(shapely.area(polygons), shapely.length(polygons), shapely.get_coordinates(shapely.centroid(polygons))),
    )
    contiguity = contiguity_from_polygons(polygons)
    choice = ColumnChoice(id="block_id", population="einwohner", within="ags")
    return County(
        "Quadratkreis", blocks, contiguity, polygons, 25832, {}, (), choice, county_fingerprint(blocks, contiguity)
    )


def figure_counts(seed: int = 3) -> CountTable:
    """Poor children (ten in a hundred, forty in a hundred in region 4), unemployed, and residents."""
    rng = np.random.default_rng(seed)
    poor = np.where(QUARTERS == 4, 0.4, 0.1)
    columns = {
        "EIN02": (rng.binomial(150, poor), np.full(len(IDS), 150)),
        "ARB01": (rng.binomial(600, 0.05, len(IDS)), np.full(len(IDS), 600)),
        "KIJ03": (rng.poisson(4.0, len(IDS)), np.full(len(IDS), 200)),
        "BEV01": (np.full(len(IDS), 1000), np.full(len(IDS), np.nan)),
    }
    return count_table(IDS, columns, date=DATE)


def moved(blocks: list[str], region: int, start: Plan = START) -> Plan:
    """The plan after these blocks went to a region."""
    labels = start.labels.copy()
    labels[[IDS.index(block) for block in blocks]] = region
    return Plan(labels)
