"""The land of the Musterkreis: municipalities, places, blocks, people and barriers, all from one seed (Kreisgebiet)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import Polygon

from geodata.sample_land.blocks import BlockNet, block_net
from geodata.sample_land.borders import municipality_shapes
from geodata.sample_land.facts import BARRIER_LINES, MUNICIPALITIES, MunicipalityFacts
from geodata.sample_land.people import by_age_and_sex, residents_of
from geodata.sample_land.settlements import Settlement, seeds_of, settlements_of


@dataclass(frozen=True, eq=False)
class Landscape:
    """Everything the layers are made from; arrays are in block order.

    Attributes
    ----------
    shapes : AGS → polygon
    settlements : AGS → its places
    net : blocks with municipality and place, and the courses of motorway and railway
    centrality : (n,) 0 at the edge of a place, 1 in its middle, 0 in fields
    residents : (n,) int64
    ages : (n, 38) residents in the order of ``people.AGE_COLUMNS``
    """

    shapes: dict[str, Polygon]
    settlements: dict[str, tuple[Settlement, ...]]
    net: BlockNet
    centrality: NDArray[np.float64]
    residents: NDArray[np.int64]
    ages: NDArray[np.int64]

    def block_ids(self) -> list[str]:
        """Block keys: AGS and a running number, for example ``053700040001``."""
        number: dict[str, int] = {}
        ids = []
        for ags in self.net.ags:
            number[ags] = number.get(ags, 0) + 1
            ids.append(f"{ags}{number[ags]:04d}")
        return ids

    def place_names(self) -> list[str]:
        """The name of the place (Ortsteil) each block belongs to."""
        return [self.settlements[a][p].name for a, p in zip(self.net.ags, self.net.place, strict=True)]


@cache
def landscape(seed: int) -> Landscape:
    """The land for a seed; the same on every machine."""
    shapes = municipality_shapes(seed)
    settlements, seeds = {}, {}
    for number, facts in enumerate(MUNICIPALITIES):
        rng = np.random.default_rng([seed, number])
        settlements[facts.ags] = settlements_of(facts, shapes[facts.ags], rng)
        seeds[facts.ags] = seeds_of(settlements[facts.ags], shapes[facts.ags], rng)
    courses = [np.array(points, dtype=float) for _name, _kind, points in BARRIER_LINES]
    net = block_net(shapes, seeds, courses, np.random.default_rng([seed, 100]))
    middle = shapely.get_coordinates(shapely.point_on_surface(net.polygons))
    central = _centrality(net, settlements, middle)
    residents = np.zeros(len(net.polygons), dtype=np.int64)
    for number, facts in enumerate(MUNICIPALITIES):
        here = np.flatnonzero(net.ags == facts.ags)
        residents[here] = _residents(facts, net, here, central, np.random.default_rng([seed, 200 + number]))
    ages = by_age_and_sex(residents, _ageing(net, central, seed), np.random.default_rng([seed, 300]))
    return Landscape(shapes, settlements, net, central, residents, ages)


def _residents(
    facts: MunicipalityFacts, net: BlockNet, here: NDArray[np.intp], central: Any, rng: np.random.Generator
) -> NDArray[np.int64]:
    land = shapely.area(net.polygons[here]), net.place[here], net.built_up[here]
    return residents_of(facts, land, central[here], rng)


def _centrality(
    net: BlockNet, settlements: dict[str, tuple[Settlement, ...]], middle: NDArray[np.float64]
) -> NDArray[np.float64]:
    own = [settlements[ags][place] for ags, place in zip(net.ags, net.place, strict=True)]
    centre = np.array([[s.x_m, s.y_m] for s in own])
    radius = np.array([s.radius_m for s in own])
    depth = np.clip(1.0 - np.hypot(*(middle - centre).T) / np.maximum(radius, 1.0), 0.0, 1.0)
    central: NDArray[np.float64] = np.round(depth * (net.built_up == 1), 6)
    return central


def _ageing(net: BlockNet, central: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Older in village centres, younger on the edges, and every place a little different."""
    rng = np.random.default_rng([seed, 301])
    codes = np.unique([f"{a}{p:03d}" for a, p in zip(net.ags, net.place, strict=True)], return_inverse=True)[1]
    of_place = rng.normal(0.0, 0.12, codes.max() + 1)[codes]
    ageing: NDArray[np.float64] = np.round(of_place + 0.25 * (central - 0.35) + rng.normal(0.0, 0.18, len(codes)), 6)
    return ageing
