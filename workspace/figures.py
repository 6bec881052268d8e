"""From counts and a drawing to figures on their levels: county, municipality, Sozialraum (Kennzahlen)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from indicators.catalogue import Catalogue
from indicators.compute import IndicatorTable, compute, recompute
from indicators.counts import CountTable
from spatial.arrays import IntArray, LabelArray
from spatial.fingerprint import digest
from spatial.plan import UNASSIGNED
from workspace.release_request import Candidate

COUNTY, MUNICIPALITY = "kreis", "gemeinde"
REST = "rest"


def figures_of_plan(
    catalogue: Catalogue,
    counts: CountTable,
    labels: LabelArray,
    *,
    municipality: Sequence[str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Candidate:
    """All figures of a drawing, ready for the door: county, municipalities where regions nest in them, regions.

    Parameters
    ----------
    counts : counts of n blocks
    labels : (n,) region of each block, −1 = none; such blocks form a rest that is protected and never printed
    municipality : n keys; left out or crossed by a region, the level is left out
    names : printed names by area key, for municipalities and regions

    >>> from indicators.catalogue import standard_catalogue
    >>> from indicators.counts import count_table
    >>> blocks = count_table(["a", "b"], {"EIN02": ([10, 30], [100, 100])}, date="2022-12-31")
    >>> [t.level for t in figures_of_plan(standard_catalogue(), blocks, np.array([0, 1])).tables]
    ['kreis', 'sozialraum']
    """
    codes = np.asarray(labels, dtype=np.int64)
    rest = int(codes.max(initial=0)) + 1
    filled = np.where(codes == UNASSIGNED, rest, codes)
    levels: list[tuple[str, IntArray, dict[int, str]]] = [(COUNTY, np.zeros(len(codes), dtype=np.int64), {0: COUNTY})]
    if municipality is not None:
        keys, where = np.unique(np.array(municipality, dtype=object), return_inverse=True)
        if len(keys) > 1 and _nested(filled, where):
            levels.append((MUNICIPALITY, where.astype(np.int64), dict(enumerate(keys))))
    regions = {int(r): REST if r == rest else str(r) for r in np.unique(filled)}
    levels.append(("sozialraum", filled, regions))
    return _candidate(catalogue, counts, levels, names=names or {})


def redrawn(
    figures: Candidate,
    counts: CountTable,
    labels: tuple[LabelArray, LabelArray],
    *,
    municipality: Sequence[str],
) -> Candidate:
    """The figures after some blocks changed their region: only the regions concerned are worked out anew.

    Parameters
    ----------
    figures : of the drawing before, with region numbers as ids
    labels : regions ≥ 0 before and after
    municipality : n keys
    """
    before, after = labels
    where = np.unique(np.array(municipality, dtype=object), return_inverse=True)[1]
    has_level = any(table.level == MUNICIPALITY for table in figures.tables)
    if has_level != (len(np.unique(where)) > 1 and _nested(after.astype(np.int64), where)):
        fresh = figures_of_plan(figures.tables[0].catalogue, counts, after, municipality=municipality)
        return replace(fresh, withheld=figures.withheld)
    table = recompute(figures.tables[-1], counts, before=before, after=after)
    upper = where if has_level else np.zeros(len(after), dtype=np.int64)
    members = _members(counts.ids, after.astype(np.int64))
    return replace(
        figures,
        tables=(*figures.tables[:-1], table),
        parents=(*figures.parents[:-1], _parents(upper, after.astype(np.int64))),
        members=(*figures.members[:-1], members),
        names=(*figures.names[:-1], table.ids),
        plan=digest(counts.geography, tuple(sorted(members))),
    )


def _nested(inner: IntArray, outer: IntArray) -> bool:
    pairs = np.unique(np.c_[inner, outer], axis=0)
    return len(pairs) == len(np.unique(inner))


def _candidate(
    catalogue: Catalogue,
    counts: CountTable,
    levels: Sequence[tuple[str, IntArray, dict[int, str]]],
    *,
    names: Mapping[str, str],
) -> Candidate:
    tables, members, printed = [], [], []
    for level, codes, keys in levels:
        table = compute(catalogue, counts, codes.astype(np.int32), level=level)
        tables.append(_named(table, keys))
        members.append(_members(counts.ids, codes))
        printed.append(tuple(names.get(keys[int(number)], keys[int(number)]) for number in table.ids))
    parents = tuple(_parents(levels[i][1], levels[i + 1][1]) for i in range(len(levels) - 1))
    plan = digest(counts.geography, tuple(sorted(members[-1])))
    return Candidate(tuple(tables), parents, tuple(members), plan, tuple(printed), frozenset({REST}), counts)


def _named(table: IndicatorTable, keys: Mapping[int, str]) -> IndicatorTable:
    return replace(table, ids=tuple(keys[int(number)] for number in table.ids))


def _members(ids: Sequence[str], codes: IntArray) -> tuple[tuple[str, ...], ...]:
    order = np.argsort(codes, kind="stable")
    _, starts = np.unique(codes[order], return_index=True)
    keys = np.array(ids, dtype=object)[order]
    return tuple(tuple(sorted(group)) for group in np.split(keys, starts[1:]))


def _parents(upper: IntArray, lower: IntArray) -> IntArray:
    """Index of the parent area of each lower area, both in ascending order of their codes."""
    _, first = np.unique(lower, return_index=True)
    parents: IntArray = np.searchsorted(np.unique(upper), upper[first]).astype(np.int64)
    return parents
