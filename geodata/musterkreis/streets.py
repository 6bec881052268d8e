"""Streets with their names: chains of block sides inside one place (Straßen)."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from geodata.musterkreis.chains import Walk, walks
from geodata.musterkreis.ground import Ground
from geodata.musterkreis.street_edges import NO_BLOCK, BlockSides

_SHARPEST = 0.95  # radians, about 55 degrees
_LONGEST_M = 1_100.0
_CORE = 12  # that many of the longest streets bear the commonest names


@dataclass(frozen=True, eq=False)
class Street:
    """One street: its place (municipality and name), its name, and the block sides it runs along."""

    home: tuple[str, str]
    name: str
    walk: Walk


def streets_of(
    ground: Ground, sides: BlockSides, *, closed: NDArray[np.bool_], rng: np.random.Generator
) -> tuple[Street, ...]:
    """Streets along the block sides where people live; names are unique within a place.

    Parameters
    ----------
    closed : (m,) sides that are no street, because a motorway, a railway or a municipal border runs there
    """
    groups, used = _groups(ground, sides, closed)
    lines = [sides.lines[i] for i in used]
    found: dict[tuple[str, str], list[Walk]] = {}
    for walk in walks(lines, groups, sharpest=_SHARPEST, longest_m=_LONGEST_M):
        found.setdefault(groups[walk[0][0]], []).append(tuple((int(used[i]), way) for i, way in walk))
    streets: list[Street] = []
    for home in sorted(found):
        of_place = sorted(found[home], key=lambda walk: -sum(float(sides.length_m[i]) for i, _way in walk))
        names = place_names(len(of_place), rng)
        streets += [Street(home, name, walk) for name, walk in zip(names, of_place, strict=True)]
    return tuple(streets)


def _groups(
    ground: Ground, sides: BlockSides, closed: NDArray[np.bool_]
) -> tuple[list[tuple[str, str]], NDArray[np.intp]]:
    """The place of each usable side: that of its more populous block; blocks left without a street get one anyway."""
    residents = np.r_[ground.residents, 0]  # the last stands for outside
    people = np.maximum(residents[sides.right], residents[sides.left])
    more = np.where(residents[sides.right] >= residents[sides.left], sides.right, sides.left)
    town = np.r_[ground.settled, False]
    open_side = (people > 0) & ~closed & (town[sides.right] | town[sides.left])
    used = np.union1d(np.flatnonzero(open_side), _farm_sides(ground, sides, closed | open_side, open_side))
    homes = [(str(ground.ags[more[i]]), str(ground.place[more[i]])) for i in used]
    return homes, used


def _farm_sides(
    ground: Ground, sides: BlockSides, taken: NDArray[np.bool_], open_side: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """The longest free side of every inhabited block that no street reaches; a lane to the farm."""
    reached = np.union1d(sides.right[open_side], sides.left[open_side])
    lonely = np.setdiff1d(np.flatnonzero(ground.residents > 0), reached)
    order = np.lexsort((-sides.length_m, taken))
    best: dict[int, int] = {}
    for i in order.tolist():
        for block in (int(sides.right[i]), int(sides.left[i])):
            if block != NO_BLOCK:
                best.setdefault(block, i)
    return np.unique(np.array([best[int(block)] for block in lonely], dtype=np.int64))


def place_names(count: int, rng: np.random.Generator) -> list[str]:
    """That many different street names, the commonest first."""
    core, others = _pools()
    first = [core[i] for i in rng.permutation(len(core))[: min(count, _CORE)]]
    rest = [name for name in (*core, *others) if name not in first]
    chosen = [rest[i] for i in rng.permutation(len(rest))]
    return [*first, *chosen][:count]


@cache
def _pools() -> tuple[Sequence[str], Sequence[str]]:
    table = tomllib.loads(Path(__file__).with_name("street_names.toml").read_text(encoding="utf-8"))
    trees = [f"{stem}{ending}" for stem in table["trees"] for ending in table["tree_endings"]]
    people = [
        f"{stem}-{ending.capitalize()}" if "-" in stem else f"{stem}{ending}"
        for stem in table["people"]
        for ending in table["people_endings"]
    ]
    return table["core"], [*table["single"], *trees, *people]
