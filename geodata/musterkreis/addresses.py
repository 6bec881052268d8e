"""Addresses: house numbers along both sides of every street, a little inside the block (Adressen)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geodata.musterkreis.chains import walked
from geodata.musterkreis.facts import EPSG, MUNICIPALITIES
from geodata.musterkreis.ground import Ground
from geodata.musterkreis.street_edges import NO_BLOCK, BlockSides, block_sides, on_lines
from geodata.musterkreis.streets import Street, streets_of

_RESIDENTS_PER_ADDRESS = 13.0  # a sample of the houses, not all of them
_OFFSETS_M = (19.0, 10.0, 4.0)
_SUFFIX_SHARE = 0.05
_STREAM = 500
_POSTCODES = {town.ags: town.postcode for town in MUNICIPALITIES}


def addresses(ground: Ground, barriers: Sequence[Any], *, seed: int) -> geopandas.GeoDataFrame:
    """Points with street, house number, postcode, place, municipality and block; every inhabited block has one.

    House numbers ascend along a street, odd ones on the right and even ones on the left; some have a letter.

    Parameters
    ----------
    barriers : lines along which there are no houses
    """
    rng = np.random.default_rng([seed, _STREAM])
    sides = block_sides(ground.polygons)
    streets = streets_of(ground, sides, closed=_closed(ground, sides, barriers), rng=rng)
    houses = _inside(_houses(_fronts(streets, sides), ground, rng), ground, (streets, sides))
    numbers = _numbers(houses, rng)
    table = {
        "strasse": [streets[k].name for k in houses["street"]],
        "hausnummer": numbers,
        "plz": [_POSTCODES[ags] for ags in ground.ags[houses["block"]]],
        "ort": [streets[k].home[1] for k in houses["street"]],
        "ags": ground.ags[houses["block"]],
        "block_id": ground.ids[houses["block"]],
    }
    points = shapely.points(houses[["x_m", "y_m"]].to_numpy())
    return geopandas.GeoDataFrame(table, geometry=points, crs=EPSG)


@dataclass(frozen=True, eq=False)
class _Fronts:
    """One side of one line of a street: (f,) street, block, hand (1 right, −1 left), begin along the street, length."""

    street: NDArray[np.int64]
    block: NDArray[np.int64]
    hand: NDArray[np.int64]
    begin_m: NDArray[np.float64]
    length_m: NDArray[np.float64]


def _closed(ground: Ground, sides: BlockSides, barriers: Sequence[Any]) -> NDArray[np.bool_]:
    ags = np.append(ground.ags, "")  # the last stands for outside
    border: NDArray[np.bool_] = (ags[sides.right] != ags[sides.left]) & (sides.left != NO_BLOCK)
    closed: NDArray[np.bool_] = border | (sides.left == NO_BLOCK) | on_lines(sides, barriers)
    return closed


def _fronts(streets: Sequence[Street], sides: BlockSides) -> _Fronts:
    rows = []
    for k, street in enumerate(streets):
        begin = 0.0
        for line, forwards in street.walk:
            length = float(sides.length_m[line])
            for hand, block in ((1, sides.right[line]), (-1, sides.left[line])):
                rows.append((k, int(block), hand if forwards else -hand, begin, length))
            begin += length
    number, blocks, hands, begins, lengths = zip(*[row for row in rows if row[1] != NO_BLOCK], strict=True)
    return _Fronts(np.array(number), np.array(blocks), np.array(hands), np.array(begins), np.array(lengths))


def _houses(fronts: _Fronts, ground: Ground, rng: np.random.Generator) -> pd.DataFrame:
    """Houses in proportion to the residents of a block, spread evenly over its street fronts."""
    front_of_block = np.bincount(fronts.block, weights=fronts.length_m, minlength=len(ground.ids))
    per_metre = ground.residents / _RESIDENTS_PER_ADDRESS / np.maximum(front_of_block, 1.0)
    many = np.floor(np.round(per_metre[fronts.block] * fronts.length_m + rng.random(len(fronts.block)), 6)).astype(int)
    many = np.maximum(many, _only_front(fronts, many) & (ground.residents[fronts.block] > 0))
    row = np.repeat(np.arange(len(many)), many)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(many) - many, many)
    share = (turn + rng.uniform(0.2, 0.8, len(row))) / many[row]
    at = fronts.begin_m[row] + share * fronts.length_m[row]
    return pd.DataFrame(
        {"street": fronts.street[row], "block": fronts.block[row], "hand": fronts.hand[row], "at_m": np.round(at, 1)}
    )


def _only_front(fronts: _Fronts, many: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(f,) the longest front of every block that would stay without a house."""
    houses = np.bincount(fronts.block, weights=many)
    order = np.lexsort((-fronts.length_m, fronts.block))
    longest = np.zeros(len(many), dtype=bool)
    longest[order[np.unique(fronts.block[order], return_index=True)[1]]] = True
    first: NDArray[np.bool_] = longest & (houses[fronts.block] == 0)
    return first


def _inside(houses: pd.DataFrame, ground: Ground, drawn: tuple[Sequence[Street], BlockSides]) -> pd.DataFrame:
    """Each house beside its street, as far back as its block allows."""
    streets, sides = drawn
    courses = np.array([shapely.LineString(walked(sides.lines, street.walk)) for street in streets], dtype=object)
    line, at = courses[houses["street"]], houses["at_m"].to_numpy()
    front = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    behind = shapely.get_coordinates(shapely.line_interpolate_point(line, np.maximum(at - 8.0, 0.0)))
    ahead = shapely.get_coordinates(shapely.line_interpolate_point(line, at + 8.0))
    along = (ahead - behind) / np.maximum(np.hypot(*(ahead - behind).T), 0.1)[:, None]
    aside = np.column_stack([along[:, 1], -along[:, 0]]) * houses["hand"].to_numpy()[:, None]
    point, found = front.copy(), np.zeros(len(houses), dtype=bool)
    for offset in _OFFSETS_M:
        tried = np.round(front + aside * offset, 1)
        here = ~found & shapely.contains_xy(ground.polygons[houses["block"]], *tried.T)
        point[here], found = tried[here], found | here
    farm = ~np.isin(houses["block"], houses["block"][found])  # no room by the lane: it stands amid its land
    point[farm], found = np.round(ground.middle_m[houses["block"][farm]], 1), found | farm
    placed = houses.assign(x_m=point[:, 0], y_m=point[:, 1])
    return placed[found].sort_values(["street", "at_m", "hand", "block"], kind="stable", ignore_index=True)


def _numbers(houses: pd.DataFrame, rng: np.random.Generator) -> list[str]:
    """Every side of a street counts on by two, skips houses outside the sample, and has some letters."""
    skipped = 2 * rng.choice([1, 2, 3], len(houses), p=[0.62, 0.28, 0.10])
    letter = rng.random(len(houses)) < _SUFFIX_SHARE
    last: dict[tuple[int, int], tuple[int, int]] = {}
    numbers = []
    for street, hand, skip, beside in zip(
        houses["street"].tolist(), houses["hand"].tolist(), skipped.tolist(), letter.tolist(), strict=True
    ):
        number, suffix = last.get((street, hand), (-1 if hand == 1 else 0, 0))
        number, suffix = (number, suffix + 1) if beside and number > 0 else (number + skip, 0)
        last[street, hand] = number, suffix
        numbers.append(f"{number}{'abcdefgh'[suffix - 1]}" if suffix else str(number))
    return numbers
