"""Charts of indicators: ranking with intervals, time, scatter, funnel, histogram; numbers in German writing."""

from __future__ import annotations

from typing import Any

import altair
import numpy as np
import pandas as pd

from indicators.funnel import funnel_limits
from reporting.numbers_de import decimal
from reporting.text_de import indicator_rooms as text

_GERMAN = "replace(datum.label, '.', ',')"
ACCENT, MUTED, ALERT = "#2f7f86", "#8b9297", "#b2451b"


def _axis(title: str) -> altair.Axis:
    return altair.Axis(title=title, labelExpr=_GERMAN, grid=True)


def ranking(frame: pd.DataFrame, *, unit: str, county: float, selected: str = "") -> Any:
    """Areas by value with their intervals and the county as a line.

    Parameters
    ----------
    frame : columns name, value, low, high, area; only areas with a value
    """
    order = altair.EncodingSortField(field="value", order="descending")
    shown = frame.assign(
        text=[f"{decimal(v, 1)} ({decimal(a, 1)} bis {decimal(b, 1)})" if a == a else decimal(v, 1)
              for v, a, b in zip(frame["value"], frame["low"], frame["high"], strict=True)]
    )  # fmt: skip
    base = altair.Chart(shown).encode(
        y=altair.Y(
            "name:N",
            sort=order,
            title=None,
            axis=altair.Axis(labelLimit=180, labelOverlap=False),
            scale=altair.Scale(type="band", padding=0.2),
        ),
        tooltip=[altair.Tooltip("name:N", title=text.AREA), altair.Tooltip("text:N", title=text.VALUE)],
    )
    bars = base.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=altair.X("low:Q", axis=_axis(unit), scale=altair.Scale(zero=False)), x2="high:Q", color=altair.value(ACCENT)
    )
    points = base.mark_point(filled=True, size=70, opacity=1).encode(
        x=altair.X("value:Q", axis=_axis(unit), scale=altair.Scale(zero=False)),
        color=altair.condition(altair.datum.area == selected, altair.value(ALERT), altair.value(ACCENT)),
    )
    line = altair.Chart(pd.DataFrame({"x": [county]})).mark_rule(strokeDash=[5, 4], color=MUTED).encode(x="x:Q")
    return (line + bars + points).properties(height=max(160, 22 * len(shown)))


def time_line(frame: pd.DataFrame, *, unit: str, selected: str) -> Any:
    """One line per area and the county; the selected area stands out.

    Parameters
    ----------
    frame : columns name, date, value, area
    """
    base = altair.Chart(frame).encode(
        x=altair.X("date:O", title=None, axis=altair.Axis(labelAngle=0)),
        y=altair.Y("value:Q", axis=_axis(unit), scale=altair.Scale(zero=False)),
        detail="name:N",
        tooltip=[altair.Tooltip("name:N", title=text.AREA), "date:O", altair.Tooltip("shown:N", title=text.VALUE)],
    )
    chosen = altair.datum.area == selected
    lines = base.mark_line(point=True).encode(
        color=altair.condition(chosen, altair.value(ALERT), altair.value(MUTED)),
        opacity=altair.condition(chosen, altair.value(1.0), altair.value(0.4)),
        strokeWidth=altair.condition(chosen, altair.value(3), altair.value(1.2)),
    )
    county = base.transform_filter(altair.datum.area == "kreis").mark_line(
        strokeDash=[5, 4], color=ACCENT, strokeWidth=2.5
    )
    return (lines + county).properties(height=360)


def scatter(frame: pd.DataFrame, *, titles: tuple[str, str], selected: str) -> Any:
    """Two indicators of every area.

    Parameters
    ----------
    frame : columns name, area, x, y, size (residents)
    """
    return (
        altair.Chart(frame)
        .mark_point(filled=True, opacity=0.8)
        .encode(
            x=altair.X("x:Q", axis=_axis(titles[0]), scale=altair.Scale(zero=False)),
            y=altair.Y("y:Q", axis=_axis(titles[1]), scale=altair.Scale(zero=False)),
            size=altair.Size("size:Q", legend=None, scale=altair.Scale(range=[40, 400])),
            color=altair.condition(altair.datum.area == selected, altair.value(ALERT), altair.value(ACCENT)),
            tooltip=[altair.Tooltip("name:N", title=text.AREA), altair.Tooltip("shown:N", title=text.VALUE)],
        )
        .properties(height=380)
    )


def funnel(frame: pd.DataFrame, *, target: float, per: float, unit: str, kind: str) -> Any:
    """Areas by size with the limits of chance around the county.

    Parameters
    ----------
    frame : columns name, value (in unit), den
    target : value of the county per person
    """
    sizes = np.linspace(max(float(frame["den"].min()) * 0.7, 5), float(frame["den"].max()) * 1.1, 60)
    curves = []
    for level in (0.95, 0.998):
        for side, limit in zip(("unten", "oben"), funnel_limits(target, sizes, level=level, kind=kind), strict=True):
            curves.append(pd.DataFrame({"den": sizes, "limit": per * limit, "line": f"{level} {side}", "level": level}))
    lines = (
        altair.Chart(pd.concat(curves))
        .mark_line(color=MUTED)
        .encode(
            x=altair.X(
                "den:Q",
                axis=altair.Axis(title=text.DENOMINATOR, format=",.0f", labelExpr="replace(datum.label, ',', '.')"),
            ),
            y=altair.Y("limit:Q", axis=_axis(unit)),
            detail="line:N",
            strokeDash=altair.StrokeDash("level:N", legend=None),
        )
    )
    points = (
        altair.Chart(frame)
        .mark_point(filled=True, size=70, color=ACCENT)
        .encode(
            x="den:Q",
            y="value:Q",
            tooltip=[altair.Tooltip("name:N", title=text.AREA), altair.Tooltip("shown:N", title=text.VALUE)],
        )
    )
    county = altair.Chart(pd.DataFrame({"y": [per * target]})).mark_rule(color=MUTED, strokeDash=[5, 4]).encode(y="y:Q")
    return (lines + county + points).properties(height=380)


def histogram(values: Any, bounds: tuple[float, ...], colours: tuple[str, ...]) -> Any:
    """How the values spread, with the bounds of the classes."""
    numbers = np.asarray(values, dtype=float)
    counts, edges = np.histogram(numbers[np.isfinite(numbers)], bins=min(24, max(6, len(numbers) // 2)))
    middles = (edges[:-1] + edges[1:]) / 2
    inner = np.array(bounds[1:-1])
    frame = pd.DataFrame(
        {"low": edges[:-1], "high": edges[1:], "areas": counts,
         "colour": [colours[int(np.searchsorted(inner, m))] if colours else ACCENT for m in middles]}
    )  # fmt: skip
    bars = (
        altair.Chart(frame)
        .mark_rect(stroke=MUTED, strokeWidth=0.5)
        .encode(
            x=altair.X("low:Q", axis=altair.Axis(title=None, labelExpr=_GERMAN), scale=altair.Scale(zero=False)),
            x2="high:Q",
            y=altair.Y("areas:Q", axis=altair.Axis(title=None, tickMinStep=1)),
            color=altair.Color("colour:N", scale=None),
        )
    )
    rules = altair.Chart(pd.DataFrame({"x": inner})).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="x:Q")
    return (bars + rules).properties(height=110)
