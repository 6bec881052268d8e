"""The independent parts of a county and how many regions each receives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from regionalization.apartness import regions_apart
from regionalization.municipal_groups import demanded_counts, target_of_blocks
from regionalization.population_target import PopulationTarget
from regionalization.preparation import Prepared
from spatial.arrays import IntArray

_REACH = 6  # how many regions more or fewer than fits best a part may receive when the total is prescribed


@dataclass(frozen=True, eq=False)
class Part:
    """Blocks that can only share regions with each other (one municipality, one connected piece).

    Attributes
    ----------
    number : of the part; municipality : key, empty where borders do not matter
    blocks : positions in canonical order
    residents : all residents; counted : the same with every too large block counted as a region of middle size
    target : band of its regions
    nodes : number of search nodes, the most regions it can hold
    count : regions it receives
    least : fewest regions that blocks kept apart, or locked into different regions, need, proven
    parted : regions with which a way was found to part them
    edges : positions of the borders between its blocks
    """

    number: int
    municipality: str
    blocks: IntArray
    residents: int
    counted: int
    target: PopulationTarget
    nodes: int
    count: int
    edges: IntArray
    least: int = 1
    parted: int = 1


def counted_residents(residents: IntArray, target: PopulationTarget) -> IntArray:
    """Residents as the search counts them: a block above the maximum stands for one region of middle size.

    >>> counted_residents(np.array([100, 16_500]), PopulationTarget()).tolist()
    [100, 12500]
    """
    middle = (target.minimum + target.maximum) // 2
    counted: IntArray = np.where(residents > target.maximum, middle, residents)
    return counted


def regions_out_of_band(residents: int, count: int, target: PopulationTarget) -> int:
    """The smallest number of regions out of the band when so many residents are split into ``count`` regions.

    >>> [regions_out_of_band(16_897, k, PopulationTarget()) for k in (1, 2)]
    [1, 1]
    >>> regions_out_of_band(27_000, 2, PopulationTarget())
    0
    """
    if residents > count * target.maximum:
        return 1
    if residents < count * target.minimum:
        return count - residents // target.minimum
    return 0


def fitting_count(residents: int, target: PopulationTarget) -> int:
    """How many regions fit best: all in the band and near the target; else the fewest regions.

    >>> [fitting_count(p, PopulationTarget()) for p in (9_164, 16_897, 27_000, 43_042)]
    [1, 1, 2, 4]
    """
    fewest = max(1, -(-residents // target.maximum))
    most = residents // max(target.minimum, 1)
    if fewest <= most:
        return min(range(fewest, most + 1), key=lambda k: (abs(residents / k - target.target), k))
    return max(1, most)


def parts_of(prepared: Prepared) -> tuple[Part, ...]:
    """The parts in the order of their smallest block id, each with its number of regions."""
    part_of = prepared.part_of_block
    members = np.split(np.argsort(part_of, kind="stable"), np.cumsum(np.bincount(part_of))[:-1])
    nodes, edges = np.bincount(prepared.part), _edges(prepared, len(members))
    drafts = [_part(prepared, i, (blocks, edges[i]), int(nodes[i])) for i, blocks in enumerate(members)]
    needs = regions_apart(prepared)
    return _allotted(prepared, [_at_least(part, needs.get(part.number, (1, 1))) for part in drafts])


def _at_least(part: Part, needs: tuple[int, int]) -> Part:
    least, parted = min(needs[0], part.nodes), min(needs[1], part.nodes)
    return replace(part, least=least, parted=parted, count=max(part.count, parted))


def _edges(prepared: Prepared, parts: int) -> list[IntArray]:
    """Borders inside each part."""
    ends = prepared.part_of_block[prepared.contiguity.edges]
    own = np.where(ends[:, 0] == ends[:, 1], ends[:, 0], parts)
    order = np.argsort(own, kind="stable")
    return np.split(order, np.cumsum(np.bincount(own, minlength=parts + 1))[:-1])


def _part(prepared: Prepared, number: int, inside: tuple[IntArray, IntArray], nodes: int) -> Part:
    blocks, edges = inside
    municipality, target = _municipality(prepared, blocks)
    at = np.unique(prepared.node[blocks], return_inverse=True)[1]
    at_node = np.bincount(at, weights=prepared.blocks.population[blocks]).astype(np.int64)
    counted = int(counted_residents(at_node, target).sum())
    residents = int(prepared.blocks.population[blocks].sum())
    count = min(fitting_count(counted, target), nodes)
    return Part(number, municipality, blocks, residents, counted, target, nodes, count, edges)


def _municipality(prepared: Prepared, blocks: IntArray) -> tuple[str, PopulationTarget]:
    constraints, general = prepared.problem.constraints, prepared.problem.target
    return target_of_blocks(prepared.blocks, blocks, constraints, general)


def _allotted(prepared: Prepared, drafts: Sequence[Part]) -> tuple[Part, ...]:
    constraints = prepared.problem.constraints
    parts = list(drafts)
    counts = demanded_counts(constraints)
    for keys, count in counts.items():
        at = [i for i, part in enumerate(parts) if part.municipality in keys]
        for i, given in zip(at, allot([parts[i] for i in at], count), strict=True):
            parts[i] = _with_count(parts[i], given)
    if constraints.region_count is not None:
        fixed = [i for i, p in enumerate(parts) if any(p.municipality in keys for keys in counts)]
        free = [i for i in range(len(parts)) if i not in set(fixed)]
        left = constraints.region_count - sum(parts[i].count for i in fixed)
        for i, given in zip(free, allot([parts[i] for i in free], left), strict=True):
            parts[i] = _with_count(parts[i], given)
    return tuple(parts)


def _with_count(part: Part, count: int) -> Part:
    return replace(part, count=count)


def allot(parts: Sequence[Part], total: int) -> list[int]:
    """Spread a prescribed number of regions over parts: fewest regions out of band, then nearest to the target.

    Every part receives at least one region and at most as many as it has nodes; where ``total`` allows no such
    spread the nearest possible one is returned.
    """
    if not parts:
        return []
    reach = max(_REACH, abs(total - sum(p.count for p in parts)) + 1)
    options = [_options(part, reach) for part in parts]
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for part, counts in zip(parts, options, strict=True):
        grown: dict[int, tuple[float, list[int]]] = {}
        for sum_so_far, (cost, chosen) in best.items():
            for k in counts:
                candidate = cost + _cost(part, k)
                if sum_so_far + k not in grown or candidate < grown[sum_so_far + k][0]:
                    grown[sum_so_far + k] = (candidate, [*chosen, k])
        best = grown
    nearest = min(best, key=lambda s: (abs(s - total), s))
    return best[nearest][1]


def _options(part: Part, reach: int) -> range:
    return range(max(part.least, part.count - reach), min(part.nodes, part.count + reach) + 1)


def _cost(part: Part, count: int) -> float:
    off = part.counted / count / part.target.target - 1 if part.target.target else 0.0
    return 1000.0 * regions_out_of_band(part.counted, count, part.target) + count * off * off
