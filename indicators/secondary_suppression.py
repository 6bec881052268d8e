"""Secondary suppression (sekundäre Geheimhaltung): a secret cell cannot be found by subtraction from its total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from spatial.arrays import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Level:
    """The cells of one level, (m, d, k) each, and the position of each area's parent one level up (−1 = none)."""

    num: FloatArray
    den: FloatArray
    known: BoolArray
    primary: BoolArray
    parent: IntArray


def protected_masks(levels: Sequence[Level], limits: Sequence[tuple[int, int]]) -> list[BoolArray]:
    """Masks of secret cells per level, grown until no published total gives a secret cell away.

    For each published parent, what stays hidden among its children must be at least two areas and together as large
    as a cell that may be shown; otherwise the next smallest child is hidden too, and if none is left, the parent. A
    child that is secret for itself is never the only one hidden below a published parent.
    A hidden parent needs at least one hidden child. The rule looks at one tree of levels and one date; overlapping
    drafts and pairs of dates are the task of the audit at the door.

    Parameters
    ----------
    levels : from coarse to fine
    limits : smallest numerator and denominator per indicator (k)
    """
    masks = [level.primary.copy() for level in levels]
    while _grow(levels, masks, limits):
        pass
    return masks


def _grow(levels: Sequence[Level], masks: list[BoolArray], limits: Sequence[tuple[int, int]]) -> bool:
    """One pass from fine to coarse; True when a cell was added."""
    grown = False
    hidden = _hidden_amounts(levels, masks)
    for depth in range(len(levels) - 1, 0, -1):
        for parent, day, column in _open_questions(levels[depth], masks, depth, hidden[depth], limits):
            masks_before = masks[depth].sum() + masks[depth - 1].sum()
            _hide_one(levels[depth], masks, (depth, parent, day, column))
            grown |= bool(masks[depth].sum() + masks[depth - 1].sum() > masks_before)
    return grown


def _hidden_amounts(levels: Sequence[Level], masks: Sequence[BoolArray]) -> list[tuple[FloatArray, ...]]:
    """What nobody can know of each area: (numerator, denominator, number of finest areas) hidden below it."""
    amounts: list[tuple[FloatArray, ...]] = []
    for depth in range(len(levels) - 1, -1, -1):
        level, mask = levels[depth], masks[depth] & levels[depth].known
        own = (level.num, level.den, np.ones_like(level.num))
        if depth == len(levels) - 1:
            amounts.append(tuple(np.where(mask, part, 0.0) for part in own))
            continue
        below = levels[depth + 1]
        sums = tuple(_by_parent(below.parent, part, len(level.num)) for part in amounts[-1])
        childless = ~np.isin(np.arange(len(level.num)), below.parent)[:, None, None]
        amounts.append(tuple(np.where(mask, np.where(childless, o, s), 0.0) for o, s in zip(own, sums, strict=True)))
    return amounts[::-1]


def _open_questions(
    level: Level,
    masks: Sequence[BoolArray],
    depth: int,
    hidden: tuple[FloatArray, ...],
    limits: Sequence[tuple[int, int]],
) -> list[tuple[int, int, int]]:
    """Parents (index, date, indicator) whose hidden children could be found, or which are hidden in vain."""
    parents = len(masks[depth - 1])
    num, den, areas = (_by_parent(level.parent, part, parents) for part in hidden)
    smallest = np.array([limit[0] for limit in limits])
    group = np.array([limit[1] for limit in limits])
    children = _by_parent(level.parent, (masks[depth] & level.known).astype(float), parents)
    own = _by_parent(level.parent, (level.primary & masks[depth] & level.known).astype(float), parents)
    alone = (children == 1) & (own > 0)  # however much is hidden below it, the parent less the others would tell it
    weak = (num > 0) & (num < smallest) | (den > 0) & (den < group) | (areas < 2) | alone
    found = (children > 0) & weak & ~masks[depth - 1]
    has_children = np.isin(np.arange(parents), level.parent)[:, None, None]
    vain = masks[depth - 1] & (children == 0) & has_children
    return [(int(p), int(d), int(k)) for p, d, k in np.argwhere(found | vain)]


def _hide_one(level: Level, masks: list[BoolArray], cell: tuple[int, int, int, int]) -> None:
    """Hide the next smallest shown child, those with cases first; without one, hide the parent."""
    depth, parent, day, column = cell
    rows = np.flatnonzero(level.parent == parent)
    shown = rows[level.known[rows, day, column] & ~masks[depth][rows, day, column]]
    if not len(shown):
        masks[depth - 1][parent, day, column] = True
        return
    den, num = level.den[shown, day, column], level.num[shown, day, column]
    order = np.lexsort((num, den, num == 0))
    masks[depth][shown[order[0]], day, column] = True


def _by_parent(parent: IntArray, values: FloatArray, parents: int) -> FloatArray:
    sums = np.zeros((parents, *values.shape[1:]))
    inside = parent >= 0
    np.add.at(sums, parent[inside], values[inside])
    return sums
