"""Borders of the invented county, so that areas, centres and neighbours are near the facts (Gemeindegrenzen)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from shapely import LineString, MultiLineString, Polygon

from geodata.musterkreis.facts import MUNICIPALITIES
from geodata.musterkreis.wobble import FloatArray, wobbled

GRID_M = 0.1  # every coordinate of the county lies on this grid, so that neighbours share their vertices exactly
_STREAM = 370  # the borders are facts: they wobble the same way for every seed
_STEP_M = 90.0
_ROUGHNESS = 0.15


@dataclass(frozen=True, eq=False)
class Border:
    """One border: the municipality to its left and right (AGS, empty = outside) and its (k, 2) points in metres."""

    left: str
    right: str
    points: FloatArray


@cache
def drawn_borders() -> tuple[Border, ...]:
    """Every border with its irregular course, on the common grid."""
    table = tomllib.loads((Path(__file__).with_name("borders.toml")).read_text(encoding="utf-8"))
    return tuple(
        Border(row["left"], row["right"], _course(np.array(row["points"], dtype=np.float64), row["course"]))
        for row in table["border"]
    )


@cache
def municipality_shapes() -> dict[str, Polygon]:
    """AGS → polygon of the municipality; neighbours share their border vertex by vertex."""
    lines = MultiLineString([LineString(border.points) for border in drawn_borders()])
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines, grid_size=GRID_M)]))
    shapes = {}
    for town in MUNICIPALITIES:
        holds = shapely.contains_xy(faces, *town.centre)
        shapes[town.ags] = faces[int(np.argmax(holds))]
    return shapes


def _course(points: FloatArray, number: int) -> FloatArray:
    return wobbled(points, np.random.default_rng([_STREAM, number]), step_m=_STEP_M, roughness=_ROUGHNESS)
