"""What a plan is worth: measures over the whole plan and per region (Kennwerte)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from regionalization.cut_measures import cut_measures, is_cut
from regionalization.energy_weights import energy_weights
from regionalization.municipal_groups import target_of
from regionalization.population_target import PopulationTarget
from regionalization.preparation import Prepared, prepare, standardise, weighed
from regionalization.problem import Problem
from regionalization.proposal import Parameters
from regionalization.sums import sums_by_code
from spatial.arrays import FloatArray, IntArray, LabelArray
from spatial.compactness import inner_border_m, polsby_popper, settlement_density
from spatial.plan import UNASSIGNED, Plan

NEAR_BORDER_M = 200.0


@dataclass(frozen=True)
class RegionScore:
    """What one region is like.

    Attributes
    ----------
    region : number
    residents, n_blocks : sums
    municipalities : keys of the municipalities it touches, the one with most residents first
    target : the population target that holds for it
    deviation : share of residents above (+) or below (−) the target
    in_band : residents within minimum and maximum
    area_m2, perimeter_m : size and border
    polsby_popper : compactness, 0–1
    homogeneity : 1 − variance of the features inside / in the county; 1 all alike, 0 as mixed as the county;
        NaN without features
    """

    region: int
    residents: int
    n_blocks: int
    municipalities: tuple[str, ...]
    target: PopulationTarget
    deviation: float
    in_band: bool
    area_m2: float
    perimeter_m: float
    polsby_popper: float
    homogeneity: float


def region_scores(plan: Plan, problem: Problem) -> tuple[RegionScore, ...]:
    """One score per region in use, by number; unassigned blocks belong to none."""
    regions, codes = np.unique(plan.labels, return_inverse=True)
    sums = _RegionTables(problem, codes, len(regions))
    compact = polsby_popper(sums.area, sums.perimeter)
    homogeneity = _homogeneity(standardise(problem.features), codes, len(regions))
    scores = []
    for i in np.flatnonzero(regions != UNASSIGNED):
        keys, target = region_target(problem, np.flatnonzero(codes == i))
        residents = int(sums.residents[i])
        scores.append(
            RegionScore(
                region=int(regions[i]),
                residents=residents,
                n_blocks=int(sums.count[i]),
                municipalities=keys,
                target=target,
                deviation=residents / target.target - 1 if target.target else 0.0,
                in_band=target.holds(residents),
                area_m2=float(sums.area[i]),
                perimeter_m=float(sums.perimeter[i]),
                polsby_popper=float(compact[i]),
                homogeneity=float(homogeneity[i]),
            )
        )
    return tuple(scores)


def region_target(problem: Problem, members: IntArray) -> tuple[tuple[str, ...], PopulationTarget]:
    """Municipality keys of these blocks, most residents first, and the target of the first of them."""
    codes = problem.blocks.municipality[members]
    people = np.bincount(codes, weights=problem.blocks.population[members] + 1e-6)
    order = sorted(np.unique(codes).tolist(), key=lambda c: (-people[c], c))
    keys = tuple(problem.blocks.municipalities[c].key for c in order)
    return keys, target_of(keys[0], problem.constraints, problem.target)


def plan_scores(plan: Plan, problem: Problem, parameters: Parameters | None = None) -> Mapping[str, float]:
    """Measures over the whole plan.

    Returns
    -------
    ``regions``, ``unassigned``, ``in_band_regions``, ``in_band_share`` (of residents), ``ssd_ratio`` (0 alike – 1 as
    mixed as the county; 0 without features), ``polsby_popper`` (mean), ``mean_deviation`` (share from the target),
    ``cut_m`` (border between regions, metres),
    ``settlement_cut`` (the same × smaller residents per hectare), ``crossings`` (municipality incidences beyond one),
    ``places_cut``, ``residents_in_cut_places``, ``residents_near_border`` (in blocks nearer than 200 m, by the
    radius of the block, to a border between regions), ``along_lines_m`` and ``along_lines_share`` (borders along
    barriers and preferred lines), ``energy``
    """
    prepared = prepare(problem)
    return prepared_scores(prepared, plan.labels[prepared.order], parameters or Parameters())


def prepared_scores(prepared: Prepared, labels: LabelArray, parameters: Parameters) -> dict[str, float]:
    """``plan_scores`` of labels in canonical block order."""
    problem, blocks = prepared.problem, prepared.blocks
    regions, codes = np.unique(labels, return_inverse=True)
    canonical = Problem(
        blocks, prepared.contiguity, problem.target, problem.constraints, prepared.standardised, problem.feature_names
    )
    tables = _RegionTables(canonical, codes, len(regions))
    used = regions != UNASSIGNED
    compact = polsby_popper(tables.area, tables.perimeter)[used]
    regional = region_scores(Plan(labels), canonical)
    in_band = np.array([s.in_band for s in regional], dtype=bool)
    density = settlement_density(blocks, prepared.contiguity)
    people = max(int(blocks.population.sum()), 1)
    return {
        "regions": float(used.sum()),
        "unassigned": float((labels == UNASSIGNED).sum()),
        "in_band_regions": float(in_band.sum()),
        "in_band_share": float(tables.residents[used][in_band].sum() / people),
        "ssd_ratio": _ssd_ratio(prepared.standardised, codes, len(regions)),
        "polsby_popper": float(compact.mean()) if len(compact) else 0.0,
        "mean_deviation": float(np.mean([abs(s.deviation) for s in regional])) if regional else 0.0,
        "cut_m": inner_border_m(labels, prepared.contiguity),
        "settlement_cut": inner_border_m(labels, prepared.contiguity, density),
        "crossings": float(_incidences(codes, blocks.municipality) - len(regions)),
        **_place_scores(prepared, labels),
        **cut_measures(prepared, labels),
        "residents_near_border": _near_border(prepared, labels),
        "energy": plan_energy(prepared, codes, len(regions), parameters),
    }


def plan_energy(prepared: Prepared, codes: Any, k: int, parameters: Parameters) -> float:
    """Energy of a plan with region codes 0…k−1: homogeneity, shape, cohesion and crossings, without penalties."""
    weights, prepared = energy_weights(prepared, parameters, k), weighed(prepared, parameters.cohesion)
    tables = _RegionTables(Problem(prepared.blocks, prepared.contiguity, prepared.problem.target), codes, k)
    safe = np.maximum(tables.area, 1e-300)
    shape = np.where(tables.area > 0, tables.perimeter / np.sqrt(4 * np.pi * safe), 0.0).sum()
    a, b = prepared.contiguity.edges.T
    cut = float(prepared.cohesion[codes[a] != codes[b]].sum())
    crossings = _incidences(codes, prepared.blocks.municipality) if weights.crossing else 0
    ssd = _ssd(prepared.standardised, codes, k)
    off = tables.residents / weights.target - 1
    balance = weights.balance * float((off**2).sum())
    return float(ssd + weights.shape * shape + weights.cohesion * cut + weights.crossing * crossings + balance)


class _RegionTables:
    """Sums per region code: residents, blocks, area, perimeter."""

    def __init__(self, problem: Problem, codes: Any, k: int) -> None:
        blocks, contiguity = problem.blocks, problem.contiguity
        self.residents = sums_by_code(codes, blocks.population, k)
        self.count = sums_by_code(codes, 1.0, k)
        self.area = sums_by_code(codes, blocks.area_m2, k)
        a, b = codes[contiguity.edges[:, 0]], codes[contiguity.edges[:, 1]]
        inner = sums_by_code(a[a == b], contiguity.border_m[a == b], k)
        self.perimeter = np.maximum(sums_by_code(codes, blocks.perimeter_m, k) - 2 * inner, 0.0)


def _squares(standardised: FloatArray, codes: Any, k: int) -> FloatArray:
    """(k,) within-region sum of squares of each region."""
    count = np.maximum(sums_by_code(codes, 1.0, k), 1.0)
    result = np.zeros(k)
    for column in standardised.T:
        mean = sums_by_code(codes, column, k) / count
        result += sums_by_code(codes, (column - mean[codes]) ** 2, k)
    return result


def _ssd(standardised: FloatArray, codes: Any, k: int) -> float:
    return float(_squares(standardised, codes, k).sum())


def _ssd_ratio(standardised: FloatArray, codes: Any, k: int) -> float:
    total = float((standardised**2).sum())
    return _ssd(standardised, codes, k) / total if total > 0 else 0.0


def _homogeneity(standardised: FloatArray, codes: Any, k: int) -> FloatArray:
    total = float((standardised**2).sum()) / max(len(standardised), 1)
    if total <= 0:
        return np.full(k, np.nan)
    inside = _squares(standardised, codes, k) / np.maximum(sums_by_code(codes, 1.0, k), 1.0)
    return 1.0 - inside / total


def _incidences(codes: Any, other: LabelArray) -> int:
    return len(np.unique(codes.astype(np.int64) * (int(other.max()) + 1) + other))


def _place_scores(prepared: Prepared, labels: LabelArray) -> dict[str, float]:
    blocks, inside = prepared.blocks, prepared.blocks.place >= 0
    if not inside.any():
        return {"places_cut": 0.0, "residents_in_cut_places": 0.0}
    cut = is_cut(blocks, labels)
    people = np.bincount(blocks.place[inside], weights=blocks.population[inside], minlength=len(blocks.places))
    return {"places_cut": float(cut.sum()), "residents_in_cut_places": float(people[cut].sum())}


def _near_border(prepared: Prepared, labels: LabelArray) -> float:
    """Residents of blocks cut off a neighbour, as far as the block's land lies within 200 m of that border."""
    blocks, edges = prepared.blocks, prepared.contiguity.edges
    cut = labels[edges[:, 0]] != labels[edges[:, 1]]
    strip = np.zeros(len(blocks))
    for side in (0, 1):
        np.add.at(strip, edges[cut, side], prepared.contiguity.border_m[cut] * NEAR_BORDER_M)
    area = np.maximum(blocks.area_m2, 1e-9)
    return float((blocks.population * np.minimum(strip / area, 1.0)).sum())
