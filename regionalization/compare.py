"""How two plans differ (Vergleich), whatever numbers their regions carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from spatial.arrays import LabelArray
from spatial.blocks import BlockSet
from spatial.errors import Finding, InputError
from spatial.plan import UNASSIGNED, Plan


@dataclass(frozen=True)
class Difference:
    """What changes from one plan to another.

    Attributes
    ----------
    blocks : ids that change their region, in block order
    residents : their residents
    matching : region of the second plan → region of the first it continues
    new_regions : regions of the second plan that continue none
    gone_regions : regions of the first plan that none continues
    adjusted_rand : similarity of the two divisions, 1 = equal, about 0 = unrelated
    """

    blocks: tuple[str, ...]
    residents: int
    matching: dict[int, int]
    new_regions: tuple[int, ...]
    gone_regions: tuple[int, ...]
    adjusted_rand: float


def compare(before: Plan, after: Plan, blocks: BlockSet) -> Difference:
    """Blocks and residents that change region when regions are matched by most common residents.

    Raises
    ------
    InputError : a plan has another number of blocks

    >>> from spatial.blocks import block_set
    >>> two = block_set(["a", "b"], population=[10, 20])
    >>> compare(Plan(np.array([1, 2])), Plan(np.array([5, 3])), two).residents   # only other numbers
    0
    """
    if not len(before) == len(after) == len(blocks):
        lengths = {"blocks": len(blocks), "before": len(before), "after": len(after)}
        raise InputError(Finding("compare.length", values=lengths))
    matching = matched_regions(before, after, blocks)
    lookup = {**matching, UNASSIGNED: UNASSIGNED}
    translated = np.array([lookup.get(int(r), -2) for r in after.labels], dtype=np.int64)
    changed = np.flatnonzero(translated != before.labels)
    return Difference(
        blocks=tuple(blocks.ids[i] for i in changed),
        residents=int(blocks.population[changed].sum()),
        matching=matching,
        new_regions=tuple(int(r) for r in after.regions if int(r) not in matching),
        gone_regions=tuple(int(r) for r in before.regions if int(r) not in matching.values()),
        adjusted_rand=adjusted_rand(before.labels, after.labels),
    )


def matched_regions(before: Plan, after: Plan, blocks: BlockSet) -> dict[int, int]:
    """Region of ``after`` → region of ``before`` so that most residents stay (Hungarian method, no doubles)."""
    # Loaded here: scipy.optimize takes longer to load than a proposal for 2,000 blocks takes to make.
    from scipy.optimize import linear_sum_assignment

    rows, columns = after.regions, before.regions
    if not len(rows) or not len(columns):
        return {}
    used = (after.labels != UNASSIGNED) & (before.labels != UNASSIGNED)
    i = np.searchsorted(rows, after.labels[used])
    j = np.searchsorted(columns, before.labels[used])
    common = np.zeros((len(rows), len(columns)))
    np.add.at(common, (i, j), blocks.population[used] + 1e-6)
    same = rows[:, None] == columns[None, :]
    pairs = zip(*linear_sum_assignment(common + 1e-9 * same, maximize=True), strict=True)
    return {int(rows[a]): int(columns[b]) for a, b in pairs if common[a, b] > 0}


def adjusted_rand(a: LabelArray, b: LabelArray) -> float:
    """Similarity of two divisions of the same blocks: 1 equal, about 0 as alike as chance.

    Source
    ------
    Hubert and Arabie (1985), Journal of Classification 2.

    >>> adjusted_rand(np.array([1, 1, 2, 2]), np.array([7, 7, 3, 3]))
    1.0
    """
    table = np.unique(np.stack([a, b], axis=1), axis=0, return_counts=True)[1]
    rows, columns = np.unique(a, return_counts=True)[1], np.unique(b, return_counts=True)[1]
    both, in_a, in_b = _pairs(table), _pairs(rows), _pairs(columns)
    expected = in_a * in_b / max(_pairs(np.array([len(a)])), 1.0)
    limit = (in_a + in_b) / 2
    return 1.0 if limit == expected else float((both - expected) / (limit - expected))


def _pairs(counts: Any) -> float:
    return float((counts.astype(np.float64) * (counts - 1) / 2).sum())
