"""Roads between the places, the motorway and the railway (Verkehrswege)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from shapely import LineString, Polygon

from geodata.musterkreis.places import Place
from geodata.musterkreis.wobble import FloatArray, smoothed, wobbled

_STEP_M = 70.0
_EXITS = 16  # roads that leave the county


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
        ways.append(Way(name, art, _longest_inside(line, county)))
    return tuple(ways)


def roads_between(places: tuple[Place, ...], county: Polygon, rng: np.random.Generator) -> tuple[Way, ...]:
    """Roads from place to place; those on the way from town to town are federal roads (Bundesstraßen).

    Source
    ------
    The links are the relative neighbourhood graph: Toussaint (1980), Pattern Recognition 12(4).
    """
    xy = np.array([(place.x, place.y) for place in places])
    links = relative_neighbours(xy)
    classes = _classes(links, xy, places)
    roads: list[Way] = []
    for (a, b), art in zip(links, classes, strict=True):
        line = LineString(wobbled(xy[[a, b]], rng, step_m=_STEP_M, roughness=0.07))
        roads.append(Way(_road_name(art, len(roads)), art, _longest_inside(line, county), (a, b)))
    return (*roads, *_exits(xy, county, rng))


def relative_neighbours(xy: FloatArray) -> list[tuple[int, int]]:
    """Pairs of points with no third point nearer to both; (n, 2) metres → sorted pairs.

    >>> relative_neighbours(np.array([[0.0, 0.0], [2.0, 0.0], [1.0, 0.1]]))
    [(0, 2), (1, 2)]
    """
    apart = np.hypot(*(xy[:, None] - xy[None]).transpose(2, 0, 1))
    worse = np.maximum(apart[:, None, :], apart[None, :, :])
    index = np.arange(len(xy))
    worse[index, :, index] = worse[:, index, index] = np.inf
    linked = apart <= worse.min(axis=2)
    return [(int(a), int(b)) for a, b in np.argwhere(linked) if a < b]


def crossings_of(barriers: tuple[Way, ...], roads: tuple[Way, ...]) -> list[tuple[str, str, str, shapely.Point]]:
    """Where a road passes over or under a barrier: barrier, its class, the road's name, point (Querungen)."""
    return [
        (barrier.name, barrier.art, road.name, point)
        for barrier in barriers
        for road in roads
        for point in shapely.get_parts(shapely.set_precision(barrier.line.intersection(road.line), 0.1))
        if point.geom_type == "Point" and not point.is_empty
    ]


def _classes(links: list[tuple[int, int]], xy: FloatArray, places: tuple[Place, ...]) -> list[str]:
    a, b = np.array(links).T
    length = np.hypot(*(xy[a] - xy[b]).T)
    graph = csr_matrix((length, (a, b)), shape=(len(xy), len(xy)))
    seats = [i for i, place in enumerate(places) if place.is_seat]
    cost, before = dijkstra(graph, directed=False, indices=seats, return_predecessors=True)
    on_the_way: set[frozenset[int]] = set()
    for row, start in enumerate(seats):
        nearest = sorted(seats, key=lambda seat, row=row: float(cost[row, seat]))[1:4]  # type: ignore[misc]
        for goal in nearest:
            node = goal
            while node != start:
                on_the_way.add(frozenset((int(before[row, node]), node)))
                node = int(before[row, node])
    large = [place.size >= 900 for place in places]
    return [
        "bundesstrasse" if frozenset(link) in on_the_way
        else "landesstrasse" if large[link[0]] and large[link[1]] else "kreisstrasse"
        for link in links
    ]  # fmt: skip


def _exits(xy: FloatArray, county: Polygon, rng: np.random.Generator) -> list[Way]:
    """Roads from the outermost places across the county's edge, evenly spread around it."""
    edge = county.exterior
    roads: list[Way] = []
    for stop in np.linspace(0, edge.length, _EXITS, endpoint=False):
        goal = edge.interpolate(stop)
        start = int(cKDTree(xy).query((goal.x, goal.y))[1])
        goal = edge.interpolate(edge.project(shapely.Point(*xy[start])))
        away = np.array([goal.x, goal.y])
        points = np.array([xy[start], away + (away - xy[start]) * 0.15])
        line = _longest_inside(LineString(wobbled(points, rng, step_m=_STEP_M, roughness=0.06)), county)
        if all(road.ends[0] != start for road in roads):
            roads.append(Way(_road_name("landesstrasse", 300 + len(roads)), "landesstrasse", line, (start, -1)))
    return roads


def _road_name(art: str, number: int) -> str:
    letter, first, spread = {"bundesstrasse": ("B", 56, 9), "landesstrasse": ("L", 11, 360)}.get(art, ("K", 1, 35))
    return f"{letter} {first + number * 7 % spread}"


def _longest_inside(line: LineString, county: Polygon) -> LineString:
    parts = [part for part in shapely.get_parts(line.intersection(county)) if part.geom_type == "LineString"]
    longest: LineString = max(parts, key=lambda part: float(part.length))
    return longest
