"""Counts of an earlier territorial status on the areas of today (Umsteigeschlüssel), totals conserved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from indicators.counts import CellState, CountTable
from spatial.errors import Finding, InputError


def on_new_areas(
    counts: CountTable, links: Sequence[tuple[str, str, float]], *, ids: Sequence[str], geography: str
) -> CountTable:
    """Move counts from old areas to new ones by the shares of a crosswalk (Umrechnung auf neue Grenzen).

    Parameters
    ----------
    counts : counts of the old areas
    links : old id, new id, share of the old area's persons that live in the new one; the shares of each old area
        add up to 1
    ids : the new areas in their order
    geography : name of the new territorial status

    Returns
    -------
    Counts of the new areas; divided counts are modelled values. A new area that takes from a missing or secret old
    one is missing or secret; sums over all areas stay the same.

    Errors
    ------
    InputError : unknown areas, shares that do not add up to 1

    >>> from indicators.counts import count_table
    >>> old = count_table(["a"], {"EIN02": ([10], [100])}, date="2020-12-31")
    >>> on_new_areas(old, [("a", "x", 0.4), ("a", "y", 0.6)], ids=["x", "y"], geography="2022").totals("EIN02")
    (10.0, 100.0)
    """
    source = {key: i for i, key in enumerate(counts.ids)}
    target = {key: i for i, key in enumerate(ids)}
    _check(links, source, target)
    n, shape = len(ids), counts.values.shape[1:]
    values, union = np.zeros((n, *shape)), np.zeros((n, *shape), dtype=np.uint8)
    for old, new, share in links:
        values[target[new]] += share * np.nan_to_num(counts.values[source[old]])
        union[target[new]] |= counts.states[source[old]]
    states = _single_state(union)
    known = np.where(states == CellState.KNOWN, values, np.nan)
    return CountTable(tuple(ids), counts.indicators, counts.dates, known, states, geography)


def _single_state(union: Any) -> Any:
    states = np.full(union.shape, CellState.MISSING, dtype=np.uint8)
    states[union & CellState.KNOWN > 0] = CellState.KNOWN
    states[union == CellState.NOT_APPLICABLE] = CellState.NOT_APPLICABLE
    states[union & CellState.MISSING > 0] = CellState.MISSING
    states[union & CellState.SUPPRESSED > 0] = CellState.SUPPRESSED
    return states


def _check(links: Sequence[tuple[str, str, float]], source: dict[str, int], target: dict[str, int]) -> None:
    unknown = tuple(
        sorted({old for old, _, _ in links} - source.keys()) + sorted({new for _, new, _ in links} - target.keys())
    )
    sums: dict[str, float] = {}
    for old, _, share in links:
        sums[old] = sums.get(old, 0.0) + share
    lost = tuple(key for key in source if abs(sums.get(key, 0.0) - 1) > 1e-6)
    found = [Finding("crosswalk.area.unknown", where=unknown)] if unknown else []
    found += [Finding("crosswalk.share.sum", where=lost, values={"count": len(lost)})] if lost else []
    if found:
        raise InputError(*found)
