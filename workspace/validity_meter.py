"""What a drafted size allows to be said about one indicator (Aussagekraft), measured at the county's own values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indicators.catalogue import Indicator
from indicators.comparison import TESTED_KINDS
from indicators.counts import CellState
from indicators.intervals import poisson_limits, wilson
from indicators.validity import Grade, grade_of
from spatial.arrays import FloatArray
from workspace.indicator_desk import IndicatorDesk, verdicts

SIZES = (3_000, 10_000, 15_000)


@dataclass(frozen=True)
class MeterRow:
    """One size of a region: how many it would count in the group, and half the interval in the indicator's unit.

    ``grade`` is empty for rates and ratios, which are not measured in points.
    """

    residents: int
    group: float
    half_width: float
    grade: Grade | None


@dataclass(frozen=True)
class Meter:
    """The meter of one indicator (Aussagekraft).

    Attributes
    ----------
    value : of the county, in the unit of the indicator
    rows : one per size
    level, date : what is on the table
    told_apart, judged : regions that differ recognisably from the rest of the county, and all with a shown value
    narrowest, widest : half of the shortest and of the longest interval among them
    """

    value: float
    rows: tuple[MeterRow, ...]
    level: str
    date: str
    told_apart: int
    judged: int
    narrowest: float
    widest: float


def meter_of(
    desk: IndicatorDesk, indicator: str, *, level: str = "sozialraum", sizes: Sequence[int] = SIZES
) -> Meter | None:
    """What regions of some sizes, and those of the drawing on the table, allow to be said at the latest date.

    A region of a size is taken to be like the county: same share of the group, same value. None for kinds without an
    interval, for the county itself, and where the county's value is not shown.
    """
    table, definition, date = desk.shown["kreis"], desk.catalogue[indicator], desk.dates[-1]
    d, k = table.dates.index(date), table.indicators.index(indicator)
    people = float(desk.county.blocks.population.sum())
    if definition.kind not in TESTED_KINDS or table.state[0, d, k] != CellState.KNOWN or not people:
        return None
    num, den = float(table.numerator[0, d, k]), float(table.denominator[0, d, k])
    scale = np.array(sizes) / people
    width = _half_width(definition, scale * num, scale * den)
    graded = definition.kind == "proportion"
    rows = tuple(
        MeterRow(size, den * part, half, grade_of(round(half, 1)) if graded else None)
        for size, part, half in zip(sizes, scale.tolist(), width.tolist(), strict=True)
    )
    return Meter(float(table.value[0, d, k]), rows, level, date, *_drawn(desk, indicator, level=level, date=date))


def _drawn(desk: IndicatorDesk, indicator: str, *, level: str, date: str) -> tuple[int, int, float, float]:
    """Told apart, judged, narrowest and widest half interval of the areas on the table."""
    judged = verdicts(desk, indicator, level=level, date=date)["verdict"]
    table = desk.shown[level]
    d, k = table.dates.index(date), table.indicators.index(indicator)
    half = (table.high[:, d, k] - table.low[:, d, k]) / 2
    half = half[np.isfinite(half)]
    narrow, wide = (float(half.min()), float(half.max())) if len(half) else (float("nan"), float("nan"))
    return int(judged.isin(["higher", "lower"]).sum()), int((judged != "unknown").sum()), narrow, wide


def _half_width(definition: Indicator, num: FloatArray, den: FloatArray) -> FloatArray:
    if definition.kind == "proportion":
        low, high = wilson(num, den)
    else:
        low, high = (limit / den for limit in poisson_limits(num))
    width: FloatArray = definition.per * (high - low) / 2
    return width
