"""Counts on their way into a project (Fallzahlen übernehmen): read, held against the blocks, compared, then kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from indicators.catalogue import Catalogue, standard_catalogue
from indicators.count_doubts import date_doubts
from indicators.counts import CellState, CountTable
from spatial.errors import Finding, InputError, Severity, blocking
from workspace.county import SAMPLE_LABEL
from workspace.indicator_actions import read_counts
from workspace.indicator_desk import counts_of_sample
from workspace.store import CountSource, Store, StoredCounts

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class TotalChange:
    """The total of one indicator at one date before and after; NaN where there was or is none."""

    indicator: str
    date: str
    before: float
    after: float


@dataclass(frozen=True)
class CountChange:
    """What becomes different when new counts take the place of old ones (Änderung der Fallzahlen).

    Attributes
    ----------
    new_dates, gone_dates, new_indicators, gone_indicators : what comes and what goes
    cells : counts that have another number or another state, among those that stay
    blocks : blocks with such a count
    totals : totals of the numerator that change, the largest change first
    """

    new_dates: tuple[str, ...]
    gone_dates: tuple[str, ...]
    new_indicators: tuple[str, ...]
    gone_indicators: tuple[str, ...]
    cells: int
    blocks: tuple[str, ...]
    totals: tuple[TotalChange, ...]

    @property
    def nothing(self) -> bool:
        """Are both the same?"""
        return not (self.new_dates or self.gone_dates or self.new_indicators or self.gone_indicators or self.cells)


def counts_from_file(
    path: Path, ids: Sequence[str], *, source: CountSource, catalogue: Catalogue | None = None, layer: str = "counts"
) -> tuple[StoredCounts, tuple[Finding, ...]]:
    """Counts of a file for the blocks of a county, with everything that was noticed.

    Parameters
    ----------
    ids : the county's blocks; counts of other blocks are named and left out, blocks without counts are missing
    source : name of the file, person, time and whether all of it is modelled; digest and the rest are filled in

    Errors
    ------
    InputError : the file cannot be used, or no block of the county is in it; carries every finding
    """
    chosen = catalogue or standard_catalogue()
    table, found = read_counts(path, chosen, layer=layer)
    late = date_doubts(table.dates, today=source.taken_at[:10])
    findings = (*found, *late, *_block_findings(table.ids, ids))
    if blocking(findings):
        raise InputError(*findings)
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    noticed = tuple(dict.fromkeys(finding.code for finding in findings))
    full = replace(source, sha256=sha256, catalogue=chosen.fingerprint, findings=noticed)
    return stored_counts(table.ordered(ids), full, chosen), findings


def counts_of_example(ids: Sequence[str], *, taken_at: str) -> StoredCounts | None:
    """The counts of the embedded county as a project keeps them; all of them are invented."""
    table = counts_of_sample()
    if table is None:
        return None
    source = CountSource(SAMPLE_LABEL, taken_at=taken_at, modelled=True)
    return stored_counts(table.ordered(ids), source, standard_catalogue())


def stored_counts(table: CountTable, source: CountSource, catalogue: Catalogue) -> StoredCounts:
    """Counts with their provenance, indicators in the order a project keeps them; estimates are marked by date."""
    table = table.only(sorted(table.indicators))
    estimates = [key for key in table.indicators if source.modelled or catalogue[key].modelled]
    return StoredCounts(
        table,
        replace(source, geography=source.geography or table.geography, fingerprint=table.fingerprint),
        frozenset((key, day) for key in estimates for day in table.dates),
        {key: catalogue[key].source.name for key in table.indicators},
    )


def keep_counts(store: Store, stored: StoredCounts, *, instead_of: StoredCounts | None) -> None:
    """Keep counts in a project, in the place of those the person has seen being replaced.

    Errors
    ------
    StoreError : ``store.counts_changed`` when the project holds other counts by now
    """
    store.replace_counts(stored, instead_of=instead_of.source.fingerprint if instead_of is not None else "")


def count_change(before: CountTable, after: CountTable) -> CountChange:
    """What becomes different, for a person who is asked before anything is replaced.

    >>> from indicators.counts import count_table
    >>> old = count_table(["a", "b"], {"EIN02": ([3, 4], [90, 80])}, date="2022-12-31")
    >>> new = count_table(["a", "b"], {"EIN02": ([3, 5], [90, 80])}, date="2022-12-31")
    >>> change = count_change(old, new)
    >>> change.cells, change.blocks, change.totals[0].before, change.totals[0].after
    (1, ('b',), 7.0, 8.0)
    """
    days = [day for day in before.dates if day in after.dates]
    keys = [key for key in before.indicators if key in after.indicators]
    same = after.ordered(before.ids)
    different = _different(_part(before, days, keys), _part(same, days, keys))
    blocks = tuple(before.ids[i] for i in np.flatnonzero(different.any(axis=(1, 2, 3))))
    pairs = [(key, day) for key in keys for day in days]
    totals = [TotalChange(key, day, before.totals(key, day)[0], after.totals(key, day)[0]) for key, day in pairs]
    changed = [total for total in totals if abs(total.after - total.before) > _TOLERANCE]
    return CountChange(
        new_dates=tuple(day for day in after.dates if day not in before.dates),
        gone_dates=tuple(day for day in before.dates if day not in after.dates),
        new_indicators=tuple(key for key in after.indicators if key not in before.indicators),
        gone_indicators=tuple(key for key in before.indicators if key not in after.indicators),
        cells=int(different.sum()),
        blocks=blocks,
        totals=tuple(sorted(changed, key=lambda total: -abs(total.after - total.before))),
    )


def _part(table: CountTable, days: Sequence[str], keys: Sequence[str]) -> tuple[Any, Any]:
    where = np.ix_(
        range(len(table)), [table.dates.index(d) for d in days], [table.indicators.index(k) for k in keys], (0, 1)
    )
    return table.values[where], table.states[where]


def _different(one: tuple[Any, Any], two: tuple[Any, Any]) -> Any:
    known = (one[1] == CellState.KNOWN) & (two[1] == CellState.KNOWN)
    apart = np.abs(np.nan_to_num(one[0]) - np.nan_to_num(two[0])) > _TOLERANCE
    return (one[1] != two[1]) | (known & apart)


def _block_findings(given: Sequence[str], ids: Sequence[str]) -> list[Finding]:
    """Blocks of the file that the county lacks, and blocks of the county that the file lacks."""
    unknown, missing = sorted(set(given) - set(ids)), sorted(set(ids) - set(given))
    found = []
    if unknown:
        severity: Severity = "error" if len(unknown) == len(set(given)) else "warning"
        found.append(Finding("counts.block.unknown", severity, tuple(unknown), {"count": len(unknown)}))
    if missing:
        found.append(Finding("counts.block.without", "warning", tuple(missing), {"count": len(missing)}))
    return found
