"""Counts (Fallzahlen): what is stored per block and date; rates are only ever computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntFlag
from typing import Any

import numpy as np
import pandas as pd

from spatial.arrays import BoolArray, FloatArray, frozen
from spatial.errors import Finding, InputError
from spatial.fingerprint import digest


class CellState(IntFlag):
    """What a cell says; four different kinds of "no number", none of them zero (DIN 55301).

    A region carries the union of the states of its blocks, so that a missing block stays visible in every total.
    """

    NONE = 0
    KNOWN = 1
    MISSING = 2
    SUPPRESSED = 4
    NOT_APPLICABLE = 8


NUMERATOR, DENOMINATOR = 0, 1
SUFFIXES = ("num", "den")


@dataclass(frozen=True, eq=False)
class CountTable:
    """Numerators and denominators per area, indicator and date (Fallzahlen).

    Attributes
    ----------
    ids : n area ids, unique texts
    indicators : k catalogue ids
    dates : d reference dates, ISO text ``2022-12-31``, ascending
    values : (n, d, k, 2) float64, numerator and denominator, NaN unless the state is KNOWN
    states : (n, d, k, 2) uint8, ``CellState``
    geography : territorial status (Gebietsstand) the ids belong to

    Raises
    ------
    InputError : wrong shapes, doubled ids, numbers in cells that are not known, or known cells without a number

    >>> table = count_table(["a", "b"], {"EIN02": ([3, np.nan], [100, 120])}, date="2022-12-31")
    >>> table.states[:, 0, 0, 0].tolist(), table.totals("EIN02")
    ([1, 2], (3.0, 220.0))
    """

    ids: tuple[str, ...]
    indicators: tuple[str, ...]
    dates: tuple[str, ...]
    values: FloatArray
    states: Any
    geography: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen(self.values, np.float64))
        object.__setattr__(self, "states", frozen(self.states, np.uint8))
        findings = _findings(self)
        if findings:
            raise InputError(*findings)

    def __len__(self) -> int:
        return len(self.ids)

    def __reduce__(self) -> tuple[Any, ...]:
        return CountTable, (self.ids, self.indicators, self.dates, self.values, self.states, self.geography)

    def totals(self, indicator: str, date: str | None = None) -> tuple[float, float]:
        """Sum of the known numerators and denominators of one indicator at one date (default: the last)."""
        day = self.dates.index(date) if date else len(self.dates) - 1
        cells = self.values[:, day, self.indicators.index(indicator)]
        sums = np.nansum(cells, axis=0)
        return float(sums[NUMERATOR]), float(sums[DENOMINATOR])

    def ordered(self, ids: Sequence[str]) -> CountTable:
        """The same counts in the order of ``ids``; areas without counts become missing, never zero."""
        index = {key: i for i, key in enumerate(self.ids)}
        rows = np.array([index.get(key, -1) for key in ids], dtype=np.int64)
        values = np.where((rows >= 0)[:, None, None, None], self.values[rows], np.nan)
        states = np.where((rows >= 0)[:, None, None, None], self.states[rows], np.uint8(CellState.MISSING))
        return CountTable(tuple(ids), self.indicators, self.dates, values, states, self.geography)

    def only(self, indicators: Sequence[str]) -> CountTable:
        """The counts of these indicators."""
        if tuple(indicators) == self.indicators:
            return self
        columns = [self.indicators.index(key) for key in indicators]
        values, states = self.values[:, :, columns], self.states[:, :, columns]
        return CountTable(self.ids, tuple(indicators), self.dates, values, states, self.geography)

    @property
    def fingerprint(self) -> str:
        """Equal counts, equal fingerprint, whatever the order of the areas."""
        order = np.argsort(np.array(self.ids, dtype=object))
        ids = tuple(self.ids[i] for i in order)
        numbers = np.nan_to_num(np.round(self.values[order], 6), nan=-1.0)
        return digest(ids, self.indicators, self.dates, numbers, self.states[order], self.geography)


def count_table(ids: Sequence[str], columns: Any, *, date: str, geography: str = "") -> CountTable:
    """Counts of one date from plain columns: ``{indicator: (numerators, denominators)}``; NaN is missing."""
    keys = tuple(columns)
    values = np.full((len(ids), 1, len(keys), 2), np.nan)
    for k, key in enumerate(keys):
        for side, column in enumerate(columns[key]):
            values[:, 0, k, side] = np.asarray(column, dtype=np.float64)
    return CountTable(tuple(ids), keys, (date,), values, states_of(values), geography)


def joined_dates(tables: Sequence[CountTable]) -> CountTable:
    """Several dates of the same areas in one table; areas absent at a date are missing there."""
    ids = tuple(dict.fromkeys(key for table in tables for key in table.ids))
    indicators = tuple(dict.fromkeys(key for table in tables for key in table.indicators))
    dates = tuple(sorted({day for table in tables for day in table.dates}))
    values = np.full((len(ids), len(dates), len(indicators), 2), np.nan)
    states = np.full(values.shape, CellState.MISSING, dtype=np.uint8)
    for table in tables:
        rows = pd.Index(ids).get_indexer(pd.Index(table.ids))
        days = np.array([dates.index(day) for day in table.dates])
        columns = np.array([indicators.index(key) for key in table.indicators])
        where = np.ix_(rows, days, columns)
        values[where], states[where] = table.values, table.states
    return CountTable(ids, indicators, dates, values, states, tables[0].geography if tables else "")


def states_of(values: FloatArray) -> Any:
    """KNOWN where there is a number, MISSING elsewhere; (…,) uint8."""
    return np.where(np.isnan(values), CellState.MISSING, CellState.KNOWN).astype(np.uint8)


def long_frame(table: CountTable) -> pd.DataFrame:
    """The counts as a long table with the columns area, date, indicator, num, den, num_state, den_state."""
    n, d, k = len(table.ids), len(table.dates), len(table.indicators)
    flat, states = table.values.reshape(-1, 2), table.states.reshape(-1, 2)
    return pd.DataFrame(
        {
            "area": np.repeat(np.array(table.ids, dtype=object), d * k),
            "date": np.tile(np.repeat(np.array(table.dates, dtype=object), k), n),
            "indicator": np.tile(np.array(table.indicators, dtype=object), n * d),
            "num": flat[:, 0],
            "den": flat[:, 1],
            "num_state": states[:, 0],
            "den_state": states[:, 1],
        }
    )


def known(table: CountTable) -> BoolArray:
    """(n, d, k) bool: numerator and denominator are both numbers."""
    both: BoolArray = (table.states == CellState.KNOWN).all(axis=3)
    return both


def _findings(table: CountTable) -> list[Finding]:
    shape = (len(table.ids), len(table.dates), len(table.indicators), 2)
    if table.values.shape != shape or table.states.shape != shape:
        return [Finding("counts.shape", values={"expected": shape, "values": table.values.shape})]
    found = []
    for name in ("ids", "indicators", "dates"):
        keys = getattr(table, name)
        twice = sorted({key for key in keys if keys.count(key) > 1}) if len(set(keys)) < len(keys) else []
        if twice:
            found.append(Finding("counts.duplicate", where=tuple(twice), values={"axis": name}))
    if (np.isnan(table.values) == (table.states == CellState.KNOWN)).any():
        found.append(Finding("counts.state"))
    return found
