"""Disclosure control (Geheimhaltung): which cells may not leave the house, and a table that does not hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from indicators.catalogue import Catalogue, Indicator
from indicators.compute import IndicatorTable
from indicators.counts import CellState
from indicators.secondary_suppression import Level, protected_masks
from indicators.shared_counts import SharedCounts, shared_counts, told_elsewhere
from spatial.arrays import BoolArray, FloatArray, IntArray, frozen
from spatial.errors import Finding, InputError

RULES_VERSION = "disclosure-1"
_FLOOR = 3
_PERSON_NUMERATOR = frozenset({"count", "density", "proportion", "rate", "ratio", "balance"})
_ARRAYS = ("value", "low", "high", "numerator", "denominator")


@dataclass(frozen=True)
class DisclosureRules:
    """How small a number may be before it is kept secret; limits can only be raised.

    Attributes
    ----------
    min_numerator : smallest count of persons or cases, ≥ 3; the higher of this and the catalogue's holds
    min_denominator : smallest group behind a quotient; the higher of this and the catalogue's holds (100 there)
    complement : also keep secret when all but one or two belong to the group, and when all are burdened

    Source
    ------
    Statistik der BA, Regelungen zur Geheimhaltung (3 cases); Destatis/BA grid quotas (100 and 3).
    """

    min_numerator: int = _FLOOR
    min_denominator: int = 0
    complement: bool = True

    def __post_init__(self) -> None:
        if self.min_numerator < _FLOOR or self.min_denominator < 0:
            values = {"numerator": self.min_numerator, "denominator": self.min_denominator, "limit": _FLOOR}
            raise InputError(Finding("disclosure.rules.low", values=values))

    def limits(self, indicator: Indicator) -> tuple[int, int]:
        """Smallest numerator and denominator that hold for an indicator."""
        numerator = max(self.min_numerator, indicator.min_numerator)
        return numerator, max(self.min_denominator, indicator.min_denominator)


@dataclass(frozen=True, eq=False)
class ReleasedTable:
    """Figures as they may be shown to an audience; a suppressed cell holds no number in any array.

    Attributes
    ----------
    audience : ``"intern"``, ``"workshop"`` or ``"public"``
    value, low, high, numerator, denominator : (m, d, k) float64, NaN unless the state is KNOWN
    state : (m, d, k) uint8; primary and secondary suppression look the same on purpose
    names : printed name of each area
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    dates: tuple[str, ...]
    catalogue: Catalogue
    value: FloatArray
    low: FloatArray
    high: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    state: Any
    level: str
    audience: str

    def __post_init__(self) -> None:
        for name in _ARRAYS:
            object.__setattr__(self, name, frozen(getattr(self, name), np.float64))
        object.__setattr__(self, "state", frozen(self.state, np.uint8))
        hidden = self.state != CellState.KNOWN
        if any(np.isfinite(getattr(self, name)[hidden]).any() for name in _ARRAYS):
            raise InputError(Finding("disclosure.value.hidden"))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the indicators in their order."""
        return self.catalogue.ids


def primary_cells(table: IndicatorTable, rules: DisclosureRules) -> BoolArray:
    """(m, d, k) bool: cells too small to be shown for themselves (primäre Geheimhaltung).

    One or two persons, a group behind a quotient smaller than its minimum, all but one or two of a group. Exactly
    zero may be shown where the group is large enough.
    """
    mask = np.zeros(table.state.shape, dtype=bool)
    for k, indicator in enumerate(table.catalogue):
        num, den = table.numerator[:, :, k], table.denominator[:, :, k]
        mask[:, :, k] = too_small(indicator, num, den, rules=rules) & (table.state[:, :, k] == CellState.KNOWN)
    return mask


def too_small(indicator: Indicator, num: FloatArray, den: FloatArray, *, rules: DisclosureRules) -> BoolArray:
    """(…,) bool: this numerator and denominator may not be shown together.

    >>> from indicators.catalogue import standard_catalogue
    >>> poverty = standard_catalogue()["EIN02"]
    >>> too_small(poverty, np.array([0, 2, 3, 9]), np.array([100, 100, 100, 99]), rules=DisclosureRules()).tolist()
    [False, True, False, True]
    """
    smallest, group = rules.limits(indicator)
    small = np.zeros(np.shape(num), dtype=bool)
    if indicator.kind in _PERSON_NUMERATOR:
        small |= (np.abs(num) > 0) & (np.abs(num) < smallest)
    if indicator.has_denominator:
        small |= den < group
    if rules.complement and indicator.kind == "proportion" and not indicator.modelled:
        rest = den - num
        small |= (rest > 0) & (rest < smallest)
        small |= (rest == 0) & (indicator.polarity < 0)
    return small


@dataclass(frozen=True, eq=False)
class Protection:
    """The secrets of nested levels, asked as often as needed; what the counts share is looked up once.

    Attributes
    ----------
    tables : from the coarsest level (county) to the finest, same dates and indicators
    parents : for each table but the first: (m,) index of each area's parent in the table before, −1 for none
    """

    tables: Sequence[IndicatorTable]
    parents: Sequence[IntArray]
    rules: DisclosureRules

    @cached_property
    def _shared(self) -> SharedCounts:
        return shared_counts(self.tables[-1])

    @cached_property
    def _levels(self) -> list[Level]:
        return [
            Level(
                num=np.abs(np.nan_to_num(table.numerator)),
                den=np.nan_to_num(table.denominator),
                known=table.state == CellState.KNOWN,
                primary=primary_cells(table, self.rules),
                parent=np.full(len(table), -1) if i == 0 else np.asarray(self.parents[i - 1]),
            )
            for i, table in enumerate(self.tables)
        ]

    def cells(self, also: Sequence[BoolArray] | None = None) -> list[BoolArray]:
        """All cells to be kept secret, primary and secondary; ``also`` as in ``suppressed_cells``."""
        levels = _with_more(self._levels, also) if also else self._levels
        limits = [self.rules.limits(indicator) for indicator in self.tables[0].catalogue]
        masks = protected_masks(levels, limits)
        while told := _told(self._shared, levels, masks):
            levels = _with_more(levels, told)
            masks = protected_masks(levels, limits)
        return masks


def suppressed_cells(
    tables: Sequence[IndicatorTable],
    parents: Sequence[IntArray],
    *,
    rules: DisclosureRules,
    also: Sequence[BoolArray] | None = None,
) -> list[BoolArray]:
    """All cells to be kept secret in nested levels, primary and secondary (Geheimhaltung über Ebenen).

    A count that one indicator hides is hidden in every other that would tell it: as its numerator, as its
    denominator, or as a part of a sum of two counts.

    Parameters
    ----------
    tables, parents : as in ``Protection``
    also : (m, d, k) bool per table: cells that are secret for another reason and need the same protection
    """
    return Protection(tables, parents, rules).cells(also)


def _with_more(levels: Sequence[Level], more: Sequence[BoolArray]) -> list[Level]:
    """The levels with further secret cells, as far as they are known."""
    return [
        replace(level, primary=level.primary | (cells & level.known)) for level, cells in zip(levels, more, strict=True)
    ]


def _told(shared: SharedCounts, levels: Sequence[Level], masks: Sequence[BoolArray]) -> list[BoolArray]:
    """Cells of each level that would tell what another indicator hides there; empty where there are none."""
    told = [told_elsewhere(shared, mask) & level.known for level, mask in zip(levels, masks, strict=True)]
    return told if any(more.any() for more in told) else []


def released_table(
    table: IndicatorTable, suppressed: BoolArray, *, audience: str, names: Sequence[str] = ()
) -> ReleasedTable:
    """The table without its secret cells: nothing of them remains in the result."""
    state = np.where(suppressed & (table.state == CellState.KNOWN), np.uint8(CellState.SUPPRESSED), table.state)
    arrays = {name: np.where(state == CellState.KNOWN, getattr(table, name), np.nan) for name in _ARRAYS}
    return ReleasedTable(
        ids=table.ids,
        names=tuple(names) or table.ids,
        dates=table.dates,
        catalogue=table.catalogue,
        **arrays,
        state=state,
        level=table.level,
        audience=audience,
    )
