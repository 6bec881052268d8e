"""Random planar counties with real polygons: Voronoi cells with holes, exclaves and blocks without residents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from hypothesis import strategies as st

from regionalization.constraints import Constraints
from regionalization.population_target import PopulationTarget
from regionalization.problem import Problem
from spatial.blocks import block_set
from spatial.contiguity_from_polygons import contiguity_from_polygons
from spatial.plan import Plan

SIDE_M = 5_000.0
TARGET = PopulationTarget(700, 1000, 1300)
KINDS = (
    "locked",
    "keep_together",
    "keep_apart",
    "barriers",
    "bridges",
    "places",
    "counts",
    "targets",
    "joint",
    "today",
    "lines",
)


@dataclass(frozen=True, eq=False)
class PlanarCounty:
    """A task and the polygons it was made from, in the same order."""

    problem: Problem
    polygons: Any


def planar_county(seed: int, *, cells: int = 60, holes: float = 0.1) -> PlanarCounty:
    """Cells of a Voronoi diagram with lakes, a river that cuts an exclave off, and one to four municipalities."""
    rng = np.random.default_rng(seed)
    points = shapely.MultiPoint(rng.uniform(0, SIDE_M, (cells, 2)))
    polygons = np.array(shapely.get_parts(shapely.voronoi_polygons(points)))
    bounds = shapely.bounds(polygons)
    inside = (bounds[:, :2] > -SIDE_M / 5).all(axis=1) & (bounds[:, 2:] < 1.2 * SIDE_M).all(axis=1)
    centre = shapely.get_coordinates(shapely.centroid(polygons))
    river = np.abs(centre[:, 0] - rng.uniform(0.6, 0.95) * SIDE_M) < SIDE_M / 12
    kept = inside & ~(river & (rng.random() < 0.5)) & (rng.random(len(polygons)) >= holes)
    kept[int(np.argmax(inside))] = True
    polygons, centre = polygons[kept], centre[kept]
    n = len(polygons)
    seats = rng.uniform(0, SIDE_M, (int(rng.integers(1, 5)), 2))
    nearest = ((centre[:, None] - seats[None]) ** 2).sum(axis=2).argmin(axis=1)
    villages = rng.integers(0, 6, n)
    population = rng.integers(0, 300, n) * (rng.random(n) > 0.15)
    features = rng.normal(size=(n, int(rng.integers(0, 3))))
    blocks = block_set(
        [f"b{i:03d}" for i in rng.permutation(n)],
        population=population,
        municipality=[f"M{m}" for m in nearest],
        shapes=(shapely.area(polygons), shapely.length(polygons), centre),
        place=[f"Ort {v}" if v < 4 else "" for v in villages],
    )
    names = tuple(f"f{c}" for c in range(features.shape[1]))
    contiguity = contiguity_from_polygons(polygons)
    return PlanarCounty(Problem(blocks, contiguity, TARGET, features=features, feature_names=names), polygons)


def demands(problem: Problem, kind: str, seed: int) -> Constraints:
    """One kind of demand, drawn at random; contradictions are allowed."""
    rng = np.random.default_rng(seed)
    ids, n = problem.blocks.ids, len(problem.blocks)
    some = [ids[i] for i in rng.permutation(n)[: min(n, 6)]]
    keys = [m.key for m in problem.blocks.municipalities]
    edges = problem.contiguity.edges
    chosen = [(ids[int(a)], ids[int(b)]) for a, b in edges[rng.random(len(edges)) < 0.15]]
    pairs = tuple((a, b) for a, b in zip(some[::2], some[1::2], strict=False))
    table: dict[str, dict[str, Any]] = {
        "locked": {"locked": {block: int(rng.integers(1, 4)) for block in some}},
        "keep_together": {"keep_together": tuple((*pair,) for pair in pairs)},
        "keep_apart": {"keep_apart": pairs},
        "barriers": {"barrier_edges": tuple(chosen)},
        "bridges": {"bridge_edges": pairs, "municipal_borders": "none"},
        "places": {"places": "hard"},
        "counts": {"regions_per_municipality": {keys[0]: int(rng.integers(1, 4))}},
        "targets": {"targets": {keys[-1]: PopulationTarget(300, 500, 700)}, "municipal_borders": "soft"},
        "joint": {"joint_municipalities": (tuple(keys[:2]),)},
        "today": {"current_plan": Plan(rng.integers(-1, 5, n).astype(np.int32)), "stay_close": 0.5},
        "lines": {"preferred_cuts": dict.fromkeys(chosen, 0.2)},
    }
    return Constraints(**table[kind])


@st.composite
def planar_counties(draw: st.DrawFn, *, cells: int = 45) -> PlanarCounty:
    """A random planar county without demands."""
    return planar_county(draw(st.integers(0, 2**32 - 1)), cells=draw(st.integers(3, cells)))


@st.composite
def demanding_counties(draw: st.DrawFn, kinds: tuple[str, ...] = KINDS) -> Problem:
    """A random planar county with one or two kinds of demands at once."""
    seed = draw(st.integers(0, 2**32 - 1))
    problem = planar_county(seed, cells=draw(st.integers(6, 45))).problem
    first = demands(problem, draw(st.sampled_from(kinds)), seed)
    second = demands(problem, draw(st.sampled_from(kinds)), seed + 1)
    plain = Constraints()
    changed = {
        name: getattr(second, name)
        for name in second.__dataclass_fields__
        if _differs(getattr(second, name), getattr(plain, name))
    }
    return replace(problem, constraints=replace(first, **changed))


def _differs(one: Any, other: Any) -> bool:
    return (one is not other) if isinstance(one, Plan) or isinstance(other, Plan) else bool(one != other)
