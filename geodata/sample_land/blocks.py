"""The gap-free net of blocks: cells around seeds, irregular edges, barriers on their borders (Blocknetz)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi, cKDTree
from shapely import Polygon

from geodata.sample_land.borders import GRID_M
from geodata.sample_land.settlements import Seeds
from geodata.sample_land.wobble import smoothed, wobbled

_BARRIER_STEP_M = 260.0
_BARRIER_SIDE_M = 105.0
_BARRIER_CLEAR_M = 200.0  # nearer points would pull a block across the line
_SMALLEST_M2 = 15_000.0
_FAR_M = 60_000.0


@dataclass(frozen=True, eq=False)
class BlockNet:
    """(n,) polygons, municipality key, index of the place in its municipality, 1 where built up; and barrier lines."""

    polygons: NDArray[Any]
    ags: NDArray[Any]
    place: NDArray[np.int32]
    built_up: NDArray[np.int8]
    barriers: tuple[Any, ...]


def block_net(
    shapes: Mapping[str, Polygon],
    seeds: Mapping[str, Seeds],
    barrier_lines: Sequence[NDArray[np.float64]],
    rng: np.random.Generator,
) -> BlockNet:
    """Cut the municipalities into blocks.

    Every edge between two cells is made irregular once and used by both sides, so that neighbours share each vertex.

    Parameters
    ----------
    shapes : AGS → polygon
    seeds : AGS → points around which blocks grow
    barrier_lines : (k, 2) courses in metres that become block borders
    """
    courses = [smoothed(line, parts=12) for line in barrier_lines]
    points, owner, pairs = _all_points(shapes, seeds, courses)
    edges = _edges(shapes, points, pairs, rng)
    frame = [shape.exterior for shape in shapes.values()]
    noded = shapely.union_all(np.array([*frame, *edges], dtype=object), grid_size=GRID_M)
    faces = _without_crumbs(np.array(shapely.polygonize([noded]).geoms, dtype=object), shapes)
    return _labelled(faces, shapes, (points, owner), courses)


def _all_points(
    shapes: Mapping[str, Polygon], seeds: Mapping[str, Seeds], courses: Sequence[NDArray[np.float64]]
) -> tuple[dict[str, NDArray[np.float64]], dict[str, tuple[NDArray[np.int32], NDArray[np.int8]]], dict[str, Any]]:
    """Seeds per municipality with twins on both sides of every barrier, which forces a cell border between them.

    Returns
    -------
    per AGS: points (n, 2); place and built-up of each; barrier mark (n,), +k left and −k right of barrier k, 0 none
    """
    twins = [_twins(course) for course in courses]
    sides = np.vstack([side for pair in twins for side in pair])
    lines = shapely.multilinestrings([shapely.LineString(course) for course in courses])
    signs = [sign for k in range(1, len(twins) + 1) for sign in (k, -k)]
    marks = np.repeat(signs, [len(side) for pair in twins for side in pair])
    points, owner, marked = {}, {}, {}
    for ags, own in seeds.items():
        clear = shapely.distance(shapely.points(own.points_m), lines) > _BARRIER_CLEAR_M
        base = own.points_m[clear]
        here = shapely.contains_xy(shapes[ags].buffer(-30), *sides.T)
        _, like = cKDTree(base).query(sides[here])
        points[ags] = np.vstack([base, sides[here]])
        place, built = own.place[clear], own.built_up[clear]
        owner[ags] = np.r_[place, place[like]], np.r_[built, built[like]]
        marked[ags] = np.r_[np.zeros(len(base), dtype=np.int64), marks[here]]
    return points, owner, marked


def _twins(course: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    line = shapely.LineString(course)
    at = np.arange(_BARRIER_STEP_M / 2, line.length, _BARRIER_STEP_M)
    middle = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, at + 1.0))
    along = (ahead - middle) / np.hypot(*(ahead - middle).T)[:, None]
    aside = np.column_stack([-along[:, 1], along[:, 0]]) * _BARRIER_SIDE_M
    return middle + aside, middle - aside


def _edges(
    shapes: Mapping[str, Polygon],
    points: Mapping[str, NDArray[np.float64]],
    sides: Mapping[str, Any],
    rng: np.random.Generator,
) -> list[Any]:
    """Irregular cell borders inside each municipality."""
    edges: list[Any] = []
    for ags, shape in shapes.items():
        lines = np.array([shapely.LineString(r) for r in _ridges(points[ags], sides[ags], rng)], dtype=object)
        inside = shapely.intersection(lines, shape)
        edges.extend(inside[~shapely.is_empty(inside)])
    return edges


def _ridges(
    points: NDArray[np.float64], sides: NDArray[np.int64], rng: np.random.Generator
) -> list[NDArray[np.float64]]:
    middle = points.mean(axis=0)
    around = middle + _FAR_M * np.array([[1, 0], [0, 1], [-1, 0], [0, -1], [1, 1], [-1, 1], [-1, -1], [1, -1]])
    diagram = Voronoi(np.vstack([points, around]))
    marks = np.r_[sides, np.zeros(len(around), dtype=np.int64)]
    found = []
    for (a, b), ends in zip(diagram.ridge_points.tolist(), diagram.ridge_vertices, strict=True):
        if -1 in ends:
            continue
        on_barrier = marks[a] == -marks[b] != 0
        line = np.round(diagram.vertices[ends], 1)
        length = float(np.hypot(*(line[1] - line[0])))
        if length < 0.2:
            continue
        rough = 0.02 if on_barrier else (0.07 if length < 250 else 0.11)
        found.append(wobbled(line, rng, step_m=60.0 if length < 400 else 110.0, roughness=rough))
    return found


def _without_crumbs(faces: NDArray[Any], shapes: Mapping[str, Polygon]) -> NDArray[Any]:
    """Faces too small for a block join the neighbour of the same municipality with the longest common border."""
    county = shapely.union_all(np.array(list(shapes.values()), dtype=object), grid_size=GRID_M).buffer(-1.0)
    faces = faces[shapely.intersects(county, shapely.point_on_surface(faces))]
    while True:
        small = np.flatnonzero(shapely.area(faces) < _SMALLEST_M2)
        if not len(small):
            return faces
        i = int(small[0])
        near = [j for j in shapely.STRtree(faces).query(faces[i]).tolist() if j != i]
        home = _home(faces[i], shapes)
        shared = [
            shapely.length(shapely.intersection(faces[i], faces[j])) * (_home(faces[j], shapes) == home) for j in near
        ]
        j = near[int(np.argmax(shared))]
        joined = shapely.coverage_union_all([faces[i], faces[j]])  # exact: faces share every vertex
        faces = np.array([joined if k == j else f for k, f in enumerate(faces) if k != i], dtype=object)


def _home(face: Any, shapes: Mapping[str, Polygon]) -> str:
    point = shapely.point_on_surface(face)
    return next((ags for ags, shape in shapes.items() if shape.contains(point)), "")


def _labelled(
    faces: NDArray[Any],
    shapes: Mapping[str, Polygon],
    grown: tuple[Mapping[str, NDArray[np.float64]], Mapping[str, tuple[NDArray[np.int32], NDArray[np.int8]]]],
    courses: Sequence[NDArray[np.float64]],
) -> BlockNet:
    """Blocks in order of municipality, then from north to south and west to east in rough steps."""
    points, owner = grown
    ags = np.array([_home(face, shapes) for face in faces], dtype=object)
    middle = shapely.get_coordinates(shapely.point_on_surface(faces))
    place, built = np.zeros(len(faces), dtype=np.int32), np.zeros(len(faces), dtype=np.int8)
    for key in shapes:
        here = np.flatnonzero(ags == key)
        _, nearest = cKDTree(points[key]).query(middle[here])
        place[here], built[here] = owner[key][0][nearest], owner[key][1][nearest]
    order = np.lexsort((np.round(middle[:, 0], 1), -np.round(middle[:, 1] / 500), ags.astype(str)))
    polygons = shapely.normalize(shapely.remove_repeated_points(faces))
    return BlockNet(polygons[order], ags[order], place[order], built[order], _clipped(courses, shapes))


def _clipped(courses: Sequence[NDArray[np.float64]], shapes: Mapping[str, Polygon]) -> tuple[Any, ...]:
    """Barrier courses inside the county, as single lines."""
    county = shapely.union_all(np.array(list(shapes.values()), dtype=object), grid_size=GRID_M)
    return tuple(shapely.line_merge(shapely.intersection(shapely.LineString(course), county)) for course in courses)
