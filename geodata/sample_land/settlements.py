"""Where people live: places spread over a municipality, and the points around which blocks grow (Siedlungen)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from geodata.sample_land.facts import MunicipalityFacts

_SPACING_M = 245.0  # between block centres in a village
_RESIDENTS_PER_BLOCK = 255
_FIELD_M = (520.0, 1700.0)  # spacing of field blocks beside a settlement and far from it


@dataclass(frozen=True)
class Settlement:
    """One place: name, centre in metres, extent and how crowded it is."""

    name: str
    x_m: float
    y_m: float
    radius_m: float
    share: float
    direction: float
    stretch: float


@dataclass(frozen=True, eq=False)
class Seeds:
    """Points around which blocks grow: (n, 2) metres, index of the place, 1 where built up, 0 for field and forest."""

    points_m: NDArray[np.float64]
    place: NDArray[np.int32]
    built_up: NDArray[np.int8]


def settlements_of(facts: MunicipalityFacts, shape: Polygon, rng: np.random.Generator) -> tuple[Settlement, ...]:
    """The places of a municipality, the largest near its middle, the others far from each other."""
    weights = np.array([weight for _name, weight in facts.places])
    shares = weights / weights.sum()
    radii = np.sqrt(shares * facts.residents / _RESIDENTS_PER_BLOCK * _SPACING_M**2 / np.pi) * 1.08
    centres = _spread(shape, radii, rng)
    angle, stretch = rng.uniform(0, np.pi, len(radii)), rng.uniform(1.0, 1.45, len(radii))
    return tuple(
        Settlement(name, float(x), float(y), float(r), float(s), float(a), float(k))
        for (name, _w), (x, y), r, s, a, k in zip(facts.places, centres, radii, shares, angle, stretch, strict=True)
    )


def seeds_of(settlements: tuple[Settlement, ...], shape: Polygon, rng: np.random.Generator) -> Seeds:
    """Block centres of a municipality: a crooked street grid in each place, wide fields between."""
    parts = [_town_points(settlement, shape, rng) for settlement in settlements]
    town = np.vstack(parts)
    place = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
    town, place = _nearest_place(town, place, settlements)
    fields = _field_points(town, shape, rng)
    owner = _owner(fields, settlements)
    built = np.r_[np.ones(len(town)), np.zeros(len(fields))]
    return Seeds(np.vstack([town, fields]), np.r_[place, owner].astype(np.int32), built.astype(np.int8))


def _spread(shape: Polygon, radii: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Centres chosen one after the other: each as far as possible from the others and clear of the border."""
    candidates = _points_in(shape, 1500, rng)
    to_border = shapely.distance(shapely.points(candidates), shape.exterior)
    middle = np.array(shape.centroid.coords[0])
    first = candidates[np.argmin(np.hypot(*(candidates - middle).T))]
    chosen = [first]
    for radius in radii[1:]:
        away = np.min(
            [np.hypot(*(candidates - c).T) - r for c, r in zip(chosen, radii[: len(chosen)], strict=True)], axis=0
        )
        room = np.minimum(away - radius, 2.2 * (to_border - radius)) * rng.uniform(0.72, 1.0, len(candidates))
        chosen.append(candidates[np.argmax(room)])
    return np.round(np.array(chosen), 1)


def _points_in(shape: Polygon, n: int, rng: np.random.Generator) -> NDArray[np.float64]:
    west, south, east, north = shape.bounds
    points = np.column_stack([rng.uniform(west, east, n), rng.uniform(south, north, n)])
    return points[shapely.contains_xy(shape, *points.T)]


def _town_points(settlement: Settlement, shape: Polygon, rng: np.random.Generator) -> NDArray[np.float64]:
    """A turned, jittered grid inside an uneven outline; closer together in the middle of larger places."""
    reach = settlement.radius_m * 1.7
    n = int(reach / _SPACING_M) + 2
    steps = np.arange(-n, n + 1) * _SPACING_M
    u, v = (a.ravel() for a in np.meshgrid(steps, steps))
    v = v + (np.round(u / _SPACING_M) % 2) * _SPACING_M * 0.31  # streets are staggered
    u, v = u + rng.uniform(-52, 52, u.size), v + rng.uniform(-52, 52, v.size)
    far = np.hypot(u / settlement.stretch, v * settlement.stretch)
    turn = np.arctan2(v, u)
    waves = rng.uniform(0, 2 * np.pi, 3)
    edge = settlement.radius_m * (1 + 0.16 * np.sin(2 * turn + waves[0]) + 0.12 * np.sin(3 * turn + waves[1]))
    inside = far <= edge * (1 + 0.06 * np.sin(7 * turn + waves[2]))
    inside |= far <= _SPACING_M * 0.8
    squeeze = 0.74 + 0.26 * np.clip(far / max(settlement.radius_m, 1.0), 0, 1)
    u, v = (u * squeeze)[inside], (v * squeeze)[inside]
    cos, sin = np.cos(settlement.direction), np.sin(settlement.direction)
    points = np.column_stack([settlement.x_m + u * cos - v * sin, settlement.y_m + u * sin + v * cos])
    inside_shape: NDArray[np.float64] = points[shapely.contains_xy(shape.buffer(-70), *points.T)]
    return inside_shape


def _nearest_place(
    town: NDArray[np.float64], place: NDArray[np.intp], settlements: tuple[Settlement, ...]
) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Where two places overlap, a point stays only with the one it is nearer to."""
    kept = _owner(town, settlements) == place
    kept |= np.bincount(place[kept], minlength=len(settlements))[place] == 0
    return town[kept], place[kept]


def _owner(points: NDArray[np.float64], settlements: tuple[Settlement, ...]) -> NDArray[np.intp]:
    centres = np.array([[s.x_m, s.y_m] for s in settlements])
    radii = np.array([s.radius_m for s in settlements])
    distance = np.hypot(*(points[:, None, :] - centres[None, :, :]).transpose(2, 0, 1))
    nearest: NDArray[np.intp] = np.argmin(distance - radii, axis=1)
    return nearest


def _field_points(town: NDArray[np.float64], shape: Polygon, rng: np.random.Generator) -> NDArray[np.float64]:
    """Dart throwing with a spacing that grows with the distance from the houses."""
    candidates = _points_in(shape.buffer(-60), 5000, rng)
    to_town = np.array([np.hypot(*(town - c).T).min() for c in candidates])
    near, far = _FIELD_M
    spacing = np.clip(0.95 * to_town + 160, near, far)
    chosen: list[int] = []
    for i in np.flatnonzero(to_town > _SPACING_M * 0.95):
        if not chosen or np.all(np.hypot(*(candidates[chosen] - candidates[i]).T) > spacing[i]):
            chosen.append(int(i))
    return candidates[chosen]
