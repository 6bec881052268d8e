"""Roads from place to place, with the names of through roads (Hauptstraßen)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count, pairwise

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree
from shapely import LineString, Polygon

from geodata.musterkreis.chains import walks
from geodata.musterkreis.facts import MUNICIPALITIES
from geodata.musterkreis.places import Place
from geodata.musterkreis.traffic import Way, longest_inside
from geodata.musterkreis.wobble import FloatArray, wobbled

_STEP_M = 70.0
_EXITS = 16  # roads that leave the county
_LARGE = 900  # residents; between two places of that size runs a state road
_SHARPEST, _LONGEST_M = 0.9, 25_000.0  # a road keeps its name while it bends less (radians) and is not longer
# Federal roads by the municipalities they link; between their main places they take the shortest way.
_FEDERAL = (
    ("B 221", ("Wassenberg", "Heinsberg", "Geilenkirchen", "Übach-Palenberg")),
    ("B 57", ("Wegberg", "Erkelenz", "Hückelhoven", "Geilenkirchen")),
    ("B 56", ("Selfkant", "Gangelt", "Geilenkirchen")),
)
_STATE_NUMBERS = (3, 12, 14, 19, 42, 46, 47, 117, 126, 148, 202, 203, 207, 211, 225, 226, 227, 228, 230, 240, 250,
                  351, 360, 364, 366, 368, 371, 377, 400, 410)  # fmt: skip

Link = tuple[int, int]


def roads_between(places: tuple[Place, ...], county: Polygon, rng: np.random.Generator) -> tuple[Way, ...]:
    """Roads from place to place, one piece per link; pieces that go on straight bear the same name.

    Source
    ------
    The links are the relative neighbourhood graph: Toussaint (1980), Pattern Recognition 12(4).
    """
    xy = np.array([(place.x, place.y) for place in places])
    links = relative_neighbours(xy)
    federal = _federal(links, xy, places)
    roads: list[Way] = []
    for a, b in links:
        line = LineString(wobbled(xy[[a, b]], rng, step_m=_STEP_M, roughness=0.07))
        lesser = "landesstrasse" if min(places[a].size, places[b].size) >= _LARGE else "kreisstrasse"
        name = federal.get((a, b), "")
        roads.append(Way(name, "bundesstrasse" if name else lesser, longest_inside(line, county), (a, b)))
    return _numbered([*roads, *_exits(xy, county, rng)])


def relative_neighbours(xy: FloatArray) -> list[Link]:
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


def _federal(links: Sequence[Link], xy: FloatArray, places: Sequence[Place]) -> dict[Link, str]:
    """Link → name of the federal road that runs over it."""
    a, b = np.array(links).T
    graph = csr_matrix((np.hypot(*(xy[a] - xy[b]).T), (a, b)), shape=(len(xy), len(xy)))
    before = dijkstra(graph, directed=False, return_predecessors=True)[1]
    towns = {town.ags: town.name for town in MUNICIPALITIES}
    seat = {towns[place.ags]: number for number, place in enumerate(places) if place.is_seat}
    names: dict[Link, str] = {}
    for road, stops in _FEDERAL:
        for start, goal in pairwise(seat[stop] for stop in stops):
            at = goal
            while at != start:
                back = int(before[start, at])
                names.setdefault((min(at, back), max(at, back)), road)
                at = back
    return names


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
        line = longest_inside(LineString(wobbled(points, rng, step_m=_STEP_M, roughness=0.06)), county)
        if all(road.ends[0] != start for road in roads):
            roads.append(Way("", "landesstrasse", line, (start, -1)))
    return roads


def _numbered(roads: Sequence[Way]) -> tuple[Way, ...]:
    """State and county roads get their numbers, the longest first."""
    groups = [road.name or road.art for road in roads]
    lines = [shapely.get_coordinates(road.line) for road in roads]
    chains = walks(lines, groups, sharpest=_SHARPEST, longest_m=_LONGEST_M)
    chains.sort(key=lambda chain: -round(sum(float(roads[i].line.length) for i, _way in chain)))
    numbers = {
        "landesstrasse": (f"L {number}" for number in (*_STATE_NUMBERS, *range(411, 700))),
        "kreisstrasse": (f"K {number}" for number in count(1)),
    }
    names: dict[int, str] = {}
    for chain in chains:
        first = roads[chain[0][0]]
        name = first.name or next(numbers[first.art])
        names |= {i: name for i, _way in chain}
    return tuple(replace(road, name=names[i]) for i, road in enumerate(roads))
