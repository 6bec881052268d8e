"""Classes of a choropleth (Klasseneinteilung), from mapclassify."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from mapclassify import EqualInterval, FisherJenks, Quantiles, StdMean, UserDefined

from spatial.arrays import FloatArray, IntArray

Method = Literal["quantile", "natural", "equal", "deviation", "fixed"]
METHODS: tuple[Method, ...] = ("quantile", "natural", "equal", "deviation", "fixed")
NO_CLASS = -1


@dataclass(frozen=True, eq=False)
class ClassBreaks:
    """Classes of values.

    Attributes
    ----------
    bounds : k + 1 ascending bounds; the first is the smallest value, the last the largest; a class includes its
        upper bound
    classes : (n,) int64, 0 … k − 1, −1 where there is no value
    counts : k numbers of areas
    """

    bounds: tuple[float, ...]
    classes: IntArray
    counts: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.counts)


def class_breaks(
    values: FloatArray, method: Method = "quantile", *, classes: int = 5, fixed: Sequence[float] = ()
) -> ClassBreaks:
    """Divide values into classes (Klassen).

    Parameters
    ----------
    values : (n,) numbers; NaN gets no class
    method : ``quantile``, ``natural`` (Fisher–Jenks), ``equal``, ``deviation`` (standard deviations around the mean)
        or ``fixed``
    classes : wanted number, 2 to 8; fewer where there are fewer different values; ``deviation`` has its own
    fixed : inner bounds for ``fixed``, ascending

    >>> class_breaks(np.array([1.0, 2, 3, 4, np.nan]), classes=2).classes.tolist()
    [0, 0, 1, 1, -1]
    """
    known = np.isfinite(values)
    numbers = np.asarray(values, dtype=float)[known]
    upper = _upper_bounds(numbers, method, classes=classes, fixed=fixed)
    found = np.full(len(known), NO_CLASS, dtype=np.int64)
    found[known] = np.searchsorted(upper[:-1], numbers, side="left") if len(upper) else []
    counts = np.bincount(found[known], minlength=len(upper))
    first = (float(numbers.min()),) if len(numbers) else ()
    return ClassBreaks((*first, *map(float, upper)), found, tuple(int(c) for c in counts))


def _upper_bounds(numbers: FloatArray, method: Method, *, classes: int, fixed: Sequence[float]) -> FloatArray:
    different = np.unique(numbers)
    if len(different) == 0:
        return np.array([])
    if len(different) == 1:
        return different
    wanted = min(classes, len(different))
    if method == "fixed":
        inner = [bound for bound in fixed if different[0] < bound < different[-1]]
        bins = UserDefined(numbers, [*inner, different[-1]]).bins
    elif method == "natural":
        bins = FisherJenks(numbers, k=wanted).bins
    elif method == "deviation":
        bins = StdMean(numbers).bins
    elif method == "quantile":
        bins = Quantiles(numbers, k=_distinct_quantiles(numbers, wanted)).bins
    else:
        bins = EqualInterval(numbers, k=wanted).bins
    inside = np.unique(np.asarray(bins, dtype=float))
    inside = inside[(inside >= different[0]) & (inside < different[-1])]
    bounds: FloatArray = np.append(inside, different[-1])
    return bounds


def _distinct_quantiles(numbers: FloatArray, wanted: int) -> int:
    """The most classes, up to those wanted, whose bounds differ: many equal values fill several quantiles at once."""
    for classes in range(wanted, 1, -1):
        if len(np.unique(np.quantile(numbers, np.linspace(1 / classes, 1, classes)))) == classes:
            return classes
    return 1
