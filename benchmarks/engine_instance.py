"""A synthetic county of n blocks for the comparison of engines: towns, residents, four features, one seed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.spatial import Voronoi

from benchmarks.budget_counties import FEATURES
from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges

RESIDENTS = 125  # per block on average
TINY_RESIDENTS, TINY = 2_300, 150  # per block of counties below so many blocks: about five blocks make a region
BAND = (10_000, 12_500, 15_000)
ORIGIN = (500_000.0, 5_500_000.0)  # of the square in EPSG 25832


@dataclass(frozen=True, eq=False)
class _County:
    """Blocks as arrays: points, neighbours with border metres, area and perimeter, town, residents, features."""

    points: Any
    pairs: Any
    border_m: Any
    area: Any
    perimeter: Any
    town: Any
    population: Any
    features: Any
    polygons: Any


def synthetic(n: int, seed: int = 0) -> Problem:
    """Voronoi blocks around towns in a square county of n blocks; no municipal borders, n/100 regions wanted."""
    county = _county(n, seed, RESIDENTS)
    shapes = (county.area, county.perimeter, county.points)
    blocks = block_set([f"{i:06d}" for i in range(n)], population=county.population, shapes=shapes)
    constraints = Constraints(municipal_borders="none", region_count=_count(county))
    contiguity = contiguity_from_edges(n, county.pairs, county.border_m)
    return Problem(blocks, contiguity, PopulationTarget(), constraints, county.features, FEATURES)


def write_instance(n: int, folder: Path, seed: int = 0) -> Path:
    """The same county in the files of the peers' harness: ``instance.parquet``, ``.gpkg``, ``adj.npz``, ``meta.json``.

    The nearest town is the municipality. Counties of fewer than 150 blocks have larger blocks, five to a region.
    """
    county = _county(n, seed, TINY_RESIDENTS if n < TINY else RESIDENTS)
    folder.mkdir(parents=True, exist_ok=True)
    columns = {"block_id": np.arange(n), "muni": county.town, "pop": county.population}
    columns |= dict(zip(FEATURES, county.features.T, strict=True))
    frame = geopandas.GeoDataFrame(columns, geometry=county.polygons, crs=25832)
    frame.to_parquet(folder / "instance.parquet")
    frame.to_file(folder / "instance.gpkg", layer="blocks", driver="GPKG")
    i, j = np.sort(county.pairs, axis=1).T
    arrays = {"i": i, "j": j, "length": county.border_m, "area": county.area, "perim": county.perimeter}
    np.savez_compressed(folder / "adj.npz", **arrays)
    lo, target, hi = BAND
    total = int(county.population.sum())
    meta = {"name": folder.name, "n": n, "total": total, "lo": lo, "hi": hi, "target": target, "k": _count(county)}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    return folder


def _count(county: _County) -> int:
    return round(int(county.population.sum()) / BAND[1])


def _county(n: int, seed: int, residents: int) -> _County:
    rng = np.random.default_rng([seed, n])
    side = 300.0 * np.sqrt(n)
    towns = rng.uniform(0.1, 0.9, (max(10, n // 200), 2)) * side
    points = _points(rng, n, towns, side)
    pairs, border_m, area, perimeter, polygons = _voronoi(points, side)
    away = np.hypot(*(points[:, None, :] - towns[None, :, :]).transpose(2, 0, 1))
    urban = np.exp(-away.min(axis=1) / (0.3 * side / np.sqrt(len(towns))))
    people = rng.lognormal(0, 0.55, n) * (0.5 + 1.5 * urban)
    population = np.maximum(1, np.round(people / people.sum() * residents * n)).astype(np.int64)
    features = _features(rng, n, pairs, urban)
    town = away.argmin(axis=1)
    return _County(points, pairs, border_m, area, perimeter, town, population, features, polygons)


def _points(rng: np.random.Generator, n: int, towns: np.ndarray, side: float) -> Any:
    home = towns[rng.integers(len(towns), size=n // 2)]
    near = home + rng.normal(0, 0.12 * side / np.sqrt(len(towns)), (n // 2, 2))
    return np.clip(np.concatenate([near, rng.uniform(0, side, (n - n // 2, 2))]), 1.0, side - 1.0)


def _voronoi(points: np.ndarray, side: float) -> tuple[np.ndarray, ...]:
    """Edges, border metres, areas, perimeters and polygons; points mirrored at the four sides close the outer cells."""
    n = len(points)
    flipped = [points * (-1, 1), points * (1, -1), (2 * side, 0) + points * (-1, 1), (0, 2 * side) + points * (1, -1)]
    diagram = Voronoi(np.concatenate([points, *flipped]))
    ridges, corners = diagram.ridge_points, np.array(diagram.ridge_vertices)
    a, b = diagram.vertices[corners[:, 0]], diagram.vertices[corners[:, 1]]
    length = np.where((corners >= 0).all(axis=1), np.hypot(*(a - b).T), 0.0)
    perimeter, area = np.zeros(n), np.zeros(n)
    for end in (0, 1):
        own = ridges[:, end] < n
        at = ridges[own, end]
        np.add.at(perimeter, at, length[own])
        centre = points[at]
        left, right = a[own] - centre, b[own] - centre
        np.add.at(area, at, np.abs(left[:, 0] * right[:, 1] - left[:, 1] * right[:, 0]) / 2)
    inner = (ridges < n).all(axis=1) & (length > 1e-6)
    rings = [diagram.vertices[diagram.regions[diagram.point_region[i]]] + ORIGIN for i in range(n)]
    return ridges[inner], length[inner], area, perimeter, np.array([shapely.Polygon(ring) for ring in rings])


def _features(rng: np.random.Generator, n: int, pairs: np.ndarray, urban: np.ndarray) -> np.ndarray:
    """Noise smoothed over the neighbourhood at several scales, some urbanity, some white noise."""
    adjacency = coo_array((np.ones(len(pairs)), pairs.T), shape=(n, n)).tocsr()
    adjacency = adjacency + adjacency.T
    mean = adjacency.multiply(1.0 / np.maximum(adjacency.sum(axis=1), 1)[:, None]).tocsr()
    columns = []
    for steps, weight in ((8, 0.8), (20, -0.3), (40, 0.0), (12, 0.3)):
        z = rng.normal(size=n)
        for _ in range(steps):
            z = 0.4 * z + 0.6 * (mean @ z)
        columns.append(0.8 * z / z.std() + weight * (urban - urban.mean()) / urban.std() + 0.45 * rng.normal(size=n))
    return np.stack(columns, axis=1)
