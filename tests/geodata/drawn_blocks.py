"""Small hand-drawn block files for the tests of the readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely

from geodata.read_blocks import ColumnChoice, ReadResult, read_blocks
from spatial.errors import Finding, InputError

WEST, SOUTH = 300_000.0, 5_650_000.0  # in the county of Heinsberg, EPSG:25832


def six_blocks(**columns: Any) -> geopandas.GeoDataFrame:
    """Six squares of 100 m, three in each of two municipalities, 100 to 600 residents."""
    squares = [
        shapely.box(WEST + 100 * c, SOUTH + 100 * r, WEST + 100 * c + 100, SOUTH + 100 * r + 100)
        for r in range(2)
        for c in range(3)
    ]
    table: dict[str, Any] = {
        "block_id": [f"0{k}" for k in range(1, 7)],
        "einwohner": [100, 200, 300, 400, 500, 600],
        "ags": ["05370004"] * 3 + ["05370008"] * 3,
        "gemeinde": ["Erkelenz"] * 3 + ["Gangelt"] * 3,
    }
    return geopandas.GeoDataFrame({**table, **columns}, geometry=squares, crs=25832)


def read(frame: geopandas.GeoDataFrame, folder: Path, **choice: Any) -> ReadResult:
    """Write a layer and read it again as a planner's file."""
    path = folder / "bloecke.gpkg"
    frame.to_file(path, layer="bloecke", driver="GPKG")
    return read_blocks(path, choice=ColumnChoice(**choice))


def refused(call: Callable[[], Any]) -> dict[str, Finding]:
    """The findings with which a call was refused, by code."""
    with pytest.raises(InputError) as caught:
        call()
    return {finding.code: finding for finding in caught.value.findings}
