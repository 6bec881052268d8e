"""What cutting a border costs: settlements and places dear, borders along barriers and preferred lines cheap."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from regionalization.constraints import Constraints
from spatial.arrays import BoolArray, FloatArray
from spatial.blocks import BlockSet
from spatial.compactness import settlement_density
from spatial.contiguity import Contiguity
from spatial.errors import Finding

LINE_PRICE = 0.25  # a cut along a barrier costs this share of one through open settlement
OPEN_LAND = 0.5  # where lines are preferred, every border costs at least this share of the county's mean density


def cut_prices(blocks: BlockSet, contiguity: Contiguity, constraints: Constraints) -> FloatArray:
    """(m,) price of cutting each border: metres × smaller residents per hectare of its sides (Zusammenhalt).

    A border inside a named place costs ``places_weight`` times as much. Along a barrier or a preferred line it costs
    only a share; where lines are preferred, open land has a price too, so that a border also follows them through
    fields.
    """
    density = settlement_density(blocks, contiguity)
    if constraints.preferred_cuts:
        density = density + OPEN_LAND * _mean_density(blocks)
    price = contiguity.border_m * density * line_prices(blocks, contiguity, constraints.preferred_cuts)
    if constraints.places == "ignore" or not blocks.places:
        return price
    place = blocks.place[contiguity.edges]
    same = (place[:, 0] == place[:, 1]) & (place[:, 0] >= 0)
    return np.where(same, constraints.places_weight * price, price)


def line_cut_prices(blocks: BlockSet, contiguity: Contiguity, constraints: Constraints) -> FloatArray:
    """(m,) price of cutting each border where settlements do not count: all land is open land, lines are cheap."""
    open_land = contiguity.border_m * OPEN_LAND * _mean_density(blocks)
    prices: FloatArray = open_land * line_prices(blocks, contiguity, constraints.preferred_cuts)
    return prices


def line_prices(blocks: BlockSet, contiguity: Contiguity, preferred: Mapping[tuple[str, str], float]) -> FloatArray:
    """(m,) share of the ordinary price that cutting each border costs: 1 away from lines, less along them."""
    price = np.where(contiguity.barrier, LINE_PRICE, 1.0)
    at = edges_of_pairs(blocks, contiguity, tuple(preferred))
    np.minimum.at(price, at[at >= 0], np.array(list(preferred.values()))[at >= 0])
    return price


def along_lines(blocks: BlockSet, contiguity: Contiguity, constraints: Constraints) -> BoolArray:
    """(m,) bool: borders that run along a barrier or a preferred line."""
    along: BoolArray = contiguity.barrier.copy()
    at = edges_of_pairs(blocks, contiguity, tuple(constraints.preferred_cuts))
    along[at[at >= 0]] = True
    return along


def findings_beside_borders(constraints: Constraints, blocks: BlockSet, contiguity: Contiguity) -> tuple[Finding, ...]:
    """Barriers and preferred borders between blocks that do not touch: they are allowed, and have no effect."""
    pairs = (*constraints.barrier_edges, *constraints.preferred_cuts)
    at = edges_of_pairs(blocks, contiguity, pairs)
    where = tuple(dict.fromkeys(f"{a} – {b}" for (a, b), edge in zip(pairs, at, strict=True) if edge < 0))
    return (Finding("constraints.edge.no_border", "warning", where=where),) if where else ()


def edges_of_pairs(
    blocks: BlockSet, contiguity: Contiguity, pairs: tuple[tuple[str, str], ...]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """(k,) int64: number of the border between each pair of block ids, −1 where the two do not touch."""
    if not pairs or not len(contiguity.edges):
        return np.full(len(pairs), -1, dtype=np.int64)
    index = {block: i for i, block in enumerate(blocks.ids)}
    ends = np.sort(np.array([(index[a], index[b]) for a, b in pairs], dtype=np.int64), axis=1)
    wanted = ends[:, 0] * contiguity.n + ends[:, 1]
    keys = contiguity.edges[:, 0].astype(np.int64) * contiguity.n + contiguity.edges[:, 1]
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


def _mean_density(blocks: BlockSet) -> float:
    """Residents per hectare of the whole county."""
    area = float(np.cumsum(blocks.area_m2)[-1])
    return float(blocks.population.sum()) / (area / 10_000) if area > 0 else 0.0
