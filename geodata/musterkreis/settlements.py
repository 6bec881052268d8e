"""Settled land: a core around each place and houses along its roads (Siedlungsfläche)."""

from __future__ import annotations

import numpy as np
import shapely
from shapely import LineString, Polygon

from geodata.musterkreis.places import Place
from geodata.musterkreis.traffic import Way
from geodata.musterkreis.wobble import FloatArray, wobbled

_STEP_M = 60.0
_MAX_HOLE_M2 = 400_000


def settled_land(places: tuple[Place, ...], roads: tuple[Way, ...], rng: np.random.Generator) -> tuple[Polygon, ...]:
    """The settled land of the county as separate polygons: where places touch, they grow together."""
    bodies = [_body(place, [road for road in roads if number in road.ends], rng) for number, place in enumerate(places)]
    merged = shapely.union_all(bodies, grid_size=0.1)
    return tuple(_without_small_holes(part) for part in shapely.get_parts(merged))


def _body(place: Place, roads: list[Way], rng: np.random.Generator) -> Polygon:
    """One place: scaled until its area fits its residents and density."""
    centre = shapely.Point(place.x, place.y)
    wanted_m2 = place.size / place.density_per_ha * 1e4
    core, reaches = _core(place, rng), rng.uniform(1.2, 2.1, len(roads))
    strip_m = 70.0 + 0.13 * place.radius_m
    scale = 1.0
    for _ in range(4):
        strips = [
            road.line.intersection(centre.buffer(place.radius_m * reach * scale)).buffer(strip_m * scale, quad_segs=4)
            for road, reach in zip(roads, reaches, strict=True)
        ]
        shape = shapely.union_all([_scaled(core, centre, scale), *strips])
        scale *= (wanted_m2 / shape.area) ** 0.5
    return _ragged(max(shapely.get_parts(shape), key=lambda part: float(part.area)), rng)


def _core(place: Place, rng: np.random.Generator) -> Polygon:
    """The old core and the housing estates around it; the larger the place, the more of them."""
    radius = place.radius_m
    blobs = [_blob(place.x, place.y, 0.62 * radius, rng)]
    estates = min(2 + place.size // 1_500, 9)
    turn = rng.uniform(0, 2 * np.pi)
    for number in range(estates):
        angle = turn + 2 * np.pi * (number + rng.uniform(-0.3, 0.3)) / estates
        away = radius * rng.uniform(0.45, 0.95)
        x, y = place.x + away * np.cos(angle), place.y + away * np.sin(angle)
        blobs.append(_blob(x, y, radius * rng.uniform(0.24, 0.46), rng))
    joined = shapely.union_all(blobs).buffer(0.12 * radius, quad_segs=3).buffer(-0.12 * radius, quad_segs=3)
    return max(shapely.get_parts(joined), key=lambda part: float(part.area))  # type: ignore[no-any-return]


def _blob(x: float, y: float, radius_m: float, rng: np.random.Generator) -> Polygon:
    """A roundish patch of slow waves, so that it has no spikes."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    wave = sum(rng.normal(0, 0.18 / k) * np.sin(k * angle + rng.uniform(0, 2 * np.pi)) for k in (2, 3, 4))
    radius = radius_m * np.exp(wave)
    return Polygon(np.column_stack([x + radius * np.cos(angle), y + radius * np.sin(angle)]))


def _scaled(shape: Polygon, centre: shapely.Point, factor: float) -> Polygon:
    middle = np.array([centre.x, centre.y])
    scaled: Polygon = shapely.transform(shape, lambda xy: middle + (xy - middle) * factor)
    return scaled


def _ragged(shape: Polygon, rng: np.random.Generator) -> Polygon:
    """The edge of a settlement follows plots: corners rather than curves."""
    coarse: Polygon = shape.simplify(22.0)  # type: ignore[assignment]
    ring: FloatArray = np.asarray(coarse.exterior.coords)
    rough = Polygon(wobbled(ring, rng, step_m=_STEP_M, roughness=0.10))
    fixed = rough if rough.is_valid else rough.buffer(0)
    largest: Polygon = max(shapely.get_parts(fixed), key=lambda part: float(part.area))
    return largest


def _without_small_holes(shape: Polygon) -> Polygon:
    holes = [ring for ring in shape.interiors if Polygon(ring).area > _MAX_HOLE_M2]
    return Polygon(shape.exterior, holes)


def edges_of(settled: tuple[Polygon, ...]) -> list[LineString]:
    """The edges of the settled land as lines, holes included."""
    rings = shapely.get_rings(np.array(settled, dtype=object))
    return [LineString(shapely.get_coordinates(ring)) for ring in rings]
