"""Canonical region numbers: 1…k by municipality, then from north-west to south-east."""

from __future__ import annotations

import numpy as np

from regionalization.preparation import Prepared
from spatial.arrays import LabelArray


def numbered(prepared: Prepared, labels: LabelArray) -> LabelArray:
    """Renumber regions of a fresh plan; regions with locked blocks or of the current plan keep their number.

    Parameters
    ----------
    labels : (n,) in canonical block order, any numbers ≥ 0

    Returns
    -------
    (n,) int32 in canonical block order
    """
    kept = _kept_numbers(prepared, labels)
    free = iter(r for r in range(1, len(labels) + 2 + len(kept)) if r not in set(kept.values()))
    numbers = {region: kept[region] if region in kept else next(free) for region in _canonical_order(prepared, labels)}
    lookup = np.zeros(int(labels.max()) + 1, dtype=np.int32)
    for region, number in numbers.items():
        lookup[region] = number
    result: LabelArray = lookup[labels]
    return result


def _canonical_order(prepared: Prepared, labels: LabelArray) -> list[int]:
    """By municipality key, then north before south, west before east, then smallest block."""
    blocks = prepared.blocks
    regions, first = np.unique(labels, return_index=True)
    weights = np.maximum(blocks.population.astype(np.float64), 1e-6)
    mass = np.bincount(labels, weights=weights)[regions]
    x = np.bincount(labels, weights=weights * blocks.centroid_m[:, 0])[regions] / mass
    y = np.bincount(labels, weights=weights * blocks.centroid_m[:, 1])[regions] / mass
    keys = blocks.municipality[first]
    order = np.lexsort((first, np.round(x), -np.round(y), keys))
    return [int(regions[i]) for i in order]


def _kept_numbers(prepared: Prepared, labels: LabelArray) -> dict[int, int]:
    constraints = prepared.problem.constraints
    index = {block: i for i, block in enumerate(prepared.blocks.ids)} if constraints.locked else {}
    kept: dict[int, int] = {}
    for block, region in sorted(constraints.locked.items()):
        if region not in kept.values():  # demands that contradict each other must not give two regions one number
            kept.setdefault(int(labels[index[block]]), region)
    if constraints.current_plan is None:
        return kept
    current = constraints.current_plan.labels[prepared.order]
    return {**_best_matches(labels, current, set(kept.values()), set(kept), prepared), **kept}


def _best_matches(
    labels: LabelArray, current: LabelArray, used: set[int], done: set[int], prepared: Prepared
) -> dict[int, int]:
    """Largest overlap in residents first, each number once."""
    pairs, at = np.unique(np.stack([labels, current], axis=1), axis=0, return_inverse=True)
    weight = np.bincount(at.ravel(), weights=prepared.blocks.population + 1e-3)
    matches: dict[int, int] = {}
    for i in np.lexsort((pairs[:, 1], pairs[:, 0], -weight)):
        region, number = int(pairs[i, 0]), int(pairs[i, 1])
        if number > 0 and region not in done and region not in matches and number not in used:
            matches[region] = number
            used = used | {number}
    return matches
