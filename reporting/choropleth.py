"""A choropleth as data: class and colour of each area, legend with counts, tooltips (Flächenkarte)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from indicators.disclosure import ReleasedTable
from reporting import palettes
from reporting.class_breaks import ClassBreaks, Method, class_breaks
from reporting.numbers_de import decimal
from reporting.text_de import indicators as text
from spatial.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Choropleth:
    """What a map component needs to draw one indicator.

    Attributes
    ----------
    fill : (m,) index into ``palette`` in table order
    palette : CSS colours, classes first, then zero, secret and missing as far as they occur
    legend : (palette index, text) in reading order; the text carries bounds and number of areas
    tooltips : m texts
    breaks : the classes
    """

    fill: IntArray
    palette: tuple[str, ...]
    legend: tuple[tuple[int, str], ...]
    tooltips: tuple[str, ...]
    breaks: ClassBreaks


@dataclass(frozen=True)
class Classing:
    """How the values are divided: method, number of classes, fixed inner bounds."""

    method: Method = "quantile"
    classes: int = 5
    fixed: tuple[float, ...] = ()


def choropleth(table: ReleasedTable, indicator: str, *, date: str, classing: Classing | None = None) -> Choropleth:
    """Class and colour of every area for one indicator at one date.

    No data, exactly zero and secret are drawn in three different ways, none of them a class.
    """
    how = classing or Classing()
    d, k = table.dates.index(date), table.indicators.index(indicator)
    state, value = table.state[:, d, k], table.value[:, d, k]
    definition = table.catalogue[indicator]
    in_class = np.where((state == text.KNOWN) & (value != 0), value, np.nan)
    breaks = class_breaks(in_class, how.method, classes=how.classes, fixed=how.fixed)
    colours = _colours(breaks, in_class, definition.polarity, how.method)
    extra = _extra(state, value)
    fill = breaks.classes.copy()
    legend = list(enumerate(_bounds_text(breaks, definition.unit, table.level)))
    for position, (_, mask, words) in enumerate(extra, start=len(breaks)):
        fill[mask] = position
        legend.append((position, f"{words} · {text.area_count(table.level, int(mask.sum()))}"))
    palette = (*colours, *(colour for colour, _, _ in extra))
    return Choropleth(fill, palette, tuple(legend), tuple(_tooltips(table, d, k)), breaks)


def _colours(breaks: ClassBreaks, values: FloatArray, polarity: int, method: Method) -> tuple[str, ...]:
    """One colour per class: light to dark, or away from the mean on both sides."""
    if method == "deviation" and len(breaks):
        middle = int(np.searchsorted(breaks.bounds[1:-1], np.nanmean(values), side="left"))
        return palettes.ramp_around(middle, len(breaks), higher_is_better=polarity == 1)
    return palettes.ramp(palettes.ramp_for(polarity), max(len(breaks), 1))[: len(breaks)]


def _extra(state: Any, value: Any) -> list[tuple[str, Any, str]]:
    rows = [
        (palettes.ZERO, (state == text.KNOWN) & (value == 0), text.MAP_ZERO),
        (palettes.SECRET, state == text.SUPPRESSED, text.MAP_SECRET),
        (palettes.MISSING, state == text.MISSING, text.MAP_MISSING),
        (palettes.NOT_APPLICABLE, state == text.NOT_APPLICABLE, text.MAP_NOT_APPLICABLE),
    ]
    return [row for row in rows if row[1].any()]


def _bounds_text(breaks: ClassBreaks, unit: str, level: str) -> Sequence[str]:
    if len(breaks) == 1 and breaks.bounds[0] == breaks.bounds[1]:
        return [f"{decimal(breaks.bounds[0], 1)} {unit} · {text.area_count(level, breaks.counts[0])}"]
    digits = _digits(breaks.bounds)
    pairs = zip(breaks.bounds[:-1], breaks.bounds[1:], breaks.counts, strict=True)
    rows = [(decimal(low, digits), decimal(high, digits), text.area_count(level, n)) for low, high, n in pairs]
    first = [f"{low} bis {high} {unit} · {areas}" for low, high, areas in rows[:1]]
    return first + [f"über {low} bis {high} {unit} · {areas}" for low, high, areas in rows[1:]]


def _digits(bounds: Sequence[float]) -> int:
    """Decimals that keep neighbouring bounds apart."""
    for digits in (0, 1, 2):
        printed = [decimal(bound, digits) for bound in bounds]
        if len(set(printed)) == len(printed) and (digits > 0 or max(map(abs, bounds), default=0) >= 200):
            return digits
    return 2


def _tooltips(table: ReleasedTable, d: int, k: int) -> Sequence[str]:
    indicator = tuple(table.catalogue)[k]
    lines = []
    for i, key in enumerate(table.ids):
        state = int(table.state[i, d, k])
        value = text.figure_text(indicator.kind, indicator.per, float(table.value[i, d, k]), state=state)
        shown, digits = text.with_unit(value, indicator.unit), text.digits_of(indicator.kind, indicator.per)
        limits = float(table.low[i, d, k]), float(table.high[i, d, k])
        interval = text.interval_text(*limits, state=state, digits=digits)
        name = text.level_name(table.level, key, name=table.names[i])
        why = text.SIGN_MEANING.get(shown, "")
        parts = [name, f"{shown} ({why})" if why else shown, f"95 %: {interval}" if interval else ""]
        lines.append("\n".join(part for part in parts if part))
    return lines
