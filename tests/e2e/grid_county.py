"""A county of wavy squares in four municipalities, as large as a test or a benchmark wants it."""

from __future__ import annotations

import functools

import numpy as np
import shapely

from geodata.read_blocks import ColumnChoice
from regionalization.population_target import PopulationTarget
from spatial.arrays import FloatArray
from spatial.blocks import block_set
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.fingerprint import county_fingerprint
from spatial.plan import Plan
from workspace.county import County
from workspace.workspace import Settings, Workspace

SIDE_M = 500.0
ORIGIN_M = np.array([300_000.0, 5_640_000.0])
TARGET = PopulationTarget(2_000, 2_400, 2_800)


def grid_workspace(columns: int = 24, rows: int = 16, *, vertices: int = 4) -> Workspace:
    """The county with regions of 6 by 4 blocks, 100 residents each block, laid on the table."""
    county = grid_county(columns, rows, vertices=vertices)
    x, y = np.meshgrid(np.arange(columns), np.arange(rows))
    labels = (x // 6 + (columns + 5) // 6 * (y // 4)).ravel() + 1
    return Workspace(county, Settings(target=TARGET), plan=Plan(labels), origin="import")


@functools.cache
def grid_county(columns: int, rows: int, *, vertices: int = 4) -> County:
    """Columns × rows blocks named ``B0000`` on, each with about ``vertices`` points; neighbours share their border."""
    ids = tuple(f"B{i:04d}" for i in range(columns * rows))
    places = [(x, y) for y in range(rows) for x in range(columns)]
    polygons = np.array([shapely.Polygon(_ring(x, y, max(1, vertices // 4))) for x, y in places], dtype=object)
    west = [x < columns // 2 for x, _ in places]
    south = [y < rows // 2 for _, y in places]
    names = [("Süd" if s else "Nord") + ("west" if w else "ost") for w, s in zip(west, south, strict=True)]
    blocks = block_set(
        ids,
        population=np.full(len(ids), 100),
        municipality=names,
        shapes=(shapely.area(polygons), shapely.length(polygons), shapely.get_coordinates(shapely.centroid(polygons))),
        place=["Altdorf" if x < 3 and y < 2 else "" for x, y in places],
    )
    contiguity = contiguity_from_polygons(polygons)
    return County(
        label="Gitterkreis",
        blocks=blocks,
        contiguity=contiguity,
        polygons=polygons,
        epsg=25832,
        features={"Arbeitslose": np.arange(len(ids), dtype=float)},
        findings=(),
        choice=ColumnChoice(id="block_id", population="einwohner", within="ags"),
        fingerprint=county_fingerprint(blocks, contiguity),
        source="Gitter",
    )


def _ring(x: int, y: int, pieces: int) -> FloatArray:
    sides = [((x, y), (x + 1, y)), ((x + 1, y), (x + 1, y + 1)), ((x + 1, y + 1), (x, y + 1)), ((x, y + 1), (x, y))]
    return np.concatenate([_side(*side, pieces) for side in sides])


def _side(start: tuple[int, int], end: tuple[int, int], pieces: int) -> FloatArray:
    """Points along a wavy line that both neighbours draw alike, without the last one."""
    first, last = sorted([start, end])
    t = np.linspace(0, 1, pieces + 1)[:, None]
    line = np.array(first) * (1 - t) + np.array(last) * t
    across = np.array([0.0, 1.0]) if first[1] == last[1] else np.array([1.0, 0.0])
    wave = 0.08 * np.sin(np.pi * t) * np.cos(7 * first[0] + 3 * first[1] + 9 * t)
    points: FloatArray = ORIGIN_M + SIDE_M * (line + wave * across)
    return points[:-1] if first == start else points[::-1][:-1]
