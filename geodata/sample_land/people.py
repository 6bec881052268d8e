"""Who lives where: residents per block, by sex and five-year age group (Einwohner).

The age structure follows North Rhine-Westphalia on 31.12.2013 (LZG NRW, table 0200300052013); municipal totals are the
real ones of 31.12.2022. How they spread over blocks is invented.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geodata.sample_land.facts import MunicipalityFacts

# Thousand residents, women and men, by five-year group from 0–4 to 90 and older.
_WOMEN = (358.0, 375.2, 414.0, 462.1, 516.7, 525.4, 524.2, 505.4, 604.1, 757.3, 724.7, 625.4, 554.4, 439.6, 520.1,
          475.7, 307.5, 213.6, 109.6)  # fmt: skip
_MEN = (376.8, 396.0, 436.8, 488.3, 537.4, 537.9, 521.5, 496.7, 600.7, 769.6, 727.5, 612.0, 518.4, 398.9, 444.2,
        368.3, 199.7, 98.8, 29.4)  # fmt: skip
AGE_GROUPS: tuple[str, ...] = (*(f"{low:02d}_{low + 4:02d}" for low in range(0, 90, 5)), "90_plus")
AGE_COLUMNS: tuple[str, ...] = tuple(f"{sex}_{group}" for sex in ("m", "f") for group in AGE_GROUPS)

_EMPTY_FIELDS = 0.36
_MOST_ON_A_FARM = 22
_FULL_AREA_M2 = 90_000.0
_MOST_IN_A_BLOCK = 1_400


def residents_of(
    facts: MunicipalityFacts,
    land: tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int8]],
    centrality: NDArray[np.float64],
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Residents of each block of a municipality; they sum exactly to its official figure.

    Parameters
    ----------
    land : area in m², index of the place, 1 where built up; (n,) each
    centrality : (n,) 0 at the edge of a place, 1 in its middle
    """
    area_m2, place, built_up = land
    residents = rng.integers(2, _MOST_ON_A_FARM, len(area_m2)) * (rng.random(len(area_m2)) >= _EMPTY_FIELDS)
    residents[built_up == 1] = 0
    in_places = facts.residents - int(residents.sum())
    shares = np.array([weight for _name, weight in facts.places])
    crowd = np.minimum(area_m2, _FULL_AREA_M2) * (0.45 + centrality) * np.exp(rng.normal(0.0, 0.28, len(area_m2)))
    weight = np.where(built_up == 1, crowd, 0.0)
    per_place = np.bincount(place, weights=weight, minlength=len(shares))
    weight = weight * (shares / np.maximum(per_place, 1e-9))[place]
    return residents + spread(in_places, weight, most=_MOST_IN_A_BLOCK)


def spread(total: int, weight: NDArray[np.float64], *, most: int) -> NDArray[np.int64]:
    """Whole numbers in proportion to the weights that sum exactly to the total, none above ``most``.

    >>> spread(10, np.array([1.0, 1.0, 8.0]), most=6).tolist()
    [2, 2, 6]
    """
    exact = total * weight / weight.sum()
    for _round in range(20):
        over = exact > most
        left = total - most * int(over.sum())
        exact = np.where(over, most, left * weight / weight[~over].sum())
        if not (exact > most + 1e-9).any():
            break
    whole: NDArray[np.int64] = np.floor(np.round(exact, 6)).astype(np.int64)
    rest = total - int(whole.sum())
    whole[np.argsort(-(exact - whole), kind="stable")[:rest]] += 1
    return whole


def by_age_and_sex(
    residents: NDArray[np.int64], ageing: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    """(n, 38) residents by sex and age group in the order of ``AGE_COLUMNS``; rows sum to ``residents``.

    Parameters
    ----------
    ageing : (n,) 0 = like the land, + older, − younger
    """
    share = np.array([*_MEN, *_WOMEN])
    age = np.tile(np.arange(len(AGE_GROUPS)) * 5 + 2.5, 2)
    tilted = share * np.exp(np.outer(ageing, (age - 45) / 45))
    counts: NDArray[np.int64] = rng.multinomial(residents, np.round(tilted / tilted.sum(axis=1, keepdims=True), 9))
    return counts


def column_sum(counts: NDArray[np.int64], columns: Sequence[str]) -> NDArray[np.int64]:
    """(n,) residents in the named columns of ``AGE_COLUMNS``."""
    total: NDArray[np.int64] = counts[:, [AGE_COLUMNS.index(name) for name in columns]].sum(axis=1)
    return total
