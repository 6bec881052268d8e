"""Who lives in each block: residents, sex and age (Bevölkerung)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from geodata.musterkreis.facts import AGE_COLUMNS, AGE_LOWER, AGE_MEN, AGE_WOMEN, MUNICIPALITIES
from geodata.musterkreis.landscape import Landscape
from geodata.musterkreis.rounding import IntArray, rounded, shared_rows, within_limit
from geodata.musterkreis.wobble import FloatArray

MOST_RESIDENTS = 1_400
_EMPTY_OPEN = 0.52  # share of blocks of open land without a farm or house
_EMPTY_SETTLED = 0.045  # share of settled blocks that are trade and industry


@dataclass(frozen=True, eq=False)
class Residents:
    """Residents per block: ages is (n, 38) in the order of ``AGE_COLUMNS``; settled_ha is (n,) hectares."""

    ages: IntArray
    settled_ha: FloatArray

    @property
    def total(self) -> IntArray:
        """(n,) residents."""
        total: IntArray = self.ages.sum(axis=1)
        return total

    def frame(self) -> pd.DataFrame:
        """The age table with one column per sex and group."""
        return pd.DataFrame(self.ages, columns=list(AGE_COLUMNS))


def residents_of(land: Landscape, family: FloatArray, rng: np.random.Generator) -> Residents:
    """Residents by sex and age; totals and men of every municipality are the official ones.

    Parameters
    ----------
    family : (n,) about −2 … 2, high where young families live, low where people have grown old
    """
    town, area_ha = land.blocks.town, shapely.area(land.blocks.shapes) / 1e4
    weight = _weights(land, area_ha, rng)
    total, men = np.zeros(len(town), np.int64), np.zeros(len(town), np.int64)
    for number, facts in enumerate(MUNICIPALITIES):
        here = town == number
        total[here] = within_limit(weight[here], facts.residents, MOST_RESIDENTS)
        men[here] = _men(total[here], facts.men, rng)
    ages = np.empty((len(town), len(AGE_COLUMNS)), np.int64)
    ages[:, 0::2] = _ages(men, np.array(AGE_MEN, float), family, rng)
    ages[:, 1::2] = _ages(total - men, np.array(AGE_WOMEN, float), family, rng)
    return Residents(ages, _settled_ha(land, area_ha, total))


def _weights(land: Landscape, area_ha: FloatArray, rng: np.random.Generator) -> FloatArray:
    """Residents to expect: settled land by its density, open land by its few farms."""
    n = len(area_ha)
    varied = np.exp(rng.normal(0.0, 0.28, n))
    farms = np.where(rng.random(n) < _EMPTY_OPEN, 0.0, 6.0 + 0.10 * area_ha)
    trade = (rng.random(n) < _EMPTY_SETTLED) & (land.density_per_ha < 30)
    settled = np.where(trade, 0.0, area_ha * land.density_per_ha)
    return np.round(np.where(land.blocks.settled, settled, farms) * varied, 6)


def _men(total: IntArray, men: int, rng: np.random.Generator) -> IntArray:
    """Men per block, about half of each, exactly the official number together."""
    share = np.clip(men / total.sum() + rng.normal(0.0, 0.02, len(total)), 0.0, 1.0)
    first = np.minimum(rounded(total * share, rng.random(len(total))), total)
    surplus = int(first.sum()) - men
    step = -1 if surplus > 0 else 1
    order = np.argsort(-total, kind="stable")
    for turn in range(abs(surplus)):  # one person per block, largest blocks first
        first[order[turn % len(order)]] += step
    return first


def _ages(total: IntArray, county: FloatArray, family: FloatArray, rng: np.random.Generator) -> IntArray:
    """Ages of one sex: the county's structure, tilted to families or to the old."""
    age = np.array(AGE_LOWER) + 2.5
    young = np.exp(-(((age - 5.0) / 9.0) ** 2)) + 0.8 * np.exp(-(((age - 36.0) / 7.0) ** 2))
    old = 1.0 / (1.0 + np.exp(-(age - 68.0) / 4.0))
    tilt = np.exp(np.outer(family, 0.26 * young - 0.30 * old) + rng.normal(0.0, 0.12, (len(total), len(age))))
    return shared_rows(total, np.round(county * tilt, 6), rng.random(len(total)))


def _settled_ha(land: Landscape, area_ha: FloatArray, total: IntArray) -> FloatArray:
    """Settled area per block: most of a settled block, some yards of a field block."""
    yards = np.minimum(area_ha * 0.5, 0.06 * total)
    hectares: FloatArray = np.where(land.blocks.settled, area_ha * 0.93, yards).round(2)
    return hectares
