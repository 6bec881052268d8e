"""Kitas, schools, care homes, doctors and youth clubs where people of that age live (Einrichtungen)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

from geodata.musterkreis.facts import EPSG
from geodata.musterkreis.ground import Ground

_STREAM = 700


@dataclass(frozen=True)
class _Kind:
    """One kind: how many in the county, the five-year groups it serves, least and most places, names."""

    code: str
    count: int
    ages: tuple[int, int]
    places: tuple[int, int]
    names: tuple[str, ...]


_SAINTS = ("St. Martin", "St. Marien", "St. Josef", "St. Lambertus", "St. Gangolf", "St. Antonius", "St. Barbara")
_KITA_NAMES = ("Sonnenschein", "Regenbogen", "Pusteblume", "Villa Kunterbunt", "Zwergenland", "Löwenzahn", "Wirbelwind",
               "Abenteuerland", "Sternenzelt", "Kleine Strolche", "Schatzkiste", "Rappelkiste", *_SAINTS)  # fmt: skip
_KINDS = (
    _Kind("kita", 128, (0, 1), (40, 110), tuple(f"Kita {name}" for name in _KITA_NAMES)),
    _Kind("grundschule", 42, (1, 2), (160, 330), ("Grundschule", *(f"Grundschule {name}" for name in _SAINTS[:4]))),
    _Kind(
        "weiterfuehrende_schule", 17, (2, 4), (480, 1_100), ("Gesamtschule", "Gymnasium", "Realschule", "Hauptschule")
    ),
    _Kind(
        "pflegeheim", 30, (15, 19), (48, 110), ("Seniorenzentrum", "Haus Abendfrieden", *(f"Haus {s}" for s in _SAINTS))
    ),
    _Kind("tagespflege", 16, (15, 19), (12, 20), ("Tagespflege", "Tagespflege Rosengarten", "Tagespflege Lindenhof")),
    _Kind("arztpraxis", 58, (0, 19), (0, 0), ("Hausarztpraxis", "Gemeinschaftspraxis", "Kinderarztpraxis")),
    _Kind("jugendzentrum", 16, (1, 5), (30, 90), ("Jugendzentrum", "Jugendtreff", "Offene Tür")),
)


def facilities(ground: Ground, *, seed: int) -> geopandas.GeoDataFrame:
    """About 300 facilities: key, kind, name, places (0 where a kind has none), block, municipality, point.

    Every municipality has at least one of each kind; the rest follow the residents of the age they serve.
    """
    rows: list[dict[str, object]] = []
    for number, kind in enumerate(_KINDS):
        rng = np.random.default_rng([seed, _STREAM, number])
        serves = ground.ages[:, :, kind.ages[0] : kind.ages[1]].sum(axis=(1, 2))
        blocks = _sites(ground, serves, kind.count, rng)
        names = _names(ground.place[blocks].tolist(), kind.names, rng)
        sizes = (
            np.rint(rng.uniform(*kind.places, len(blocks)) / 5).astype(int) * 5
            if kind.places[1] > 40
            else (rng.integers(kind.places[0], kind.places[1] + 1, len(blocks)))
        )
        points = _points(ground, blocks, rng)
        rows += [
            {"facility_id": f"{kind.code[:3].upper()}{k:03d}", "art": kind.code, "name": names[k - 1],
             "plaetze": int(sizes[k - 1]), "block_id": ground.ids[block], "ags": ground.ags[block],
             "geometry": shapely.Point(points[k - 1])}
            for k, block in enumerate(blocks, start=1)
        ]  # fmt: skip
    return geopandas.GeoDataFrame(rows, geometry="geometry", crs=EPSG)


def places_per_block(
    found: geopandas.GeoDataFrame, ids: Sequence[str], kinds: Mapping[str, Sequence[str]]
) -> dict[str, NDArray[np.int64]]:
    """Name → (n,) places of the facilities of these kinds in each block."""
    row = {key: i for i, key in enumerate(ids)}
    totals = {}
    for name, codes in kinds.items():
        mine = found[found["art"].isin(codes)]
        at = [row[key] for key in mine["block_id"]]
        totals[name] = np.bincount(at, weights=mine["plaetze"], minlength=len(row)).astype(np.int64)
    return totals


def _sites(ground: Ground, serves: NDArray[np.int64], count: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Different blocks, at least one per municipality, drawn with odds that follow the people served (Gumbel keys)."""
    able = ground.settled & (serves > 3)
    with np.errstate(divide="ignore"):
        key = np.where(able, np.log(np.maximum(serves, 1)) + np.round(rng.gumbel(0.0, 1.0, len(serves)), 6), -np.inf)
    order = np.argsort(-key, kind="stable")
    first = [next(int(i) for i in order if ground.ags[i] == ags) for ags in sorted(set(ground.ags))]
    rest = [int(i) for i in order[: count + len(first)] if int(i) not in first][: count - len(first)]
    return np.sort(np.array(first + rest))


def _names(places: Sequence[str], names: Sequence[str], rng: np.random.Generator) -> list[str]:
    """„Kita Regenbogen Ratheim“: a name of the kind and the place, counted on where both repeat."""
    used: dict[str, int] = {}
    found = []
    for place in places:
        start = int(rng.integers(len(names)))
        turned = [f"{names[(start + k) % len(names)]} {place.removesuffix('-Mitte')}" for k in range(len(names))]
        name = next((text for text in turned if text not in used), turned[0])
        used[name] = used.get(name, 0) + 1
        found.append(name if used[name] == 1 else f"{name} {used[name]}")
    return found


def _points(ground: Ground, blocks: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.float64]:
    """A point inside each block, off its middle where the block is wide enough."""
    middle = ground.middle_m[blocks]
    moved = np.round(middle + rng.uniform(-45, 45, middle.shape), 1)
    inside = shapely.contains_xy(ground.polygons[blocks], *moved.T)
    points: NDArray[np.float64] = np.where(inside[:, None], moved, np.round(middle, 1))
    return points
