"""Indicators with their intervals for the regions of any plan (Indikatorentabelle)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from indicators.aggregate import aggregate
from indicators.catalogue import Catalogue, Indicator
from indicators.counts import DENOMINATOR, NUMERATOR, CellState, CountTable
from indicators.intervals import poisson_limits, wilson
from spatial.arrays import FloatArray, IntArray, LabelArray, frozen
from spatial.fingerprint import digest

METHOD_VERSION = "indicators-1"
_ARRAYS = ("value", "low", "high", "numerator", "denominator")


@dataclass(frozen=True, eq=False)
class IndicatorTable:
    """Values with interval and state per area, date and indicator (Indikatorentabelle, intern).

    Attributes
    ----------
    ids : m areas
    dates, indicators : as in the counts
    value, low, high : (m, d, k) float64 in the unit of the indicator; NaN unless the state is KNOWN;
        low and high are NaN for kinds without an interval (balance, supply, mean, density, count, model)
    numerator, denominator : (m, d, k) float64, the pooled counts; vertraulich
    state : (m, d, k) uint8, ``CellState``
    catalogue : definitions in the order of ``indicators``
    level : what the areas are, for example ``"sozialraum"``
    """

    ids: tuple[str, ...]
    dates: tuple[str, ...]
    catalogue: Catalogue
    value: FloatArray
    low: FloatArray
    high: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    state: Any
    level: str = "sozialraum"
    confidence: float = 0.95

    def __post_init__(self) -> None:
        for name in _ARRAYS:
            object.__setattr__(self, name, frozen(getattr(self, name), np.float64))
        object.__setattr__(self, "state", frozen(self.state, np.uint8))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the indicators in their order."""
        return self.catalogue.ids

    @property
    def fingerprint(self) -> str:
        """Equal figures, equal fingerprint; carries method and catalogue version."""
        numbers = (np.nan_to_num(np.round(getattr(self, name), 9), nan=-1.0) for name in _ARRAYS)
        return digest(METHOD_VERSION, self.ids, self.dates, self.catalogue.fingerprint, *numbers, self.state)

    def column(self, indicator: str, date: str | None = None) -> pd.DataFrame:
        """One indicator at one date (default: the last), indexed by area: value, low, high, num, den, state."""
        k = self.indicators.index(indicator)
        d = self.dates.index(date) if date else len(self.dates) - 1
        names = dict(zip(_ARRAYS, ("value", "low", "high", "num", "den"), strict=True))
        columns = {short: getattr(self, name)[:, d, k] for name, short in names.items()}
        return pd.DataFrame({**columns, "state": self.state[:, d, k]}, index=pd.Index(self.ids, name="area"))


def compute(
    catalogue: Catalogue, counts: CountTable, labels: LabelArray, *, level: str = "sozialraum", confidence: float = 0.95
) -> IndicatorTable:
    """All indicators of every region of a plan, computed from the pooled counts of its blocks.

    Parameters
    ----------
    catalogue : definitions; counts of other indicators are left out
    counts : counts of n blocks in the order of ``labels``
    labels : (n,) int, region number or −1

    >>> from indicators.catalogue import standard_catalogue
    >>> from indicators.counts import count_table
    >>> blocks = count_table(["a", "b"], {"EIN02": ([10, 30], [100, 100])}, date="2022-12-31")
    >>> compute(standard_catalogue(), blocks, np.array([1, 1])).value.ravel().tolist()
    [20.0]
    """
    used = catalogue.only(counts.indicators)
    totals = aggregate(counts.only(used.ids), labels)
    return indicator_table(used, totals, level=level, confidence=confidence)


def indicator_table(
    catalogue: Catalogue, totals: CountTable, *, level: str = "sozialraum", confidence: float = 0.95
) -> IndicatorTable:
    """Values and intervals of areas whose counts are already pooled."""
    num, den = totals.values[..., NUMERATOR], totals.values[..., DENOMINATOR]
    state = cell_state(catalogue, totals)
    known = state == CellState.KNOWN
    value, low, high = (np.full(num.shape, np.nan) for _ in range(3))
    for kind in dict.fromkeys(indicator.kind for indicator in catalogue):
        k = np.array([i for i, indicator in enumerate(catalogue) if indicator.kind == kind])
        cells = _values([tuple(catalogue)[i] for i in k], num[:, :, k], den[:, :, k], confidence)
        for target, numbers in zip((value, low, high), cells, strict=True):
            target[:, :, k] = np.where(known[:, :, k], numbers, np.nan)
    arrays = {"value": value, "low": low, "high": high}
    arrays |= {"numerator": np.where(known, num, np.nan), "denominator": np.where(known, den, np.nan)}
    return IndicatorTable(
        totals.ids, totals.dates, catalogue, **arrays, state=state, level=level, confidence=confidence
    )


def recompute(table: IndicatorTable, counts: CountTable, *, before: LabelArray, after: LabelArray) -> IndicatorTable:
    """The table after an edit, computing only the regions whose blocks changed (Neuberechnung)."""
    moved = before != after
    touched = np.unique(np.concatenate([before[moved], after[moved]]))
    regions = np.unique(after[after >= 0]).astype(np.int64)
    changed = touched[np.isin(touched, regions)].astype(np.int64)
    fresh_counts = aggregate(counts.only(table.indicators), after, regions=changed)
    fresh = indicator_table(table.catalogue, fresh_counts, level=table.level, confidence=table.confidence)
    return _patched(table, fresh, regions)


def cell_state(catalogue: Catalogue, totals: CountTable) -> Any:
    """(m, d, k) uint8: suppressed before missing before not applicable; a quotient needs both sides."""
    needs = np.array([indicator.has_denominator for indicator in catalogue])
    num = totals.states[..., NUMERATOR]
    den = np.where(needs, totals.states[..., DENOMINATOR], np.uint8(CellState.KNOWN))
    union = num | den
    state = np.full(num.shape, CellState.KNOWN, dtype=np.uint8)
    empty = needs & (np.nan_to_num(totals.values[..., DENOMINATOR], nan=1.0) == 0)
    state[empty | (union & CellState.NOT_APPLICABLE > 0)] = CellState.NOT_APPLICABLE
    state[union & CellState.MISSING > 0] = CellState.MISSING
    state[union & CellState.SUPPRESSED > 0] = CellState.SUPPRESSED
    return state


def _values(alike: Sequence[Indicator], num: FloatArray, den: FloatArray, confidence: float) -> tuple[FloatArray, ...]:
    """Value and limits of indicators of one kind, (m, d, k) each."""
    kind, per = alike[0].kind, np.array([indicator.per for indicator in alike])
    if not alike[0].has_denominator:
        return num, np.full(num.shape, np.nan), np.full(num.shape, np.nan)
    base = np.where(den > 0, den, np.nan)
    if kind == "proportion":
        low, high = wilson(num, den, confidence=confidence)
    elif kind in ("rate", "ratio"):
        low, high = (limit / base for limit in poisson_limits(num, confidence=confidence))
    else:
        low = high = np.full(num.shape, np.nan)
    return per * num / base, per * low, per * high


def _patched(table: IndicatorTable, fresh: IndicatorTable, regions: IntArray) -> IndicatorTable:
    old = {key: i for i, key in enumerate(table.ids)}
    new = {key: i for i, key in enumerate(fresh.ids)}
    ids = tuple(str(number) for number in regions)
    source = np.array([new.get(key, -1) for key in ids], dtype=np.int64)
    kept = np.array([old.get(key, 0) for key in ids], dtype=np.int64)
    arrays = {}
    for name in (*_ARRAYS, "state"):
        array = getattr(table, name)[kept].copy()
        array[source >= 0] = getattr(fresh, name)[source[source >= 0]]
        arrays[name] = array
    return IndicatorTable(ids, table.dates, table.catalogue, **arrays, level=table.level, confidence=table.confidence)
