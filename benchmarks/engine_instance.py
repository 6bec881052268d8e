"""A synthetic county of n blocks for the comparison of engines: towns, residents, four features, one seed."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.spatial import Voronoi

from regionalization.population_target import PopulationTarget
from regionalization.problem import Constraints, Problem
from spatial.blocks import block_set
from spatial.contiguity import contiguity_from_edges

RESIDENTS = 125  # per block on average
FEATURES = ("ind1", "ind2", "ind3", "ind4")


def synthetic(n: int, seed: int = 0) -> Problem:
    """Voronoi blocks around towns in a square county of n blocks; no municipal borders, n/100 regions wanted."""
    rng = np.random.default_rng([seed, n])
    side = 300.0 * np.sqrt(n)
    towns = rng.uniform(0.1, 0.9, (max(10, n // 200), 2)) * side
    points = _points(rng, n, towns, side)
    pairs, border_m, area, perimeter = _voronoi(points, side)
    distance = np.min(np.hypot(*(points[:, None, :] - towns[None, :, :]).transpose(2, 0, 1)), axis=1)
    urban = np.exp(-distance / (0.3 * side / np.sqrt(len(towns))))
    people = rng.lognormal(0, 0.55, n) * (0.5 + 1.5 * urban)
    population = np.maximum(1, np.round(people / people.sum() * RESIDENTS * n)).astype(np.int64)
    shapes = (area, perimeter, points)
    blocks = block_set([f"{i:06d}" for i in range(n)], population=population, shapes=shapes)
    count = round(int(population.sum()) / 12_500)
    features = _features(rng, n, pairs, urban)
    constraints = Constraints(municipal_borders="none", region_count=count)
    return Problem(
        blocks, contiguity_from_edges(n, pairs, border_m), PopulationTarget(), constraints, features, FEATURES
    )


def _points(rng: np.random.Generator, n: int, towns: np.ndarray, side: float) -> np.ndarray:
    home = towns[rng.integers(len(towns), size=n // 2)]
    near = home + rng.normal(0, 0.12 * side / np.sqrt(len(towns)), (n // 2, 2))
    return np.clip(np.concatenate([near, rng.uniform(0, side, (n - n // 2, 2))]), 1.0, side - 1.0)


def _voronoi(points: np.ndarray, side: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Edges, border metres, areas and perimeters; points mirrored at the four sides close the outer cells."""
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
        cross = np.cross(a[own] - centre, b[own] - centre)
        np.add.at(area, at, np.abs(cross) / 2)
    inner = (ridges < n).all(axis=1) & (length > 1e-6)
    return ridges[inner], length[inner], area, perimeter


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
