"""The land of the county: borders, traffic, settled land and the blocks between them (Landschaft)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, Polygon

from geodata.musterkreis.block_shapes import Faces, faces_between, without_slivers
from geodata.musterkreis.borders import drawn_borders, municipality_shapes
from geodata.musterkreis.places import Place, all_places
from geodata.musterkreis.roads import roads_between
from geodata.musterkreis.settlements import edges_of, settled_land
from geodata.musterkreis.subdivision import cuts_in
from geodata.musterkreis.traffic import Way, barrier_ways
from geodata.musterkreis.wobble import FloatArray

_RESIDENTS_PER_BLOCK = 226.0
_OPEN_M2 = 1_300_000.0


@dataclass(frozen=True, eq=False)
class Landscape:
    """Everything that lies on the ground before anybody lives there.

    Attributes
    ----------
    places, roads, barriers : points and lines
    blocks : the gap-free cover
    density_per_ha : (n,) residents per hectare to expect in each block, 0 in open land
    """

    places: tuple[Place, ...]
    roads: tuple[Way, ...]
    barriers: tuple[Way, ...]
    blocks: Faces
    density_per_ha: FloatArray


def landscape(seed: int) -> Landscape:
    """The land for a seed: borders and places are facts, everything else is drawn from the seed."""
    shapes, places = municipality_shapes(), all_places()
    county: Polygon = shapely.coverage_union_all(list(shapes.values()))  # type: ignore[assignment]
    rng = np.random.default_rng([seed, 1])
    barriers = barrier_ways(county, rng)
    roads = roads_between(places, county, rng)
    settled = settled_land(places, roads, rng)
    fixed = [*(LineString(border.points) for border in drawn_borders()), *(way.line for way in barriers)]
    frame = [*fixed, *(road.line for road in roads), *edges_of(settled)]
    yards = faces_between(fixed)
    streets = _streets(_faces(frame, yards, settled), rng)
    blocks = without_slivers(_faces([*frame, *streets], yards, settled))
    density = np.where(blocks.settled, _density(shapely.get_coordinates(_inside(blocks.shapes))), 0.0)
    return Landscape(places, roads, barriers, blocks, density)


def _faces(lines: list[LineString], yards: NDArray[Any], settled: tuple[Polygon, ...]) -> Faces:
    """Faces inside the county with their yard, municipality and kind of land."""
    shapes = faces_between(lines)
    points = _inside(shapes)
    yard, built = _holder(points, yards), _holder(points, np.array(settled, dtype=object)) >= 0
    town = _holder(_inside(yards), np.array(list(municipality_shapes().values()), dtype=object))
    keep = yard >= 0
    return Faces(shapes[keep], town[yard[keep]], yard[keep], built[keep])


def _holder(points: NDArray[Any], shapes: NDArray[Any]) -> NDArray[np.int64]:
    """(k,) position of the shape each point lies in, −1 for none."""
    which, shape = shapely.STRtree(shapes).query(points, predicate="within")
    holder = np.full(len(points), -1)
    holder[which] = shape
    return holder


def _streets(faces: Faces, rng: np.random.Generator) -> list[LineString]:
    cuts: list[LineString] = []
    for shape, settled in zip(faces.shapes, faces.settled, strict=True):
        cuts += cuts_in(shape, _settled_m2 if settled else _open_m2, rng, settled=bool(settled))
    return cuts


def _settled_m2(x: float, y: float) -> float:
    return float(_RESIDENTS_PER_BLOCK / _density(np.array([[x, y]]))[0] * 1e4)


def _open_m2(x: float, y: float) -> float:
    """Blocks of open land are smaller near settled land."""
    distance_m = np.hypot(*(_place_arrays()[0] - (x, y)).T).min()
    return float(_OPEN_M2 * np.clip(distance_m / 1500.0, 0.5, 1.6))


def _density(xy: FloatArray) -> FloatArray:
    """(k,) residents per hectare at (k, 2) points of settled land: dense at the centre of a place, looser outside."""
    centres, radius, base = _place_arrays()
    away = np.hypot(*(xy[:, None] - centres[None]).transpose(2, 0, 1)) / radius
    nearest = away.argmin(axis=1)
    relative = np.minimum(away.min(axis=1), 2.2)
    result: FloatArray = base[nearest] * (0.55 + 1.25 * np.exp(-1.4 * relative**1.5))
    return result


@cache
def _place_arrays() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Centres (p, 2) in metres, radius (p,) in metres and residents per hectare (p,) of all places."""
    places = all_places()
    centres = np.array([(place.x, place.y) for place in places])
    return centres, np.array([p.radius_m for p in places]), np.array([p.density_per_ha for p in places])


def _inside(shapes: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(shapely.point_on_surface(shapes))
