"""Values over time (Zeitreihe): trend, comparison with the county at every date, early warning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.stats import linregress

from indicators.comparison import difference_from_rest
from indicators.compute import IndicatorTable
from spatial.arrays import BoolArray, FloatArray

WARNING_DATES = 3


@dataclass(frozen=True, eq=False)
class Timeline:
    """One indicator of every area over all dates.

    Attributes
    ----------
    dates : d ISO dates
    value, low, high : (m, d) in the unit of the indicator
    county : (d,) value of all areas together
    trend : (m,) change per year (least squares), NaN with fewer than three dates
    trend_p : (m,) p of the trend; with three or four dates read as a hint only
    worse : (m, d) bool, on the wrong side of the county by the polarity of the indicator
    certain : (m, d) bool, worse and recognisably so (test with FDR per date)
    warning : (m,) bool, worse at three dates in a row up to the last one
    """

    dates: tuple[str, ...]
    value: FloatArray
    low: FloatArray
    high: FloatArray
    county: FloatArray
    trend: FloatArray
    trend_p: FloatArray
    worse: BoolArray
    certain: BoolArray
    warning: BoolArray


def timeline(table: IndicatorTable, indicator: str) -> Timeline:
    """Series, trend and early warning of one indicator (Frühwarnung: drei Stichtage in Folge schlechter).

    An indicator without polarity never warns. A date that is missing or secret breaks the row of three.
    """
    k = table.indicators.index(indicator)
    definition = table.catalogue[indicator]
    num, den, value = (getattr(table, n)[:, :, k] for n in ("numerator", "denominator", "value"))
    with np.errstate(invalid="ignore", divide="ignore"):
        county = definition.per * np.nansum(num, axis=0) / np.nansum(den, axis=0)
    worse = definition.polarity * (value - county) < 0
    certain = _certain(num, den, definition.polarity, definition.kind)
    slopes = [_trend(years_of(table.dates), row) for row in value]
    return Timeline(
        dates=table.dates,
        value=value,
        low=table.low[:, :, k],
        high=table.high[:, :, k],
        county=county,
        trend=np.array([slope for slope, _ in slopes]),
        trend_p=np.array([p for _, p in slopes]),
        worse=worse,
        certain=certain,
        warning=early_warning(worse),
    )


def early_warning(worse: BoolArray) -> BoolArray:
    """(m,) bool: worse than the county at the last three dates in a row.

    >>> early_warning(np.array([[False, True, True, True], [True, True, True, False]])).tolist()
    [True, False]
    """
    if worse.shape[1] < WARNING_DATES:
        return np.zeros(len(worse), dtype=bool)
    warned: BoolArray = np.asarray(worse[:, -WARNING_DATES:].all(axis=1))
    return warned


def years_of(dates: tuple[str, ...]) -> FloatArray:
    """ISO dates as years since the first of them, with fractions.

    >>> years_of(("2020-12-31", "2022-12-31")).round(2).tolist()
    [0.0, 2.0]
    """
    days = np.array([date.fromisoformat(text).toordinal() for text in dates], dtype=np.float64)
    years: FloatArray = (days - days[0]) / 365.2425
    return years


def _trend(years: FloatArray, values: FloatArray) -> tuple[float, float]:
    known = np.isfinite(values)
    if known.sum() < WARNING_DATES:
        return float("nan"), float("nan")
    line = linregress(years[known], values[known])
    return float(line.slope), float(line.pvalue)


def _certain(num: FloatArray, den: FloatArray, polarity: int, kind: str) -> BoolArray:
    certain = np.zeros(num.shape, dtype=bool)
    if polarity == 0:
        return certain
    wrong = "higher" if polarity < 0 else "lower"
    for day in range(num.shape[1]):
        verdicts = difference_from_rest(num[:, day], den[:, day], kind=kind)["verdict"]
        certain[:, day] = (verdicts == wrong).to_numpy()
    return certain
