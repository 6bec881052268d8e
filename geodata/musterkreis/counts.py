"""Counts of every additive indicator per block at three dates, with a believable spatial pattern (Fallzahlen)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geodata.musterkreis.age_bases import Bases, bases_of, in_need_of_care, two_years_before
from geodata.musterkreis.count_shares import SHARE_RULES, drawn
from geodata.musterkreis.deprivation import deprivation
from geodata.musterkreis.facts import DATES
from geodata.musterkreis.ground import Ground
from geodata.musterkreis.random_field import random_field

_EARLIER_SHIFT = 0.06  # on the burden between one date and the next, in patches
_STREAM = 400
_STREAMS = (_STREAM + 3, _STREAM + 2, _STREAM + 4)  # one of its own for each date, the latest first

Array = NDArray[np.int64]
Pairs = dict[str, tuple[NDArray[np.generic], NDArray[np.generic] | None]]


def counts(ground: Ground, places: Mapping[str, NDArray[np.int64]], *, seed: int) -> pd.DataFrame:
    """Numerators and denominators of every additive indicator, one row per block and date.

    Access to facilities (INF01, INF02) is no count of a block and is left out.

    Parameters
    ----------
    places : ``"jugend"`` and ``"pflege"`` → (n,) places of facilities in each block

    Returns
    -------
    ``block_id``, ``stichtag`` (ISO text), then ``<id>_num`` and ``<id>_den``; a plain number has an empty ``_den``
    """
    burden = deprivation(ground, np.random.default_rng([seed, _STREAM]))
    states = _states(ground, burden, seed=seed)
    return pd.concat([_frame(ground, date, _pairs(states[date], places)) for date in DATES], ignore_index=True)


def _states(ground: Ground, burden: NDArray[np.float64], *, seed: int) -> dict[str, _State]:
    """The state of every date, worked out backwards from the latest; an older date changes nothing of a later one."""
    rng = np.random.default_rng([seed, _STREAM + 1])
    growth = np.round(0.008 + 0.012 * random_field(ground.middle_m, 2_500.0, rng), 6)
    ages, states = ground.ages, {}
    for back, date in enumerate(reversed(DATES)):
        if back:
            burden = burden + _EARLIER_SHIFT * random_field(ground.middle_m, 1_500.0, rng)
            ages = two_years_before(ages, growth, rng)
        states[date] = _State(ground, ages, burden, float(back), np.random.default_rng([seed, _STREAMS[back]]))
    return states


class _State:
    """People, households and burden of all blocks at one date."""

    def __init__(
        self, ground: Ground, ages: Array, burden: NDArray[np.float64], earlier: float, rng: np.random.Generator
    ) -> None:
        self.ages, self.burden, self.earlier, self.rng = ages, burden, earlier, rng
        self.settled_ha = ground.settled_ha
        self.bases: Bases = bases_of(ages, rng)
        self.bases |= _households(self.bases, rng)
        self.bases["wahlberechtigte"] = rng.binomial(self.bases["ab18"], 0.90)

    def cases(self, base: Array, share: float, slope: float, shift: float = 0.0) -> Array:
        """(n,) cases among the base that follow the burden."""
        return drawn(base, share, slope * self.burden + shift * self.earlier, self.rng)


def _households(bases: Bases, rng: np.random.Generator) -> Bases:
    """Households from adults (57 per 100), those with children from minors (61 per 100); some wherever people live."""
    all_of_them = np.maximum(rng.binomial(bases["ab20"], 0.57), bases["alle"] > 0)
    with_children = np.maximum(rng.binomial(bases["u18"], 0.61), bases["u18"] > 0)
    return {"haushalte": all_of_them, "haushalte_kinder": np.minimum(with_children, all_of_them)}


def _pairs(state: _State, places: Mapping[str, Array]) -> Pairs:
    found = {**_population(state), **_work_and_income(state), **_housing(state), **_old_age(state, places)}
    for rule in SHARE_RULES:
        base = state.bases[rule.base]
        found[rule.indicator] = state.cases(base, rule.share, rule.slope, rule.earlier), base
    youth = state.bases["6_24"]
    found["KIJ07"] = np.where(youth > 0, places["jugend"], 0), youth
    offences = state.rng.poisson(state.bases["alle"] * np.round(0.041 * np.exp(0.4 * state.burden), 6))
    found["SIC01"] = offences, state.bases["alle"]
    return found


def _population(state: _State) -> Pairs:
    b, rng = state.bases, state.rng
    everyone, working = b["alle"], b["20_64"]
    moved = rng.poisson(0.074 * everyone) - rng.poisson((0.068 + 0.002 * state.earlier) * everyone)
    families = rng.poisson(0.085 * b["u6"]) - rng.poisson(0.064 * b["u6"])
    return {
        "BEV01": (everyone, None),
        "BEV02": (everyone, state.settled_ha),
        **{key: (b[name], everyone) for key, name in _AGE_SHARES.items()},
        "BEV07": (b["u20"], working),
        "BEV08": (b["ab65"], working),
        "BEV11": (moved, everyone),
        "BEV12": (families, b["u6"]),
        "HH01": (state.cases(b["haushalte"] - b["haushalte_kinder"], 0.45, 0.25), b["haushalte"]),
        "HH04": (b["haushalte_kinder"], b["haushalte"]),
    }


_AGE_SHARES = {"BEV03": "u6", "BEV04": "u18", "BEV05": "ab65", "BEV06": "ab80"}


def _work_and_income(state: _State) -> Pairs:
    """Work and benefits draw on each other: long-term are unemployed, SGB II is children and adults together."""
    b, everyone = state.bases, state.bases["alle"]
    young = state.cases(b["15_24"], 0.031, 0.60, 0.10)
    unemployed = young + state.cases(b["25_64"], 0.046, 0.60, 0.10)
    long_term = state.rng.binomial(unemployed, 0.36)
    employed = state.cases(b["15_64"] - unemployed, 0.655, -0.10, -0.04)
    children = state.cases(b["u15"], 0.112, 0.70, -0.03)
    adults = state.cases(b["15_64"], 0.058, 0.65, -0.04)
    retired = state.cases(b["ab66"], 0.028, 0.50, -0.10)
    others = state.cases(b["15_64"] - adults, 0.016, 0.40, -0.08)  # SGB XII below retirement age and AsylbLG
    registered = state.rng.binomial(np.minimum(unemployed, adults), 0.62)
    basic = children + adults
    return {
        "ARB01": (unemployed, b["15_64"]),
        "ARB02": (young, b["15_24"]),
        "ARB03": (long_term, b["15_64"]),
        "ARB04": (employed, b["15_64"]),
        "EIN01": (basic, b["u66"]),
        "EIN02": (children, b["u15"]),
        "EIN03": (adults, b["15_64"]),
        "EIN04": (basic - registered + retired + state.rng.binomial(others, 0.7), everyone),
        "EIN05": (retired, b["ab66"]),
        "EIN06": (basic + retired + others, everyone),
    }


def _housing(state: _State) -> Pairs:
    b, rng = state.bases, state.rng
    floor_m2 = np.rint(b["alle"] * (48.5 - 4.5 * state.burden + rng.normal(0, 2.0, len(state.burden))))
    rented_m2 = np.rint(b["haushalte"] * np.clip(30 + 8 * state.burden, 8, 60))
    rent = np.round(rented_m2 * (7.0 - 0.35 * state.burden - 0.35 * state.earlier))
    vacant = state.cases(b["haushalte"], 0.034, 0.35)
    return {
        "WOH01": (floor_m2, b["alle"]),
        "WOH03": (rent, rented_m2),
        "WOH04": (vacant, b["haushalte"] + vacant),
    }


def _old_age(state: _State, places: Mapping[str, Array]) -> Pairs:
    b, oldest = state.bases, state.bases["ab80"]
    return {
        "ALT01": (in_need_of_care(state.ages), b["alle"]),
        "ALT02": (b["f_45_64"], oldest),
        "ALT03": (b["45_64"], oldest),
        "ALT05": (np.where(oldest > 0, places["pflege"], 0), oldest),
    }


def _frame(ground: Ground, date: str, pairs: Pairs) -> pd.DataFrame:
    columns: dict[str, object] = {"block_id": ground.ids, "stichtag": date}
    for key in sorted(pairs):
        numerator, denominator = pairs[key]
        columns[f"{key}_num"] = numerator
        columns[f"{key}_den"] = np.full(len(ground.ids), np.nan) if denominator is None else denominator
    return pd.DataFrame(columns)
