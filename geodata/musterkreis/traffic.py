"""Motorway and railway, drawn by hand and roughened (Verkehrswege)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, Polygon

from geodata.musterkreis.wobble import smoothed, wobbled

_STEP_M = 70.0


@dataclass(frozen=True, eq=False)
class Way:
    """One road, railway or motorway: name, class (art) and course."""

    name: str
    art: str
    line: LineString
    ends: tuple[int, int] = (-1, -1)  # positions of the places it links, −1 = outside


# Drawn points, EPSG 25832: the railway passes the towns on its way south, the motorway keeps between the villages.
_RAILWAY = (
    (318300, 5669600), (316100, 5666300), (313300, 5663700), (311300, 5661600), (309700, 5658600), (308500, 5656300),
    (306600, 5654900), (304300, 5653900), (301800, 5651700), (299200, 5650200), (297950, 5649100), (297500, 5647600),
    (296500, 5645300), (295800, 5643800), (295300, 5641500),
)  # fmt: skip
_MOTORWAY = (
    (279300, 5656400), (282000, 5656700), (284400, 5656150), (286900, 5656700), (290300, 5656050), (293200, 5656500),
    (296000, 5656650), (298500, 5657900), (300700, 5658900), (302700, 5659100), (304800, 5658500), (307300, 5658900),
    (309700, 5659100), (312400, 5660700), (314900, 5662300), (316400, 5664700), (317700, 5668200),
)  # fmt: skip


def barrier_ways(county: Polygon, rng: np.random.Generator) -> tuple[Way, ...]:
    """Motorway and railway through the county, from edge to edge (Barrieren)."""
    drawn = (("A 946", "autobahn", _MOTORWAY), ("Bahnstrecke Niederrhein–Wurmtal", "bahn", _RAILWAY))
    ways = []
    for name, art, points in drawn:
        curve = smoothed(np.array(points, dtype=np.float64), parts=6)
        line = LineString(wobbled(curve, rng, step_m=_STEP_M, roughness=0.012))
        ways.append(Way(name, art, longest_inside(line, county)))
    return tuple(ways)


def longest_inside(line: LineString, county: Polygon) -> LineString:
    """The longest stretch of a way inside the county."""
    parts = [part for part in shapely.get_parts(line.intersection(county)) if part.geom_type == "LineString"]
    longest: LineString = max(parts, key=lambda part: float(part.length))
    return longest
