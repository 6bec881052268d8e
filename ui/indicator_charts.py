"""Charts of indicators: ranking with intervals, time, scatter, funnel, histogram; numbers in German writing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair
import numpy as np
import pandas as pd

from indicators.catalogue import Indicator
from indicators.funnel import funnel_limits
from reporting.numbers_de import decimal
from reporting.text_de import indicator_rooms as text

_GERMAN = "replace(replace(replace(datum.label, regexp(',', 'g'), '_'), '.', ','), regexp('_', 'g'), '.')"
_MOST_OUTSIDE = 15  # names outside a funnel
_MOST_NAMES = 30  # points that can bear their name
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
        color=_chosen(selected),
    )
    where = pd.DataFrame({"x": [county], "label": [f"{text.COUNTY} {decimal(county, 1)}"]})
    line = altair.Chart(where).mark_rule(strokeDash=[5, 4], color=MUTED).encode(x="x:Q")
    name = _words(altair.Chart(where), baseline="bottom").encode(x="x:Q", y=altair.value(-4), text="label:N")
    return (line + bars + points + name).properties(height=max(160, 22 * len(shown)))


def time_line(frame: pd.DataFrame, *, unit: str, selected: str, named: Sequence[str] = ()) -> Any:
    """One line per area and the county; the selected area stands out.

    Parameters
    ----------
    frame : columns name, date, value, area; dates in ascending order
    named : areas whose names stand at the end of their lines, beside the county and the selected one
    """
    base = altair.Chart(frame).encode(
        x=altair.X("date:O", title=None, sort=None, axis=altair.Axis(labelAngle=0)),
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
    last = frame[(frame["date"] == frame["date"].iloc[-1]) & frame["area"].isin(["kreis", selected, *named])]
    step = float(frame["value"].max() - frame["value"].min()) / 20
    names = _words(altair.Chart(_apart(last, step)), align="left", dx=8).encode(
        x=altair.X("date:O"), y="place:Q", text="name:N", color=_chosen(selected)
    )
    return (lines + county + names).properties(height=380)


def _apart(last: pd.DataFrame, step: float) -> pd.DataFrame:
    """Names at the end of their lines, moved up to a step apart where they would cover one another."""
    ordered = last.sort_values("value", kind="stable")
    places: list[float] = []
    for value in ordered["value"]:
        places.append(max(float(value), places[-1] + step) if places else float(value))
    return ordered.assign(place=places)


def scatter(frame: pd.DataFrame, *, titles: tuple[str, str], selected: str) -> Any:
    """Two indicators of every area.

    Parameters
    ----------
    frame : columns name, short, area, x, y, size (denominator)
    """
    base = altair.Chart(frame).encode(
        x=altair.X("x:Q", axis=_axis(titles[0]), scale=altair.Scale(zero=False)),
        y=altair.Y("y:Q", axis=_axis(titles[1]), scale=altair.Scale(zero=False)),
        color=_chosen(selected),
        tooltip=[altair.Tooltip("name:N", title=text.AREA), altair.Tooltip("shown:N", title=text.VALUE)],
    )
    points = base.mark_point(filled=True, opacity=0.75).encode(
        size=altair.Size("size:Q", legend=None, scale=altair.Scale(range=[30, 260]))
    )
    if len(frame) > _MOST_NAMES:
        return points.properties(height=380)
    return (points + _words(base, dy=-12).encode(text="short:N")).properties(height=380)


def _chosen(selected: str) -> Any:
    return altair.condition(altair.datum.area == selected, altair.value(ALERT), altair.value(ACCENT))


def _words(chart: Any, **place: Any) -> Any:
    """Words inside a chart, legible on light and on dark."""
    return chart.mark_text(fontSize=11, color=ACCENT, **place)


def funnel(frame: pd.DataFrame, *, target: float, definition: Indicator, selected: str = "") -> Any:
    """Areas by size with the limits of chance around the county; those furthest outside bear a name.

    Parameters
    ----------
    frame : columns name, short, area, value (in unit), den
    target : value of the county per person
    """
    per, kind = definition.per, definition.kind
    low, high = funnel_limits(target, frame["den"].to_numpy(float), level=0.998, kind=kind)
    beyond = np.maximum(frame["value"] - per * high, per * low - frame["value"])
    furthest = beyond[beyond > 0].nlargest(_MOST_OUTSIDE).index
    base = altair.Chart(frame.assign(mark=frame["short"].where(frame.index.isin(furthest), ""))).encode(
        x="den:Q",
        y="value:Q",
        color=_chosen(selected),
        tooltip=[altair.Tooltip("name:N", title=text.AREA), altair.Tooltip("shown:N", title=text.VALUE)],
    )
    points = base.mark_point(filled=True, size=70, opacity=1)
    names = _words(base, align="left", dx=8).encode(text="mark:N")
    where = pd.DataFrame({"y": [per * target], "label": [f"{text.COUNTY} {decimal(per * target, 1)}"]})
    county = altair.Chart(where).mark_rule(color=MUTED, strokeDash=[5, 4]).encode(y="y:Q")
    label = _words(altair.Chart(where), align="left", baseline="bottom", dy=-3).encode(
        x=altair.value(4), y="y:Q", text="label:N"
    )
    lines = _limits_of_chance(frame["den"], target, definition)
    return (lines + county + points + names + label).properties(height=400)


def _limits_of_chance(group: Any, target: float, definition: Indicator) -> Any:
    """The four curves of a funnel over the sizes that occur."""
    sizes = np.linspace(max(float(group.min()) * 0.7, 5), float(group.max()) * 1.1, 60)
    curves = []
    for level in (0.95, 0.998):
        limits = funnel_limits(target, sizes, level=level, kind=definition.kind)
        for side, limit in zip(("unten", "oben"), limits, strict=True):
            values = {"den": sizes, "limit": definition.per * limit, "line": f"{level} {side}", "level": level}
            curves.append(pd.DataFrame(values))
    return (
        altair.Chart(pd.concat(curves))
        .mark_line(color=MUTED)
        .encode(
            x=altair.X(
                "den:Q",
                axis=altair.Axis(title=definition.denominator, format=",.0f", labelExpr=_GERMAN),
                scale=altair.Scale(zero=False, nice=False),
            ),
            y=altair.Y("limit:Q", axis=_axis(definition.unit)),
            detail="line:N",
            strokeDash=altair.StrokeDash("level:N", legend=None),
        )
    )


def histogram(values: Any, bounds: tuple[float, ...], colours: tuple[str, ...]) -> Any:
    """How the values spread: areas per step, coloured like the map, with the bounds of the classes."""
    numbers = np.asarray(values, dtype=float)
    numbers = numbers[np.isfinite(numbers) & (numbers != 0)]  # exactly zero is no class of the map
    edges = np.histogram_bin_edges(numbers, bins=min(24, max(6, len(numbers) // 2)))
    frame = _by_class(numbers, edges, (bounds[1:-1], colours))
    margin = (edges[-1] - edges[0]) / 40
    scale = altair.Scale(domain=[float(edges[0] - margin), float(edges[-1] + margin)], nice=False, zero=False)
    most = int(frame.groupby("low")["areas"].sum().max())
    bars = (
        altair.Chart(frame[frame["areas"] > 0])
        .mark_bar(stroke=MUTED, strokeWidth=0.5)
        .encode(
            x=altair.X(
                "low:Q", axis=altair.Axis(title=None, labelExpr=_GERMAN, tickCount=10), scale=scale, bin="binned"
            ),
            x2="high:Q",
            y=altair.Y(
                "areas:Q",
                stack="zero",
                axis=altair.Axis(title=None, tickMinStep=1, tickCount=3, format=",d", labelExpr=_GERMAN),
                scale=altair.Scale(domain=[0, most], nice=False),
            ),
            color=altair.Color("colour:N", scale=None),
            order="order:Q",
        )
    )
    rules = altair.Chart(pd.DataFrame({"x": bounds[1:-1]})).mark_rule(color=MUTED, strokeDash=[3, 3]).encode(x="x:Q")
    return (bars + rules).properties(height=110)


def _by_class(numbers: Any, edges: Any, classes: tuple[tuple[float, ...], tuple[str, ...]]) -> pd.DataFrame:
    """Areas per step and class of the map; ``classes`` are the inner bounds and the colours."""
    inner, colours = classes
    of = np.searchsorted(inner, numbers, side="left")
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "low": edges[:-1],
                    "high": edges[1:],
                    "areas": np.histogram(numbers[of == c], bins=edges)[0],
                    "colour": colour,
                    "order": c,
                }
            )
            for c, colour in enumerate(colours)
        ]
    )
