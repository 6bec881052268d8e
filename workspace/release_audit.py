"""What two drawings tell together (Überlagerung): the door looks at everything that was released before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from indicators.counts import DENOMINATOR, NUMERATOR, CountTable
from indicators.disclosure import DisclosureRules, Protection, too_small
from spatial.arrays import BoolArray, FloatArray
from spatial.errors import Finding
from workspace.ledger import SECRET, SHOWN, Ledger
from workspace.release_request import Candidate


@dataclass(frozen=True, eq=False)
class _Seen:
    """Areas of earlier releases: (a, n) blocks inside, (a, d, k) cells shown and cells kept secret."""

    inside: BoolArray
    shown: BoolArray
    secret: BoolArray


def overlaid_masks(
    candidate: Candidate, masks: Sequence[BoolArray], ledger: Ledger, *, protection: Protection
) -> tuple[list[BoolArray], tuple[Finding, ...]]:
    """Hide what the ledger's earlier figures would give away together with the new ones.

    Two rules per indicator and date. An area that holds, or lies in, an area shown before differs from it by some
    blocks: when the counts of those blocks are too small to be shown, the new area is hidden, unless the very same
    area was shown before and tells nothing new. An area that was kept secret before stays secret. Afterwards no total
    may give the hidden cells away, so the secondary rule runs again.

    Areas that only overlap, sums of several areas and pairs of dates are not looked at here.

    Parameters
    ----------
    masks : (m, d, k) bool per table, what is hidden already
    ledger : only releases for workshop and public count
    protection : of the levels of the candidate
    """
    counts = candidate.blocks
    if counts is None or not ledger.outside:
        return list(masks), ()
    seen = _seen(candidate, counts, ledger)
    hidden = list(masks)
    for _round in range(sum(mask.size for mask in masks)):
        wider = [
            mask | _telling(candidate, depth, (seen, counts), rules=protection.rules)
            for depth, mask in enumerate(hidden)
        ]
        wider = protection.cells(wider)
        if all((new == old).all() for new, old in zip(wider, hidden, strict=True)):
            break
        hidden = wider
    more = int(sum(mask.sum() for mask in hidden) - sum(mask.sum() for mask in masks))
    return hidden, (Finding("release.overlap", "note", values={"cells": more}),) if more else ()


def _seen(candidate: Candidate, counts: CountTable, ledger: Ledger) -> _Seen:
    """Every different area that was released, with its cells in the order of the candidate."""
    table = candidate.tables[0]
    position = {block: i for i, block in enumerate(counts.ids)}
    cells: dict[tuple[str, ...], BoolArray] = {}
    blank = np.zeros((2, len(table.dates), len(table.indicators)), dtype=bool)
    for entry in ledger.outside:
        for level in entry.levels:
            days, columns = _places(level.dates, table.dates), _places(level.indicators, table.indicators)
            marks = np.stack([level.marked(SHOWN), level.marked(SECRET)])
            for i, area in enumerate(level.areas):
                blocks = entry.members[level.level, area]
                merged = cells.setdefault(blocks, blank.copy())
                merged[np.ix_([0, 1], days[1], columns[1])] |= marks[:, i][np.ix_([0, 1], days[0], columns[0])]
    known = {blocks: merged for blocks, merged in cells.items() if all(block in position for block in blocks)}
    inside = np.zeros((len(known), len(counts)), dtype=bool)
    for row, blocks in enumerate(known):
        inside[row, [position[block] for block in blocks]] = True
    both = np.stack(list(known.values())) if known else np.zeros((0, *blank.shape), dtype=bool)
    return _Seen(inside, both[:, 0], both[:, 1])


def _places(old: Sequence[str], new: Sequence[str]) -> tuple[list[int], list[int]]:
    """Positions of the common entries in the old and in the new order."""
    common = [key for key in old if key in new]
    return [old.index(key) for key in common], [new.index(key) for key in common]


def _telling(candidate: Candidate, depth: int, known: tuple[_Seen, CountTable], *, rules: DisclosureRules) -> BoolArray:
    """(m, d, k) bool: cells of one level that must be hidden because of earlier ones."""
    seen, counts = known
    table = candidate.tables[depth]
    inside = _inside(candidate.members[depth], counts)
    common = (_sparse(inside) @ _sparse(seen.inside).T).toarray()
    new, old = inside.sum(axis=1)[:, None], seen.inside.sum(axis=1)[None, :]
    mask, secret, shown = (np.zeros(table.state.shape, dtype=bool) for _ in range(3))
    for i, j in np.argwhere((common == new) & (common == old)):
        secret[i] |= seen.secret[j]
        shown[i] |= seen.shown[j]
    pairs = np.argwhere((common == np.minimum(new, old)) & (new != old))
    if len(pairs):
        num, den = _differences(counts, table.indicators, (inside, seen.inside), pairs)
        for k, indicator in enumerate(table.catalogue):
            telling = too_small(indicator, num[:, :, k], den[:, :, k], rules=rules) & seen.shown[pairs[:, 1], :, k]
            np.logical_or.at(mask[:, :, k], pairs[:, 0], telling)
    shown[:, :, np.isin(table.indicators, list(candidate.many_tables))] = False
    return mask & ~shown | secret


def _sparse(inside: BoolArray) -> Any:
    """Blocks in areas as a sparse matrix: a county has thousands of both, and each area few blocks."""
    return csr_array(inside.astype(np.float64))


def _inside(members: Sequence[Sequence[str]], counts: CountTable) -> BoolArray:
    position = {block: i for i, block in enumerate(counts.ids)}
    inside = np.zeros((len(members), len(counts)), dtype=bool)
    for row, blocks in enumerate(members):
        inside[row, [position[block] for block in blocks]] = True
    return inside


def _differences(
    counts: CountTable, indicators: Sequence[str], areas: tuple[BoolArray, BoolArray], pairs: Any
) -> tuple[FloatArray, FloatArray]:
    """Counts of the blocks in one area of each pair and not in the other: (p, d, k) numerators, denominators."""
    values = np.nan_to_num(counts.only(indicators).values)
    flat = values.reshape(len(values), -1)
    rows = tuple(np.unique(side, return_inverse=True) for side in pairs.T)
    sums = (_sparse(area[wanted]) @ flat for area, (wanted, _) in zip(areas, rows, strict=True))
    new, old = (total[place] for total, (_, place) in zip(sums, rows, strict=True))
    apart = np.abs(new - old).round(6).reshape(len(pairs), *values.shape[1:])
    return apart[..., NUMERATOR], apart[..., DENOMINATOR]
